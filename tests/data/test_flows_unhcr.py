"""UNHCR's Solutions table reads the same from each of its shapes, and nothing is lost without a word."""

import csv
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.flows import header_row, is_unhcr, read_unhcr
from tests.said import in_words

FIXTURES = Path(__file__).parents[1] / "fixtures"
SHAPES = {"unhcr_preamble.csv": 15, "unhcr_dash.csv": 0, "unhcr_asylum_first.csv": 0, "unhcr_api.csv": 0}
EXPECTED = [
    ("MKD", "SRB", 2015, 104),
    ("PAK", "AFG", 2016, 500),
    ("AUT", "AFG", 2016, 20),
    ("AUS", "AFG", 2016, 15),
    ("BWA", "NAM", 2016, 7),
    ("CMR", "NGA", 2016, 0),
    ("UNK", "SOM", 2016, 40),
    ("BGR", "UNK", 2016, 5),
    ("TZA", "BDI", 2017, 60),
    ("LBR", "CIV", 2017, 30),
]


def cells(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def table(rows: Iterable[list[str]]) -> pd.DataFrame:
    """Rows as `data.reading` hands them over: no header, all text, short rows filled, empty cells missing."""
    columns = zip_longest(*([cell or None for cell in row] for row in rows))
    return pd.DataFrame(dict(enumerate(columns)), dtype="str")


def raw(name: str) -> pd.DataFrame:
    return table(cells(FIXTURES / name))


@pytest.mark.parametrize(("file", "position"), SHAPES.items())
def test_the_header_is_found(file: str, position: int) -> None:
    assert header_row(raw(file)) == position
    assert is_unhcr(raw(file))


@pytest.mark.parametrize("file", SHAPES)
def test_each_shape_gives_the_same_flows(file: str) -> None:
    flows = read_unhcr(raw(file))
    rows = flows.frame[["host", "country_of_return", "year", "people"]]
    assert list(rows.itertuples(index=False, name=None)) == EXPECTED
    assert set(flows.frame["band"]) == {"unclassified"}
    assert set(flows.frame["category"]) == {"Returned refugees"}
    assert set(flows.frame["note"]) == {""}
    assert flows.name == "Returned refugees 2015–2017"
    assert not flows.synthetic


@pytest.mark.parametrize("file", SHAPES)
def test_blank_cells_are_missing_cells(file: str) -> None:
    with_gaps, with_blanks = read_unhcr(raw(file)), read_unhcr(raw(file).fillna(""))
    assert with_blanks.frame.equals(with_gaps.frame)
    assert with_blanks.doubts == with_gaps.doubts
    assert (with_blanks.source, with_blanks.licence) == (with_gaps.source, with_gaps.licence)


@pytest.mark.parametrize("file", SHAPES)
def test_what_is_left_out_or_unknown_is_said(file: str) -> None:
    doubts = in_words(read_unhcr(raw(file)).doubts)
    assert len(doubts) == 4
    assert doubts[0].endswith("every return here is unclassified on the return spectrum.")
    assert doubts[1:] == (
        "Rows left out because neither the host country nor the country of return is known: 1, with 10 people.",
        "The host country is not known for 40 people.",
        "The country of return is not known for fewer than 10 people.",
    )


def test_the_preamble_gives_licence_and_date() -> None:
    flows = read_unhcr(raw("unhcr_preamble.csv"))
    assert flows.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert flows.source == "UNHCR Refugee Data Finder, Solutions, extracted 31/03/2021 01:32"
    assert read_unhcr(raw("unhcr_dash.csv")).licence == "not stated"


def test_unhcr_codes_are_not_read_as_iso_codes() -> None:
    """Without the ISO columns the names decide: AUS in `coa` stays Austria."""
    bare = raw("unhcr_api.csv").drop(columns=[3, 6])
    assert read_unhcr(bare).frame.equals(read_unhcr(raw("unhcr_api.csv")).frame)


def test_footnotes_find_their_rows() -> None:
    notes = raw("unhcr_footnotes.csv")
    frame = read_unhcr(raw("unhcr_preamble.csv"), notes).frame
    found = {(row.host, row.country_of_return): row.note for row in frame.itertuples() if row.note}
    assert found == {
        ("MKD", "SRB"): "Includes 104 persons in a refugee-like situation.",
        ("PAK", "AFG"): "Figures for Afghanistan are provisional. Counted at the border.",
        ("AUT", "AFG"): "Figures for Afghanistan are provisional.",
        ("AUS", "AFG"): "Figures for Afghanistan are provisional.",
    }
    assert not is_unhcr(notes)


def test_cells_that_are_no_number_are_counted() -> None:
    rows = cells(FIXTURES / "unhcr_dash.csv")
    rows[2][5], rows[3][0], rows[4][5], rows[6][5] = "*", "20166", "-3", "1,007"
    flows = read_unhcr(table(rows))
    assert in_words(flows.doubts)[1] == (
        "Rows left out because the year or the number of people is none that can be read: 3, with 20 people "
        "(Afghanistan)."
    )
    assert flows.frame["people"].sum() == sum(count for *_, count in EXPECTED) - 500 - 20 - 15 + 1_000


def test_a_country_that_does_not_resolve_counts_as_unknown() -> None:
    rows = cells(FIXTURES / "unhcr_dash.csv")
    rows[2][1:3] = "Tibetan", "TIB"
    flows = read_unhcr(table(rows))
    assert ("PAK", "UNK", 2016, 500) in set(
        flows.frame[["host", "country_of_return", "year", "people"]].itertuples(index=False, name=None)
    )
    assert (
        "Rows with a country that we do not recognise, counted as unknown: 1, with 500 people (Tibetan)."
        in in_words(flows.doubts)
    )


def test_other_tables_are_refused_in_words() -> None:
    other = table([["year", "country", "returned"], ["2016", "AFG", "5"]])
    assert not is_unhcr(other)
    with pytest.raises(ValueError, match="No row of this file holds the headers Year"):
        read_unhcr(other)
    with pytest.raises(ValueError, match="No row of the footnotes file"):
        read_unhcr(raw("unhcr_dash.csv"), other)
    with pytest.raises(ValueError, match="holds no number in any row"):
        read_unhcr(raw("unhcr_dash.csv").head(1))


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.integers(1951, 2025), st.sampled_from(["AFG", "SYR", "UNK", "TIB"]),
            st.sampled_from(["PAK", "SYR", "UNK"]), st.one_of(st.none(), st.integers(0, 10**6)),
        ),
        max_size=30,
    )
)  # fmt: skip
def test_nobody_is_lost(rows: list[tuple[int, str, str, int | None]]) -> None:
    """The people of the file are the people of the flows and those said to be left out."""
    head = ["Year", "Country of origin (ISO)", "Country of asylum (ISO)", "Returned refugees"]
    sure = (2016, "AFG", "PAK", 1)
    body = [["" if cell is None else str(cell) for cell in row] for row in [sure, *rows]]
    origin = {"TIB": "UNK"}
    kept = [row for row in [sure, *rows] if row[3] is not None and origin.get(row[1], row[1]) != row[2]]
    flows = read_unhcr(table([head, *body]))
    counted = sum(row[3] or 0 for row in kept)
    everyone = 1 + sum(row[3] or 0 for row in rows)
    assert flows.frame["people"].sum() == counted
    assert sum(account.people for account in flows.left_out) == everyone - counted
