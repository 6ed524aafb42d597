import json

import pandas as pd
import pytest

from components.charts.differences import differences
from components.charts.moved import moved
from components.charts.reasons import reasons
from components.charts.retention import retention
from components.theme import BAND_COLOURS, GREY, SCORE_COLOURS, STATE_COLOURS, contrast, ink
from data.disclosure import Flag, Released
from data.estimate import DIFFERENCE, INTERVALS, SHARE
from data.instrument import indicators
from data.labels import WORDS
from data.summaries.states import STATES
from data.vocabulary import Score
from tests.components.made import around, made


def kept(groups: dict[str, dict[int, tuple[int, int, int]]]) -> Released:
    rows = [
        {"band": band, "wave": wave, "state": state, "n": n, "total": sum(three), **around("share", n / sum(three))}
        for band, waves in groups.items()
        for wave, three in waves.items()
        for state, n in zip(STATES, three, strict=True)
    ]
    return made(pd.DataFrame(rows), ["band", "wave", "state"], [*SHARE, "total"], ["band", "wave"])


def by_indicator(changes: dict[str, float | None], n: int = 40) -> Released:
    rows = [
        {"band": "forced", "indicator": name, "n": n, "p": 0.2, **around("difference", change)}
        for name, change in changes.items()
    ]
    return made(pd.DataFrame(rows), ["band", "indicator"], [*DIFFERENCE, "p"], ["indicator"])


def test_retention_has_a_panel_per_group_a_bar_per_wave_and_each_state_once_in_the_legend() -> None:
    groups = {"forced": {2: (60, 20, 20), 3: (40, 20, 40)}, "obliged": {2: (80, 10, 10), 3: (50, 25, 25)}}
    figure = retention(kept(groups))
    assert [note.text for note in figure.layout.annotations] == ["<b>Forced</b>", "<b>Obliged</b>"]
    assert [trace.name for trace in figure.data if trace.showlegend] == [*WORDS["state"].values()]
    assert list(figure.data[0].x) == [0.6, 0.4]
    assert list(figure.data[0].y) == ["Wave 2", "Wave 3"]
    assert tuple(figure.layout.yaxis2.categoryarray) == ("Wave 3", "Wave 2")
    assert figure.layout.barmode == "stack"
    assert figure.layout.showlegend


def test_masked_states_are_hatched_at_the_end_of_their_bar() -> None:
    figure = retention(kept({"forced": {2: (84, 4, 12)}}))
    hatched = figure.data[-1]
    assert hatched.name == "[c] not shown"
    assert list(hatched.x) == [pytest.approx(0.16)]
    assert hatched.marker.color not in STATE_COLOURS.values()


def test_states_are_told_apart_and_have_colours_of_their_own() -> None:
    for ground in ("#ffffff", "#11161d"):
        assert all(contrast(colour, ground) >= 3 for colour in STATE_COLOURS.values())
    assert all(contrast(colour, ink(colour)) >= 4.5 for colour in STATE_COLOURS.values())
    assert len({*STATE_COLOURS.values()}) == len(STATES)
    assert not {*STATE_COLOURS.values()} - {GREY} & {*BAND_COLOURS.values(), *SCORE_COLOURS.values()}


def test_reasons_stand_in_order_with_their_people_or_why_not() -> None:
    counts = {"not_found": 60, "declined": 30, "died": 4, "other": 12, "not_recorded": 94}
    rows = [{"loss_reason": reason, "n": n} | around("share", n / 200) for reason, n in counts.items()]
    [bars] = reasons(made(pd.DataFrame(rows), ["loss_reason"], SHARE)).data
    assert list(bars.text) == ["30% · 60 people", "15% · 30 people", "[c]", "[c]", "47% · 95 people"]
    assert list(bars.x)[2:4] == [0, 0]
    assert bars.y[0] == "Could not be found"


def test_reasons_of_nobody_still_make_a_figure() -> None:
    rows = pd.DataFrame({"loss_reason": ["died"], "n": [3]} | {name: [None] for name in SHARE})
    [bars] = reasons(made(rows, ["loss_reason"], SHARE)).data
    assert list(bars.text) == ["[c]"]


def test_the_largest_change_stands_first_in_its_dimensions_colour() -> None:
    figure = moved(by_indicator({"housing": 0.05, "food security": -0.2, "belonging": 0.1, "education": None}))
    assert tuple(figure.layout.yaxis.categoryarray)[::-1] == ("Food security", "Belonging", "Housing", "Education")
    points = {trace.name: trace for trace in figure.data if trace.showlegend}
    assert [*points] == ["Economic", "Social", "Psychosocial"]
    assert list(points["Economic"].y) == ["Food security"]
    assert points["Economic"].marker.color == SCORE_COLOURS[Score.ECONOMIC]
    assert "[x] not available" in json.dumps(figure.to_plotly_json(), default=list)
    low, high = figure.layout.xaxis.range
    assert low == -high
    assert high > 0.24
    assert {shape.x0 for shape in figure.layout.shapes} == {0}


def test_all_indicators_have_room_and_masked_ones_say_why() -> None:
    figure = moved(by_indicator(dict.fromkeys(indicators(), 0.1), n=5))
    assert figure.layout.height > 15 * 30
    text = json.dumps(figure.to_plotly_json(), default=list)
    assert text.count("[c] too few people to show") == 15


def test_kept_less_lost_is_drawn_as_a_difference() -> None:
    rows = [
        {"state": state, "score": "social", "n": n, **around("mean", 0.5), **around("difference", 0.1)}
        for state, n in zip(STATES, (60, 20, 40), strict=True)
    ]
    raw = pd.DataFrame(rows)
    reason = pd.Series(Flag.SHOWN, raw.index).mask(raw["state"] == "not_interviewed", Flag.NOT_APPLICABLE)
    values = ["mean", *INTERVALS, *DIFFERENCE]
    figure = differences(made(raw, ["state", "score"], values, ["score"], reasons=dict.fromkeys(DIFFERENCE, reason)))
    assert figure.layout.yaxis.categoryarray == ("Left again · 20 people", "Interviewed · 60 people")
