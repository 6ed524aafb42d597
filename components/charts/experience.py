"""How free the choice to return was, per label or band; and scores by perceived choice within band."""

from dataclasses import replace

import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.composition import composition
from components.charts.differences import differences
from components.charts.marks import SCORE_AXIS, UNDER, noted, score_ends, your_line
from components.charts.panels import panels
from components.charts.scores import in_short
from data.disclosure import Released


@chart("Stacked bars", "share")
def experience(released: Released) -> go.Figure:
    """Stacked bars of `share`, 100% per group (last key but one), a segment per perceived choice (last key).

    Of a table with more keys draw one code of the first, as `Released.only` gives it. Masked parts are hatched.
    """
    return composition(replace(released, keys=released.keys[-2:]))


@chart("Dots with intervals", "mean")
def outcomes(released: Released, line: float | None = None) -> go.Figure:
    """Mean of one score by perceived choice, a panel per band; `line` is the reader's own."""
    named = "" if line is None else your_line(line)
    figure = panels(_of_one_score(released), "mean", "", line, "band", named, words=in_short, foot=UNDER)
    return noted(figure.update_xaxes(SCORE_AXIS), *score_ends())


@chart("Dots with intervals", "difference")
def outcome_differences(released: Released) -> go.Figure:
    """Difference of one score to people with a free choice, a panel per band."""
    return differences(_of_one_score(released), panel="band")


def _of_one_score(released: Released) -> Released:
    return replace(released, keys=("band", "perceived_choice"))
