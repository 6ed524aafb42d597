"""A long file, piece by piece, into a table that does not fill the memory."""

import errno
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from data.disclosure import released_people
from data.notes import Note
from data.reading.problems import ReadingError
from data.reading.table import LongTable

LONG: Final = 64 * 2**20
"""A file of more bytes than this is read in pieces."""

PIECE: Final = 16 * 2**20
"""Bytes of a long file that are in memory at one time, about."""

MOST_ROWS: Final = 20_000_000
MOST_TEXT: Final = 8 * 2**30
"""Bytes that a file may unpack to, whatever its own size."""

Tell = Callable[[float, str], None]
"""Takes the share done (0…1) and the stage; by raising from it a caller stops the reading."""


@dataclass(frozen=True)
class Pieces:
    """A long file being read: its headings, and the rows under them as batches of text columns.

    Each batch comes with the share of the file (0…1) that is read by then.
    """

    headings: tuple[str, ...]
    batches: Iterator[tuple[float, pa.RecordBatch]]
    notes: tuple[Note, ...] = ()


def stored(pieces: Pieces, filename: str, tell: Tell) -> LongTable:
    """Write `pieces` to a temporary file that only this user may read, and return the table in it.

    The file goes with the table, or at once when something fails. Raises `ReadingError` where the rows are too many,
    or too much text, or the disk is full.
    """
    schema = pa.schema([(str(place), pa.string()) for place in range(len(pieces.headings))])
    filled = np.zeros(len(schema), "int64")
    rows = text = 0
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the table closes it
    try:
        with pq.ParquetWriter(file, schema, compression="lz4") as writer:
            for share, batch in pieces.batches:
                so_far = released_people(rows)
                tell(share, f"Reading the file: {so_far:,} rows" if so_far else "Reading the file")
                there = [pc.not_equal(column, "") for column in batch]
                filled += [pc.sum(cells, min_count=0).as_py() for cells in there]
                kept = batch.filter(reduce(pc.or_, there))
                rows, text = rows + len(kept), text + batch.nbytes
                if rows > MOST_ROWS or text > MOST_TEXT:
                    raise ReadingError(
                        f"{filename} holds more than {MOST_ROWS:,} rows, or more than {MOST_TEXT >> 30} GB of text: "
                        "split it, such as by year, and load each part."
                    )
                writer.write_batch(kept.rename_columns(schema.names).cast(schema))
        pa.default_memory_pool().release_unused()  # what reading ahead took is not needed again
        return LongTable(file, pieces.headings, tuple(filled.tolist()), pieces.notes)
    except BaseException as error:
        file.close()
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise ReadingError(
                f"{filename} is read by way of a temporary file, and the disk has no room for it: free some space."
            ) from error
        raise
