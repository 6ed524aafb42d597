"""Names of lines at their ends, spread so that none lies on another, each with a leader in its line's colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from components.charts.marks import LETTER, lines_in, noted, wrapped
from components.theme import MARGIN

LINE = 17
"""Pixels of a line of text."""

MOST = 6
"""Lines that are named at their ends; of more a legend is read more easily."""

WRAP_AT = 15


@dataclass(frozen=True)
class End:
    """A line's name and where it ends; `x` and `y` are None for a line that may not be shown."""

    name: str
    x: float | None
    y: float | None
    colour: str


def named_at_ends(
    figure: go.Figure, ends: Sequence[End], right: float, span: tuple[float, float], height: float
) -> go.Figure:
    """`figure` with the names of its lines beside their ends, in a margin as wide as they need.

    `right` is where the x axis ends, `span` the range of the y axis and `height` its pixels, nearly.
    """
    names = [wrapped(end.name, WRAP_AT) for end in ends]
    unit = (span[1] - span[0]) / height
    wanted = [span[0] if end.y is None else end.y for end in ends]
    places = spread(wanted, [LINE * lines_in(name) * unit for name in names], span)
    notes = [_name(end, name, right, place) for end, name, place in zip(ends, names, places, strict=True)]
    longest = max((len(line) for name in names for line in name.split("<br>")), default=0)
    return noted(figure, *notes).update_layout(margin_r=MARGIN["r"] + LETTER * longest)


def spread(wanted: Sequence[float], sizes: Sequence[float], span: tuple[float, float]) -> list[float]:
    """Where the middles of things of these `sizes` stand, each as near to where it is `wanted` as room allows.

    They keep their order and do not overlap. Where all fit into `span`, all are in it.
    """
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    blocks: list[tuple[float, list[int]]] = []  # where each block begins, and what it holds from there upwards
    for place in order:
        held = [place]
        start = _inside(wanted[place] - sizes[place] / 2, sizes[place], span)
        while blocks and blocks[-1][0] + sum(sizes[one] for one in blocks[-1][1]) > start:
            held = [*blocks.pop()[1], *held]
            offsets = [sum(sizes[one] for one in held[:at]) + sizes[each] / 2 for at, each in enumerate(held)]
            middle = sum(wanted[one] - by for one, by in zip(held, offsets, strict=True)) / len(held)
            start = _inside(middle, sum(sizes[one] for one in held), span)
        blocks.append((start, held))
    places = [0.0] * len(wanted)
    for start, held in blocks:
        for at, one in enumerate(held):
            places[one] = start + sum(sizes[each] for each in held[:at]) + sizes[one] / 2
    return places


def _inside(start: float, size: float, span: tuple[float, float]) -> float:
    return max(span[0], min(start, span[1] - size))


def _name(end: End, name: str, right: float, place: float) -> dict[str, Any]:
    here = {"text": name, "xanchor": "left", "yanchor": "middle", "align": "left", "xref": "x", "yref": "y"}
    if end.x is None:
        return {**here, "x": right, "y": place, "xshift": 4, "showarrow": False}
    tail = {"axref": "x", "ayref": "y", "ax": right, "ay": place}
    look = {"showarrow": True, "arrowhead": 0, "arrowwidth": 1.5, "arrowcolor": end.colour, "standoff": 5}
    return {**here, **tail, **look, "x": end.x, "y": end.y, "borderpad": 2}
