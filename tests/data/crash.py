"""Run as a command: change copies of a library in child processes that die, or lose their disk, at every step.

`python -m tests.data.crash PLACE` takes the library PLACE/start and leaves one folder per death beside it, named by the
action, the way it ended and the step. Forking a process of one thread is quick, and safe where a test's own is not.
"""

import errno
import io
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data import library
from data.cohort import Cohort, conform

KEY = "autumn-round"
PARTS = 3
"""Each write is cut in so many."""


def cohort(rows: int, name: str = "Autumn round", seed: int = 0) -> Cohort:
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "person": [f"p{number // 2}" for number in range(rows)],
            "wave": np.arange(rows) % 2 + 1,
            "host": "DEU",
            "country_of_return": "AFG",
            "band": "forced",
            "composite": draw.random(rows),
            "economic": draw.random(rows),
        }
    )
    return Cohort(conform(frame), name, "made for a test")


def actions(rows: int) -> dict[str, Callable[[Path], object]]:
    after = cohort(rows, "Autumn round, mended", seed=1)
    return {
        "replace": lambda folder: library.keep(after, folder, replaces=KEY),
        "keep": lambda folder: library.keep(after, folder),
        "remove": lambda folder: library.remove(KEY, folder),
    }


def steps(fail: Callable[[], None], at: int) -> None:
    """Call `fail` at step `at` of those that touch the disk, and at every later one."""
    taken = 0

    def step() -> None:
        nonlocal taken
        taken += 1
        if taken > at:
            fail()

    def stepping(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **how: Any) -> Any:
            step()
            return real(*given, **how)

        return call

    class Raw(io.FileIO):
        def write(self, content: Any) -> int:
            view = memoryview(content)
            size = 1 + len(view) // PARTS
            for start in range(0, len(view), size):
                step()
                super().write(view[start : start + size])
            return len(view)

    for module, name in ((os, "fsync"), (os, "replace"), (os, "open"), (os, "unlink"), (tempfile, "mkstemp")):
        setattr(module, name, stepping(getattr(module, name)))
    os.fdopen = lambda handle, mode: io.BufferedWriter(Raw(handle, mode), 512)  # type: ignore[assignment,misc]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fill_up() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def child(act: Callable[[], object]) -> int:
    """Start `act` in a child process and return its number; it ends with 0 if all went well, 1 if it was told off."""
    number = os.fork()
    if not number:
        try:
            act()
        except library.LibraryError:
            os._exit(1)
        os._exit(0)
    return number


def at_every_step(place: Path, action: str, how: str, fail: Callable[[], None]) -> None:
    act = actions(rows=40)[action]
    for at in range(500):
        folder = place / f"{action}-{how}-{at:03d}"
        shutil.copytree(place / "start", folder)

        def whole(folder: Path = folder, at: int = at) -> None:
            steps(fail, at)
            act(folder)

        if os.waitpid(child(whole), 0)[1] == 0:
            return
    raise RuntimeError("It never came to an end.")


def at_random_times(place: Path, times: int) -> None:
    act = actions(rows=20_000)["replace"]
    began = time.monotonic()
    shutil.copytree(place / "start", place / "replace-time-whole")
    os.waitpid(child(lambda: act(place / "replace-time-whole")), 0)
    took = time.monotonic() - began
    draw = random.Random(0)
    for number in range(times):
        folder = place / f"replace-time-{number:03d}"
        shutil.copytree(place / "start", folder)
        process = child(lambda folder=folder: act(folder))  # type: ignore[misc]
        time.sleep(draw.uniform(0, took))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


if __name__ == "__main__":
    here = Path(sys.argv[1])
    for action in ("replace", "keep", "remove"):
        at_every_step(here, action, "killed", die)
        at_every_step(here, action, "full", fill_up)
    at_random_times(here, 10)
