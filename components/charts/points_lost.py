"""Points that each part of a score costs, against what the part could bring, a panel per group."""

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import axis_names, interval, noted, wrapped
from components.charts.rows import BAR_GAP, OVER_BARS, PHONE, fitted, names_over, row_axis, row_for
from components.charts.stack import axis_of, stack, with_legend
from components.theme import GREY, SCORE_COLOURS
from data.disclosure import Released
from data.instrument import elements
from data.labels import label
from data.vocabulary import DIMENSIONS, FLAGS_IN_SHORT, Score

_DIMENSION = {
    part: element.dimension
    for element in elements()
    for part in (element.dimension.value, element.indicator, element.column)
}


@chart("Bars with intervals", "lost")
def points_lost(released: Released) -> go.Figure:
    """Bars of `lost` per part (second key), a panel per group (first key), with the line of its 95% interval.

    Each bar is filled from zero in an outline as long as the part's `full` points, in its dimension's colour. A part
    whose points may not be seen, or that was not asked, keeps its row and says why.
    """
    by, _ = released.keys
    groups = [*dict.fromkeys(released.rows[by])]
    parts = [*dict.fromkeys(released.rows["part"])]
    names = dict(zip(parts, axis_names("part", parts, wrap=False), strict=True))
    row = row_for([wrapped(name, PHONE - len("0.00 of 0.00")) for name in names.values()])
    mine = {group: released.only(by, group) for group in groups}
    figure = stack(
        [_bars(each, names, first=place == 0) for place, each in enumerate(mine.values())],
        [_title(by, group, each) for group, each in mine.items()],
        row * len(parts),
        None,
    )
    top = released.rows[["full", "lost_high95"]].max().max()
    figure.update_xaxes(range=[0, 1 if pd.isna(top) else 1.05 * top], tickformat=".2~f", nticks=6)
    figure.update_yaxes(row_axis([*names.values()]))
    for place, each in enumerate(mine.values(), start=1):
        words = [_in_short(row) for _, row in each.rows.iterrows()]
        noted(figure, *names_over(fitted([*names.values()], words), words, axis_of(place), OVER_BARS))
    dimensions = {_DIMENSION[part] for part in parts}
    figure.update_layout(barmode="overlay", bargap=BAR_GAP)
    return with_legend(figure) if len(dimensions) > 1 else figure


def in_words(names: Sequence[str], flags: Sequence[str], start: float = 0.0) -> dict[str, Any]:
    """The words that stand in the rows `names`, from `start` on, in place of numbers that have `flags`."""
    return {
        "type": "scatter",
        "x": [start] * len(names),
        "y": [*names],
        "mode": "text",
        "text": [FLAGS_IN_SHORT[flag] for flag in flags],
        "textposition": "middle right",
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _in_short(row: pd.Series) -> str:
    return "" if pd.isna(row["lost"]) else f"{row['lost']:.2f} of {row['full']:.2f}"


def _bars(released: Released, names: dict[str, str], first: bool) -> list[dict[str, Any]]:
    rows = released.rows.assign(name=released.rows["part"].map(names))
    whole = rows[rows["full"].notna()]
    bar = {"type": "bar", "orientation": "h", "hoverinfo": "skip", "showlegend": False}
    outline = {"color": "rgba(0,0,0,0)", "line": {"color": GREY, "width": 1}}
    traces = [{**bar, "x": whole["full"].tolist(), "y": whole["name"].tolist(), "marker": outline}]
    dimension = rows["part"].map(_DIMENSION)
    traces += [
        {**bar, **_filled(rows[(dimension == one) & rows["lost"].notna()], one), "showlegend": first}
        for one in DIMENSIONS
        if (dimension == one).any()
    ]
    hidden = rows[rows["lost"].isna()]
    return [*traces, in_words(hidden["name"].tolist(), released.flags.loc[hidden.index, "lost"].tolist())]


def _filled(rows: pd.DataFrame, dimension: Score) -> dict[str, Any]:
    colour = SCORE_COLOURS[dimension]
    return {
        "name": label("score", dimension),
        "legendgroup": dimension.value,
        "x": rows["lost"].tolist(),
        "y": rows["name"].tolist(),
        "marker": {
            "color": f"{colour}80",
            "line": {"color": colour, "width": 1},
        },  # lighter, so that the line shows on it
        "error_x": interval(rows, "lost", "95", colour, "lost_"),
        "customdata": rows[["full", "lost_low95", "lost_high95"]].to_numpy().tolist(),
        "hoverinfo": "all",
        "hovertemplate": "%{y}<br>%{x:.2f} of %{customdata[0]:.2f} points lost "
        "(95%: %{customdata[1]:.2f} to %{customdata[2]:.2f})<extra></extra>",
    }


def _title(by: str, group: object, released: Released) -> str:
    people = released.rows["people"].max()
    return f"<b>{escape(label(by, group), quote=False)}</b> · {'[c]' if pd.isna(people) else f'{people:,} people'}"
