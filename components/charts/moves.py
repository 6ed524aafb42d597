"""The chance of moving up, or down, a level: dots with intervals, a panel each way."""

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.panels import panels
from components.charts.shares import in_short
from data.disclosure import Released


@chart("Dots with intervals", "share")
def moves(released: Released) -> go.Figure:
    """Draw `share` with its intervals for each group (first key), a panel per move, from zero."""
    return from_zero(released, "move")


def from_zero(released: Released, panel: str) -> go.Figure:
    """Shares with their intervals, a panel per `panel`, on a scale from zero to the end of the widest interval."""
    top = released.rows["share_high95"].max()
    top = 1.0 if pd.isna(top) else min(1.0, 1.05 * top)
    figure = panels(released, "share", "share_", panel=panel, words=in_short, form=".0%", span=(0, top))
    return figure.update_xaxes(range=[0, top], tickformat=".0%", nticks=6)
