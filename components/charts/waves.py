"""Mean scores by wave with intervals; the number of people stands under each wave."""

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import axis_names, interval
from components.charts.stack import stack
from components.theme import BAND_COLOURS, DASHES, LINE_COLOURS, SCORE_COLOURS, SCORE_SYMBOLS, finish
from data.disclosure import Released
from data.follow_up import LOWER
from data.labels import label
from data.vocabulary import ReturnBand, Score

APART = 0.06
BAND = f"The band under a line goes down to the mean if those lost scored {LOWER} lower than people like them"
"""What the band is, in words, for those who do not see it."""

BAND_NAME = f"Down to: if those lost scored {LOWER} lower"
MOST = 4
"""Groups whose lines share one panel; more are hard to tell apart and get a panel each."""

PANEL = 150
SYMBOLS = (*SCORE_SYMBOLS.values(), "star", "cross", "x")
UNIT = {"range": [0, 1], "tickvals": [0, 0.25, 0.5, 0.75, 1]}


def _kind(released: Released) -> str:
    return f"Lines by wave. {BAND}" if "if_lower" in released.values else "Lines by wave"


@chart(_kind, "mean")
def waves(released: Released, joined: bool) -> go.Figure:
    """Draw `mean` by wave, one series per score; points are `joined` only where they are of the same people."""
    order = [*dict.fromkeys(released.rows["wave"])]
    data = []
    for place, score in enumerate(dict.fromkeys(released.rows["score"])):
        look = {"colour": SCORE_COLOURS[Score(score)], "dash": DASHES[place], "symbol": SCORE_SYMBOLS[Score(score)]}
        rows = released.only("score", score).rows.dropna(subset=["mean"])
        x = _places(rows, order, place - 1.5)
        name = label("score", score)
        data += [*_line(rows, x, name, joined, **look), *_band(rows, x, name, look["colour"], not place)]
    ticks = [f"{wave}<br>{_months(released, wave)}<br>{_people(released, wave)}" for wave in order]
    figure = go.Figure({"data": data}).update_yaxes(**UNIT, title="Mean score")
    return finish(_waves_axis(figure, ticks, "Wave<br>months since return<br>n people"), 430)


@chart(_kind, "mean")
def group_waves(released: Released, score: Score, joined: Collection[str]) -> go.Figure:
    """Draw `mean` of one `score` by wave for each group (first key); points of the groups `joined` have a line.

    Up to four groups share a panel, with the people of each under the waves; more have a panel each, one under another.
    """
    by, *_ = released.keys
    found = released.only("score", score)
    groups, order = ([*dict.fromkeys(found.rows[key])] for key in (by, "wave"))
    names = axis_names(by, groups, wrap=False)
    lines, named = [], len(groups) <= MOST
    for place, (group, name) in enumerate(zip(groups, names, strict=True)):
        rows = found.only(by, group).rows.dropna(subset=["mean"])
        across = 0.0 if len(groups) > MOST else place - (len(groups) - 1) / 2
        x, look = _places(rows, order, across), _look(by, group, place)
        band = _band(rows, x, name, look["colour"], named)
        named = named and not band
        lines.append([*_line(rows, x, name, group in joined, **look), *band])
    if len(groups) > MOST:
        counts = [_counts(found.only(by, group), order) for group in groups]
        figure = stack([[*line, n] for line, n in zip(lines, counts, strict=True)], names, PANEL, None)
        return _waves_axis(figure, [*map(str, order)], "Wave (n people under each point)").update_yaxes(**UNIT)
    figure = go.Figure({"data": [trace for line in lines for trace in line]}).update_yaxes(**UNIT, title="Mean score")
    numbers = [[str(wave), *(_people(found.only(by, group), wave) for group in groups)] for wave in order]
    title = "<br>".join(["Wave", *(f"n, {name}" for name in names)])
    return finish(_waves_axis(figure, ["<br>".join(each) for each in numbers], title), 400 + 34 * len(groups))


