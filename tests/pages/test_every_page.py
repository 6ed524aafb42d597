"""What holds on every page and for every figure, whatever the view: a new file in `pages/` is tested by being there."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import product
from typing import Final

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from components.table import shown
from data import filters
from data.disclosure import Released
from data.summaries.distributions import BINS
from data.vocabulary import SCORES
from tests.pages.screen import PLACES, Card, Query, arrays, cards, head, numbers, open_page, tables, words
from tests.workers import on_one_worker

VIEWS: Final[dict[str, tuple[Query, str]]] = {
    "everyone": ({}, "All corridors, all bands"),
    "one group": (
        {"place": "United States → El Salvador", "band": "Forced", "sex": "Women"},
        "United States → El Salvador, forced, women",
    ),
    "two cohorts, compulsory": (
        {"cohorts": "Second demo cohort (synthetic)", "band": "Compulsory"},
        "All corridors, compulsory (obliged and forced)",
    ),
    "under the floor": ({"place": "Germany → Ghana", "band": "Forced"}, "Germany → Ghana, forced"),
    "partly under the floor": (
        {"corridors": ["Germany → Ghana", "Germany → Iraq", "Norway → Ethiopia"], "sex": "Another gender"},
        "All corridors, all bands, another gender",
    ),
}
"""Each view as a link asks for it, and the sentence it must be called by."""

FLOOR: Final = 10
"""The fewest people that may be shown; not read from the program, which might have it wrong."""

MOST_GROUPS: Final = 7
TOOLTIP: Final = 3
NUMBERS_A_ROW: Final = 14
"""A dot with two intervals: two places twice, four ends of bars, three numbers in the tooltip; one more where they are
bands of a line, and four for the ring where a path turns. No chart needs more."""
NAMES_A_ROW: Final = {"sankey": 3}
"""Each row of its table names a host country, a band and a country of return."""

every_page = pytest.mark.parametrize("page", on_one_worker(PLACES))
every_screen = pytest.mark.parametrize(
    ("page", "view"), [pytest.param(page, view, id=f"{view}@{page}") for page, view in product(PLACES, VIEWS)]
)


@cache
def screen(page: str, view: str) -> AppTest:
    return open_page(page, VIEWS[view][0])


@pytest.fixture(scope="session")
def exact_scores(raw_both: pd.DataFrame) -> frozenset[float]:
    """Scores of the synthetic people, save those that four digits write in full."""
    scores = raw_both[[*SCORES]].stack()
    return frozenset(scores[scores.round(4) != scores].round(6))


@every_screen
def test_a_page_opens_with_its_question_and_the_whole_frame(page: str, view: str) -> None:
    app = screen(page, view)
    assert not app.exception
    assert not app.error
    assert head(app)["question"].endswith("?")
    assert {"cohort", "cohorts", "corridors", *filters.names(), "score", "line"} == {
        widget.key
        for kind in ("multiselect", "button_group", "selectbox", "select_slider")
        for widget in app.sidebar.get(kind)
    }


@every_page
@pytest.mark.parametrize("view", ["everyone", "one group", "two cohorts, compulsory"])
def test_the_first_finding_answers_the_question(page: str, view: str) -> None:
    """What was chosen stands beside it; where the first figure leads, it is drawn as high as the screen allows."""
    app = screen(page, view)
    shown = cards(app)
    if not shown:
        return
    assert head(app)["answer"] == shown[0].headline
    assert [card.payload["answers"] for card in shown] == [True] + [False] * (len(shown) - 1)
    assert sum(card.payload["lead"] for card in shown) <= 1
    recorded = page == "returns"
    assert bool(head(app)["synthetic"]) == (not recorded)
    if not recorded:
        assert re.fullmatch(r"[\d,]+ people", head(app)["people"])
    narrowed = {name for name in VIEWS[view][0] if name not in ("cohorts", "corridors")}
    assert {chip["name"] for chip in head(app)["chips"]} == narrowed - ({"place"} if page == "profile" else set())


@every_screen
def test_every_figure_says_what_it_shows_of_whom_and_from_where(page: str, view: str) -> None:
    for card in cards(screen(page, view)):
        assert 0 < len(card.headline.split()) <= 15, card.headline
        assert card.recorded or is_said(card.view, page, VIEWS[view][1])
        assert re.fullmatch(r"[\d,]+ people|fewer than 10 people", card.people)
        assert re.fullmatch(r"\S.*\. Licence: \S.*\. Data version [0-9a-f+]{12,}\.", card.said["Source."])
        assert card.said["How it is made."]
        assert card.said["What it cannot tell."]
        assert bool(card.payload["chart"]) != bool(card.payload["reason"])


def is_said(sentence: str, page: str, wanted: str) -> bool:
    """Whether a card says the view.

    The profile names its own corridor in place of the sidebar's, and the strip of bands shows them all.
    """
    if page == "spectrum/Who returned how" and ", all bands" in sentence:
        return sentence.replace(", all bands", "") == re.sub(
            ", (forced|compulsory .obliged and forced.|all bands)", "", wanted
        )
    if page == "profile":
        return sentence.partition(", ")[2] == wanted.partition(", ")[2]
    return sentence == wanted


@every_screen
def test_every_figure_has_words_for_those_who_do_not_see_it(page: str, view: str) -> None:
    for card in cards(screen(page, view)):
        assert card.headline in card.alt
        assert card.people in card.alt
        assert len(card.alt.split()) <= 60
    for element in screen(page, view).get("dataframe"):
        assert element.proto.alt


@every_screen
def test_every_figure_of_synthetic_people_is_marked(page: str, view: str) -> None:
    for card in cards(screen(page, view)):
        marked = card.payload["synthetic"] == "synthetic"
        assert marked == ("Synthetic data, no real person." in card.alt) == (not card.recorded)
        assert marked == ("SYNTHETIC DATA" in card.payload["csv"]["text"])


@every_screen
def test_every_figure_has_its_table_beside_it_and_sends_no_more_than_its_rows(page: str, view: str) -> None:
    for card in cards(screen(page, view)):
        rows, traces = len(card.table), card.spec["data"]
        assert (0 if card.recorded else 1) <= rows <= MOST_GROUPS * BINS
        assert "People" in card.table.columns
        for trace in traces:
            points = rows * NAMES_A_ROW.get(trace["type"], 1)
            assert all(len(array) <= max(points, TOOLTIP) for array in arrays(trace))
        assert all(len(array) <= max(2 * rows + 8, MOST_GROUPS * len(SCORES)) for array in arrays(card.spec["layout"]))
        assert len(numbers(traces)) <= NUMBERS_A_ROW * rows


@every_screen
def test_no_number_is_finer_than_the_release_lets_through(page: str, view: str) -> None:
    for card in cards(screen(page, view)):
        shown = [trace for trace in card.spec["data"] if "[c]" not in trace.get("hovertemplate", "")]
        assert all(abs(number - round(number, 3)) < 1e-9 for number in numbers(shown))


@every_screen
def test_nothing_of_a_single_person_is_sent(page: str, view: str, exact_scores: frozenset[float]) -> None:
    app = screen(page, view)
    text = words(app)
    assert len(text) > 1000
    assert len(exact_scores) > 5_000
    assert not re.search(r"[ST]\d{5}", text)
    written = {round(float(found), 6) for found in re.findall(r"\d\.\d{5,}", text)}
    drawn = {round(number, 6) for card in cards(app) for number in numbers(card.spec["data"])}
    cells = {
        round(float(cell), 6) for table in tables(app) for cell in table.select_dtypes("number").to_numpy().ravel()
    }
    assert not (written | drawn | cells) & exact_scores


@every_screen
def test_no_count_of_people_is_below_the_floor(page: str, view: str) -> None:
    for card in cards(screen(page, view)):
        columns = [name for name in card.table.columns if name.startswith("People")]
        counts = [cell for name in columns for cell in card.table[name]]
        allowed = {"[c]", "[x]", *(["0"] if card.recorded else [])}  # a published zero is nobody
        assert all(cell in allowed or int(cell.replace(",", "")) >= FLOOR for cell in counts)
        assert all(count >= FLOOR for count in hovered(card))
        assert card.recorded or card.people != "0 people"
    for found in re.findall(r"(?:n = ([\d,]+)|([\d,]*\d) people)", words(screen(page, view))):
        count = int("".join(found).replace(",", ""))
        assert count == 0 or count >= FLOOR


def hovered(card: Card) -> list[float]:
    """The numbers of people in a chart's tooltips: the first of each row, or the row itself."""
    traces = [trace for trace in card.spec["data"] if "people" in trace.get("hovertemplate", "")]
    rows = [row for trace in traces for array in [*arrays(trace.get("customdata", []))][:1] for row in array]
    found = [row[0] if isinstance(row, list) else row for row in rows]
    return [count for count in found if count is not None]  # a gap in a line has none


