"""The weights for loss: how many people each person whom the line counts stands for."""

import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.rows import LEFT
from components.charts.stack import stack
from components.theme import STRONG
from data.disclosure import Released
from data.labels import label


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
        "marker": {"color": STRONG, "size": 10},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": (rows["weight_q90"] - median).fillna(0).round(3).tolist(),
            "arrayminus": (median - rows["weight_q10"]).fillna(0).round(3).tolist(),
            "color": STRONG,
            "thickness": 2,
            "width": 0,
        },
        "hovertemplate": "%{y}: median weight %{x:.2f}<extra></extra>",
    }
    top = 1.05 * max(1.5, *rows["weight_q90"].dropna(), 1.5)
    figure = stack([[dots]], [""], LEFT * len(names), 1, "1 = no weight for loss", (0, top))
    order = {"categoryorder": "array", "categoryarray": names[::-1], "range": [-0.5, len(names) - 0.5]}
    return figure.update_yaxes(**order, showgrid=False).update_xaxes(range=[0, top], nticks=6)
