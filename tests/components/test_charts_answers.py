"""The charts from score to answer: points lost per part, and the answers behind them."""

from collections.abc import Callable, Mapping
from itertools import pairwise, product
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from components.charts.answers import answers
from components.charts.points_lost import points_lost
from components.theme import ANSWER_COLOURS as COLOURS
from components.theme import SCORE_COLOURS, contrast, ink
from data.disclosure import Flag, Released
from data.estimate import SHARE
from data.instrument import elements
from data.summaries.contributions import LOST
from data.vocabulary import DIMENSIONS
from tests.components.made import around, made
from tests.components.test_theme import GROUNDS

STEPS = {element.column: [answer for answer, _ in element.answers] for element in elements()}
PARTS = {"economic": 0.19, "social": 0.17, "psychosocial": 0.12}


def costing(groups: Mapping[str, int], parts: Mapping[str, float | None], few: tuple[str, ...] = ()) -> Released:
    """Groups with their people, and what each part costs them of 0.3 points; one that is None was not asked."""
    rows = [
        {"sex": group, "part": part, "n": n, "full": 0.3, **around("lost", value, 0.2)}
        for group, n in groups.items()
        for part, value in parts.items()
    ]
    raw = pd.DataFrame(rows, columns=["sex", "part", "n", *LOST, "full"])
    reason = raw["part"].isin(few).map({True: Flag.CONFIDENTIAL, False: Flag.SHOWN})
    return made(raw, ["sex", "part"], [*LOST, "full"], ["part"], reasons=dict.fromkeys(LOST, reason))


def answered(groups: Mapping[str, tuple[int, ...]], *asked: str) -> Released:
    """Groups with their people by answer, best first; the same for each element asked."""
    rows = [
        {"sex": group, "element": one, "answer": answer, "n": n, **around("share", n / max(1, sum(counts)))}
        for group, counts in groups.items()
        for one in asked
        for answer, n in zip(STEPS[one], counts, strict=True)
    ]
    raw = pd.DataFrame(rows, columns=["sex", "element", "answer", "n", *SHARE])
    return made(raw, ["sex", "element", "answer"], SHARE, ["sex", "element"])


CASES: dict[str, tuple[Callable[[Released], go.Figure], Released]] = {
    "dimensions": (points_lost, costing({"female": 40, "male": 60}, PARTS)),
    "indicators": (points_lost, costing({"female": 40}, {"food security": 0.1, "housing": 0.2, "education": None})),
    "elements": (points_lost, costing({"female": 40}, {"p10": 0.1, "p11": 0.2}, few=("p11",))),
    "masked parts": (points_lost, costing({"female": 40, "male": 6}, PARTS)),
    "all parts masked": (points_lost, costing({"female": 4, "male": 6}, PARTS)),
    "one element": (answers, answered({"female": (50, 30, 60, 40, 20), "male": (10, 20, 30, 40, 50)}, "p01")),
    "several elements": (answers, answered({"female": (50, 30, 60, 40, 20)}, "p01", "p02")),
    "masked answers": (answers, answered({"female": (3, 12, 60, 40, 20), "male": (1, 2, 3, 2, 1)}, "p01")),
    "all answers masked": (answers, answered({"female": (1, 2, 3, 2, 1)}, "p01")),
    "yes and no": (answers, answered({"female": (60, 40), "male": (30, 0)}, "p03")),
}


def figure(case: str) -> go.Figure:
    draw, released = CASES[case]
    return draw(released)


def bars(drawn: go.Figure) -> list[Any]:
    return [trace for trace in drawn.data if trace.type == "bar"]


def words(drawn: go.Figure) -> dict[str, str]:
    return {
        y: text for trace in drawn.data if trace.type == "scatter" for y, text in zip(trace.y, trace.text, strict=True)
    }


@pytest.mark.parametrize("case", CASES)
def test_a_chart_holds_no_more_than_its_table(case: str) -> None:
    drawn, (_, released) = figure(case), CASES[case]
    drawn.to_json()
    assert drawn.layout.height > 0
    assert drawn.layout.template.layout.font.color is None  # the card gives it the theme\'s look
    for trace in drawn.data:
        assert len({len(trace.x), len(trace.y)}) == 1
        assert len(trace.x) <= len(released.rows)
    known = {*released.rows[released.values[0]].dropna()}
    told = [trace for trace in bars(drawn) if trace.customdata is not None]
    assert sorted(x for trace in told for x in trace.x) == sorted(released.rows[released.values[0]].dropna())
    assert {x for trace in told for x in trace.x} == known


def test_what_a_part_costs_lies_in_an_outline_of_what_it_could_cost() -> None:
    first, *filled = bars(figure("dimensions"))[:4]
    assert list(first.x) == [0.3] * 3
    assert first.marker.color == "rgba(0,0,0,0)"
    assert [trace.x[0] for trace in filled] == [*PARTS.values()]
    assert [trace.marker.line.color for trace in filled] == [SCORE_COLOURS[one] for one in DIMENSIONS]
    assert [trace.error_x.width for trace in filled] == [0] * 3  # no caps
    assert filled[0].error_x.array == pytest.approx((0.008,))


