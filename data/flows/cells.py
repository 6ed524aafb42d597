"""Cells of a published table: headers told by their letters, text trimmed, whole numbers read."""

import re
from collections.abc import Collection, Mapping
from typing import Final

import pandas as pd

MOST: Final = 10**9
"""No count of people is larger; a cell that is holds something else."""

_HEAD_ROWS: Final = 50


def letters(cell: object) -> str:
    """The letters a to z of a cell, in lower case: what a header is told by."""
    return re.sub("[^a-z]", "", str(cell).casefold())


def find(raw: pd.DataFrame, headers: Mapping[str, str], needed: Collection[str]) -> int | None:
    """The first of the top 50 rows of `raw` that holds every column of `needed`; None where no row does.

    `raw` is a table read without a header, all cells text, blank or missing; `headers` is our name for each header,
    by its letters.
    """
    for position, cells in enumerate(raw.head(_HEAD_ROWS).itertuples(index=False)):
        if {headers.get(letters(cell), "") for cell in cells}.issuperset(needed):
            return position
    return None


def under(raw: pd.DataFrame, start: int, headers: Mapping[str, str]) -> pd.DataFrame:
    """The rows under the header in row `start`, with our column names; columns we do not know are dropped.

    Raises ValueError, in words for the user, where two columns claim one name.
    """
    names = pd.Series([headers.get(letters(cell), "") for cell in raw.iloc[start]])
    known = names[names != ""]
    if known.duplicated().any():
        twice = ", ".join(sorted(set(known[known.duplicated()])))
        raise ValueError(f"Two columns of this file have the same meaning ({twice}): keep one and rename the other.")
    return raw.iloc[start + 1 :, list(known.index)].set_axis(list(known), axis=1)


def stripped(column: pd.Series) -> pd.Series:
    """Cells without spaces around them; "" and "-" are missing."""
    text = column.astype("str").str.strip()
    return text.mask(text.isin(["", "-"]))


def whole(column: pd.Series, least: int, most: int) -> pd.Series:
    """Whole numbers in a range, also as "12.0" or "1,200"; anything else is missing."""
    numbers = amounts(column, most)
    return numbers.where((numbers >= least) & (numbers % 1 == 0)).astype("Int64")


def amounts(column: pd.Series, most: int) -> pd.Series:
    """Numbers from 0 to `most`, fractions too; a comma only parts thousands. Anything else is missing."""
    text = stripped(column)
    thousands = text.str.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?", na=False)
    numbers = pd.to_numeric(text.mask(thousands, text.str.replace(",", "")), errors="coerce").astype("float64")
    return numbers.where(numbers.between(0, most))
