import hashlib
import os
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from data import library
from data.cohort import Cohort, conform
from data.flows import schema as flows
from data.library import (
    NOT_STATED,
    LibraryError,
    default_folder,
    free_key,
    keep,
    manifests,
    path,
    remove,
    sweep,
    versions,
)
from data.manifest import Manifest
from data.notes import Doubt, Note
from data.writing import LOCK


def cohort(name: str = "Autumn round", score: float = 0.5) -> Cohort:
    frame = conform(
        pd.DataFrame(
            {
                "person": ["a", "a", "b"],
                "wave": [1, 2, 1],
                "host": "DEU",
                "country_of_return": "AFG",
                "band": "forced",
                "composite": score,
                "profile": ["documented", "documented", "own table of weights"],
            }
        )
    )
    return Cohort(frame, name, "Survey", "CC BY 4.0", synthetic=True, doubts=(Note(Doubt.WEIGHT_BLANK, rows=20),))


def returns() -> flows.Flows:
    row = {"host": "DEU", "country_of_return": "AFG", "year": 2020, "category": "x", "band": "unclassified", "note": ""}
    frame = flows.conform(pd.DataFrame([row | {"people": 40}, row | {"people": 2}]))
    return flows.Flows(frame, "Returns", "UNHCR")


def files(folder: Path) -> set[str]:
    """The names of all files in the library but its lock, which stays."""
    return {file.name for file in folder.iterdir()} - {LOCK}


def test_a_kept_cohort_is_there_with_all_that_is_known_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "yet"
    manifest = keep(cohort(), folder, shipped=True)
    assert manifests(folder) == (manifest,)
    file = path(manifest, folder)
    assert hashlib.sha256(file.read_bytes()).hexdigest() == manifest.checksum == file.stem
    assert replace(manifest, checksum="", file="", added="") == Manifest(
        key="autumn-round",
        name="Autumn round",
        kind="cohort",
        source="Survey",
        licence="CC BY 4.0",
        synthetic=True,
        people=2,
        interviews=3,
        waves=(1, 2),
        profile="6 of 30 weights published; not the official IOM score (the rest of each sum is shared equally); "
        "own table of weights",
        checksum="",
        file="",
        added="",
        doubts=(Note(Doubt.WEIGHT_BLANK, rows=20),),
        shipped=True,
        one_a_wave=True,
    )
    assert manifest.added.endswith("+00:00")
    assert_frame_equal(conform(pd.read_parquet(file)), cohort().frame)
    assert {oct(kept.stat().st_mode & 0o077) for kept in (folder, *folder.iterdir())} == {"0o0"}


def test_columns_without_a_value_keep_their_type(tmp_path: Path) -> None:
    kinds = pq.read_schema(path(keep(cohort(), tmp_path), tmp_path))
    assert not any(str(field.type) == "null" for field in kinds)


def test_recorded_returns_are_kept_too(tmp_path: Path) -> None:
    manifest = keep(returns(), tmp_path)
    assert (manifest.kind, manifest.people, manifest.interviews, manifest.waves) == ("flows", 42, 0, ())
    assert_frame_equal(flows.conform(pd.read_parquet(path(manifest, tmp_path))), returns().frame)


def test_the_same_content_is_one_dataset_and_takes_what_is_given_now(tmp_path: Path) -> None:
    old = keep(cohort(), tmp_path, description="As collected", mapping="a = 1")
    first = keep(cohort("Round", 0.6), tmp_path, replaces=old.key, description="Mended", mapping="b = 1")
    data = path(first, tmp_path).stat()
    given = replace(cohort("Spring round", 0.6), source="Team", licence="CC0", doubts=(Note(Doubt.NO_WAVES),))
    again = keep(given, tmp_path, description="Mended twice", mapping="c = 1")
    assert again == replace(
        first, name="Spring round", source="Team", licence="CC0", doubts=(Note(Doubt.NO_WAVES),),
        description="Mended twice", mapping="c = 1",
    )  # fmt: skip
    assert (again.key, again.version, again.added) == (old.key, 2, first.added)
    assert manifests(tmp_path) == (again,)
    assert versions(old.key, tmp_path) == (again, old)
    assert path(again, tmp_path).stat().st_mtime_ns == data.st_mtime_ns


