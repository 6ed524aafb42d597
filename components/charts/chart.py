"""What a chart is: how it is drawn from released numbers, and its kind and the value it draws in words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from data.disclosure import Released


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


def chart(kind: str | Callable[[Released], str], drawn: str) -> Callable[[Callable[..., go.Figure]], Chart]:
    """Declare a function that draws a chart."""
    return lambda draw: Chart(draw, kind, drawn)
