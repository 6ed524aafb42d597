"""The chance of moving up, or down, a level: dots with intervals, a panel each way."""

import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.panels import panels
from data.disclosure import Released


@chart("Dots with intervals", "share")
def moves(released: Released) -> go.Figure:
    """Draw `share` with its intervals for each group (first key), a panel per move, from zero."""
    return panels(released, "share", "share_", panel="move").update_xaxes(rangemode="tozero", tickformat=".0%")
