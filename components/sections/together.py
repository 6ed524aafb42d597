"""The three dimensions together: how they move together, and who stands high on one and low on another."""

from collections.abc import Sequence
from itertools import combinations

import streamlit as st

from components import controls, datasets, headline
from components.card import card
from components.charts import together
from components.frame import Frame
from data.grouping import Grouping
from data.labels import label
from data.summaries.together import correlations, discrepancy, thirds
from data.vocabulary import DIMENSIONS, Score

PAIRS = tuple(f"{one}-{other}" for one, other in combinations(DIMENSIONS, 2))


def dimensions_together(frame: Frame, by: str, groups: Sequence[str]) -> None:
    """How the dimension scores go together in each of `groups` (values of column `by`), and where they part."""
    source, view = frame.source, frame.view
    found = datasets.ask(correlations, source, view, Grouping(by, groups))
    card(
        headline.move_together(found),
        found,
        together.correlations(found),
        title="Correlation of each pair of dimension scores, from −1 to 1",
        kind="Dots with intervals",
        drawn="r",
        made_by=correlations,
    )
    pair = controls.one("Two dimensions", "pair", PAIRS, lambda code: label("pair", code))
    one, other = pair.split("-")
    apart = datasets.ask(discrepancy, source, view, Grouping(by, groups)).only(
        "pattern", f"{one}>{other}", f"{other}>{one}"
    )
    crossed = datasets.ask(thirds, source, view, Score(one), Score(other))
    left, right = st.columns(2)
    with left:
        card(
            headline.parted(crossed, one, other),
            crossed,
            together.cross_table(crossed, Score(one), Score(other)),
            title=f"Share of people by third of the {one} score (rows) and of the {other} score (columns)",
            kind="Table of shares",
            drawn="share",
            made_by=thirds,
        )
    with right:
        card(
            headline.high_and_low(apart),
            apart,
            together.discrepancy(apart),
            title="Share of people in the highest third on one dimension and the lowest third on another",
            kind="Dots with intervals",
            drawn="share",
            made_by=discrepancy,
        )
