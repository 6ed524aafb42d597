"""A wide file (a column per wave) → a long one: a row per person and wave."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

import numpy as np
import pyarrow as pa

from data.notes import Doubt, Note
from data.reading.columns import normalised
from data.reading.forms.headings import is_field, is_result
from data.reading.forms.sheet import TEXT, Column, Sheet, closed, filled, made, opened
from data.reading.table import Table

Unit = Literal["wave", "months"]

_GAP: Final = r"[\s_.:–/-]+"
_ENDS: Final[tuple[tuple[Unit, str], ...]] = (
    ("months", r"(?P<n>\d{1,3})[ _]?(?:m|mo|months?)(?:[ _](?:after|since)[ _]return)?"),
    ("months", r"(?:m|months?)[ _]?(?P<n>\d{1,3})"),
    ("wave", r"(?:wave|round|follow[ -]?up|w|r|t)[ _]?(?P<n>\d{1,2})"),
    ("wave", r"(?P<n>baseline|midline|endline)"),
)
_PATTERNS: Final[tuple[tuple[Unit, re.Pattern[str]], ...]] = tuple(
    (unit, re.compile(pattern, re.IGNORECASE))
    for unit, end in _ENDS
    for pattern in (
        rf"(?P<stem>.*[^\W_]\)?)\s*\({end}\)",
        rf"(?P<stem>.*[^\W_]\)?){_GAP}{end}",
        rf"\(?{end}\)?{_GAP}(?P<stem>[^\W_].*)",
    )
)
_BARE: Final = re.compile(r"(?P<stem>.*[^\W\d_])[ ._]?(?P<n>\d{1,2})|(?P<element>[pP]\d\d)[ ._](?P<of_element>\d{1,2})")
_LINES: Final = ("baseline", "midline", "endline")
_STAMPS: Final = frozenset({"wave", "round", "months", "survey round", "months since return", "survey wave"})


@dataclass(frozen=True)
class _Layout:
    """What the headings say: in `unit` (waves or months), the place of each stem's column at each time."""

    unit: Unit
    places: dict[str, dict[int, int]]
    stems: dict[str, str]

    @property
    def times(self) -> list[int]:
        return sorted({time for at in self.places.values() for time in at})

    @property
    def moved(self) -> set[int]:
        return {place for at in self.places.values() for place in at.values()}


def is_wide(headings: Sequence[str]) -> bool:
    """Whether `headings` have a column per wave or month after return for at least one field of a cohort."""
    return _layout(headings) is not None


def lengthen(table: Table) -> Table:
    """Return a wide table with a row per person and wave; any other table as it is.

    A wide table's headings say the wave before or behind the field's name ("composite_w1", "Round 2 - social",
    "economic (wave 2)", "baseline_social", "economic.2") or the months since return ("composite_12m"). A field of the
    cohort must recur in at least two waves; where only a bare number tells them, a score or an element must, and only
    columns with the same waves follow it. The long table has the column "wave" or "months" behind the others, which
    are repeated; a wave in which nothing is filled makes no row, and a note says how many people have none at all. A
    table with a column of waves already, or with one field's column twice for a wave or once without one, is left.
    """
    layout = _layout(table.headings)
    if layout is None:
        return table
    sheet = opened(table)
    fixed = [place for place in range(len(sheet.headings)) if place not in layout.moved]
    blank = made(partial(_filled_with, ""), sheet.columns[0])
    moved = [
        [sheet.columns[at[time]] if time in at else blank for time in layout.times] for at in layout.places.values()
    ]
    kept = np.array([_any_filled(columns) for columns in zip(*moved, strict=True)])
    order, first = _order(kept), _order(kept[:, : len(sheet.columns[0].head)])
    columns = (
        *(_stacked([sheet.columns[place]] * len(layout.times), order, first) for place in fixed),
        *(_stacked(parts, order, first) for parts in moved),
        _stacked([made(partial(_filled_with, str(time)), blank) for time in layout.times], order, first),
    )
    headings = (*(sheet.headings[place] for place in fixed), *layout.stems.values(), layout.unit)
    return closed(Sheet(headings, columns, len(order)), table, (*table.notes, *_notes(layout, kept)))


