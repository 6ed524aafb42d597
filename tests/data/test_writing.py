import errno
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

from data import library, writing
from data.library import keep, manifests, remove, sweep
from data.writing import LOCK
from tests.data.test_library import cohort, files


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
