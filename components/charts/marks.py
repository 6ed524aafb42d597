"""What several charts draw alike: a dot with its two intervals, a group's name on an axis."""

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.theme import GREY
from data.labels import OTHER, label

WRAP_AT = 24

THICKNESS = {"95": 1.5, "66": 5}
"""Width in pixels of the line that stands for each level of an interval."""


def axis_names(column: str, codes: Sequence[object], wrap: bool = True) -> list[str]:
    """Names of groups for a chart; broken once where they `wrap`, so that they leave room for it on a phone."""
    names = [escape(label(column, code), quote=False) for code in codes]  # Plotly reads tags in text
    return [_wrapped(name) for name in names] if wrap else names


def with_n(name: str, people: int | None) -> str:
    """A group's name with its number of people, on two lines at most."""
    count = "[c]" if pd.isna(people) else f"n = {people:,}"
    return f"{name}{' · ' if '<br>' in name else '<br>'}{count}"


def dots(rows: pd.DataFrame, x: str, colour: str, symbol: str, prefix: str = "") -> list[dict[str, Any]]:
    """A dot per row (its `name` on the y axis), with a thick line for the 66% and a thin one for the 95% interval."""
    place = {"type": "scatter", "mode": "markers", "x": rows[x].tolist(), "y": rows["name"].tolist()}
    still = {**place, "hoverinfo": "skip", "marker": {"size": 1, "color": colour}}
    levels = [level for level in THICKNESS if f"{prefix}low{level}" in rows]
    return [
        *({**still, "error_x": interval(rows, x, level, colour, prefix)} for level in levels),
        {
            **place,
            "marker": {"color": colour, "symbol": symbol, "size": 9},
            "customdata": rows[[f"{prefix}low95", f"{prefix}high95"]].to_numpy().tolist(),
            "hovertemplate": "%{y}<br>%{x:.2f} (95%: %{customdata[0]:.2f} to %{customdata[1]:.2f})<extra></extra>",
        },
    ]


def interval(rows: pd.DataFrame, value: str, level: str, colour: str, prefix: str = "") -> dict[str, Any]:
    """The interval of `level` ("95" or "66") around `value` as a line without caps: thin for 95%, thick for 66%."""
    return {
        "type": "data",
        "symmetric": False,
        "array": (rows[f"{prefix}high{level}"] - rows[value]).tolist(),
        "arrayminus": (rows[value] - rows[f"{prefix}low{level}"]).tolist(),
        "color": colour,
        "thickness": THICKNESS[level],
        "width": 0,
    }


def upright(figure: go.Figure, x: float | None) -> go.Figure:
    """`figure` with a dashed line from top to bottom at `x`, where there is one: what groups are read against."""
    if x is not None:
        line = {"dash": "dash", "width": 1.5, "color": GREY}
        figure.add_shape(type="line", x0=x, x1=x, y0=0, y1=1, xref="x", yref="paper", line=line, layer="below")
    return figure


def largest_first(rows: pd.DataFrame, column: str) -> pd.Series:
    """People shown by code of `column`, most first, and all other countries together last."""
    people = rows.groupby(column)["people"].sum().sort_values(ascending=False, kind="stable")
    return people.reindex([*people.index.drop(OTHER, errors="ignore"), *people.index.intersection([OTHER])])


def _wrapped(name: str) -> str:
    if len(name) <= WRAP_AT or " " not in name:
        return name
    if " → " in name:
        return name.replace(" → ", " →<br>")
    middle = min(
        (place for place, sign in enumerate(name) if sign == " "), key=lambda place: abs(place - len(name) / 2)
    )
    return f"{name[:middle]}<br>{name[middle + 1 :]}"
