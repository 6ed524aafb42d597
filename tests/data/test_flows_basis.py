"""What one unit of a count is, and which months of a year it covers: told by every reader, kept and opened again."""

from pathlib import Path

import pandas as pd
import pandera
import pytest

from data import library
from data.engine import open_flows, run
from data.flows import Basis, Flows, Unit, by_basis, conform
from data.flows.coverage import at_the_ends, by_month, by_quarter, covered, holes
from data.labels import basis_label
from data.notes import Note, Recorded
from data.reading import read
from data.summaries import returns

FIXTURES = Path(__file__).parents[1] / "fixtures"
BASES = {
    "unhcr_api.csv": "registered refugees",
    "flows_uk.csv": "returns from the UK",
    "flows_frontex.csv": "returns by Frontex operations",
    "flows_mexico.csv": "returns from Mexico, as events",
    "flows_guatemala.csv": "Guatemalans returned",
    "flows_eurostat_eirtn.csv": "returned after an order to leave",
    "flows_eurostat_vol.csv": "left after an order to leave, by type",
    "flows_hxl.csv": "people counted as #affected+returnees",
    "flows_plain.csv": "recorded returns",
}
HEAD = "host,country of return,year,people"


def flows_of(content: str | bytes | Path, name: str = "own.csv") -> Flows:
    flows = read(content.encode() if isinstance(content, str) else content, name)
    assert isinstance(flows, Flows)
    return flows


def spans(flows: Flows) -> dict[int, str]:
    return dict(zip(flows.frame["year"], flows.frame["covers"], strict=True))


@pytest.mark.parametrize(("file", "basis"), BASES.items())
def test_every_source_says_what_it_counts(file: str, basis: str) -> None:
    assert [basis_label(found) for found in by_basis(flows_of(FIXTURES / file, file))] == [basis]


@pytest.mark.parametrize("heading", ["basis", "Counting basis", "population", "Counted", "definition"])
def test_a_table_of_ones_own_brings_its_bases_and_they_are_never_added(heading: str) -> None:
    body = "DEU,AFG,2020,5,apprehended\nDEU,AFG,2020,7,registered\nDEU,AFG,2020,1,registered\nDEU,AFG,2020,2,\n"
    frame = flows_of(f"{HEAD},{heading}\n{body}").frame
    assert dict(zip(frame["basis"], frame["people"], strict=True)) == {
        "apprehended": 5, "registered": 8, Unit.RECORDED: 2
    }  # fmt: skip


def test_a_number_is_no_basis() -> None:
    frame = flows_of(f'{HEAD},population\nDEU,AFG,2020,5,83 100 000\nDEU,AFG,2020,6,"1,200.5"\n').frame
    assert frame[["basis", "people"]].to_numpy().tolist() == [[Unit.RECORDED, 11]]


def test_months_of_a_year() -> None:
    """Worked by hand: 2019 whole, 2020 from March to May, 2021 January alone, 2022 with a hole."""
    months = [*(f"2019-{month:02d}" for month in range(1, 13)), "2020-05", "2020-03", "2020-04", "2021-01", "2022-01",
              "2022-12", "soon"]  # fmt: skip
    periods = by_month(pd.Series(months, dtype="str"))
    found = covered(periods)
    assert found.iloc[11:].tolist() == ["", "03-05", "03-05", "03-05", "01-01", "", "", ""]
    assert holes(periods) == (Note(Recorded.MONTHS_MISSING, years=(2022,)),)
    assert holes(periods.head(16)) == ()


def test_quarters_of_a_year() -> None:
    years, quarters = pd.Series([2020, 2020, 2021, 2022]), pd.Series([2, 3, 4, None])
    assert covered(by_quarter(years, quarters)).tolist() == ["04-09", "04-09", "10-12", ""]


def test_only_the_first_and_last_year_of_dated_events_are_partial() -> None:
    """An operation need not happen in every month: a year in the middle is whole."""
    dates = pd.Series(["2006-06-12", "2007-03-01", "2008-02-01", "2008-11-30"], dtype="str")
    assert covered(at_the_ends(by_month(dates))).tolist() == ["06-12", "", "01-11", "01-11"]
    one = pd.Series(["2006-03-12", "2006-09-01"], dtype="str")
    assert covered(at_the_ends(by_month(one))).tolist() == ["03-09", "03-09"]
    whole = pd.Series(["2006-01-12", "2007-12-01"], dtype="str")
    assert covered(at_the_ends(by_month(whole))).tolist() == ["", ""]


