"""Ranks of corridors under other weightings: where each stands, and how far it moves."""

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import axis_names
from components.theme import LINE_COLOURS, finish
from data.disclosure import Released
from data.weighting import Weighting

ROW = 44


@chart("Ranks with ranges", "rank")
def ranks(released: Released) -> go.Figure:
    """A dot at the rank of each corridor as scored, a line over its 5th to 95th percentile rank; 1 is the highest.

    The share of weightings under which the sign of its difference holds stands beside the name.
    """
    rows = released.only("weighting", Weighting.ALL).rows.dropna(subset=["rank"])
    names = [
        f"{name}<br>{'reference' if pd.isna(share) else f'sign holds in {share:.0%}'}"
        for name, share in zip(axis_names("corridor", rows["corridor"], wrap=False), rows["holds"], strict=True)
    ]
    figure = go.Figure()
    for name, low, high in zip(names, rows["rank_low"], rows["rank_high"], strict=True):
        figure.add_scatter(
            x=[low, high], y=[name, name], mode="lines", line={"color": LINE_COLOURS[0], "width": 5}, hoverinfo="skip"
        )
    figure.add_scatter(
        x=rows["rank"],
        y=names,
        mode="markers",
        marker={"color": LINE_COLOURS[1], "size": 11, "symbol": "diamond"},
        customdata=rows[["rank_low", "rank_high", "weightings"]].to_numpy(),
        hovertemplate="%{y}<br>rank %{x}, from %{customdata[0]:.0f} to %{customdata[1]:.0f} in %{customdata[2]:.0f} "
        "weightings<extra></extra>",
    )
    figure.update_xaxes(range=[0.5, len(rows) + 0.5], dtick=1, title="Rank (1 is the highest mean score)")
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1])
    return finish(figure, 110 + ROW * len(rows), showlegend=False)
