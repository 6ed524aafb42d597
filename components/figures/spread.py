"""How scores are spread: a distribution per score and group, drawn as the reader likes, and who reaches the line."""

from dataclasses import dataclass, replace
from typing import Any, Final

import plotly.graph_objects as go

from components import controls, words
from components.charts.box import box
from components.charts.chart import Chart
from components.charts.ecdf import ecdf
from components.charts.histogram import histogram
from components.charts.marks import upright
from components.charts.quantile_dots import quantile_dots
from components.charts.shares import shares
from components.figure import About, Asked, Control, Figure, Section
from components.figures.choices import GROUP_BY
from components.figures.finding import Said, of_score, shares_told
from components.page import remark
from components.texts import SCALE
from data.disclosure import Released
from data.filters import MOST
from data.labels import label
from data.summaries.distributions import binned, cumulated, spread
from data.summaries.parity import benchmark
from data.summaries.quantiles import BOX, DOTS, quantiles
from data.view import DEFAULT_LINE, View
from data.vocabulary import SCORES, Score


def above_line(released: Released, score: Score, line: float) -> str:
    """The share of people who reach the reader's line, or of the groups furthest apart where these clearly are."""
    rows = released.rows[(released.rows["score"] == score) & released.rows["share"].notna()]
    of = of_score(score)
    if rows.empty:
        return f"Too few people on one side of {line:.2f} to tell the share{of}"
    said = Said(
        f"{{}} reach {line:.2f}{of}",
        f"{{high}} reach {line:.2f}{of}; {{low}} do",
        f"{{}} of each group reach {line:.2f}{of}",
        f"No difference between groups is shown in who reaches {line:.2f}{of}",
    )
    return shares_told(released, rows, said, score)


@dataclass(frozen=True)
class Drawing:
    """A way to draw a distribution: what the reader chooses, and the figure's name, summary, chart and words."""

    label: str
    name: str
    summary: Any
    about: tuple[object, ...]
    chart: Chart
    what: str


DRAWINGS: Final = {
    "bars": Drawing(
        "Bars", "Distribution of a score", binned, (), histogram, "share of people per tenth of the scale",
    ),
    "ecdf": Drawing(
        "Cumulative (ECDF)", "Cumulative distribution of a score", cumulated, (), ecdf,
        "share of people who score less than each point of the scale",
    ),
    "dots": Drawing(
        "Quantile dots", "Quantiles, boxes and dots", quantiles, (DOTS,), quantile_dots,
        "each dot stands for 5 in 100 people"
    ),
    "box": Drawing(
        "Box", "Quantiles, boxes and dots", quantiles, (BOX,), box,
        "the middle half of people, the median, and from the 10th to the 90th person in 100",
    ),
}  # fmt: skip
FEW: Final = 4
"""Up to so many groups bars are read well one under another; of more groups boxes are."""


def _choose_drawing(asked: Asked) -> str:
    ways, many = [*DRAWINGS], len(asked[GROUP_BY].groups) > FEW
    key, first = ("drawn-as-many", ways.index("box")) if many else ("drawn-as", 0)
    return controls.choose_one("Chart type", key, ways, lambda way: DRAWINGS[way].label, first=first)


def _still(asked: Asked) -> View:
    """The line moves nothing but the shares: what does not ask for it is not asked again."""
    return replace(asked.view, line=DEFAULT_LINE)


def _community(asked: Asked) -> dict[Score, float]:
    """The mean of community members on each score, told in words where there are enough of them."""
    means = replace(asked, frame=replace(asked.frame, view=_still(asked))).ask(benchmark, SCORES)
    rows = means.rows.dropna(subset=["mean"])
    if rows.empty:
        return {}
    told = [
        f"{label('score', row.score).lower()} {row.mean:.2f} (95%: {row.low95:.2f} to {row.high95:.2f})"
        for row in rows.itertuples()
    ]
    remark(
        f"Dashed lines: mean of {words.count(means.people)} in the communities of the countries of return in view – "
        f"{', '.join(told)}. “Beside the community” compares them with the same mix of countries."
    )
    return {Score(score): mean for score, mean in zip(rows["score"], rows["mean"], strict=True)}


