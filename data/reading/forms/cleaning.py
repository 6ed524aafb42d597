"""Rows and columns that are no answers: HXL tags, rows not approved or sent twice, empty columns."""

import re
from functools import partial
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.notes import Doubt, Note
from data.reading.forms.repeats import link
from data.reading.forms.sheet import Sheet, filled, made

REFUSED: Final = {"_validation_status": "not[ _]approved", "ReviewState": "rejected"}
"""The column in which a programme marks rows after review, and how the mark of those it does not accept is written."""

_TAG: Final = re.compile(r"#[A-Za-z]")


def without_tags(sheet: Sheet) -> tuple[Sheet, tuple[Note, ...]]:
    """Leave out a row of HXL tags, the first or second under the heading, and what stands between, with a note."""
    for place in range(min(2, sheet.rows)):
        cells = [cell for column in sheet.columns if (cell := column.head[place].as_py().strip())]
        if cells and all(map(_TAG.match, cells)):
            below = partial(_below, place + 1)
            columns = tuple(made(below, column) for column in sheet.columns)
            return Sheet(sheet.headings, columns, sheet.rows - place - 1), (Note(Doubt.HXL_ROW),)
    return sheet, ()


def _below(count: int, cells: pa.ChunkedArray) -> pa.ChunkedArray:
    return cells.slice(count)


def accepted(sheet: Sheet, identity: tuple[str, str] | None) -> tuple[Sheet, tuple[Note, ...]]:
    """Leave out rows marked as not approved and, of rows sent twice, all but the latest, with a note of each.

    `identity` names the column that tells one sending from another and that of its time; a sheet on which a row is an
    entry of a repeat group repeats it rightly. The latest has the last time, if all are written year first, or stands
    last.
    """
    refused = np.zeros(sheet.rows, bool)
    for heading, mark in REFUSED.items():
        if (column := sheet.cells(heading)) is not None:
            refused |= column.str.contains(mark, case=False, regex=True).to_numpy(bool)
    earlier = np.zeros(sheet.rows, bool)
    if identity and link(sheet) is None and (column := sheet.cells(identity[0])) is not None:
        earlier = _earlier(column.mask(refused, ""), sheet.cells(identity[1]))
    if not (refused | earlier).any():
        return sheet, ()
    notes = (
        *[Note(Doubt.NOT_APPROVED, rows=int(refused.sum()))] * bool(refused.any()),
        *[Note(Doubt.SENT_AGAIN, rows=int(earlier.sum()))] * bool(earlier.any()),
    )
    return sheet.where(~(refused | earlier)), notes


def _earlier(identity: pd.Series, times: pd.Series | None) -> np.ndarray:
    """Which rows have a later one of the same identity."""
    twice = identity[(identity != "") & identity.duplicated(keep=False)]
    if times is not None and times[twice.index].str.match(r"\d{4}-\d\d-\d\d").all():
        twice = twice[times[twice.index].sort_values(kind="stable").index]
    earlier = np.zeros(len(identity), bool)
    earlier[twice.index[twice.duplicated(keep="last")]] = True
    return earlier


def without_empty(sheet: Sheet) -> tuple[Sheet, tuple[Note, ...]]:
    """Leave out the columns without a filled cell, with a note of how many."""
    kept = [
        place for place, column in enumerate(sheet.columns) if not column.all(lambda cells: pc.invert(filled(cells)))
    ]
    empty = len(sheet.columns) - len(kept)
    if not empty:
        return sheet, ()
    return sheet.only(kept), (Note(Doubt.EMPTY_COLUMNS, count=empty),)
