from pathlib import Path

import pandas as pd
import pytest

from data import reading
from data.disclosure import Released
from data.engine import Source
from data.flows import band_table, top_corridors_2016
from data.flows.basis import Basis, Unit
from data.flows.schema import Flows, conform
from data.grouping import Grouping
from data.labels import COLUMN_LABELS
from data.notes import Doubt, Note, Said
from data.summaries import returns
from data.view import View
from tests.conftest import Open
from tests.data.test_flows_reference import TABLE_1
from tests.said import in_words

BASIS, REFUGEES = Basis(Unit.RECORDED), Basis(Unit.UNHCR)

FIXTURES = Path(__file__).parents[1] / "fixtures"
REAL = FIXTURES / "real" / "unhcr_package.csv"


def table(found: Released, *columns: str) -> list[list[object]]:
    """The rows without missing values, which are None."""
    rows = found.rows[[*columns]].astype("object")
    return rows.where(rows.notna(), None).to_numpy().tolist()


def flows(*rows: tuple[str, str, int, int | None], band: str = "unclassified") -> Flows:
    frame = pd.DataFrame(rows, columns=["host", "country_of_return", "year", "people"])
    return Flows(
        conform(frame.assign(category="Returned", band=band, note="")),
        "Returns",
        "made",
        doubts=(Note(Doubt.TEXT, text="A doubt."),),
    )


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
    found = returns.by_year(unhcr, View(), REFUGEES, Grouping("country_of_return", groups))
    sums = counted.groupby(["year", "coo_iso"])["people"].sum()
    keys = [(year, code) for year in (2016, 2017) for code in groups]
    by_hand = [sums.get(key) for key in keys]
    assert table(found, "year", "country_of_return", "people") == [
        [*key, None if n is None or 0 < n < 10 else n] for key, n in zip(keys, by_hand, strict=True)
    ]
    marks = ["x" if n is None else "c" if 0 < n < 10 else "" for n in by_hand]
    assert found.flags["people"].tolist() == marks
    assert {"x", "c", ""} == {*marks}
    assert found.people == counted["people"].sum() == 781  # all in view, also those of other countries


def test_countries_of_a_unhcr_file(unhcr: Source, counted: pd.DataFrame) -> None:
    found = returns.by_country(unhcr, View(), REFUGEES, 2016, top=3)
    year = counted[counted["year"] == 2016]
    totals = year.groupby("coo_iso")["people"].sum().sort_values(ascending=False).head(3)
    assert totals.to_dict() == {"AFG": 535, "SOM": 40, "NAM": 7}
    assert table(found, "country_of_return", "host", "people", "share") == [
        ["AFG", "PAK", 535, round(500 / 535, 3)],
        ["SOM", "UNK", 40, 1.0],
        ["NAM", "BWA", None, None],
    ]
    assert found.flags.loc[2].tolist() == ["c", "c"]
    assert found.context.source.startswith("UNHCR")
    assert any("unclassified" in note for note in in_words(found.notes))


def test_unhcrs_own_rows_give_mpis_table_1(opened_flows: Open) -> None:
    """Totals within UNHCR's rounding to 5, which may add up over hosts; shares of the largest host as printed."""
    read = reading.read(REAL, REAL.name)
    assert isinstance(read, Flows)
    found = returns.by_country(opened_flows(read), View(), REFUGEES, 2016)
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
    assert found.flags["people"].tolist() == ["", "", "c", "x"]


def test_counts_of_several_rows_are_added(opened_flows: Open) -> None:
    source = opened_flows(flows(("DEU", "AFG", 2020, 40), ("DEU", "AFG", 2020, 25), ("FRA", "AFG", 2020, 35)))
    assert table(returns.by_country(source, View(), BASIS, 2020), "host", "people", "share") == [["DEU", 100, 0.65]]
    assert table(returns.by_year(source, View(), BASIS, Grouping("corridor", ("FRA-AFG",))), "people") == [[35]]


def test_of_two_hosts_of_one_size_the_first_by_code_is_named(opened_flows: Open) -> None:
    source = opened_flows(flows(("FRA", "AFG", 2020, 50), ("DEU", "AFG", 2020, 50)))
    assert table(returns.by_country(source, View(), BASIS, 2020), "host", "share") == [["DEU", 0.5]]


def test_a_country_with_no_returns_is_shown_with_zero(opened_flows: Open) -> None:
    found = returns.by_country(opened_flows(flows(("DEU", "AFG", 2020, 0))), View(), BASIS, 2020)
    assert table(found, "people", "share") == [[0, None]]
    assert found.flags.to_numpy().tolist() == [["", "x"]]


def test_a_missing_number_is_not_zero(opened_flows: Open) -> None:
    source = opened_flows(flows(("DEU", "AFG", 2020, None), ("DEU", "IRQ", 2020, 30), ("DEU", "AFG", 2021, 20)))
    by_year = returns.by_year(source, View(), BASIS, Grouping("country_of_return", ("AFG", "IRQ")))
    assert table(by_year, "people") == [[None], [30], [20], [None]]
    assert by_year.flags["people"].tolist() == ["x", "", "", "x"]
    by_country = returns.by_country(source, View(), BASIS, 2020)
    assert table(by_country, "country_of_return", "people") == [["IRQ", 30], ["AFG", None]]
    assert by_country.flags["people"].tolist() == ["", "x"]