def _line(
    rows: pd.DataFrame, x: Sequence[float], name: str, joined: bool, colour: str, dash: str, symbol: str
) -> list[dict[str, Any]]:
    """The traces of one series: its 66% intervals, and over them its points with the 95% intervals."""
    place = {"type": "scatter", "x": x, "y": rows["mean"].tolist()}
    return [
        {**place, "mode": "markers", "marker": {"size": 1, "color": colour}, "hoverinfo": "skip", "showlegend": False}
        | {"error_y": interval(rows, "mean", "66", colour)},
        {
            **place,
            "name": name,
            "legendgroup": name,
            "mode": "lines+markers" if joined else "markers",
            "line": {"color": colour, "width": 2, "dash": dash},
            "marker": {"color": colour, "symbol": symbol, "size": 9},
            "error_y": interval(rows, "mean", "95", colour),
            "customdata": rows[["people", "low95", "high95"]].to_numpy().tolist(),
            "hovertemplate": f"{name}: %{{y:.2f}} (95%: %{{customdata[1]:.2f}} to %{{customdata[2]:.2f}})"
            "<br>%{customdata[0]} people<extra></extra>",
        },
    ]


def _band(rows: pd.DataFrame, x: Sequence[float], name: str, colour: str, named: bool) -> list[dict[str, Any]]:
    """From the line just drawn, `name`, down to `if_lower`, where there is one at two waves.

    `named` says whether it stands in the legend, where one entry is enough for all.
    """
    known = rows.assign(x=x).dropna(subset=["if_lower"]) if "if_lower" in rows else rows[:0]
    if len(known) < 2:
        return []
    place = {"type": "scatter", "mode": "lines", "x": known["x"].tolist(), "y": known["if_lower"].tolist()}
    look = {"line": {"width": 0, "color": colour}, "fill": "tonexty", "fillcolor": f"{colour}2e", "hoverinfo": "skip"}
    return [{**place, **look, "name": BAND_NAME, "legendgroup": name, "showlegend": named}]


def _look(by: str, group: str, place: int) -> dict[str, str]:
    """A group's colour (a band has its own), dash and symbol; with many groups they come round again."""
    colour = BAND_COLOURS[ReturnBand(group)] if by == "band" else LINE_COLOURS[place % len(LINE_COLOURS)]
    return {"colour": colour, "dash": DASHES[place % len(DASHES)], "symbol": SYMBOLS[place % len(SYMBOLS)]}


def _places(rows: pd.DataFrame, order: Sequence[int], across: float) -> list[float]:
    """Where the points of a series stand: a little apart, so that intervals at one wave do not lie on each other."""
    return [order.index(wave) + APART * across for wave in rows["wave"]]


def _waves_axis(figure: go.Figure, ticks: Sequence[str], title: str) -> go.Figure:
    places = {"tickvals": [*range(len(ticks))], "ticktext": [*ticks], "range": [-0.5, len(ticks) - 0.5]}
    return figure.update_xaxes(**places, tickangle=0, title=title)


def _counts(released: Released, order: Sequence[int]) -> dict[str, Any]:
    """The number of people at the foot of a panel, under each point."""
    texts = [_people(released, wave) for wave in order]
    still = {"hoverinfo": "skip", "showlegend": False, "textposition": "top center", "textfont": {"size": 11}}
    return {
        "type": "scatter",
        "mode": "text",
        "x": [*range(len(order))],
        "y": [0.0] * len(order),
        "text": texts,
        **still,
    }


def _people(released: Released, wave: int) -> str:
    people = released.rows.loc[released.rows["wave"] == wave, "people"].max()
    return "[c]" if pd.isna(people) else f"{people:,}"


def _months(released: Released, wave: int) -> str:
    months = released.rows.loc[released.rows["wave"] == wave, "months"].max()
    return "–" if pd.isna(months) else f"{months:.0f}"
