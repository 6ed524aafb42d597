"""Mean scores by wave with intervals, each line named at its end."""

import math
from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.ends import End, named_at_ends
from components.charts.marks import SCORES_RUN, axis_names, heading, interval, noted
from components.charts.stack import FOOT, stack
from components.theme import BAND_LINES, DASHES, LINE_COLOURS, MARGIN, SCORE_COLOURS, SCORE_SYMBOLS, finish
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

PANEL, SINGLE = 110, 300
"""Pixels of each of many panels, and of a panel alone."""

SYMBOLS = (*SCORE_SYMBOLS.values(), "star", "cross", "x")
STEP, LEAST = 0.1, 0.3
"""The scale of means begins and ends at a multiple of `STEP`; it is `LEAST` long, or small changes look large."""


def _kind(released: Released) -> str:
    return f"Lines by wave. {BAND}" if "if_lower" in released.values else "Lines by wave"


@chart(_kind, "mean")
def waves(released: Released, joined: bool) -> go.Figure:
    """Draw `mean` by wave, one series per score; points are `joined` only where they are of the same people."""
    order = [*dict.fromkeys(released.rows["wave"])]
    lines, ends = [], []
    for place, score in enumerate(dict.fromkeys(released.rows["score"])):
        look = {"colour": SCORE_COLOURS[Score(score)], "dash": DASHES[place], "symbol": SCORE_SYMBOLS[Score(score)]}
        rows = released.only("score", score).rows.dropna(subset=["mean"])
        x, name = _places(rows, order, place - 1.5), label("score", score)
        lines += [*_line(rows, x, name, joined, **look), *_band(rows, x, name, look["colour"], not place)]
        ends.append(_end(rows, x, name, look["colour"]))
    ticks = [f"{wave}<br>{_months(released, wave)}" for wave in order]
    figure = _together(lines, ends, ticks, scale(released))
    return figure.update_xaxes(title="Wave, and months since return")


@chart(_kind, "mean")
def group_waves(released: Released, score: Score, joined: Collection[str]) -> go.Figure:
    """Draw `mean` of one `score` by wave for each group (first key); points of the groups `joined` have a line.

    Up to four groups share a panel; more have a panel each, one under another. A wave at which a
    group may not be seen says so.
    """
    by, *_ = released.keys
    found = released.only("score", score)
    groups, order = ([*dict.fromkeys(found.rows[key])] for key in (by, "wave"))
    names = axis_names(by, groups, wrap=False)
    lines, ends, named, span = [], [], len(groups) <= MOST, scale(found)
    for place, (group, name) in enumerate(zip(groups, names, strict=True)):
        rows = found.only(by, group).rows.dropna(subset=["mean"])
        across = 0.0 if len(groups) > MOST else place - (len(groups) - 1) / 2
        x, look = _places(rows, order, across), _look(by, group, place)
        band = _band(rows, x, name, look["colour"], named)
        named = named and not band
        lines.append([*_line(rows, x, name, group in joined, **look), *band])
        ends.append(_end(rows, x, name, look["colour"]))
    ticks = [f"{wave}<br>[c]" if _hidden(found, wave) else str(wave) for wave in order]
    if len(groups) > MOST:
        titles = [f"<b>{name}</b>" for name in names]
        figure = stack(lines, titles, PANEL, None, foot=FOOT + 40)
        figure.update_layout(margin_t=MARGIN["t"], height=figure.layout.height + MARGIN["t"] - MARGIN["b"])
        return noted(_waves_axis(figure, ticks).update_yaxes(**_ticked(span)), heading(SCORES_RUN))
    return _together([trace for line in lines for trace in line], ends, ticks, span)


