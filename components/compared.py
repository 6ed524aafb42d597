"""Groups side by side: the difference of each to a reference, and their mean scores."""

from collections.abc import Sequence

import streamlit as st

from components import controls, datasets, headline
from components.card import card
from components.charts.differences import differences
from components.charts.scores import scores
from components.frame import Frame
from data.labels import label
from data.release import Released
from data.summaries.comparison import compare
from data.vocabulary import Score


def side_by_side(frame: Frame, by: str, groups: Sequence[str], key: str, first: int = 0) -> None:
    """Draw both cards for `groups` of column `by`; the reader chooses the reference, `first` until then.

    `key` is the name of that choice in a link. One group alone has its means and no difference.
    """
    if len(groups) < 2:
        st.caption("Choose a second one in the sidebar to see differences.")
        _means(datasets.ask(compare, frame.source, frame.view, by, groups, groups[0]), frame.view.line)
        return
    reference = controls.one("Compare with", key, groups, lambda code: label(by, code), first=first)
    compared = datasets.ask(compare, frame.source, frame.view, by, groups, reference)
    left, right = st.columns(2)
    with left:
        difference(compared, frame.view.score, reference)
    with right:
        _means(compared, frame.view.line)


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
    card(
        "Mean score of each group",
        compared,
        scores(compared, line),
        title="Mean score, 0 to 1, with your reference line",
        kind="Dots with intervals",
        drawn="mean",
        made_by=compare,
    )
