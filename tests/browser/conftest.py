"""A real server and a real browser: `Screen` opens pages of the app as a reader would."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from data import keys, reading
from data.library import keep
from tests.browser import chromium
from tests.conftest import FIXTURES, RECORDED, with_known_secret

ROOT = Path(__file__).parents[2]
PATIENCE = 60_000
"""Milliseconds; a shared machine can be slow, and a wait ends as soon as its condition holds."""

POLL = 0.05
"""Seconds between two looks at whether the server says its address."""


DRAWN = """() => [...document.querySelectorAll('[data-testid=stBidiComponentRegular]')].every(slot =>
    slot.querySelector('.rs-head, .rs-card') && !slot.hasAttribute('aria-busy')
    && [...slot.querySelectorAll('.rs-plot:not([hidden])')].every(plot => plot.querySelector('.main-svg')))"""
"""Whether every card has its finding and its chart."""


@dataclass
class Screen:
    """One browser tab on the app."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Open a page of the app and wait until it has been drawn."""
        self.page.goto(f"{self.address}/{path}")
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run, a title stands and every card is drawn."""
        expect(self.page.locator("h1").first).to_be_visible(timeout=PATIENCE)
        expect(self.page.locator("[data-test-script-state='notRunning']")).to_be_attached(timeout=PATIENCE)
        self.page.wait_for_function(DRAWN, timeout=PATIENCE)

    def sentence(self) -> str:
        """The view's sentence with the people in view, as the head of the page tells them."""
        people, sentence = self.page.locator(".rs-people span").all_text_contents()
        return f"{sentence.removeprefix(': ')} · {people}"

    def shows(self, sentence: str) -> None:
        """Wait until the head of the page tells this of the view."""
        expect(self.page.locator(".rs-people")).to_contain_text(sentence, timeout=PATIENCE)
        self.settle()

    def filter_sidebar(self) -> None:
        """Open the filters where a narrow screen hides them."""
        button = self.page.get_by_test_id("stExpandSidebarButton")
        if button.is_visible():
            button.click()


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = with_known_secret(tmp_path_factory.mktemp("library"))
    keep(reading.read(FIXTURES / RECORDED["uk"], RECORDED["uk"]), place, key="uk")
    return place


@pytest.fixture(scope="session")
def servers() -> Iterator[dict[str, "subprocess.Popen[bytes]"]]:
    """The servers that tests started, by address; all are ended afterwards."""
    started: dict[str, subprocess.Popen[bytes]] = {}
    yield started
    for server in started.values():
        end(server)


@pytest.fixture(scope="session")
def start(
    library: Path, servers: dict[str, "subprocess.Popen[bytes]"], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., str]:
    """Start servers on free ports of the loopback, of the app or of another script.

    A server has the library of the whole run and a log of its own, unless told where they are.
    """

    def start(script: Path = ROOT / "app.py", place: Path = library, log: Path | None = None) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        if not (place / keys.FILE).exists():
            with_known_secret(place)
        command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
        command += ["--server.fileWatcherType", "none"]
        environment = {**os.environ, "RETURN_SPECTRUM_LIBRARY": str(place), "PYTHONPATH": str(ROOT)}
        log = log or tmp_path_factory.mktemp("server") / "log"
        with log.open("wb") as out:
            server = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
            )
        servers[address := f"http://127.0.0.1:{port}"] = server
        while "URL:" not in log.read_text("utf-8"):
            assert server.poll() is None, f"the app did not start: {log.read_text('utf-8')}"
            time.sleep(POLL)
        return address

    return start


def end(server: "subprocess.Popen[bytes]") -> None:
    """End a server and what it started."""
    if server.poll() is not None:
        return
    if os.name == "posix":
        os.killpg(server.pid, signal.SIGTERM)
    else:
        server.terminate()
    server.wait()


@pytest.fixture(scope="session")
def address(start: Callable[..., str]) -> str:
    return start()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(**chromium.launch_options())
        yield launched
        launched.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Callable[..., Screen]]:
    """Open tabs; every request they make is remembered."""
    contexts = []

    def tab(address: str, width: int = 1280, scheme: str = "light", height: int = 900) -> Screen:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        screen = Screen(context.new_page(), address)

        def remember(request: Request) -> None:
            screen.requests.append(request.url)

        context.on("request", remember)
        return screen

    yield tab
    for context in contexts:
        context.close()
