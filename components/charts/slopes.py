"""Slopes as dots with intervals around zero, a row per score."""

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.differences import TICKS
from components.charts.marks import dots, noted, with_n
from components.charts.panels import look
from components.charts.rows import ROW, names_over, row_axis
from components.charts.stack import stack
from data.disclosure import Released
from data.estimate import shows_difference
from data.labels import label

STEP = 0.01


@chart("Dots with intervals", "slope")
def slopes(released: Released) -> go.Figure:
    """Draw `slope` with its intervals for each score; a score without one keeps its row."""
    names = [with_n(label("score", row.score), row.people) for row in released.rows.itertuples()]
    rows = released.rows.assign(name=names)
    drawn = [
        trace
        for score, mine in rows.dropna(subset=["slope"]).groupby("score", sort=False)
        for trace in dots(mine, "slope", *look("score", score), "slope_", "+.3f")
    ]
    widest = rows[["slope_low95", "slope_high95"]].abs().max().max()
    reach = STEP * (1 + (1 if pd.isna(widest) else 1.1 * widest / STEP) // 1)
    figure = stack([drawn], [""], ROW * len(rows), 0, "no trend", (-reach, reach))
    figure.update_yaxes(row_axis(names)).update_xaxes(range=[-reach, reach], **TICKS | {"tickformat": "+.3~f"})
    told = [_in_short(row) for _, row in rows.iterrows()]
    return noted(figure, *names_over(names, told))


def _in_short(row: pd.Series) -> str:
    if pd.isna(row["slope"]):
        return ""
    if not shows_difference(row["slope_low95"], row["slope_high95"]):
        return "no trend shown"
    return f"{abs(row['slope']):.3f} {'higher' if row['slope'] > 0 else 'lower'} a band"
