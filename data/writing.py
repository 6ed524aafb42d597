"""Files that are there whole or not at all, and a folder that one process changes at a time."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import lock_descriptor, unlock_descriptor

LOCK: Final = ".lock"
"""The file in a folder whose lock is the folder's; it is empty, and stays."""

_ROWS_AT_ONCE: Final = 500_000


@dataclass(frozen=True)
class Written:
    """A temporary file that takes the place of another once all is in it."""

    file: IO[bytes]
    name: Path

    def become(self, place: Path) -> None:
        """Be on the disk whole and then, by one rename, at `place` in the same folder."""
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        os.replace(self.name, place)  # noqa: PTH105 - the one call whose whole meaning is known
        sync(place.parent)


@contextmanager
def replacing(folder: Path) -> Iterator[Written]:
    """Open a temporary file in `folder`, which only this user may read and which is gone unless it became another."""
    handle, name = tempfile.mkstemp(dir=folder, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            yield Written(file, Path(name))
    finally:
        with suppress(OSError):
            Path(name).unlink(missing_ok=True)


def write_parquet(frame: pd.DataFrame, file: IO[bytes]) -> str:
    """Write `frame` to `file` block by block, so that memory never holds it in a second form; return its SHA-256."""
    hashed = _Hashed(file)
    schema = pa.Schema.from_pandas(frame.head(0), preserve_index=False).remove_metadata()
    with pq.ParquetWriter(hashed, schema, compression="zstd") as writer:
        for start in range(0, len(frame), _ROWS_AT_ONCE):
            block = frame.iloc[start : start + _ROWS_AT_ONCE]
            writer.write_table(pa.Table.from_pandas(block, schema, preserve_index=False))
    return hashed.sum.hexdigest()


class _Hashed:
    """A file being written, and the checksum of what went into it."""

    closed = False

    def __init__(self, file: IO[bytes]) -> None:
        self.sum = hashlib.sha256()
        self._file = file

    def write(self, content: Any) -> int:
        self.sum.update(content)
        return self._file.write(content)

    def flush(self) -> None:
        self._file.flush()


def sync(folder: Path) -> None:
    """Make renames in `folder` outlast a power cut, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Hold the lock of `folder` among processes, and tell whether it is held; it goes with the process that holds it.

    Where there is none to be had, as on some network drives, work goes on without.
    """
    held = False
    with ExitStack() as after:
        with suppress(OSError):
            handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
            after.callback(os.close, handle)
            held = lock_descriptor(handle)
            after.callback(unlock_descriptor, handle)  # Windows takes its time if the file is only closed
        yield held
