"""Scores by months since return: a smooth line with its band."""

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.ecdf import absent, look
from components.charts.ends import MOST, End, named_at_ends
from components.charts.marks import SCORES_RUN, axis_names, heading, noted, your_line
from components.charts.waves import scale
from components.theme import GREY, MARGIN, finish
from data.disclosure import Released

STRENGTHS = {"95": "26", "66": "59"}
"""How strongly each level of the band is drawn: the alpha behind its colour."""

PANEL, FOOT, MOST_TICKS = 300, 44, 8


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
    ends: list[End] = []
    for place, (group, name) in enumerate(zip(groups, names, strict=True)):
        rows = released.rows[released.rows[column] == group] if by else released.rows
        style = look(column, group, place)
        data += _drawn(rows, name, style)
        seen = rows.dropna(subset=["mean"])
        last = (float(seen["month"].iloc[-1]), float(seen["mean"].iloc[-1])) if len(seen) else (None, None)
        ends.append(End(name if len(seen) else f"{name} · [c]", *last, style["color"]))
    low, high = scale(released)
    if line is not None:
        low, high = min(low, round(line - 0.05, 1)), max(high, round(line + 0.05, 1))
    months = released.rows["month"]
    first, right = min(months, default=0), max(months, default=1)
    figure = go.Figure({"data": data})
    figure.update_xaxes(title="Months since return", showgrid=False, range=[first - 0.5, right + 0.5])
    figure.update_xaxes(dtick=max(1, math.ceil((right - first) / MOST_TICKS)), tick0=first)
    figure.update_yaxes(range=[low, high], tickformat=".2~f", nticks=5)
    told = bool(by) and len(groups) <= MOST
    finish(figure, MARGIN["t"] + PANEL + FOOT, showlegend=bool(by) and not told).update_layout(margin_b=FOOT)
    notes = [heading(SCORES_RUN)]
    if line is not None:
        figure.add_hline(line, line={"dash": "dot", "width": 1.5, "color": GREY}, layer="below")
        here = {"x": 0, "xref": "x domain", "xanchor": "left", "y": line, "yref": "y", "yanchor": "bottom"}
        notes.append({**here, "text": your_line(line), "showarrow": False, "borderpad": 1})
    noted(figure, *notes)
    return named_at_ends(figure, ends, right + 0.5, (low, high), PANEL) if told else figure


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
