"""From levels at one wave to what became of people at a later one, as a matrix."""

import pandas as pd
import plotly.graph_objects as go

from components.charts.alluvial import downwards
from components.charts.chart import chart
from components.charts.grid import grid, narrow
from components.charts.marks import axis_names
from data.disclosure import Released
from data.labels import label


@chart("Table of shares", "share")
def levels(released: Released, first: int, last: int) -> go.Figure:
    """A grid of `share` of each row: a row per level at wave `first`, a column per outcome at `last`, highest first.

    Both sides have one order, so that who stayed where they were stands on the diagonal, which runs down.

    Of a table with groups draw one of them, as `Released.only` gives it.
    """
    rows, flags = released.rows, released.flags["people"]
    names = {
        side: dict(zip(codes, map(narrow, axis_names(side, codes, wrap=False)), strict=True))
        for side, codes in ((side, downwards(rows[side].unique())) for side in ("from", "to"))
    }
    y, x = (rows[side].map(names[side]) for side in names)
    shares = zip(rows["share"], flags, strict=True)
    texts = [f"[{flag}]" if flag else "<1%" if share < 0.005 else f"{share:.0%}" for share, flag in shares]
    people = [f"[{flag}]" if flag else f"{n:,} people" for n, flag in zip(rows["people"], flags, strict=True)]
    hover = [
        f"{start} → {end}".replace("<br>", " ") + f"<br>{text}, {n}"
        for start, end, text, n in zip(y, x, texts, people, strict=True)
    ]
    cells = pd.DataFrame({"x": x, "y": y, "number": rows["share"], "text": texts, "hover": hover})
    figure = grid(cells, [*names["to"].values()], [*names["from"].values()])
    return figure.update_xaxes(tickangle=-90, title=label("wave", last)).update_yaxes(title=label("wave", first))
