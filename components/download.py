"""Files of exactly the released table, with the view, the source and the marks on top."""

import csv
import io
import re
import unicodedata

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from components.rounding import count
from components.table import legend, table
from components.texts import say
from data.disclosure import Released

LONGEST_NAME = 80
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet run a text as a formula, or look for one behind it: OWASP's list for CSV injection."""


def preamble(released: Released, title: str) -> list[str]:
    """The lines that stand above the table in every file, each of them one line whatever a source's text holds."""
    context = released.context
    lines = [
        title,
        *(["SYNTHETIC DATA: made by a program, no real person"] if context.synthetic else []),
        f"View: {context.sentence}",
        f"People: {'[c]' if released.people is None else count(released.people)}",
        f"Source: {context.source} (licence: {context.licence}; data version {context.version})",
        f"Scores: {context.profile}" if context.profile else "Counts as published by the source",
        *map(say, released.notes),
        *legend(released),
    ]
    return [" ".join(line.split()) for line in lines]


def as_csv(released: Released, title: str) -> bytes:
    """The table as CSV (UTF-8 with a byte-order mark, so that spreadsheets read its accents)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([f"# {_plain(line)}"] for line in preamble(released, title))
    frame = table(released)
    writer.writerow(frame.columns)
    writer.writerows([_plain(cell) for cell in row] for row in frame.itertuples(index=False))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(released: Released, title: str) -> bytes:
    """The table as a workbook of one sheet; numbers are numbers, and no text can act as a formula."""
    book = Workbook()
    sheet = book.active
    frame = table(released)
    lines = preamble(released, title)
    for line in lines:
        sheet.append([_printable(line)])
    sheet.append([])
    sheet.append([*frame.columns])
    for row in frame.itertuples(index=False):
        sheet.append([_printable(cell) if isinstance(cell, str) else float(cell) for cell in row])
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    sheet["A1"].font = Font(bold=True)
    for cell in sheet[len(lines) + 2]:
        cell.font = Font(bold=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def file_name(released: Released, ending: str) -> str:
    """A file name that says the figure and the view, such as "scores-by-corridor_germany-afghanistan.csv"."""
    ascii_only = unicodedata.normalize("NFKD", released.context.sentence).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")
    mark = "_synthetic" if released.context.synthetic else ""
    return f"{released.name}_{words[:LONGEST_NAME].strip('-')}{mark}.{ending}"


def _plain(cell: object) -> object:
    """A text that a spreadsheet would run as a formula gets a sign in front that stops it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell


def _printable(text: str) -> str:
    """`text` without the control signs that a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)
