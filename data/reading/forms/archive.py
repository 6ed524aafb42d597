"""The archive of CSV files that ODK Central gives: the form's, and one for each repeat group."""

import io
import zipfile
from typing import Final

from data.reading.problems import DAMAGED, ReadingError
from data.reading.table import Table
from data.reading.tables import read_table

MOST_FILES: Final = 200
MOST_UNPACKED: Final = 2**30
"""Bytes the CSV files of an archive may unpack to."""


def is_archive(content: bytes) -> bool:
    """Whether `content` is a zip archive with CSV files, and so no Excel file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return bool(_files(archive))
    except DAMAGED:
        return False


def unpacked(content: bytes, filename: str) -> dict[str, Table]:
    """Return the table in each CSV file of an archive by the file's name, but for those without rows.

    Raises `ReadingError` if it is damaged, locked, unpacks to more than 1 GB, or no file has rows.
    """
    tables: dict[str, Table] = {}
    room = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in _files(archive)[:MOST_FILES]:
                with archive.open(part) as file:  # what an archive says of a part's size may be wrong
                    data = file.read(room + 1)
                room -= len(data)
                if room < 0:
                    raise ReadingError(
                        f"{filename} unpacks to more than {MOST_UNPACKED >> 30} GB: unpack it and load the CSV file."
                    )
                if len(data.strip().splitlines()) > 1:
                    tables[part.filename.rpartition("/")[2].removesuffix(".csv")] = read_table(data, part.filename)
    except ReadingError:
        raise
    except DAMAGED as error:
        raise ReadingError(f"{filename} cannot be unpacked: export it again without a password.") from error
    if not tables:
        raise ReadingError(f"{filename} holds no CSV file with rows: export it again with its interviews.")
    return tables


def _files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [
        part
        for part in archive.infolist()
        if part.filename.lower().endswith(".csv") and not part.filename.startswith("__MACOSX")
    ]
