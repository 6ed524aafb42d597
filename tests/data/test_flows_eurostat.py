"""Eurostat's tables, from SDMX-CSV in any order of dimensions and from the data browser's sheets."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from data.flows import Flows
from data.reading import ReadingError, read
from tests.said import in_words

FIXTURES = Path(__file__).parents[1] / "fixtures"
EIRTN = (FIXTURES / "flows_eurostat_eirtn.csv").read_text()
EXPECTED = [
    ("GRC", "AFG", 2022, 115, ""),
    ("GBR", "XKX", 2018, 25, "b: break in time series p: provisional"),
    ("DEU", "XKX", 2018, 0, ""),
    ("DEU", "UNK", 2018, 15, "e: estimated"),
    ("DEU", "CHN", 2018, 15, ""),
    ("DEU", "AFG", 2018, None, ": not available"),
]


def flows_of(content: str | bytes, name: str = "migr.csv") -> Flows:
    flows = read(content.encode() if isinstance(content, str) else content, name)
    assert isinstance(flows, Flows)
    return flows


def rows(flows: Flows) -> list[tuple[object, ...]]:
    frame = flows.frame.assign(people=[None if count is None else count for count in flows.frame["people"].tolist()])
    counts = [
        None if missing else int(count) for count, missing in zip(frame["people"], frame["people"].isna(), strict=True)
    ]
    return list(zip(frame["host"], frame["country_of_return"], frame["year"], counts, frame["note"], strict=True))


def test_returned_following_an_order() -> None:
    flows = flows_of(EIRTN)
    assert rows(flows) == EXPECTED
    assert set(flows.frame["category"]) == {"Returned following an order to leave"}
    assert set(flows.frame["band"]) == {"unclassified"}
    assert flows.source == "Eurostat, migr_eirtn, last updated 22/05/24 23:00:00"
    told = "\n".join(in_words(flows.doubts))
    assert "totals of several countries: 3, with 1,700 people (EU27_2020, TOTAL, ASI)." in told
    assert "or totals over them: 3, with 250 people (M, THRD, Y18-34)." in told
    assert "Everyone counted here was ordered to leave" in told
    assert "also the country of return: 1, with 20 people (Germany)." in told


@settings(max_examples=25)
@given(st.permutations(range(13)))
def test_the_order_of_dimensions_does_not_matter(order: list[int]) -> None:
    table = list(csv.reader(io.StringIO(EIRTN)))
    shuffled = io.StringIO()
    csv.writer(shuffled).writerows([[line[place] for place in order] for line in table])
    assert rows(flows_of(shuffled.getvalue())) == EXPECTED


def test_eurostat_is_said_to_round_only_where_every_count_is_a_multiple_of_5() -> None:
    words = "Eurostat rounds counts to 5."
    assert words in in_words(flows_of(EIRTN).doubts)
    assert words not in in_words(flows_of(EIRTN.replace(",2022,115,", ",2022,117,")).doubts)


def test_types_of_return_with_labels() -> None:
    flows = flows_of((FIXTURES / "flows_eurostat_vol.csv").read_text())
    found = flows.frame[["category", "band", "people"]].itertuples(index=False, name=None)
    assert list(found) == [
        ("Voluntary return", "obliged", 50),
        ("Enforced return", "forced", 25),
        ("Other forced return", "forced", 10),
        ("UNK", "unclassified", 5),
    ]
    assert any("complying with an order to leave" in doubt for doubt in in_words(flows.doubts))
    assert any("does not know their category: fewer than 10 people" in doubt for doubt in in_words(flows.doubts))


def test_orders_are_never_added_to_returns() -> None:
    orders = EIRTN.replace("EIRTN", "EIORD")
    flows = flows_of(orders)
    assert set(flows.frame["category"]) == {"ordered to leave"}
    assert not flows.frame["returns"].any()
    assert flows.name.startswith("Not returns: ordered to leave ")
    assert in_words(flows.doubts)[0].startswith("Orders to leave are no returns")
    both = flows_of(EIRTN + orders.split("\n", 1)[1])
    assert rows(both) == EXPECTED
    assert both.frame["returns"].all()
    assert any(
        "displaced people): 14, with 2,140 people (ordered to leave)." in doubt for doubt in in_words(both.doubts)
    )


def test_quarters_add_up_unless_years_are_there() -> None:
    head, line = EIRTN.splitlines()[:2]
    quarters = [line.replace(",A,", ",Q,").replace(",2022,115", f",2022-Q{quarter},{quarter}") for quarter in (1, 2)]
    assert rows(flows_of("\n".join([head, *quarters])))[0][2:4] == (2022, 3)
    assert rows(flows_of("\n".join([head, line, *quarters])))[0][2:4] == (2022, 115)


def test_destinations_where_citizenships_are_not_told_apart() -> None:
    head, line = EIRTN.splitlines()[:2]
    destinations = line.replace(",AF,TOTAL,", ",TOTAL,TR,")
    assert rows(flows_of(f"{head}\n{destinations}\n"))[0][:2] == ("GRC", "TUR")


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (("MIGR_EIRTN", "MIGR_ASYAPP"), "holds 0 Eurostat tables"),
        (("(1.0),22/05/24 23:00:00,A,XK", "2(1.0),22/05/24 23:00:00,A,XK"), "holds 2 Eurostat tables"),
        ((",TOTAL,T,", ",Y_LT14,T,"), "No row of this file"),
        (("DATAFLOW", "WHAT"), "The first row lacks DATAFLOW"),
        ((",T,PER", ",F,PER"), "'sex' has 2 values and no total"),
    ],
)
def test_what_cannot_be_read_is_said(change: tuple[str, str], match: str) -> None:
    with pytest.raises(ReadingError, match=match):
        flows_of(EIRTN.replace(*change))


def test_parts_are_neither_added_nor_taken_for_the_total() -> None:
    head, line = EIRTN.splitlines()[:2]
    young, old = (line.replace(",TOTAL,T,", f",{age},T,") for age in ("Y_LT14", "Y_GE35"))
    with pytest.raises(ReadingError, match="'age' has 2 values and no total"):
        flows_of("\n".join([head, young, old]))
    assert any(
        "only one value of the dimension 'age'" in doubt for doubt in in_words(flows_of(f"{head}\n{old}\n").doubts)
    )


def test_nothing_left_is_said() -> None:
    head, line = EIRTN.splitlines()[:2]
    apart = [line.replace(",T,PER", ",M,PER"), line.replace(",TOTAL,T,", ",Y18-34,T,")]
    with pytest.raises(ReadingError, match="No row of this file"):
        flows_of("\n".join([head, *apart]))


def sheet(dataset: str, about: dict[str, str], sides: list[str], years: list[str], body: list[list[object]]) -> bytes:
    """A workbook as the data browser writes it: a summary first, then the table with a footer."""
    book = Workbook()
    book.active.title = "Summary"
    book.active.append(["Contents", "Sheet 1"])
    page = book.create_sheet("Sheet 1")
    page.append(["Data extracted on 29/10/2024 08:45:47 from [ESTAT]"])
    page.append(["Dataset: ", dataset])
    page.append(["Last updated: ", "02/05/2024 23:00"])
    page.append([])
    for line, value in about.items():
        page.append([line, None, value])
    page.append([])
    page.append(["TIME", *["TIME"] * (len(sides) - 1), *(cell for year in years for cell in (year, None))])
    page.append([f"{side} (Labels)" for side in sides])
    for line in body:
        page.append(line)
    page.append([])
    page.append(["Special value"])
    page.append([":", "not available"])
    page.append(["Observation flags:"])
    page.append(["p", "provisional"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_data_browser() -> None:
    content = sheet(
        "Third country nationals returned following an order to leave [migr_eirtn$defaultview]",
        {"Time frequency": "Annual", "Age class": "Total", "Sex": "Total", "Unit of measure": "Person"},
        ["GEO", "CITIZEN"],
        ["2021", "2022"],
        [
            ["European Union - 27 countries (from 2020)", "Afghanistan", 900, None, 800, None],
            ["Greece", "Total", 70, None, 60, None],
            ["Greece", "Afghanistan", 40, None, ":", None],
            ["Germany", "Kosovo (under United Nations Security Council Resolution 1244/99)", 25, "p", 0, None],
            ["Germany", "Stateless", 5, None, 10, None],
        ],
    )
    flows = flows_of(content, "eirtn.xlsx")
    assert sorted(rows(flows), key=str) == sorted(
        [
            ("GRC", "AFG", 2021, 40, ""),
            ("GRC", "AFG", 2022, None, ": not available"),
            ("DEU", "XKX", 2021, 25, "p: provisional"),
            ("DEU", "XKX", 2022, 0, ""),
            ("DEU", "UNK", 2021, 5, ""),
            ("DEU", "UNK", 2022, 10, ""),
        ],
        key=str,
    )
    assert any("totals of several countries: 4, with 1,830 people (" in doubt for doubt in in_words(flows.doubts))
    assert flows.source == "Eurostat, migr_eirtn, last updated 02/05/2024 23:00"


def test_data_browser_with_the_country_above_the_table() -> None:
    about = {"Time frequency": "Annual", "Geopolitical entity (reporting)": "Poland", "Unit of measure": "Person"}
    body: list[list[object]] = [["Ukraine", 10, None], ["Total", 15, None]]
    flows = flows_of(sheet("Left [migr_eirt_vol__custom_1]", about, ["CITIZEN"], ["2022"], body), "vol.xlsx")
    assert rows(flows) == [("POL", "UKR", 2022, 10, "")]


def test_data_browser_without_years_or_reporting_country() -> None:
    body: list[list[object]] = [["Ukraine", 10, None]]
    with pytest.raises(ReadingError, match="names no reporting country"):
        flows_of(sheet("[migr_eirtn]", {}, ["CITIZEN"], ["2022"], body), "bad.xlsx")
    with pytest.raises(ReadingError, match="names no years"):
        flows_of(sheet("[migr_eirtn]", {}, ["GEO"], ["Ukraine"], body), "bad.xlsx")
