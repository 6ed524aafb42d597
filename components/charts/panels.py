"""One panel per score, one row per group: the ground of the dot charts."""

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from components.charts.marks import axis_names, dots, with_n
from components.theme import GREY, SCORE_COLOURS, SCORE_SYMBOLS, finish
from data.labels import label
from data.release import Released
from data.vocabulary import Mark, Score

ROW, PANEL_HEAD = 38, 44


def panels(released: Released, value: str, prefix: str = "") -> go.Figure:
    """Dots of `value` with the intervals whose columns start with `prefix`; a masked group keeps its row and says why.

    Groups for which the value has no meaning (the reference group of a difference) get no row.
    """
    by, _ = released.keys
    apt = released.rows[released.marks[value] != Mark.NOT_APPLICABLE]
    scores = [Score(score) for score in dict.fromkeys(apt["score"])]
    plain = dict(zip(apt[by].unique(), axis_names(by, apt[by].unique()), strict=True))
    titles = [label("score", score) for score in scores]
    gap = 0 if len(scores) < 2 else min(0.5 / len(scores), PANEL_HEAD / (len(scores) * (ROW * len(plain) + PANEL_HEAD)))
    figure = make_subplots(
        rows=max(len(scores), 1), shared_xaxes=True, vertical_spacing=gap, subplot_titles=titles or None
    )
    for place, score in enumerate(scores, start=1):
        rows = apt[apt["score"] == score]
        seen = rows[rows[value].notna()]
        hover = f"%{{y}}<br>{titles[place - 1]}: %{{x:.2f}} (95%: %{{customdata[1]:.2f}} to %{{customdata[2]:.2f}})"
        hover += "<br>%{customdata[0]} people<extra></extra>"
        names = {code: with_n(plain[code], people) for code, people in zip(rows[by], rows["people"], strict=True)}
        shown = [names[code] for code in seen[by]]
        for trace in dots(seen, value, shown, SCORE_COLOURS[score], SCORE_SYMBOLS[score], hover, prefix):
            figure.add_trace(trace, row=place, col=1)
        hidden = rows[rows[value].isna()]
        figure.add_trace(masked_rows([names[code] for code in hidden[by]]), row=place, col=1)
        order = [names[code] for code in reversed(rows[by].tolist())]
        figure.update_yaxes(
            categoryorder="array", categoryarray=order, range=[-0.6, len(order) - 0.4], row=place, col=1
        )
    figure.update_annotations(x=0, xanchor="left", font={"size": 13})
    height = 40 + len(scores) * (ROW * len(plain) + PANEL_HEAD)
    return finish(figure, height, showlegend=False)


def masked_rows(names: list[str]) -> go.Scatter:
    """The words that stand where a group's dot may not."""
    return go.Scatter(
        x=[0.0] * len(names),
        y=names,
        mode="text",
        text=["[c] too few people to show"] * len(names),
        textposition="middle right",
        textfont={"color": GREY, "size": 12},
        hoverinfo="skip",
        showlegend=False,
    )
