"""The library: datasets kept in a folder, each there whole or not at all.

A dataset is `<checksum>.parquet` and, written last, its manifest `<key>.json`: it exists if its manifest does, and the
manifest comes into being by one rename. So a power cut or a full disk at any moment leaves the library as it was
before or as it is after. A new version takes over the key, and its manifest holds those of the versions before it.
"""

import hashlib
import json
import logging
import os
import re
import time
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Final, Literal

import platformdirs

from data.cohort import Cohort
from data.flows.schema import Flows
from data.release import as_may_be_said
from data.scoring import PROFILES, SUPPLIED
from data.writing import locked, replacing, sync, write_parquet

FOLDER_VARIABLE: Final = "RETURN_SPECTRUM_LIBRARY"
LONGEST_KEY: Final = 40
MAPPINGS: Final = "mappings"
"""Where in the library the mappings are."""
ORPHAN_AGE: Final = 3600
"""Seconds after which data that no manifest names are no longer taken for some that are just being kept or copied."""

_log = logging.getLogger(__name__)
_writing = Lock()


class LibraryError(RuntimeError):
    """The library's folder cannot be written; one sentence for the user."""


@dataclass(frozen=True)
class Manifest:
    """What is known of a kept dataset without opening it.

    `people` and `interviews` are distinct people and rows of a cohort; of recorded returns they are the people counted
    and 0. `waves` are a cohort's wave numbers, and `one_a_wave` tells that nobody has two interviews in one. `profile`
    tells how it was scored. `checksum` is the SHA-256 of the Parquet file `file`; `added` an ISO time in UTC. The two
    sets of weights, one per element, are those of the scores; empty where a file brought its scores, whose weights are
    not known. `description` is the keeper's own; `mapping`
    the text of the mapping that the file was read with, empty where there was none. `previous` holds the versions
    before this one, newest first, none of which holds others.
    """

    key: str
    name: str
    kind: Literal["cohort", "flows"]
    source: str
    licence: str
    synthetic: bool
    people: int
    interviews: int
    waves: tuple[int, ...]
    profile: str
    checksum: str
    file: str
    added: str
    doubts: tuple[str, ...]
    shipped: bool
    one_a_wave: bool = False
    dimension_weights: tuple[float, ...] = ()
    composite_weights: tuple[float, ...] = ()
    description: str = ""
    mapping: str = ""
    version: int = 1
    previous: tuple["Manifest", ...] = ()


def default_folder() -> Path:
    """Return the library's folder: what RETURN_SPECTRUM_LIBRARY names, else the user's data folder."""
    return Path(os.environ.get(FOLDER_VARIABLE) or platformdirs.user_data_dir("return-spectrum"))


def manifests(folder: Path) -> tuple[Manifest, ...]:
    """Return the manifests of all whole datasets in `folder`, by key; damaged ones are skipped and logged."""
    return tuple(manifest for file in sorted(folder.glob("*.json")) if (manifest := _whole(file)))


def names(kept: Iterable[Manifest]) -> dict[str, str]:
    """Return a name on screen for each key, with the key beside it where two datasets have one name."""
    kept = tuple(kept)
    given = [manifest.name for manifest in kept]
    return {m.key: m.name if given.count(m.name) == 1 else f"{m.name} ({m.key})" for m in kept}


