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
from typing import Any

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
    unreadable,
    versions,
)
from data.manifest import FORMAT, Manifest
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


def test_the_same_content_is_one_dataset_and_takes_what_is_given_now(tmp_path: Path) -> None:
    old = keep(cohort(), tmp_path, description="As collected", mapping="a = 1")
    first = keep(cohort("Round", 0.6), tmp_path, replaces=old.key, description="Mended", mapping="b = 1")
    data = path(first, tmp_path).stat()
    given = replace(cohort("Spring round", 0.6), source="Team", licence="CC0", synthetic=False, doubts=("Another.",))
    again = keep(given, tmp_path, description="Mended twice", mapping="c = 1")
    assert again == replace(
        first, name="Spring round", source="Team", licence="CC0", synthetic=False, doubts=("Another.",),
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


def changed(folder: Path, manifest: Manifest, change: Callable[[dict[str, Any]], None]) -> None:
    file = folder / f"{manifest.key}.json"
    raw = json.loads(file.read_text())
    change(raw)
    file.write_text(json.dumps(raw))


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
    changed(folder, manifest, lambda raw: raw.update(file="../outside.parquet", checksum="../outside"))


def another_s_data(folder: Path, manifest: Manifest) -> None:
    changed(folder, manifest, lambda raw: raw.update(file=f"{'0' * 64}.parquet"))


def another_s_name(folder: Path, manifest: Manifest) -> None:
    changed(folder, manifest, lambda raw: raw.update(key="autumn-round"))


def no_text(folder: Path, manifest: Manifest) -> None:
    changed(folder, manifest, lambda raw: raw.update(source=None))


def no_such_kind(folder: Path, manifest: Manifest) -> None:
    changed(folder, manifest, lambda raw: raw.update(kind="tarot"))


def nested_without_end(folder: Path, manifest: Manifest) -> None:
    (folder / f"{manifest.key}.json").write_text("[" * 100_000)


def newer(folder: Path, manifest: Manifest) -> None:
    changed(folder, manifest, lambda raw: raw.update(format=FORMAT + 1, source={"by": "us"}))


def of_no_format(folder: Path, manifest: Manifest) -> None:
    changed(folder, manifest, lambda raw: raw.update(format="newest"))


DAMAGED = "its manifest is damaged: put spring.json back from a copy of the library, or remove what is left and load "
KEEP_AGAIN = "load the file it came from and keep it again, or remove what is left"


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (damage_manifest, DAMAGED),
        (other_fields, DAMAGED),
        (no_manifest_at_all, DAMAGED),
        (point_elsewhere, DAMAGED),
        (another_s_data, DAMAGED),
        (another_s_name, DAMAGED),
        (no_text, DAMAGED),
        (no_such_kind, DAMAGED),
        (nested_without_end, DAMAGED),
        (of_no_format, DAMAGED),
        (newer, "a newer version of the app kept it: update the app."),
        (lose_data, f"its data are missing, or may not be read: {KEEP_AGAIN}."),
        (damage_data, f"its data are not what was kept: {KEEP_AGAIN}."),
    ],
)
def test_a_dataset_that_cannot_be_used_is_left_out_and_told_of(
    harm: Callable[[Path, Manifest], None], why: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "library"
    sound, harmed = keep(cohort(), folder), keep(cohort("Spring", 0.6), folder)
    assert unreadable(folder) == {}
    harm(folder, harmed)
    assert manifests(folder) == (sound,)
    [(key, told)] = unreadable(folder).items()
    assert key == "spring"
    assert told.startswith(f"Dataset 'spring' is left out because {why}")
    assert told in caplog.text
    assert (told.endswith("."), "\n" in told) == (True, False)
    assert keep(cohort("Spring", 0.6), folder).name == "Spring"
    assert len(manifests(folder)) == 2
    remove("spring", folder)
    assert "spring" not in unreadable(folder)


def test_what_is_left_of_a_damaged_dataset_can_be_removed(tmp_path: Path) -> None:
    sound, harmed = keep(cohort(), tmp_path), keep(cohort("Spring", 0.6), tmp_path)
    damaged = tmp_path / "spring.json"
    damaged.write_text(damaged.read_text()[:-5])
    remove("spring", tmp_path)
    assert files(tmp_path) == {"autumn-round.json", sound.file}
    assert not path(harmed, tmp_path).exists()


def test_fields_of_a_newer_version_are_left_aside(tmp_path: Path) -> None:
    first = keep(cohort(), tmp_path)
    second = keep(cohort(score=0.6), tmp_path, replaces=first.key)
    assert json.loads((tmp_path / f"{first.key}.json").read_text())["format"] == FORMAT

    def add(raw: dict[str, Any]) -> None:
        for version in (raw, *raw["previous"]):
            version["embargo"] = {"until": "2030-01-01"}

    changed(tmp_path, first, add)
    assert manifests(tmp_path) == (second,)
    assert unreadable(tmp_path) == {}
    assert versions(first.key, tmp_path) == (second, first)


@pytest.mark.parametrize("checksum", ["../outside", "outside", "{outside}", "0" * 64])
def test_a_version_that_names_a_file_of_others_is_none_and_the_file_stays(checksum: str, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    first = keep(cohort(), folder)
    second = keep(cohort(score=0.6), folder, replaces=first.key)
    outside = tmp_path / "outside.parquet"
    shutil.copy(path(first, folder), outside)
    within = Path(shutil.copy(outside, folder / "outside.parquet"))
    checksum = checksum.format(outside=outside.with_suffix(""))
    file = "../outside.parquet" if checksum == "0" * 64 else f"{checksum}.parquet"
    changed(folder, second, lambda raw: raw["previous"][0].update(checksum=checksum, file=file))
    assert [version.version for version in versions(first.key, folder)] == [2]
    assert manifests(folder)[0].previous == ()
    remove(first.key, folder)
    assert outside.exists()
    assert within.exists()


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


def test_data_of_a_damaged_manifest_are_not_swept(tmp_path: Path) -> None:
    manifest = keep(cohort(), tmp_path)
    damage_manifest(tmp_path, manifest)
    long_ago = time.time() - 2 * library.ORPHAN_AGE
    os.utime(path(manifest, tmp_path), (long_ago, long_ago))
    assert sweep(tmp_path) == 0
    remove(manifest.key, tmp_path)
    assert sweep(tmp_path) == 1
    assert files(tmp_path) == set()


def test_the_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RETURN_SPECTRUM_LIBRARY", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.delenv("RETURN_SPECTRUM_LIBRARY")
    assert default_folder().name == "return-spectrum"
