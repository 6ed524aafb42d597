"""Two groups on each score: two dots and the line between them."""

import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import axis_names
from components.theme import GREY, LINE_COLOURS, finish
from data.disclosure import Released
from data.labels import label

SYMBOLS = ("circle", "diamond")
ROW = 58


@chart("Dots joined by lines", "mean")
def dumbbell(released: Released, line: float) -> go.Figure:
    """Draw `mean` of the two groups (first key) on each score (second key) over the whole 0…1 scale, with a `line`."""
    by, _ = released.keys
    groups = [*dict.fromkeys(released.rows[by])]
    figure = go.Figure()
    for score in dict.fromkeys(released.rows["score"]):
        ends = released.only("score", score).rows["mean"].dropna()
        name = label("score", score)
        between = {"color": GREY, "width": 3}
        figure.add_scatter(x=ends, y=[name] * len(ends), mode="lines", line=between, hoverinfo="skip", showlegend=False)
    for place, (group, name) in enumerate(zip(groups, axis_names(by, groups, wrap=False), strict=True)):
        rows = released.only(by, group).rows.dropna(subset=["mean"])
        figure.add_scatter(
            x=rows["mean"],
            y=[label("score", score) for score in rows["score"]],
            name=name,
            mode="markers",
            marker={"color": LINE_COLOURS[place], "symbol": SYMBOLS[place], "size": 13},
            customdata=rows[["people", "low95", "high95"]].to_numpy(),
            hovertemplate=f"{name}<br>%{{y}}: %{{x:.2f}} (95%: %{{customdata[1]:.2f}} to %{{customdata[2]:.2f}})"
            "<br>%{customdata[0]} people<extra></extra>",
        )
    names = [label("score", score) for score in dict.fromkeys(released.rows["score"])]
    figure.update_xaxes(range=[0, 1], tickvals=[0, 0.25, 0.5, 0.75, 1], tickformat=".2~f")
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1], range=[-0.6, len(names) - 0.4])
    figure.add_vline(x=line, line={"dash": "dot", "width": 1.5, "color": GREY})
    return finish(figure, 130 + ROW * len(names))