@pytest.mark.parametrize(
    ("largest", "other", "mark"),
    [(95, 5, "c"), (90, 10, ""), (100, 0, ""), (19_980, 9, "c"), (19_991, 9, "")],
)
def test_a_share_never_tells_of_fewer_than_ten_people_elsewhere(
    opened_flows: Open, largest: int, other: int, mark: str
) -> None:
    """From 20,000 people on, three digits hold ten."""
    found = returns.by_country(
        opened_flows(flows(("DEU", "AFG", 2020, largest), ("FRA", "AFG", 2020, other))), View(), BASIS, 2020
    )
    assert found.flags.to_numpy().tolist() == [["", mark]]


def test_a_share_never_tells_of_fewer_than_ten_people_in_the_largest_host(opened_flows: Open) -> None:
    hosts = [("DEU", "AFG", 2020, 8), ("FRA", "AFG", 2020, 7), ("AUT", "AFG", 2020, 7), ("NLD", "AFG", 2020, 7)]
    found = returns.by_country(opened_flows(flows(*hosts)), View(), BASIS, 2020)
    assert found.flags.to_numpy().tolist() == [["", "c"]]


def test_figures_say_what_they_are(opened_flows: Open) -> None:
    source = opened_flows(flows(("DEU", "AFG", 2020, 40), band="forced"))
    view = View(place="DEU-AFG", band="forced", sex="female")
    by_year = returns.by_year(source, view, BASIS, Grouping("country_of_return", ("AFG",)))
    by_country = returns.by_country(source, view, BASIS, 2020)
    assert (by_year.name, by_country.name) == (
        "recorded-returns-by-country-of-return",
        "top-countries-of-return-2020",
    )
    # Of people nothing is recorded.
    words = "Recorded, recorded returns: Germany → Afghanistan, forced"
    assert (by_year.context.sentence, by_country.context.sentence) == (words, f"{words}, 2020")
    for found in (by_year, by_country):
        assert in_words(found.notes) == ("A doubt.",)
        assert not found.context.synthetic
        assert [*found.rows] == [*found.keys, "people", *found.values]
        assert {*found.rows} <= {*COLUMN_LABELS}


def test_footnotes_of_the_rows_shown_are_told_and_no_others(opened_flows: Open) -> None:
    rows = {"host": "PAK", "country_of_return": ["AFG", "AFG", "IRQ"], "year": [2016, 2017, 2016], "people": 50}
    frame = pd.DataFrame(rows).assign(category="Returned", band="unclassified", note=["first", "second", "third"])
    source = opened_flows(Flows(conform(frame), "Returns", "made"))
    assert in_words(returns.by_country(source, View(), BASIS, 2016, 1).notes) == ("Note of the source: first",)
    assert set(in_words(returns.by_year(source, View(), BASIS, Grouping("country_of_return", ("AFG",))).notes)) == {
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
        opened_flows(Flows(conform(frame), "Returns", "made")), View(), BASIS, Grouping("country_of_return", ("AFG",))
    ).notes
    assert len(found) == 13
    assert found[-1] == Note(Said.MORE_FOOTNOTES, count=8)


def two_ways() -> Flows:
    """Registered refugees, and registered and undocumented people together, as the texts count Pakistan's returns."""
    rows = [("PAK", "AFG", 2016, 370_000, "refugees"), ("IRN", "AFG", 2016, 2_300, "refugees"),
            ("PAK", "AFG", 2016, 620_000, "all Afghans"), ("PAK", "AFG", 2017, 98_000, "all Afghans")]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["host", "country_of_return", "year", "people", "basis"])
    return Flows(conform(frame.assign(category="Returned", band="unclassified", note="")), "Returns", "made")


def test_figures_of_two_counting_bases_are_never_added(opened_flows: Open) -> None:
    source = opened_flows(two_ways())
    assert returns.bases(source) == (Basis("all Afghans"), Basis("refugees"))
    both = {
        basis.unit: table(returns.by_year(source, View(), basis, Grouping("corridor", ("PAK-AFG",))), "year", "people")
        for basis in returns.bases(source)
    }
    assert both == {"all Afghans": [[2016, 620_000], [2017, 98_000]], "refugees": [[2016, 370_000]]}
    whole = returns.by_country(source, View(), Basis("refugees"), 2016)
    assert whole.people == 372_300
    assert whole.context.sentence == "Recorded, refugees: All corridors, all bands, 2016"
    assert (
        "all Afghans"
        in returns.by_year(source, View(), Basis("all Afghans"), Grouping("corridor", ())).context.sentence
    )


