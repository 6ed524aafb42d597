"""How free the choice to return was, per label or band; and scores by perceived choice within band."""

from dataclasses import replace
from typing import Final

import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.composition import composition
from components.charts.differences import differences
from components.charts.panels import panels
from components.theme import ink
from data.disclosure import Released

CHOICE_COLOURS: Final = ("#a09531", "#9c7b3b", "#8a5c3e")
"""Free, some and no choice: from lighter to darker, away from the colours of bands and scores."""


@chart("Stacked bars", "share")
def experience(released: Released) -> go.Figure:
    """Stacked bars of `share`, 100% per group (last key but one), a segment per perceived choice (last key).

    Of a table with more keys draw one code of the first, as `Released.only` gives it. Masked parts are hatched.
    """
    figure = composition(replace(released, keys=released.keys[-2:]))
    for trace, colour in zip(figure.data, CHOICE_COLOURS, strict=False):
        if trace.marker.pattern.shape is None:
            trace.update(marker_color=colour, textfont_color=ink(colour))
    return figure


@chart("Dots with intervals", "mean")
def outcomes(released: Released, line: float | None = None) -> go.Figure:
    """Mean of one score by perceived choice, a panel per band; `line` is the reader's own."""
    figure = panels(_of_one_score(released), "mean", line=line, panel="band")
    return figure.update_xaxes(range=[0, 1], tickvals=[0, 0.25, 0.5, 0.75, 1], tickformat=".2~f")


@chart("Dots with intervals", "difference")
def outcome_differences(released: Released) -> go.Figure:
    """Difference of one score to people with a free choice, a panel per band."""
    return differences(_of_one_score(released), panel="band")


def _of_one_score(released: Released) -> Released:
    return replace(released, keys=("band", "perceived_choice"))
