"""What a test reads off a page: its cards, and everything that was sent to the browser."""

import base64
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.proto.PlotlyChart_pb2 import PlotlyChart
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from components import figures, show
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
    """A figure with all that stands around it."""

    headline: str
    alt: str
    spec: dict[str, Any]
    captions: tuple[str, ...]
    texts: tuple[str, ...]
    table: pd.DataFrame
    table_alt: str

    @property
    def view(self) -> str:
        """The sentence of the view, as it stands under the chart."""
        return self._signature()[0]

    @property
    def people(self) -> str:
        """The people behind the chart in words, as they stand under it."""
        return self._signature()[1]

    @property
    def recorded(self) -> bool:
        """Whether it shows recorded returns, and not people's interviews."""
        return self.view.startswith("Recorded, ")

    def _signature(self) -> tuple[str, str]:
        found = [match for caption in self.captions if (match := re.match(r"(.+?) · \*\*(.+?)\*\*", caption))]
        assert len(found) == 1, self.captions
        return found[0][1], found[0][2]


def cards(app: AppTest) -> list[Card]:
    """The cards of a page in reading order: each smallest block that holds one chart and a heading."""
    return [_card(block) for block in app.main if isinstance(block, Block) and _is_card(block)]


def _is_card(block: Block) -> bool:
    kinds = [child.type for child in block.children.values()]
    return "plotly_chart" in kinds


def _card(block: Block) -> Card:
    [heading], [chart], [table] = block.get("subheader"), block.get("plotly_chart"), block.get("dataframe")
    return Card(
        headline=heading.value,
        alt=chart.proto.alt,
        spec=json.loads(chart.proto.spec),
        captions=tuple(caption.value for caption in block.get("caption")),
        texts=tuple(text.value for text in block.get("markdown")),
        table=table.value,
        table_alt=table.proto.alt,
    )


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
    """Of a chart its words: `numbers` reads its numbers, whose binary form spells words by chance."""
    if isinstance(proto, PlotlyChart):
        yield from (proto.alt, proto.id, *_strings(json.loads(proto.spec)))
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
