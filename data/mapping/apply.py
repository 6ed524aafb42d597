"""A mapping and a table in a survey's own shape → a table in the project's shape, text to text."""

import re
from collections.abc import Collection, Iterable
from collections.abc import Mapping as Pairs
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from data.cohort import Cohort
from data.mapping.codes import wrong_codes
from data.mapping.model import Mapping
from data.mapping.personal import personal
from data.mapping.recode import Flags, among, made
from data.mapping.sheet import Sheet, locate, sheet
from data.notes import Doubt, Note
from data.reading import INTERVIEWS, read
from data.reading.columns import NEEDED
from data.reading.problems import ReadingError
from data.reading.table import HEAD, Table
from data.spectrum import FACTS


def apply(mapping: Mapping, table: Table) -> Table:
    """Return the table whose headings are the mapping's fields and whose cells are their codes.

    Its notes tell how many rows and columns were left out. Raises `ReadingError` with one sentence for each column that
    is not there, each whose words the mapping does not know, and each thing an interview needs that is made from none.
    """
    seen = sheet(table)
    at = {column: place for column in mapping.columns() if (place := locate(column, seen.headings)) is not None}
    if problems := (*wrong_codes(mapping), *gone(mapping, at)):
        raise ReadingError(*problems)
    mapped = MappedTable(mapping, seen, at)
    if problems := (*mapped.problems, *missing(mapped.given)):
        raise ReadingError(*problems)
    return mapped


class MappedTable(Table):
    """A table by way of a mapping: each column is made when it is asked for, so that a long file fills no memory."""

    def __init__(self, mapping: Mapping, seen: Sheet, at: Pairs[str, str]) -> None:
        """Take a mapping whose columns are under the headings `at`, and make each field once to see what is in it."""
        self._fields, self._seen, self._at = mapping.fields, seen, at
        self._kept = _picked(mapping, seen, at)
        self.notes = (*seen.table.notes, *_notes(seen, set(at.values()), self._kept))
        tops, filled = {}, []
        problems: list[str] = []
        for place, field in enumerate(self._fields):
            try:
                cells = self.column(place)
            except ReadingError as error:
                problems += error.problems
                cells = pd.Series(["?"])  # told already, and not missing
            tops[place] = _under(field.field, cells.head(HEAD - 1))
            filled.append(int((cells != "").sum()))
        self.filled = tuple(filled)
        self.problems = tuple(dict.fromkeys(problems))
        self.given = {field.field for field, count in zip(self._fields, filled, strict=True) if count}
        self._head = pd.DataFrame(tops)

    @property
    def frame(self) -> pd.DataFrame:
        """The whole table, the heading its first row."""
        return pd.DataFrame({place: _under(name, self.column(place)) for place, name in enumerate(self.headings)})

    @property
    def head(self) -> pd.DataFrame:
        """The first 1,000 rows of `frame`."""
        return self._head

    @property
    def headings(self) -> tuple[str, ...]:
        """The fields."""
        return tuple(field.field for field in self._fields)

    @property
    def rows(self) -> int:
        """The number of rows under the heading."""
        return int(self._kept.sum())

    def column(self, place: int) -> pd.Series:
        """Return the codes of the field at `place`."""
        return made(self._fields[place], self._seen, self._at, self._kept)


def _under(heading: str, cells: pd.Series) -> pd.Series:
    return pd.concat([pd.Series([heading]), cells], ignore_index=True).astype("str")


def _picked(mapping: Mapping, seen: Sheet, at: Pairs[str, str]) -> Flags:
    kept = np.ones(seen.rows, dtype=bool)
    for only in mapping.only:
        kept &= among(seen.column(at[only.column]), only)
    if not kept.any():
        raise ReadingError(
            f"No row has the words by which the mapping picks rows from {_listed(only.column for only in mapping.only)}"
            ": pick others, or take all rows."
        )
    return kept


def read_mapped(mapping: Mapping, table: Table, filename: str, **described: Any) -> Cohort:
    """Return the cohort in `table`, read by way of `mapping`; `described` are the arguments of `data.reading.read`.

    Raises `ReadingError` as `apply` and `read` do; its sentences, and the cohort's doubts, name the file's own columns.
    """
    mapped = apply(mapping, table)
    try:
        cohort = read(mapped, filename, kind=INTERVIEWS, **described)
    except ReadingError as error:
        raise ReadingError(*_named(mapping, error.problems)) from error
    if not isinstance(cohort, Cohort):
        raise TypeError("A mapping makes interviews alone.")
    own = len(mapped.notes)
    return replace(cohort, doubts=(*mapped.notes, *(_headed(mapping, doubt) for doubt in cohort.doubts[own:])))


def missing(fields: Collection[str]) -> tuple[str, ...]:
    """Return one sentence for each thing that interviews need and none of `fields` gives; () if nothing is missing."""
    given = set(fields)
    given |= {"months"} if {"interview_date", "return_date"} <= given else set()
    given |= {"band"} if given & set(FACTS) else set()
    return tuple(
        f"The mapping makes nothing that tells {words}: choose a column that is filled in for it."
        for words, ways in NEEDED.items()
        if not given & ways
    )


def gone(mapping: Mapping, present: Collection[str]) -> tuple[str, ...]:
    """Return one sentence for each column of the mapping that is not among `present`."""
    return tuple(
        f"The file has no column {column!r}, from which the mapping "
        f"{f'makes {_spoken(fields)}' if fields else 'picks rows'}: choose another column for it."
        for column, fields in mapping.columns().items()
        if column not in present
    )


def _notes(seen: Sheet, used: Collection[str], kept: Flags) -> tuple[Note, ...]:
    notes = []
    if dropped := int((~kept).sum()):
        notes.append(Note(Doubt.ROWS_NOT_PICKED, rows=dropped, of=len(kept)))
    if others := [heading for heading in seen.headings if heading not in used]:
        private = personal(seen.table).keys() & set(others)
        notes.append(Note(Doubt.COLUMNS_NOT_USED, count=len(others), personal=len(private)))
    return tuple(notes)


def _headed(mapping: Mapping, doubt: Note) -> Note:
    """Put the file's own headings in place of the columns of the mapped table."""
    columns = doubt.get("columns")
    if not isinstance(columns, tuple):
        return doubt
    of = {field.field: field.columns for field in mapping.fields if field.columns}
    return doubt.but(columns=tuple(name for column in columns for name in of.get(str(column), (column,))))


def _named(mapping: Mapping, sentences: Iterable[str]) -> tuple[str, ...]:
    """Put the file's own headings where sentences name the columns of the mapped table."""
    of = {field.field: _listed(field.columns) for field in mapping.fields if field.columns}

    def swap(match: re.Match[str]) -> str:
        return f"{match[1]} {of.get(match[2], repr(match[2]))}"

    return tuple(re.sub(r"([Cc]olumn) '(\w+)'", swap, sentence) for sentence in sentences)


def _listed(names: Iterable[str]) -> str:
    return " and ".join(repr(name) for name in names)


def _spoken(fields: Collection[str]) -> str:
    return " and ".join(fields)
