"""Recorded returns by year as stacked bars, in the order of the return spectrum."""

import math

import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.recorded import MOST_TICKS
from components.theme import BAND_COLOURS, finish
from data.disclosure import Released
from data.labels import label
from data.vocabulary import ReturnBand


@chart("Stacked bars", "people")
def bands_by_year(released: Released) -> go.Figure:
    """A bar of `people` per year, a segment per band; what may not be seen, or is not recorded, adds nothing."""
    rows = released.rows
    figure = go.Figure()
    for band in rows["band"].unique():
        seen = rows[(rows["band"] == band) & rows["people"].notna()]
        figure.add_bar(
            x=seen["year"],
            y=seen["people"].astype("int64"),
            name=label("band", band),
            marker={"color": BAND_COLOURS[ReturnBand(band)]},
            hovertemplate=f"{label('band', band)}, %{{x}}: %{{y:,}} people<extra></extra>",
        )
    span = rows["year"].max() - rows["year"].min() if len(rows) else 0
    figure.update_xaxes(tickformat="d", dtick=max(1, math.ceil(span / MOST_TICKS)))
    figure.update_yaxes(rangemode="tozero", tickformat="~s", title="People")
    return finish(figure, 420, barmode="stack", showlegend=True)
