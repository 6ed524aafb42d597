"""The worked example of CONTRIBUTING.md: a figure is added to a page, and all that reads the registry has it."""

from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from components import figures
from components.link.migrations import VERSION
from data.engine import Source
from tests.components.test_every_figure import test_a_figure_is_whole
from tests.pages import test_every_page as every
from tests.pages.screen import Card, cards, link, open_page
from tests.worked import example

MADE = example("A new figure")
FIGURE, SECTION = MADE["INTERVIEWS"], MADE["SECTION"]
GENERIC = [test for name, test in vars(every).items() if name.startswith("test_every_figure") or "_no_" in name]
GENERIC.remove(every.test_every_figure_can_be_drawn_and_said_of_less)  # takes what is left of it, not a view


@pytest.fixture(autouse=True)
def added(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The registry with one figure more, and no screen remembered that was opened without it."""
    monkeypatch.setitem(figures.PAGES, "corridors", (*figures.PAGES["corridors"], SECTION))
    every.screen.cache_clear()
    yield
    every.screen.cache_clear()


def card(app: AppTest) -> Card:
    [found] = [card for card in cards(app) if card.headline.startswith("People were interviewed ")]
    return found


def test_it_is_on_its_page_and_in_links() -> None:
    app = open_page("corridors")
    assert not app.exception
    assert card(app).table["Sex"].tolist() == ["Women", "Men", "Another gender"]
    linked = open_page("corridors", {"v": str(VERSION), "interviews-by": "age_group"})
    assert "Age group" in card(linked).table.columns
    assert link(linked) == {"v": [str(VERSION)], "cohort": ["demo"], "returns": ["uk"], "returned-in": ["2011"]} | {
        "interviews-by": ["age_group"]
    }


def test_methods_explains_it() -> None:
    app = open_page("methods")
    assert FIGURE.name in [expander.label for expander in app.expander]
    assert FIGURE.about.cannot in " ".join(text.value for text in app.markdown)


@pytest.mark.parametrize("test", GENERIC, ids=lambda test: test.__name__)
def test_the_generic_tests_meet_it(test: Callable[[str, str], None]) -> None:
    assert card(every.screen("corridors", "everyone"))
    test("corridors", "everyone")


def test_it_is_whole() -> None:
    assert FIGURE in figures.figures()
    test_a_figure_is_whole(FIGURE)


def test_its_numbers_are_right(source: Source) -> None:
    found = MADE["interviews"](source, MADE["View"](), MADE["Grouping"]("sex", ("female", "male")))
    people = source.table.filter(source.table.respondent == "returnee").to_pandas()
    times = people.groupby(["sex", "person"]).size().groupby("sex").mean()
    assert found.rows.set_index("sex")["mean"].to_dict() == times.loc[["female", "male"]].round(3).to_dict()
