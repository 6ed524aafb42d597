"""Boxes from released quantiles: the middle half of a group, its median, and its 10th to 90th person in 100."""

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import SCORE_AXIS, UNDER, axis_names, noted, score_ends, with_n, your_line
from components.charts.rows import BAR_GAP, OVER_BARS, ROW, names_over, row_axis
from components.charts.stack import stack
from components.theme import SCORE_COLOURS
from data.disclosure import Released
from data.summaries.quantiles import BOX
from data.vocabulary import FLAGS_IN_SHORT, Score


@chart("Box plot", "quantile")
def box(released: Released, score: Score, line: float) -> go.Figure:
    """Draw `quantile` at each of `BOX` as one box per group (first key), with the reader's vertical `line`.

    Whiskers end at the 10th and the 90th person in 100; no lowest or highest score is drawn. A whisker or box that may
    not be seen is left out; a group whose median may not be seen keeps its row and says [c].
    """
    by = released.keys[0]
    mine = released.only("score", score).rows
    groups = mine[by].unique().tolist()
    names = dict(zip(groups, axis_names(by, groups, wrap=False), strict=True))
    parts = mine.pivot(index=by, columns="q", values="quantile").reindex(index=groups, columns=[*BOX])
    people = mine.drop_duplicates(by).set_index(by)["people"].reindex(groups)
    parts.index = pd.Index([with_n(names[group], people[group]) for group in groups])
    low, q1, middle, q3, high = BOX
    boxes, dots, hidden = parts.dropna(subset=[q1, q3]), parts[parts[middle].notna()], parts[parts[middle].isna()]
    colour = SCORE_COLOURS[score]
    drawn = {
        "type": "box",
        "orientation": "h",
        "y": boxes.index.tolist(),
        "q1": boxes[q1].tolist(),
        "median": boxes[middle].tolist(),
        "q3": boxes[q3].tolist(),
        "lowerfence": boxes[low].fillna(boxes[q1]).tolist(),
        "upperfence": boxes[high].fillna(boxes[q3]).tolist(),
        "line": {"color": colour, "width": 2},
        "fillcolor": f"{colour}40",
        "whiskerwidth": 0,
        "width": 1 - BAR_GAP,
        "hoverinfo": "skip",
    }
    medians = {
        "type": "scatter",
        "x": dots[middle].tolist(),
        "y": dots.index.tolist(),
        "mode": "markers",
        "marker": {"color": colour, "size": 8, "symbol": "diamond"},
        "text": [_told(row) for _, row in dots.iterrows()],
        "hovertemplate": "%{y}<br>%{text}<extra></extra>",
    }
    words = {
        "type": "scatter",
        "x": [0.0] * len(hidden),
        "y": hidden.index.tolist(),
        "mode": "text",
        "text": [FLAGS_IN_SHORT["c"]] * len(hidden),
        "textposition": "middle right",
        "hoverinfo": "skip",
    }
    figure = stack([[drawn, medians, words]], [""], max(1, len(groups)) * ROW, line, your_line(line), foot=UNDER)
    figure.update_xaxes(SCORE_AXIS)
    over = names_over(parts.index.tolist(), over=OVER_BARS)
    return noted(figure.update_yaxes(row_axis(parts.index.tolist())), *over, *score_ends())


def _told(row: pd.Series) -> str:
    low, q1, middle, q3, high = (None if pd.isna(row[q]) else f"{row[q]:.2f}" for q in BOX)
    middle_half = f"<br>half of all people: {q1} to {q3}" if q1 and q3 else ""
    most = f"<br>10th to 90th of 100 people: {low} to {high}" if low and high else ""
    return f"median {middle}{middle_half}{most}"
