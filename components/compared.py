"""Groups compared: the difference of each to a reference, their mean scores, and whether a difference is real."""

from collections.abc import Sequence

import streamlit as st

from components import controls, datasets, headline
from components.card import card
from components.charts.differences import differences
from components.charts.dumbbell import dumbbell
from components.charts.ranks import ranks
from components.charts.scores import scores
from components.charts.superiority import superiority
from components.frame import Frame
from data.disclosure import Released
from data.grouping import Grouping
from data.labels import label
from data.summaries.comparison import compare
from data.summaries.effects import effects
from data.summaries.robustness import does_it_hold
from data.summaries.standardised import like_for_like
from data.view import score_label
from data.vocabulary import Score


def choose_reference(by: str, groups: Sequence[str], key: str, first: int = 0) -> str:
    """The group that the others are compared with: the reader's choice, `first` until then; a lone group is its own.

    `key` is the name of the choice in a link.
    """
    if len(groups) < 2:
        st.caption("Choose a second one in the sidebar to see differences.")
        return groups[0]
    return controls.one("Compare with", key, groups, lambda code: label(by, code), first=first)


def side_by_side(frame: Frame, by: str, groups: Sequence[str], reference: str) -> None:
    """The difference of each of `groups` (values of column `by`) to `reference`, and their mean scores."""
    compared = datasets.ask(compare, frame.source, frame.view, Grouping(by, groups), reference)
    if len(groups) < 2:
        _means(compared, frame.view.line)
        return
    left, right = st.columns(2)
    with left:
        difference(compared, frame.view.score, reference)
    with right:
        _means(compared, frame.view.line)


def is_it_real(frame: Frame, corridors: Sequence[str], reference: str) -> None:
    """Whether differences survive: like compared with like, counted in pairs of people, under other weightings."""
    source, view = frame.source, frame.view
    same = datasets.ask(like_for_like, source, view, corridors, reference, view.score)
    card(
        headline.like_for_like(same, view.score, reference),
        same,
        differences(same, panel="corridor"),
        title=f"Difference in the {score_label(view)} to {label('corridor', reference)}: as observed, for people of "
        "the same kind, and by regression",
        kind="Dots with intervals",
        drawn="difference",
        made_by=like_for_like,
    )
    left, right = st.columns(2)
    with left:
        sizes = datasets.ask(effects, source, view, Grouping("corridor", corridors), reference, (view.score,))
        card(
            headline.in_pairs(sizes, view.score, reference),
            sizes,
            superiority(sizes),
            title="Of 100 pairs of people, one from each corridor: how often the one of the other corridor scores "
            f"higher than the one of {label('corridor', reference)}",
            kind="Dots with intervals",
            drawn="superiority",
            made_by=effects,
        )
    with right:
        tried = datasets.ask(does_it_hold, source, view, corridors, reference)
        card(
            headline.holds(tried, reference),
            tried,
            ranks(tried),
            title="Rank of the composite score: as scored (diamond), and 5th to 95th percentile under other weightings",
            kind="Ranks with ranges",
            drawn="rank",
            made_by=does_it_hold,
        )


def difference(compared: Released, score: Score, reference: str) -> None:
    """The card of differences to `reference`, whose headline speaks of `score`."""
    card(
        headline.difference(compared, score, reference),
        compared,
        differences(compared),
        title=f"Difference in mean score to {label(compared.keys[0], reference)}",
        kind="Dots with intervals",
        drawn="difference",
        made_by=compare,
    )


def _means(compared: Released, line: float) -> None:
    two = compared.rows[compared.keys[0]].nunique() == 2
    card(
        "Mean score of each group",
        compared,
        dumbbell(compared, line) if two else scores(compared, line),
        title="Mean score, 0 to 1, with your reference line",
        kind="Dots joined by lines" if two else "Dots with intervals",
        drawn="mean",
        made_by=compare,
    )
