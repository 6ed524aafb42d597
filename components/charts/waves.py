"""Mean scores by wave with intervals; the number of people stands under each wave."""

import pandas as pd
import plotly.graph_objects as go

from components.charts.marks import interval
from components.theme import DASHES, SCORE_COLOURS, SCORE_SYMBOLS, finish
from data.labels import label
from data.release import Released
from data.vocabulary import Score

APART = 0.06


def waves(released: Released, joined: bool) -> go.Figure:
    """Draw `mean` by wave, one series per score; points are `joined` only where they are of the same people."""
    figure = go.Figure()
    order = released.rows["wave"].unique().tolist()
    for place, score in enumerate(dict.fromkeys(released.rows["score"])):
        rows = released.rows[(released.rows["score"] == score) & released.rows["mean"].notna()]
        name = label("score", score)
        colour = SCORE_COLOURS[Score(score)]
        # Series are set a little apart, so that intervals at one wave do not lie on each other.
        x = [order.index(wave) + APART * (place - 1.5) for wave in rows["wave"]]
        figure.add_scatter(
            x=x,
            y=rows["mean"],
            mode="markers",
            marker={"size": 1, "color": colour},
            error_y=interval(rows, "mean", "66", colour),
            hoverinfo="skip",
            showlegend=False,
        )
        figure.add_scatter(
            x=x,
            y=rows["mean"],
            name=name,
            mode="lines+markers" if joined else "markers",
            line={"color": colour, "width": 2, "dash": DASHES[place]},
            marker={"symbol": SCORE_SYMBOLS[Score(score)], "size": 9},
            error_y=interval(rows, "mean", "95", colour),
            customdata=rows[["people", "low95", "high95"]].to_numpy(),
            hovertemplate=f"{name}: %{{y:.2f}} (95%: %{{customdata[1]:.2f}} to %{{customdata[2]:.2f}})"
            "<br>%{customdata[0]} people<extra></extra>",
        )
    figure.update_xaxes(
        tickvals=[*range(len(order))],
        ticktext=[_tick(released, wave) for wave in order],
        range=[-0.5, len(order) - 0.5],
        tickangle=0,
        title="Wave<br>months since return<br>n people",
    )
    figure.update_yaxes(range=[0, 1], tickvals=[0, 0.25, 0.5, 0.75, 1], title="Mean score")
    return finish(figure, 430)


def _tick(released: Released, wave: int) -> str:
    rows = released.rows[released.rows["wave"] == wave]
    people, months = rows["people"].max(), rows["months"].max()
    return "<br>".join(
        [f"{wave}", "–" if pd.isna(months) else f"{months:.0f}", "[c]" if pd.isna(people) else f"{people:,}"]
    )