def path(manifest: Manifest, folder: Path) -> Path:
    """Return where the dataset's Parquet file is."""
    return folder / manifest.file


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

    The same content is kept once: its first manifest is returned. Without a `key` one is made of the name, a new one
    if the name's is taken; a `key` that is given takes the place of what it stood for, which is forgotten. `replaces`
    is the key of a dataset that this one is a new version of: it takes that key, and the old version stays among
    `versions`.
    """
    if key is not None and not re.fullmatch(rf"[a-z0-9-]{{1,{LONGEST_KEY}}}", key):
        raise ValueError(f"A key has 1 to {LONGEST_KEY} of the letters a to z, digits and hyphens.")
    with alone(folder, make=True):
        old = _current(replaces, folder) if replaces else None
        with replacing(folder) as written:
            checksum = write_parquet(dataset.frame, written.file)
            if same := _with_content(checksum, folder):
                return same
            manifest = replace(
                _manifest(dataset, replaces or key or _free_key(dataset.name, checksum, folder), checksum, shipped),
                description=description,
                mapping=mapping,
                version=old.version + 1 if old else 1,
                previous=(replace(old, previous=()), *old.previous) if old else (),
            )
            written.become(folder / manifest.file)
        if same := _with_content(checksum, folder):  # a manifest that had lost its data has them back
            return same
        with replacing(folder) as written:
            written.file.write(json.dumps(asdict(manifest), indent=1).encode())
            written.become(folder / f"{manifest.key}.json")
    return manifest


def remove(key: str, folder: Path) -> None:
    """Remove the dataset `key` with all its versions; nothing happens if there is none.

    Raises `LibraryError` if that is not possible.
    """
    with alone(folder):
        gone = [manifest for manifest in manifests(folder) if manifest.key == key]
        for manifest in gone:
            (folder / f"{key}.json").unlink()
            sync(folder)
            used = _manifests_text(folder)
            for version in (manifest, *manifest.previous):
                if version.checksum.encode() not in used:
                    path(version, folder).unlink(missing_ok=True)


def sweep(folder: Path) -> int:
    """Delete what broken writes left behind, and return how many files that were.

    Half-written files go at once, as before every change. Whole data that no manifest names go after an hour: their
    manifest may be on its way, where a backup or a shared drive brings the files back one by one.
    """
    with alone(folder) as swept:
        used = _manifests_text(folder)
        data = [file for file in folder.glob("*.parquet") if file.stem.encode() not in used]
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


def _manifests_text(folder: Path) -> bytes:
    """All manifests as they stand, damaged ones too: what they name is not to be deleted."""
    return b"".join(file.read_bytes() for file in folder.glob("*.json"))


def _current(key: str, folder: Path) -> Manifest:
    kept = {manifest.key: manifest for manifest in manifests(folder)}
    if key not in kept:
        raise LibraryError(f"There is no dataset {key!r} to replace: it may have been removed; keep this one as new.")
    return kept[key]


def _with_content(checksum: str, folder: Path) -> Manifest | None:
    return next((manifest for manifest in manifests(folder) if manifest.checksum == checksum), None)


def described(cohort: Cohort, key: str) -> Manifest:
    """What a manifest says of a cohort that is not kept: it has no checksum, and its file is not there."""
    return _manifest(cohort, key, "", shipped=False)


def _manifest(dataset: Cohort | Flows, key: str, checksum: str, shipped: bool) -> Manifest:
    cohort = isinstance(dataset, Cohort)
    frame = dataset.frame
    scored_by = dataset.scored_by if isinstance(dataset, Cohort) else SUPPLIED
    return Manifest(
        key=key,
        name=dataset.name,
        kind="cohort" if cohort else "flows",
        source=dataset.source,
        licence=dataset.licence,
        synthetic=dataset.synthetic,
        people=int(frame["person"].nunique() if cohort else frame["people"].sum()),
        interviews=len(frame) if cohort else 0,
        waves=tuple(int(wave) for wave in sorted(frame["wave"].dropna().unique())) if cohort else (),
        profile="; ".join(_profile_label(key) for key in frame["profile"].unique()) if cohort else "",
        checksum=checksum,
        file=f"{checksum}.parquet",
        added=datetime.now(UTC).isoformat(timespec="seconds"),
        doubts=tuple(map(as_may_be_said, dataset.doubts)) if cohort else dataset.doubts,
        shipped=shipped,
        one_a_wave=cohort and not frame.dropna(subset=["wave"]).duplicated(["person", "wave"]).any(),
        dimension_weights=scored_by.dimension_weights,
        composite_weights=scored_by.composite_weights,
    )


def _profile_label(key: str) -> str:
    return PROFILES[key].label if key in PROFILES else key


def _free_key(name: str, checksum: str, folder: Path) -> str:
    """A key safe in a URL and as a file name: the name's letters, and the checksum's where that is taken."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    key = re.sub("[^a-z0-9]+", "-", letters)[:LONGEST_KEY].strip("-") or "dataset"
    if (folder / f"{key}.json").exists():
        key = f"{key[: LONGEST_KEY - 9].rstrip('-')}-{checksum[:8]}"
    return key


def _whole(file: Path) -> Manifest | None:
    """The manifest in `file`, if it and its dataset are whole."""
    try:
        manifest = _from_json(json.loads(file.read_bytes()))
        if manifest.key != file.stem:
            raise ValueError("it names another dataset")
    except (OSError, ValueError, TypeError, KeyError) as error:
        _log.warning("Dataset %s is left out: %s", file.stem, error)
        return None
    return manifest if _has_data(manifest, file.parent) else None


def _has_data(manifest: Manifest, folder: Path) -> bool:
    """Whether the data are what was kept; a word in the log if not."""
    try:
        if manifest.file != f"{manifest.checksum}.parquet":
            raise ValueError("it names another dataset")
        content = folder / Path(manifest.file).name
        state = content.stat()
        if _digest(content, state.st_size, state.st_mtime_ns) != manifest.checksum:
            raise ValueError("its data are not what was kept")
    except (OSError, ValueError) as error:
        _log.warning("Dataset %s is left out: %s", manifest.key, error)
        return False
    return True


def _from_json(raw: Any) -> Manifest:
    fields = {field: _tupled(value) for field, value in dict(raw).items()}
    return Manifest(**{**fields, "previous": tuple(map(_from_json, fields.get("previous", ())))})


def _tupled(value: Any) -> Any:
    """JSON knows no tuples."""
    return tuple(value) if isinstance(value, list) else value


@lru_cache(maxsize=256)
def _digest(file: Path, size: int, changed: int) -> str:  # noqa: ARG001 - size and time tell when to read it anew
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
