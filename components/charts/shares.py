"""Shares of groups as dots with intervals, one panel per score."""

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.panels import panels
from data.disclosure import Released


@chart("Dots with intervals", "share")
def shares(released: Released, panel: str = "score") -> go.Figure:
    """Draw `share` with its intervals for each group (first key), a panel per `panel`, on the whole 0–100% scale."""
    figure = panels(released, "share", "share_", panel=panel, words=in_short, form=".0%")
    return figure.update_xaxes(range=[0, 1], tickvals=[0, 0.25, 0.5, 0.75, 1], tickformat=".0%")


def in_short(row: pd.Series) -> str:
    """A share as it is told beside its row."""
    return f"{row['share']:.0%}"
