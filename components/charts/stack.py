"""Panels one under another on one x axis: written as one layout, for `make_subplots` takes ten times as long."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from components.theme import GREY, finish

HEAD = 30
"""Pixels over each panel, for its title."""

FOOT = 72
"""Pixels for the x axis and the margins."""


def stack(
    traces: Sequence[Sequence[dict[str, Any]]], titles: Sequence[str], panel: int, line: float | None
) -> go.Figure:
    """A figure with one panel of `panel` pixels for each list of traces (as dicts), its title over its left end.

    A vertical reference `line` runs through each panel, solid at zero, where differences begin.
    """
    whole = max(1, len(titles)) * (panel + HEAD)
    tops = [1 - (place * (panel + HEAD) + HEAD) / whole for place in range(len(titles))]
    layout: dict[str, Any] = {"xaxis": {"anchor": _axis(len(titles))}, "annotations": [], "showlegend": False}
    for place, (title, top) in enumerate(zip(titles, tops, strict=True), start=1):
        layout[f"yaxis{place if place > 1 else ''}"] = {"domain": [max(0.0, top - panel / whole), top], "anchor": "x"}
        layout["annotations"].append(
            {"text": title, "x": 0, "y": top, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
            | {"showarrow": False, "font": {"size": 13}}
        )
    if line is not None:
        drawn = {"dash": "dot" if line else "solid", "width": 1.5, "color": GREY}
        layout["shapes"] = [
            {"type": "line", "x0": line, "x1": line, "y0": 0, "y1": 1, "xref": "x", "line": drawn}
            | {"yref": f"{_axis(place)} domain"}
            for place in range(1, len(titles) + 1)
        ]
    data = [{**trace, "xaxis": "x", "yaxis": _axis(n)} for n, panels in enumerate(traces, start=1) for trace in panels]
    return finish(go.Figure({"data": data, "layout": layout}), whole + FOOT)


def _axis(place: int) -> str:
    return f"y{place}" if place > 1 else "y"
