"""Where the people of the first wave stand at each later one: a bar of 100% per wave, a panel per group."""

from dataclasses import replace
from typing import Any, Final

import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.composition import composition
from components.charts.marks import axis_names
from components.charts.stack import stack
from components.theme import GREY, LINE_COLOURS, SHADES, ink
from data.disclosure import Released
from data.labels import WORDS

ROW = 34
LEGEND_ROW = 60

STATE_COLOURS: Final = dict(zip(WORDS["state"].values(), (SHADES[3], LINE_COLOURS[4], GREY), strict=True))
"""Who was not interviewed is no group of its own: grey."""


@chart("Stacked bars", "share")
def retention(released: Released) -> go.Figure:
    """Stacked bars of `share`: a panel per group (first key), a bar per wave, a segment per state.

    What is masked at a wave stands at the end of its bar as one hatched segment.
    """
    by, *of = released.keys
    groups, waves = ([*dict.fromkeys(released.rows[key])] for key in (by, "wave"))
    parts = [composition(replace(released.only(by, group), keys=tuple(of))) for group in groups]
    told: set[str] = set()
    drawn = [[_segment(trace.to_plotly_json(), told) for trace in part.data] for part in parts]
    figure = stack(drawn, axis_names(by, groups, wrap=False), ROW * len(waves), None)
    figure.update_xaxes(range=[0, 1], tickformat=".0%")
    names = axis_names("wave", waves)
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1], range=[-0.6, len(names) - 0.4])
    height = figure.layout.height + LEGEND_ROW
    return figure.update_layout(barmode="stack", bargap=0.25, showlegend=True, height=height)


def _segment(trace: dict[str, Any], told: set[str]) -> dict[str, Any]:
    """A segment in its state's colour; of each name only the first stands in the legend, `told` then."""
    name = trace["name"]
    first = name not in told
    told.add(name)
    if name in STATE_COLOURS:
        trace["marker"], trace["textfont"] = {"color": STATE_COLOURS[name]}, {"color": ink(STATE_COLOURS[name])}
    return {**trace, "legendgroup": name, "showlegend": first}
