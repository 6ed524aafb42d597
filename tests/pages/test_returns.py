"""The page of recorded returns, with a dataset of one's own beside the shipped one."""

from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from data import library
from data.flows import Basis, Unit
from data.flows.schema import Flows, conform
from data.labels import basis_label
from tests.pages.screen import Card, cards, open_page

UK = "Returns from the United Kingdom 2006–2011"


def keep(folder: Path, name: str, category: str, years: range, **more: str) -> None:
    rows = [("DEU", to, year, 10 * n) for year in years for n, to in enumerate(["AFG", "IRQ", "GHA"], 1)]
    frame = pd.DataFrame(rows, columns=["host", "country_of_return", "year", "people"])
    library.keep(Flows(conform(frame.assign(category=category, band="forced", note="", **more)), name, "made"), folder)


def test_both_pages_choose_the_dataset_in_one_way(own: Path) -> None:
    keep(own, "Own", "Removed", range(2019, 2023))
    for page in ("returns", "corridors"):
        app = open_page(page, {"returns": "Own"})
        assert not app.exception
        assert {card.said["Source."].split(".")[0] for card in cards(app) if card.recorded} == {"made"}


def test_a_span_of_years_narrows_pairs_and_starts_anew_with_another_dataset(own: Path) -> None:
    keep(own, "Own", "Removed", range(2019, 2023))
    app = open_page("returns", {"returns": "Own", "returned-from-to": ["2020", "2021"]})
    by_year, _, pairs, links, _ = cards(app)
    assert by_year.people == "240 people"
    assert (pairs.people, links.people) == ("120 people", "120 people")
    assert pairs.view.endswith(", 2020–2021")
    app = app.selectbox(key="returns").select("unhcr").run()
    assert not app.exception
    assert app.select_slider(key="returned-from-to").value == (2015, 2017)
    assert cards(app)[2].view.endswith(", 2015–2017")


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
    assert "returned-from-to" not in {slider.key for slider in app.select_slider}


def test_what_is_no_return_is_said_and_is_beside_no_cohort(own: Path) -> None:
    keep(own, "Own", "ordered to leave", range(2019, 2023), basis=Unit.EU_ORDERED, returns=False)
    shown = cards(open_page("returns", {"returns": "Own"}))
    assert len(shown) == 4
    assert all(card.view.startswith("Recorded, people ordered to leave: All corridors") for card in shown)
    assert shown[0].headline == "Counts peaked in 2019: 60 people (people ordered to leave)"


def test_without_any_recorded_returns_the_texts_are_cited_and_nothing_is_drawn(own: Path) -> None:
    for key in ("unhcr", "uk"):
        library.remove(key, own)
    for page, drawn in (("returns", 0), ("corridors", None), ("profile", None)):
        app = open_page(page)
        assert not app.exception
        told = [text.value for text in (*app.info, *app.caption)]
        assert any("No recorded returns are loaded yet" in text for text in told)
        assert not any(card.recorded for card in cards(app))
        assert drawn is None or len(cards(app)) == drawn
    [cited] = [table.value for table in open_page("returns").dataframe if "Period" in table.value]
    assert "383,945" in cited["Value"].tolist()
    assert "26,463" in cited["Value"].tolist()


def test_a_dataset_counted_in_two_ways_asks_which_and_never_adds_them(own: Path) -> None:
    rows = [("PAK", "AFG", 2016, 370_000, "refugees"), ("PAK", "AFG", 2016, 620_000, "all Afghans")]
    frame = pd.DataFrame(rows, columns=["host", "country_of_return", "year", "people", "basis"])
    library.keep(Flows(conform(frame.assign(category="cited", band="unclassified", note="")), "Two", "texts"), own)
    app = open_page("returns", {"returns": "Two", "counted": "refugees"})
    assert {card.people for card in cards(app) if card.recorded} == {"370,000 people"}
    app.selectbox(key="counted").select("all Afghans").run()
    assert {card.people for card in cards(app) if card.recorded} == {"620,000 people"}
    told = [info.value for info in open_page("returns", {"returns": "Two", "counted": "7391"}).info]
    assert any("“counted”" in sentence for sentence in told)
    assert all("all Afghans" in card.headline and "all Afghans" in card.view for card in cards(app) if card.recorded)


def parts(card: Card) -> float:
    """The people in a card's rows that may be seen."""
    return sum(float(cell.replace(",", "")) for cell in card.table["People"] if not cell.startswith("["))


def whole(card: Card) -> float:
    """The people behind a card; of fewer than ten, which are not told, nine."""
    told = card.people.removesuffix(" people").replace(",", "")
    return 9 if told == "fewer than 10" else float(told)


@pytest.mark.parametrize("dataset", ["Returned refugees 2015–2017", UK, "Two", "In part"])
def test_no_part_exceeds_its_whole_and_no_total_differs_under_one_caption(own: Path, dataset: str) -> None:
    """Over every page that shows recorded returns, every year of the source, and one corridor of it."""
    bring(own)
    manifest = next(each for each in library.manifests(own) if each.name == dataset)
    frame = pd.read_parquet(library.path(manifest, own))
    totals: dict[str, set[float]] = {}
    for basis, mine in frame.groupby("basis"):
        there, words = mine[mine["people"] > 0], basis_label(Basis(basis))
        for year, page in product(sorted(there["year"].unique()), ("returns", "corridors", "profile")):
            query = {"returns": dataset, "returned-in": str(year)}
            query |= {"counted": words} if frame["basis"].nunique() > 1 else {}
            shown = [card for card in cards(open_page(page, query)) if card.recorded]
            assert shown or page == "profile"
            for card in shown:
                assert words in card.headline or " for this choice" in card.headline
                assert card.view.startswith(f"Recorded, {words}: ")
                assert parts(card) <= whole(card) <= max(9, mine["people"].sum()), card.view
                totals.setdefault(card.view, set()).add(whole(card))
                if card.view.endswith(f", {year}"):
                    counted = mine.loc[mine["year"] == year, "people"].sum()
                    assert whole(card) == (9 if 0 < counted < 10 else counted)
    assert {view: found for view, found in totals.items() if len(found) > 1} == {}


def bring(folder: Path) -> None:
    """Counts of two bases, and a year that is covered in part, as datasets of one's own."""
    afghans = ("PAK", "AFG", "all Afghans", "")
    rows = [("PAK", "AFG", "refugees", "", 2016, 370_000), (*afghans, 2016, 620_000), (*afghans, 2017, 98_000)]
    part = [
        ("DEU", to, "returns", "01-04" if year == 2021 else "", year, 10 * n)
        for year in (2019, 2020, 2021)
        for n, to in enumerate(["AFG", "IRQ", "GHA"], 1)
    ]
    for name, made in (("Two", rows), ("In part", part)):
        frame = pd.DataFrame(made, columns=["host", "country_of_return", "basis", "covers", "year", "people"])
        library.keep(Flows(conform(frame.assign(category="cited", band="unclassified", note="")), name, "made"), folder)
