"""Scores along the bands: whether they move from solicited to forced, and each band beside another."""

from components import datasets, headline
from components.card import card
from components.charts.slopes import slopes
from components.compared import choose_reference, side_by_side
from components.frame import Frame
from data.summaries.trend import trend
from data.vocabulary import SCORES


def scores_along_the_bands(frame: Frame) -> None:
    """The slope of each score along the ordered bands, and the bands compared with one of them."""
    bands = frame.groups("band")
    found = datasets.ask(trend, frame.source, frame.view, SCORES)
    card(
        headline.trend(found, frame.view.score),
        found,
        slopes(found),
        title="Difference in score from one band to the next towards forced, on a straight line through the bands",
        kind="Dots with intervals",
        drawn="slope",
        made_by=trend,
    )
    reference = choose_reference("band", bands, "reference-band", first=min(1, len(bands) - 1))
    side_by_side(frame, "band", bands, reference)
