"""Binned distribution of one score, a panel per group on shared bins."""

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from components.theme import GREY, SCORE_COLOURS, finish
from data.labels import label
from data.release import Released
from data.summaries.distributions import BINS
from data.vocabulary import Score

PANEL = 72


def histogram(released: Released, score: Score, line: float) -> go.Figure:
    """Bars of `share` per bin, zero-based and on one scale for all groups (first key), with the reader's line.

    A bin of too few people has a small hatched stub instead of a bar.
    """
    by = released.keys[0]
    mine = released.rows[released.rows["score"] == score]
    groups = mine[by].unique().tolist()
    figure = make_subplots(
        rows=len(groups),
        shared_xaxes=True,
        shared_yaxes="all",
        subplot_titles=[_title(released, by, group, score) for group in groups],
        vertical_spacing=0 if len(groups) < 2 else 0.28 / len(groups),
    )
    top = mine["share"].max()
    top = 1.0 if pd.isna(top) else top
    for place, group in enumerate(groups, start=1):
        rows = mine[mine[by] == group]
        shown, hidden = rows[rows["share"].notna()], rows[rows["share"].isna()]
        figure.add_bar(
            x=shown["bin"] + 0.5 / BINS,
            y=shown["share"],
            width=1 / BINS,
            marker={"color": SCORE_COLOURS[score], "line": {"width": 1, "color": "rgba(255,255,255,0.55)"}},
            customdata=shown["people"],
            hovertemplate="%{y:.1%} of people score here<br>%{customdata} people<extra></extra>",
            row=place,
            col=1,
        )
        figure.add_bar(
            x=hidden["bin"] + 0.5 / BINS,
            y=[top * 0.04] * len(hidden),
            width=1 / BINS,
            marker={"color": "rgba(0,0,0,0)", "pattern": {"shape": "/", "fgcolor": GREY}},
            hovertemplate="[c] too few people to show<extra></extra>",
            row=place,
            col=1,
        )
    figure.add_vline(x=line, line={"dash": "dot", "width": 1.5, "color": GREY})
    figure.update_xaxes(range=[0, 1], tickvals=[0, 0.25, 0.5, 0.75, 1], tickformat=".2~f")
    figure.update_yaxes(range=[0, top * 1.08], tickformat=".0%", nticks=3)
    figure.update_annotations(x=0, xanchor="left", font={"size": 13})
    height = 60 + len(groups) * (PANEL + 30)
    return finish(figure, height, showlegend=False, barmode="overlay", bargap=0)


def _title(released: Released, by: str, group: object, score: Score) -> str:
    rows = released.rows[(released.rows[by] == group) & (released.rows["score"] == score)]
    total = rows["total"].max()
    return f"{label(by, group)} · {'[c]' if pd.isna(total) else f'n = {total:,.0f}'}"
