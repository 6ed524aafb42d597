"""Ranks of corridors under other weightings: where each stands, and how far it moves."""

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import axis_names, noted
from components.charts.rows import fitted, names_over, row_axis, row_for
from components.charts.stack import stack
from components.theme import STRONG
from data.disclosure import Released
from data.weighting import Weighting

FOOT = 48


@chart("Ranks with ranges", "rank")
def ranks(released: Released) -> go.Figure:
    """A dot at the rank of each corridor as scored, a line over its 5th to 95th percentile rank; 1 is the highest.

    The share of weightings under which the sign of its difference holds stands beside the name.
    """
    rows = released.only("weighting", Weighting.ALL).rows.dropna(subset=["rank"])
    names = axis_names("corridor", rows["corridor"], wrap=False)
    words = ["reference" if pd.isna(share) else f"sign holds in {share:.0%}" for share in rows["holds"]]
    ranges = [
        {"type": "scatter", "x": [low, high], "y": [name, name], "mode": "lines", "hoverinfo": "skip"}
        | {"line": {"color": STRONG, "width": 5}}
        for name, low, high in zip(names, rows["rank_low"], rows["rank_high"], strict=True)
    ]
    dots = {
        "type": "scatter",
        "x": rows["rank"].tolist(),
        "y": names,
        "mode": "markers",
        "marker": {"color": STRONG, "size": 13, "symbol": "diamond", "line": {"width": 2, "color": "white"}},
        "customdata": rows[["rank_low", "rank_high", "weightings"]].to_numpy().tolist(),
        "hovertemplate": "%{y}<br>rank %{x}, from %{customdata[0]:.0f} to %{customdata[1]:.0f} "
        "in %{customdata[2]:,.0f} weightings<extra></extra>",
    }
    shown = fitted(names, words)
    figure = stack([[*ranges, dots]], [""], row_for(shown) * len(rows), None, foot=FOOT).update_yaxes(row_axis(names))
    figure.update_xaxes(range=[0.8, len(rows) + 0.2], dtick=1, title="Rank (1 is the highest mean score)")
    return noted(figure, *names_over(shown, words))
