"""Every chart from every kind of released figure: some masked, all masked, one group, none at all."""

import warnings
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from components.charts.bands_by_year import bands_by_year
from components.charts.composition import composition
from components.charts.coverage import coverage
from components.charts.differences import differences
from components.charts.grid import short
from components.charts.histogram import histogram
from components.charts.matrix import matrix
from components.charts.recorded import by_country, by_year
from components.charts.sankey import sankey
from components.charts.scores import scores
from components.charts.shares import shares
from components.charts.waves import group_waves, waves
from components.theme import BAND_COLOURS, BAND_LINES, GREY, SCORE_COLOURS, SHADES, ink
from data.disclosure import Released
from data.estimate import INTERVALS
from data.vocabulary import ReturnBand, Score
from tests.components import made

FOUR = tuple(Score)
SIDES = ["host", "country_of_return"]
LINKS = ["host", "band", "country_of_return"]
BINS = [0, 5, 12, 30, 60, 80, 60, 30, 12, 3]


def grouped_waves(groups: Mapping[str, Mapping[int, tuple[int, float]]], by: str = "band") -> Released:
    """Groups with their people and mean social score at each wave."""
    rows = [
        {by: group, "wave": wave, "score": "social", "n": n, "months": 6.0 * wave, **made.around("mean", mean)}
        for group, waves in groups.items()
        for wave, (n, mean) in waves.items()
    ]
    keys, values = [by, "wave", "score"], ["mean", *INTERVALS, "months"]
    return made.made(pd.DataFrame(rows, columns=[*keys, "n", *values]), keys, values, ["wave", "score"])


