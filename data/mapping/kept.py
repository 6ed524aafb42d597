"""Mappings that are kept: TOML files in the library's folder, and those the app brings along."""

import logging
import re
import unicodedata
from functools import cache
from pathlib import Path

from data.library import LONGEST_KEY, MAPPINGS, alone
from data.mapping.model import Mapping
from data.mapping.toml import as_toml, from_toml
from data.reading.problems import ReadingError
from data.writing import replacing

_log = logging.getLogger(__name__)


def keep(mapping: Mapping, library: Path) -> str:
    """Keep `mapping` under the key made of its name, and return the key; one of the same name is replaced.

    Raises `LibraryError` if the folder cannot be written, and leaves what was there.
    """
    key = _key(mapping.name)
    folder = library / MAPPINGS
    with alone(library, make=True):
        folder.mkdir(mode=0o700, exist_ok=True)
        with replacing(folder) as written:
            written.file.write(as_toml(mapping).encode())
            written.become(folder / f"{key}.toml")
    return key


def kept(library: Path) -> dict[str, Mapping]:
    """Return the kept mappings by key; files that cannot be read are skipped and logged."""
    return _all_in(library / MAPPINGS)


def remove(key: str, library: Path) -> None:
    """Remove the kept mapping `key`, if there is one; raises `LibraryError` if that is not possible."""
    with alone(library):
        file = library / MAPPINGS / f"{key}.toml"
        if file in (library / MAPPINGS).glob("*.toml"):
            file.unlink()


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
