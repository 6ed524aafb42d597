"""Where the people of the first wave stand at each later one: a bar of 100% per wave, a panel per group."""

from dataclasses import replace
from typing import Any

import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.composition import segments
from components.charts.marks import axis_names
from components.charts.rows import LEFT
from components.charts.stack import stack, with_legend
from components.theme import TEXT
from data.disclosure import Released


@chart("Stacked bars", "share")
def retention(released: Released) -> go.Figure:
    """Stacked bars of `share`: a panel per group (first key), a bar per wave, a segment per state.

    What is masked at a wave stands at the end of its bar as one hatched segment.
    """
    by, *of = released.keys
    groups, waves = ([*dict.fromkeys(released.rows[key])] for key in (by, "wave"))
    names = axis_names("wave", waves)
    told: set[str] = set()
    drawn = [
        [_once(trace, told) for trace in segments(replace(released.only(by, group), keys=tuple(of)), names)]
        for group in groups
    ]
    titles = [f"<b>{name}</b>" if len(groups) > 1 else "" for name in axis_names(by, groups, wrap=False)]
    figure = stack(drawn, titles, LEFT * len(waves), None, foot=0)
    figure.update_xaxes(range=[0, 1], visible=False)
    figure.update_yaxes(
        categoryorder="array",
        categoryarray=names[::-1],
        range=[-0.5, len(names) - 0.5],
        showgrid=False,
        ticklabelstandoff=4,
    )
    figure.update_layout(
        barmode="stack",
        bargap=0.2,
        uniformtext={"minsize": TEXT, "mode": "hide"},
        margin_r=8,
    )
    return with_legend(figure)


def _once(trace: dict[str, Any], told: set[str]) -> dict[str, Any]:
    """A trace, which is in the legend only the first time that its name is `told`."""
    first = trace["name"] not in told and len(trace["x"]) > 0
    told |= {trace["name"]} if first else set()
    return {**trace, "legendgroup": trace["name"], "showlegend": first}
