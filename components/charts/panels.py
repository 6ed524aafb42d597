"""One panel per score, one row per group: the ground of the dot charts."""

from typing import Any

import plotly.graph_objects as go

from components.charts.marks import axis_names, dots, with_n
from components.charts.stack import stack
from components.theme import GREY, SCORE_COLOURS, SCORE_SYMBOLS
from data.labels import label
from data.release import Released
from data.vocabulary import Mark, Score

ROW = 38


def panels(released: Released, value: str, prefix: str = "", line: float | None = None) -> go.Figure:
    """Dots of `value` with the intervals whose columns start with `prefix`; a masked group keeps its row and says why.

    Groups for which the value has no meaning (the reference group of a difference) get no row. A vertical `line` runs
    through all panels.
    """
    by, _ = released.keys
    apt = released.rows[released.marks[value] != Mark.NOT_APPLICABLE]
    scores = [Score(score) for score in dict.fromkeys(apt["score"])]
    plain = dict(zip(apt[by].unique(), axis_names(by, apt[by].unique()), strict=True))
    drawn, orders = [], []
    for score in scores:
        rows = apt[apt["score"] == score]
        names = [with_n(plain[code], people) for code, people in zip(rows[by], rows["people"], strict=True)]
        rows = rows.assign(name=names)
        seen, hidden = rows[rows[value].notna()], rows[rows[value].isna()]
        hover = f"%{{y}}<br>{label('score', score)}: %{{x:.2f}} (95%: %{{customdata[1]:.2f}} to %{{customdata[2]:.2f}})"
        hover += "<br>%{customdata[0]} people<extra></extra>"
        dotted = dots(seen, value, seen["name"], SCORE_COLOURS[score], SCORE_SYMBOLS[score], hover, prefix)
        drawn.append([*dotted, _masked(hidden["name"].tolist())])
        orders.append(names[::-1])
    figure = stack(drawn, [label("score", score) for score in scores], ROW * len(plain), line)
    for axis, order in zip(figure.select_yaxes(), orders, strict=False):  # a figure without panels has an axis too
        axis.update(categoryorder="array", categoryarray=order, range=[-0.6, len(order) - 0.4])
    return figure


def _masked(names: list[str]) -> dict[str, Any]:
    """The words that stand where a group's dot may not."""
    return {
        "type": "scatter",
        "x": [0.0] * len(names),
        "y": names,
        "mode": "text",
        "text": ["[c] too few people to show"] * len(names),
        "textposition": "middle right",
        "textfont": {"color": GREY, "size": 12},
        "hoverinfo": "skip",
    }