def _filled_with(word: str, cells: pa.ChunkedArray) -> pa.ChunkedArray:
    return pa.chunked_array([pa.repeat(pa.scalar(word, TEXT), len(cells))], TEXT)


def _any_filled(columns: Sequence[Column]) -> np.ndarray:
    found: np.ndarray = np.logical_or.reduce([np.asarray(filled(column.whole())) for column in columns])
    return found


def _stacked(parts: Sequence[Column], order: pa.Array, first: pa.Array) -> Column:
    """The waves' columns one below the other, their rows in `order`; `first` is the order of the first rows."""
    return Column(_below([part.head for part in parts], first), lambda: _below([part.whole() for part in parts], order))


def _below(parts: Sequence[pa.ChunkedArray], order: pa.Array) -> pa.ChunkedArray:
    return pa.chunked_array([chunk for part in parts for chunk in part.chunks], TEXT).take(order)


def _order(kept: np.ndarray) -> pa.Array:
    """Which rows of the waves, one below the other, come in which order: each person's together."""
    waves, people = kept.shape
    return pa.array(np.arange(waves * people).reshape(waves, people).T[kept.T])


def _notes(layout: _Layout, kept: np.ndarray) -> tuple[Note, ...]:
    columns, times = len(layout.moved), layout.times
    told = Note(Doubt.WAVES_STACKED, count=columns, unit=layout.unit, times=tuple(times))
    nothing = int((~kept.any(axis=0)).sum())
    return (told, Note(Doubt.NOTHING_IN_WAVES, rows=nothing)) if nothing else (told,)


def _layout(headings: Sequence[str]) -> _Layout | None:
    words = {normalised(heading) for heading in headings}
    if words & _STAMPS:
        return None
    lines = [line for line in _LINES if any(line in heading.lower() for heading in headings)]
    parsed = [_stamped(heading, lines) for heading in headings]
    for unit in ("wave", "months"):
        found = [(place, at[1], at[2]) for place, at in enumerate(parsed) if at and at[0] == unit]
        if layout := _checked(unit, found, words, is_field):
            return layout
    bare = [
        (place, match["element"] or match["stem"], int(match["of_element"] or match["n"]))
        for place, heading in enumerate(headings)
        if (match := _BARE.fullmatch(heading.strip()))
    ]
    times: dict[str, set[int]] = {}
    for _, stem, time in bare:
        times.setdefault(normalised(stem), set()).add(time)
    leading = [at for stem, at in times.items() if is_result(stem) and len(at) > 1]
    return _checked("wave", [one for one in bare if times[normalised(one[1])] in leading], words, is_result)


def _stamped(heading: str, lines: Sequence[str]) -> tuple[Unit, str, int] | None:
    """The unit, the stem and the number in a heading; a baseline is wave 1, an endline the last of those there are."""
    for unit, pattern in _PATTERNS:
        if match := pattern.fullmatch(heading.strip()):
            number = match["n"].lower()
            return unit, match["stem"].strip(), lines.index(number) + 1 if number in lines else int(number)
    return None


def _checked(
    unit: Unit, found: Sequence[tuple[int, str, int]], words: set[str], leads: Callable[[str], bool]
) -> _Layout | None:
    """The layout, if some stem that `leads` recurs and no stem stands twice for a time or once without one."""
    layout = _Layout(unit, {}, {})
    for place, stem, time in found:
        key = normalised(stem)
        layout.stems.setdefault(key, stem)
        if layout.places.setdefault(key, {}).setdefault(time, place) != place:
            return None
    if words & set(layout.places):
        return None
    return (
        layout
        if any(
            leads(normalised(stem.rpartition("/")[2])) and len(layout.places[key]) > 1
            for key, stem in layout.stems.items()
        )
        else None
    )
