"""What makes a chart readable, of every chart: its text, its names beside lines and rows, and whether it is empty."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components import theme
from components.charts.chart import Chart, chart
from components.charts.differences import NONE, differences
from components.charts.ends import spread
from components.charts.histogram import histogram
from components.charts.marks import BEST, WORST, upright
from components.charts.rows import PHONE
from components.charts.scores import scores
from data.disclosure import Released
from data.estimate import DIFFERENCE
from data.vocabulary import FLAGS_IN_SHORT, Score
from tests.components import made
from tests.components.test_charts import CHARTS
from tests.components.test_charts_answers import CASES as ANSWERS
from tests.components.test_charts_distributions import CHARTS as DISTRIBUTIONS
from tests.components.test_charts_smooth import CASES as SMOOTH
from tests.components.test_theme import GROUNDS, THEME, contrast

Draw = Callable[[Released], go.Figure]

CASES: dict[str, tuple[Draw, Released]] = {
    **{
        f"{name}, {case}": (draw, released)
        for charts in (CHARTS, DISTRIBUTIONS)
        for name, (draw, cases) in charts.items()
        for case, released in cases.items()
    },
    **{f"answers, {case}": pair for case, pair in ANSWERS.items()},
    **{f"smooth, {case}": pair for case, pair in SMOOTH.items()},
}
EMPTY = {
    case for case in CASES if any(word in case for word in ("all masked", ", none", "all parts", "all answers"))
} | {
    "coverage, none recorded",
    "smooth, no line",
    "ecdf, one end",
    "difference, one group",
    "differences, one group",
    "histogram, of another score",
    # What is left would tell of what is masked.
    "shares, some masked",
    "waves of groups, some masked",
    "by country, some masked",
    "answers, masked parts",
}
SMALLEST = 13
READABLE = 4.5


def fonts(part: Any) -> Iterator[dict[str, Any]]:
    """Every font of a figure, wherever it stands."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name.endswith("font") and isinstance(value, dict):
                yield value
            yield from fonts(value)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from fonts(each)


@pytest.mark.parametrize(("draw", "released"), CASES.values(), ids=CASES)
def test_no_text_is_smaller_than_13_pixels(draw: Draw, released: Released) -> None:
    figure = draw(released).to_plotly_json()
    assert all(font.get("size", SMALLEST) >= SMALLEST for font in fonts(figure))
    smallest = figure["layout"].get("uniformtext", {}).get("minsize", SMALLEST)
    assert smallest >= SMALLEST


@pytest.mark.parametrize(("draw", "released"), CASES.values(), ids=CASES)
def test_a_text_has_the_theme_s_colour_or_is_read_on_the_piece_it_stands_on(draw: Draw, released: Released) -> None:
    figure = draw(released).to_plotly_json()
    assert not [font for font in fonts(figure["layout"]) if "color" in font]
    grounds = {0: "#000000", **dict(enumerate(theme.SHADES))}
    shades = next((trace["z"] for trace in figure["data"] if trace["type"] == "heatmap"), [])
    under = [grounds[shade] for shade in shades if shade is not None]
    for trace in figure["data"]:
        inks = trace.get("textfont", {}).get("color")
        if inks is None:
            continue
        pairs = [(inks, trace["marker"]["color"])] if isinstance(inks, str) else zip(inks, under, strict=True)
        assert all(contrast(ink, ground) >= READABLE for ink, ground in pairs)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_theme_s_own_colour_is_read_on_every_ground_of_its_mode(mode: str) -> None:

    grounds = [GROUNDS["light"]] if mode == "light" else [GROUNDS["dark"], GROUNDS["dark card"]]
    assert all(contrast(THEME[mode]["textColor"], ground) >= READABLE for ground in grounds)


@pytest.mark.parametrize("case", CASES)
def test_a_chart_knows_whether_it_draws_a_number(case: str) -> None:
    draw, released = CASES[case]
    assert Chart.empty(draw(released)) == (case in EMPTY)


def test_a_declared_chart_knows_it_too() -> None:
    declared = chart("Nothing", "mean")(lambda _: go.Figure())
    assert declared.empty(declared(CASES["scores, several"][1]))


