"""Whether a mapping is a file's own, and what changed in the form since the mapping was made."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final

from data.mapping.apply import gone
from data.mapping.model import Mapping
from data.mapping.recode import recode
from data.mapping.sheet import headings, locate, sheet
from data.notes import Doubt, Mapped, Note
from data.reading.columns import normalised
from data.reading.problems import ReadingError
from data.reading.table import Table

ALIKE: Final = 0.9
"""The share of headings that two exports of one form have in common at least."""


def fits(mapping: Mapping, headings: Sequence[str]) -> bool:
    """Return whether every column that `mapping` uses is among `headings`."""
    return all(locate(column, headings) is not None for column in mapping.columns())


def find(mappings: Iterable[Mapping], headings: Sequence[str]) -> Mapping | None:
    """Return the mapping made for the form with these `headings`; None if there is none.

    It is the one whose form has most headings in common with them, nine in ten at least, and all that it uses.
    """
    likeness = {mapping: _likeness(mapping, headings) for mapping in mappings}
    alike = [mapping for mapping, share in likeness.items() if share >= ALIKE and fits(mapping, headings)]
    return max(alike, key=lambda mapping: likeness[mapping], default=None)


def changes(mapping: Mapping, table: Table) -> tuple[Note, ...]:
    """Return what changed since `mapping` was made: used columns gone, columns new, words not known."""
    present = headings(table)
    seen = sheet(table)
    at = {column: place for column in mapping.columns() if (place := locate(column, present)) is not None}
    told = [_text(_guided(sentence, column, present)) for column, sentence in _gone(mapping, at)]
    if new := [heading for heading in present if locate(heading, mapping.headings) is None]:
        told.append(Note(Mapped.NEW_COLUMNS, count=len(new), names=tuple(name[:40] for name in new[:5])))
    for field in mapping.fields:
        for column in field.columns:
            try:
                if column in at and field.values:
                    recode(seen.column(at[column]), field)
            except ReadingError as error:
                told += map(_text, error.problems)
    return tuple(told)


def _text(sentence: str) -> Note:
    """What an error says too, in its words."""
    return Note(Doubt.TEXT, text=sentence)


def _gone(mapping: Mapping, at: dict[str, str]) -> Iterable[tuple[str, str]]:
    absent = [column for column in mapping.columns() if column not in at]
    return zip(absent, gone(mapping, at), strict=True)


def _guided(sentence: str, column: str, present: Sequence[str]) -> str:
    """Name the column that may have taken its place."""
    close = get_close_matches(column, present, n=1)
    return f"{sentence[:-1]}, perhaps {close[0]!r}." if close else sentence


def _likeness(mapping: Mapping, headings: Sequence[str]) -> float:
    ours, theirs = ({normalised(name) or name for name in names} for names in (mapping.headings, headings))
    return len(ours & theirs) / max(len(ours), len(theirs), 1)
