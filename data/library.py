"""The library: datasets kept in a folder, each there whole or not at all.

A dataset is `<checksum>.parquet` and, written last, its manifest `<key>.json`: it exists if its manifest does, and the
manifest comes into being by one rename. So a power cut or a full disk at any moment leaves the library as it was
before or as it is after.
"""

import hashlib
import io
import json
import logging
import os
import re
import tempfile
import time
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Final, Literal

import platformdirs
import pyarrow as pa
import pyarrow.parquet as pq

from data.cohort import Cohort
from data.flows.schema import Flows
from data.scoring import PROFILES, SUPPLIED

FOLDER_VARIABLE: Final = "RETURN_SPECTRUM_LIBRARY"
LONGEST_KEY: Final = 40
ORPHAN_AGE: Final = 3600
"""Seconds after which a file that no manifest names is no longer one that is just being kept."""

_log = logging.getLogger(__name__)
_writing = Lock()


class LibraryError(RuntimeError):
    """The library's folder cannot be written; one sentence for the user."""


@dataclass(frozen=True)
class Manifest:
    """What is known of a kept dataset without opening it.

    `people` and `interviews` are distinct people and rows of a cohort; of recorded returns they are the people counted
    and 0. `waves` are a cohort's wave numbers. `profile` tells how it was scored. `checksum` is the SHA-256 of the
    Parquet file `file`; `added` an ISO time in UTC. The two sets of weights, one per element, are those of the scores;
    empty where a file brought its scores, whose weights are not known.
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
    dimension_weights: tuple[float, ...] = ()
    composite_weights: tuple[float, ...] = ()


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


def keep(dataset: Cohort | Flows, folder: Path, *, key: str | None = None, shipped: bool = False) -> Manifest:
    """Keep `dataset` and return its manifest, or raise `LibraryError` and leave the library as it was.

    The same content is kept once: its first manifest is returned. Without a `key` one is made of the name, a new one
    if the name's is taken; a `key` that is given takes the place of what it stood for.
    """
    if key is not None and not re.fullmatch(rf"[a-z0-9-]{{1,{LONGEST_KEY}}}", key):
        raise ValueError(f"A key has 1 to {LONGEST_KEY} of the letters a to z, digits and hyphens.")
    with _writing, _told():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = _parquet(dataset)
        checksum = hashlib.sha256(content).hexdigest()
        if same := _with_content(checksum, folder):
            return same
        manifest = _manifest(dataset, key or _free_key(dataset.name, checksum, folder), checksum, shipped)
        _write(folder / manifest.file, content)
        if same := _with_content(checksum, folder):  # a manifest that had lost its data has them back
            return same
        _write(folder / f"{manifest.key}.json", json.dumps(asdict(manifest), indent=1).encode())
    return manifest


def remove(key: str, folder: Path) -> None:
    """Remove the dataset `key`; nothing happens if there is none. Raises `LibraryError` if that is not possible."""
    with _writing, _told():
        gone = [manifest for manifest in manifests(folder) if manifest.key == key]
        for manifest in gone:
            (folder / f"{key}.json").unlink()
            _sync(folder)
            if not _with_content(manifest.checksum, folder):
                path(manifest, folder).unlink()


def sweep(folder: Path) -> int:
    """Delete what broken writes left behind an hour ago or earlier, and return how many files that were."""
    with _writing, _told():
        manifests_text = b"".join(file.read_bytes() for file in folder.glob("*.json"))  # damaged ones count too
        before = time.time() - ORPHAN_AGE
        left = [
            file
            for file in (*folder.glob("*.tmp"), *folder.glob("*.parquet"))
            if file.stem.encode() not in manifests_text and file.stat().st_mtime < before
        ]
        for file in left:
            file.unlink()
    return len(left)


def _with_content(checksum: str, folder: Path) -> Manifest | None:
    return next((manifest for manifest in manifests(folder) if manifest.checksum == checksum), None)


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
        doubts=dataset.doubts,
        shipped=shipped,
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


def _parquet(dataset: Cohort | Flows) -> bytes:
    table = pa.Table.from_pandas(dataset.frame, preserve_index=False).replace_schema_metadata(None)
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", use_dictionary=True)
    return sink.getvalue()


def _whole(file: Path) -> Manifest | None:
    """The manifest in `file`, if it and its dataset are whole."""
    try:
        raw = json.loads(file.read_bytes())
        manifest = Manifest(**{field: _tupled(value) for field, value in dict(raw).items()})
        if manifest.key != file.stem or manifest.file != f"{manifest.checksum}.parquet":
            raise ValueError("it names another dataset")
        content = file.parent / Path(manifest.file).name
        state = content.stat()
        if _digest(content, state.st_size, state.st_mtime_ns) != manifest.checksum:
            raise ValueError("its data are not what was kept")
    except (OSError, ValueError, TypeError, KeyError) as error:
        _log.warning("Dataset %s is left out: %s", file.stem, error)
        return None
    return manifest


def _tupled(value: Any) -> Any:
    """JSON knows no tuples."""
    return tuple(value) if isinstance(value, list) else value


@lru_cache(maxsize=256)
def _digest(file: Path, size: int, changed: int) -> str:  # noqa: ARG001 - size and time tell when to read it anew
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _write(file: Path, content: bytes) -> None:
    """Write `file` by way of a temporary one beside it: it holds all of `content`, or what it held before."""
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as temporary:
            temporary.write(content)
            temporary.flush()
            os.fsync(temporary.fileno())
        os.replace(name, file)  # noqa: PTH105 - the one call whose whole meaning is known
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    _sync(file.parent)


def _sync(folder: Path) -> None:
    """Make renames in `folder` outlast a power cut, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise LibraryError(
            f"The library cannot be changed ({error.strerror or 'the disk refuses'}): free some space, or let "
            f"{FOLDER_VARIABLE} name a folder that can be written."
        ) from error
