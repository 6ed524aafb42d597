"""What a cohort can speak for: people interviewed beside returns recorded, per corridor and year."""

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.grid import grid, narrow, short
from components.charts.marks import axis_names
from data.disclosure import Released


@chart("Table of cells", "per_thousand")
def coverage(released: Released) -> go.Figure:
    """A grid of `per_thousand` with the people interviewed under it: a row per corridor, a column per year."""
    rows, flags = released.rows, released.flags
    codes = [*dict.fromkeys(rows["corridor"])]
    names = dict(zip(codes, map(narrow, axis_names("corridor", codes)), strict=True))
    texts, hover = [], []
    for (_, row), (_, flag) in zip(rows.iterrows(), flags.iterrows(), strict=True):
        n = "[c]" if flag["people"] else f"{row['people']:,}"
        recorded = f"[{flag['recorded']}]" if flag["recorded"] else f"{row['recorded']:,.0f}"
        rate = f"[{flag['per_thousand']}]" if flag["per_thousand"] else _rate(row["per_thousand"])
        texts.append("[c]" if flag["people"] else f"<b>{rate}</b><br>{n}")
        hover.append(
            f"{names[row['corridor']]}, {row['year']}".replace("<br>", " ")
            + f"<br>{n} interviewed, {recorded} recorded<br>{rate} interviewed per 1,000 recorded"
        )
    cells = pd.DataFrame(
        {
            "x": rows["year"].astype("str"),
            "y": rows["corridor"].map(names),
            "number": rows["per_thousand"],
            "text": texts,
            "hover": hover,
        }
    )
    figure = grid(cells, sorted({*cells["x"]}), [*names.values()])
    return figure.update_xaxes(type="category")


def _rate(number: float) -> str:
    return f"{number:.2g}" if number < 10 else short(number)
