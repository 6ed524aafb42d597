"""A file's bytes → a table of text: CSV, Excel (.xlsx) or Parquet, told apart by content and not by name."""

import csv
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NoReturn

import pandas as pd
import pyarrow as pa
from python_calamine import CalamineError

from data.reading.excel import all_sheets, first_sheet
from data.reading.parquet import is_long, long_parquet, short_parquet
from data.reading.pieces import LONG, Tell, stored
from data.reading.problems import ReadingError
from data.reading.table import NoTableError, Table
from data.reading.text import MOST_COLUMNS, long_text, short_text

__all__ = ["Table", "read_table", "sheets"]

OLD_OR_LOCKED: Final = b"\xd0\xcf\x11\xe0"
"""First bytes of an old .xls and of a password-protected .xlsx alike."""


def read_table(content: bytes | Path, filename: str, progress: Tell = lambda _share, _stage: None) -> Table:
    """Return the table in `content` (its bytes, or where they are); `filename` is only used in messages.

    Of an Excel file it is the first sheet. A long file is read in pieces; `progress` is told the share done (0…1) and
    the stage, piece by piece, and stops the reading by raising. Raises `ReadingError` when there is no table in
    `content`, or nothing under its heading.
    """
    with _opened(content, filename) as source:
        kind = _kind(source, filename)
        if kind == "parquet" and is_long(source):
            return _with_rows(stored(long_parquet(source), filename, progress), filename)
        if kind == "text" and source.size() > LONG:
            return _with_rows(stored(long_text(source, filename, progress), filename, progress), filename)
        if kind == "excel":
            table, notes = first_sheet(source.read(), filename)
        else:
            table, notes = (short_parquet(source), ()) if kind == "parquet" else short_text(source)
        return _with_rows(Table(_without_blank_rows(table.to_pandas()), notes), filename)


def sheets(content: bytes | Path, filename: str) -> dict[str, Table]:
    """Return each visible sheet of an Excel file by its name, in the book's order, but for covers and empty ones.

    A file of another kind is one table, named by `filename`. Raises `ReadingError` as `read_table` does.
    """
    with _opened(content, filename) as source:
        if _kind(source, filename) == "excel":
            frames = {
                name: _without_blank_rows(table.to_pandas())
                for name, table in all_sheets(source.read(), filename).items()
            }
            return {name: Table(frame) for name, frame in frames.items() if len(frame) > 1} or _nothing(filename)
    return {filename: read_table(content, filename)}


@contextmanager
def _opened(content: bytes | Path, filename: str) -> Iterator[pa.NativeFile]:
    try:
        with pa.OSFile(str(content)) if isinstance(content, Path) else pa.BufferReader(content) as source:
            yield source
    except (
        pa.ArrowException, OSError, CalamineError, csv.Error, NoTableError,
        UnicodeError, zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError,
    ) as error:  # fmt: skip
        raise ReadingError(
            f"{filename} cannot be read as a table: save it as CSV, Excel (.xlsx) or Parquet, "
            f"with one heading row and at most {MOST_COLUMNS:,} columns."
        ) from error


def _kind(source: pa.NativeFile, filename: str) -> str:
    """Which kind of file `source` holds, which is left at its start."""
    start = source.read(4)
    source.seek(0)
    if source.size() <= LONG and not source.read().strip():
        raise ReadingError(f"{filename} is empty: save it again with its interviews.")
    source.seek(0)
    if start == OLD_OR_LOCKED:
        raise ReadingError(f"{filename} is an old or a locked Excel file: save it as .xlsx, without a password.")
    return {b"PAR1": "parquet", b"PK\x03\x04": "excel"}.get(start, "text")


def _with_rows(table: Table, filename: str) -> Table:
    return table if table.rows > 0 else _nothing(filename)


def _nothing(filename: str) -> NoReturn:
    raise ReadingError(f"{filename} has no rows under its heading: save it again with its interviews.")


def _without_blank_rows(frame: pd.DataFrame) -> pd.DataFrame:
    frame.columns = pd.RangeIndex(frame.shape[1])
    blank = pd.Series(True, index=frame.index)
    for name in frame:
        blank &= frame[name] == ""
        if not blank.any():  # most files are done after a column or two
            return frame
    return frame[~blank].reset_index(drop=True)
