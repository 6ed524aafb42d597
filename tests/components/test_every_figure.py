"""What holds for every figure of the registry, whatever it shows."""

from collections import Counter

import pytest

from components.figure import Figure
from components.figures import PAGES, figures
from data.labels import COLUMN_LABELS
from tests.pages.screen import ROOT

SHORT, LONG = 30, 520
"""Letters of each part of what is said about a figure."""


@pytest.mark.parametrize("figure", figures(), ids=lambda figure: figure.key)
def test_a_figure_is_whole(figure: Figure) -> None:
    assert figure.key == figure.key.lower().replace(" ", "-")
    assert figure.chart.drawn in COLUMN_LABELS
    assert figure.summary.__doc__
    for said in (figure.about.shows, figure.about.made, figure.about.cannot):
        assert SHORT <= len(said) <= LONG, said
        assert said.endswith(".")
        assert "`" not in said


def test_a_key_names_one_figure_and_a_section_one_of_its_page() -> None:
    keys = [(figure.key, figure) for sections in PAGES.values() for part in sections for figure in part.figures]
    assert Counter(key for key, _ in {*keys}).most_common(1)[0][1] == 1
    for sections in PAGES.values():
        assert len({section.key for section in sections}) == len(sections)


def test_a_page_with_figures_is_a_page() -> None:
    assert {*PAGES} <= {file.stem for file in (ROOT / "pages").glob("*.py")}
