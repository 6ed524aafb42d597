from pathlib import Path

import pandas as pd
import pytest

from data import reading
from data.countries import ALL_COUNTRIES
from data.engine import Source
from data.flows import facts, top_corridors_2016
from data.flows.schema import Flows, conform
from data.labels import COLUMN_LABELS
from data.release import Released
from data.summaries import returns
from data.view import View
from tests.conftest import Open
from tests.data.test_flows_reference import TABLE_1

FIXTURES = Path(__file__).parents[1] / "fixtures"
REAL = FIXTURES / "real" / "unhcr_package.csv"
YEARS = (2014, 2015, 2016)


def table(found: Released, *columns: str) -> list[list[object]]:
    """The rows without missing values, which are None."""
    rows = found.rows[[*columns]].astype("object")
    return rows.where(rows.notna(), None).to_numpy().tolist()


def flows(*rows: tuple[str, str, int, int | None], band: str = "unclassified") -> Flows:
    frame = pd.DataFrame(rows, columns=["host", "country_of_return", "year", "people"])
    return Flows(
        conform(frame.assign(category="Returned", band=band, note="")), "Returns", "made", doubts=("A doubt.",)
    )


def test_recorded_totals_are_those_of_mpis_table_1(reference: Source) -> None:
    found = returns.by_year(reference, View(years=(2014, 2016)), "country_of_return", tuple(TABLE_1))
    assert table(found, "year", "country_of_return", "people") == [
        [year, code, counts[place]] for place, year in enumerate(YEARS) for code, counts in TABLE_1.items()
    ]
    assert found.marks["people"].eq("").all()
    assert found.people == sum(map(sum, TABLE_1.values()))


def test_totals_of_all_hosts_are_never_added_to_single_ones(reference: Source) -> None:
    """By corridor the single hosts, registered and undocumented together; they are other counts than the totals."""
    people = facts().query("country_of_return == 'AFG' and host != '' and unit == 'people'")
    by_hand = people.groupby(["period", "host"])["value"].sum()
    found = returns.by_year(reference, View(), "corridor", ("PAK-AFG", "IRN-AFG"))
    assert table(found, "year", "corridor", "people") == [
        [year, f"{host}-AFG", by_hand[str(year), host]] for year in (2016, 2017) for host in ("PAK", "IRN")
    ]
    assert by_hand["2016", "PAK"] == 370_000 + 250_000


def test_the_largest_countries_of_return(reference: Source) -> None:
    found = returns.by_country(reference, View(), 2016)
    counts = {code: counts[2] for code, counts in TABLE_1.items()}
    ranked = sorted(counts, key=counts.__getitem__, reverse=True)
    assert table(found, "country_of_return", "people") == [[code, counts[code]] for code in ranked]
    assert found.rows[["host", "share"]].isna().all(axis=None)  # the table counts all hosts together
    assert found.marks["share"].eq("x").all()
    assert found.context.sentence == "Recorded returns: All corridors, all bands, 2016"


def test_years_countries_and_where_to_start(reference: Source) -> None:
    assert returns.years(reference) == (2014, 2015, 2016, 2017)
    assert returns.fullest_year(reference) == 2016
    totals = {code: sum(counts) for code, counts in TABLE_1.items()}
    ranked = sorted(totals, key=totals.__getitem__, reverse=True)
    assert returns.largest(reference, View(years=(2014, 2016)), "country_of_return", 4) == tuple(ranked[:4])
    assert returns.largest(reference, View(), "corridor", 9) == ("IRN-AFG", "PAK-AFG")


def test_a_view_narrows_corridors_bands_and_years(reference: Source) -> None:
    assert returns.largest(reference, View(bands=("forced",)), "country_of_return", 9) == ("SLV",)
    assert returns.largest(reference, View(corridors=("IRN-AFG",)), "corridor", 9) == ("IRN-AFG",)
    assert returns.largest(reference, View(years=(1990, 1999)), "corridor", 9) == ()
    nothing = returns.by_year(reference, View(years=(1990, 1999)), "corridor", ("IRN-AFG",))
    assert (len(nothing.rows), nothing.people) == (0, 0)
    assert len(returns.by_country(reference, View(), 1999).rows) == 0


@pytest.fixture(scope="module")
def unhcr(opened_flows: Open) -> Source:
    read = reading.read(FIXTURES / "unhcr_api.csv", "unhcr_api.csv")
    assert isinstance(read, Flows)
    return opened_flows(read)


@pytest.fixture(scope="module")
def counted() -> pd.DataFrame:
    """The fixture's rows with a count, read by pandas alone."""
    frame = pd.read_csv(FIXTURES / "unhcr_api.csv", keep_default_na=False)
    frame["people"] = pd.to_numeric(frame["returned_refugees"], errors="coerce")
    return frame[frame["people"].notna() & (frame["coo_iso"] != frame["coa_iso"])].replace({"coo_iso": {"XXA": "UNK"}})


