import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from components.texts import say
from data import library
from data.library import keep, manifests, path, remove, sweep, unreadable, versions
from data.manifest import FORMAT, Manifest
from data.notes import Doubt, Note
from tests.data.test_library import cohort, files


def test_a_manifest_from_before_there_were_versions_still_counts(tmp_path: Path) -> None:
    manifest = keep(cohort(), tmp_path)
    file = tmp_path / f"{manifest.key}.json"
    raw = json.loads(file.read_text())
    for field in ("description", "mapping", "version", "previous", "dimension_weights", "composite_weights"):
        del raw[field]
    file.write_text(json.dumps(raw))
    assert manifests(tmp_path) == (manifest,)
    assert keep(cohort(score=0.6), tmp_path, replaces=manifest.key).version == 2


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


def not_a_file(folder: Path, manifest: Manifest) -> None:
    file = folder / f"{manifest.key}.json"
    file.unlink()
    file.mkdir()


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
        (not_a_file, "spring.json cannot be opened: see that it may be read."),
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
    assert sweep(folder) == 0  # which must not fail: the app begins with it


def cut_short(folder: Path, manifest: Manifest) -> None:
    file = folder / f"{manifest.key}.json"
    file.write_text(file.read_text()[:-5])


@pytest.mark.parametrize("harm", [cut_short, newer, no_text, another_s_name, lose_data, damage_data])
def test_what_is_left_of_a_dataset_that_cannot_be_used_can_be_removed(
    harm: Callable[[Path, Manifest], None], tmp_path: Path
) -> None:
    sound, harmed = keep(cohort(), tmp_path), keep(cohort("Spring", 0.6), tmp_path)
    harm(tmp_path, harmed)
    remove("spring", tmp_path)
    assert files(tmp_path) == {"autumn-round.json", sound.file}


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


def test_data_of_a_damaged_manifest_are_not_swept(tmp_path: Path) -> None:
    manifest = keep(cohort(), tmp_path)
    damage_manifest(tmp_path, manifest)
    long_ago = time.time() - 2 * library.ORPHAN_AGE
    os.utime(path(manifest, tmp_path), (long_ago, long_ago))
    assert sweep(tmp_path) == 0
    remove(manifest.key, tmp_path)
    assert sweep(tmp_path) == 1
    assert files(tmp_path) == set()


def test_counts_that_an_earlier_version_kept_exact_are_rounded_when_they_are_read(tmp_path: Path) -> None:
    manifest = keep(cohort(), tmp_path)
    exact = {"rows": 3, "of": 4007}
    changed(
        tmp_path, manifest, lambda raw: raw.update(doubts=[{"code": Doubt.ROWS_NOT_PICKED.value, "parameters": exact}])
    )
    assert manifests(tmp_path)[0].doubts == (Note(Doubt.ROWS_NOT_PICKED, rows=None, of=4005),)


def test_doubts_of_format_1_are_kept_as_sentences_and_a_later_versions_codes_as_they_are(tmp_path: Path) -> None:
    manifest = keep(cohort(), tmp_path)

    def earlier(raw: dict[str, Any]) -> None:
        raw |= {"format": 1, "doubts": ["The weight is blank in 20 rows: taken as 1."]}

    changed(tmp_path, manifest, earlier)
    [doubt] = manifests(tmp_path)[0].doubts
    assert doubt == Note(Doubt.TEXT, text="The weight is blank in 20 rows: taken as 1.")
    assert say(doubt) == say(manifest.doubts[0])

    def later(raw: dict[str, Any]) -> None:
        raw |= {"format": FORMAT, "doubts": [{"code": "quotas", "parameters": {"by": ["sex", 3]}, "since": "2030"}]}

    changed(tmp_path, manifest, later)
    assert manifests(tmp_path)[0].doubts == (Note("quotas", by=("sex", 3)),)


@pytest.mark.parametrize("wrong", [3, None, {}, {"code": 1}, {"code": "a", "parameters": [1]}])
def test_a_doubt_that_is_none_is_a_damaged_manifest(wrong: object, tmp_path: Path) -> None:
    manifest = keep(cohort(), tmp_path)
    changed(tmp_path, manifest, lambda raw: raw.update(doubts=[wrong]))
    assert "is damaged" in unreadable(tmp_path)[manifest.key]
