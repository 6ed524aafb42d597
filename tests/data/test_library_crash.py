"""A process that keeps, replaces or removes a dataset is killed, or its disk is full, at every step it takes."""

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from data.library import Manifest, keep, manifests, path, versions
from tests.data.crash import KEY, actions, cohort

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="ends a forked process at each step of a write: this system has no fork"
)

ROOT = Path(__file__).parents[2]
Seen = list[tuple[str, str, str, int]]


def seen(folder: Path) -> Seen:
    return [(m.key, m.name, m.checksum, m.version) for m in manifests(folder)]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library, and what became of its copies in processes that ended at each step."""
    place = tmp_path_factory.mktemp("crash")
    keep(cohort(60), place / "start")
    subprocess.run([sys.executable, "-m", "tests.data.crash", str(place)], cwd=ROOT, check=True, timeout=600)
    return place


def ended(place: Path, which: str) -> list[Path]:
    return sorted(place.glob(f"{which}-*"))


@pytest.mark.parametrize("how", ["killed", "full"])
@pytest.mark.parametrize("action", ["replace", "keep", "remove"])
def test_ended_at_any_step_the_library_is_as_before_or_as_after(
    action: str, how: str, place: Path, tmp_path: Path
) -> None:
    done = tmp_path / "done"
    shutil.copytree(place / "start", done)
    actions(rows=40)[action](done)
    before, after = seen(place / "start"), seen(done)
    found = [seen(folder) for folder in ended(place, f"{action}-{how}")]
    assert all(state in (before, after) for state in found)
    assert found == sorted(found, key=lambda state: state == after)
    assert (found[0], found[-1]) == (before, after)
    assert len(found) > (4 if action == "remove" else 50)


def test_killed_at_random_times_it_is_as_before_or_as_after(place: Path) -> None:
    before, after = seen(place / "start"), seen(place / "replace-time-whole")
    assert [(key, version) for key, _, _, version in after] == [(KEY, 2)]
    found = [seen(folder) for folder in ended(place, "replace-time")]
    assert len(found) == 11
    assert all(state in (before, after) for state in found)


def test_all_data_are_there_byte_for_byte_and_keeping_goes_on(place: Path) -> None:
    later = replace(cohort(20, seed=2), name="Later")
    for folder in ended(place, "replace"):
        kept: list[Manifest] = [*versions(KEY, folder)]
        assert len(kept) == kept[0].version
        for version in kept:
            assert hashlib.sha256(path(version, folder).read_bytes()).hexdigest() == version.checksum
        assert keep(later, folder, replaces=KEY).version == kept[0].version + 1
        assert [v.checksum for v in versions(KEY, folder)][1:] == [v.checksum for v in kept]
        assert not [*folder.glob("*.tmp")]  # no rows of people are left half-written