def said(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def test_a_difference_is_told_in_words_and_one_that_is_not_shown_is_grey() -> None:
    released = made.compared(
        {"PAK-AFG": (600, 0.5), "LBY-NGA": (600, 0.7), "DEU-AFG": (60, 0.51), "USA-SLV": (60, 0.3)}
    )
    figure = differences(released)
    assert {"0.20 higher", "0.20 lower", NONE, "Pakistan → Afghanistan"} <= {*said(figure)}
    colours = {name: trace.marker.color for trace in figure.data if trace.hovertemplate for name in trace.y}
    assert [colour for name, colour in colours.items() if "Germany" in name] == [theme.GREY]
    assert {colour for name, colour in colours.items() if "Germany" not in name} == {theme.STRONG}


def test_like_for_like_is_filled_and_what_was_observed_is_hollow_on_the_same_row() -> None:

    rows = [
        {"corridor": "LBY-NGA", "method": method, "score": "composite", "n": 60, **made.around("difference", value)}
        for method, value in (("observed", 0.2), ("standardised", 0.1), ("adjusted", 0.12))
    ]
    released = made.made(pd.DataFrame(rows), ["corridor", "method"], DIFFERENCE, ["method"])
    figure = differences(released, "corridor")
    points = {trace.marker.symbol: trace for trace in figure.data if trace.hovertemplate}
    assert {symbol: list(trace.x) for symbol, trace in points.items()} == {
        "circle": [0.1], "circle-open": [0.2], "diamond-open": [0.12]
    }  # fmt: skip
    assert {name for trace in points.values() for name in trace.y} == {"Libya → Nigeria"}
    assert "0.10 higher" in said(figure)
    named = [trace.name for trace in figure.data if trace.showlegend]
    assert named == ["Like for like", "As observed", "By regression"]


def test_a_score_s_axis_says_what_its_ends_mean_and_lines_on_it_are_named() -> None:
    released = made.compared({"DEU-AFG": (60, 0.5), "PAK-AFG": (600, 0.62)})
    assert {WORST, BEST, "your line 0.50"} <= {*said(scores(released, 0.5))}
    figure = upright(histogram(made.binned({"female": [40] * 10}), Score.COMPOSITE, 0.5), 0.61)
    assert {WORST, BEST, "your line 0.50", "community 0.61"} <= {*said(figure)}
    lines = [note for note in figure.layout.annotations if "line" in note.text or "community" in note.text]
    assert len({note.yshift for note in lines}) == 2  # one over the other, however near they are


@pytest.mark.parametrize(("draw", "released"), CASES.values(), ids=CASES)
def test_what_stands_over_a_row_has_room_on_a_phone(draw: Draw, released: Released) -> None:
    layout = draw(released).layout
    rows: dict[tuple[str, float], int] = {}
    for note in layout.annotations:
        if note.xref == "paper" and note.yref != "paper":
            longest = max(len(line) for line in note.text.split("<br>"))
            rows[note.yref, note.y] = rows.get((note.yref, note.y), 0) + longest
    assert max(rows.values(), default=0) <= PHONE + 2
    assert layout.height >= 26 * len(rows)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.05, 0.15)), min_size=1, max_size=6))
def test_names_at_the_ends_of_lines_keep_their_order_and_do_not_overlap(lines: list[tuple[float, float]]) -> None:
    wanted, sizes = ([*each] for each in zip(*lines, strict=True))
    places = spread(wanted, sizes, (0.0, 1.0))
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    for one, other in pairwise(order):
        assert places[other] - places[one] >= (sizes[one] + sizes[other]) / 2 - 1e-9
    assert all(
        -1e-9 <= place - size / 2 <= place + size / 2 <= 1 + 1e-9 for place, size in zip(places, sizes, strict=True)
    )


def test_a_name_that_has_room_stands_where_its_line_ends() -> None:
    assert spread([0.2, 0.8], [0.1, 0.1], (0, 1)) == pytest.approx([0.2, 0.8])
    assert spread([0.5, 0.5], [0.1, 0.1], (0, 1)) == pytest.approx([0.45, 0.55])


def test_masked_rows_say_why_inside_the_chart() -> None:
    figure = scores(made.compared({"NLD-MAR": (9, 0.9), "AUT-TUN": (6, 0.1)}), 0.5)
    assert {text for trace in figure.data if trace.mode == "text" for text in trace.text} == {FLAGS_IN_SHORT["c"]}
