"""The library: datasets kept in a folder, each there whole or not at all.

A dataset is `<checksum>.parquet` and, written last, its manifest `<key>.json`: it exists if its manifest does, and the
manifest comes into being by one rename. So a power cut or a full disk at any moment leaves the library as it was
before or as it is after. A new version takes over the key, and its manifest holds those of the versions before it.
"""

import hashlib
import logging
import os
import re
import time
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import lru_cache
from itertools import chain, count
from pathlib import Path
from threading import Lock
from typing import Final

import platformdirs

from data import keys
from data.cohort import Cohort
from data.flows.schema import Flows
from data.manifest import CHECKSUM, Manifest, ManifestError, as_json, described, from_json
from data.writing import locked, replacing, sync, write_parquet

FOLDER_VARIABLE: Final = "RETURN_SPECTRUM_LIBRARY"
LONGEST_KEY: Final = 40
MAPPINGS: Final = "mappings"
"""Where in the library the mappings are."""
NOT_STATED: Final = "not stated"
"""The source or licence of a dataset of which none was said."""
ORPHAN_AGE: Final = 3600
"""Seconds after which data that no manifest names are no longer taken for some that are just being kept or copied."""

_log = logging.getLogger(__name__)
_writing = Lock()


class LibraryError(RuntimeError):
    """The library's folder cannot be written; one sentence for the user."""


def default_folder() -> Path:
    """Return the library's folder: what RETURN_SPECTRUM_LIBRARY names, else the user's data folder."""
    return Path(os.environ.get(FOLDER_VARIABLE) or platformdirs.user_data_dir("return-spectrum"))


def manifests(folder: Path) -> tuple[Manifest, ...]:
    """Return the manifests of all whole datasets in `folder`, by key; `unreadable` tells of the others."""
    return tuple(found for found in _all(folder).values() if isinstance(found, Manifest))


def unreadable(folder: Path) -> dict[str, str]:
    """Return a sentence for the key of each dataset in `folder` that is left out: what is wrong, and how to mend it.

    Its manifest is damaged or in a newer form, or its data are missing or not what was kept.
    """
    return {key: found for key, found in _all(folder).items() if isinstance(found, str)}


def names(kept: Iterable[Manifest]) -> dict[str, str]:
    """Return a name on screen for each key, with the key beside it where two datasets have one name."""
    kept = tuple(kept)
    given = [manifest.name for manifest in kept]
    return {m.key: m.name if given.count(m.name) == 1 else f"{m.name} ({m.key})" for m in kept}


def path(manifest: Manifest, folder: Path) -> Path:
    """Return where the dataset's Parquet file is."""
    return folder / manifest.file


def secret(folder: Path) -> bytes:
    """Return the library's secret (`data.keys`), made if it has none; raises `LibraryError` if that is not possible."""
    try:
        if (found := keys.secret(folder)) is not None:
            return found
    except keys.SecretError as error:
        raise LibraryError(str(error)) from error
    with alone(folder, make=True):
        return keys.make_secret(folder)


def versions(key: str, folder: Path) -> tuple[Manifest, ...]:
    """Return the versions of the dataset `key` whose data are whole, newest first; none if there is no such dataset."""
    return tuple(
        version
        for manifest in manifests(folder)
        if manifest.key == key
        for version in (manifest, *manifest.previous)
        if _has_data(version, folder)
    )


def keep(
    dataset: Cohort | Flows,
    folder: Path,
    *,
    key: str | None = None,
    replaces: str | None = None,
    shipped: bool = False,
    description: str = "",
    mapping: str = "",
) -> Manifest:
    """Keep `dataset` and return its manifest, or raise `LibraryError` and leave the library as it was.

    The same content, keys of people (`data.keys`) included, is kept once: if it is there already, its manifest takes
    what is given now and stays what it was in key and version; what the app brings along stays as it is for anyone else
    who keeps it. Without a `key` one is made of the name, a new one if the name's is taken; a `key` that is given takes
    the place of what it stood for,
    which is forgotten. `replaces` is the key of a dataset that this one is a new version of: it takes that key, and the
    old version stays among `versions`.
    """
    if key is not None and not re.fullmatch(rf"[a-z0-9-]{{1,{LONGEST_KEY}}}", key):
        raise ValueError(f"A key has 1 to {LONGEST_KEY} of the letters a to z, digits and hyphens.")
    by = keys.PUBLIC if isinstance(dataset, Flows) or dataset.synthetic else secret(folder)
    with alone(folder, make=True):
        old = _current(replaces, folder) if replaces else None
        frame = dataset.frame
        if isinstance(dataset, Cohort):
            frame = keys.keyed(frame, by)
        with replacing(folder) as written:
            checksum = write_parquet(frame, written.file)
            same = _with_content(checksum, folder)
            if not same:
                written.become(folder / f"{checksum}.parquet")
        same = same or _with_content(checksum, folder)  # a manifest that had lost its data has them back
        given = replace(described(dataset, "", checksum, shipped), description=description, mapping=mapping)
        if same:
            manifest = _corrected(same, given)
        else:
            manifest = replace(
                given,
                key=replaces or key or free_key(dataset.name, checksum, "dataset", _all(folder)),
                version=old.version + 1 if old else 1,
                previous=(replace(old, previous=()), *old.previous) if old else (),
            )
        if manifest != same:
            with replacing(folder) as written:
                written.file.write(as_json(manifest))
                written.become(folder / f"{manifest.key}.json")
    return manifest


