"""Binned distribution of one score, a panel per group on shared bins."""

from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import SCORE_AXIS, UNDER, noted, score_ends, your_line
from components.charts.stack import stack
from components.theme import SCORE_COLOURS, filled, hatched
from data.disclosure import Released
from data.labels import label
from data.summaries.distributions import BINS
from data.vocabulary import Score

PANEL = 72


@chart("Histogram", "share")
def histogram(released: Released, score: Score, line: float) -> go.Figure:
    """Bars of `share` per bin, zero-based and on one scale for all groups (first key), with the reader's line.

    A bin of too few people has a small hatched stub instead of a bar.
    """
    by = released.keys[0]
    mine = released.rows[released.rows["score"] == score]
    groups = mine[by].unique().tolist()
    top = 1.0 if mine["share"].isna().all() else float(mine["share"].max())
    figure = stack(
        [_bars(mine[mine[by] == group], SCORE_COLOURS[score], top) for group in groups],
        [_title(released, by, group, score) for group in groups],
        PANEL,
        line,
        your_line(line),
        foot=UNDER,
    )
    figure.update_xaxes(SCORE_AXIS, showgrid=False)
    figure.update_yaxes(range=[0, top * 1.08], tickformat=".0%", nticks=3)
    return noted(figure.update_layout(barmode="overlay", bargap=0), *score_ends())


def _bars(rows: pd.DataFrame, colour: str, top: float) -> list[dict[str, Any]]:
    shown, hidden = rows[rows["share"].notna()], rows[rows["share"].isna()]
    bar = {"type": "bar", "width": 1 / BINS}
    return [
        {
            **bar,
            "x": (shown["bin"] + 0.5 / BINS).tolist(),
            "y": shown["share"].tolist(),
            "marker": filled(colour),
            "customdata": shown["people"].tolist(),
            "hovertemplate": "%{y:.0%} of people score here<br>%{customdata:,} people<extra></extra>",
        },
        {
            **bar,
            "x": (hidden["bin"] + 0.5 / BINS).tolist(),
            "y": [top * 0.04] * len(hidden),
            "marker": hatched(),
            "hovertemplate": "[c] too few people to show<extra></extra>",
        },
    ]


def _title(released: Released, by: str, group: object, score: Score) -> str:
    rows = released.rows[(released.rows[by] == group) & (released.rows["score"] == score)]
    total = rows["total"].max()
    return f"<b>{escape(label(by, group), quote=False)}</b> · {'[c]' if pd.isna(total) else f'{total:,.0f} people'}"
