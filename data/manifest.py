"""What is known of a kept dataset without opening it, and how that is written: JSON that a later version may add to."""

import json
import re
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any, Final, Literal, get_args, get_origin

from data.cohort import Cohort
from data.disclosure import as_may_be_said
from data.flows.schema import Flows
from data.notes import Note, as_raw, from_raw
from data.scoring import PROFILES, SUPPLIED

FORMAT: Final = 2
"""The version of the file's shape. New fields leave it as it is; a change that an older app would misread raises it.

Format 1 had doubts as sentences, which are still read."""
CHECKSUM: Final = re.compile("[0-9a-f]{64}")


class ManifestError(ValueError):
    """A dataset that cannot be used; one sentence for the user, with the dataset's key."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(f"Dataset {key!r} is left out because {why}.")


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
    doubts: tuple[Note, ...]
    shipped: bool
    one_a_wave: bool = False
    dimension_weights: tuple[float, ...] = ()
    composite_weights: tuple[float, ...] = ()
    description: str = ""
    mapping: str = ""
    version: int = 1
    previous: tuple["Manifest", ...] = ()


def described(dataset: Cohort | Flows, key: str, checksum: str = "", shipped: bool = False) -> Manifest:
    """Return what a manifest says of `dataset`; one that is not kept has no checksum, and its file is not there."""
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


def as_json(manifest: Manifest) -> bytes:
    """Return `manifest` as JSON, with the number of its format."""
    return json.dumps({"format": FORMAT, **_raw(manifest)}, indent=1).encode()


def _raw(manifest: Manifest) -> dict[str, Any]:
    """What JSON holds of a manifest; its versions, which hold no others, likewise."""
    shallow = {field.name: getattr(manifest, field.name) for field in fields(manifest)}
    doubts, previous = map(as_raw, manifest.doubts), map(_raw, manifest.previous)
    return shallow | {"doubts": [*doubts], "previous": [*previous]}


def from_json(content: bytes, key: str) -> Manifest:
    """Return the manifest of the dataset `key`, or raise `ManifestError`.

    Fields that this version does not know are left aside, and so is a previous version whose file is not its own.
    """
    try:
        raw = dict(json.loads(content))
        form = _checked(raw.get("format", FORMAT), int)
        if form <= FORMAT:
            manifest = _manifest(raw, tuple(filter(None, map(_previous, raw.get("previous", ())))))
            if manifest.key == key:
                return manifest
    except (ValueError, TypeError, RecursionError) as error:
        raise _damaged(key) from error
    raise ManifestError(key, "a newer version of the app kept it: update the app") if form > FORMAT else _damaged(key)


def _previous(raw: Any) -> Manifest | None:
    try:
        return _manifest(dict(raw), ())
    except (ValueError, TypeError):
        return None


def _manifest(raw: dict[str, Any], previous: tuple[Manifest, ...]) -> Manifest:
    """The manifest in `raw`, whose file is its own and no other, so that nothing outside the folder is ever touched."""
    kinds = {field.name: field.type for field in fields(Manifest) if field.name != "previous"}
    given = {name: _checked(raw[name], kind) for name, kind in kinds.items() if name in raw}
    manifest = Manifest(**given, previous=previous)
    if manifest.kind == "cohort":  # earlier versions kept some counts as they were
        manifest = replace(manifest, doubts=tuple(map(as_may_be_said, manifest.doubts)))
    if not CHECKSUM.fullmatch(manifest.checksum) or manifest.file != f"{manifest.checksum}.parquet":
        raise ValueError("its file is not its own")
    return manifest


def _checked(value: Any, kind: Any) -> Any:
    """`value` as a field of this kind, or a `TypeError`; JSON knows no tuples, and a whole number may be a float."""
    if kind is Note:
        return from_raw(value)
    if get_origin(kind) is tuple and isinstance(value, list):
        return tuple(_checked(part, get_args(kind)[0]) for part in value)
    if value in get_args(kind) or type(value) is kind or (kind is float and type(value) is int):
        return value
    raise TypeError("a field is of another kind")


def _damaged(key: str) -> ManifestError:
    mend = f"put {key}.json back from a copy of the library, or remove what is left and load the file again"
    return ManifestError(key, f"its manifest is damaged: {mend}")


def _profile_label(key: str) -> str:
    return PROFILES[key].label if key in PROFILES else key
