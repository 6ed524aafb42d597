"""What the server sends and logs: of a reader's own cohort, kept and looked at all over, nothing of a single person."""

import base64
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Response, WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from components import figures
from components.frame import PAGES
from data.vocabulary import SCORES
from tests.browser.conftest import PATIENCE, Screen

pytestmark = pytest.mark.browser

PEOPLE = 80
TOKEN = b"zq7"
"""Stands in every word of the file that is of one person or of few, and nowhere else."""

FRAME = "a frame"
PACKED = b"\x1f\x8b\x08\x00"
"""How anything packed by gzip begins."""
ARRAY = re.compile(rb'"bdata":\s*"([A-Za-z0-9+/=]+)"')
"""Numbers of a chart, as Plotly writes them."""


def interviews() -> pd.DataFrame:
    """Made-up people at two waves, some lost: ids, remarks, places of few people, and scores that no two share."""
    made = np.random.default_rng(7)
    number = np.arange(PEOPLE)
    people = pd.DataFrame(
        {
            "person": [f"zq7-person-{n:04}-{made.integers(2**40):x}" for n in number],
            "host": "Germany",
            "country of return": np.where(number < 60, "Afghanistan", "Iraq"),
            "band": np.where(number % 5 < 3, "forced", "voluntary"),
            "sex": np.where(number % 3, "female", "male"),
            "area": [f"zq7-hamlet-{n // 2}" if n < 12 else ["Herat", "Kabul"][n // 2 % 2] for n in number],
            "label": [f"zq7-label-{n}" for n in number],
            "assistance provider": [f"zq7-provider-{n % 30}" for n in number],
            "remarks": [f"zq7-remark-{n}: told us at length of the house by the river" for n in number],
        }
    )
    first, second = (people.assign(wave=wave, months=wave * 6 + number % 5) for wave in (1, 2))
    both = pd.concat([first, second.drop(index=[*range(3, PEOPLE, 5)])], ignore_index=True)
    return both.assign(**{score: made.integers(10**11, 10**12, len(both)) / 10**12 for score in SCORES})


def traces(score: float) -> list[bytes]:
    """A score as it may stand in what is sent: its first nine digits, those of its hundredfold, and as a number.

    Four bytes that could be letters are left out: any text may hold them.
    """
    digits = (f"{score:.12f}"[:11], f"{100 * score:.10f}"[:10])
    numbers = (struct.pack("<d", score), struct.pack("<f", score))
    return [*map(str.encode, digits), *(number for number in numbers if not number.isascii())]


class Wire:
    """All that a tab receives, each part with its address; files that come with Streamlit are left out."""

    def __init__(self, screen: Screen) -> None:
        self.received: list[tuple[str, bytes]] = []
        self._answers: list[Response] = []
        screen.page.on("websocket", self._listen)
        screen.page.on("response", lambda answer: self._answers.append(answer))

    def read(self) -> None:
        """Read the answers since the last time: a browser forgets them with the next page."""
        for answer in self._answers:
            if answer.status == 200 and not urlsplit(answer.url).path.startswith(("/static/", "/assets/")):
                self._note(answer.url, answer.body())
        self._answers.clear()

    def answer(self) -> AbstractContextManager[object]:
        """Wait until what is done inside has been answered with a page drawn to its end."""
        return self._socket.expect_event("framereceived", drawn, timeout=PATIENCE)

    def _listen(self, socket: WebSocket) -> None:
        self._socket = socket
        socket.on("framereceived", lambda sent: self._note(FRAME, sent if isinstance(sent, bytes) else sent.encode()))

    def _note(self, where: str, content: bytes) -> None:
        self.received += [(where, part) for part in opened(content)]


def opened(content: bytes) -> Iterator[bytes]:
    """What was sent with the numbers of its charts, or the files in it if it is an archive, such as a workbook."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from map(archive.read, archive.namelist())
        return
    parts = [content, *payloads(content)]
    yield from parts
    yield from (base64.b64decode(found) for part in parts for found in ARRAY.findall(part))


def payloads(content: bytes) -> Iterator[bytes]:
    """What is packed in a frame: the payloads of cards."""
    place = content.find(PACKED)
    while place >= 0:
        yield zlib.decompressobj(wbits=31).decompress(content[place:])
        place = content.find(PACKED, place + 1)


def drawn(sent: str | bytes) -> bool:
    """Whether a frame says that a page was drawn to its end."""
    told = ForwardMsg.FromString(sent) if isinstance(sent, bytes) else ForwardMsg()
    return told.WhichOneof("type") == "script_finished" and told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


def keep(screen: Screen, spoilt: Path, file: Path) -> None:
    """Load a file that cannot be read, then one that can; take the report on it, and keep it."""
    screen.open("cohorts")
    uploader = screen.page.get_by_test_id("stFileUploaderDropzoneInput")
    uploader.set_input_files(spoilt)
    expect(screen.page.get_by_text("Nothing was loaded")).to_be_visible(timeout=PATIENCE)
    uploader.set_input_files(file)
    expect(screen.page.get_by_text(f"Checked: {PEOPLE} people")).to_be_visible(timeout=PATIENCE)
    screen.settle()
    screen.page.get_by_text("Data report").click()
    screen.page.get_by_text("Draw up the report").click()
    take(screen, "The report as one page")
    screen.page.get_by_role("button", name="Keep and show").click()
    expect(screen.page.get_by_text("is kept and in view")).to_be_visible(timeout=PATIENCE)


def take(screen: Screen, button: str) -> bytes:
    """Press a button that gives a file, and return the file."""
    with screen.page.expect_download(timeout=PATIENCE) as taken:
        screen.page.get_by_role("button", name=button).first.click()
    return taken.value.path().read_bytes()


def look_all_over(screen: Screen, wire: Wire) -> None:
    """Look at every page, and every section of each; then at people by where they live."""
    for page in PAGES:
        screen.open("" if page == "overview" else page)
        wire.read()
        for section in figures.PAGES[page][1:] if page in figures.ONE_AT_A_TIME else ():
            with wire.answer():
                screen.page.get_by_role("radio", name=section.title, exact=True).click()
    for by_area in ("distributions?group=Region+of+return", "spectrum?bands-by=Region+of+return"):
        screen.open(by_area)
        wire.read()


def test_nothing_of_a_single_person_is_sent_or_logged(
    tab: Callable[..., Screen], start: Callable[..., str], tmp_path: Path
) -> None:
    people = interviews()
    file, spoilt, log = tmp_path / "round.csv", tmp_path / "spoilt.csv", tmp_path / "log"
    people.to_csv(file, index=False)
    people.assign(composite="zq7-score", host="zq7-host", wave="zq7-wave").to_csv(spoilt, index=False)
    screen = tab(start(place=tmp_path / "library", log=log))
    wire = Wire(screen)
    keep(screen, spoilt, file)
    wire.read()
    look_all_over(screen, wire)
    screen.page.get_by_role("tab", name="Download").last.click()
    table = take(screen, "Table as CSV")
    take(screen, "Table as XLSX")
    wire.read()

    # What may be sent is found, and so would be what may not.
    frames = [content for where, content in wire.received if where == FRAME]
    rows = [line for line in table.splitlines() if line.startswith((b"Herat", b"Kabul"))]
    assert len(rows) > 1
    written = [json.dumps(row.decode(), ensure_ascii=False)[1:-1].encode() for row in rows]
    assert [row for row in written if not any(row in frame for frame in frames)] == []

    wire.received.append(("the log", log.read_bytes()))
    whole = b"\0".join(content for _, content in wire.received)
    secrets = [TOKEN, *(trace for score in people[[*SCORES]].to_numpy().ravel() for trace in traces(score))]
    found = [secret for secret in secrets if secret in whole]
    assert {where for where, content in wire.received if any(secret in content for secret in found)} == set()