DRAWN_AS = Control(
    ("drawn-as", "drawn-as-many"),
    _choose_drawing,
    lambda *_: {code: drawing.label for code, drawing in DRAWINGS.items()},
)
COMMUNITY = Control((), _community)


def _drawn(drawing: str, score: Score) -> Figure:
    way = DRAWINGS[drawing]

    def with_community(found: Released, line: float, community: float | None) -> go.Figure:
        return upright(way.chart(found, score, line), community)

    return Figure(
        key=f"spread-{way.chart.kind.lower().replace(' ', '-')}-{score}",
        name=way.name,
        summary=way.summary,
        most=MOST,
        view=_still,
        asks=lambda asked: (asked[GROUP_BY], SCORES, *way.about),
        part=lambda found, _: found.only("score", score),
        chart=replace(way.chart, draw=with_community),
        drawn=lambda asked: (asked.view.line, asked[COMMUNITY].get(score)),
        headline=lambda _, asked: above_line(asked.ask(spread, asked[GROUP_BY], SCORES), score, asked.view.line),
        title=lambda _: f"{label('score', score)} score: {way.what}",
        about=SPREAD,
        when=lambda asked: asked[DRAWN_AS] == drawing,
    )


SPREAD = About(
    f"How people are spread over the scale ({SCALE}), not only where their mean lies: of two groups with one "
    "mean, one can be in the middle and one at both ends.",
    "Each person counts once, with the latest interview in view (by wave, once in each), by design weight. Few people "
    "at one end of the scale are put together, and a place in 100 is told only where at least 10 people lie beyond it.",
    "How any one person scores: there is no minimum and no maximum.",
)


def _as_chosen(*scores: Score) -> tuple[Figure, ...]:
    """The scores side by side, each in every drawing, of which the chosen one is shown."""
    return tuple(_drawn(drawing, score) for drawing in DRAWINGS for score in scores)


REACHED = Figure(
    key="above-the-line",
    name="Share above your line, quartiles",
    summary=spread,
    most=MOST,
    asks=lambda asked: (asked[GROUP_BY], SCORES),
    chart=shares,
    headline=lambda found, asked: above_line(found, asked.view.score, asked.view.line),
    title=lambda _: "Share of people at or above your reference line, with quartiles in the table",
    about=About(
        "How many people reach the line that you have drawn. No published source gives a score from which "
        "reintegration is sustainable.",
        "Weighted shares with 95% and 66% Wilson intervals; quartiles are the smallest score with at least that share "
        "of weight at or below it.",
        "How far above or below the line people are: the distributions show that.",
    ),
)

BY_SEX = replace(
    _drawn("bars", Score.COMPOSITE),
    key="spread-by-sex",
    view=lambda asked: asked.view,
    asks=lambda asked: (asked.groups("sex"), (asked.view.score,)),
    part=lambda found, _: found,
    chart=histogram,
    drawn=lambda asked: (asked.view.score, asked.view.line),
    headline=lambda _, asked: above_line(
        asked.ask(spread, asked.groups("sex"), (asked.view.score,)), asked.view.score, asked.view.line
    ),
    title=lambda asked: f"{label('score', asked.view.score)} score: share of people per tenth of the scale",
    when=lambda _: True,
)

REWEIGHTED = {score: replace(_drawn("box", score), key=f"reweighted-{score}") for score in SCORES}
"""The boxes of the same people's scores under several sets of weights, beside a file that is being read."""

SECTION = Section(
    key="spread",
    title="Spread",
    rows=(
        _as_chosen(SCORES[0]),
        _as_chosen(*SCORES[1:3]),
        (*_as_chosen(SCORES[3]), REACHED),
    ),
    controls=(GROUP_BY, DRAWN_AS, COMMUNITY),
)