def covering(spans: dict[int, str], **more: object) -> Flows:
    rows = [("DEU", "AFG", year, 10 * (year - 2000), covers) for year, covers in spans.items()]
    frame = pd.DataFrame(rows, columns=["host", "country_of_return", "year", "people", "covers"])
    return Flows(conform(frame.assign(category="Returned", band="forced", note="", **more)), "Returns", "made")


def test_a_year_covered_in_part_stands_beside_no_whole_one(opened_flows: Open) -> None:
    source = opened_flows(covering({2023: "", 2024: "", 2025: "01-04", 2026: "03-03"}))
    assert returns.partial(source, BASIS) == {2025: returns.Part("01-04"), 2026: returns.Part("03-03")}
    found = returns.by_year(source, View(), BASIS, Grouping("corridor", ("DEU-AFG",)))
    assert table(found, "year", "people") == [[2023, 230], [2024, 240]]
    assert found.people == 470
    assert in_words(found.notes)[:2] == (
        "2025 is left out, for the source does not cover it whole (January to April): 250 people.",
        "2026 is left out, for the source does not cover it whole (March): 260 people.",
    )
    assert returns.fullest_year(source, BASIS) == 2024
    alone = returns.by_country(source, View(), BASIS, 2025)
    assert alone.people == 250
    assert in_words(alone.notes)[0] == "2025 is not covered whole (January to April)."


def test_a_year_in_which_a_host_gave_no_number_is_covered_in_part(opened_flows: Open) -> None:
    rows = [("DEU", "AFG", 2019, 50, ""), ("FRA", "AFG", 2019, 60, ""),
            ("DEU", "AFG", 2020, 70, ""), ("FRA", "AFG", 2020, None, ": not available")]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["host", "country_of_return", "year", "people", "note"])
    source = opened_flows(Flows(conform(frame.assign(category="Returned", band="forced")), "Returns", "made"))
    assert returns.partial(source, BASIS) == {2020: returns.Part(silent=1)}
    found = returns.by_year(source, View(), BASIS, Grouping("country_of_return", ("AFG",)))
    assert table(found, "year", "people") == [[2019, 110]]


def test_no_line_joins_years_over_a_gap(opened_flows: Open) -> None:
    found = returns.by_year(
        opened_flows(covering({2015: "", 2018: ""})), View(), BASIS, Grouping("corridor", ("DEU-AFG",))
    )
    assert table(found, "year", "people") == [[2015, 150], [2016, None], [2017, None], [2018, 180]]


def test_years_in_which_nobody_is_counted_are_no_years(opened_flows: Open) -> None:
    source = opened_flows(flows(("DEU", "AFG", 2019, 0), ("DEU", "AFG", 2020, 40), ("DEU", "AFG", 2021, None)))
    assert returns.years(source, BASIS) == (2020,)
    assert returns.largest(source, View(year="2019"), BASIS, "corridor", 9) == ()


def test_the_people_behind_a_figure_are_all_in_view_and_not_those_of_its_rows(opened_flows: Open) -> None:
    """So that a list of the largest and a map of all tell the same total."""
    source = opened_flows(flows(*(("DEU", code, 2020, 100) for code in ("AFG", "IRQ", "GHA")), ("DEU", "TUN", 2020, 4)))
    few, every = (returns.by_country(source, View(), BASIS, 2020, top) for top in (2, 250))
    assert (len(few.rows), few.people) == (2, 304)
    assert every.people == 304
    assert every.flags["people"].tolist().count("c") == 2  # else 304 less the others would tell of the four


def test_a_stock_is_never_added_over_years(opened_flows: Open) -> None:
    """The same people are counted again each year: no total, no category and no table of the upload sums them."""
    stock = Basis(Unit.DISPLACED, returns=False, stock=True)
    rows = [("UNK", "AFG", 2019, 500), ("UNK", "AFG", 2020, 700), ("UNK", "IRQ", 2020, 40)]
    frame = pd.DataFrame(rows, columns=["host", "country_of_return", "year", "people"])
    made = Flows(
        conform(
            frame.assign(
                category="displaced", band="unclassified", note="", basis=stock.unit, returns=False, stock=True
            )
        ),
        "IDPs",
        "m",
    )
    source = opened_flows(made)
    found = returns.by_year(source, View(), stock, Grouping("country_of_return", ("AFG", "IRQ")))
    assert table(found, "year", "people") == [[2019, 500], [2019, None], [2020, 700], [2020, 40]]
    assert found.people == 740
    assert returns.bases(source) == (stock,)
    [category] = returns.categories(source).rows.to_dict("records")
    assert (category["category"], category["people"]) == ("Not returns: displaced", 740)
    assert band_table(made)["people"].tolist() == [740]


def test_few_people_of_a_country_that_is_not_shown_do_not_follow_from_the_total(opened_flows: Open) -> None:
    rows = [("DEU", code, 2020, n) for code, n in {"AFG": 900, "IRQ": 60, "TUN": 3}.items()]
    found = returns.by_year(opened_flows(flows(*rows)), View(), BASIS, Grouping("country_of_return", ("AFG", "IRQ")))
    assert found.people == 963
    assert table(found, "country_of_return", "people") == [["AFG", 900], ["IRQ", None]]
