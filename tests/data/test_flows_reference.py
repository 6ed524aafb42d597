"""The texts' figures: as printed, quoted word for word, and in agreement with UNHCR's own table."""

import csv
import re
from pathlib import Path

import pandas as pd
import pandera.errors
import pytest

from data.countries import name
from data.flows import conform, counts_of_returns, facts, read_unhcr, reference, top_corridors_2016

SHARED = Path(__file__).parents[2].parent / "shared"
UNHCR = Path(__file__).parents[1] / "fixtures" / "real" / "unhcr_package.csv"
TABLE_1 = {
    "AFG": (17_820, 61_379, 383_945),
    "SDN": (13_139, 39_494, 37_210),
    "SOM": (2_487, 32_344, 36_126),
    "CAF": (0, 21_632, 34_401),
    "CIV": (12_362, 12_222, 19_544),
    "COD": (25_150, 8_536, 13_217),
    "MLI": (20_961, 4_088, 9_757),
    "RWA": (5_787, 5_054, 6_102),
    "IRQ": (10_908, 5_921, 153),
    "AGO": (14_284, 4_639, 0),
}
"""MPI, Table 1: registered refugees returned in 2014, 2015 and 2016."""


def table_1() -> pd.DataFrame:
    rows = facts().query("topic == 'table 1'").astype({"period": "int64", "value": "int64"})
    return rows.pivot(index="country_of_return", columns="period", values="value")


def test_table_1_is_as_printed() -> None:
    assert {code: tuple(row) for code, row in zip(table_1().index, table_1().to_numpy(), strict=True)} == TABLE_1


def test_top_corridors_are_as_printed() -> None:
    corridors = top_corridors_2016()
    assert corridors["country_of_return"].tolist() == list(TABLE_1)[:-1]
    assert corridors["host"].tolist() == ["PAK", "TCD", "KEN", "COD", "LBR", "SSD", "BFA", "COD", "IRN"]
    assert corridors["share"].tolist() == [99.3, 100.0, 93.5, 45.1, 97.6, 99.7, 35.6, 99.4, 83.7]


def test_a_corridor_is_told_what_the_texts_count_of_it_each_in_its_own_way() -> None:
    """Nothing is added: registered and undocumented people stand apart, and so do the two years."""
    cited = counts_of_returns("PAK", "AFG")
    told = cited[["statement", "host", "period", "value"]].to_numpy().tolist()
    assert ["Registered refugees returned", "PAK", "2016", 370_000.0] in told
    assert ["Undocumented migrants returned", "PAK", "2016", 250_000.0] in told
    assert ["Afghans returned", "PAK", "2017", 98_000.0] in told
    assert ["Registered refugees returned, from all host countries", "", "2016", 383_945.0] in told
    assert 620_000 not in cited["value"].tolist()
    assert set(cited["country_of_return"]) == {"AFG"}
    assert counts_of_returns("DEU", "IRQ")["period"].tolist() == ["2014", "2015", "2016"]
    assert counts_of_returns("NOR", "GHA").empty


def test_el_salvadors_returns_are_cited_whole_and_have_no_band() -> None:
    """The text does not split obliged from forced, and does not account for 294 of them."""
    cited = counts_of_returns(country_of_return="SLV")
    assert cited["value"].tolist() == [26_463, 23_938, 2_231]
    assert "band" not in cited
    assert not (reference.FOLDER / "recorded_returns.csv").exists()


def test_every_fact_can_be_cited() -> None:
    table = facts()
    required = ["topic", "statement", "unit", "source", "place", "quote"]
    assert (table[required] != "").all(axis=None)
    assert (table["value"] >= 0).all()
    for code in {*table["host"], *table["country_of_return"]} - {""}:
        assert name(code)


def test_every_value_stands_in_its_quote() -> None:
    in_words = {3_000_000: "3 million", 1_600_000: "1.6 million", 25: "one in four", 0: "no migrants"}
    for row in facts().query("topic != 'table 1'").itertuples():
        printed = in_words.get(row.value, f"{row.value:,.1f}".removesuffix(".0"))
        assert printed in row.quote, row.statement


def test_a_cell_of_table_1_is_quoted_as_it_is_printed() -> None:
    cells = facts().query("topic == 'table 1'")
    assert (cells["quote"] == [f"{value:,.0f}" for value in cells["value"]]).all()
    assert (cells["place"] == "Table 1").all()


@pytest.mark.skipif(
    not (SHARED / "seeds").exists(),
    reason="the source texts are others' and may not be shipped; where they lie beside it is compared",
)
def test_every_quote_stands_in_its_text() -> None:
    """Line breaks aside. Table 1 prints its last column as "Chad-Sudan (100.0%)"."""
    texts = " ".join(path.read_text(encoding="utf-8") for path in sorted((SHARED / "seeds").glob("*.txt")))
    flat = re.sub(r"\s+", " ", texts)
    assert [quote for quote in facts()["quote"] if quote not in flat] == []


def test_unhcr_reproduces_table_1_for_2016() -> None:
    """Within UNHCR's rounding to 5, which may add up over a country's host countries."""
    with UNHCR.open(encoding="utf-8", newline="") as lines:
        raw = pd.DataFrame([[cell or None for cell in row] for row in csv.reader(lines)], dtype="str")
    year = read_unhcr(raw).frame.query("year == 2016")
    totals = year.groupby("country_of_return")["people"].sum()
    for code, printed in table_1()[2016].items():
        assert abs(totals.get(code, 0) - printed) <= 10, code
    corridors = year.set_index(["country_of_return", "host"])["people"]
    for row in top_corridors_2016().head(5).itertuples():
        share = 100 * corridors[row.country_of_return, row.host] / totals[row.country_of_return]
        assert round(share, 1) == row.share


@pytest.mark.parametrize(
    "wrong", [{"band": "assisted"}, {"host": "DE"}, {"country_of_return": "Iraq"}, {"year": 216}, {"people": -1}]
)
def test_the_door_refuses_what_is_out_of_range(wrong: dict[str, object]) -> None:
    row = {"host": "DEU", "country_of_return": "AFG", "year": 2016, "category": "x", "band": "forced", "people": 1}
    assert len(conform(pd.DataFrame([row | {"note": ""}]))) == 1
    with pytest.raises(pandera.errors.SchemaErrors):
        conform(pd.DataFrame([row | {"note": ""} | wrong]))


def test_a_missing_count_may_pass_the_door() -> None:
    row = {"host": "DEU", "country_of_return": "AFG", "year": 2016, "category": "x", "band": "forced", "note": ""}
    assert conform(pd.DataFrame([row | {"people": None}]))["people"].isna().all()