@every_page
def test_a_page_that_answers_with_figures_has_some(page: str) -> None:
    shown = cards(screen(page, "everyone"))
    assert bool(shown) == (page not in ("cohorts", "methods"))
    assert page != "spectrum/Who returned how" or all(map(hovered, shown))


LESS: Final[dict[str, Callable[[Released], Released]]] = {
    "some masked": lambda whole: masked(whole, np.arange(len(whole.rows)) % 2 == 0),
    "all masked": lambda whole: masked(whole, np.full(len(whole.rows), True)),
    "one": lambda whole: whole.only(whole.keys[0], *whole.rows[whole.keys[0]].head(1)),
    "none": lambda whole: replace(whole, rows=whole.rows.head(0), flags=whole.flags.head(0)),
}
"""What may be left of a figure."""


def masked(released: Released, hidden: np.ndarray) -> Released:
    """The figure with some rows hidden."""
    rows, flags = released.rows.copy(), released.flags.copy()
    rows.loc[hidden, ["people", *released.values]] = np.nan
    flags.loc[hidden, :] = "c"
    return replace(released, rows=rows, flags=flags)


@every_page
@pytest.mark.parametrize("left", LESS)
def test_every_figure_can_be_drawn_and_said_of_less(page: str, left: str) -> None:
    for figure, asked, found in screen(page, "everyone").answered:
        less = replace(LESS[left](found), facts=())
        assert 0 < len(figure.headline(less, asked).split()) <= 15
        chart = json.loads(figure.chart(less, *figure.drawn(asked)).to_json())
        points = len(less.rows) * NAMES_A_ROW.get(chart["data"][0]["type"], 1) if chart["data"] else 0
        assert all(len(array) <= max(points, TOOLTIP) for trace in chart["data"] for array in arrays(trace))
        assert shown(less).shape == (len(less.rows), len(less.keys) + len(less.values) + 1)


@every_page
def test_running_a_page_again_shows_the_same(page: str) -> None:
    app = screen(page, "two cohorts, compulsory")
    before = [card.alt for card in cards(app)]
    again = app.run()
    assert not again.exception
    assert [card.alt for card in cards(again)] == before
    assert again.sidebar.selectbox(key="cohort").value == "demo"
    assert again.sidebar.multiselect(key="cohorts").value == ["demo-second"]
    assert again.sidebar.button_group(key="band").value == "compulsory"
