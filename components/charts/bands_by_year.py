"""Recorded returns by year as stacked bars, in the order of the return spectrum."""

import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.recorded import FOOT, PANEL, year_axis
from components.charts.stack import with_legend
from components.theme import MARGIN, finish, of_band
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
            marker=of_band(ReturnBand(band)),
            hovertemplate=f"{label('band', band)}, %{{x}}: %{{y:,}} people<extra></extra>",
        )
    figure.update_xaxes(**year_axis(rows["year"]))
    figure.update_yaxes(rangemode="tozero", tickformat="~s", nticks=5)
    finish(figure, MARGIN["b"] + PANEL + FOOT + MARGIN["b"], barmode="stack").update_layout(margin_t=MARGIN["b"])
    return with_legend(figure)
