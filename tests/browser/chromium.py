"""Find the Chromium that the browser tests drive; `python -m tests.browser.chromium` fetches one if there is none."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Final

HOW: Final = (
    "Browser tests need Chromium, Chrome or Edge, and none was found that starts: install one (Debian: `apt install "
    "chromium`; elsewhere: `python -m playwright install --with-deps chromium`) or name its program in CHROMIUM."
)
NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge")
MAC: Final = ("Chromium", "Google Chrome", "Microsoft Edge")
WINDOWS: Final = (
    "Chromium/Application/chrome.exe",
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)


@cache
def find() -> Path | None:
    """Return the program that CHROMIUM names; without that variable the first that starts, Playwright's own last."""
    named = os.environ.get("CHROMIUM")
    programs = map(shutil.which, [named] if named else _candidates())
    return next((Path(program) for program in programs if program and _starts(program)), None)


def launch_options() -> dict[str, Any]:
    """Return what `playwright.chromium.launch` is to be given; raise FileNotFoundError with the way out.

    Playwright itself already turns off the sandbox, which root cannot have, and what a browser does in the background.
    """
    program = find()
    if not program:
        raise FileNotFoundError(HOW)
    return {"executable_path": program, "args": ["--disable-gpu"]}


def fetch() -> None:
    """Install a Chromium: as root on a Debian-like system the system's if it has one, else Playwright's own."""
    debian = os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get")
    if debian:
        _try("apt-get", "--quiet", "update")
        _try("apt-get", "--quiet", "--yes", "install", "--no-install-recommends", "chromium")
        find.cache_clear()
    if not find():
        _try(sys.executable, "-m", "playwright", "install", *(["--with-deps"] if debian else []), "chromium")
        find.cache_clear()


def _candidates() -> Iterator[str]:
    yield from NAMES
    for folder, name in product((Path("/Applications"), Path.home() / "Applications"), MAC):
        yield f"{folder}/{name}.app/Contents/MacOS/{name}"
    for variable, program in product(("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"), WINDOWS):
        yield f"{os.environ.get(variable, '')}/{program}"
    yield _playwrights_own()


def _playwrights_own() -> str:
    """Ask in a process of its own: Playwright refuses a second instance in a process where one runs."""
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    return subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False).stdout.strip()


def _starts(program: str) -> bool:
    """Tell a browser from a stand-in that only says how to install one; on Windows to ask would open a window."""
    return os.name == "nt" or not subprocess.run([program, "--version"], capture_output=True, check=False).returncode


def _try(*command: str) -> None:
    print("$", *command, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    if not find() and not os.environ.get("CHROMIUM"):
        fetch()
    print(find() or sys.exit(HOW))
