"""A table seen column by column: headings that tell the columns apart, and trimmed cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count

import pandas as pd

from data.reading.columns import normalised
from data.reading.forms.sheet import SEVERAL
from data.reading.table import Table


@dataclass(frozen=True)
class Sheet:
    """A table with its headings told apart; `skipped` rows under them are no answers; `head` are its first rows."""

    table: Table
    headings: tuple[str, ...]
    skipped: int
    head: pd.DataFrame

    @property
    def rows(self) -> int:
        """Rows of answers."""
        return self.table.rows - self.skipped

    def column(self, heading: str) -> pd.Series:
        """Return the trimmed cells under `heading`, named so; "" where a cell is blank."""
        cells = self.table.column(self.headings.index(heading)).iloc[self.skipped :]
        return cells.str.strip().reset_index(drop=True).rename(heading)

    def sample(self, heading: str) -> tuple[str, ...]:
        """Return the distinct words of the first rows under `heading`."""
        return _words(self.head[self.headings.index(heading)].iloc[1 + self.skipped :])

    def words(self, heading: str) -> tuple[str, ...]:
        """Return the distinct words under `heading`, choices told apart; the blank is none."""
        return _words(self.column(heading))


def _words(cells: pd.Series) -> tuple[str, ...]:
    found = (choice.strip() for cell in cells.unique() for choice in cell.split(SEVERAL))
    return tuple(word for word in dict.fromkeys(found) if word)


def sheet(table: Table) -> Sheet:
    """Return `table` as a sheet; a row of HXL tags under the heading is no answer."""
    head = table.head
    tags = [tag for tag in head.iloc[1] if tag] if len(head) > 1 else []
    tagged = bool(tags) and all(re.match("#[A-Za-z]", tag) for tag in tags)
    return Sheet(table, headings(table), int(tagged), head)


def headings(table: Table) -> tuple[str, ...]:
    """Return the table's headings with single spaces; blank ones get a number, and so do repeated ones."""
    taken: dict[str, None] = {}
    numbers: dict[str, count[int]] = {}
    for place, raw in enumerate(table.headings, 1):
        name = " ".join(raw.split()) or f"Column {place}"
        others = numbers.setdefault(name, count(2))
        taken[next(it for it in chain([name], (f"{name} ({n})" for n in others)) if it not in taken)] = None
    return tuple(taken)


def locate(column: str, headings: Sequence[str]) -> str | None:
    """Return which of `headings` is `column`: the same, or the only one that differs in capitals and signs alone."""
    if column in headings:
        return column
    alike = [heading for heading in headings if normalised(heading) == normalised(column) != ""]
    return alike[0] if len(alike) == 1 else None


def key(word: str) -> str:
    """Return `word` as words are compared: single spaces, no capitals."""
    return " ".join(word.split()).casefold()