def test_years_of_a_unhcr_file(unhcr: Source, counted: pd.DataFrame) -> None:
    groups = ("AFG", "NAM", "NGA", "BDI", "XKX")
    found = returns.by_year(unhcr, View(), "country_of_return", groups)
    sums = counted.groupby(["year", "coo_iso"])["people"].sum()
    keys = [(year, code) for year in (2016, 2017) for code in groups]
    by_hand = [sums.get(key) for key in keys]
    assert table(found, "year", "country_of_return", "people") == [
        [*key, None if n is None or 0 < n < 10 else n] for key, n in zip(keys, by_hand, strict=True)
    ]
    marks = ["x" if n is None else "c" if 0 < n < 10 else "" for n in by_hand]
    assert found.marks["people"].tolist() == marks
    assert {"x", "c", ""} == {*marks}
    assert found.people == 500 + 20 + 15 + 60


def test_countries_of_a_unhcr_file(unhcr: Source, counted: pd.DataFrame) -> None:
    found = returns.by_country(unhcr, View(), 2016, top=3)
    year = counted[counted["year"] == 2016]
    totals = year.groupby("coo_iso")["people"].sum().sort_values(ascending=False).head(3)
    assert totals.to_dict() == {"AFG": 535, "SOM": 40, "NAM": 7}
    assert table(found, "country_of_return", "host", "people", "share") == [
        ["AFG", "PAK", 535, round(500 / 535, 3)],
        ["SOM", "UNK", 40, 1.0],
        ["NAM", "BWA", None, None],
    ]
    assert found.marks.loc[2].tolist() == ["c", "c"]
    assert found.context.source.startswith("UNHCR")
    assert any("unclassified" in note for note in found.notes)


def test_unhcrs_own_rows_give_mpis_table_1(opened_flows: Open) -> None:
    """Totals within UNHCR's rounding to 5, which may add up over hosts; shares of the largest host as printed."""
    read = reading.read(REAL, REAL.name)
    assert isinstance(read, Flows)
    found = returns.by_country(opened_flows(read), View(), 2016)
    printed = top_corridors_2016().head(5)
    top = found.rows.head(5)
    assert (
        top[["country_of_return", "host"]].to_numpy().tolist()
        == printed[["country_of_return", "host"]].to_numpy().tolist()
    )
    assert (100 * top["share"]).round(1).tolist() == [99.3, 100.0, 93.5, 45.1, 97.6] == printed["share"].tolist()
    assert top["people"].tolist() == pytest.approx([TABLE_1[code][2] for code in top["country_of_return"]], abs=10)
    assert top["people"].tolist()[0] == 383_950


def test_categories_stand_with_their_band_and_people_over_all_years(opened_flows: Open) -> None:
    rows = [("own way", "voluntary", 2020, 7), ("removal", "forced", 2020, 40), ("removal", "forced", 2021, 60),
            ("removal", "obliged", 2021, 30), ("not counted", "forced", 2020, None)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["category", "band", "year", "people"])
    frame = conform(frame.assign(host="DEU", country_of_return="IRQ", note=""))
    found = returns.categories(opened_flows(Flows(frame, "Categories", "made for a test")))
    assert table(found, "category", "band", "people") == [
        ["removal", "forced", 100],
        ["removal", "obliged", 30],
        ["own way", "voluntary", None],
        ["not counted", "forced", None],
    ]
    assert found.marks["people"].tolist() == ["", "", "c", "x"]


def test_counts_of_several_rows_are_added(opened_flows: Open) -> None:
    source = opened_flows(flows(("DEU", "AFG", 2020, 40), ("DEU", "AFG", 2020, 25), ("FRA", "AFG", 2020, 35)))
    assert table(returns.by_country(source, View(), 2020), "host", "people", "share") == [["DEU", 100, 0.65]]
    assert table(returns.by_year(source, View(), "corridor", ("FRA-AFG",)), "people") == [[35]]


def test_of_two_hosts_of_one_size_the_first_by_code_is_named(opened_flows: Open) -> None:
    source = opened_flows(flows(("FRA", "AFG", 2020, 50), ("DEU", "AFG", 2020, 50)))
    assert table(returns.by_country(source, View(), 2020), "host", "share") == [["DEU", 0.5]]


def test_a_country_with_no_returns_is_shown_with_zero(opened_flows: Open) -> None:
    found = returns.by_country(opened_flows(flows(("DEU", "AFG", 2020, 0))), View(), 2020)
    assert table(found, "people", "share") == [[0, None]]
    assert found.marks.to_numpy().tolist() == [["", "x"]]


