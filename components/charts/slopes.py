"""Slopes as dots with intervals around zero, a row per score."""

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import dots, with_n
from components.charts.panels import ROW
from components.charts.stack import stack
from components.theme import SCORE_COLOURS, SCORE_SYMBOLS
from data.disclosure import Released
from data.labels import label
from data.vocabulary import Score

STEP = 0.01


@chart("Dots with intervals", "slope")
def slopes(released: Released) -> go.Figure:
    """Draw `slope` with its intervals for each score; a score without one keeps its row."""
    names = [with_n(label("score", row.score), row.people) for row in released.rows.itertuples()]
    rows = released.rows.assign(name=names)
    drawn = [
        trace
        for score, mine in rows.dropna(subset=["slope"]).groupby("score", sort=False)
        for trace in dots(mine, "slope", SCORE_COLOURS[Score(score)], SCORE_SYMBOLS[Score(score)], "slope_")
    ]
    figure = stack([drawn], [""], ROW * len(rows), line=0)
    widest = rows[["slope_low95", "slope_high95"]].abs().max().max()
    reach = STEP * (1 + (1 if pd.isna(widest) else 1.1 * widest / STEP) // 1)
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1], range=[-0.6, len(names) - 0.4])
    return figure.update_xaxes(range=[-reach, reach], tickformat="+.3~f", nticks=7)
