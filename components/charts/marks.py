"""What several charts draw alike: a dot with its two intervals, a group's name on an axis."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from data.labels import label

WRAP_AT = 24


def axis_names(column: str, codes: Sequence[object]) -> list[str]:
    """Names of groups for an axis, broken once so that they leave room for the chart on a phone."""
    return [_wrapped(label(column, code)) for code in codes]


def with_n(name: str, people: int | None) -> str:
    """A group's name with its number of people, on two lines at most."""
    count = "[c]" if pd.isna(people) else f"n = {people:,}"
    return f"{name}{' · ' if '<br>' in name else '<br>'}{count}"


def dots(
    rows: pd.DataFrame, x: str, y: Sequence[str], colour: str, symbol: str, hover: str, prefix: str = ""
) -> list[go.Scatter]:
    """A dot per row at its estimate, with the 66% interval as a thick and the 95% interval as a thin line, no caps."""
    return [
        _bars(rows, x, y, colour, f"{prefix}{{end}}95", thickness=1.5),
        _bars(rows, x, y, colour, f"{prefix}{{end}}66", thickness=5),
        go.Scatter(
            x=rows[x],
            y=list(y),
            mode="markers",
            marker={"color": colour, "symbol": symbol, "size": 9},
            customdata=rows[["people", f"{prefix}low95", f"{prefix}high95"]].to_numpy(),
            hovertemplate=hover,
            showlegend=False,
        ),
    ]


def _bars(rows: pd.DataFrame, x: str, y: Sequence[str], colour: str, ends: str, thickness: float) -> go.Scatter:
    low, high = rows[ends.format(end="low")], rows[ends.format(end="high")]
    error: dict[str, Any] = {
        "type": "data",
        "symmetric": False,
        "array": high - rows[x],
        "arrayminus": rows[x] - low,
        "color": colour,
        "thickness": thickness,
        "width": 0,
    }
    return go.Scatter(
        x=rows[x],
        y=list(y),
        mode="markers",
        marker={"size": 1, "color": colour},
        error_x=error,
        hoverinfo="skip",
        showlegend=False,
    )


def _wrapped(name: str) -> str:
    if len(name) <= WRAP_AT or " " not in name:
        return name
    if " → " in name:
        return name.replace(" → ", " →<br>")
    middle = min(
        (place for place, sign in enumerate(name) if sign == " "), key=lambda place: abs(place - len(name) / 2)
    )
    return f"{name[:middle]}<br>{name[middle + 1 :]}"
