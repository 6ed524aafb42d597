"""Scores by months since return: a smooth line with its band."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.ecdf import absent, look
from components.charts.marks import axis_names
from components.theme import GREY, finish
from data.disclosure import Released

STRENGTHS = {"95": "26", "66": "59"}
"""How strongly each level of the band is drawn: the alpha behind its colour."""


@chart("Smooth line with bands", "mean")
def smooth(released: Released, line: float | None = None) -> go.Figure:
    """Draw `mean` by month, a line per group (first key, where there are two), with its bands and the reader's `line`.

    Months that may not be shown leave a gap in line and band. A group without a line says [c].
    """
    *by, _ = released.keys
    column = by[0] if by else ""
    groups = [*dict.fromkeys(released.rows[column])] if by else [""]
    names = axis_names(column, groups, wrap=False) if by else ["Everyone seen"]
    data: list[dict[str, Any]] = []
    for place, (group, name) in enumerate(zip(groups, names, strict=True)):
        rows = released.rows[released.rows[column] == group] if by else released.rows
        data += _drawn(rows, name, look(column, group, place))
    figure = go.Figure({"data": data}).update_xaxes(title="Months since return")
    if line is not None:
        figure.add_hline(line, line={"dash": "dot", "width": 1.5, "color": GREY})
    figure.update_yaxes(range=[0, 1], tickvals=[0, 0.25, 0.5, 0.75, 1], title="Score")
    return finish(figure, 430, showlegend=bool(by))


def _drawn(rows: pd.DataFrame, name: str, style: dict[str, Any]) -> list[dict[str, Any]]:
    """The bands of each run of months shown, and the line over them."""
    hidden = rows["mean"].isna()
    if hidden.all():
        return [absent(name)]
    runs = [run for _, run in rows[~hidden].groupby(hidden.cumsum())]
    band = [trace for run in runs for level in STRENGTHS for trace in _band(run, level, style["color"])]
    told = rows[["people", "low95", "high95"]].astype(object)
    return [
        *band,
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": rows["month"].tolist(),
            "y": rows["mean"].astype(object).where(~hidden, None).tolist(),
            "connectgaps": False,
            "line": style,
            "marker": {"size": 4, "color": style["color"]},
            "name": name,
            "customdata": told.where(told.notna(), None).to_numpy().tolist(),
            "hovertemplate": f"{name}, month %{{x}}: %{{y:.2f}} (95%: %{{customdata[1]:.2f}} to %{{customdata[2]:.2f}})"
            "<br>%{customdata[0]:,} people within a month<extra></extra>",
        },
    ]


def _band(rows: pd.DataFrame, level: str, colour: str) -> list[dict[str, Any]]:
    """The area between both ends of a level, over months that follow each other."""
    end = {"type": "scatter", "x": rows["month"].tolist(), "mode": "lines", "hoverinfo": "skip", "showlegend": False}
    edge = {"color": colour, "width": 0}
    area = {"fill": "tonexty", "fillcolor": f"{colour}{STRENGTHS[level]}"}
    return [
        {**end, "y": rows[f"low{level}"].tolist(), "line": edge},
        {**end, "y": rows[f"high{level}"].tolist(), "line": edge, **area},
    ]