def remove(key: str, folder: Path) -> None:
    """Remove the dataset `key` with all its versions, or what is left of it; nothing happens if there is none.

    Raises `LibraryError` if that is not possible.
    """
    with alone(folder):
        file = folder / f"{key}.json"
        if file not in folder.glob("*.json"):
            return
        named = _named_in(file)
        file.unlink()
        sync(folder)
        for checksum in named - _named(folder):
            (folder / f"{checksum}.parquet").unlink(missing_ok=True)


def sweep(folder: Path) -> int:
    """Delete what broken writes left behind, and return how many files that were.

    Half-written files go at once, as before every change. Whole data that no manifest names go after an hour: their
    manifest may be on its way, where a backup or a shared drive brings the files back one by one. While a manifest
    cannot be read they stay, for they may be its own.
    """
    with alone(folder) as swept:
        if unreadable(folder):
            return swept
        kept = _named(folder)
        data = [file for file in folder.glob("*.parquet") if CHECKSUM.fullmatch(file.stem) and file.stem not in kept]
        return swept + _delete(data, ORPHAN_AGE)


@contextmanager
def alone(folder: Path, make: bool = False) -> Iterator[int]:
    """Change the library while no other thread or process does; an OSError is told as a `LibraryError`.

    What killed writers left half-written, perhaps rows of people, is deleted first, and told is how many files that
    were. All writers hold the lock, so under it no such file is still being written; without one, an old file is not.
    """
    try:
        if make:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _writing, locked(folder) as held:
            yield _delete((*folder.glob("*.tmp"), *folder.glob(f"{MAPPINGS}/*.tmp")), 0 if held else ORPHAN_AGE)
    except OSError as error:
        raise LibraryError(
            f"The library cannot be changed ({error.strerror or 'the disk refuses'}): free some space, or let "
            f"{FOLDER_VARIABLE} name a folder that can be written."
        ) from error


def _delete(files: Iterable[Path], age: int) -> int:
    """Delete those of `files` that are `age` seconds old; return how many. What cannot go now goes another time."""
    gone = 0
    for file in files:
        with suppress(OSError):
            if not age or file.stat().st_mtime < time.time() - age:
                file.unlink()
                gone += 1
    return gone


def _named(folder: Path) -> set[str]:
    """The checksums in all manifests as they stand, damaged ones too: what they name is not to be deleted."""
    return {checksum for file in folder.glob("*.json") for checksum in _named_in(file)}


def _named_in(file: Path) -> set[str]:
    return set(CHECKSUM.findall(file.read_text(encoding="ascii", errors="replace")))


def _current(key: str, folder: Path) -> Manifest:
    kept = {manifest.key: manifest for manifest in manifests(folder)}
    if key not in kept:
        raise LibraryError(f"There is no dataset {key!r} to replace: it may have been removed; keep this one as new.")
    return kept[key]


def _with_content(checksum: str, folder: Path) -> Manifest | None:
    return next((manifest for manifest in manifests(folder) if manifest.checksum == checksum), None)


def _corrected(kept: Manifest, given: Manifest) -> Manifest:
    """`kept` with what is given of the same content now; what is left blank or not stated is no correction."""
    if kept.shipped != given.shipped:
        return kept
    blank = {"source": NOT_STATED, "licence": NOT_STATED, "description": "", "mapping": ""}
    unsaid = {field: getattr(kept, field) for field, nothing in blank.items() if getattr(given, field) == nothing}
    return replace(given, key=kept.key, added=kept.added, version=kept.version, previous=kept.previous, **unsaid)


def free_key(name: str, sign: str, otherwise: str, taken: Iterable[str]) -> str:
    """Return a key safe in a URL and as a file name that is not `taken`: the letters of `name`, else `otherwise`.

    Where that is taken, the start of `sign` tells it apart, a checksum of what the key is for; then a number does too.
    Keys that differ in capitals alone are one, as they are one file on some systems.
    """
    keys_taken = {key.casefold() for key in taken}
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub("[^a-z0-9]+", "-", letters).strip("-") or otherwise
    ends = chain(("", f"-{sign[:8]}"), (f"-{sign[:8]}-{number}" for number in count(2)))
    keys = (stem[: LONGEST_KEY - len(end)].strip("-") + end for end in ends)
    return next(key for key in keys if key not in keys_taken)


def _all(folder: Path) -> dict[str, Manifest | str]:
    """What is in `folder`, by key: each dataset's manifest, or why it is left out."""
    found: dict[str, Manifest | str] = {}
    for file in sorted(folder.glob("*.json")):
        try:
            found[file.stem] = _whole(file)
        except ManifestError as error:
            _log.warning("%s", error)
            found[file.stem] = str(error)
    return found


def _whole(file: Path) -> Manifest:
    """The manifest in `file`, if it and its dataset are whole; else a `ManifestError`."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ManifestError(file.stem, f"{file.name} cannot be opened: see that it may be read") from error
    manifest = from_json(content, file.stem)
    _check_data(manifest, file.parent)
    return manifest


def _check_data(manifest: Manifest, folder: Path) -> None:
    """Raise `ManifestError` unless the data are what was kept."""
    content = path(manifest, folder)
    try:
        state = content.stat()
        wrong = _digest(content, state.st_size, state.st_mtime_ns) != manifest.checksum and "are not what was kept"
    except OSError:
        wrong = "are missing, or may not be read"
    if wrong:
        raise ManifestError(
            manifest.key, f"its data {wrong}: load the file it came from and keep it again, or remove what is left"
        )


def _has_data(manifest: Manifest, folder: Path) -> bool:
    with suppress(ManifestError):
        _check_data(manifest, folder)
        return True
    return False


@lru_cache(maxsize=256)
def _digest(file: Path, size: int, changed: int) -> str:  # noqa: ARG001 - size and time tell when to read it anew
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
