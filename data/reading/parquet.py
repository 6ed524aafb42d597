"""A Parquet file → a table of text; columns of lists or structures, which no field takes, come out blank."""

from collections.abc import Iterator
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from data.reading.pieces import LONG, Pieces
from data.reading.table import NoTableError
from data.reading.text import MOST_COLUMNS

_MANY_CELLS: Final = 10_000_000
_CELLS_AT_ONCE: Final = 2_000_000


def is_long(source: pa.NativeFile) -> bool:
    """Whether the file unpacks to more than should be in memory at one time; `source` is left at its start."""
    metadata = _file(source).metadata
    unpacked = sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))
    return bool(unpacked > LONG or metadata.num_rows * metadata.num_columns > _MANY_CELLS)


def short_parquet(source: pa.NativeFile) -> pa.Table:
    """Return the whole file, its headings as first row."""
    table = _file(source).read()
    columns = [
        pa.chunked_array([pa.array([name], pa.string()), *map(_as_text, column.chunks)])
        for name, column in zip(table.column_names, table.columns, strict=True)
    ]
    return pa.table(columns, names=[str(place) for place in range(len(columns))])


def long_parquet(source: pa.NativeFile) -> Pieces:
    """Return the file as pieces, each being read when it is asked for."""
    file = _file(source)
    return Pieces(tuple(file.schema_arrow.names), _batches(file))


def _file(source: pa.NativeFile) -> pq.ParquetFile:
    source.seek(0)
    file = pq.ParquetFile(source)
    if file.metadata.num_columns > MOST_COLUMNS:
        raise NoTableError
    return file


def _batches(file: pq.ParquetFile) -> Iterator[tuple[float, pa.RecordBatch]]:
    metadata = file.metadata
    done = 0
    for batch in file.iter_batches(max(1, _CELLS_AT_ONCE // max(1, metadata.num_columns))):
        yield done / metadata.num_rows, pa.record_batch(list(map(_as_text, batch.columns)), names=batch.schema.names)
        done += len(batch)


def _as_text(column: pa.Array) -> pa.Array:
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), None, column)
    elif pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    try:
        return pc.fill_null(column.cast(pa.string()), "")
    except pa.ArrowNotImplementedError:
        return pa.array([""] * len(column), pa.string())
