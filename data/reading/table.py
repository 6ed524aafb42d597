"""A file as text: whole in memory or, where it is too long for that, in a temporary file read column by column."""

import weakref
from functools import cached_property
from typing import IO, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.notes import Note

HEAD: Final = 1000
"""So many rows from the top are enough to tell what a file holds."""


class NoTableError(ValueError):
    """There is no table in a file."""


class Table:
    """A file as text, in memory.

    Cells are `str`, "" where blank; rows blank throughout are gone. `notes` say what a reader must know of the way the
    file was read.
    """

    def __init__(self, frame: pd.DataFrame, notes: tuple[Note, ...] = ()) -> None:
        """Take the columns 0, 1, 2 … with the heading as their first row."""
        self._frame = frame
        self.notes = notes

    @property
    def frame(self) -> pd.DataFrame:
        """The whole table, the heading its first row, columns 0, 1, 2 …"""
        return self._frame

    @property
    def head(self) -> pd.DataFrame:
        """The first 1,000 rows of `frame`, which are enough to tell what a file holds."""
        return self.frame.head(HEAD)

    @property
    def headings(self) -> tuple[str, ...]:
        """The first row."""
        return tuple(self.frame.iloc[0])

    @property
    def rows(self) -> int:
        """The number of rows under the heading."""
        return len(self.frame) - 1

    @cached_property
    def filled(self) -> tuple[int, ...]:
        """How many cells under the heading are not blank, column by column."""
        return tuple(int((self.frame[place].iloc[1:] != "").sum()) for place in self.frame)

    def column(self, place: int) -> pd.Series:
        """Return the cells under the heading of the column at `place`, counted from 0."""
        return self.frame[place].iloc[1:].reset_index(drop=True)


class LongTable(Table):
    """A file as text, too long for memory: a temporary Parquet file that goes when the table does."""

    def __init__(
        self, file: IO[bytes], headings: tuple[str, ...], filled: tuple[int, ...], notes: tuple[Note, ...] = ()
    ) -> None:
        """Take the rows under the heading as a Parquet `file` of text columns named 0, 1, 2 …"""
        self._text = pq.ParquetFile(file)
        self._headings = headings
        self.filled = filled
        self.notes = notes
        weakref.finalize(self, file.close)

    @property
    def frame(self) -> pd.DataFrame:
        """The whole table, the heading its first row: it takes the memory that `column` saves."""
        return self._under_heading(self._text.read())

    @cached_property
    def head(self) -> pd.DataFrame:
        """The first 1,000 rows of `frame`."""
        return self._under_heading(pa.Table.from_batches([next(self._text.iter_batches(HEAD - 1))]))

    @property
    def headings(self) -> tuple[str, ...]:
        """The first row."""
        return self._headings

    @property
    def rows(self) -> int:
        """The number of rows under the heading."""
        return int(self._text.metadata.num_rows)

    def column(self, place: int) -> pd.Series:
        """Return the cells under the heading of the column at `place`, counted from 0; read from the disk each time."""
        cells: pd.Series = self._text.read(columns=[str(place)]).column(0).to_pandas()
        return cells.rename(place)

    def _under_heading(self, body: pa.Table) -> pd.DataFrame:
        heading = pa.table([[heading] for heading in self._headings], schema=body.schema)
        frame: pd.DataFrame = pa.concat_tables([heading, body]).to_pandas()
        return frame.set_axis(pd.RangeIndex(frame.shape[1]), axis=1)
