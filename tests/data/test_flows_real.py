"""The real files' totals, recomputed from the raw file by a few independent lines: per source, year and corridor."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pycountry
import pytest

from data.countries import resolve
from data.flows import Flows, recognise
from data.reading import read, read_table

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the shared data folder is not here")
UK = "uk-home-office-returns/returns_by_destination.csv"
FRONTEX = "frontex-return-operations/2024_clean_data_returnees.csv"
MEXICO = "iom-gdidata/irreg_mexico_exp.csv"
GUATEMALA = "iom-gdidata/irreg_guatemala.csv"
HXL = "hxl-example/iom-dtm_with_hxl_row.csv"
ORDERS, LEFT, REFUSED = (
    f"eurostat-xlsx-examples/{name}.xlsx"
    for name in ("ordered-to-leave-poland-eurostat", "rbt-alternative-poland", "refused-entry-poland-eurostat")
)
KIND = {
    UK: "uk", FRONTEX: "frontex", MEXICO: "mexico", GUATEMALA: "guatemala", HXL: "hxl",
    ORDERS: "eurostat-browser", LEFT: "eurostat-browser", REFUSED: "eurostat-browser",
    "unhcr-datafinder-csv/solutions_2021-03-31_with_preamble.csv": "unhcr",
    "unhcr-datafinder-csv/solutions_dash_missing.csv": "unhcr", "unhcr-refugees-pkg/solutions.csv": "unhcr",
}  # fmt: skip
Row = tuple[str, str, int, int]


def lines(file: str) -> Iterator[dict[str, str]]:
    with (SHARED / file).open(encoding="utf-8-sig", newline="") as text:
        yield from csv.DictReader(text)


def uk() -> Iterator[Row]:
    for line in lines(UK):
        if not line["Return type group"].startswith("Refused"):
            place = resolve(line["Return destination"]) or "UNK"
            yield "GBR", place, int(line["Date"][:4]), int(line["Number of returns"].removesuffix(".0"))


def frontex() -> Iterator[Row]:
    for line in lines(FRONTEX):
        host = "UNK" if line["MSNAME"] == "Frontex" else resolve(line["MSNAME"]) or "?"
        yield host, resolve(line["DEST"]) or "?", int(line["DATE"][:4]), int(line["N_RETURNEES"])


def mexico() -> Iterator[Row]:
    for line in lines(MEXICO):
        assert pycountry.countries.get(alpha_3=line["nat"])
        yield "MEX", line["nat"], int(line["t"][:4]), int(line["n"])


def guatemala() -> Iterator[Row]:
    for line in lines(GUATEMALA):
        yield line["origin"].replace("NA", "") or "UNK", "GTM", int(line["t"][:4]), int(line["n"])


def hxl() -> Iterator[Row]:
    for line in list(lines(HXL))[1:]:
        yield "UNK", line["admin0Pcode"], int(line["yearReportingDate"]), int(line["numPresentIdpInd"])


def poland(file: str) -> Iterator[Row]:
    sheet = openpyxl.load_workbook(SHARED / file)["Sheet 1"]
    table = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True) if row[0]}
    for year, people in zip(table["TIME"], table["Poland"], strict=True):
        if year and people != ":":
            yield "POL", "UNK", int(year), int(people)


READERS = {UK: uk, FRONTEX: frontex, MEXICO: mexico, GUATEMALA: guatemala, HXL: hxl} | {
    file: lambda file=file: poland(file) for file in (ORDERS, LEFT, REFUSED)
}


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
@pytest.mark.parametrize("file", READERS)
def test_totals(file: str) -> None:
    raw = list(READERS[file]())
    flows = read(SHARED / file, Path(file).name)
    assert isinstance(flows, Flows)
    for by in (slice(0, 0), slice(2, 3), slice(0, 2), slice(0, 3)):
        expected: Counter[tuple[object, ...]] = Counter()
        found: Counter[tuple[object, ...]] = Counter()
        for row in raw:
            expected[row[by]] += row[3]
        counted = flows.frame.dropna(subset="people")
        for host, back, year, people in counted[["host", "country_of_return", "year", "people"]].to_numpy():
            found[(host, back, year)[by]] += people
        assert dict(found) == dict(expected)


@pytest.mark.parametrize(("file", "key"), KIND.items())
def test_every_real_file_is_recognised(file: str, key: str) -> None:
    kind = recognise(read_table(SHARED / file, file).frame)
    assert kind is not None
    assert kind.key == key


def test_bands_of_the_real_files() -> None:
    """By the source's own words, counted here by hand."""
    groups: Counter[str] = Counter()
    for line in lines(UK):
        groups[line["Return type group"].split()[0]] += int(float(line["Number of returns"]))
    assert people(UK) == {"forced": groups["Enforced"], "obliged": groups["Voluntary"]}
    types: Counter[str] = Counter()
    for line in lines(MEXICO):
        types[line["type"].split()[0]] += int(line["n"])
    assert people(MEXICO) == {"forced": types["deportation"], "obliged": types["assisted"]}
    operations: Counter[str] = Counter()
    for line in lines(FRONTEX):
        operations[line["ROID"].split("-")[0]] += int(line["N_RETURNEES"])
    assert people(FRONTEX) == {"forced": operations["RO"], "obliged": operations["VRD"]}
    assert set(people(GUATEMALA)) == set(people(LEFT)) == {"unclassified"}
    doubts = read(SHARED / UK, "uk.csv").doubts
    assert any(f", with {groups['Refused']:,} people (Departed from UK Ports, " in doubt for doubt in doubts)


def people(file: str) -> dict[str, int]:
    frame = read(SHARED / file, file).frame
    return {str(band): int(count) for band, count in frame.groupby("band")["people"].sum().items()}


def test_zero_counts_are_kept() -> None:
    zeros = {row[:3] for row in frontex()} - {row[:3] for row in frontex() if row[3]}
    frame = read(SHARED / FRONTEX, "frontex.csv").frame
    totals = frame.groupby(["host", "country_of_return", "year"])["people"].sum()
    assert {key for key, total in totals.items() if total == 0} == zeros
    assert zeros


def test_what_counts_no_returns_says_so() -> None:
    for file in (ORDERS, REFUSED, HXL):
        flows = read(SHARED / file, Path(file).name)
        assert flows.frame["category"].str.startswith("Not returns: ").all()
        assert "no returns" in flows.doubts[0]