def scale(released: Released) -> tuple[float, float]:
    """Where the axis of means begins and ends: around all that is drawn, not so near that little looks like much."""
    drawn = [name for name in ("low95", "high95", "mean", "if_lower") if name in released.rows]
    low, high = released.rows[drawn].min().min(), released.rows[drawn].max().max()
    if pd.isna(low):
        return 0.0, 1.0
    low, high = math.floor(low / STEP + 1e-6), math.ceil(high / STEP - 1e-6)
    missing = max(0, round(LEAST / STEP) - (high - low))
    low = max(0, low - missing // 2)
    return round(low * STEP, 1), round(min(10, max(high, low + LEAST / STEP)) * STEP, 1)


def _together(
    lines: list[dict[str, Any]], ends: Sequence[End], ticks: Sequence[str], span: tuple[float, float]
) -> go.Figure:
    """All lines in one panel, named at their ends."""
    figure = _waves_axis(go.Figure({"data": lines}), ticks).update_yaxes(**_ticked(span))
    banded = any(trace.get("fill") for trace in lines)
    top, foot = MARGIN["t"] + 26 * banded, FOOT + 40 + MARGIN["b"]
    finish(figure, top + SINGLE + foot, showlegend=banded).update_layout(margin_t=top, margin_b=foot)
    named_at_ends(figure, ends, figure.layout.xaxis.range[1], span, SINGLE)
    return noted(figure, heading(SCORES_RUN))


def _line(
    rows: pd.DataFrame, x: Sequence[float], name: str, joined: bool, colour: str, dash: str, symbol: str
) -> list[dict[str, Any]]:
    """The traces of one series: its 66% intervals, and over them its points with the 95% intervals."""
    place = {"type": "scatter", "x": x, "y": rows["mean"].tolist(), "showlegend": False}
    return [
        {**place, "mode": "markers", "marker": {"size": 1, "color": colour}, "hoverinfo": "skip"}
        | {"error_y": interval(rows, "mean", "66", colour)},
        {
            **place,
            "name": name,
            "legendgroup": name,
            "mode": "lines+markers" if joined else "markers",
            "line": {"color": colour, "width": 2.5, "dash": dash},
            "marker": {"color": colour, "symbol": symbol, "size": 9},
            "error_y": interval(rows, "mean", "95", colour),
            "customdata": rows[["people", "low95", "high95"]].to_numpy().tolist(),
            "hovertemplate": f"{name}: %{{y:.2f}} (95%: %{{customdata[1]:.2f}} to %{{customdata[2]:.2f}})"
            "<br>%{customdata[0]:,} people<extra></extra>",
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


def _end(rows: pd.DataFrame, x: Sequence[float], name: str, colour: str) -> End:
    return End(name, x[-1], float(rows["mean"].iloc[-1]), colour) if len(rows) else End(f"{name} · [c]", None, None, "")


def _look(by: str, group: str, place: int) -> dict[str, str]:
    """A group's colour (a band has its own), dash and symbol; with many groups they come round again."""
    colour = BAND_LINES[ReturnBand(group)] if by == "band" else LINE_COLOURS[place % len(LINE_COLOURS)]
    return {"colour": colour, "dash": DASHES[place % len(DASHES)], "symbol": SYMBOLS[place % len(SYMBOLS)]}


def _places(rows: pd.DataFrame, order: Sequence[int], across: float) -> list[float]:
    """Where the points of a series stand: a little apart, so that intervals at one wave do not lie on each other."""
    return [order.index(wave) + APART * across for wave in rows["wave"]]


def _waves_axis(figure: go.Figure, ticks: Sequence[str]) -> go.Figure:
    places = {"tickvals": [*range(len(ticks))], "ticktext": [*ticks], "range": [-0.3, len(ticks) - 0.75]}
    title = "Wave ([c]: a group too small to show)" if any("[c]" in tick for tick in ticks) else "Wave"
    return figure.update_xaxes(**places, tickangle=0, showgrid=False, title=title)


def _ticked(span: tuple[float, float]) -> dict[str, Any]:
    return {"range": [*span], "tickformat": ".2~f", "nticks": 5}


def _hidden(released: Released, wave: int) -> bool:
    """Whether a group may not be seen at a wave."""
    return bool(released.is_confidential()[released.rows["wave"] == wave].any())


def _months(released: Released, wave: int) -> str:
    months = released.rows.loc[released.rows["wave"] == wave, "months"].max()
    return "[c]" if pd.isna(months) else f"{months:.0f}"