CHARTS: dict[str, tuple[Callable[[Released], go.Figure], dict[str, Released]]] = {
    "scores": (
        partial(scores, line=0.5),
        {
            "several": made.compared({"DEU-AFG": (60, 0.5), "PAK-AFG": (600, 0.62)}, scores=FOUR),
            "some masked": made.compared({"DEU-AFG": (60, 0.5), "NLD-MAR": (9, 0.9), "AUT-TUN": (6, 0.1)}, scores=FOUR),
            "all masked": made.compared({"NLD-MAR": (9, 0.9), "AUT-TUN": (6, 0.1)}),
            "one group": made.compared({"DEU-AFG": (60, 0.5)}),
            "none": made.compared({"DEU-AFG": (60, 0.5)}, scores=()),
        },
    ),
    "differences": (
        differences,
        {
            "several": made.compared({"DEU-AFG": (60, 0.5), "PAK-AFG": (600, 0.62)}, scores=FOUR),
            "some masked": made.compared({"DEU-AFG": (60, 0.5), "PAK-AFG": (600, 0.9), "AUT-TUN": (6, 0.1)}),
            "all masked": made.compared({"NLD-MAR": (9, 0.9), "AUT-TUN": (6, 0.1), "DEU-AFG": (60, 0.5)}),
            "one group": made.compared({"DEU-AFG": (60, 0.5)}),
            "none": made.compared({"DEU-AFG": (60, 0.5)}, scores=()),
            "changes": made.changed({2: (60, 0.1), 3: (60, -0.1)}),
        },
    ),
    "shares": (
        shares,
        {
            "several": made.shared({"female": (100, 0.4), "male": (100, 0.6)}),
            "some masked": made.shared({"female": (100, 0.4), "male": (100, 0.02)}),
            "all masked": made.shared({"female": (9, 0.4), "male": (8, 0.5)}),
            "one group": made.shared({"female": (100, 0.4)}),
            "none": made.shared({}),
        },
    ),
    "composition": (
        composition,
        {
            "several": made.composed(
                {"DEU-AFG": {"voluntary": 40, "forced": 60}, "PAK-AFG": {"voluntary": 10, "forced": 90}}
            ),
            "some masked": made.composed({"DEU-AFG": {"voluntary": 4, "obliged": 40, "forced": 60}}),
            "all masked": made.composed({"DEU-AFG": {"voluntary": 4, "forced": 6}}),
            "one group": made.composed({"DEU-AFG": {"voluntary": 40, "forced": 60}}),
            "none": made.composed({}),
            "another part": made.composed({"DEU-AFG": {"female": 40, "male": 60}}, of="sex"),
        },
    ),
    "histogram": (
        partial(histogram, score=Score.COMPOSITE, line=0.5),
        {
            "several": made.binned({"female": [40] * 10, "male": [50] * 10}),
            "some masked": made.binned({"female": BINS}),
            "all masked": made.binned({"female": [1] * 10}),
            "one group": made.binned({"female": [40] * 10}),
            "none": made.binned({}),
            "of another score": made.binned({"female": [40] * 10}, score="social"),
        },
    ),
    "waves": (
        partial(waves, joined=True),
        {
            "several": made.by_wave({1: (90, 0.5), 2: (90, 0.6)}, FOUR),
            "some masked": made.by_wave({1: (90, 0.5), 2: (40, 0.6), 3: (6, 0.7)}),
            "all masked": made.by_wave({1: (9, 0.5), 2: (8, 0.6)}),
            "one group": made.by_wave({1: (90, 0.5)}),
            "none": made.by_wave({}),
        },
    ),
    "waves of groups": (
        partial(group_waves, score=Score.SOCIAL, joined=("obliged", "forced")),
        {
            "several": grouped_waves({band: {1: (90, 0.5), 2: (60, 0.6)} for band in ("obliged", "forced")}),
            "many": grouped_waves({band.value: {1: (90, 0.5), 2: (9, 0.6), 3: (30, 0.4)} for band in ReturnBand}),
            "some masked": grouped_waves(
                {"obliged": {1: (90, 0.5), 2: (9, 0.6)}, "forced": {1: (8, 0.3), 2: (90, 0.4)}}
            ),
            "all masked": grouped_waves({"obliged": {1: (9, 0.5), 2: (8, 0.6)}}),
            "one group": grouped_waves({"female": {1: (90, 0.5)}}, by="sex"),
            "none": grouped_waves({}),
        },
    ),
    "by year": (
        by_year,
        {
            "several": made.recorded_by_year(
                {(2015, "AFG"): 100, (2015, "SDN"): 50, (2016, "AFG"): 9, (2016, "SDN"): None, (2017, "AFG"): 9}
            ),
            "all masked": made.recorded_by_year({(2015, "AFG"): 1, (2016, "AFG"): 2}),
            "one group": made.recorded_by_year({(2015, "AFG"): 100}),
            "none": made.recorded_by_year({}),
        },
    ),
    "by country": (
        by_country,
        {
            "several": made.recorded_by_country({"AFG": (383_945, "PAK", 0.993), "SDN": (37_210, None, None)}),
            "some masked": made.recorded_by_country({"AFG": (100, "PAK", 0.9), "SDN": (3, "TCD", 1.0)}),
            "all masked": made.recorded_by_country({"AFG": (1, "PAK", 1.0)}),
            "one group": made.recorded_by_country({"AFG": (100, "PAK", 0.9)}),
            "none": made.recorded_by_country({}),
        },
    ),
    "bands by year": (
        bands_by_year,
        {
            "several": made.published(
                ["year", "band"],
                {(2020, "obliged"): 50, (2020, "forced"): 40, (2022, "obliged"): 0, (2022, "forced"): None},
            ),
            "some masked": made.published(
                ["year", "band"], {(2020, "obliged"): 5, (2020, "forced"): 40, (2020, "unclassified"): 60}
            ),
            "all masked": made.published(["year", "band"], {(2020, "obliged"): 5}),
            "none": made.published(["year", "band"], {}),
        },
    ),
    "matrix": (
        matrix,
        {
            "several": made.published(
                SIDES, {("OTHER", "AFG"): 2_000_000, ("PAK", "AFG"): 383_945, ("PAK", "OTHER"): 0, ("IRN", "IRQ"): 12}
            ),
            "some masked": made.published(
                SIDES, {("PAK", "AFG"): 100, ("IRN", "AFG"): 9, ("DEU", "AFG"): 9, ("UNK", "IRQ"): None}
            ),
            "all masked": made.published(SIDES, {("PAK", "AFG"): 1}),
            "one group": made.published(SIDES, {("PAK", "AFG"): 100}),
            "none": made.published(SIDES, {}),
        },
    ),
    "sankey": (
        sankey,
        {
            "several": made.published(
                LINKS,
                {
                    ("DEU", "forced", "AFG"): 60,
                    ("DEU", "obliged", "AFG"): 30,
                    ("OTHER", "forced", "AFG"): 900,
                    ("DEU", "forced", "DEU"): 10,
                },
            ),
            "some masked": made.published(
                LINKS,
                {("DEU", "forced", "AFG"): 60, ("DEU", "obliged", "GHA"): 9, ("DEU", "obliged", "IRQ"): 9},
            ),
            "all masked": made.published(LINKS, {("DEU", "forced", "AFG"): 6}),
            "one group": made.published(LINKS, {("DEU", "unclassified", "AFG"): 60}),
            "none": made.published(LINKS, {}),
        },
    ),
    "coverage": (
        coverage,
        {
            "several": made.covered({("DEU-AFG", 2020): (60, 160_000), ("DEU-AFG", 2021): (60, 30)}),
            "some masked": made.covered({("DEU-AFG", 2020): (60, 4000), ("DEU-GHA", 2020): (9, 70)}),
            "all masked": made.covered({("DEU-AFG", 2020): (6, 4000)}),
            "none recorded": made.covered({("DEU-AFG", 2020): (60, None)}),
            "none": made.covered({}),
        },
    ),
}
CASES = [
    pytest.param(draw, released, id=f"{chart}, {case}")
    for chart, (draw, cases) in CHARTS.items()
    for case, released in cases.items()
]

