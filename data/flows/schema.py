"""Flows: counts of people returned per host country, country of return and year, checked once, at the door."""

from dataclasses import dataclass, field
from functools import cache
from typing import Final

import pandas as pd
import pandera.pandas as pa

from data.countries import ALL_COUNTRIES
from data.vocabulary import ReturnBand

TYPES: Final[dict[str, str]] = {
    "host": "str",
    "country_of_return": "str",
    "year": "int64",
    "category": "str",
    "band": "str",
    "people": "Int64",
    "note": "str",
}
"""Every column of recorded returns in order, with its pandas type. `host` and `country_of_return` are ISO3 codes or
UNK; `host` may be ALL, a total of all host countries that is never added to single ones. `category` is the source's
own words, `note` its footnote or "". `people` is a count as published, rounded or not; missing where the source
gives none."""

YEARS: Final = (1900, 2100)
"""First and last year that can be a year."""


@dataclass(frozen=True)
class Flows:
    """Recorded returns that passed the door; the fields are those of `Cohort`, `frame` has the columns of `TYPES`.

    `doubts` are sentences about the data that a reader must know.
    """

    frame: pd.DataFrame
    name: str
    source: str
    licence: str = "not stated"
    synthetic: bool = False
    doubts: tuple[str, ...] = field(default=())


def conform(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns of `TYPES` in order and type, checked.

    Raises `pandera.errors.SchemaErrors` when a value is out of its range or codes: a mistake of a reader.
    """
    return schema().validate(frame[list(TYPES)].astype(TYPES).reset_index(drop=True), lazy=True)


@cache
def schema() -> pa.DataFrameSchema:
    """The one schema of recorded returns."""
    country = pa.Check.str_matches("^[A-Z]{3}$")
    checks = {
        "host": [country],
        "country_of_return": [country, pa.Check.ne(ALL_COUNTRIES)],
        "year": [pa.Check.in_range(*YEARS)],
        "category": [pa.Check.str_length(min_value=1)],
        "band": [pa.Check.isin(list(ReturnBand))],
        "people": [pa.Check.ge(0)],
    }
    return pa.DataFrameSchema(
        {name: pa.Column(kind, checks.get(name, []), nullable=name == "people") for name, kind in TYPES.items()},
        strict=True,
        ordered=True,
    )
