"""Shares of the codes of one column, such as reasons for loss, as one bar each."""

import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import axis_names
from components.theme import GREY, SHADES, finish
from data.disclosure import Released

ROW = 34


@chart("Bars", "share")
def reasons(released: Released) -> go.Figure:
    """Bars of `share` by the one key, in the order of its rows, each with its people, or why they are not shown."""
    [key] = released.keys
    rows, flags = released.rows, released.flags["people"]
    names = axis_names(key, rows[key].tolist())
    cells = zip(rows["people"], rows["share"], flags, strict=True)
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": rows["share"].fillna(0).tolist(),
        "y": names,
        "marker": {"color": SHADES[2]},
        "text": [f"[{flag}]" if flag else f"{people:,} · {share:.0%}" for people, share, flag in cells],
        "textposition": "outside",
        "textfont": {"color": GREY},
        "cliponaxis": False,
        "customdata": rows[["share_low95", "share_high95"]].to_numpy().tolist(),
        "hovertemplate": "%{y}<br>%{text} (95%: %{customdata[0]:.1%} to %{customdata[1]:.1%})<extra></extra>",
    }
    top = 1.0 if rows["share"].isna().all() else min(1.0, 1.4 * float(rows["share"].max()))
    layout = {
        "xaxis": {"range": [0, top], "tickformat": ".0%"},
        "yaxis": {"categoryorder": "array", "categoryarray": names[::-1]},
    }
    return finish(go.Figure({"data": [bars], "layout": layout}), 72 + ROW * len(rows), showlegend=False)
