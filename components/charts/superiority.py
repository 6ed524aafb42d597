"""Probability of superiority: in how many of 100 pairs the person of a group scores higher than the reference's."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import dots
from components.charts.panels import panels
from components.theme import GREY, STRONG
from data.disclosure import Released

EVEN = 0.5


@chart("Dots with intervals", "superiority")
def superiority(released: Released) -> go.Figure:
    """Draw `superiority` with its 95% interval for each group but the reference, per score, around 50 of 100."""
    figure = panels(
        released,
        "superiority",
        "superiority_",
        EVEN,
        named="50: no difference",
        words=in_short,
        form=".0%",
        drawn=_drawn,
    )
    return figure.update_xaxes(range=[0, 1], tickvals=[0, 0.25, 0.5, 0.75, 1], ticktext=["0", "25", "50", "75", "100"])


def in_short(row: pd.Series) -> str:
    """In how many of 100 pairs the other person scores higher."""
    return f"{100 * row['superiority']:.0f} of 100"


def _drawn(rows: pd.DataFrame, _code: object) -> list[dict[str, Any]]:
    low, high = rows["superiority_low95"], rows["superiority_high95"]
    clear = (low > EVEN) | (high < EVEN)
    parts = ((rows[clear], STRONG), (rows[~clear], GREY))
    return [
        trace
        for part, colour in parts
        if len(part)
        for trace in dots(part, "superiority", colour, "circle", "superiority_", ".0%")
    ]
