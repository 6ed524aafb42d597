"""A table of one's own: its headings, its bands, and hostile or hollow cells."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.cohort import Cohort
from data.flows import Flows
from data.flows.plain import is_plain, read_plain
from data.reading import ReadingError, read
from tests.said import in_words

FIXTURES = Path(__file__).parents[1] / "fixtures"


def flows_of(text: str) -> Flows:
    flows = read(text.encode(), "own.csv")
    assert isinstance(flows, Flows)
    return flows


def test_both_directions_and_hostile_names() -> None:
    flows = read(FIXTURES / "flows_plain.csv", "own.csv")
    assert isinstance(flows, Flows)
    frame = flows.frame.assign(people=flows.frame["people"].astype("float").fillna(-1)).drop(
        columns=["covers", "basis", "returns", "stock"]
    )
    assert list(frame.itertuples(index=False, name=None)) == [
        ("PAK", "IRN", 2020, "Deportation", "forced", 1205, "rounded; border, estimated"),
        ("IRN", "PAK", 2020, "Deportation", "forced", 30, ""),
        ("IRN", "UNK", 2021, "Asked", "voluntary", 7, ""),
        ("UNK", "NGA", 2021, "Asked", "unclassified", 2, ""),
        ("UNK", "NGA", 2021, "Asked", "voluntary", 0, ""),
        ("IRN", "NGA", 2021, "Asked", "voluntary", -1, "not published"),
    ]
    assert in_words(flows.doubts) == (
        "Rows whose band is none of the six, shown as unclassified: 1.",
        "Rows left out because they are totals of several countries: 1, with 900 people (World).",
        "Rows left out because their category is a total of others: 1, with 1,235 people (Total).",
        "Rows left out because they hold no number of people: 1 (Nigeria).",
        "Rows left out because the year or the number of people is none that can be read: 1 (Nigeria).",
        "Rows left out because the host country is also the country of return: 1, with 11 people (Iran).",
        "Rows with a country that we do not recognise, counted as unknown: 2, with fewer than 10 people "
        '(=HYPERLINK("x"), <b>Iran</b>).',
        "The host country is not known for fewer than 10 people.",
        "The country of return is not known for fewer than 10 people.",
        "Spellings of a category that differ only in capitals were joined: 1.",
    )


def test_without_category_the_band_names_it() -> None:
    flows = flows_of("host,country of return,year,people,band\nDEU,AFG,2020,5,forced\nDEU,AFG,2020,6,\n")
    assert flows.frame["category"].tolist() == ["Forced", "Recorded returns"]
    assert flows.name == "Recorded returns 2020"


def test_without_bands_all_is_unclassified_and_that_is_said() -> None:
    flows = flows_of("Host;Returned to;Year;Returns\nDEU;AFG;2020;5\n")
    assert flows.frame["band"].tolist() == ["unclassified"]
    assert any("no column of bands" in doubt for doubt in in_words(flows.doubts))


def test_a_nationality_stands_in_and_that_is_said() -> None:
    flows = flows_of("Country of asylum,Nationality,Year,Persons\nDEU,AFG,2020,5\n")
    assert flows.frame.iloc[0, :2].tolist() == ["DEU", "AFG"]
    assert any(
        "the country of asylum as the host and the country of origin or nationality as" in doubt
        for doubt in in_words(flows.doubts)
    )
    sure = flows_of("host,nationality,country of return,year,people\nDEU,SYR,TUR,2020,5\n")
    assert sure.frame.iloc[0, :2].tolist() == ["DEU", "TUR"]
    assert not any("nationality" in doubt for doubt in in_words(sure.doubts))


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("host,host country,country of return,year,people\nDEU,DEU,AFG,2020,5\n", "Two columns of this file"),
        ("host,country of return,year,people\nDEU,AFG,2020,few\n", "No row of this file has a year"),
        ("host,country of return,year,people\nAll,Total,2020,5\n", "not totals of several"),
        ("host,country of return,year,people\nUnknown,Unknown,2020,5\n", "No row of this file has a year"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, match: str) -> None:
    with pytest.raises(ReadingError, match=match):
        read(text.encode(), "own.csv")


def test_interviews_stay_interviews() -> None:
    text = "person,host,country of return,year,people,band,wave,composite\nk1,DEU,AFG,2020,4,forced,1,.5\n"
    assert isinstance(read(text.encode(), "answers.csv"), Cohort)


countries = st.sampled_from(["DEU", "Germany", "AFG", "PAK", "Unknown", "Atlantis", "World", ""])


@settings(max_examples=40)
@given(st.lists(st.tuples(countries, countries, st.integers(2000, 2003), st.integers(0, 10**6)), max_size=25))
def test_nobody_is_lost(rows: list[tuple[str, str, int, int]]) -> None:
    """The people of the file are those of the flows, corridor by corridor, but for totals and same countries."""
    codes = {"Germany": "DEU", "Unknown": "UNK", "Atlantis": "UNK", "": "UNK"}
    expected: dict[tuple[str, str, int], int] = {}
    for host, back, year, people in [("DEU", "AFG", 1999, 1), *rows]:
        key = (codes.get(host, host), codes.get(back, back), year)
        if "World" not in key and key[0] != key[1]:
            expected[key] = expected.get(key, 0) + people
    lines = [("host", "country of return", "year", "people"), ("DEU", "AFG", "1999", "1"), *rows]
    raw = pd.DataFrame([[str(cell) for cell in line] for line in lines], dtype="str")
    assert is_plain(raw)
    frame = read_plain(raw).frame
    found = {tuple(key): people for *key, people in frame[["host", "country_of_return", "year", "people"]].to_numpy()}
    assert found == expected
