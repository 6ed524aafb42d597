"""Shares of the codes of one column, such as reasons for loss, as one bar each."""

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import axis_names, noted
from components.charts.rows import BAR_GAP, OVER_BARS, fitted, names_over, row_axis, row_for
from components.theme import STRONG, filled, finish
from data.disclosure import Released


@chart("Bars", "share")
def reasons(released: Released) -> go.Figure:
    """Bars of `share` by the one key, in the order of its rows, each with its people, or why they are not shown."""
    [key] = released.keys
    rows, flags = released.rows, released.flags["people"]
    names = axis_names(key, rows[key].tolist(), wrap=False)
    cells = zip(rows["people"], rows["share"], flags, strict=True)
    words = [f"[{flag}]" if flag else _in_short(people, share) for people, share, flag in cells]
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": rows["share"].fillna(0).tolist(),
        "y": names,
        "marker": filled(STRONG),
        "text": words,
        "textposition": "none",
        "customdata": rows[["share_low95", "share_high95"]].to_numpy().tolist(),
        "hovertemplate": "%{y}<br>%{text} (95%: %{customdata[0]:.0%} to %{customdata[1]:.0%})<extra></extra>",
    }
    top = 1.0 if rows["share"].isna().all() else float(rows["share"].max())
    figure = go.Figure({"data": [bars]}).update_yaxes(row_axis(names))
    figure.update_xaxes(range=[0, top], visible=False)
    shown = fitted(names, words)
    finish(figure, row_for(shown) * len(rows) + 16, showlegend=False, bargap=BAR_GAP).update_layout(
        margin_t=8, margin_r=8
    )
    return noted(figure, *names_over(shown, words, over=OVER_BARS))


def _in_short(people: int, share: float) -> str:
    return f"{people:,} people" if pd.isna(share) else f"{share:.0%} · {people:,} people"
