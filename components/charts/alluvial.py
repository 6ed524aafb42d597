"""From levels at one wave to what became of people at a later one, as ribbons."""

from collections.abc import Iterable
from typing import Final

import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import axis_names
from components.charts.sankey import EDGE, GLASS, middles
from components.theme import LEVEL_COLOURS, MARGIN, finish
from data.disclosure import Released
from data.labels import label

DOWN: Final = ("high", "middle", "low")
"""Levels from the top of each column; what is no level stands under them."""

ROW, PAD, FOOT = 56, 14, 44


@chart("Flow between two waves", "share")
def alluvial(released: Released, first: int, last: int) -> go.Figure:
    """Ribbons as wide as `people` from levels at wave `first` to levels, and other outcomes, at wave `last`.

    Of a table with groups draw one of them, as `Released.only` gives it. What may not be seen has no ribbon, which a
    line below the ribbons says, so a column is as high as what is shown of it.
    """
    rows = released.rows[released.rows["people"].fillna(0) > 0]
    columns = {side: downwards(rows[side].unique()) for side in ("from", "to")}
    nodes = [(side, code) for side, codes in columns.items() for code in codes]
    number = {node: place for place, node in enumerate(nodes)}
    heights = {side: rows.groupby(side)["people"].sum().reindex(codes) for side, codes in columns.items()}
    longest = max(3, *(len(codes) for codes in columns.values()))
    inner = ROW * longest
    figure = go.Figure(
        go.Sankey(
            arrangement="fixed",
            node={
                "x": [{"from": EDGE, "to": 1 - EDGE}[side] for side, _ in nodes],
                "y": [y for n in heights.values() for y in middles(n, PAD / inner, longest)],
                "label": [name for side, codes in columns.items() for name in axis_names(side, codes, wrap=False)],
                "color": [LEVEL_COLOURS[code] for _, code in nodes],
                "pad": PAD,
                "thickness": 14,
                "line": {"width": 0},
                "hovertemplate": "%{label}: %{value:,} people shown<extra></extra>",
            },
            link={
                "source": [number["from", code] for code in rows["from"]],
                "target": [number["to", code] for code in rows["to"]],
                "value": rows["people"].astype("int64").tolist(),
                "color": [LEVEL_COLOURS[code] + GLASS for code in rows["from"]],
                "hovertemplate": "%{source.label} → %{target.label}: %{value:,} people<extra></extra>",
            },
        )
    )
    said = {"showarrow": False, "xref": "paper", "yref": "paper"}
    for x, anchor, wave in ((0, "left", first), (1, "right", last)):
        text = label("wave", wave)
        figure.add_annotation(**said, text=text, x=x, xanchor=anchor, y=1, yanchor="bottom")
    if released.suppressed:
        words = f"[c] {released.suppressed} of {len(released.rows)} ribbons not shown"
        figure.add_annotation(**said, text=words, x=0, xanchor="left", y=0, yanchor="top", yshift=-18)
    return finish(figure, inner + MARGIN["t"] + FOOT).update_layout(margin_b=FOOT)


def downwards(codes: Iterable[str]) -> list[str]:
    """Levels and other outcomes in their order from the top."""
    codes = [*codes]
    return [code for code in (*DOWN, *(other for other in LEVEL_COLOURS if other not in DOWN)) if code in codes]
