"""Titles above a table's heading, as spreadsheets have them."""

import re
from typing import Final

from data.notes import Doubt, Note
from data.reading.table import LongTable, Table

MOST: Final = 30
"""A heading is looked for in so many rows."""

WIDTH: Final = 3
"""A table has at least so many columns, if titles are to be told from it."""

_NUMBER: Final = re.compile(r"[-+]?[\d.,:/ -]+%?")


def without_preamble(table: Table) -> tuple[Table, tuple[Note, ...]]:
    """Return `table` without the rows above its heading, and a note of how many.

    There are such only if the first row fills less than half as many cells as the widest of the first rows. The
    heading is then the first row that fills as many as the widest of those below it, with distinct words and no number;
    where there is none, or any row above it fills half as many, nothing is left out. A long table is left as it is.
    """
    if isinstance(table, LongTable):
        return table, ()
    cells = [[cell.strip() for cell in row if cell.strip()] for row in table.head.iloc[: 2 * MOST].to_numpy().tolist()]
    widest = max(map(len, cells))
    if widest < WIDTH or 2 * len(cells[0]) >= widest:
        return table, ()
    for place, words in enumerate(cells[:MOST]):
        if 2 * len(words) < widest:
            continue
        below = max(map(len, cells[place + 1 :]), default=widest + 1)
        if len(words) < below or len(set(words)) < len(words) or any(map(_NUMBER.fullmatch, words)):
            break
        frame = table.frame.iloc[place:].reset_index(drop=True)
        return Table(frame, table.notes), (Note(Doubt.ABOVE_HEADING, rows=place),)
    return table, ()
