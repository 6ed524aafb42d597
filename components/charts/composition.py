"""Composition of groups as one bar of 100% each, in the order of the parts."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import axis_names, noted
from components.charts.rows import LEFT, names_over, row_axis, stand_over
from components.charts.stack import with_legend
from components.theme import (
    CHOICE_COLOURS,
    LINE_COLOURS,
    MARGIN,
    SHAPE_COLOURS,
    STATE_COLOURS,
    TEXT,
    filled,
    finish,
    hatched,
    ink,
    of_band,
)
from data.disclosure import Released
from data.labels import label
from data.vocabulary import ReturnBand

LABEL_FROM = 0.08
"""Segments narrower than this have their share in the tooltip and the table only."""

NAME_FROM = 0.2
"""Segments of a lone bar as wide as this hold their name too."""

LONE, ROW, GAP, OVER = 76, 54, 0.54, 0.24
"""Pixels of a bar alone and of a row with a name over its bar, high enough for a number; then, of such a row, how much
is no bar, and how far over the bar's middle its name begins."""

OF_PARTS: Final[Mapping[str, Mapping[str, str]]] = {
    "perceived_choice": CHOICE_COLOURS,
    "shape": SHAPE_COLOURS,
    "state": STATE_COLOURS,
}


@chart("Stacked bars", "share")
def composition(released: Released) -> go.Figure:
    """Stacked horizontal bars of `share`: a bar per group (first key), a segment per part (second key).

    What is hidden in a group stands at the end of its bar as one hatched segment.
    """
    by, _ = released.keys
    groups = released.rows[by].unique().tolist()
    names = axis_names(by, groups, wrap=False)
    over = stand_over(names)
    figure = go.Figure({"data": segments(released, names, lone=len(groups) == 1)})
    figure.update_xaxes(range=[0, 1], visible=False)
    if over:
        figure.update_yaxes(row_axis(names))
        if len(groups) > 1:
            noted(figure, *names_over(names, over=OVER))
    else:  # a name that tells nothing apart takes half a phone's width
        order = {"type": "category", "categoryorder": "array", "categoryarray": names[::-1]}
        figure.update_yaxes(**order, showticklabels=len(groups) > 1, ticklabelstandoff=4)
    lone, row = len(groups) < 2, ROW if over else LEFT + 4
    finish(
        figure,
        round(LONE if lone else row * (len(groups) + 0.2)) + MARGIN["b"],
        barmode="stack",
        bargap=0.12 if lone else GAP if over else 0.25,
        uniformtext={"minsize": TEXT, "mode": "hide"},
    ).update_layout(margin={"l": 8, "r": 8, "t": 0, "b": MARGIN["b"]})
    return with_legend(figure)


def segments(released: Released, names: Sequence[str], lone: bool = False) -> list[dict[str, Any]]:
    """The segments of each part, as traces; those of a `lone` bar hold their part's name where there is room.

    `names` are those of the groups (first key), in the order of the rows.
    """
    by, of = released.keys
    called = dict(zip(released.rows[by].unique(), names, strict=True))
    bar = {"type": "bar", "orientation": "h"}
    traces = []
    for place, part in enumerate(released.rows[of].unique()):
        rows = released.rows[(released.rows[of] == part) & released.rows["share"].notna()]
        marker, name = look(of, part, place), label(of, part)
        traces.append(
            {
                **bar,
                "x": rows["share"].tolist(),
                "y": [called[code] for code in rows[by]],
                "name": name,
                "marker": marker,
                "text": [_text(share, name if lone else "") for share in rows["share"]],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "textfont": {"color": ink(marker["color"]), "size": TEXT},
                "customdata": rows[["people", "share_low95", "share_high95"]].to_numpy().tolist(),
                "hovertemplate": f"%{{y}}<br>{name}: %{{x:.0%}} (95%: %{{customdata[1]:.0%}} to "
                "%{customdata[2]:.0%})<br>%{customdata[0]:,} people<extra></extra>",
            }
        )
    shown = released.rows.groupby(by, sort=False)["share"].sum()
    hidden = released.is_confidential("share").groupby(released.rows[by]).any()
    rest = (1 - shown).where((shown < 0.9995) & hidden.reindex(shown.index)).dropna()
    if len(rest):
        traces.append(
            {
                **bar,
                "x": rest.tolist(),
                "y": [called[code] for code in rest.index],
                "name": "[c] not shown",
                "marker": hatched(),
                "hovertemplate": "%{y}<br>too few people to show<extra></extra>",
            }
        )
    return traces


def look(of: str, part: object, place: int) -> dict[str, Any]:
    """The look of a part's segments: what has colours of its own has them here too."""
    if of == "band":
        return of_band(ReturnBand(str(part)))
    own = OF_PARTS.get(of, {})
    return filled(own.get(str(part), LINE_COLOURS[place % len(LINE_COLOURS)]))


def _text(share: float, name: str) -> str:
    if share < LABEL_FROM:
        return ""
    return f"{name}<br>{share:.0%}" if name and share >= NAME_FROM else f"{share:.0%}"
