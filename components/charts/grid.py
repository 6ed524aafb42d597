"""A grid of cells, many by many: a text in each, and a shade for how large its number is."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.theme import SHADES, finish, ink

ROW, HEAD = 38, 130

LEAST_SPAN = 2
"""Powers of ten from the first shade to the last, at least: numbers that differ little look alike."""

_SIZES = ((1, ""), (1e3, "k"), (1e6, "M"), (1e9, "G"))
_LAST = len(SHADES) - 1


def grid(cells: pd.DataFrame, columns: Sequence[str], rows: Sequence[str]) -> go.Figure:
    """A cell per row of `cells`: its place `x` and `y`, its `number`, `text` and `hover`.

    The shade follows the logarithm of the number, down from the largest; a cell where it is missing or zero
    has none. `columns` and `rows` are the order of the axes, from left and from the top.
    """
    tens = np.log10(cells["number"].astype("float64").where(cells["number"] > 0))
    span = max(tens.max() - tens.min(), LEAST_SPAN)
    shades = (_LAST * (1 - (tens.max() - tens) / span)).round()
    place = {"x": cells["x"].tolist(), "y": cells["y"].tolist()}
    figure = go.Figure()
    figure.add_heatmap(
        **place,
        z=[None if np.isnan(n) else int(n) for n in shades],
        coloraxis="coloraxis",
        xgap=2,
        ygap=2,
        hoverinfo="skip",
    )
    shaded = shades.notna()
    figure.add_traces(
        [_texts(cells[shaded], [ink(SHADES[int(n)]) for n in shades[shaded]]), _texts(cells[~shaded], [])]
    )
    scale = [[place / _LAST, shade] for place, shade in enumerate(SHADES)]
    figure.update_layout(coloraxis={"colorscale": scale, "cmin": 0, "cmax": _LAST, "showscale": False})
    axis = {"categoryorder": "array", "showgrid": False, "ticks": ""}
    figure.update_xaxes(**axis, categoryarray=[*columns], side="top")
    figure.update_yaxes(**axis, categoryarray=[*rows][::-1])
    # Names over the columns may be longer than a single row is high; nothing stands to the right of the cells.
    return finish(figure, HEAD + ROW * len(rows), showlegend=False, minreducedheight=ROW).update_layout(margin_r=4)


def _texts(cells: pd.DataFrame, inks: list[str]) -> dict[str, Any]:
    """The texts of cells: on a shade in the ink that is read on it, else in the colour of all text."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": cells["x"].tolist(),
        "y": cells["y"].tolist(),
        "text": cells["text"].tolist(),
        "textfont": {"color": inks} if inks else {},
        "hovertext": cells["hover"].tolist(),
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def narrow(name: str) -> str:
    """A name for a row, broken at its first space or arrow where it is not broken yet: cells need the room."""
    first, arrow, rest = name.partition(" → ") if " → " in name else name.partition(" ")
    return name if "<br>" in name or not rest else f"{first}{arrow.rstrip()}<br>{rest}"


def short(number: float) -> str:
    """A number in at most four signs: 950, 1.2k, 384k, 7.5M."""
    size, unit = next((size, unit) for size, unit in _SIZES if number < 999.5 * size)
    part = number / size
    return f"{part:.1f}{unit}" if unit and part < 9.95 else f"{part:.0f}{unit}"
