"""The charts of distributions from every kind of released figure: some masked, all masked, one group, none at all."""

import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from components.charts.box import box
from components.charts.ecdf import ecdf
from components.charts.quantile_difference import MOST, quantile_difference
from components.charts.quantile_dots import quantile_dots
from components.theme import BAND_LINES, GREY, LINE_COLOURS, SCORE_COLOURS
from data.disclosure import Flag, Released
from data.estimate import DIFFERENCE, SHARE
from data.summaries.quantiles import BOX, DECILES, DOTS
from data.vocabulary import ReturnBand, Score
from tests.components import made

EVEN = [place / 10 for place in range(1, 11)]


def cumulated(groups: Mapping[str, tuple[int, Sequence[float]]], by: str = "sex") -> Released:
    """Groups with their people and the share of them below each tenth of the scale."""
    rows = [
        {by: group, "score": "composite", "upto": (place + 1) / 10, "n": round(n * share), "total": n}
        | made.around("share", share)
        for group, (n, shares) in groups.items()
        for place, share in enumerate(shares)
    ]
    keys, values = [by, "score", "upto"], [*SHARE, "total"]
    raw = pd.DataFrame(rows, columns=[*keys, "n", *values])
    sure = pd.Series(Flag.SHOWN, index=raw.index).mask(raw["upto"] == 1, Flag.NOT_APPLICABLE)
    return made.made(raw, keys, values, keys, reasons=dict.fromkeys(SHARE[1:], sure))


def quantiles(groups: Mapping[str, int], at: Sequence[float], by: str = "sex") -> Released:
    """Groups with their people, whose quantile q is .2 + q/2."""
    rows = [
        {by: group, "score": "composite", "q": q, "n": n, "quantile": 0.2 + q / 2}
        for group, n in groups.items()
        for q in at
    ]
    raw = pd.DataFrame(rows, columns=[by, "score", "q", "n", "quantile"])
    few = raw["n"] * np.minimum(raw["q"], 1 - raw["q"]) < 10 - 1e-9
    reasons = {"quantile": pd.Series(Flag.SHOWN, index=raw.index).mask(few.astype(bool), Flag.CONFIDENTIAL)}
    return made.made(raw, [by, "score", "q"], ["quantile"], ["score", "q"], reasons=reasons)


def apart(groups: Mapping[str, int], by: str = "sex") -> Released:
    """Groups with their people, each q/10 from the first, their reference; outer deciles of small groups are masked."""
    rows = [
        {by: group, "score": "composite", "q": q, "n": n, **made.around("difference", q / 10)}
        for group, n in groups.items()
        for q in DECILES
    ]
    raw = pd.DataFrame(rows, columns=[by, "score", "q", "n", *DIFFERENCE])
    few = raw["n"] * np.minimum(raw["q"], 1 - raw["q"]) < 15
    reason = pd.Series(Flag.SHOWN, index=raw.index).mask(few.astype(bool), Flag.CONFIDENTIAL)
    reason = reason.mask(raw[by] == next(iter(groups), None), Flag.NOT_APPLICABLE)
    return made.made(raw, [by, "score", "q"], DIFFERENCE, ["score", "q"], reasons=dict.fromkeys(DIFFERENCE, reason))


CHARTS: dict[str, tuple[Callable[[Released], go.Figure], dict[str, Released]]] = {
    "ecdf": (
        partial(ecdf, score=Score.COMPOSITE, line=0.5),
        {
            "several": cumulated({"female": (100, EVEN), "male": (500, EVEN)}),
            "some masked": cumulated({"female": (60, EVEN), "other": (9, EVEN)}),
            "all masked": cumulated({"female": (9, EVEN)}),
            "one group": cumulated({"female": (100, EVEN)}),
            "one end": cumulated({"female": (100, [0.05] * 9 + [1.0])}),
            "none": cumulated({}),
        },
    ),
    "dots": (
        partial(quantile_dots, score=Score.COMPOSITE, line=0.5),
        {
            "several": quantiles({"female": 400, "male": 500}, DOTS),
            "some masked": quantiles({"female": 400, "male": 45, "other": 9, "1": 4}, DOTS),
            "all masked": quantiles({"female": 9}, DOTS),
            "one group": quantiles({"female": 400}, DOTS),
            "none": quantiles({}, DOTS),
        },
    ),
    "box": (
        partial(box, score=Score.COMPOSITE, line=0.5),
        {
            "several": quantiles({"female": 400, "male": 500}, BOX),
            "some masked": quantiles({"female": 400, "male": 45, "2": 25, "3": 15, "other": 9, "1": 4}, BOX),
            "all masked": quantiles({"female": 9}, BOX),
            "one group": quantiles({"female": 400}, BOX),
            "none": quantiles({}, BOX),
        },
    ),
    "difference": (
        partial(quantile_difference, score=Score.COMPOSITE),
        {
            "several": apart({"female": 400, "male": 500, "other": 300}),
            "some masked": apart({"female": 400, "male": 60, "other": 9, "1": 4}),
            "all masked": apart({"female": 400, "other": 9}),
            "one group": apart({"female": 400}),
            "none": apart({}),
        },
    ),
}
CASES = [
    pytest.param(draw, released, id=f"{chart}, {case}")
    for chart, (draw, cases) in CHARTS.items()
    for case, released in cases.items()
]
ONE_A_ROW = ("x", "y", "customdata", "text", "q1", "median", "q3", "lowerfence", "upperfence")


