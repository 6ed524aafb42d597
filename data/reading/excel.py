"""An Excel file → its sheets as tables of text, once it is known that they will not fill the memory."""

import io
import re
import zipfile
from functools import reduce
from typing import Final

import pyarrow as pa
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from data.notes import Doubt, Note
from data.reading.problems import DAMAGED, ReadingError
from data.reading.table import NoTableError
from data.reading.text import patient

COVERS: Final = ("cover", "contents", "notes", "structure", "summary")
"""Names of sheets about a table, which Eurostat and the UK Home Office put before or behind it."""

MOST_UNPACKED: Final = 2**30
"""Bytes that an Excel file may unpack to."""

MOST_SPREAD: Final = 40_000_000
"""Cells that a sheet may span, filled or not: each takes memory."""

_PIECE: Final = 2**20
_LONGEST_TAG: Final = 200
_CELL: Final = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>/]*>')
_INSTEAD: Final = "save the sheet as CSV, which is read in pieces."


def first_sheet(data: bytes, filename: str) -> tuple[pa.Table, tuple[Note, ...]]:
    """Return the first visible sheet that is no cover, its heading as first row, and a note on those left out.

    Raises `ReadingError` where the file would fill the memory.
    """
    _check_size(data, filename)
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        names = _names(book)
        table = _sheet(book, names[0])
    others = len(names) - 1
    return table, (Note(Doubt.FIRST_SHEET, count=others),) if others else ()


def all_sheets(data: bytes, filename: str) -> dict[str, pa.Table]:
    """Return every visible sheet that is no cover, by name in the book's order, as `first_sheet` does the first."""
    _check_size(data, filename)
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        return {name: _sheet(book, name) for name in _names(book)}


def _names(book: CalamineWorkbook) -> list[str]:
    names = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    if not names:
        raise NoTableError
    return [name for name in names if name.strip().lower() not in COVERS] or names


def _sheet(book: CalamineWorkbook, name: str) -> pa.Table:
    return patient([_cell(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python())


def _cell(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _check_size(data: bytes, filename: str) -> None:
    """Refuse what would fill the memory, and what is damaged."""
    try:
        _unpack(data, filename)
    except ReadingError:
        raise
    except DAMAGED as error:
        raise NoTableError from error


def _unpack(data: bytes, filename: str) -> None:
    """Unpack every part once and let it go: what an archive says of its parts' sizes may be wrong."""
    unpacked = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.infolist():
            part.file_size = MOST_UNPACKED + 1
            rows, letters, rest = {0}, {b""}, b""
            with archive.open(part) as content:
                while piece := content.read(_PIECE):
                    unpacked += len(piece)
                    if unpacked > MOST_UNPACKED:
                        raise ReadingError(f"{filename} unpacks to more than {MOST_UNPACKED >> 30} GB: {_INSTEAD}")
                    found = _CELL.findall(rest + piece)
                    letters.update(letter for letter, _ in found)
                    rows.add(max((int(row) for _, row in found), default=0))
                    rest = piece[-_LONGEST_TAG:]
            if (down := max(rows)) * (across := max(map(_place, letters))) > MOST_SPREAD:
                raise ReadingError(
                    f"{filename} has a sheet that spans {down:,} rows and {across:,} columns: delete what stands far "
                    f"below or beside its table, or {_INSTEAD}"
                )


def _place(letters: bytes) -> int:
    """A column's number: 1 for A, 27 for AA."""
    return reduce(lambda number, letter: 26 * number + letter - 64, letters, 0)
