"""Real files' totals, recomputed from the raw file by a few independent lines: per source, year and corridor.

Rows of UNHCR and the UK are in the fixtures, cut down (see PROVENANCE.md there). The whole files, and those of sources
whose licence forbids a copy here, are read where the shared data folder is.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path

import openpyxl
import pycountry
import pytest
from _pytest.mark.structures import ParameterSet

from data.countries import resolve
from data.flows import Flows, recognise
from data.flows.left_out import LeftOut, Reason
from data.reading import read, read_table
from tests.said import in_words

FIXTURES = Path(__file__).parents[1] / "fixtures"
CUT = FIXTURES / "real"
SHARED = Path(__file__).parents[2].parent / "shared" / "data"
UK = SHARED / "uk-home-office-returns/returns_by_destination.csv"
FRONTEX = SHARED / "frontex-return-operations/2024_clean_data_returnees.csv"
MEXICO = SHARED / "iom-gdidata/irreg_mexico_exp.csv"
GUATEMALA = SHARED / "iom-gdidata/irreg_guatemala.csv"
HXL = SHARED / "hxl-example/iom-dtm_with_hxl_row.csv"
ORDERS, LEFT, REFUSED = (
    SHARED / "eurostat-xlsx-examples" / f"{name}.xlsx"
    for name in ("ordered-to-leave-poland-eurostat", "rbt-alternative-poland", "refused-entry-poland-eurostat")
)
UK_CUT = CUT / "uk_returns_by_destination.csv"
PACKAGE, PREAMBLE, DASH = (
    CUT / f"unhcr_{shape}.csv" for shape in ("package", "datafinder_preamble", "datafinder_dash")
)
WHOLE_UNHCR = {
    SHARED / "unhcr-refugees-pkg/solutions.csv": PACKAGE,
    SHARED / "unhcr-datafinder-csv/solutions_2021-03-31_with_preamble.csv": PREAMBLE,
    SHARED / "unhcr-datafinder-csv/solutions_dash_missing.csv": DASH,
}
Row = tuple[str, str, int, int]


def lines(file: Path, head: int = 0) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        yield from csv.DictReader(text.readlines()[head:])


def uk(file: Path) -> Iterator[Row]:
    for line in lines(file):
        if not line["Return type group"].startswith("Refused"):
            place = resolve(line["Return destination"]) or "UNK"
            yield "GBR", place, int(line["Date"][:4]), int(line["Number of returns"].removesuffix(".0"))


def frontex(file: Path) -> Iterator[Row]:
    for line in lines(file):
        host = "UNK" if line["MSNAME"] == "Frontex" else resolve(line["MSNAME"]) or "?"
        yield host, resolve(line["DEST"]) or "?", int(line["DATE"][:4]), int(line["N_RETURNEES"])


def mexico(file: Path) -> Iterator[Row]:
    for line in lines(file):
        assert pycountry.countries.get(alpha_3=line["nat"])
        yield "MEX", line["nat"], int(line["t"][:4]), int(line["n"])


def guatemala(file: Path) -> Iterator[Row]:
    for line in lines(file):
        yield line["origin"].replace("NA", "") or "UNK", "GTM", int(line["t"][:4]), int(line["n"])


def hxl(file: Path) -> Iterator[Row]:
    for line in list(lines(file))[1:]:
        yield "UNK", line["admin0Pcode"], int(line["yearReportingDate"]), int(line["numPresentIdpInd"])


def poland(file: Path) -> Iterator[Row]:
    sheet = openpyxl.load_workbook(file)["Sheet 1"]
    table = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True) if row[0]}
    for year, people in zip(table["TIME"], table["Poland"], strict=True):
        if year and people != ":":
            yield "POL", "UNK", int(year), int(people)


def unhcr(names: tuple[str, str, str, str], head: int, file: Path) -> Iterator[Row]:
    year, origin, asylum, count = names
    for line in lines(file, head):
        back, host = (line[side].replace("XXA", "") or "UNK" for side in (origin, asylum))
        if line[count] not in ("", "-") and back != host:
            yield host, back, int(line[year]), int(float(line[count]))


_FINDER = ("Year", "Country of origin (ISO)", "Country of asylum (ISO)", "Returned refugees")
_UNHCR: dict[Path, Callable[[Path], Iterator[Row]]] = {
    PACKAGE: partial(unhcr, ("year", "coo_iso", "coa_iso", "returned_refugees"), 0),
    PREAMBLE: partial(unhcr, _FINDER, 15),
    DASH: partial(unhcr, _FINDER, 0),
}
READERS: dict[Path, Callable[[Path], Iterator[Row]]] = {
    UK_CUT: uk, UK: uk, FRONTEX: frontex, MEXICO: mexico, GUATEMALA: guatemala, HXL: hxl,
    ORDERS: poland, LEFT: poland, REFUSED: poland,
    **_UNHCR, **{whole: _UNHCR[cut] for whole, cut in WHOLE_UNHCR.items()},
}  # fmt: skip
KIND = {
    UK: "uk", UK_CUT: "uk", FRONTEX: "frontex", MEXICO: "mexico", GUATEMALA: "guatemala", HXL: "hxl",
    **dict.fromkeys((ORDERS, LEFT, REFUSED), "eurostat-browser"), **dict.fromkeys([*_UNHCR, *WHOLE_UNHCR], "unhcr"),
}  # fmt: skip


ABSENT = "their licence keeps these files, or their size these whole files, out of the repository"


def where_it_is(*files: Path) -> list[ParameterSet]:
    """Files to test with, of those that are here; one skip in their place where none is."""
    there = [pytest.param(file, id=f"{file.parent.name}/{file.name}") for file in files if file.exists()]
    return there or [pytest.param(*files[:1], marks=pytest.mark.skip(ABSENT))]


def test_the_whole_files_are_here() -> None:
    """Says once, where they are not, which the tests below do without."""
    if absent := [file.name for file in READERS if not file.exists()]:
        pytest.skip(f"{ABSENT}: {', '.join(absent)}")


def flows_of(file: Path) -> Flows:
    flows = read(file, file.name)
    assert isinstance(flows, Flows)
    return flows


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
@pytest.mark.parametrize("file", where_it_is(*READERS))
def test_totals(file: Path) -> None:
    raw = list(READERS[file](file))
    flows = flows_of(file)
    for by in (slice(0, 0), slice(2, 3), slice(0, 2), slice(0, 3)):
        expected: Counter[tuple[object, ...]] = Counter()
        found: Counter[tuple[object, ...]] = Counter()
        for row in raw:
            expected[row[by]] += row[3]
        counted = flows.frame.dropna(subset="people")
        for host, back, year, people in counted[["host", "country_of_return", "year", "people"]].to_numpy():
            found[(host, back, year)[by]] += people
        assert dict(found) == dict(expected)


COUNTS = {
    "Number of returns", "N_RETURNEES", "n", "OBS_VALUE", "Number of people", "Returned refugees", "Returned Refugees",
    "returned_refugees", "#affected+returnees", "#affected+idps",
}  # fmt: skip
"""Headings of the column that counts people, in one file or another."""

SHAPED = [
    *(f"flows_{source}.csv" for source in ("uk", "frontex", "mexico", "guatemala", "eurostat_eirtn", "eurostat_vol")),
    *(f"flows_{table}.csv" for table in ("plain", "hxl", "hxl_levels")),
    *(f"unhcr_{shape}.csv" for shape in ("api", "dash", "asylum_first", "preamble")),
]
"""Small files in each source's shape, with rows of every kind that is left out."""


