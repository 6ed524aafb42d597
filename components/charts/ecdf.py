"""Cumulative distribution of one score: which share of people scores below each tenth of the scale."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import SCORE_AXIS, UNDER, axis_names, heading, noted, on_top, score_ends, your_line
from components.charts.stack import with_legend
from components.theme import BAND_LINES, DASHES, GREY, LINE_COLOURS, MARGIN, finish
from data.disclosure import Released
from data.vocabulary import ReturnBand, Score

PANEL, TOP = 290, 46


@chart("Cumulative curve", "share")
def ecdf(released: Released, score: Score, line: float) -> go.Figure:
    """Draw `share` by `upto`, a line per group (first key), with the reader's vertical `line`.

    A dot stands at each end of a bin that may be shown; between two dots nothing is known but that the line rises, so
    it runs straight. (Steps would all rise at the same ends and hide each other.) The 95% interval is drawn as an area
    where there is but one group. A group without a line says [c]. All lines end at 100%: what they are called stands in
    a legend.
    """
    by = released.keys[0]
    mine = released.only("score", score).rows
    groups = mine[by].unique().tolist()
    traces: list[dict[str, Any]] = []
    for place, (group, name) in enumerate(zip(groups, axis_names(by, groups, wrap=False), strict=True)):
        rows = mine[(mine[by] == group) & mine["share"].notna()]
        if len(groups) == 1:
            traces += _area(rows.dropna(subset=["share_low95"]), look(by, group, place)["color"])
        traces.append(_line(rows, name, look(by, group, place)))
    figure = go.Figure({"data": traces})
    figure.add_shape(
        type="line", x0=line, x1=line, y0=0, y1=1, yref="paper", layer="below",
        line={"dash": "dot", "width": 1.5, "color": GREY},
    )  # fmt: skip
    figure.update_xaxes(**SCORE_AXIS).update_xaxes(range=[0, 1.01])
    figure.update_yaxes(range=[0, 1.02], tickformat=".0%", nticks=5)
    finish(figure, TOP + PANEL + UNDER + MARGIN["b"], showlegend=False)
    figure.update_layout(margin_t=TOP, margin_b=UNDER + MARGIN["b"])
    figure = with_legend(figure) if len(groups) > 1 else figure
    return noted(figure, heading("People who score below"), on_top(line, your_line(line), row=1), *score_ends())


def look(by: str, group: object, place: int) -> dict[str, Any]:
    """Colour, dash and width of the line of a group, the `place`th of its figure: a band has its own colour."""
    colour = BAND_LINES[ReturnBand(str(group))] if by == "band" else LINE_COLOURS[place % len(LINE_COLOURS)]
    return {"color": colour, "dash": DASHES[place % len(DASHES)], "width": 2.5}


def absent(name: str) -> dict[str, Any]:
    """What stands in the legend for a group of which no line may be shown."""
    return {"type": "scatter", "x": [None], "y": [None], "mode": "lines", "name": f"{name} · [c]",
            "line": {"color": GREY, "width": 2}, "showlegend": True, "hoverinfo": "skip"}  # fmt: skip


def _line(rows: pd.DataFrame, name: str, line: dict[str, Any]) -> dict[str, Any]:
    if len(rows) < 2:  # that everyone scores up to 1 is no distribution
        return absent(name)
    n = f"{rows['total'].max():,.0f} people"
    told = [
        f"{share:.0%} score below {upto:.1f} (95%: {low:.0%} to {high:.0%})" if upto < 1 else "everyone"
        for upto, share, low, high in rows[["upto", "share", "share_low95", "share_high95"]].to_numpy()
    ]
    return {
        "type": "scatter",
        "x": rows["upto"].tolist(),
        "y": rows["share"].tolist(),
        "mode": "lines+markers",
        "line": line,
        "marker": {"size": 6},
        "name": f"{name} · {n}",
        "showlegend": True,
        "text": [f"{name}<br>{words}<br>{n}" for words in told],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _area(rows: pd.DataFrame, colour: str) -> list[dict[str, Any]]:
    end = {"type": "scatter", "x": rows["upto"].tolist(), "mode": "lines", "hoverinfo": "skip", "showlegend": False}
    edge = {"color": colour, "width": 0}
    return [
        {**end, "y": rows["share_low95"].tolist(), "line": edge},
        {**end, "y": rows["share_high95"].tolist(), "line": edge, "fill": "tonexty", "fillcolor": f"{colour}40"},
    ]
