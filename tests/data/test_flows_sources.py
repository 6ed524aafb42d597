"""Each source's own format, in a small file of its shape: what is counted, what is left out, and that it is said."""

from pathlib import Path

import pytest

from data.flows import KINDS, Flows, Kind, by_key, recognise
from data.flows.left_out import LeftOut, Reason
from data.reading import ReadingError, read, read_table
from tests.said import in_words

FIXTURES = Path(__file__).parents[1] / "fixtures"
LEFT_SAME = "Rows left out because the host country is also the country of return: 1, with fewer than 10 people ({})."
KINDS_OF = {
    "flows_uk.csv": "uk",
    "flows_frontex.csv": "frontex",
    "flows_mexico.csv": "mexico",
    "flows_guatemala.csv": "guatemala",
    "flows_eurostat_eirtn.csv": "eurostat",
    "flows_eurostat_vol.csv": "eurostat",
    "flows_hxl.csv": "hxl",
    "flows_plain.csv": "plain",
    "unhcr_api.csv": "unhcr",
    "unhcr_dash.csv": "unhcr",
    "unhcr_preamble.csv": "unhcr",
}


def load(name: str) -> Flows:
    flows = read(FIXTURES / name, name)
    assert isinstance(flows, Flows)
    return flows


def rows(flows: Flows, *columns: str) -> list[tuple[object, ...]]:
    return list(flows.frame[list(columns)].itertuples(index=False, name=None))


def said(flows: Flows, words: str) -> bool:
    return any(words in doubt for doubt in in_words(flows.doubts))


@pytest.mark.parametrize(("file", "key"), KINDS_OF.items())
def test_each_file_is_recognised_by_its_own_kind_alone(file: str, key: str) -> None:
    raw = read_table(FIXTURES / file, file).frame
    kind = recognise(raw)
    assert kind is not None
    assert kind.key == key
    others = {kind.key for kind in KINDS if kind.recognises(raw)} - {key}
    assert others <= {"plain"}  # a table of one's own takes many headings, and is asked last


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_a_table_of_something_else_is_refused_in_words(kind: Kind) -> None:
    other = b"colour,size\nred,3\nblue,4\n"
    with pytest.raises(ReadingError) as raised:
        read(other, "other.csv", kind=kind.key)
    assert raised.value.problems[0].endswith(".")
    assert "blue" not in str(raised.value)


def test_uk() -> None:
    flows = load("flows_uk.csv")
    assert rows(flows, "host", "country_of_return", "year", "category", "band", "people") == [
        ("GBR", "ALB", 2006, "Enforced return: Enforced removals", "forced", 12),
        ("GBR", "ALB", 2007, "Voluntary return: N/A - pre-2007", "unclassified", 3),
        ("GBR", "ALB", 2011, "Enforced return: Non-detained enforced removals", "forced", 15),
        ("GBR", "UNK", 2011, "Voluntary return: Assisted returns", "obliged", 3),
        ("GBR", "UNK", 2011, "Voluntary return: Controlled returns", "obliged", 4),
        ("GBR", "VNM", 2011, "Voluntary return: Other verified returns", "obliged", 9),
    ]
    assert said(flows, "refused entry at a port and had not stayed in the country: 2, with 45 people (N/A - pre-2007, ")
    assert said(flows, "because their category is a total of others: 1, with 15 people (Total).")
    assert said(flows, "because they are totals of several countries: 1, with 99 people (Total).")
    assert said(flows, LEFT_SAME.format("United Kingdom"))
    assert said(flows, "we do not recognise, counted as unknown: 1, with fewer than 10 people (Former Yugoslavia).")
    assert said(flows, "differ only in capitals were joined: 1.")
    assert said(flows, "is none that can be read: 1 (Vietnam).")
    assert said(flows, "does not know their category: fewer than 10 people; categories: 1.")
    assert said(flows, "placed in obliged, not in voluntary")


def test_frontex() -> None:
    flows = load("flows_frontex.csv")
    assert rows(flows, "host", "country_of_return", "year", "category", "band", "people") == [
        ("DEU", "NGA", 2019, "Return operation (RO)", "forced", 47),
        ("AUT", "NGA", 2019, "Return operation (RO)", "forced", 8),
        ("AUT", "GMB", 2019, "Return operation (RO)", "forced", 3),
        ("ITA", "CIV", 2020, "Return operation (RO)", "forced", 0),
        ("UNK", "ALB", 2020, "Return operation (RO)", "forced", 0),
        ("UNK", "GEO", 2020, "Voluntary departure (VRD)", "obliged", 2),
        ("DEU", "VEN", 2020, "Voluntary departure (VRD)", "obliged", 6),
        ("DEU", "COD", 2020, "XRO", "unclassified", 4),
    ]
    assert said(flows, "name Frontex itself in place of a state have no known host country: 2 (fewer than 10 people).")
    assert said(flows, "people add up over them, operations do not")


