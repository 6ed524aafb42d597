"""A sheet while it is tidied: headings apart from columns, and columns read only when they are needed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.notes import Note
from data.reading.table import LongTable, Table

SEVERAL: Final = " | "
"""Stands between the answers in one cell: chosen choices, entries of a repeat group."""

TEXT: Final = pa.large_string()


@dataclass(frozen=True)
class Column:
    """A column of text: its first rows at hand, and `whole`, which reads all of them."""

    head: pa.ChunkedArray
    whole: Callable[[], pa.ChunkedArray]

    def all(self, test: Callable[[pa.ChunkedArray], pa.ChunkedArray]) -> bool:
        """Whether every cell passes `test`; the whole is only read where the first rows do."""
        return bool(_every(test(self.head)) and _every(test(self.whole())))


def made(function: Callable[..., pa.ChunkedArray], *columns: Column) -> Column:
    """Return the column that `function` makes of others, row by row."""
    return Column(
        function(*(column.head for column in columns)), lambda: function(*(column.whole() for column in columns))
    )


def at_hand(cells: pa.ChunkedArray) -> Column:
    """Return a column that is in memory anyway."""
    return Column(cells, lambda: cells)


@dataclass(frozen=True)
class Sheet:
    """`headings`, and `columns` in the same order; `rows` under the heading."""

    headings: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: int

    def cells(self, heading: str) -> pd.Series | None:
        """Return the trimmed cells of the first column so headed, or None."""
        if heading not in self.headings:
            return None
        return series(self.columns[self.headings.index(heading)].whole()).str.strip()

    def only(self, places: Iterable[int]) -> "Sheet":
        """Return the columns at `places`."""
        chosen = tuple(places)
        columns = tuple(self.columns[place] for place in chosen)
        return Sheet(tuple(self.headings[place] for place in chosen), columns, self.rows)

    def where(self, keep: np.ndarray) -> "Sheet":
        """Return the rows of which `keep`, one truth per row, is true."""
        kept = pa.array(keep)
        columns = tuple(made(lambda cells: cells.filter(kept[: len(cells)]), column) for column in self.columns)
        return Sheet(self.headings, columns, int(keep.sum()))


def opened(table: Table) -> Sheet:
    """Return the sheet in `table`, none of it copied."""
    heads = [cells.slice(1) for cells in _arrow(table.head)]
    if isinstance(table, LongTable):
        columns = tuple(
            Column(head, partial(lambda place: text(table.column(place)), place)) for place, head in enumerate(heads)
        )
    else:
        wholes = [cells.slice(1) for cells in _arrow(table.frame)]
        columns = tuple(
            Column(head, partial(lambda cells: cells, whole)) for head, whole in zip(heads, wholes, strict=True)
        )
    return Sheet(tuple(table.headings), columns, table.rows)


def closed(sheet: Sheet, source: Table, notes: tuple[Note, ...]) -> Table:
    """Return `sheet`, made of `source`, as a table: in memory only if `source` is."""
    derived = _Derived(sheet, notes)
    return derived if isinstance(source, LongTable | _Derived) else Table(derived.frame, notes)


class _Derived(Table):
    """A table made of a long one, column by column when it is asked for."""

    def __init__(self, sheet: Sheet, notes: tuple[Note, ...]) -> None:
        self._sheet = sheet
        self.notes = notes

    @property
    def frame(self) -> pd.DataFrame:
        return _under(self._sheet.headings, [column.whole() for column in self._sheet.columns])

    @cached_property
    def head(self) -> pd.DataFrame:
        return _under(self._sheet.headings, [column.head for column in self._sheet.columns])

    @property
    def headings(self) -> tuple[str, ...]:
        return self._sheet.headings

    @property
    def rows(self) -> int:
        return self._sheet.rows

    @cached_property
    def filled(self) -> tuple[int, ...]:
        return tuple(int((self.column(place) != "").sum()) for place in range(len(self.headings)))

    def column(self, place: int) -> pd.Series:
        return series(self._sheet.columns[place].whole()).rename(place)


def series(cells: pa.ChunkedArray) -> pd.Series:
    """Return cells as a pandas series of type `str`."""
    found: pd.Series = cells.to_pandas().astype("str")
    return found


def text(cells: pd.Series) -> pa.ChunkedArray:
    """Return a pandas series of type `str` as cells; missing ones are blank."""
    return _arrow(cells.astype("str").fillna("").to_frame("0"))[0]


def lower(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return cells trimmed and in lower case."""
    return pc.utf8_lower(pc.utf8_trim_whitespace(cells))


def filled(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whether each cell holds more than spaces."""
    return pc.not_equal(pc.utf8_trim_whitespace(cells), "")


def _every(truths: pa.ChunkedArray) -> bool:
    return bool(pc.all(truths, min_count=0).as_py())


def _arrow(frame: pd.DataFrame) -> list[pa.ChunkedArray]:
    return [cells.cast(TEXT) for cells in pa.Table.from_pandas(frame, preserve_index=False).columns]


def _under(headings: tuple[str, ...], columns: list[pa.ChunkedArray]) -> pd.DataFrame:
    whole = [
        pa.chunked_array([pa.array([heading], TEXT), *cells.cast(TEXT).chunks])
        for heading, cells in zip(headings, columns, strict=True)
    ]
    frame: pd.DataFrame = pa.table(whole, names=[str(place) for place in range(len(whole))]).to_pandas().astype("str")
    return frame.set_axis(pd.RangeIndex(frame.shape[1]), axis=1)
