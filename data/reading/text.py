"""Text → a table: the encoding and the separator are found out, and a long file is read in pieces."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice, zip_longest
from typing import Final

import pyarrow as pa
import pyarrow.csv as pacsv

from data.notes import Doubt, Note
from data.reading.pieces import PIECE, Pieces, Tell
from data.reading.problems import ReadingError
from data.reading.table import NoTableError

SEPARATORS: Final = (",", ";", "\t", "|")
MOST_COLUMNS: Final = 10_000
MOST_CELLS: Final = 100_000_000

_PARTS: Final = 16
"""A piece is read in so many parts, for the CSV reader reads ahead: of whole pieces it would hold twenty."""

_LETTERS: Final = {"cp1252": "Windows-1252", "latin-1": "Latin-1"}
_LOOK: Final = 0.2
"""The share of the work on a long file that goes into looking which letters it is written in."""


def short_text(source: pa.NativeFile) -> tuple[pa.Table, tuple[Note, ...]]:
    """Return the table in `source`, with its heading as first row, and notes; lines may differ in length."""
    encoding = _encoding(source, lambda *_: None)
    source.seek(0)
    text = source.read().decode(encoding, errors="replace")
    separator, notes = _form(text, encoding)
    try:
        table = _opened(io.BytesIO(text.encode()), text, separator).read_all()
    except pa.ArrowInvalid:  # lines of different lengths, such as a preamble above the table
        return patient(csv.reader(io.StringIO(text, newline=""), delimiter=separator)), notes
    return table, notes


def long_text(source: pa.NativeFile, filename: str, tell: Tell) -> Pieces:
    """Return the table in `source` as pieces, each being read when it is asked for.

    Raises `ReadingError` for a line longer or shorter than the first.
    """
    encoding = _encoding(source, lambda share, stage: tell(_LOOK * share, stage))
    source.seek(0)
    head = source.read(PIECE).decode(encoding, errors="replace")
    if not head.strip():
        raise NoTableError
    separator, notes = _form(head, encoding)
    batches = _batches(source, head, separator, encoding, filename)
    first = next(batches)
    heading = first.slice(0, 1)
    size = source.size()
    shares = (_LOOK + (1 - _LOOK) * min(1.0, number * PIECE / size) for number in range(size))
    rest = zip(shares, chain([first.slice(1)], batches), strict=False)
    return Pieces(tuple(column[0].as_py() for column in heading), rest, notes)


def patient(lines: Iterable[list[str]]) -> pa.Table:
    """Return lines of different lengths as a table, filled up with blank cells."""
    kept = list(lines)
    if max(map(len, kept), default=0) * len(kept) > MOST_CELLS:  # one long line would widen all the others
        raise NoTableError
    columns = [pa.array(column, pa.string()) for column in zip_longest(*kept, fillvalue="")]
    return pa.table(columns, names=[str(place) for place in range(len(columns))])


def _encoding(source: pa.NativeFile, tell: Tell) -> str:
    """The first encoding that the whole of `source` can be read in."""
    source.seek(0)
    marked = source.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252", "latin-1"):
        source.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)("replace" if marked else "strict")
        try:
            while piece := source.read(PIECE):
                if "\x00" in decoder.decode(piece):
                    raise NoTableError
                tell(source.tell() / source.size(), "Looking through the file")
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        break
    return encoding


def _form(head: str, encoding: str) -> tuple[str, tuple[Note, ...]]:
    """The separator, and notes on it and on the encoding."""
    separator = _separator(head)
    if head[: head.find("\n")].count(separator) >= MOST_COLUMNS:
        raise NoTableError
    notes = []
    if encoding in _LETTERS:
        notes.append(Note(Doubt.LETTERS, letters=_LETTERS[encoding]))
    if separator != ",":
        notes.append(Note(Doubt.SEPARATOR, separator=separator))
    return separator, tuple(notes)


def _separator(text: str) -> str:
    """Return the separator that splits the first lines into most cells, quoted text apart."""
    head = text[:50_000].splitlines()[:20]

    def cells(separator: str) -> int:
        try:
            return sum(map(len, csv.reader(head, delimiter=separator)))
        except csv.Error:
            return 0

    return max(SEPARATORS, key=cells)


def _opened(
    source: io.BytesIO | pa.NativeFile,
    head: str,
    separator: str,
    *,
    encoding: str = "utf8",
    uneven: list[int] | None = None,
    block: int | None = None,
) -> pacsv.CSVStreamingReader:
    """A reader of text columns named 0, 1, 2 …, as many as the first line of `head` has; `uneven` hears of others."""
    width = len(next(csv.reader(io.StringIO(head.lstrip("\r\n"), newline=""), delimiter=separator), ()))
    names = [str(place) for place in range(width)]

    def note(row: pacsv.InvalidRow) -> str:
        if uneven is not None:
            uneven.extend((row.number, row.actual_columns, row.expected_columns))
        return "error"

    return pacsv.open_csv(
        source,
        read_options=pacsv.ReadOptions(
            column_names=names, use_threads=False, block_size=block or PIECE, encoding=encoding.removesuffix("-sig")
        ),
        parse_options=pacsv.ParseOptions(delimiter=separator, newlines_in_values=True, invalid_row_handler=note),
        convert_options=pacsv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
        ),
    )


def _batches(
    source: pa.NativeFile, head: str, separator: str, encoding: str, filename: str
) -> Iterator[pa.RecordBatch]:
    """The rows piece by piece, the heading first; from a line on that no part can hold, pieces are read whole."""
    given = 0
    for parts in (_PARTS, 1):
        uneven: list[int] = []
        try:
            apart = source.get_stream(0, source.size())  # a reader that failed may still be reading ahead
            reader = _opened(apart, head, separator, encoding=encoding, uneven=uneven, block=max(1, PIECE // parts))
            rows = 0
            for piece in _joined(reader, parts):
                fresh = piece.slice(min(len(piece), max(0, given - rows)))
                rows += len(piece)
                if len(fresh):
                    given = rows
                    yield fresh
        except pa.ArrowInvalid as error:
            if uneven:
                line, cells, width = uneven[:3]
                raise ReadingError(
                    f"{filename} has lines of different lengths: its first splits into {width:,} and line {line:,} "
                    f"(blank lines not counted) into {cells:,}: "
                    "let the first line be the headings, and every line have as many cells."
                ) from error
            if parts == 1:
                raise ReadingError(
                    f"{filename} has a cell of more than {PIECE >> 20} MB, as where a quotation mark is opened and "
                    "never closed: mend that cell and load again."
                ) from error
        else:
            return


def _joined(reader: pacsv.CSVStreamingReader, parts: int) -> Iterator[pa.RecordBatch]:
    """So many batches of `reader` as one, which holds the rows that a block as long as all of them holds."""
    while several := [*islice(reader, parts)]:
        yield pa.concat_batches(several)