def everyone(file: Path) -> Decimal:
    """The people of a file, added up from its cells by themselves; what is no number counts nobody."""
    if file.suffix == ".xlsx":
        return Decimal(sum(row[3] for row in poland(file)))
    cells = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    [(top, place)] = [(top, place) for top, row in enumerate(cells) for place, cell in enumerate(row) if cell in COUNTS]
    return sum((number(row[place]) for row in cells[top + 1 :]), start=Decimal(0))


def number(cell: str) -> Decimal:
    try:
        found = Decimal(cell.strip().replace(",", ""))
    except InvalidOperation:
        return Decimal(0)
    return found if found.is_finite() and found > 0 else Decimal(0)


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
@pytest.mark.parametrize("file", where_it_is(*(FIXTURES / name for name in SHAPED), *READERS))
def test_everyone_is_counted_or_accounted_for(file: Path) -> None:
    """The people of the file are those of its recorded returns and those left out, to the digit."""
    flows = flows_of(file)
    left_out = sum((Decimal(str(account.people)) for account in flows.left_out), start=Decimal(0))
    assert Decimal(int(flows.frame["people"].sum())) + left_out == everyone(file)


@pytest.mark.parametrize("file", where_it_is(*KIND))
@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_every_real_file_is_recognised(file: Path) -> None:
    kind = recognise(read_table(file, file.name).frame)
    assert kind is not None
    assert kind.key == KIND[file]


@pytest.mark.parametrize("file", where_it_is(UK_CUT, UK))
def test_bands_of_the_uk(file: Path) -> None:
    """By the source's own words; who was refused entry at a port is named with how many they are."""
    groups: Counter[str] = Counter()
    for line in lines(file):
        groups[line["Return type group"].split()[0]] += int(float(line["Number of returns"]))
    assert people(file) == {"forced": groups["Enforced"], "obliged": groups["Voluntary"]}
    assert any(
        f", with {groups['Refused']:,} people (Departed from UK Ports, " in said
        for said in in_words(flows_of(file).doubts)
    )


