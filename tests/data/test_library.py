import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from data import library, writing
from data.cohort import Cohort, conform
from data.flows import schema as flows
from data.library import LibraryError, Manifest, default_folder, keep, manifests, path, remove, sweep, versions
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
    return Cohort(frame, name, "Survey", "CC BY 4.0", synthetic=True, doubts=("One doubt.",))


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
        doubts=("One doubt.",),
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


def test_the_same_content_is_one_dataset(tmp_path: Path) -> None:
    first = keep(cohort(), tmp_path)
    assert keep(cohort("Another name"), tmp_path) == first
    assert manifests(tmp_path) == (first,)


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
    assert keep(cohort(score=0.3), tmp_path, replaces=first.key) == third


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
    damage_data(tmp_path, first)
    assert versions(first.key, tmp_path) == (second,)
    assert manifests(tmp_path) == (second,)


def test_what_is_not_there_cannot_be_replaced(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"^There is no dataset 'gone' to replace: .*\.$"):
        keep(cohort(), tmp_path, replaces="gone")
    assert files(tmp_path) == set()


def test_a_manifest_from_before_there_were_versions_still_counts(tmp_path: Path) -> None:
    manifest = keep(cohort(), tmp_path)
    file = tmp_path / f"{manifest.key}.json"
    raw = json.loads(file.read_text())
    for field in ("description", "mapping", "version", "previous", "dimension_weights", "composite_weights"):
        del raw[field]
    file.write_text(json.dumps(raw))
    assert manifests(tmp_path) == (manifest,)
    assert keep(cohort(score=0.6), tmp_path, replaces=manifest.key).version == 2


def test_another_process_waits_its_turn(tmp_path: Path) -> None:
    """A process that holds the folder's lock keeps this one from changing the library until it ends."""
    hold = "with filelock.FileLock(sys.argv[1]): print(flush=True); sys.stdin.read()"
    ends = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    code = f"import filelock, sys\n{hold}"
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path / LOCK)], **ends) as other:
        assert other.stdout
        other.stdout.readline()
        with ThreadPoolExecutor() as pool:
            kept = pool.submit(keep, cohort(), tmp_path)
            with pytest.raises(TimeoutError):
                kept.result(timeout=0.5)
            other.communicate()
            assert kept.result(timeout=30).version == 1
    FileLock(tmp_path / LOCK).acquire(blocking=False).lock.release()  # and let go of it


def no_locks(_: int) -> bool:
    raise OSError(errno.ENOLCK, "No locks available")


def test_a_drive_without_locks_is_written_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "lock_descriptor", no_locks)
    manifest = keep(cohort(), tmp_path)
    assert manifests(tmp_path) == (manifest,)
    remove(manifest.key, tmp_path)
    assert files(tmp_path) == set()


def test_the_lock_is_this_user_s_alone_and_no_data(tmp_path: Path) -> None:
    keep(cohort(), tmp_path)
    assert (tmp_path / LOCK).stat().st_size == 0
    assert os.name != "posix" or (tmp_path / LOCK).stat().st_mode & 0o777 == 0o600
    assert len(manifests(tmp_path)) == 1


def test_half_written_files_of_a_killed_writer_are_gone_before_the_next_change(tmp_path: Path) -> None:
    left = [tmp_path / "a.tmp", tmp_path / "mappings" / "b.tmp"]
    left[1].parent.mkdir()
    for change in (lambda: sweep(tmp_path), lambda: keep(cohort(), tmp_path), lambda: remove("gone", tmp_path)):
        for file in left:
            file.write_bytes(b"rows of people")
        change()
        assert not any(file.exists() for file in left)


def test_without_a_lock_a_new_file_may_be_another_s_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "lock_descriptor", no_locks)
    old, new = tmp_path / "old.tmp", tmp_path / "new.tmp"
    for file in (old, new):
        file.write_bytes(b"")
    long_ago = time.time() - 2 * library.ORPHAN_AGE
    os.utime(old, (long_ago, long_ago))
    assert sweep(tmp_path) == 1
    assert files(tmp_path) == {"new.tmp"}


@given(st.text())
def test_keys_are_safe_in_addresses_and_as_file_names(name: str) -> None:
    key = library._free_key(name, "0123456789abcdef", Path("nowhere"))
    assert 1 <= len(key) <= 40
    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


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


def damage_manifest(folder: Path, manifest: Manifest) -> None:
    (folder / f"{manifest.key}.json").write_bytes(b'{"key": ')


def other_fields(folder: Path, manifest: Manifest) -> None:
    (folder / f"{manifest.key}.json").write_text(json.dumps({"key": manifest.key, "waves": [], "doubts": []}))


def no_manifest_at_all(folder: Path, manifest: Manifest) -> None:
    (folder / f"{manifest.key}.json").write_text("[1]")


def lose_data(folder: Path, manifest: Manifest) -> None:
    path(manifest, folder).unlink()


def damage_data(folder: Path, manifest: Manifest) -> None:
    content = path(manifest, folder).read_bytes()
    path(manifest, folder).write_bytes(content[:-10])


def point_elsewhere(folder: Path, manifest: Manifest) -> None:
    outside = folder.parent / "outside.parquet"
    shutil.copy(path(manifest, folder), outside)
    file = folder / f"{manifest.key}.json"
    file.write_text(file.read_text().replace(manifest.file, "../outside.parquet"))


@pytest.mark.parametrize(
    "harm", [damage_manifest, other_fields, no_manifest_at_all, lose_data, damage_data, point_elsewhere]
)
def test_a_damaged_dataset_is_left_out_with_a_word(
    harm: Callable[[Path, Manifest], None], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "library"
    sound, harmed = keep(cohort(), folder), keep(cohort("Spring", 0.6), folder)
    harm(folder, harmed)
    assert manifests(folder) == (sound,)
    assert "Dataset spring is left out" in caplog.text
    assert keep(cohort("Spring", 0.6), folder).name == "Spring"
    assert len(manifests(folder)) == 2


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
    other = keep(cohort("Spring", 0.6), tmp_path)
    damaged = tmp_path / "spring.json"
    damaged.write_text(damaged.read_text()[:-5])
    for name in ("0a.parquet", "0b.parquet"):
        (tmp_path / name).write_bytes(b"")
    old = time.time() - 2 * library.ORPHAN_AGE
    for file in tmp_path.iterdir():
        if file.name != "0b.parquet":
            os.utime(file, (old, old))
    assert sweep(tmp_path) == 1
    assert files(tmp_path) == {"0b.parquet", "autumn-round.json", "spring.json", manifest.file, other.file}
    assert sweep(tmp_path / "nothing") == 0


def test_the_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RETURN_SPECTRUM_LIBRARY", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.delenv("RETURN_SPECTRUM_LIBRARY")
    assert default_folder().name == "return-spectrum"