ONE_A_ROW = ("x", "y", "customdata", "text")


def lengths(trace: Any) -> set[int]:
    arrays = [getattr(trace, name, None) for name in ONE_A_ROW]
    errors = [getattr(trace, name, None) for name in ("error_x", "error_y")]
    arrays += [error[end] for error in errors if error for end in ("array", "arrayminus")]
    return {len(array) for array in arrays if isinstance(array, tuple | list | np.ndarray)}


@pytest.mark.parametrize(("draw", "released"), CASES)
def test_a_chart_draws_as_many_points_as_its_table_has_rows(
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


@pytest.mark.parametrize(("draw", "released"), CASES)
def test_a_masked_number_is_nowhere_in_a_chart(draw: Callable[[Released], go.Figure], released: Released) -> None:
    drawn = [len(trace.customdata) for trace in draw(released).data if trace.customdata is not None]
    assert sum(drawn) <= released.rows["people"].notna().sum()
    values = [name for name in ("mean", "difference", "share", "people") if name in released.flags]
    known = {float(number) for name in values for number in released.rows[name].dropna()}
    places = [trace.x if trace.orientation == "h" else trace.y for trace in draw(released).data if trace.type == "bar"]
    hatched = [trace.marker.pattern.shape for trace in draw(released).data if trace.type == "bar"]
    for place, shape in zip(places, hatched, strict=True):
        assert shape or {float(number) for number in place} <= known


def masked(chart: str) -> go.Figure:
    draw, cases = CHARTS[chart]
    return draw(cases["some masked"])


def test_masked_groups_keep_their_row_and_say_why() -> None:
    figure = masked("scores")
    words = [trace for trace in figure.data if trace.mode == "text"]
    assert [len(trace.y) for trace in words] == [2] * len(FOUR)
    assert {text for trace in words for text in trace.text} == {"[c] too few people to show"}
    assert all("[c]" in name for trace in words for name in trace.y)


def test_masked_bins_have_a_stub_and_not_their_height() -> None:
    shown, hidden = masked("histogram").data
    assert len(shown.x) + len(hidden.x) == 10
    assert len(set(hidden.y)) == 1  # a stub tells nothing
    assert hidden.marker.pattern.shape == "/"
    assert "[c]" in hidden.hovertemplate


def test_a_bin_s_bar_lies_between_its_ends() -> None:
    [shown, _] = CHARTS["histogram"][0](CHARTS["histogram"][1]["one group"]).data
    assert list(shown.x) == pytest.approx([0.05 + 0.1 * place for place in range(10)])
    assert shown.width == pytest.approx(0.1)


def test_masked_parts_are_one_hatched_end_of_the_bar() -> None:
    figure = masked("composition")
    last = figure.data[-1]
    assert last.name == "[c] not shown"
    assert sum(share for trace in figure.data for share in trace.x) == pytest.approx(1)
    assert len(last.x) == 1


def test_the_reference_has_no_row_among_the_differences() -> None:
    draw, cases = CHARTS["differences"]
    names = {name for trace in draw(cases["several"]).data for name in trace.y}
    assert len(names) == 1
    assert all("Pakistan" in name for name in names)


def test_dots_lie_at_the_released_numbers_with_both_intervals() -> None:
    draw, cases = CHARTS["scores"]
    thin, thick, dots, _ = draw(cases["one group"]).data
    assert list(dots.x) == [0.5]
    assert thin.error_x.array == pytest.approx((0.04,))
    assert thick.error_x.array == pytest.approx((0.02,))
    assert thin.error_x.thickness < thick.error_x.thickness
    assert thin.error_x.width == thick.error_x.width == 0  # no caps


def test_bands_stand_in_their_order_in_their_colours() -> None:
    bands = {band.value: 20 for band in ReturnBand}
    figure = composition(made.composed({"DEU-AFG": bands}))
    assert [trace.name for trace in figure.data] == [band.capitalize() for band in ReturnBand]
    assert [trace.marker.color for trace in figure.data] == [*BAND_COLOURS.values()]


def test_scores_wear_their_own_colours_and_no_band_s() -> None:
    figure = CHARTS["scores"][0](CHARTS["scores"][1]["several"])
    assert {trace.marker.color for trace in figure.data if trace.mode == "markers"} == {*SCORE_COLOURS.values()}


def test_points_of_different_people_are_not_joined() -> None:
    released = CHARTS["waves"][1]["several"]
    assert not any("lines" in trace.mode for trace in waves(released, joined=False).data)
    assert any("lines" in trace.mode for trace in waves(released, joined=True).data)


def test_up_to_four_groups_share_a_panel_and_are_named_at_their_ends() -> None:
    figure = masked("waves of groups")
    lines = [trace for trace in figure.data if trace.name]
    assert [line.name for line in lines] == ["Obliged", "Forced"]
    assert [line.line.color for line in lines] == [BAND_LINES[ReturnBand.OBLIGED], BAND_LINES[ReturnBand.FORCED]]
    assert len({(line.line.dash, line.marker.symbol) for line in lines}) == 2  # colour is not the only carrier
    assert {trace.yaxis for trace in figure.data} == {None}
    assert list(figure.layout.xaxis.ticktext) == ["1<br>[c]", "2<br>[c]"]
    draw, cases = CHARTS["waves of groups"]
    figure = draw(cases["several"])
    assert list(figure.layout.xaxis.ticktext) == ["1", "2"]
    lines = [trace for trace in figure.data if trace.name]
    assert [[people for people, *_ in line.customdata] for line in lines] == [[90, 60]] * 2
    assert not figure.layout.showlegend
    assert [note.text for note in figure.layout.annotations if note.showarrow] == ["Obliged", "Forced"]


def test_more_groups_have_a_panel_each_on_one_scale() -> None:
    draw, cases = CHARTS["waves of groups"]
    figure = draw(cases["many"])
    assert [axis.range for axis in figure.select_yaxes()] == [(0.3, 0.6)] * len(ReturnBand)
    titles = [f"<b>{band.capitalize()}</b>" for band in ReturnBand]
    assert [each.text for each in figure.layout.annotations][:-1] == titles
    assert list(figure.layout.xaxis.ticktext) == ["1", "2<br>[c]", "3"]
    assert not any("lines" in trace.mode for trace in group_waves(cases["many"], Score.SOCIAL, joined=()).data)


def test_a_year_without_a_number_leaves_a_gap_and_no_zero() -> None:
    afghanistan, sudan = CHARTS["by year"][0](CHARTS["by year"][1]["several"]).data
    assert not afghanistan.connectgaps
    assert afghanistan.y[0] == 100
    assert afghanistan.y[1] is None
    assert sudan.y[1] is None
    assert afghanistan.line.dash != sudan.line.dash  # colour is not the only carrier


def test_bars_say_the_number_and_the_largest_host() -> None:
    [bars] = CHARTS["by country"][0](CHARTS["by country"][1]["several"]).data
    assert list(bars.text) == ["383,945 · 99% from Pakistan", "37,210"]


def test_a_cell_holds_its_number_or_why_not() -> None:
    heat, shaded, plain = masked("matrix").data
    assert [*shaded.text, *plain.text] == ["100", "[c]", "[c]", "[x]"]
    assert [*shaded.hovertext, *plain.hovertext] == [
        "Pakistan → Afghanistan<br>100 people",
        "Iran → Afghanistan<br>[c]",
        "Germany → Afghanistan<br>[c]",
        "Unknown country → Iraq<br>[x]",
    ]
    assert list(heat.z) == [len(SHADES) - 1, None, None, None]
    assert list(shaded.textfont.color) == [ink(SHADES[-1])]
    assert plain.textfont.color is None  # the theme's


def test_a_matrix_has_the_largest_first_and_other_countries_last() -> None:
    draw, cases = CHARTS["matrix"]
    figure = draw(cases["several"])
    assert list(figure.layout.yaxis.categoryarray)[::-1] == ["Pakistan", "Iran", "Other<br>countries"]
    assert list(figure.layout.xaxis.categoryarray) == ["Afghanistan", "Iraq", "Other countries"]
    heat, shaded, plain = figure.data
    assert list(heat.z) == [4, 3, None, 0]  # five powers of ten from 12 to 2 million
    assert (list(shaded.text), list(plain.text)) == (["2.0M", "384k", "12"], ["0"])


def test_links_join_host_band_and_country_in_the_band_s_colour() -> None:
    draw, cases = CHARTS["sankey"]
    [trace] = draw(cases["several"]).data
    names = list(trace.node.label)
    assert names == [
        "Germany",
        "Other countries",
        "Obliged",
        "Forced",
        "Afghanistan",
        "Germany",
    ]  # of each step its own
    ends = zip(trace.link.source, trace.link.target, strict=True)
    links = dict(zip(ends, trace.link.value, strict=True))
    assert links == {(0, 2): 30, (0, 3): 70, (1, 3): 900, (2, 4): 30, (3, 4): 960, (3, 5): 10}
    forced = {c for c, value in zip(trace.link.color, trace.link.value, strict=True) if value != 30}
    assert {colour[:7] for colour in forced} == {BAND_COLOURS[ReturnBand.FORCED]}
    assert all(0 < y < 1 for y in trace.node.y)


def test_a_masked_link_is_not_drawn_and_has_no_node() -> None:
    [trace] = masked("sankey").data
    assert list(trace.node.label) == ["Germany", "Forced", "Afghanistan"]
    assert list(trace.link.value) == [60, 60]


def test_bands_of_a_year_are_stacked_in_their_order() -> None:
    figure = CHARTS["bands by year"][0](CHARTS["bands by year"][1]["several"])
    assert [(bar.name, list(bar.x), list(bar.y)) for bar in figure.data] == [
        ("Obliged", [2020, 2022], [50, 0]),
        ("Forced", [2020], [40]),
    ]
    assert figure.layout.barmode == "stack"


def test_coverage_says_rate_and_people_or_why_not() -> None:
    _, text, _ = CHARTS["coverage"][0](CHARTS["coverage"][1]["several"]).data
    assert list(text.text) == ["<b>0.38</b><br>60", "<b>2.0k</b><br>60"]
    assert text.hovertext[0] == (
        "Germany → Afghanistan, 2020<br>60 interviewed, 160,000 recorded<br>0.38 interviewed per 1,000 recorded"
    )
    *_, without = CHARTS["coverage"][0](CHARTS["coverage"][1]["none recorded"]).data
    assert list(without.text) == ["<b>[x]</b><br>60"]
    *_, hidden = CHARTS["coverage"][0](CHARTS["coverage"][1]["all masked"]).data
    assert list(hidden.text) == ["[c]"]


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0"), (10, "10"), (950, "950"), (999.4, "999"), (1000, "1.0k"), (9_949, "9.9k"), (12_345, "12k"),
     (999_499, "999k"), (999_500, "1.0M"), (7_526_715, "7.5M"), (53_967_745, "54M"), (2e9, "2.0G")],
)  # fmt: skip
def test_short_numbers(number: float, words: str) -> None:
    assert short(number) == words


def test_the_readers_line_stands_where_they_set_it() -> None:
    released = CHARTS["scores"][1]["several"]
    assert {shape.x0 for shape in scores(released, 0.35).layout.shapes} == {0.35}
    assert all(shape.line.color == GREY for shape in scores(released, 0.35).layout.shapes)
