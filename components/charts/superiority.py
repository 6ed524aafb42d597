"""Probability of superiority: in how many of 100 pairs the person of a group scores higher than the reference's."""

import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.panels import panels
from data.disclosure import Released

EVEN = 0.5


@chart("Dots with intervals", "superiority")
def superiority(released: Released) -> go.Figure:
    """Draw `superiority` with its 95% interval for each group but the reference, per score, around 50 of 100."""
    figure = panels(released, "superiority", "superiority_", line=EVEN)
    return figure.update_xaxes(range=[0, 1], tickvals=[0, 0.25, 0.5, 0.75, 1], ticktext=["0", "25", "50", "75", "100"])
