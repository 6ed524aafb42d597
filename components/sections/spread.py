"""How scores are spread: a distribution per score and group, drawn as the reader likes, and who reaches the line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import plotly.graph_objects as go
import streamlit as st

from components import controls, datasets, headline, words
from components.card import card
from components.charts.box import box
from components.charts.ecdf import ecdf
from components.charts.histogram import histogram
from components.charts.marks import upright
from components.charts.quantile_dots import quantile_dots
from components.charts.shares import shares
from components.frame import Frame
from data.disclosure import Released
from data.grouping import Grouping
from data.labels import label
from data.summaries.distributions import binned, cumulated, spread
from data.summaries.parity import benchmark
from data.summaries.quantiles import BOX, DOTS, quantiles
from data.view import DEFAULT_LINE
from data.vocabulary import SCORES, Score


@dataclass(frozen=True)
class Drawing:
    """A way to draw a distribution: its summary and what that is asked besides, its chart, and both in words."""

    made_by: Callable[..., Released]
    about: tuple[object, ...]
    chart: Callable[[Released, Score, float], go.Figure]
    kind: str
    drawn: str
    what: str


DRAWINGS: Final = {
    "Bars": Drawing(binned, (), histogram, "Histogram", "share", "share of people per tenth of the scale"),
    "Cumulative (ECDF)": Drawing(
        cumulated, (), ecdf, "Cumulative curve", "share", "share of people who score less than each point of the scale"
    ),
    "Quantile dots": Drawing(
        quantiles, (DOTS,), quantile_dots, "Dot plot", "quantile", "each dot is 5 in 100 people, where they score"
    ),
    "Box": Drawing(
        quantiles, (BOX,), box, "Box plot", "quantile", "middle half of people, median, and from 10th to 90th in 100"
    ),
}
FEW: Final = 4
"""Up to so many groups bars are read well one under another; of more groups boxes are."""


def spread_of_scores(frame: Frame, by: str, groups: Sequence[str]) -> None:
    """The distribution of each score in each of `groups` (values of column `by`), and who reaches the reader's line."""
    source, view = frame.source, frame.view
    ways = [*DRAWINGS]
    many = len(groups) > FEW
    chosen = controls.one("Drawn as", "drawn-as-many" if many else "drawn-as", ways, first=ways.index("Box") * many)
    drawing = DRAWINGS[chosen]
    spreads = datasets.ask(spread, source, view, Grouping(by, groups), SCORES)
    # The line moves nothing but the shares: what does not ask for it is not asked again.
    still = replace(view, line=DEFAULT_LINE)
    whole = datasets.ask(drawing.made_by, source, still, Grouping(by, groups), SCORES, *drawing.about)
    community = _community(frame)
    for pair in (SCORES[:2], SCORES[2:]):
        for column, score in zip(st.columns(2), pair, strict=True):
            with column:
                mine = whole.only("score", score)
                card(
                    headline.above_line(spreads, score, view.line),
                    mine,
                    upright(drawing.chart(mine, score, view.line), community.get(score)),
                    title=f"{label('score', score)} score: {drawing.what}",
                    kind=drawing.kind,
                    drawn=drawing.drawn,
                    made_by=drawing.made_by,
                )
    card(
        f"Who scores {view.line:.2f} or more",
        spreads,
        shares(spreads),
        title="Share of people at or above your reference line, with quartiles in the table",
        kind="Dots with intervals",
        drawn="share",
        made_by=spread,
    )


def _community(frame: Frame) -> dict[Score, float]:
    """The mean of community members on each score, told in words where there are enough of them."""
    means = datasets.ask(benchmark, frame.source, replace(frame.view, line=DEFAULT_LINE), SCORES)
    rows = means.rows.dropna(subset=["mean"])
    if rows.empty:
        return {}
    told = [
        f"{label('score', row.score).lower()} {row.mean:.2f} (95%: {row.low95:.2f} to {row.high95:.2f})"
        for row in rows.itertuples()
    ]
    st.caption(
        f"Dashed lines: mean of {words.count(means.people)} in the communities of the countries of return in view – "
        f"{', '.join(told)}. “Beside the community” compares them with the same mix of countries."
    )
    return {Score(score): mean for score, mean in zip(rows["score"], rows["mean"], strict=True)}
