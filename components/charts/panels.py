"""One panel per score, one row per group: the ground of the dot charts."""

from typing import Any

import plotly.graph_objects as go

from components.charts.marks import axis_names, dots, with_n
from components.charts.stack import stack
from components.theme import GREY, LINE_COLOURS, SCORE_COLOURS, SCORE_SYMBOLS
from data.disclosure import Released
from data.vocabulary import FLAGS_IN_SHORT, Score

ROW = 38


def panels(
    released: Released, value: str, prefix: str = "", line: float | None = None, panel: str = "score"
) -> go.Figure:
    """Dots of `value` with the intervals whose columns start with `prefix`: a panel per `panel`, a row per other key.

    A group whose value may not be seen keeps its row and says why; one for which the value has no meaning (the
    reference of a difference) gets none. A vertical `line` runs through all panels.
    """
    [by] = set(released.keys) - {panel}
    apt = released.rows[released.is_applicable(value)]
    shown = [*dict.fromkeys(apt[panel])]
    plain = dict(zip(apt[by].unique(), axis_names(by, apt[by].unique()), strict=True))
    drawn, orders = [], []
    for code in shown:
        rows = apt[apt[panel] == code]
        names = [with_n(plain[group], people) for group, people in zip(rows[by], rows["people"], strict=True)]
        rows = rows.assign(name=names)
        seen, hidden = rows[rows[value].notna()], rows[rows[value].isna()]
        why = [FLAGS_IN_SHORT[flag] for flag in released.flags.loc[hidden.index, value]]
        drawn.append([*dots(seen, value, *_look(panel, code), prefix), _hidden(hidden["name"].tolist(), why)])
        orders.append(names[::-1])
    figure = stack(drawn, axis_names(panel, shown, wrap=False), ROW * len(plain), line)
    for axis, order in zip(figure.select_yaxes(), orders, strict=False):  # a figure without panels has an axis too
        axis.update(categoryorder="array", categoryarray=order, range=[-0.6, len(order) - 0.4])
    return figure


def _look(panel: str, code: object) -> tuple[str, str]:
    """Colour and symbol of the dots in a panel: a score has its own."""
    if panel != "score":
        return LINE_COLOURS[0], "circle"
    return SCORE_COLOURS[Score(str(code))], SCORE_SYMBOLS[Score(str(code))]


def _hidden(names: list[str], why: list[str]) -> dict[str, Any]:
    """The words that stand where a group's dot may not."""
    return {
        "type": "scatter",
        "x": [0.0] * len(names),
        "y": names,
        "mode": "text",
        "text": why,
        "textposition": "middle right",
        "textfont": {"color": GREY, "size": 12},
        "hoverinfo": "skip",
    }
