"""Shapes of paths: where the mean path turns, and which shape each person's own path has."""

from collections.abc import Sequence

import streamlit as st

from components import controls, datasets, headline, words
from components.card import card
from components.charts.paths import shapes as shapes_chart
from components.charts.reasons import reasons
from components.charts.w_curve import w_curve
from components.frame import Frame
from components.sections.levels import choose_levels
from components.sections.waves import choose_groups
from data.grouping import Grouping
from data.labels import COLUMN_LABELS
from data.summaries.paths import SETBACK, setbacks, shapes, turning
from data.summaries.transitions import Levels
from data.view import score_label
from data.vocabulary import SCORES

MOST = 4
LEAST = 3
"""A path can turn only where a wave has one before and one after it."""


def shapes_of_paths(frame: Frame, waves: Sequence[int]) -> None:
    """The turning points of the mean path of each of up to four groups, and the shapes of people's own paths."""
    source, view = frame.source, frame.view
    by, groups = choose_groups(frame)
    if len(waves) < LEAST:
        st.info("Choose at least three waves to see where a path turns.", icon=":material/timeline:")
        return
    turns = datasets.ask(turning, source, view, waves, Grouping(by, groups[:MOST]), SCORES)
    card(
        headline.turns(turns, view.score),
        turns,
        w_curve(turns, view.score),
        title=f"Mean {score_label(view)} of the same people by wave; rings mark where it turns, thick if clear",
        kind="Lines by wave",
        drawn="mean",
        made_by=turning,
    )
    for group in groups[:MOST]:
        st.caption(words.plain(headline.lowest_point(turns.only(by, group), view.score)))
    low, high = choose_levels()
    setback = controls.amount("A setback is a drop of at least", "setback", SETBACK, 0.05, 0.3, SETBACK_TIP)
    left, right = st.columns(2)
    with left:
        shaped = datasets.ask(shapes, source, view, waves, Grouping(by, groups), Levels(low, high), setback=setback)
        card(
            headline.shaped(shaped),
            shaped,
            shapes_chart(shaped),
            title=f"Share of people by the shape of their own path ({score_label(view)})",
            kind="Stacked bars",
            drawn="share",
            made_by=shapes,
        )
    with right:
        fell = datasets.ask(setbacks, source, view, waves, Grouping(by, groups), setback)
        card(
            headline.fell_back(fell),
            fell,
            reasons(fell),
            title=f"Share of people with at least one setback, by {COLUMN_LABELS[by].lower()}",
            kind="Bars",
            drawn="share",
            made_by=setbacks,
        )


SETBACK_TIP = "Your own choice, as are the levels. A setback is not by itself failure."