def test_each_source_tells_partial_years() -> None:
    assert spans(flows_of(FIXTURES / "flows_mexico.csv", "m.csv")) == {2015: "", 2016: "01-01"}
    assert spans(flows_of(FIXTURES / "flows_guatemala.csv", "g.csv")) == {2023: "01-02", 2024: "01-01", 2025: "04-04"}
    assert spans(flows_of(FIXTURES / "flows_frontex.csv", "f.csv")) == {2019: "", 2020: "01-03"}
    assert spans(flows_of(FIXTURES / "flows_uk.csv", "u.csv")) == {2006: "10-12", 2007: "01-03", 2011: ""}
    assert set(spans(flows_of(FIXTURES / "unhcr_api.csv", "u.csv")).values()) == {""}
    assert set(spans(flows_of(FIXTURES / "flows_plain.csv", "p.csv")).values()) == {""}


def test_quarters_of_eurostat_count_where_they_hold_a_number() -> None:
    head, line = (FIXTURES / "flows_eurostat_eirtn.csv").read_text().splitlines()[:2]
    quarters = [
        line.replace(",A,", ",Q,").replace(",2022,115", f",2022-Q{quarter},{people}")
        for quarter, people in [(1, "5"), (2, "10"), (3, ":")]
    ]
    assert spans(flows_of("\n".join([head, *quarters]))) == {2022: "01-06"}
    assert spans(flows_of("\n".join([head, line, *quarters]))) == {2022: ""}


def test_a_uk_table_without_quarters_is_one_of_years() -> None:
    lines = (FIXTURES / "flows_uk.csv").read_text().splitlines()
    bare = "\n".join(
        ",".join(cell for place, cell in enumerate(line.split(",")) if place not in (0, 2)) for line in lines
    )
    assert set(spans(flows_of(bare)).values()) == {""}


ROW = {"host": "DEU", "country_of_return": "AFG", "year": 2016, "category": "x", "band": "forced", "people": 1,
       "note": ""}  # fmt: skip


@pytest.mark.parametrize("wrong", [{"basis": ""}, {"covers": "1-4"}, {"covers": "00-04"}, {"covers": "01-13"}])
def test_the_door_refuses_a_missing_basis_and_months_that_are_none(wrong: dict[str, str]) -> None:
    with pytest.raises(pandera.errors.SchemaErrors):
        conform(pd.DataFrame([ROW | wrong]))


def test_the_door_refuses_two_spans_of_one_year() -> None:
    with pytest.raises(pandera.errors.SchemaErrors, match="one span a year"):
        conform(pd.DataFrame([ROW | {"covers": "01-04"}, ROW | {"covers": ""}]))
    assert len(conform(pd.DataFrame([ROW | {"covers": "01-04"}, ROW | {"year": 2017, "covers": ""}]))) == 2


def test_recorded_returns_kept_before_these_columns_still_open(tmp_path: Path) -> None:
    flows = flows_of(FIXTURES / "flows_mexico.csv", "m.csv")
    older = Flows(flows.frame.drop(columns=["basis", "returns", "stock", "covers"]), "Older", "made")
    for kept in (library.keep(flows, tmp_path), library.keep(older, tmp_path)):
        frame = run(open_flows(kept, library.path(kept, tmp_path)).table)
        assert [*frame] == [*flows.frame]
        found = {tuple(pair) for pair in frame[["covers", "basis"]].drop_duplicates().to_numpy()}
        assert found == ({("", Unit.RECORDED)} if kept.name == "Older" else {("", Unit.MEXICO), ("01-01", Unit.MEXICO)})


def test_what_were_words_once_are_flags_when_an_older_file_is_opened(tmp_path: Path) -> None:
    frame = flows_of(f"{HEAD}\nDEU,AFG,2020,50\n").frame.drop(columns=["returns", "stock"])
    older = frame.assign(
        category="Not returns: displaced people (#affected+idps)",
        basis="displaced people, at the latest count of a year",
    )
    kept = library.keep(Flows(older, "Older", "made"), tmp_path)
    source = open_flows(kept, library.path(kept, tmp_path))
    assert returns.bases(source) == (Basis("displaced people", returns=False, stock=True),)
    [row] = run(source.table).to_dict("records")
    assert row["category"] == "displaced people (#affected+idps)"
    assert basis_label(returns.bases(source)[0]) == "displaced people, at the latest count of a year"
