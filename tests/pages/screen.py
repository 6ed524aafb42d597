"""What a test reads off a page: its cards, and everything that was sent to the browser."""

import base64
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pandas as pd
import pytest
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.testing.v1 import AppTest

from components import figures, show
from components.card.payload import unpacked
from components.figure import Asked, Figure
from data.disclosure import Released

ROOT = Path(__file__).parents[2]
PAGES = tuple(sorted(file.stem for file in (ROOT / "pages").glob("[!_]*.py")))
"""Every page there is, so that a new one is tested by being there."""

SECTIONS = {page: [section.title for section in figures.PAGES[page]] for page in figures.ONE_AT_A_TIME}
PLACES = tuple(f"{page}/{part}" if part else page for page in PAGES for part in SECTIONS.get(page, ("",)))
"""Every page, or where it has sections each of these: "spectrum/Label and experience"."""

Query = Mapping[str, str | Sequence[str]]


def open_page(place: str, query: Query | None = None) -> AppTest:
    """Open a page, or a section of it, by its address, as the first request of a new session."""
    page, _, part = place.partition("/")
    app = AppTest.from_file(ROOT / "app.py", default_timeout=300)
    app._bidi_component_manager = BidiComponentManager()  # else each test looks for components in every package
    app.query_params.update({**({f"look-{page}": part} if part else {}), **(query or {})})
    app.answered = answered = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(show, "answer", partial(_noted, show.answer, answered))
        return app.switch_page(f"pages/{page}.py").run()


def open_again(app: AppTest, name: str) -> AppTest:
    """Open a filter of the sidebar again; what stands in the address goes with it, as in a browser."""
    app.sidebar.selectbox(key=name).set_value(None)
    app.query_params.pop(name, None)
    return app.run()


def _noted(
    answer: Callable[[Figure, Asked], Released],
    answered: list[tuple[Figure, Asked, Released]],
    figure: Figure,
    asked: Asked,
) -> Released:
    """The answer of a figure, noted with what it was asked with: `app.answered` of an opened page has all."""
    found = answer(figure, asked)
    answered.append((figure, asked, found))
    return found


@dataclass(frozen=True)
class Card:
    """A figure with all that stands around it, as its payload says it."""

    payload: Mapping[str, Any]

    @property
    def headline(self) -> str:
        """The finding."""
        return self.payload["headline"]

    @property
    def alt(self) -> str:
        """The chart in words."""
        return self.payload["alt"]

    @property
    def spec(self) -> Mapping[str, Any]:
        """The chart as plotly.js takes it; without traces where nothing may be drawn."""
        return self.payload["chart"] or {"data": [], "layout": {}}

    @property
    def table(self) -> pd.DataFrame:
        """The table as it stands on screen."""
        return pd.DataFrame(self.payload["rows"], columns=self.payload["columns"], dtype=object)

    @property
    def said(self) -> dict[str, str]:
        """What is said of the figure, by its name."""
        return {name: text for name, text in self.payload["about"] if name}

    @property
    def view(self) -> str:
        """The sentence of the view."""
        return self.said["In view."][: self._people.start()]

    @property
    def people(self) -> str:
        """The people behind the figure, as About says them."""
        return self._people.group(1)

    @property
    def _people(self) -> "re.Match[str]":
        return re.search(r", ([\d,]+ people|fewer than 10 people)\.$", self.said["In view."])

    @property
    def recorded(self) -> bool:
        """Whether it shows recorded returns, and not people's interviews."""
        return self.view.startswith("Recorded, ")


def payloads(app: AppTest) -> list[dict[str, Any]]:
    """What the components of a page were sent, in reading order."""
    return [unpacked(element.proto.bytes) for element in app.main if element.type == "bidi_component"]


def cards(app: AppTest) -> list[Card]:
    """The cards of a page in reading order."""
    return [Card(payload) for payload in payloads(app) if "headline" in payload]


def head(app: AppTest) -> dict[str, Any]:
    """The head of a page: its question and the answer, who is in view."""
    [found] = [payload for payload in payloads(app) if "question" in payload]
    return found


def link(app: AppTest) -> dict[str, list[str]]:
    """What the link of a page's cards holds."""
    [address] = {card.payload["link"] for card in cards(app)[-1:]}
    return parse_qs(address.partition("?")[2])


def in_view(app: AppTest) -> str:
    """Who is in view, as the head of the page says it: "All corridors, all bands: 5,965 people"."""
    said = head(app)
    return f"{said['sentence']}: {said['people']}"


def arrays(node: object) -> Iterator[list[Any]]:
    """Every array in a part of a chart's specification, Plotly's binary ones decoded."""
    if isinstance(node, dict) and "bdata" in node:
        yield np.frombuffer(base64.b64decode(node["bdata"]), node["dtype"]).tolist()
    elif isinstance(node, dict):
        for inner in node.values():
            yield from arrays(inner)
    elif isinstance(node, list):
        yield node
        for inner in node:
            yield from arrays(inner)


def numbers(traces: Sequence[object]) -> list[float]:
    """Every number that stands in an array of a chart's traces."""
    return [cell for trace in traces for array in arrays(trace) for cell in array if isinstance(cell, int | float)]


def words(app: AppTest) -> str:
    """All text of a page as it went to the browser, with each element's and each container's settings."""
    protos = [getattr(node, "proto", None) for node in app._tree]
    return "\n".join(line for proto in protos if proto is not None for line in _lines(proto))


def _lines(proto: Any) -> Iterator[str]:
    """Of a card its words: `numbers` reads its numbers, whose binary form spells words by chance."""
    if isinstance(proto, BidiComponent):
        yield from (proto.id, *_strings(unpacked(proto.bytes)))
    else:
        yield proto.SerializeToString().decode("utf-8", errors="replace")


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, list | dict) and "bdata" not in node:
        for inner in node.values() if isinstance(node, dict) else node:
            yield from _strings(inner)


def tables(app: AppTest) -> list[pd.DataFrame]:
    """Every table of a page."""
    return [table.value for table in (*app.get("dataframe"), *app.get("table"))]
