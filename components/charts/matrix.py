"""Who goes where from: hosts by countries of return, with the number of people in each cell."""

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.grid import grid, narrow, short
from components.charts.marks import axis_names, largest_first
from data.disclosure import Released


@chart("Table of cells", "people")
def matrix(released: Released) -> go.Figure:
    """A grid of `people`: a row per host, a column per country of return, largest first and other countries last."""
    rows, flags = released.rows, released.flags["people"]
    names = {side: _names(rows, side) for side in released.keys}
    names["host"] = {code: narrow(name) for code, name in names["host"].items()}
    y, x = (rows[side].map(names[side]) for side in released.keys)
    texts = [f"[{flag}]" if flag else short(n) for n, flag in zip(rows["people"], flags, strict=True)]
    exact = [f"[{flag}]" if flag else f"{n:,} people" for n, flag in zip(rows["people"], flags, strict=True)]
    hover = [f"{host} → {to}".replace("<br>", " ") + f"<br>{n}" for host, to, n in zip(y, x, exact, strict=True)]
    cells = pd.DataFrame({"x": x, "y": y, "number": rows["people"], "text": texts, "hover": hover})
    figure = grid(cells, [*names["country_of_return"].values()], [*names["host"].values()])
    return figure.update_xaxes(tickangle=-90)


def _names(rows: pd.DataFrame, side: str) -> dict[str, str]:
    codes = largest_first(rows, side).index
    return dict(zip(codes, axis_names(side, codes), strict=True))
