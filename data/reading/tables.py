"""A file's bytes → a table of text: CSV, Excel (.xlsx) or Parquet, told apart by content and not by name."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from data.reading.problems import ReadingError

SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
MOST_COLUMNS: Final = 10_000
MOST_CELLS: Final = 100_000_000
OLD_OR_LOCKED: Final = b"\xd0\xcf\x11\xe0"
"""First bytes of an old .xls and of a password-protected .xlsx alike."""

COVERS: Final = ("cover", "contents", "notes", "structure", "summary")
"""Names of sheets about a table, which Eurostat and the UK Home Office put before or behind it."""

Read = tuple[pa.Table, tuple[str, ...]]


@dataclass(frozen=True)
class Table:
    """A file as text.

    `frame` has columns 0, 1, 2 … of type `str`, the heading as its first row, and "" where a cell is blank; rows
    blank throughout are gone. `notes` say what a reader must know of the way the file was read.
    """

    frame: pd.DataFrame
    notes: tuple[str, ...] = ()


def read_table(content: bytes | Path, filename: str) -> Table:
    """Return the table in `content` (its bytes, or where they are); `filename` is only used in messages.

    Raises `ReadingError` when there is no table in it, or nothing under its heading.
    """
    data = content.read_bytes() if isinstance(content, Path) else content
    if not data.strip():
        raise ReadingError(f"{filename} is empty: save it again with its interviews.")
    if data.startswith(OLD_OR_LOCKED):
        raise ReadingError(f"{filename} is an old or a locked Excel file: save it as .xlsx, without a password.")
    try:
        if data.startswith(b"PAR1"):
            table, notes = _parquet(data)
        elif data.startswith(b"PK\x03\x04"):
            table, notes = _excel(data)
        else:
            table, notes = _text(data)
    except (pa.ArrowException, OSError, CalamineError, csv.Error, _NoTableError) as error:
        raise ReadingError(
            f"{filename} cannot be read as a table: save it as CSV, Excel (.xlsx) or Parquet, "
            f"with one heading row and at most {MOST_COLUMNS:,} columns."
        ) from error
    frame = _without_blank_rows(table.to_pandas())
    if len(frame) < 2:
        raise ReadingError(f"{filename} has no rows under its heading: save it again with its interviews.")
    return Table(frame, notes)


class _NoTableError(ValueError):
    """There is no table in a file."""


def _table(columns: list[pa.Array]) -> pa.Table:
    return pa.table(columns, names=[str(number) for number in range(len(columns))])


def _without_blank_rows(frame: pd.DataFrame) -> pd.DataFrame:
    frame.columns = pd.RangeIndex(frame.shape[1])
    blank = pd.Series(True, index=frame.index)
    for name in frame:
        blank &= frame[name] == ""
        if not blank.any():  # most files are done after a column or two
            return frame
    return frame[~blank].reset_index(drop=True)


def _text(data: bytes) -> Read:
    text, notes = _decoded(data)
    separator = _separator(text)
    if "\x00" in text or text[: text.find("\n")].count(separator) >= MOST_COLUMNS:
        raise _NoTableError
    if separator != ",":
        notes = (*notes, f"The file's columns are separated by {SEPARATORS[separator]}.")
    try:
        return _quick(text, separator), notes
    except pa.ArrowInvalid:  # lines of different lengths, such as a preamble above the table
        return _patient(csv.reader(io.StringIO(text, newline=""), delimiter=separator)), notes


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), ()
    for encoding, name in (("utf-8-sig", ""), ("cp1252", "Windows-1252")):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text, (_letters(name),) if name else ()
    return data.decode("latin-1"), (_letters("Latin-1"),)


def _letters(encoding: str) -> str:
    return f"The file is not UTF-8; its letters were read as {encoding}."


def _separator(text: str) -> str:
    """Return the separator that splits the first lines into most cells, quoted text apart."""
    head = text[:50_000].splitlines()[:20]

    def cells(separator: str) -> int:
        try:
            return sum(map(len, csv.reader(head, delimiter=separator)))
        except csv.Error:
            return 0

    return max(SEPARATORS, key=cells)


def _quick(text: str, separator: str) -> pa.Table:
    width = len(next(csv.reader(io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=separator), ()))
    names = [str(number) for number in range(width)]
    return pacsv.read_csv(
        io.BytesIO(text.encode()),
        read_options=pacsv.ReadOptions(column_names=names),
        parse_options=pacsv.ParseOptions(delimiter=separator, newlines_in_values='"' in text),
        convert_options=pacsv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
        ),
    )


def _patient(lines: Iterable[list[str]]) -> pa.Table:
    kept = list(lines)
    if max(map(len, kept), default=0) * len(kept) > MOST_CELLS:  # one long line would widen all the others
        raise _NoTableError
    return _table([pa.array(column, pa.string()) for column in zip_longest(*kept, fillvalue="")])


def _excel(data: bytes) -> Read:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        if not names:
            raise _NoTableError
        names = [name for name in names if name.strip().lower() not in COVERS] or names
        cells = book.get_sheet_by_name(names[0]).to_python()
    others = len(names) - 1
    notes = (f"Only the first sheet was read; sheets after it: {others}.",) if others else ()
    return _patient([_cell(cell) for cell in row] for row in cells), notes


def _cell(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _parquet(data: bytes) -> Read:
    """Read a Parquet file as text; columns of lists or structures, which no field takes, come out blank."""
    file = pq.ParquetFile(io.BytesIO(data))
    if file.metadata.num_columns > MOST_COLUMNS:
        raise _NoTableError
    table = file.read()
    return _table([_with_heading(name, table.column(name_at)) for name_at, name in enumerate(table.column_names)]), ()


def _with_heading(name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), None, column)
    elif pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    try:
        text = pc.fill_null(column.cast(pa.string()), "")
    except pa.ArrowNotImplementedError:
        text = pa.chunked_array([pa.array([""] * len(column), pa.string())])
    return pa.chunked_array([pa.array([name], pa.string()), *text.chunks])
