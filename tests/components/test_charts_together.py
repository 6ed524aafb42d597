"""Charts of the three dimensions together and of the parity gap: what they draw, and what they may not."""

import pandas as pd
import pytest

from components.charts.differences import differences
from components.charts.together import correlations, cross_table, discrepancy
from data.disclosure import Released
from data.engine import Source
from data.grouping import Grouping
from data.summaries import parity, together
from data.view import View
from data.vocabulary import Score

GROUPS = ("PAK-AFG", "USA-SLV", "DEU-GHA", "NOR-ETH")
VOLUNTARY = View(band="voluntary")
"""Fewer than ten people of each of the last two groups."""
TWO = (Score.ECONOMIC, Score.SOCIAL)


def words(figure: object) -> list[str]:
    return [text for trace in figure.data if trace.mode == "text" for text in trace.text or ()]


def dots(figure: object) -> int:
    return sum(len(trace.x) for trace in figure.data if trace.mode == "markers" and trace.hovertemplate)


def test_correlations_have_a_panel_per_pair_around_zero(source: Source) -> None:
    released = together.correlations(source, VOLUNTARY, Grouping("corridor", GROUPS))
    figure = correlations(released)
    titles = [note.text for note in figure.layout.annotations if "<b>" in note.text]
    assert titles == [f"<b>{pair}</b>" for pair in (
        "Economic and social", "Economic and psychosocial", "Social and psychosocial")]  # fmt: skip
    assert {shape.x0 for shape in figure.layout.shapes} == {0}
    assert dots(figure) == len(released.shown) == 6
    assert words(figure) == ["[c] too few people to show"] * 6


def test_discrepancies_have_a_panel_per_pattern_from_zero(source: Source) -> None:
    released = together.discrepancy(source, VOLUNTARY, Grouping("corridor", GROUPS))
    figure = discrepancy(released)
    assert figure.layout.annotations[0].text == "<b>High economic, low social</b>"
    assert sum("<b>" in note.text for note in figure.layout.annotations) == 6
    assert dots(figure) == released.rows["share"].notna().sum()
    assert dots(figure) + len(words(figure)) == 24


def test_a_cross_table_has_a_cell_per_third_and_third(source: Source) -> None:
    released = together.thirds(source, View(), *TWO)
    figure = cross_table(released, *TWO)
    cells = figure.data[1]
    assert [*cells.text] == [f"{share:.0%}" for share in released.rows["share"]]
    assert cells.hovertext[2].startswith("Economic: lowest third; social: highest third<br>")
    assert [*figure.layout.xaxis.categoryarray] == ["Lowest third", "Middle third", "Highest third"]
    assert figure.layout.yaxis.categoryarray[-1] == "Lowest<br>third"
    assert (figure.layout.yaxis.title.text, figure.layout.xaxis.title.text) == ("Economic", "Social")


@pytest.mark.parametrize("place", ["DEU-GHA", "other"])
def test_masked_cells_have_a_mark_and_no_shade(source: Source, place: str) -> None:
    released = together.thirds(source, View(place=place), *TWO)
    figure = cross_table(released, *TWO)
    hidden = released.rows["share"].isna().tolist()
    heat, shaded, plain = figure.data
    assert {*plain.text} == {"[c]"}
    assert "[c]" not in shaded.text
    assert [len(shaded.text), len(plain.text)] == [9 - sum(hidden), sum(hidden)]
    assert [shade is None or pd.isna(shade) for shade in heat.z] == hidden
    assert plain.textfont.color is None  # the theme's


@pytest.fixture(scope="module")
def gaps(source: Source) -> Released:
    return parity.parity(source, VOLUNTARY, Grouping("corridor", GROUPS), TWO)


def test_parity_gaps_are_drawn_as_differences(gaps: Released) -> None:
    figure = differences(gaps)
    assert [note.text for note in figure.layout.annotations if "<b>" in note.text] == [
        "<b>Economic</b>",
        "<b>Social</b>",
    ]
    assert {shape.x0 for shape in figure.layout.shapes} == {0}
    assert dots(figure) == 2
    assert words(figure) == ["[x] not available", *["[c] too few people to show"] * 2] * 2
