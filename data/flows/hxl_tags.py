"""The row of HXL tags of a table, and what a tag says."""

import re
from typing import Final, NamedTuple

import pandas as pd

_HEAD_ROWS: Final = 5
_PEOPLE: Final = ("#affected", "#population", "#reached")
_PARTS: Final = {"m", "f", "male", "female", "men", "women", "boys", "girls", "children", "adults", "elderly",
                 "infants", "hh", "households", "pct", "rate"}  # fmt: skip
"""Attributes of columns that count a part of the people, or no people."""


class Tag(NamedTuple):
    """A column's tag: the place of the column, the tag without attributes, these, and its whole text in order."""

    place: int
    base: str
    attributes: frozenset[str]
    text: str


def tag_row(raw: pd.DataFrame) -> int | None:
    """Which of the first rows holds tags and nothing else; None where none does."""
    for place, cells in enumerate(raw.head(_HEAD_ROWS).fillna("").itertuples(index=False)):
        filled = [cell.strip() for cell in cells if cell.strip()]
        if len(filled) > 1 and all(re.match("#[A-Za-z]", cell) for cell in filled):
            return place
    return None


def tags_of(raw: pd.DataFrame, row: int) -> list[Tag]:
    """The tags of a row, in the order of the columns."""
    found = []
    for place, cell in enumerate(raw.iloc[row].fillna("")):
        base, *attributes = [part.strip() for part in cell.lower().split("+")]
        found.append(Tag(place, base, frozenset(attributes), "+".join((base, *attributes))))
    return found


def is_return(tag: Tag) -> bool:
    """Whether a column counts returns from abroad."""
    return "idps" not in tag.attributes and any(attribute.startswith("return") for attribute in tag.attributes)


def people_tags(tags: list[Tag]) -> list[Tag]:
    """The columns that count people, whole and not in parts: those of returns first, else in the file's order."""
    whole = [tag for tag in tags if tag.base in _PEOPLE and not tag.attributes & _PARTS]
    return sorted(whole, key=lambda tag: not is_return(tag))
