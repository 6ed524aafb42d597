"""The mean path of each group over the waves, with the points where it turns, and the W of MPP behind it as a guide."""

from typing import Final

import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import noted
from components.charts.waves import group_waves
from components.theme import GREY
from data.disclosure import Released
from data.summaries.paths import CLEAR
from data.vocabulary import Score

GUIDE: Final = "Dotted: W curve, schematic after MPP, no scale"
W: Final = (
    "M 0.1,0.36 C 0.18,0.36 0.2,0.1 0.3,0.1 C 0.4,0.1 0.4,0.28 0.5,0.28 "
    "C 0.6,0.28 0.6,0.1 0.7,0.1 C 0.8,0.1 0.82,0.36 0.9,0.36"
)
"""A W in shares of a panel's width and height, drawn for this project: the source names the form and gives no numbers.

Source: MPP, "Measuring sustainable reintegration", Figure 1, "The W curve model of reintegration experiences"."""

TURNS: Final = {-1: "Low point", 1: "High point"}
UNDER = 20


@chart("Lines by wave", "mean")
def w_curve(released: Released, score: Score) -> go.Figure:
    """Draw `mean` of one `score` by wave for each group (first key), as `group_waves` does, and ring where it turns.

    A ring is thick where the turning point is clear (`CLEAR` of the bootstrap draws have it too), else thin with a dot.
    The faint W behind is a guide without a scale.
    """
    by, *_ = released.keys
    found = released.only("score", score)
    figure = group_waves(found, score, joined=[*found.rows[by].unique()])
    groups = [*dict.fromkeys(found.rows[by])]
    lines = [trace for trace in figure.data if trace.mode == "lines+markers"]
    for line, group in zip(lines, groups, strict=True):
        rows = found.only(by, group).rows.dropna(subset=["mean"])
        turns = rows["turn"].isin([*TURNS]).to_numpy()
        rows, clear = rows[turns], rows.loc[turns, "surety"] >= CLEAR
        figure.add_scatter(
            x=[x for x, turn in zip(line.x, turns, strict=True) if turn],
            y=rows["mean"].tolist(),
            xaxis=line.xaxis,
            yaxis=line.yaxis,
            mode="markers",
            marker={
                "symbol": ["circle-open" if sure else "circle-open-dot" for sure in clear],
                "size": 18,
                "color": line.line.color,
                "line": {"width": [3 if sure else 1 for sure in clear]},
            },
            customdata=[[TURNS[turn], surety] for turn, surety in zip(rows["turn"], rows["surety"], strict=True)],
            hovertemplate="%{customdata[0]} in %{customdata[1]:.0%} of draws<extra></extra>",
            showlegend=False,
        )
    for axis in dict.fromkeys(line.yaxis or "y" for line in lines):
        figure.add_shape(
            type="path",
            path=W,
            xref="x domain",
            yref=f"{axis} domain",
            line={"color": GREY, "width": 2, "dash": "dot"},
            opacity=0.5,
            layer="below",
            name=GUIDE,
        )
    foot, height = figure.layout.margin.b, figure.layout.height
    said = {"xref": "paper", "yref": "paper", "x": 0, "y": 0, "xanchor": "left", "yanchor": "top", "showarrow": False}
    figure.update_layout(margin_b=foot + UNDER, height=height + UNDER)
    return noted(figure, {**said, "yshift": -foot + 6, "text": GUIDE})
