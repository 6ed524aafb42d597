"""Flows: counts of people returned per host country, country of return and year, checked once, at the door."""

from dataclasses import dataclass, field
from functools import cache
from typing import Final

import pandas as pd
import pandera.pandas as pa

from data.flows.basis import Unit
from data.flows.left_out import LeftOut
from data.notes import Note
from data.vocabulary import ReturnBand

TYPES: Final[dict[str, str]] = {
    "host": "str",
    "country_of_return": "str",
    "year": "int64",
    "covers": "str",
    "category": "str",
    "basis": "str",
    "returns": "bool",
    "stock": "bool",
    "band": "str",
    "people": "Int64",
    "note": "str",
}
"""Every column of recorded returns in order, with its pandas type. `host` and `country_of_return` are ISO3 codes or
UNK. `covers` is "" where the source covers the whole year, else its first and last month there ("01-04"), one and the
same for all rows of a year. `category` is the source's own words, `note` its footnote or "". `basis`, `returns` and
`stock` are as in `data.flows.basis.Basis`; counts of different bases are never added. `people` is a count as published,
rounded or not; missing where the source gives none."""

SINCE: Final[dict[str, str | bool]] = {"covers": "", "basis": Unit.RECORDED.value, "returns": True, "stock": False}
"""Columns that came later, with what they hold in recorded returns from before."""

YEARS: Final = (1900, 2100)
"""First and last year that can be a year."""


@dataclass(frozen=True)
class Flows:
    """Recorded returns that passed the door; the fields are those of `Cohort`, `frame` has the columns of `TYPES`.

    `doubts` are what a reader must know of the data; `left_out` is who of the file is not in `frame`, by
    reason: the people of the file are those of `frame` and of `left_out` together.
    """

    frame: pd.DataFrame
    name: str
    source: str
    licence: str = "not stated"
    synthetic: bool = False
    doubts: tuple[Note, ...] = field(default=())
    left_out: tuple[LeftOut, ...] = field(default=())


def conform(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns of `TYPES` in order and type, checked; those of `SINCE` may lack.

    Raises `pandera.errors.SchemaErrors` when a value is out of its range or codes: a mistake of a reader.
    """
    whole = frame.assign(**{column: value for column, value in SINCE.items() if column not in frame})
    return schema().validate(whole[list(TYPES)].astype(TYPES).reset_index(drop=True), lazy=True)


def span(years: pd.Series) -> str:
    """The first and last of some years in words: "2014–2016", or "2014" where they are one."""
    return "–".join(str(year) for year in sorted({years.min(), years.max()}))


@cache
def schema() -> pa.DataFrameSchema:
    """The one schema of recorded returns."""
    country = pa.Check.str_matches("^[A-Z]{3}$")
    said = pa.Check.str_length(min_value=1)
    checks = {
        "host": [country],
        "country_of_return": [country],
        "year": [pa.Check.in_range(*YEARS)],
        "covers": [pa.Check.str_matches(r"^(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-2]))?$")],
        "category": [said],
        "basis": [said],
        "band": [pa.Check.isin(list(ReturnBand))],
        "people": [pa.Check.ge(0)],
    }
    return pa.DataFrameSchema(
        {name: pa.Column(kind, checks.get(name, []), nullable=name == "people") for name, kind in TYPES.items()},
        checks=[
            pa.Check(_one_span_a_year, name="one span a year"),
            pa.Check(_one_kind_a_basis, name="one kind a basis"),
        ],
        strict=True,
        ordered=True,
    )


def _one_span_a_year(frame: pd.DataFrame) -> bool:
    return not frame[["year", "covers"]].drop_duplicates()["year"].duplicated().any()


def _one_kind_a_basis(frame: pd.DataFrame) -> bool:
    return not frame[["basis", "returns", "stock"]].drop_duplicates()["basis"].duplicated().any()
