"""Answers to elements of the survey as bars to both sides of a centre: worse to the left, better to the right."""

from collections.abc import Mapping
from html import escape
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.composition import GAP, LABEL_FROM, OVER, ROW
from components.charts.marks import axis_names, noted, wrapped
from components.charts.points_lost import in_words
from components.charts.rows import LEFT, PHONE, names_over, row_axis, stand_over
from components.charts.stack import axis_of, stack, with_legend
from components.theme import ANSWER_COLOURS, TEXT, filled, hatched, ink
from data.disclosure import Released
from data.instrument import Element, elements
from data.labels import label

ROOM: Final = 0.02

_ELEMENTS = {element.column: element for element in elements()}
_TICKS = (-1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0)


@chart("Diverging stacked bars", "share")
def answers(released: Released) -> go.Figure:
    """Diverging stacked bars of `share`: a panel per element (second key), a bar per group (first key).

    A middle answer stands half on each side. What is masked in a group is one hatched piece at the right edge, for
    where it belongs follows from its answer only; a group that was not asked keeps its row and says so.
    """
    by = released.keys[0]
    groups = [*dict.fromkeys(released.rows[by])]
    names = dict(zip(groups, axis_names(by, groups, wrap=False), strict=True))
    asked = [_ELEMENTS[column] for column in dict.fromkeys(released.rows["element"])]
    rows = _placed(released, by).assign(name=released.rows[by].map(names))
    shown = rows.dropna(subset=["share"])
    rest = _rest(rows, by)
    right = max([0.0, *(shown["base"] + shown["share"]), *(rest["right"] + rest["rest"] + ROOM)])
    left = min([0.0, *shown["base"]])
    one_wording = len({element.answers for element in asked}) == 1
    steps = sorted({points for element in asked for _, points in element.answers}, reverse=True)
    wording = {points: answer for answer, points in asked[0].answers} if one_wording else {}
    legend = {points: label("answer", wording.get(points, _points(points))) for points in steps}
    panels = [
        _panel(
            rows[rows["element"] == element.column],
            rest[rest["element"] == element.column],
            (left, right),
            legend,
            not at,
        )
        for at, element in enumerate(asked)
    ]
    over = stand_over([*names.values()]) and len(groups) > 1
    titles = [_title(element, one_wording) for element in asked]
    figure = stack(panels, titles, (ROW if over else LEFT + 2) * len(groups), 0)
    percent = [f"{abs(tick):.0%}" for tick in _TICKS]
    figure.update_xaxes(range=[left - ROOM, (right or 1) + ROOM], tickvals=_TICKS, ticktext=percent)
    figure.update_yaxes(row_axis([*names.values()]))
    if over:
        told = [*names.values()]
        for place, _ in enumerate(asked, 1):
            noted(figure, *names_over(told, axis=axis_of(place), over=OVER))
    else:
        figure.update_yaxes(range=[-0.5, len(groups) - 0.5], showticklabels=len(groups) > 1, ticklabelstandoff=4)
    figure.update_layout(
        barmode="overlay",
        bargap=GAP if over else 0.25,
        uniformtext={"minsize": TEXT, "mode": "hide"},
    )
    return with_legend(figure)


def _placed(released: Released, by: str) -> pd.DataFrame:
    """The rows with the `points` of each answer and the `base` where its bar begins, the middle of the scale at 0."""
    points = {(column, answer): one for column, element in _ELEMENTS.items() for answer, one in element.answers}
    rows = released.rows.assign(flag=released.flags["share"], confidential=released.is_confidential("share"))
    keys = zip(rows["element"], rows["answer"], strict=True)
    rows["points"] = pd.Series([points[key] for key in keys], rows.index, "float64")
    share = rows["share"].astype("float64").fillna(0.0)
    group = [rows[by], rows["element"]]
    worse = share.where(rows["points"] < 0.5, share.where(rows["points"] == 0.5, 0.0) / 2)
    upwards = share[::-1].groupby([key[::-1] for key in group]).cumsum()[::-1]  # best first, so from the last up
    rows["base"] = upwards - share - worse.groupby(group).transform("sum")
    return rows


def _rest(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """The masked `rest` of each bar that shows a part, and where the part ends on the `right`."""
    end = rows["base"] + rows["share"]
    bars = rows.assign(end=end).groupby(["element", by, "name"], sort=False)
    found = bars.agg(shown=("share", "sum"), right=("end", "max"), hidden=("confidential", "any")).reset_index()
    found["rest"] = 1 - found["shown"]
    return found[found["hidden"] & (found["shown"] > 0) & (found["rest"] > 0.0005)]


def _panel(
    rows: pd.DataFrame, rest: pd.DataFrame, ends: tuple[float, float], legend: Mapping[float, str], first: bool
) -> list[dict[str, Any]]:
    shown = rows[rows["share"].notna()]
    traces = [
        _segments(shown[shown["points"] == points], ANSWER_COLOURS[points], name, first)
        for points, name in legend.items()
    ]
    empty = rows[rows.groupby("name")["share"].transform("count") == 0].drop_duplicates("name")
    words = in_words(empty["name"].tolist(), empty["flag"].tolist(), ends[0])
    return [*traces, _hatched(rest, ends[1], first), words]


def _segments(rows: pd.DataFrame, colour: str, name: str, first: bool) -> dict[str, Any]:
    words = [escape(label("answer", answer), quote=False) for answer in rows["answer"]]
    told = zip(rows["share"], words, rows[["people", "share_low95", "share_high95"]].to_numpy().tolist(), strict=True)
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "legendgroup": name,
        "showlegend": first,
        "x": rows["share"].tolist(),
        "base": rows["base"].tolist(),
        "y": rows["name"].tolist(),
        "marker": filled(colour),
        "text": [f"{share:.0%}" if share >= LABEL_FROM else "" for share in rows["share"]],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": ink(colour), "size": TEXT},
        "customdata": [[f"{share:.0%}", word, *more] for share, word, more in told],
        "hovertemplate": "%{y}<br>%{customdata[1]}: %{customdata[0]} (95%: %{customdata[3]:.0%} to "
        "%{customdata[4]:.0%})<br>%{customdata[2]} people<extra></extra>",
    }


def _hatched(rest: pd.DataFrame, right: float, first: bool) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": "[c] not shown",
        "legendgroup": "masked",
        "showlegend": first and len(rest) > 0,
        "x": rest["rest"].tolist(),
        "base": (right - rest["rest"]).tolist(),
        "y": rest["name"].tolist(),
        "marker": hatched(),
        "hovertemplate": "%{y}<br>too few people to show<extra></extra>",
    }


def _points(points: float) -> str:
    return f"{points:g} point{'' if points == 1 else 's'}"


def _title(element: Element, one_wording: bool) -> str:
    """The element's name; under it the words of the ends, where the legend cannot tell them for all panels."""
    if one_wording:
        return "<br>".join(f"<b>{line}</b>" for line in _lines(element))
    best, *_, worst = (escape(label("answer", answer), quote=False) for answer, _ in element.answers)
    return "<br>".join([*(f"<b>{line}</b>" for line in _lines(element)), f"{worst} ◂ ▸ {best}"])


def _lines(element: Element) -> list[str]:
    return wrapped(escape(element.name, quote=False), PHONE).split("<br>")