def test_what_is_not_said_when_kept_again_stays_as_it_was_said(tmp_path: Path) -> None:
    first = keep(cohort(), tmp_path, description="As collected", mapping="a = 1")
    written = (tmp_path / "autumn-round.json").stat().st_mtime_ns
    silent = replace(cohort(), source=NOT_STATED, licence=NOT_STATED)
    assert keep(silent, tmp_path) == first
    assert (tmp_path / "autumn-round.json").stat().st_mtime_ns == written


def test_what_the_app_brings_along_is_no_reader_s_to_rename(tmp_path: Path) -> None:
    brought = keep(cohort("Demo"), tmp_path, key="demo", shipped=True)
    assert keep(cohort("Mine"), tmp_path, description="Mine") == brought
    assert manifests(tmp_path) == (brought,)
    assert keep(replace(cohort("Demo"), source="Said better"), tmp_path, key="demo", shipped=True).source == (
        "Said better"
    )
    mine = keep(cohort("Mine", 0.6), tmp_path)
    assert keep(cohort("Demo", 0.6), tmp_path, key="second", shipped=True) == mine


def test_the_same_name_for_other_content_gets_a_new_key(tmp_path: Path) -> None:
    first, second = keep(cohort(), tmp_path), keep(cohort(score=0.6), tmp_path)
    assert first.key == "autumn-round"
    assert second.key == f"autumn-round-{second.checksum[:8]}"
    assert len(manifests(tmp_path)) == 2


def test_a_given_key_is_replaced(tmp_path: Path) -> None:
    keep(cohort(), tmp_path, key="demo")
    second = keep(cohort(score=0.6), tmp_path, key="demo")
    assert manifests(tmp_path) == (second,)


def test_a_new_version_takes_the_key_and_the_old_ones_stay(tmp_path: Path) -> None:
    scores = (0.1, 0.2, 0.3)
    first = keep(cohort(score=scores[0]), tmp_path, description="As collected", mapping='person = "id"')
    second = keep(cohort("Mended", scores[1]), tmp_path, replaces=first.key)
    third = keep(cohort("Mended again", scores[2]), tmp_path, replaces=first.key)
    assert manifests(tmp_path) == (third,)
    assert versions(first.key, tmp_path) == (third, replace(second, previous=()), first)
    assert [(v.key, v.version) for v in versions(first.key, tmp_path)] == [(first.key, n) for n in (3, 2, 1)]
    assert (first.description, first.mapping) == ("As collected", 'person = "id"')
    kept = [pd.read_parquet(path(v, tmp_path))["composite"].iloc[0] for v in versions(first.key, tmp_path)]
    assert kept == [0.3, 0.2, 0.1]
    assert keep(cohort("Mended again", 0.3), tmp_path, replaces=first.key) == third


def test_an_earlier_version_can_be_kept_again(tmp_path: Path) -> None:
    first = keep(cohort(), tmp_path)
    keep(cohort(score=0.6), tmp_path, replaces=first.key)
    again = keep(cohort(), tmp_path, replaces=first.key)
    assert (again.version, again.checksum) == (3, first.checksum)
    assert len(versions(first.key, tmp_path)) == 3


def test_removed_is_removed_with_all_its_versions_but_not_with_what_others_use(tmp_path: Path) -> None:
    first = keep(cohort(), tmp_path)
    keep(cohort(score=0.6), tmp_path, replaces=first.key)
    other = keep(cohort("Other"), tmp_path)  # the content of the first version
    remove(first.key, tmp_path)
    assert manifests(tmp_path) == (other,)
    assert files(tmp_path) == {"other.json", other.file}
    assert versions(first.key, tmp_path) == ()