@pytest.mark.parametrize("file", where_it_is(UK_CUT, UK))
def test_destinations_of_the_uk_that_are_no_country_are_named(file: Path) -> None:
    strange: Counter[str] = Counter()
    rows = 0
    for line in lines(file):
        if not line["Return type group"].startswith("Refused") and resolve(line["Return destination"]) is None:
            strange[line["Return destination"]] += int(float(line["Number of returns"]))
            rows += 1
    names = ", ".join(name for name, _ in strange.most_common())
    words = f"counted as unknown: {rows}, with {strange.total():,} people ({names})."
    assert len(strange) >= 3
    assert any(words in said for said in in_words(flows_of(file).doubts))


@pytest.mark.parametrize("file", where_it_is(MEXICO))
def test_bands_of_mexico(file: Path) -> None:
    types: Counter[str] = Counter()
    for line in lines(file):
        types[line["type"].split()[0]] += int(line["n"])
    assert people(file) == {"forced": types["deportation"], "obliged": types["assisted"]}


@pytest.mark.parametrize("file", where_it_is(FRONTEX))
def test_bands_and_zero_counts_of_frontex(file: Path) -> None:
    operations: Counter[str] = Counter()
    for line in lines(file):
        operations[line["ROID"].split("-")[0]] += int(line["N_RETURNEES"])
    assert people(file) == {"forced": operations["RO"], "obliged": operations["VRD"]}
    rows = list(frontex(file))
    zeros = {row[:3] for row in rows} - {row[:3] for row in rows if row[3]}
    totals = flows_of(file).frame.groupby(["host", "country_of_return", "year"])["people"].sum()
    assert {key for key, total in totals.items() if total == 0} == zeros
    assert zeros


def people(file: Path) -> dict[str, int]:
    counts = flows_of(file).frame.groupby("band")["people"].sum()
    return {str(band): int(count) for band, count in counts.items()}


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
@pytest.mark.parametrize("file", where_it_is(ORDERS, REFUSED, HXL))
def test_what_counts_no_returns_says_so(file: Path) -> None:
    flows = flows_of(file)
    assert not flows.frame["returns"].any()
    assert "no returns" in in_words(flows.doubts)[0]


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
@pytest.mark.parametrize("file", where_it_is(ORDERS, LEFT, REFUSED))
def test_eurostat_is_said_to_round_only_where_it_did(file: Path) -> None:
    rounded = all(row[3] % 5 == 0 for row in poland(file))
    assert ("Eurostat rounds counts to 5." in in_words(flows_of(file).doubts)) == rounded


PARTIAL: dict[Path, dict[int, str]] = {
    MEXICO: {2025: "01-04"}, GUATEMALA: {2025: "01-04"}, FRONTEX: {2006: "06-12"}, UK: {}, UK_CUT: {}, PACKAGE: {}
}  # fmt: skip


@pytest.mark.parametrize("file", where_it_is(*PARTIAL))
def test_partial_years(file: Path) -> None:
    frame = flows_of(file).frame
    partial_ones = frame.loc[frame["covers"] != "", ["year", "covers"]].drop_duplicates()
    assert dict(partial_ones.to_numpy()) == PARTIAL[file]


@pytest.mark.parametrize("file", where_it_is(*WHOLE_UNHCR, *_UNHCR))
def test_rows_of_unhcr_that_name_no_country_at_all(file: Path) -> None:
    assert flows_of(file).left_out == (LeftOut(Reason.BOTH_UNKNOWN, 28, 8526),)


@pytest.mark.parametrize("file", where_it_is(PACKAGE, DASH, PREAMBLE))
def test_mpis_table_1_of_2016(file: Path) -> None:
    """Balancing Acts, Table 1: 383,945 Afghans, 99.3% of them from Pakistan; UNHCR's own files round to 5."""
    rows = flows_of(file).frame.query("country_of_return == 'AFG' and year == 2016").set_index("host")["people"]
    assert rows.sum() == 383_950
    assert round(100 * rows["PAK"] / rows.sum(), 1) == 99.3


def test_the_footnotes_of_a_real_file() -> None:
    flows = read(PREAMBLE, PREAMBLE.name, footnotes=(CUT / "unhcr_footnotes.csv").read_bytes())
    assert isinstance(flows, Flows)
    noted = flows.frame[flows.frame["note"] != ""]
    assert set(zip(noted["country_of_return"], noted["year"], strict=True)) == {
        ("BDI", 2017), ("MOZ", 2016), ("SOM", 2013), ("SOM", 2018), ("SRB", 2015),
    }  # fmt: skip
    assert flows.licence == "https://creativecommons.org/licenses/by/4.0/"
