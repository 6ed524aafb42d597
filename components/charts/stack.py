"""Panels one under another on one x axis: written as one layout, for `make_subplots` takes ten times as long."""

import math
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from components.charts.marks import lines_in, on_top
from components.theme import GREY, MARGIN, finish

HEAD = 28
"""Pixels over each panel with a title, for its title."""

LINE = 17
"""Pixels of a further line of a title."""

LEGEND_ROW = 19
"""Pixels of a row of the legend."""

ABREAST = 15
"""Entries up to this long stand two in a row on a phone."""

FOOT = 26
"""Pixels for the numbers of the x axis."""


def stack(
    traces: Sequence[Sequence[dict[str, Any]]],
    titles: Sequence[str],
    panel: int,
    line: float | None,
    named: str = "",
    span: Sequence[float] = (0, 1),
    foot: int = FOOT,
) -> go.Figure:
    """A figure with one panel of `panel` pixels for each list of traces (as dicts), its title over its left end.

    A vertical reference `line` runs through each panel, solid at zero, where differences begin; what it is `named`
    stands over it, inside the `span` of the x axis. `foot` is how much room the x axis takes.
    """
    head = HEAD + LINE * (max(map(lines_in, titles)) - 1) if any(titles) else 0
    whole = max(1, max(1, len(titles)) * (panel + head))
    tops = [1 - (place * (panel + head) + head) / whole for place in range(len(titles))]
    layout: dict[str, Any] = {"xaxis": {"anchor": axis_of(len(titles))}, "annotations": [], "showlegend": False}
    for place, (title, top) in enumerate(zip(titles, tops, strict=True), start=1):
        layout[f"yaxis{place if place > 1 else ''}"] = {"domain": [max(0.0, top - panel / whole), top], "anchor": "x"}
        if title:
            layout["annotations"].append(
                {"text": title, "x": 0, "y": top, "xref": "paper", "yref": "paper", "xanchor": "left"}
                | {"yanchor": "bottom", "showarrow": False, "borderpad": 0, "yshift": 3, "align": "left"}
            )
    if line is not None:
        drawn = {"dash": "dot" if line else "solid", "width": 1.5, "color": GREY}
        layout["shapes"] = [
            {"type": "line", "x0": line, "x1": line, "y0": 0, "y1": 1, "xref": "x", "line": drawn, "layer": "below"}
            | {"yref": f"{axis_of(place)} domain"}
            for place in range(1, len(titles) + 1)
        ]
        if named and titles:
            layout["annotations"].append(on_top(line, named, span))
    data = [{**trace, "xaxis": "x", "yaxis": axis_of(n)} for n, each in enumerate(traces, start=1) for trace in each]
    top_margin = MARGIN["t"] if named else MARGIN["b"]
    figure = finish(go.Figure({"data": data, "layout": layout}), whole + top_margin + foot + MARGIN["b"])
    return figure.update_layout(margin_t=top_margin, margin_b=foot + MARGIN["b"])


def with_legend(figure: go.Figure) -> go.Figure:
    """`figure` with its legend over it, and as much room for that as its entries need on a phone."""
    names = [trace.name for trace in figure.data if trace.name and trace.showlegend is not False]
    abreast = 2 if all(len(name) <= ABREAST for name in names) else 1
    room = LEGEND_ROW * math.ceil(len(names) / abreast) + LEGEND_ROW // 2
    layout = figure.layout
    return figure.update_layout(showlegend=True, height=layout.height + room, margin_t=layout.margin.t + room)


def axis_of(place: int) -> str:
    """What traces call the y axis of the `place`th panel, counted from 1."""
    return f"y{place}" if place > 1 else "y"
