"""Where in the distribution two groups differ: the difference at each tenth person in 100."""

import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.differences import TICKS
from components.charts.ecdf import absent, look
from components.charts.ends import End, named_at_ends
from components.charts.marks import axis_names, heading, interval, noted
from components.theme import GREY, MARGIN, finish
from data.disclosure import Released
from data.vocabulary import Score

MOST = 6
"""More lines than this cannot be told apart; all groups are in the table."""

APART = 0.008
PANEL, FOOT = 300, 48


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
    figure, ends = go.Figure(), []
    reference = mine.rows[~mine.is_applicable("difference")][by].unique()
    for place, (group, name) in enumerate(zip(groups, axis_names(by, groups, wrap=False), strict=True)):
        # The outer deciles are masked first: no line has a gap.
        rows = apt[(apt[by] == group) & apt["difference"].notna()]
        if not len(rows):
            figure.add_trace(absent(name))
            ends.append(End(f"{name} · [c]", None, None, ""))
            continue
        n, style = f"{rows['people'].max():,} people", look(by, group, place)
        # Groups are set a little apart, so that intervals at one decile do not lie on each other.
        x = (rows["q"] + APART * (place - (len(groups) - 1) / 2)).round(3).tolist()
        ends.append(End(name, x[-1], float(rows["difference"].iloc[-1]), style["color"]))
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
            customdata=rows[["people", "difference_low95", "difference_high95"]].to_numpy().tolist(),
            hovertemplate="%{text}<br>%{y:+.2f} (95%: %{customdata[1]:+.2f} to %{customdata[2]:+.2f})"
            "<br>%{customdata[0]:,} people<extra></extra>",
        )
    deciles = mine.rows["q"].unique().tolist()
    figure.update_xaxes(
        tickvals=deciles, ticktext=[f"{100 * q:.0f}" for q in deciles], range=[0.05, 0.95], tickangle=0,
        title="Person of 100, from lowest score to highest", showgrid=False,
    )  # fmt: skip
    drawn = apt[apt[by].isin(groups)]
    reach = max(0.1, 1.05 * (drawn[["difference_low95", "difference_high95"]].abs().max().fillna(0).max()))
    figure.update_yaxes(**TICKS, range=[-reach, reach])
    figure.add_hline(y=0, line={"width": 1.5, "color": GREY}, layer="below")
    finish(figure, MARGIN["t"] + PANEL + FOOT, showlegend=False).update_layout(margin_b=FOOT)
    named = axis_names(by, reference[:1], wrap=False)[0] if len(reference) == 1 else "the reference"
    noted(figure, heading(f"Difference to {named}"))
    return named_at_ends(figure, ends, 0.95, (-reach, reach), PANEL)


def _nth(q: float) -> str:
    return f"{100 * q:.0f}th"