def test_old_versions_are_not_swept_and_a_damaged_one_is_left_out(tmp_path: Path) -> None:
    first = keep(cohort(), tmp_path)
    second = keep(cohort(score=0.6), tmp_path, replaces=first.key)
    old = time.time() - 2 * library.ORPHAN_AGE
    for file in tmp_path.iterdir():
        os.utime(file, (old, old))
    assert sweep(tmp_path) == 0
    path(first, tmp_path).write_bytes(b"not what was kept")
    assert versions(first.key, tmp_path) == (second,)
    assert manifests(tmp_path) == (second,)


def test_what_is_not_there_cannot_be_replaced(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"^There is no dataset 'gone' to replace: .*\.$"):
        keep(cohort(), tmp_path, replaces="gone")
    assert files(tmp_path) == set()


@given(st.text(), st.lists(st.sampled_from(["dataset", "a", "A", "a-01234567", "a-01234567-2", "b"])))
def test_keys_are_safe_in_addresses_and_as_file_names(name: str, taken: list[str]) -> None:
    key = free_key(name, "0123456789abcdef", "dataset", taken)
    assert 1 <= len(key) <= 40
    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert key not in {other.lower() for other in taken}


def test_a_key_that_other_content_took_over_is_not_taken_from_it(tmp_path: Path) -> None:
    keep(cohort("Round", 0.1), tmp_path)
    second = keep(cohort("Round", 0.2), tmp_path)
    newer = keep(cohort("Newer", 0.3), tmp_path, replaces=second.key)
    again = keep(cohort("Round", 0.2), tmp_path)
    assert again.key == f"{second.key}-2"
    assert newer in manifests(tmp_path)
    assert len(manifests(tmp_path)) == 3


def test_long_names_still_get_a_new_key(tmp_path: Path) -> None:
    keys = [keep(cohort("ö/..\ud800" * 30, score), tmp_path).key for score in (0.1, 0.2)]
    assert keys[0] != keys[1]
    assert max(map(len, keys)) <= 40


@pytest.mark.parametrize("key", ["", "../x", "A", "a" * 41, "a b"])
def test_a_key_that_is_no_slug_is_refused(key: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="key"):
        keep(cohort(), tmp_path, key=key)


def test_removed_is_gone_and_removing_again_does_nothing(tmp_path: Path) -> None:
    manifest = keep(cohort(), tmp_path)
    remove("no-such-key", tmp_path)
    assert manifests(tmp_path) == (manifest,)
    remove(manifest.key, tmp_path)
    remove(manifest.key, tmp_path)
    assert files(tmp_path) == set()


def test_a_folder_that_is_not_there_is_an_empty_library(tmp_path: Path) -> None:
    assert manifests(tmp_path / "nothing") == ()


def test_a_full_disk_is_told_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(
        LibraryError, match=r"^The library cannot be changed \(No space left on device\): free some space"
    ):
        keep(cohort(), tmp_path)
    assert files(tmp_path) == set()


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LibraryError, match=r"^The library cannot be changed \(.*\): .*RETURN_SPECTRUM_LIBRARY.*\.$"):
        keep(cohort(), tmp_path / "file")


def test_sweep_takes_old_data_without_a_manifest_only(tmp_path: Path) -> None:
    manifest = keep(cohort(), tmp_path)
    old, new, mine = f"{'0a' * 32}.parquet", f"{'0b' * 32}.parquet", "my own table.parquet"
    for name in (old, new, mine):
        (tmp_path / name).write_bytes(b"")
    long_ago = time.time() - 2 * library.ORPHAN_AGE
    for file in tmp_path.iterdir():
        if file.name != new:
            os.utime(file, (long_ago, long_ago))
    assert sweep(tmp_path) == 1
    assert files(tmp_path) == {new, mine, "autumn-round.json", manifest.file}
    assert sweep(tmp_path / "nothing") == 0


def test_the_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RETURN_SPECTRUM_LIBRARY", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.delenv("RETURN_SPECTRUM_LIBRARY")
    assert default_folder().name == "return-spectrum"
