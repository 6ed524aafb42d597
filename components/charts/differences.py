"""Differences to a reference group as dots with intervals around zero, one panel per score."""

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.panels import panels
from data.disclosure import Released

STEP = 0.05
ROOM = 1.1
"""The widest interval ends a little before the edge of the chart."""


@chart("Dots with intervals", "difference")
def differences(released: Released, panel: str = "score") -> go.Figure:
    """Draw `difference` with its intervals for each group but the reference, a panel per code of column `panel`."""
    figure = panels(released, "difference", "difference_", line=0, panel=panel)
    widest = released.rows[["difference_low95", "difference_high95"]].abs().max().max()
    reach = STEP * (1 + (STEP if pd.isna(widest) else ROOM * widest) // STEP)
    return figure.update_xaxes(range=[-reach, reach], tickformat="+.2~f", nticks=7)
