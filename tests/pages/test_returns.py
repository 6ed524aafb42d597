"""The page of recorded returns, with a dataset of one's own beside the shipped one."""

from pathlib import Path

import pandas as pd

from data import library
from data.flows import NOT_RETURNS
from data.flows.schema import Flows, conform
from tests.pages.screen import cards, open_page


def keep(folder: Path, name: str, category: str, years: range) -> None:
    rows = [("DEU", to, year, 10 * n) for year in years for n, to in enumerate(["AFG", "IRQ", "GHA"], 1)]
    frame = pd.DataFrame(rows, columns=["host", "country_of_return", "year", "people"])
    library.keep(Flows(conform(frame.assign(category=category, band="forced", note="")), name, "made"), folder)


def test_both_pages_choose_the_dataset_in_one_way(own: Path) -> None:
    keep(own, "Own", "Removed", range(2019, 2023))
    for page in ("returns", "corridors"):
        app = open_page(page, {"returns": "Own"})
        assert not app.exception
        assert {card.captions[2] for card in cards(app) if card.recorded} == {"Source: made"}


def test_a_span_of_years_narrows_pairs_and_starts_anew_with_another_dataset(own: Path) -> None:
    keep(own, "Own", "Removed", range(2019, 2023))
    app = open_page("returns", {"returns": "Own", "returned-from-to": ["2020", "2021"]})
    by_year, _, pairs, links, _ = cards(app)
    assert by_year.people == "240 people"
    assert (pairs.people, links.people) == ("120 people", "120 people")
    assert pairs.view.endswith(", 2020–2021")
    app = app.selectbox(key="returns").select("reference-returns").run()
    assert not app.exception
    assert app.slider(key="returned-from-to").value == (2014, 2017)
    assert cards(app)[2].view.endswith(", 2014–2017")


def test_coverage_sets_the_cohort_beside_what_is_recorded(own: Path) -> None:
    keep(own, "Own", "Removed", range(2019, 2023))
    *_, coverage = cards(open_page("returns", {"returns": "Own"}))
    table = coverage.table.set_index(["Corridor", "Year"])
    assert table.loc[("Germany → Afghanistan", "2020"), "Recorded returns"] == "10"
    assert table.loc[("Pakistan → Afghanistan", "2020"), "Recorded returns"] == "[x]"


def test_one_year_alone_offers_no_span(own: Path) -> None:
    keep(own, "Own", "Removed", range(2020, 2021))
    app = open_page("returns", {"returns": "Own"})
    assert not app.exception
    assert "returned-from-to" not in {slider.key for slider in app.slider}


def test_what_is_no_return_is_said_and_is_beside_no_cohort(own: Path) -> None:
    keep(own, "Own", f"{NOT_RETURNS}ordered to leave", range(2019, 2023))
    shown = cards(open_page("returns", {"returns": "Own"}))
    assert len(shown) == 4
    assert all(card.view.startswith("Not returns: ordered to leave: All corridors") for card in shown)
    assert shown[0].headline == "Counts (not returns) shown were highest in 2019: 60 people"