@pytest.mark.parametrize(
    ("written", "category", "band"),
    [
        ("CRO", "Collecting return operation (CRO)", "forced"),
        ("vdo", "Voluntary departure (VDO)", "obliged"),
        ("Humanitarian VR", "Humanitarian VR", "obliged"),
        ("", "Return operation", "forced"),
    ],
)
def test_frontex_with_a_column_of_types(written: str, category: str, band: str) -> None:
    file = f"ROID,DATE,MSNAME,DEST,N_RETURNEES,OPTYPE\nRO-1,2019-01-24,Greece,Turkey,5,{written}\n"
    flows = read(file.encode(), "operations.csv")
    assert isinstance(flows, Flows)
    assert rows(flows, "host", "country_of_return", "category", "band") == [("GRC", "TUR", category, band)]


def test_shares_of_an_operation_are_told_and_not_counted() -> None:
    """Who shared out an operation's people among states made an estimate; the states' own counts stay."""
    head = "ROID,DATE,MSNAME,DEST,N_RETURNEES"
    body = "RO-1,2019-01-24,Germany,Serbia,20\nRO-2,2019-12-02,Italy,Nigeria,16.5\nRO-2,2019-12-02,Spain,Nigeria,16.5\n"
    flows = read(f"{head}\n{body}".encode(), "operations.csv")
    assert isinstance(flows, Flows)
    assert rows(flows, "host", "country_of_return", "people") == [("DEU", "SRB", 20)]
    assert flows.left_out == (LeftOut(Reason.FRACTION, 2, 33, ("Nigeria",)),)
    assert said(flows, "which somebody shared out and nobody counted: 2, with 33 people (Nigeria).")


def test_mexico() -> None:
    flows = load("flows_mexico.csv")
    assert rows(flows, "host", "country_of_return", "year", "category", "band", "people") == [
        ("MEX", "GTM", 2015, "deportation", "forced", 7),
        ("MEX", "GTM", 2015, "assisted return", "obliged", 100),
        ("MEX", "GTM", 2015, "assisted return of children", "obliged", 20),
        ("MEX", "UNK", 2016, "assisted return", "obliged", 1),
        ("MEX", "UNK", 2016, "deportation", "forced", 2),
        ("MEX", "HND", 2016, "expulsion", "unclassified", 5),
    ]
    assert said(flows, LEFT_SAME.format("Mexico"))
    assert said(flows, "taken to be the country of nationality")


def test_guatemala() -> None:
    flows = load("flows_guatemala.csv")
    assert rows(flows, "host", "country_of_return", "year", "band", "people") == [
        ("MEX", "GTM", 2023, "unclassified", 150),
        ("USA", "GTM", 2023, "unclassified", 7),
        ("UNK", "GTM", 2024, "unclassified", 30),
        ("UNK", "GTM", 2025, "unclassified", 4),
        ("USA", "GTM", 2025, "unclassified", 0),
    ]
    assert said(flows, "which country 34 people returned from (2024, 2025); the United States is likely")


def test_hxl() -> None:
    flows = load("flows_hxl.csv")
    assert rows(flows, "host", "country_of_return", "year", "people") == [
        ("PAK", "AFG", 2016, 520),
        ("UNK", "AFG", 2017, 3),
        ("NAM", "AGO", 2017, 0),
        ("AGO", "NAM", 2017, 4),
    ]
    assert set(flows.frame["category"]) == {"#affected+returnees"}
    assert said(flows, LEFT_SAME.format("Angola"))
    assert said(flows, "because they hold no number of people: 1 (Sudan).")


def test_hxl_without_a_country_or_date_says_what_to_tag() -> None:
    with pytest.raises(ReadingError, match=r"do not name people .* tag those columns"):
        read(b"where,people\n#country,#affected+returnees\nMali,3\n", "tagged.csv")


def test_hxl_counts_of_the_displaced_are_no_returns() -> None:
    tags = b"#country+code,#date+year,#affected+idps+returned,#affected+idps+m\nMLI,2020,30,10\n"
    flows = read(b"code,year,people,men\n" + tags, "tagged.csv")
    assert isinstance(flows, Flows)
    assert rows(flows, "host", "country_of_return", "people") == [("UNK", "MLI", 30)]
    assert set(flows.frame["category"]) == {"displaced people (#affected+idps+returned)"}
    assert not flows.frame["returns"].any()
    assert said(flows, "count no returns from abroad")


def test_footnotes_go_with_unhcr_alone() -> None:
    notes = (FIXTURES / "unhcr_footnotes.csv").read_bytes()
    flows = read(FIXTURES / "unhcr_preamble.csv", "solutions.csv", footnotes=notes)
    assert isinstance(flows, Flows)
    assert (flows.frame["note"] != "").sum() == 4
    with pytest.raises(ReadingError, match="goes with UNHCR's table alone"):
        read(FIXTURES / "flows_uk.csv", "uk.csv", footnotes=notes)


def test_the_kind_can_be_overruled() -> None:
    content = b"host,country of return,year,people,n,t,nat,type\nMexico,Chile,2019,4,9,2018-01,PER,deportation\n"
    found = [read(content, "both.csv", kind=kind) for kind in (None, "mexico", "plain")]
    assert [rows(flows, "country_of_return", "year", "people") for flows in found if isinstance(flows, Flows)] == [
        [("PER", 2018, 9)], [("PER", 2018, 9)], [("CHL", 2019, 4)]
    ]  # fmt: skip
    with pytest.raises(ReadingError, match="there is none for person"):
        read(content, "both.csv", kind="interviews")
    with pytest.raises(KeyError):
        by_key("nonsense")
