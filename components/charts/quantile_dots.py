"""Quantile dots: twenty dots a group, each for 5 in 100 people, stacked where these people score."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import SCORE_AXIS, UNDER, axis_names, noted, score_ends, your_line
from components.charts.stack import stack
from components.theme import SCORE_COLOURS
from data.disclosure import Released
from data.vocabulary import Score

COLUMN = 0.05
DOT = 10
STEP = 12
"""Pixels from dot to dot in a column."""


@chart("Dot plot", "quantile")
def quantile_dots(released: Released, score: Score, line: float) -> go.Figure:
    """Draw `quantile` at each `q` as a dot in a column of width .05, a panel per group (first key), with a `line`.

    The outermost dots of a small group, which would tell of fewer than 10 people, are left out and counted in the
    title. Source: Wilkinson, "Dot plots", *The American Statistician* 53 (1999); Kay et al., "When (ish) is my bus?"
    (CHI 2016).
    """
    by = released.keys[0]
    mine = released.only("score", score).rows
    groups = mine[by].unique().tolist()
    stacked = [_stacked(mine[mine[by] == group]) for group in groups]
    top = max((dots["height"].max() for dots in stacked if len(dots)), default=1)
    height = int(STEP * (top + 0.5))
    titles = [
        _title(name, mine[mine[by] == group])
        for group, name in zip(groups, axis_names(by, groups, wrap=False), strict=True)
    ]
    figure = stack(
        [[_dots(dots, SCORE_COLOURS[score])] for dots in stacked], titles, height, line, your_line(line), foot=UNDER
    )
    figure.update_xaxes(SCORE_AXIS, showgrid=False)
    figure.update_yaxes(range=[0, top + 0.5], showticklabels=False, showgrid=False, zeroline=True)
    return noted(figure, *score_ends())


def _stacked(rows: pd.DataFrame) -> pd.DataFrame:
    """The dots that may be shown, each with the middle of its column and its height in it, counted from 1."""
    seen = rows[rows["quantile"].notna()]
    column = np.floor((seen["quantile"] / COLUMN).round(6)).clip(0, 1 / COLUMN - 1)
    return seen.assign(column=((column + 0.5) * COLUMN).round(3), height=column.groupby(column).cumcount() + 1)


def _dots(dots: pd.DataFrame, colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": dots["column"].tolist(),
        "y": (dots["height"] - 0.5).tolist(),
        "mode": "markers",
        "marker": {"color": colour, "size": DOT},
        "customdata": dots[["q", "quantile", "people"]].to_numpy("float64").tolist(),
        "hovertemplate": "%{customdata[0]:.0%} of people score %{customdata[1]:.2f} or less"
        "<br>%{customdata[2]:,} people<extra></extra>",
    }


def _title(name: str, rows: pd.DataFrame) -> str:
    n, hidden = rows["people"].max(), int(rows["quantile"].isna().sum())
    if hidden == len(rows):
        return f"<b>{name}</b> · [c]"
    return f"<b>{name}</b> · {n:,} people" + (f" · {hidden} outer dots [c]" if hidden else "")
