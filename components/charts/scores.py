"""Mean scores of groups as dots with intervals, one panel per score, on the whole 0…1 scale."""

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import SCORE_AXIS, UNDER, noted, score_ends, your_line
from components.charts.panels import panels
from data.disclosure import Released


@chart("Dots with intervals", "mean")
def scores(released: Released, line: float | None = None) -> go.Figure:
    """Draw `mean` with its intervals for each group (first key) and score (second key), with the reader's `line`."""
    named = "" if line is None else your_line(line)
    figure = panels(released, "mean", line=line, named=named, words=in_short, foot=UNDER)
    return noted(figure.update_xaxes(SCORE_AXIS), *score_ends())


def in_short(row: pd.Series) -> str:
    """A mean as it is told beside its row."""
    return f"{row['mean']:.2f}"
