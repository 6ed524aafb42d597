"""Shapes of people's paths per group, as bars of 100%."""

from typing import Final

import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.composition import composition
from components.theme import ink
from data.disclosure import Released

SHAPE_COLOURS: Final = {
    "rises": "#1c6e9e",
    "recovers": "#3f8fbd",
    "stays_high": "#5b9aa3",
    "otherwise": "#858a8f",
    "stays_low": "#b0835a",
    "falls": "#a8572f",
}
"""From blue for what rises or stays high over grey to brown for what stays low or falls: order, not judgement."""


@chart("Stacked bars", "share")
def shapes(released: Released) -> go.Figure:
    """Stacked bars of `share`, 100% per group (first key), a segment per shape in order; masked parts are hatched."""
    figure = composition(released)
    codes = released.rows["shape"].unique()  # what is masked stands after them, in its own look
    for trace, code in zip(figure.data, codes, strict=False):
        trace.update(marker_color=SHAPE_COLOURS[code], textfont_color=ink(SHAPE_COLOURS[code]))
    return figure
