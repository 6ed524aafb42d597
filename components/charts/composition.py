"""Composition of groups as one bar of 100% each, in the order of the parts."""

import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import axis_names
from components.theme import BAND_COLOURS, GREY, LINE_COLOURS, finish, ink
from data.disclosure import Released
from data.labels import label
from data.vocabulary import ReturnBand

LABEL_FROM = 0.08
"""Segments narrower than this have their share in the tooltip and the table only."""


@chart("Stacked bars", "share")
def composition(released: Released) -> go.Figure:
    """Stacked horizontal bars of `share`: a bar per group (first key), a segment per part (second key).

    What is hidden in a group stands at the end of its bar as one hatched segment.
    """
    by, of = released.keys
    groups = released.rows[by].unique().tolist()
    names = dict(zip(groups, axis_names(by, groups), strict=True))
    figure = go.Figure()
    for place, part in enumerate(released.rows[of].unique()):
        rows = released.rows[(released.rows[of] == part) & released.rows["share"].notna()]
        figure.add_bar(
            x=rows["share"],
            y=[names[code] for code in rows[by]],
            name=label(of, part),
            orientation="h",
            marker={"color": _colour(of, part, place)},
            text=[f"{share:.0%}" if share >= LABEL_FROM else "" for share in rows["share"]],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": ink(_colour(of, part, place)), "size": 12},
            customdata=rows[["people", "share_low95", "share_high95"]].to_numpy(),
            hovertemplate=f"%{{y}}<br>{label(of, part)}: %{{x:.1%}} (95%: %{{customdata[1]:.1%}} to "
            "%{customdata[2]:.1%})<br>%{customdata[0]} people<extra></extra>",
        )
    shown = released.rows.groupby(by, sort=False)["share"].sum()
    hidden = released.is_confidential("share").groupby(released.rows[by]).any()
    rest = (1 - shown).where((shown < 0.9995) & hidden.reindex(shown.index)).dropna()
    if len(rest):
        figure.add_bar(
            x=rest,
            y=[names[code] for code in rest.index],
            name="[c] not shown",
            orientation="h",
            marker={
                "color": "rgba(0,0,0,0)",
                "line": {"color": GREY, "width": 1},
                "pattern": {"shape": "/", "fgcolor": GREY},
            },
            hovertemplate="%{y}<br>too few people to show<extra></extra>",
        )
    figure.update_xaxes(range=[0, 1], tickformat=".0%")
    figure.update_yaxes(
        categoryorder="array",
        categoryarray=[names[code] for code in reversed(groups)],
        showticklabels=len(groups) > 1,  # a name that tells nothing apart takes half a phone's width
    )
    return finish(
        figure,
        180 + 46 * len(groups),
        barmode="stack",
        bargap=0.3,
        uniformtext={"minsize": 10, "mode": "hide"},
    )


def _colour(of: str, part: object, place: int) -> str:
    return BAND_COLOURS[ReturnBand(str(part))] if of == "band" else LINE_COLOURS[place % len(LINE_COLOURS)]
