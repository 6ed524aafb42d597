"""Between levels: from low, middle or high at one wave to where people are at another, loss and leaving included."""

from collections.abc import Sequence

import streamlit as st

from components import controls, datasets, headline
from components.card import card
from components.charts.alluvial import alluvial
from components.charts.levels import levels as levels_chart
from components.charts.moves import moves
from components.frame import Frame
from components.sections.waves import choose_groups, choose_two
from data.grouping import Grouping
from data.labels import COLUMN_LABELS
from data.summaries.transitions import Levels, moved, transitions
from data.view import score_label

LEVELS = (0.35, 0.65)
TIP = "Your own choice: scores under the first are low, from the second on high. No published source gives such levels."


def choose_levels() -> tuple[float, float]:
    """The reader's own cuts: under the first a score is low, from the second on it is high."""
    low, high = sorted(controls.amount("Low under, high from", "levels", LEVELS, 0.0, 1.0, TIP))
    return low, high


def between_levels(frame: Frame, waves: Sequence[int]) -> None:
    """Where the people of one wave are at another, and the chance of moving up or down by group."""
    source, view = frame.source, frame.view
    two, (low, high) = choose_two(tuple(waves)), choose_levels()
    if two is None:
        return
    found = datasets.ask(transitions, source, view, two, Levels(low, high))
    left, right = st.columns(2)
    for column, figure, kind in (
        (left, alluvial(found, *two), "Flow between two waves"),
        (right, levels_chart(found, *two), "Table of shares"),
    ):
        with column:
            card(
                headline.between_levels(found, *two),
                found,
                figure,
                title=f"{kind}: levels of the {score_label(view)}, wave {two[0]} to wave {two[1]}",
                kind=kind,
                drawn="share",
                made_by=transitions,
            )
    by, groups = choose_groups(frame)
    chance = datasets.ask(moved, source, view, two, Levels(low, high), Grouping(by, groups))
    card(
        headline.moved_level(chance),
        chance,
        moves(chance),
        title=f"Of people interviewed at both waves: share who moved a level, by {COLUMN_LABELS[by].lower()}",
        kind="Dots with intervals",
        drawn="share",
        made_by=moved,
    )