def test_a_missing_number_is_not_zero(opened_flows: Open) -> None:
    source = opened_flows(flows(("DEU", "AFG", 2020, None), ("DEU", "IRQ", 2020, 30), ("DEU", "AFG", 2021, 20)))
    by_year = returns.by_year(source, View(), "country_of_return", ("AFG", "IRQ"))
    assert table(by_year, "people") == [[None], [30], [20], [None]]
    assert by_year.marks["people"].tolist() == ["x", "", "", "x"]
    by_country = returns.by_country(source, View(), 2020)
    assert table(by_country, "country_of_return", "people") == [["IRQ", 30], ["AFG", None]]
    assert by_country.marks["people"].tolist() == ["", "x"]


@pytest.mark.parametrize(
    ("largest", "other", "mark"),
    [(95, 5, "c"), (90, 10, ""), (100, 0, ""), (19_980, 9, "c"), (19_991, 9, "")],
)
def test_a_share_never_tells_of_fewer_than_ten_people_elsewhere(
    opened_flows: Open, largest: int, other: int, mark: str
) -> None:
    """From 20,000 people on, three digits hold ten."""
    found = returns.by_country(
        opened_flows(flows(("DEU", "AFG", 2020, largest), ("FRA", "AFG", 2020, other))), View(), 2020
    )
    assert found.marks.to_numpy().tolist() == [["", mark]]


def test_a_share_never_tells_of_fewer_than_ten_people_in_the_largest_host(opened_flows: Open) -> None:
    hosts = [("DEU", "AFG", 2020, 8), ("FRA", "AFG", 2020, 7), ("AUT", "AFG", 2020, 7), ("NLD", "AFG", 2020, 7)]
    found = returns.by_country(opened_flows(flows(*hosts)), View(), 2020)
    assert found.marks.to_numpy().tolist() == [["", "c"]]


def test_where_a_source_counts_all_hosts_together_only_that_total_counts(opened_flows: Open) -> None:
    source = opened_flows(flows((ALL_COUNTRIES, "AFG", 2020, 500), ("DEU", "AFG", 2020, 40)))
    assert table(returns.by_country(source, View(), 2020), "host", "people", "share") == [[None, 500, None]]
    assert table(returns.by_year(source, View(), "country_of_return", ("AFG",)), "people") == [[500]]
    assert table(returns.by_year(source, View(), "corridor", ("DEU-AFG",)), "people") == [[40]]


def test_figures_say_what_they_are(opened_flows: Open) -> None:
    source = opened_flows(flows(("DEU", "AFG", 2020, 40), band="forced"))
    view = View(corridors=("DEU-AFG",), bands=("forced",), years=(2020, 2021), sexes=("female",), months=(0, 6))
    by_year = returns.by_year(source, view, "country_of_return", ("AFG",))
    by_country = returns.by_country(source, view, 2020)
    assert (by_year.name, by_country.name) == (
        "recorded-returns-by-country-of-return",
        "top-countries-of-return-2020",
    )
    words = "Recorded returns: Germany → Afghanistan, forced, returned in 2020–2021"  # of people nothing is recorded
    assert (by_year.context.sentence, by_country.context.sentence) == (words, f"{words}, 2020")
    for found in (by_year, by_country):
        assert found.notes == ("A doubt.",)
        assert not found.context.synthetic
        assert [*found.rows] == [*found.keys, "people", *found.values]
        assert {*found.rows} <= {*COLUMN_LABELS}


def test_footnotes_of_the_rows_shown_are_told_and_no_others(opened_flows: Open) -> None:
    rows = {"host": "PAK", "country_of_return": ["AFG", "AFG", "IRQ"], "year": [2016, 2017, 2016], "people": 50}
    frame = pd.DataFrame(rows).assign(category="Returned", band="unclassified", note=["first", "second", "third"])
    source = opened_flows(Flows(conform(frame), "Returns", "made"))
    assert returns.by_country(source, View(), 2016, 1).notes == ("Note of the source: first",)
    assert set(returns.by_year(source, View(), "country_of_return", ("AFG",)).notes) == {
        "Note of the source: first",
        "Note of the source: second",
    }


def test_many_footnotes_are_cut_and_counted(opened_flows: Open) -> None:
    years = range(1990, 2010)
    rows = {
        "host": "PAK",
        "country_of_return": "AFG",
        "year": years,
        "people": 50,
        "note": [f"note {y}" for y in years],
    }
    frame = pd.DataFrame(rows).assign(category="Returned", band="unclassified")
    found = returns.by_year(
        opened_flows(Flows(conform(frame), "Returns", "made")), View(), "country_of_return", ("AFG",)
    ).notes
    assert len(found) == 13
    assert found[-1] == "The source has 8 more notes on these numbers, in the file itself."
