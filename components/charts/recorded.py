"""Recorded returns: by year as lines, by country of return as bars."""

import math

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import axis_names
from components.theme import DASHES, LINE_COLOURS, finish
from data.disclosure import Released
from data.labels import label

MOST_TICKS = 8


@chart("Lines", "people")
def by_year(released: Released) -> go.Figure:
    """A line per group (second key) of `people` by year; a year without a number leaves a gap."""
    figure = go.Figure()
    _, by = released.keys
    for place, group in enumerate(released.rows[by].unique()):
        rows = released.rows[released.rows[by] == group]
        figure.add_scatter(
            x=rows["year"],
            y=[None if pd.isna(people) else int(people) for people in rows["people"]],
            name=label(by, group),
            mode="lines+markers",
            connectgaps=False,
            line={"color": LINE_COLOURS[place % len(LINE_COLOURS)], "dash": DASHES[place % len(DASHES)], "width": 2},
            marker={"size": 6},
            hovertemplate=f"{label(by, group)}, %{{x}}: %{{y:,.0f}} people<extra></extra>",
        )
    years = released.rows["year"]
    span = max(years, default=0) - min(years, default=0)
    figure.update_xaxes(tickformat="d", dtick=max(1, math.ceil(span / MOST_TICKS)))
    figure.update_yaxes(rangemode="tozero", tickformat="~s", title="People")
    return finish(figure, 420, showlegend=True)


@chart("Bars", "share")
def by_country(released: Released) -> go.Figure:
    """A bar per country of return, longest first, with the number of people and the largest host's share beside it."""
    rows = released.rows[released.rows["people"].notna()]
    names = axis_names("country_of_return", rows["country_of_return"])
    beside = [
        f"{people:,}" + (f" · {share:.1%} from {label('host', host)}" if pd.notna(share) else "")
        for people, share, host in zip(rows["people"], rows["share"], rows["host"], strict=True)
    ]
    figure = go.Figure(
        go.Bar(
            x=rows["people"].astype("float64"),
            y=names,
            orientation="h",
            marker={"color": LINE_COLOURS[0]},
            text=beside,
            textposition="auto",
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    figure.update_xaxes(rangemode="tozero", tickformat="~s", title="People", nticks=6)
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1])
    return finish(figure, 110 + 34 * len(rows))
