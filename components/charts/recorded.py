"""Recorded returns: by year as lines, by country of return as bars."""

import math
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.ends import MOST, End, named_at_ends
from components.charts.marks import axis_names, heading, noted
from components.charts.rows import BAR_GAP, OVER_BARS, fitted, names_over, row_axis, row_for
from components.theme import BAND_LINES, DASHES, LINE_COLOURS, MARGIN, STRONG, filled, finish
from data.disclosure import Released
from data.labels import label
from data.vocabulary import ReturnBand

MOST_TICKS = 8
PANEL, FOOT = 300, 26
ROOM = 1.06
"""Lines end a little under the top of the chart."""


@chart("Lines", "people")
def by_year(released: Released) -> go.Figure:
    """A line per group (second key) of `people` by year; a year without a number leaves a gap."""
    figure, ends = go.Figure(), []
    _, by = released.keys
    groups = [*released.rows[by].unique()]
    for place, (group, name) in enumerate(zip(groups, axis_names(by, groups, wrap=False), strict=True)):
        rows = released.rows[released.rows[by] == group]
        colour = BAND_LINES[ReturnBand(group)] if by == "band" else LINE_COLOURS[place % len(LINE_COLOURS)]
        figure.add_scatter(
            x=rows["year"],
            y=[None if pd.isna(people) else int(people) for people in rows["people"]],
            name=name,
            mode="lines+markers",
            connectgaps=False,
            line={"color": colour, "dash": DASHES[place % len(DASHES)], "width": 2.5},
            marker={"size": 6},
            hovertemplate=f"{name}, %{{x}}: %{{y:,.0f}} people<extra></extra>",
        )
        seen = rows[rows["people"].notna()]
        last = (int(seen["year"].iloc[-1]), float(seen["people"].iloc[-1])) if len(seen) else (None, None)
        ends.append(End(name if len(seen) else f"{name} · [c]", *last, colour))
    years = released.rows["year"]
    top = ROOM * max(1.0, *(float(people) for people in released.rows["people"].dropna()), 1.0)
    right = max(years, default=1)
    figure.update_xaxes(**year_axis(years), range=[min(years, default=0) - 0.3, right + 0.1])
    figure.update_yaxes(range=[0, top], tickformat="~s", nticks=5)
    finish(figure, MARGIN["t"] + PANEL + FOOT + MARGIN["b"], showlegend=len(groups) > MOST)
    figure.update_layout(margin_b=FOOT + MARGIN["b"])
    noted(figure, heading("People"))
    return named_at_ends(figure, ends, right + 0.1, (0, top), PANEL) if len(groups) <= MOST else figure


def year_axis(years: Sequence[int]) -> dict[str, object]:
    """An axis of whole years, of which so many are written that they have room on a phone."""
    span = max(years, default=0) - min(years, default=0)
    return {"tickformat": "d", "dtick": max(1, math.ceil(span / MOST_TICKS)), "showgrid": False, "tickangle": 0}


@chart("Bars", "share")
def by_country(released: Released) -> go.Figure:
    """A bar per country of return, longest first, with the number of people and the largest host's share over it."""
    rows = released.rows[released.rows["people"].notna()]
    names = axis_names("country_of_return", rows["country_of_return"], wrap=False)
    words = [
        f"{people:,}" + (f" · {share:.0%} from {label('host', host)}" if pd.notna(share) else "")
        for people, share, host in zip(rows["people"], rows["share"], rows["host"], strict=True)
    ]
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": rows["people"].astype("float64").tolist(),
        "y": names,
        "marker": filled(STRONG),
        "text": words,
        "textposition": "none",
        "hovertemplate": "%{y}: %{text}<extra></extra>",
    }
    figure = go.Figure({"data": [bars]}).update_yaxes(row_axis(names))
    figure.update_xaxes(rangemode="tozero", visible=False)
    shown = fitted(names, words)
    finish(figure, row_for(shown) * len(rows) + 16, showlegend=False, bargap=BAR_GAP).update_layout(
        margin_t=8, margin_r=8
    )
    return noted(figure, *names_over(shown, words, over=OVER_BARS))
