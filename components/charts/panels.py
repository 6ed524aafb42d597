"""One panel per score, one row per group: the ground of the dot charts."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.marks import axis_names, dots, noted, with_n
from components.charts.rows import PHONE, ROW, fitted, names_over, row_axis, row_for
from components.charts.stack import FOOT, axis_of, stack
from components.theme import LINE_COLOURS, SCORE_COLOURS, SCORE_SYMBOLS
from data.disclosure import Released
from data.vocabulary import FLAGS_IN_SHORT, Score

Words = Callable[[pd.Series], str]
Drawn = Callable[[pd.DataFrame, object], list[dict[str, Any]]]


def panels(
    released: Released,
    value: str,
    prefix: str = "",
    line: float | None = None,
    panel: str = "score",
    named: str = "",
    span: Sequence[float] = (0, 1),
    words: Words | None = None,
    drawn: Drawn | None = None,
    foot: int = FOOT,
    form: str = ".2f",
) -> go.Figure:
    """Dots of `value` with the intervals whose columns start with `prefix`: a panel per `panel`, a row per other key.

    A group whose value may not be seen keeps its row and says why; one for which the value has no meaning (the
    reference of a difference) gets none. A vertical `line`, called what it is `named`, runs through all panels, whose
    x axis has this `span`; numbers are told in this `form`. What `words` say of a row stands over its right end.
    `drawn` gives the traces of a panel's shown rows where they are not dots in the panel's colour.
    """
    [by] = set(released.keys) - {panel}
    apt = released.rows[released.is_applicable(value)]
    shown = [*dict.fromkeys(apt[panel])]
    plain = dict(zip(apt[by].unique(), axis_names(by, apt[by].unique(), wrap=False), strict=True))
    draw = drawn or (lambda rows, code: dots(rows, value, *look(panel, code), prefix, form))
    traces, axes, over, most = [], [], [], ROW
    for place, code in enumerate(shown, start=1):
        rows = apt[apt[panel] == code]
        names = [with_n(plain[group], people) for group, people in zip(rows[by], rows["people"], strict=True)]
        rows = rows.assign(name=names)
        seen, hidden = rows[rows[value].notna()], rows[rows[value].isna()]
        why = [FLAGS_IN_SHORT[flag] for flag in released.flags.loc[hidden.index, value]]
        traces.append([*draw(seen, code), in_place(hidden["name"].tolist(), why, span[0])])
        axes.append(row_axis(names))
        told = [words(row) if words and pd.notna(row[value]) else "" for _, row in rows.iterrows()]
        named_so = _named(rows[by].map(plain).tolist(), names, told)
        over += names_over(named_so, told, axis_of(place))
        most = max(most, row_for(named_so))
    titles = [f"<b>{name}</b>" if len(shown) > 1 else "" for name in axis_names(panel, shown, wrap=False)]
    figure = stack(traces, titles, most * len(plain), line, named, span, foot)
    for axis, layout in zip(figure.select_yaxes(), axes, strict=False):  # a figure without panels has an axis too
        axis.update(layout)
    return noted(figure, *over)


def _named(plain: Sequence[str], names: Sequence[str], words: Sequence[str]) -> list[str]:
    """Names with their people if all of them leave room for the words beside them on a phone, else without."""
    if all(len(name) + len(told) <= PHONE for name, told in zip(names, words, strict=True)):
        return [*names]
    return fitted(plain, words) if any(words) else [*names]


def look(panel: str, code: object) -> tuple[str, str]:
    """Colour and symbol of the dots in a panel: a score has its own."""
    if panel != "score":
        return LINE_COLOURS[0], "circle"
    return SCORE_COLOURS[Score(str(code))], SCORE_SYMBOLS[Score(str(code))]


def in_place(names: Sequence[str], words: Sequence[str], start: float) -> dict[str, Any]:
    """The words that stand where a group's dot may not, from `start` on."""
    return {
        "type": "scatter",
        "x": [start] * len(names),
        "y": [*names],
        "mode": "text",
        "text": [*words],
        "textposition": "middle right",
        "hoverinfo": "skip",
        "showlegend": False,
    }
