"""The weights for loss: how many people each person whom the line counts stands for."""

import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.stack import stack
from components.theme import LINE_COLOURS
from data.disclosure import Released
from data.labels import label

ROW = 44


@chart("Dots with ranges", "weight_median")
def follow_up(released: Released) -> go.Figure:
    """Draw `weight_median` for each wave, with a line from `weight_q10` to `weight_q90`; 1 is no weight at all."""
    rows = released.rows.dropna(subset=["weight_median"])
    names = [label("wave", wave) for wave in released.rows["wave"]]
    median = rows["weight_median"]
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": median.tolist(),
        "y": [label("wave", wave) for wave in rows["wave"]],
        "marker": {"color": LINE_COLOURS[0], "size": 9},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": (rows["weight_q90"] - median).fillna(0).round(3).tolist(),
            "arrayminus": (median - rows["weight_q10"]).fillna(0).round(3).tolist(),
            "color": LINE_COLOURS[0],
            "thickness": 2,
            "width": 0,
        },
        "hovertemplate": "%{y}: median weight %{x:.2f}<extra></extra>",
    }
    figure = stack([[dots]], [""], ROW * len(names), line=1)
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1], range=[-0.6, len(names) - 0.4])
    return figure.update_xaxes(rangemode="tozero", title="Weight")
