"""The table of source categories and bands: seen, edited, and never quietly."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from components.texts.made import total
from data.flows import KINDS, Flows, band_table, by_basis, with_bands
from data.labels import KIND_LABELS
from data.notes import Note, Recorded
from data.reading import read
from data.vocabulary import ReturnBand

FIXTURES = Path(__file__).parents[1] / "fixtures"


@pytest.fixture
def flows() -> Flows:
    read_flows = read(FIXTURES / "flows_mexico.csv", "mexico.csv")
    assert isinstance(read_flows, Flows)
    return read_flows


def test_the_table_holds_every_category_with_its_people(flows: Flows) -> None:
    assert list(band_table(flows).itertuples(index=False, name=None)) == [
        ("assisted return", "obliged", 101),
        ("assisted return of children", "obliged", 20),
        ("deportation", "forced", 9),
        ("expulsion", "unclassified", 5),
    ]


def test_bands_set_by_hand_change_nothing_else(flows: Flows) -> None:
    edited = with_bands(flows, {"expulsion": "forced", "assisted return": "reluctant", "unheard of": "voluntary"})
    assert dict(zip(band_table(edited)["category"], band_table(edited)["band"], strict=True)) == {
        "assisted return": "reluctant",
        "assisted return of children": "obliged",
        "deportation": "forced",
        "expulsion": "forced",
    }
    assert edited.frame.drop(columns="band").equals(flows.frame.drop(columns="band"))
    assert edited.frame.dtypes.equals(flows.frame.dtypes)
    assert edited.doubts == (*flows.doubts, Note(Recorded.BY_HAND))
    assert with_bands(edited, {"expulsion": "obliged"}).doubts == edited.doubts


def test_the_same_bands_leave_the_flows_as_they_are(flows: Flows) -> None:
    table = band_table(flows)
    assert with_bands(flows, dict(zip(table["category"], table["band"], strict=True))) is flows


def test_what_is_no_band_is_refused(flows: Flows) -> None:
    with pytest.raises(ValueError, match="1 of the chosen bands are no bands"):
        with_bands(flows, {"expulsion": "harsh"})


def test_voluntary_in_statistics_is_never_voluntary_on_the_spectrum() -> None:
    placed = {band for kind in KINDS for band in kind.bands.values()}
    assert placed == {ReturnBand.OBLIGED, ReturnBand.FORCED, ReturnBand.UNCLASSIFIED}
    assert all(
        band == ReturnBand.OBLIGED
        for kind in KINDS
        for category, band in kind.bands.items()
        if "voluntary" in category.lower() or "assisted" in category.lower()
    )


def test_every_kind_has_a_key_and_a_label_of_its_own() -> None:
    assert [*KIND_LABELS] == [kind.key for kind in KINDS]
    assert len({*KIND_LABELS.values()}) == len(KINDS)


HEAD = "host,country of return,year,people,basis\n"


def own(body: str) -> Flows:
    flows = read((HEAD + body).encode(), "own.csv")
    assert isinstance(flows, Flows)
    return flows


def totals(flows: Flows) -> tuple[str, ...]:
    return tuple(total(basis, counted) for basis, counted in by_basis(flows).items())


def test_each_basis_is_told_by_itself_and_years_without_people_do_not_count() -> None:
    flows = own(
        "DEU,AFG,2014,0,counted once\nDEU,AFG,2015,40,counted once\nDEU,IRQ,2016,7,counted\nDEU,IRQ,2017,0,none\n"
    )
    assert totals(flows) == (
        "Counted once, 2015: 40 people.",
        "Counted, 2016: fewer than 10 people.",
        "None, no people.",
    )
    assert flows.name == "Recorded returns 2015–2016"


def test_of_a_stock_only_the_latest_year_is_told() -> None:
    flows = own("DEU,AFG,2015,40,people there\nDEU,AFG,2016,30,people there\nDEU,IRQ,2016,20,people there\n")
    flows = replace(flows, frame=flows.frame.assign(stock=True))
    assert totals(flows) == ("People there, at the latest count of a year, 2016: 50 people.",)


def test_a_basis_without_numbers_says_so() -> None:
    flows = own("DEU,AFG,2015,40,a\n")
    empty = replace(flows, frame=flows.frame.assign(people=pd.array([None], dtype="Int64")))
    assert totals(empty) == ("A, no numbers.",)
