"""Shapes of people's paths per group, as bars of 100%."""

import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.composition import composition
from data.disclosure import Released


@chart("Stacked bars", "share")
def shapes(released: Released) -> go.Figure:
    """Stacked bars of `share`, 100% per group (first key), a segment per shape in order; masked parts are hatched."""
    return composition(released)
