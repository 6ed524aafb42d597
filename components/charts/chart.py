"""What a chart is: how it is drawn from released numbers, and its kind and the value it draws in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from components.theme import EMPTY
from data.disclosure import Released

_HOLDS = ("z", "q1", "x", "y", "value")
"""Where a trace keeps its numbers."""


@dataclass(frozen=True)
class Chart:
    """A chart as a function of released numbers.

    `kind` says in words what it is, of these numbers where that depends on them; `drawn` is the value column it draws.
    """

    draw: Callable[..., go.Figure]
    kind: str | Callable[[Released], str]
    drawn: str

    def __call__(self, released: Released, *how: Any, **more: Any) -> go.Figure:
        """The chart of these numbers."""
        return self.draw(released, *how, **more)

    def in_words(self, released: Released) -> str:
        """What kind of chart it is, for those who do not see it."""
        return self.kind if isinstance(self.kind, str) else self.kind(released)

    @staticmethod
    def empty(figure: go.Figure) -> bool:
        """Whether a figure draws no number at all: only words, marks of what is masked, outlines or guides."""
        return not any(_draws(trace) for trace in figure.to_plotly_json()["data"])


def chart(kind: str | Callable[[Released], str], drawn: str) -> Callable[[Callable[..., go.Figure]], Chart]:
    """Declare a function that draws a chart."""
    return lambda draw: Chart(draw, kind, drawn)


def _draws(trace: dict[str, Any]) -> bool:
    """Whether a trace draws a number: all but words, and what says nothing when pointed at and is no cell or box."""
    if trace["type"] == "sankey":
        return len(trace["link"]["value"]) > 0
    if trace["type"] not in ("heatmap", "box") and (trace.get("hoverinfo") == "skip" or trace.get("mode") == "text"):
        return False
    if trace.get("marker", {}).get("color") == EMPTY:
        return False
    across = ("x",) if trace.get("orientation") == "h" and trace["type"] == "bar" else ("y",)
    held = next((trace[name] for name in (*_HOLDS[:2], *across) if trace.get(name) is not None), ())
    return any(_is_number(each) for each in held)


def _is_number(cell: Any) -> bool:
    """Whether a cell, or one of its row of cells, holds something; a missing number is None or not equal to itself."""
    if isinstance(cell, Iterable) and not isinstance(cell, str):
        return any(map(_is_number, cell))
    return cell is not None and cell == cell
