"""Three dimensions together: how they move together, and who is high on one but low on another."""

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.grid import grid, narrow
from components.charts.moves import from_zero
from components.charts.panels import panels
from data.disclosure import Released
from data.labels import WORDS
from data.vocabulary import SCORE_LABELS, Score


@chart("Dots with intervals", "r")
def correlations(released: Released) -> go.Figure:
    """Draw `r` with its intervals on the whole scale from −1 to 1: a panel per pair of dimensions, a row per group."""
    figure = panels(released, "r", "r_", 0, "pair", "unrelated", (-1, 1), _in_short)
    return figure.update_xaxes(range=[-1, 1], tickvals=[-1, -0.5, 0, 0.5, 1], tickformat=".2~f")


@chart("Dots with intervals", "share")
def discrepancy(released: Released) -> go.Figure:
    """Draw `share` with its intervals from zero: a panel per pattern of high and low, a row per group."""
    return from_zero(released, "pattern")


@chart("Table of shares", "share")
def cross_table(released: Released, one: Score, other: Score) -> go.Figure:
    """A grid of `share`: a row per third on score `one`, a column per third on score `other`, lowest first."""
    shares, expected = (_texts(released, column) for column in ("share", "expected"))
    x, y = (released.rows[key].map(WORDS["third"]) for key in ("other_third", "third"))
    hover = [
        f"{SCORE_LABELS[one]}: {row.lower()}; {SCORE_LABELS[other].lower()}: {column.lower()}"
        f"<br>{share} of people, {unrelated} if unrelated"
        for row, column, share, unrelated in zip(y, x, shares, expected, strict=True)
    ]
    number = released.rows["share"]
    cells = pd.DataFrame({"x": x, "y": y.map(narrow), "number": number, "text": shares, "hover": hover})
    figure = grid(cells, [*WORDS["third"].values()], [narrow(name) for name in WORDS["third"].values()])
    return figure.update_xaxes(title=SCORE_LABELS[other]).update_yaxes(title=SCORE_LABELS[one])


def _in_short(row: pd.Series) -> str:
    return f"{row['r']:.2f}"


def _texts(released: Released, column: str) -> list[str]:
    cells = zip(released.rows[column], released.flags[column], strict=True)
    return [f"[{flag}]" if flag else f"{share:.0%}" for share, flag in cells]
