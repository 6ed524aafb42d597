import json
from itertools import combinations, pairwise

import pandas as pd
import pytest

from components.charts.experience import experience, outcome_differences, outcomes
from components.charts.reasons import reasons
from components.theme import BAND_COLOURS, INKS, SCORE_COLOURS, contrast, ink
from components.theme import CHOICE_COLOURS as COLOURS
from data.disclosure import Flag, Released
from data.estimate import DIFFERENCE, INTERVALS, SHARE
from tests.components.made import around, composed, made

GROUNDS = ("#ffffff", "#11161d")
CHOICES = ("free", "some", "none")
CHOICE_COLOURS = [*COLOURS.values()]


def scored(counts: dict[str, tuple[int, int, int]]) -> Released:
    """One score by band and perceived choice, .5 for all but .6 for a free choice."""
    rows = [
        {"score": "social", "band": band, "perceived_choice": choice, "n": n}
        | around("mean", 0.6 if choice == "free" else 0.5)
        | around("difference", -0.1)
        for band, three in counts.items()
        for choice, n in zip(CHOICES, three, strict=True)
    ]
    raw = pd.DataFrame(rows)
    free = raw["perceived_choice"] == "free"
    reasons = pd.Series(Flag.SHOWN, raw.index).mask(free, Flag.NOT_APPLICABLE)
    keys, values = ["score", "band", "perceived_choice"], ["mean", *INTERVALS, *DIFFERENCE]
    return made(raw, keys, values, keys[:2], reasons=dict.fromkeys(DIFFERENCE, reasons))


def by_rule(counts: dict[str, int]) -> Released:
    total = sum(counts.values())
    rows = [{"band_rule": rule, "n": n} | around("share", n / total) for rule, n in counts.items()]
    return made(pd.DataFrame(rows), ["band_rule"], SHARE)


def test_choices_are_told_apart_on_every_ground_and_from_bands_and_scores() -> None:
    assert all(contrast(colour, ground) >= 3 for colour in CHOICE_COLOURS for ground in GROUNDS)
    assert all(contrast(colour, ink(colour)) >= 4.5 for colour in CHOICE_COLOURS)
    on_white = [contrast(colour, "#ffffff") for colour in CHOICE_COLOURS]
    assert on_white == sorted(on_white)
    assert all(darker / lighter > 1.25 for lighter, darker in pairwise(on_white))
    others = {*BAND_COLOURS.values(), *SCORE_COLOURS.values(), *INKS}
    assert not others & {*CHOICE_COLOURS}
    assert all(one != other for one, other in combinations(CHOICE_COLOURS, 2))


def test_choices_stand_in_their_order_per_label() -> None:
    of = {"Deportation": dict(zip(CHOICES, (20, 30, 50), strict=True)), "AVR": {"free": 40, "some": 40, "none": 20}}
    figure = experience(composed(of, by="label", of="perceived_choice"))
    assert [trace.name for trace in figure.data] == ["Free choice", "Some choice", "No choice"]
    assert [trace.marker.color for trace in figure.data] == [*CHOICE_COLOURS]
    assert list(figure.data[2].x) == [0.5, 0.2]
    assert figure.layout.barmode == "stack"


def test_masked_choices_are_hatched_and_keep_their_grey() -> None:
    figure = experience(composed({"AVR": {"free": 40, "some": 12, "none": 4}}, by="label", of="perceived_choice"))
    assert figure.data[-1].name == "[c] not shown"
    assert figure.data[-1].marker.color not in CHOICE_COLOURS
    assert list(figure.data[-1].x) == [pytest.approx(16 / 56, abs=0.001)]


def test_one_label_of_a_table_of_three_is_drawn_by_band() -> None:
    rows = [
        {"label": label, "band": "forced", "perceived_choice": choice, "n": 20} | around("share", 1 / 3)
        for label in ("AVR", "Deportation")
        for choice in CHOICES
    ]
    three = made(pd.DataFrame(rows), ["label", "band", "perceived_choice"], SHARE, ["label", "band"])
    figure = experience(three.only("label", "AVR"))
    assert [list(trace.y) for trace in figure.data] == [["Forced"]] * 3


def test_outcomes_have_a_panel_per_band_and_a_row_per_choice() -> None:
    figure = outcomes(scored({"obliged": (20, 30, 40), "forced": (4, 12, 90)}), 0.5)
    assert [note.text for note in figure.layout.annotations if "<b>" in note.text] == [
        "<b>Obliged</b>",
        "<b>Forced</b>",
    ]
    text = json.dumps(figure.to_plotly_json(), default=list, ensure_ascii=False)
    assert "No choice · 40 people" in text
    assert "[c] too few people to show" in text
    assert {shape.x0 for shape in figure.layout.shapes} == {0.5}


def test_a_difference_has_no_row_for_a_free_choice() -> None:
    figure = outcome_differences(scored({"obliged": (20, 30, 40)}))
    assert figure.layout.yaxis.categoryarray == ("No choice · 40 people", "Some choice · 30 people")
    assert {shape.x0 for shape in figure.layout.shapes} == {0}


def test_rules_stand_in_their_order_with_their_people_or_why_not() -> None:
    figure = reasons(by_rule({"removed_by_force": 60, "pushed": 30, "invited": 6, "given": 12}))
    [bars] = figure.data
    assert list(bars.text) == ["56% · 60 people", "28% · 30 people", "[c]", "[c]"]
    assert list(bars.x)[2:] == [0, 0]
    assert bars.y[0] == "Removed by force"
    assert tuple(figure.layout.yaxis.categoryarray) == tuple(bars.y[::-1])


def test_rules_of_nobody_still_make_a_figure() -> None:
    [bars] = reasons(made(pd.DataFrame({"band_rule": ["given"], "n": [3]} | {name: [None] for name in SHARE}),
                         ["band_rule"], SHARE)).data  # fmt: skip
    assert list(bars.text) == ["[c]"]
