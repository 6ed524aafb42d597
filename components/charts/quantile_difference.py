"""Where in the distribution two groups differ: the difference at each tenth person in 100."""

import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.ecdf import absent, look
from components.charts.marks import axis_names, interval
from components.theme import GREY, finish
from data.disclosure import Released
from data.vocabulary import Score

MOST = 6
"""More lines than this cannot be told apart; all groups are in the table."""

APART = 0.008


@chart("Lines with intervals", "difference")
def quantile_difference(released: Released, score: Score) -> go.Figure:
    """Draw `difference` at each decile `q`, a line per group (first key) but the reference, around zero.

    A thick line is the 66%, a thin one the 95% interval; a line ends before the outer deciles that are masked. Up to
    `MOST` groups are drawn, in the order of the table.
    """
    by = released.keys[0]
    mine = released.only("score", score)
    apt = mine.rows[mine.is_applicable("difference")]
    groups = apt[by].unique().tolist()[:MOST]
    figure = go.Figure()
    for place, (group, name) in enumerate(zip(groups, axis_names(by, groups, wrap=False), strict=True)):
        # The outer deciles are masked first: no line has a gap.
        rows = apt[(apt[by] == group) & apt["difference"].notna()]
        if not len(rows):
            figure.add_trace(absent(name))
            continue
        n, style = f"n = {rows['people'].max():,}", look(by, group, place)
        # Groups are set a little apart, so that intervals at one decile do not lie on each other.
        x = (rows["q"] + APART * (place - (len(groups) - 1) / 2)).round(3).tolist()
        figure.add_scatter(
            x=x,
            y=rows["difference"].tolist(),
            mode="markers",
            marker={"size": 1, "color": style["color"]},
            error_y=interval(rows, "difference", "66", style["color"], "difference_"),
            hoverinfo="skip",
            showlegend=False,
        )
        figure.add_scatter(
            x=x,
            y=rows["difference"].tolist(),
            mode="lines+markers",
            line=style,
            marker={"size": 7},
            error_y=interval(rows, "difference", "95", style["color"], "difference_"),
            name=f"{name} · {n}",
            text=[f"{name}, {_nth(q)} of 100 people" for q in rows["q"]],
            customdata=rows[["difference_low95", "difference_high95"]].to_numpy().tolist(),
            hovertemplate="%{text}<br>%{y:+.2f} (95%: %{customdata[0]:+.2f} to %{customdata[1]:+.2f})"
            f"<br>{n}<extra></extra>",
        )
    deciles = mine.rows["q"].unique().tolist()
    figure.update_xaxes(
        tickvals=deciles, ticktext=[f"{100 * q:.0f}" for q in deciles], range=[0.05, 0.95], tickangle=0,
        title="Person of 100, from the lowest score to the highest",
    )  # fmt: skip
    figure.update_yaxes(tickformat="+.2~f", title="Difference to the reference")
    figure.add_hline(y=0, line={"width": 1.5, "color": GREY})
    return finish(figure, 430, showlegend=True)


def _nth(q: float) -> str:
    return f"{100 * q:.0f}th"
