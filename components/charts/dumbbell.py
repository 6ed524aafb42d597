"""Two groups on each score: two dots and the line between them."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import SCORE_AXIS, UNDER, axis_names, noted, on_top, score_ends, your_line
from components.theme import GREY, LINE_COLOURS, MARGIN, finish
from data.disclosure import Released
from data.labels import label

SYMBOLS = ("circle", "diamond")
ROW, TOP = 46, 44


@chart("Dots joined by lines", "mean")
def dumbbell(released: Released, line: float) -> go.Figure:
    """Draw `mean` of the two groups (first key) on each score (second key) over the whole 0…1 scale, with a `line`.

    Each mean stands beside its dot, outwards.
    """
    by, _ = released.keys
    groups = [*dict.fromkeys(released.rows[by])]
    scores = [*dict.fromkeys(released.rows["score"])]
    names = axis_names(by, groups, wrap=False)
    data = [_between(released.only("score", score).rows, label("score", score)) for score in scores]
    least = released.rows.groupby("score")["mean"].transform("min")
    for place, (group, name) in enumerate(zip(groups, names, strict=True)):
        rows = released.only(by, group).rows.assign(least=least).dropna(subset=["mean"])
        data.append(_dots(rows, name, place))
    figure = go.Figure({"data": data}).update_xaxes(**SCORE_AXIS)
    order = {"categoryorder": "array", "categoryarray": [label("score", score) for score in scores][::-1]}
    figure.update_yaxes(**order, range=[-0.5, len(scores) - 0.5], showgrid=False, ticklabelstandoff=4)
    figure.add_shape(
        type="line", x0=line, x1=line, y0=0, y1=1, yref="paper", layer="below",
        line={"dash": "dot", "width": 1.5, "color": GREY},
    )  # fmt: skip
    foot = UNDER + MARGIN["b"]
    finish(figure, TOP + ROW * len(scores) + foot, showlegend=True).update_layout(margin_t=TOP, margin_b=foot)
    return noted(figure, on_top(line, your_line(line)), *score_ends())


def _between(rows: pd.DataFrame, name: str) -> dict[str, Any]:
    ends = rows["mean"].dropna().tolist()
    look = {"line": {"color": GREY, "width": 3}, "hoverinfo": "skip", "showlegend": False}
    return {"type": "scatter", "mode": "lines", "x": ends, "y": [name] * len(ends), **look}


def _dots(rows: pd.DataFrame, name: str, place: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": rows["mean"].tolist(),
        "y": [label("score", score) for score in rows["score"]],
        "name": name,
        "marker": {"color": LINE_COLOURS[place], "symbol": SYMBOLS[place], "size": 13},
        "text": [f"{mean:.2f}" for mean in rows["mean"]],
        "textposition": ["middle left" if low else "middle right" for low in rows["mean"] == rows["least"]],
        "customdata": rows[["people", "low95", "high95"]].to_numpy().tolist(),
        "hovertemplate": f"{name}<br>%{{y}}: %{{x:.2f}} (95%: %{{customdata[1]:.2f}} to %{{customdata[2]:.2f}})"
        "<br>%{customdata[0]:,} people<extra></extra>",
    }
