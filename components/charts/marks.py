"""What several charts draw alike: a dot with its two intervals, a group's name on an axis."""

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd

from data.labels import label

WRAP_AT = 24

THICKNESS = {"95": 1.5, "66": 5}
"""Width in pixels of the line that stands for each level of an interval."""


def axis_names(column: str, codes: Sequence[object]) -> list[str]:
    """Names of groups for an axis, broken once so that they leave room for the chart on a phone."""
    return [_wrapped(escape(label(column, code), quote=False)) for code in codes]  # Plotly reads tags in text


def with_n(name: str, people: int | None) -> str:
    """A group's name with its number of people, on two lines at most."""
    count = "[c]" if pd.isna(people) else f"n = {people:,}"
    return f"{name}{' · ' if '<br>' in name else '<br>'}{count}"


def dots(
    rows: pd.DataFrame, x: str, y: pd.Series, colour: str, symbol: str, hover: str, prefix: str = ""
) -> list[dict[str, Any]]:
    """A dot per row at its estimate, with the 66% interval as a thick and the 95% interval as a thin line, no caps."""
    place = {"type": "scatter", "mode": "markers", "x": rows[x].tolist(), "y": y.tolist()}
    still = {**place, "hoverinfo": "skip", "marker": {"size": 1, "color": colour}}
    return [
        *({**still, "error_x": interval(rows, x, level, colour, prefix)} for level in THICKNESS),
        {
            **place,
            "marker": {"color": colour, "symbol": symbol, "size": 9},
            "customdata": rows[["people", f"{prefix}low95", f"{prefix}high95"]].to_numpy().tolist(),
            "hovertemplate": hover,
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


def _wrapped(name: str) -> str:
    if len(name) <= WRAP_AT or " " not in name:
        return name
    if " → " in name:
        return name.replace(" → ", " →<br>")
    middle = min(
        (place for place, sign in enumerate(name) if sign == " "), key=lambda place: abs(place - len(name) / 2)
    )
    return f"{name[:middle]}<br>{name[middle + 1 :]}"
