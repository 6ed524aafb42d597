"""Mappings that are kept: TOML files in the library's folder, and those the app brings along."""

import logging
import os
import re
import tempfile
import unicodedata
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from data.library import FOLDER_VARIABLE, LONGEST_KEY, LibraryError
from data.mapping.model import Mapping
from data.mapping.toml import as_toml, from_toml
from data.reading.problems import ReadingError

FOLDER: Final = "mappings"
"""Where in the library the mappings are."""

_log = logging.getLogger(__name__)


def keep(mapping: Mapping, library: Path) -> str:
    """Keep `mapping` under the key made of its name, and return the key; one of the same name is replaced.

    Raises `LibraryError` if the folder cannot be written, and leaves what was there.
    """
    key = _key(mapping.name)
    folder = library / FOLDER
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(as_toml(mapping).encode())
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(folder / f"{key}.toml")
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise _refused(error) from error
    return key


def kept(library: Path) -> dict[str, Mapping]:
    """Return the kept mappings by key; files that cannot be read are skipped and logged."""
    return _all_in(library / FOLDER)


def remove(key: str, library: Path) -> None:
    """Remove the kept mapping `key`, if there is one; raises `LibraryError` if that is not possible."""
    if key not in kept(library):
        return
    try:
        (library / FOLDER / f"{key}.toml").unlink(missing_ok=True)
    except OSError as error:
        raise _refused(error) from error


@cache
def shipped() -> dict[str, Mapping]:
    """Return the mappings that the app brings along, by key."""
    return _all_in(Path(__file__).with_name("shipped"))


def _all_in(folder: Path) -> dict[str, Mapping]:
    found = {}
    for file in sorted(folder.glob("*.toml")):
        try:
            found[file.stem] = from_toml(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, ReadingError) as error:
            _log.warning("Mapping %s is left out: %s", file.stem, error)
    return found


def _key(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", letters)[:LONGEST_KEY].strip("-") or "mapping"


def _refused(error: OSError) -> LibraryError:
    return LibraryError(
        f"The library cannot be changed ({error.strerror or 'the disk refuses'}): free some space, or let "
        f"{FOLDER_VARIABLE} name a folder that can be written."
    )