def test_each_group_has_a_panel_and_each_dimension_one_line_in_the_legend() -> None:
    drawn = figure("dimensions")
    titles = [note.text for note in drawn.layout.annotations if "<b>" in note.text]
    assert titles == ["<b>Women</b> · 40 people", "<b>Men</b> · 60 people"]
    assert len([*drawn.select_yaxes()]) == 2
    assert [trace.name for trace in drawn.data if trace.showlegend] == ["Economic", "Social", "Psychosocial"]
    assert not figure("elements").layout.showlegend


def test_a_part_without_points_keeps_its_row_and_says_why() -> None:
    assert words(figure("indicators")) == {"Education": "[x] not available"}
    assert {*words(figure("elements")).values()} == {"[c] too few people to show"}
    assert len(words(figure("all parts masked"))) == 3
    assert len(figure("all parts masked").layout.yaxis.categoryarray) == 3


def test_parts_stand_in_their_order_from_the_top() -> None:
    assert list(figure("dimensions").layout.yaxis.categoryarray) == ["Psychosocial", "Social", "Economic"]


@pytest.mark.parametrize("counts", [(50, 30, 60, 40, 20), (10, 20, 30, 40, 50)])
def test_answers_meet_and_the_middle_one_straddles_zero(counts: tuple[int, ...]) -> None:
    segments = bars(answers(answered({"female": counts}, "p01")))[:5]
    shares = [n / sum(counts) for n in counts]
    ends = [(trace.base[0], trace.base[0] + trace.x[0]) for trace in segments]
    for better, worse in pairwise(ends):
        assert better[0] == pytest.approx(worse[1])
    assert sum(ends[2]) == pytest.approx(0, abs=0.001)
    assert ends[0][1] == pytest.approx(shares[0] + shares[1] + shares[2] / 2, abs=0.002)
    assert ends[4][0] == pytest.approx(-shares[4] - shares[3] - shares[2] / 2, abs=0.002)


def test_yes_and_no_meet_at_zero() -> None:
    yes, no = bars(figure("yes and no"))[:2]
    assert (yes.name, no.name) == ("Yes", "No")
    assert yes.base == pytest.approx((0, 0))
    assert no.base[0] == pytest.approx(-0.4)
    assert (yes.marker.color, no.marker.color) == (COLOURS[1.0], COLOURS[0.0])


def test_masked_answers_are_one_hatched_piece_apart_from_the_others() -> None:
    drawn = figure("masked answers")
    *segments, hatched = bars(drawn)
    assert hatched.name == "[c] not shown"
    assert hatched.marker.pattern.shape == "/"
    assert sum(x for trace in segments for x in trace.x) + sum(hatched.x) == pytest.approx(1)
    assert hatched.base[0] > max(base + x for trace in segments for base, x in zip(trace.base, trace.x, strict=True))
    assert words(drawn) == {"Men": "[c] too few people to show"}


def test_answers_that_were_not_asked_say_so() -> None:
    released = answered({"female": (60, 40), "male": (0, 0)}, "p03")
    released.flags.loc[released.rows["sex"] == "male"] = Flag.NOT_AVAILABLE
    assert words(answers(released)) == {"Men": "[x] not available"}


def test_the_words_of_the_answers_stand_in_the_legend_or_over_each_panel() -> None:
    named = [trace.name for trace in figure("one element").data if trace.showlegend and len(trace.x)]
    assert named == ["Very satisfied", "Satisfied", "Neutral", "Dissatisfied", "Very dissatisfied"]
    several = figure("several elements")
    assert [trace.name for trace in several.data if trace.showlegend and len(trace.x)] == [
        "1 point",
        "0.75 points",
        "0.5 points",
        "0.25 points",
        "0 points",
    ]
    assert "Very often ◂ ▸ Never" in several.layout.annotations[1].text
    assert several.data[0].customdata[0][1] == "Very satisfied"


@pytest.mark.parametrize(("colour", "ground"), [*product(COLOURS.values(), GROUNDS.values())])
def test_colours_stand_out_and_carry_text(colour: str, ground: str) -> None:
    assert contrast(colour, ground) >= 3
    assert contrast(colour, ink(colour)) >= 4.5


def test_the_order_of_the_answers_is_in_their_colours() -> None:
    """The ends are darker than what lies between them, as print and colour-blind readers need."""
    light = np.array([contrast(colour, "#000000") for colour in COLOURS.values()])
    assert min(light[1:4]) > 1.5 * max(light[0], light[4])
    assert [*COLOURS] == [1.0, 0.75, 0.5, 0.25, 0.0]
