"""Mean scores of groups as dots with intervals, one panel per score, on the whole 0…1 scale."""

import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.panels import panels
from data.disclosure import Released


@chart("Dots with intervals", "mean")
def scores(released: Released, line: float | None = None) -> go.Figure:
    """Draw `mean` with its intervals for each group (first key) and score (second key), with the reader's `line`."""
    figure = panels(released, "mean", line=line)
    return figure.update_xaxes(range=[0, 1], tickvals=[0, 0.25, 0.5, 0.75, 1], tickformat=".2~f")
