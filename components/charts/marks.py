"""What several charts draw alike: a dot with its two intervals, a group's name on an axis, a named line."""

from collections.abc import Sequence
from html import escape
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from components.theme import GREY
from data.labels import OTHER, label

WRAP_AT = 24

THICKNESS: Final = {"95": 1.5, "66": 5}
"""Width in pixels of the line that stands for each level of an interval."""

LETTER = 7
"""Pixels of a letter, nearly: how much room names need."""

SCORE_AXIS: Final = {"range": [0, 1], "tickvals": [0, 0.25, 0.5, 0.75, 1], "tickformat": ".2~f"}
WORST, BEST = "0 = worst answers", "1 = best answers"
SCORES_RUN = "Score, from 0 (worst answers) to 1 (best answers)"
TOP_ROW = 16
"""Pixels of a row of names over a chart."""

UNDER = 40
"""Pixels under a chart for the numbers of its axis and what its ends mean."""


def axis_names(column: str, codes: Sequence[object], wrap: bool = True) -> list[str]:
    """Names of groups for a chart; broken once where they `wrap`, so that they leave room for it on a phone."""
    names = [escape(label(column, code), quote=False) for code in codes]  # Plotly reads tags in text
    return [wrapped(name) for name in names] if wrap else names


def with_n(name: str, people: int | None) -> str:
    """A group's name with its number of people, on one line where that is not too long for a phone."""
    count = "[c]" if pd.isna(people) else f"{people:,} people"
    return f"{name}{' · ' if len(name) + len(count) < 42 else '<br>'}{count}"


def dots(
    rows: pd.DataFrame, x: str, colour: str, symbol: str = "circle", prefix: str = "", form: str = ".2f"
) -> list[dict[str, Any]]:
    """A dot per row (its `name` on the y axis), with a thick line for the 66% and a thin one for the 95% interval."""
    place = {"type": "scatter", "mode": "markers", "x": rows[x].tolist(), "y": rows["name"].tolist()}
    still = {**place, "hoverinfo": "skip", "marker": {"size": 1, "color": colour}}
    levels = [level for level in THICKNESS if f"{prefix}low{level}" in rows]
    told = f"%{{x:{form}}} (95%: %{{customdata[0]:{form}}} to %{{customdata[1]:{form}}})"
    return [
        *({**still, "error_x": interval(rows, x, level, colour, prefix)} for level in levels),
        {
            **place,
            "marker": {"color": colour, "symbol": symbol, "size": 10},
            "customdata": rows[[f"{prefix}low95", f"{prefix}high95"]].to_numpy().tolist(),
            "hovertemplate": f"%{{y}}<br>{told}<extra></extra>",
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


def upright(figure: go.Figure, x: float | None, name: str = "community") -> go.Figure:
    """`figure` with a dashed line from top to bottom at `x`, where there is one, and its `name` and value on top."""
    if x is None:
        return figure
    line = {"dash": "dash", "width": 1.5, "color": GREY}
    figure.add_shape(type="line", x0=x, x1=x, y0=0, y1=1, xref="x", yref="paper", line=line, layer="below")
    rows = [(note.yshift - 1) // TOP_ROW + 1 for note in figure.layout.annotations if note.xref == "x" and note.yshift]
    room = {"margin_t": figure.layout.margin.t + TOP_ROW, "height": figure.layout.height + TOP_ROW}
    return noted(figure, on_top(x, f"{name} {x:.2f}", row=max(rows, default=0))).update_layout(room)


def on_top(x: float, text: str, span: Sequence[float] = (0, 1), row: int = 0) -> dict[str, Any]:
    """The name of an upright line at `x` over the chart, `row`s higher where there is another, inside on a phone."""
    along = (x - span[0]) / (span[1] - span[0])
    anchor = "left" if along < 0.3 else "right" if along > 0.7 else "center"
    return {
        "x": x,
        "xref": "x",
        "xanchor": anchor,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 1 + TOP_ROW * row,
        "text": text,
        "showarrow": False,
        "borderpad": 0,
    }


def your_line(line: float) -> str:
    """What the reader's own line is called on a chart."""
    return f"your line {line:.2f}"


def score_ends() -> list[dict[str, Any]]:
    """What 0 and 1 mean, under the ends of an axis of scores along the foot of a chart."""
    here = {"xref": "paper", "yref": "paper", "y": 0, "yanchor": "top", "yshift": -20, "showarrow": False}
    return [
        {**here, "x": 0, "xanchor": "left", "text": WORST},
        {**here, "x": 1, "xanchor": "right", "text": BEST},
    ]


def heading(text: str) -> dict[str, Any]:
    """What an upright axis measures, over it and level: read without turning one's head."""
    here = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom"}
    return {**here, "yshift": 6, "text": text, "showarrow": False, "borderpad": 0}


def noted(figure: go.Figure, *notes: dict[str, Any]) -> go.Figure:
    """`figure` with further annotations."""
    return figure.update_layout(annotations=[*figure.layout.annotations, *notes])


def largest_first(rows: pd.DataFrame, column: str) -> pd.Series:
    """People shown by code of `column`, most first, and all other countries together last."""
    people = rows.groupby(column)["people"].sum().sort_values(ascending=False, kind="stable")
    return people.reindex([*people.index.drop(OTHER, errors="ignore"), *people.index.intersection([OTHER])])


def lines_in(text: str) -> int:
    """How many lines a text has."""
    return text.count("<br>") + 1


def wrapped(name: str, at: int = WRAP_AT) -> str:
    """A name longer than `at` letters, broken once: at its arrow, or near its middle."""
    if len(name) <= at or " " not in name:
        return name
    if " → " in name:
        return name.replace(" → ", " →<br>")
    middle = min(
        (place for place, sign in enumerate(name) if sign == " "), key=lambda place: abs(place - len(name) / 2)
    )
    return f"{name[:middle]}<br>{name[middle + 1 :]}"
