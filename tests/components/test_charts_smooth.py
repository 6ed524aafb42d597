"""The charts of irregular timing from every kind of released figure: gaps, masked lines, one group, none at all."""

import warnings
from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.charts.smooth import smooth
from components.theme import BAND_LINES, GREY, LINE_COLOURS
from data.disclosure import Released
from data.estimate import INTERVALS
from data.vocabulary import ReturnBand
from tests.components import made

VALUES = ["mean", *INTERVALS]


def line(n: Mapping[str, Sequence[int]], by: str = "") -> Released:
    """Groups with their people at months 3, 4 …; the mean is month/100."""
    rows = [
        {"month": month, "n": people, **({by: group} if by else {}), **made.around("mean", month / 100)}
        for group, numbers in n.items()
        for month, people in enumerate(numbers, 3)
    ]
    keys = [*([by] if by else []), "month"]
    return made.made(pd.DataFrame(rows, columns=[*keys, "n", *VALUES]), keys, VALUES, keys)


CASES = {
    "one line": (smooth, line({"": [40, 50, 60]})),
    "a gap": (smooth, line({"": [40, 50, 5, 50, 60, 9, 30]})),
    "groups": (smooth, line({"female": [40, 50], "male": [40, 50, 60], "other": [5, 6]}, "sex")),
    "all masked": (smooth, line({"": [3, 4, 5]})),
    "no line": (smooth, line({})),
}


@pytest.mark.parametrize(("draw", "released"), CASES.values(), ids=CASES)
def test_a_chart_draws_no_more_points_than_its_table_has_rows(
    draw: Callable[..., go.Figure], released: Released
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = draw(released, line=0.5)
        figure.to_json()
    for trace in figure.data:
        assert max(len(trace[name] or ()) for name in ("x", "y", "customdata") if name in trace) <= max(
            1, len(released.rows)
        )
    assert figure.layout.height > 0
    assert figure.layout.template.layout.font.color is None  # the card gives it the theme\'s look


def test_the_line_lies_at_the_released_means_and_the_bands_at_their_ends() -> None:
    released = CASES["one line"][1]
    low95, high95, low66, high66, mean = smooth(released).data
    for trace, column in ((low95, "low95"), (high95, "high95"), (low66, "low66"), (high66, "high66"), (mean, "mean")):
        assert (list(trace.x), list(trace.y)) == ([3, 4, 5], released.rows[column].tolist())
    assert (high95.fill, high66.fill, mean.fill) == ("tonexty", "tonexty", None)
    assert int(high95.fillcolor[-2:], 16) < int(high66.fillcolor[-2:], 16)  # the 66% band is drawn stronger
    assert [people for people, *_ in mean.customdata] == [40, 50, 60]


def test_masked_months_leave_a_gap_in_line_and_band() -> None:
    *bands, mean = smooth(CASES["a gap"][1]).data
    assert mean.y == (0.03, 0.04, None, 0.06, 0.07, None, 0.09)
    assert mean.connectgaps is False
    assert [trace.x for trace in bands] == [run for run in ((3, 4), (6, 7), (9,)) for _ in range(4)]


def test_groups_have_lines_of_their_own_and_a_masked_one_says_so() -> None:
    figure = smooth(CASES["groups"][1], line=0.4)
    named = [trace for trace in figure.data if trace.name]
    assert [trace.name for trace in named] == ["Women", "Men", "Another gender · [c]"]
    assert [trace.line.color for trace in named] == [*LINE_COLOURS[:2], GREY]
    assert len({trace.line.dash for trace in named[:2]}) == 2  # colour is not the only carrier
    assert not figure.layout.showlegend
    assert [note.text for note in figure.layout.annotations][-3:] == ["Women", "Men", "Another<br>gender · [c]"]
    [shape] = figure.layout.shapes
    assert (shape.y0, shape.y1) == (0.4, 0.4)
    assert not smooth(CASES["one line"][1]).layout.shapes


def test_bands_of_return_wear_their_colours() -> None:
    [*_, mean] = smooth(line({ReturnBand.FORCED.value: [40, 50]}, "band")).data
    assert mean.line.color == BAND_LINES[ReturnBand.FORCED]