def lengths(trace: Any) -> set[int]:
    arrays = [trace[name] for name in ONE_A_ROW if name in trace]
    arrays += [
        trace["error_y"][end] for end in ("array", "arrayminus") if trace["type"] == "scatter" and trace["error_y"]
    ]
    return {len(array) for array in arrays if isinstance(array, tuple | list | np.ndarray)}


def drawn(chart: str, case: str) -> go.Figure:
    draw, cases = CHARTS[chart]
    return draw(cases[case])


@pytest.mark.parametrize(("draw", "released"), CASES)
def test_a_chart_draws_no_more_points_than_its_table_has_rows(
    draw: Callable[[Released], go.Figure], released: Released
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = draw(released)
        figure.to_json()
    for trace in figure.data:
        assert len(lengths(trace)) <= 1  # all arrays of a trace go together
        assert max(lengths(trace), default=0) <= len(released.rows)
    assert figure.layout.height > 0
    assert figure.layout.template.layout.font.color is None  # the card gives it the theme\'s look


def test_lines_lie_at_the_released_shares_with_n_in_the_legend() -> None:
    figure = drawn("ecdf", "several")
    released = CHARTS["ecdf"][1]["several"].rows
    for trace, group, n in zip(figure.data, ("female", "male"), (100, 500), strict=True):
        rows = released[released["sex"] == group].dropna(subset=["share"])
        assert (list(trace.x), list(trace.y)) == (rows["upto"].tolist(), rows["share"].tolist())
        assert trace.name.endswith(f"{n} people")
        assert all(words.endswith(f"{n} people") for words in trace.text)
    assert [trace.line.color for trace in figure.data] == [*LINE_COLOURS[:2]]
    assert len({trace.line.dash for trace in figure.data}) == 2  # colour is not the only carrier
    assert figure.layout.showlegend
    [line] = figure.layout.shapes
    assert (line.x0, line.x1, line.line.color) == (0.5, 0.5, GREY)


def test_lines_of_bands_wear_their_colours() -> None:
    bands = {band.value: (100, EVEN) for band in (ReturnBand.FORCED, ReturnBand.SOLICITED)}
    figure = ecdf(cumulated(bands, by="band"), Score.COMPOSITE, 0.5)
    assert [trace.line.color for trace in figure.data] == [BAND_LINES[ReturnBand(band)] for band in bands]


def test_only_a_single_group_has_its_interval_drawn_as_an_area() -> None:
    assert not any(trace.fill for trace in drawn("ecdf", "several").data)
    low, high, line = drawn("ecdf", "one group").data
    assert high.fill == "tonexty"
    assert list(low.y) == pytest.approx([share - 0.04 for share in line.y[:-1]])
    assert list(high.y) == pytest.approx([share + 0.04 for share in line.y[:-1]])


def test_a_group_without_a_line_says_so_in_the_legend() -> None:
    *_, other = drawn("ecdf", "some masked").data
    assert (other.name, other.x, other.line.color) == ("Another gender · [c]", (None,), GREY)
    *_, alone = drawn("ecdf", "one end").data
    assert alone.name == "Women · [c]"
    *_, other, _ = drawn("difference", "some masked").data
    assert other.name == "Another gender · [c]"


def test_each_dot_stands_in_the_column_of_its_quantile_on_those_below_it() -> None:
    [dots] = drawn("dots", "one group").data
    columns: dict[float, list[float]] = {}
    for x, y, (q, quantile, n) in zip(dots.x, dots.y, dots.customdata, strict=True):
        assert x - 0.025 - 1e-9 <= quantile < x + 0.025
        assert (0.2 + q / 2, n) == (pytest.approx(quantile, abs=0.0006), 400)
        columns.setdefault(x, []).append(y)
    assert all(heights == [place + 0.5 for place in range(len(heights))] for heights in columns.values())
    assert sum(map(len, columns.values())) == 20
    assert dots.marker.color == SCORE_COLOURS[Score.COMPOSITE]


def test_a_perfect_score_stands_in_the_last_column_and_panels_have_one_scale() -> None:
    released = quantiles({"female": 400, "male": 400}, DOTS)
    released.rows.loc[released.rows["sex"] == "male", "quantile"] = 1.0
    figure = quantile_dots(released, Score.COMPOSITE, 0.5)
    assert set(figure.data[1].x) == {0.975}
    assert [tuple(axis.range) for axis in figure.select_yaxes()] == [(0, 20.5)] * 2
    assert len(figure.layout.shapes) == 2


def test_dots_that_tell_of_few_people_are_counted_in_the_title() -> None:
    figure = drawn("dots", "some masked")
    titles = [
        "<b>Women</b> · 400 people",
        "<b>Men</b> · 45 people · 8 outer dots [c]",
        "<b>Another gender</b> · [c]",
        "<b>1</b> · [c]",
    ]
    assert [words.text for words in figure.layout.annotations][:4] == titles
    assert [len(trace.x) for trace in figure.data] == [20, 12, 0, 0]


def test_a_box_has_the_released_quantiles_and_only_the_parts_that_may_be_seen() -> None:
    boxes, medians, words = drawn("box", "some masked").data
    assert list(boxes.y) == ["Women · 400 people", "Men · 45 people"]
    assert [list(boxes[part]) for part in ("lowerfence", "q1", "median", "q3", "upperfence")] == [
        [0.25, 0.325], [0.325, 0.325], [0.45, 0.45], [0.575, 0.575], [0.65, 0.575]
    ]  # fmt: skip
    assert list(medians.y) == ["Women · 400 people", "Men · 45 people", "2 · 25 people"]
    assert [text.count("<br>") for text in medians.text] == [2, 1, 0]
    assert list(words.y) == ["3 · 15 people", "Another gender · [c]", "1 · [c]"]
    assert set(words.text) == {"[c] too few people to show"}


def test_every_group_keeps_its_row_first_on_top() -> None:
    axis = drawn("box", "some masked").layout.yaxis
    assert len(axis.categoryarray) == 6
    assert axis.categoryarray[-1].startswith("Women")


def test_differences_lie_at_the_released_numbers_with_both_intervals() -> None:
    thick, thin = drawn("difference", "several").data[:2]
    assert list(thin.y) == pytest.approx([q / 10 for q in DECILES])
    assert thin.error_y.array == pytest.approx([0.04] * 9)
    assert thick.error_y.array == pytest.approx([0.02] * 9)
    assert thick.error_y.thickness > thin.error_y.thickness
    assert thin.name == "Men · 500 people"
    assert {people for people, *_ in thin.customdata} == {500}


def test_the_reference_has_no_line_and_zero_has_one() -> None:
    figure = drawn("difference", "several")
    assert [trace.name for trace in figure.data if trace.name] == ["Men · 500 people", "Another gender · 300 people"]
    [zero] = figure.layout.shapes
    assert (zero.y0, zero.y1, zero.line.dash) == (0, 0, None)
    assert list(figure.layout.xaxis.ticktext)[::4] == ["10", "50", "90"]


def test_a_line_ends_before_the_deciles_that_are_masked() -> None:
    _, line, *_ = drawn("difference", "some masked").data
    assert list(line.y) == pytest.approx([0.03, 0.04, 0.05, 0.06, 0.07])
    assert list(line.text) == [f"Men, {place}0th of 100 people" for place in range(3, 8)]


def test_no_more_lines_than_can_be_told_apart() -> None:
    figure = quantile_difference(apart({f"g{place}": 300 for place in range(9)}, by="area"), Score.COMPOSITE)
    lines = [trace.line for trace in figure.data if trace.name]
    assert len({(line.color, line.dash) for line in lines}) == len(lines) == MOST
