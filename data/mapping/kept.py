"""Mappings that are kept: TOML files in the library's folder, and those the app brings along."""

import hashlib
import logging
from functools import cache
from pathlib import Path

from data.library import MAPPINGS, alone, free_key
from data.mapping.model import Mapping
from data.mapping.toml import as_toml, from_toml
from data.reading.problems import ReadingError
from data.writing import replacing

_log = logging.getLogger(__name__)


def keep(mapping: Mapping, library: Path) -> str:
    """Keep `mapping` and return its key, made of its name; one of the same name is replaced, and no other.

    Raises `LibraryError` if the folder cannot be written, and leaves what was there.
    """
    folder = library / MAPPINGS
    with alone(library, make=True):
        folder.mkdir(mode=0o700, exist_ok=True)
        there = _all(folder)
        sign = hashlib.sha256(mapping.name.encode(errors="backslashreplace")).hexdigest()
        same = (key for key, other in there.items() if isinstance(other, Mapping) and other.name == mapping.name)
        key = next(same, None) or free_key(mapping.name, sign, "mapping", there)
        with replacing(folder) as written:
            written.file.write(as_toml(mapping).encode())
            written.become(folder / f"{key}.toml")
    return key


def kept(library: Path) -> dict[str, Mapping]:
    """Return the kept mappings by key; `unreadable` tells of those that cannot be read."""
    return _mappings(library / MAPPINGS)


def unreadable(library: Path) -> dict[str, str]:
    """Return a sentence for the key of each kept mapping that cannot be read: what is wrong, and how to mend it."""
    return {key: found for key, found in _all(library / MAPPINGS).items() if isinstance(found, str)}


def remove(key: str, library: Path) -> None:
    """Remove the kept mapping `key`, readable or not; raises `LibraryError` if that is not possible."""
    with alone(library):
        file = library / MAPPINGS / f"{key}.toml"
        if file in file.parent.glob("*.toml"):
            file.unlink()


@cache
def shipped() -> dict[str, Mapping]:
    """Return the mappings that the app brings along, by key."""
    return _mappings(Path(__file__).with_name("shipped"))


def _mappings(folder: Path) -> dict[str, Mapping]:
    return {key: found for key, found in _all(folder).items() if isinstance(found, Mapping)}


def _all(folder: Path) -> dict[str, Mapping | str]:
    """What is in `folder`, by key: each mapping, or why it is left out."""
    found: dict[str, Mapping | str] = {}
    for file in sorted(folder.glob("*.toml")):
        try:
            found[file.stem] = from_toml(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, ReadingError) as error:
            unread = "it is not text, or may not be opened: put it back from a copy of the library, or remove it."
            why = error.problems[0] if isinstance(error, ReadingError) else unread
            found[file.stem] = f"Mapping {file.stem!r} is left out because {why[0].lower()}{why[1:]}"
            _log.warning("%s", found[file.stem])
    return found
