"""Group against group: at which points of the distribution two groups differ."""

from collections.abc import Sequence

import streamlit as st

from components import datasets, headline
from components.card import card
from components.charts.quantile_difference import quantile_difference
from components.compared import choose_reference
from components.frame import Frame
from data.grouping import Grouping
from data.labels import label
from data.summaries.quantiles import quantile_differences
from data.view import score_label


def group_against_group(frame: Frame, by: str, groups: Sequence[str]) -> None:
    """The difference of each of `groups` (values of column `by`) to a reference, from the low to the high end."""
    if by == "wave":
        st.info(
            "Waves hold the same people, so they are not compared as if they were different groups; Trajectories shows "
            "how the same people changed.",
            icon=":material/timeline:",
        )
        return
    reference = choose_reference(by, groups, f"against-{by.replace('_', '-')}", first=min(1, len(groups) - 1))
    if len(groups) < 2:
        return
    view = frame.view
    found = datasets.ask(quantile_differences, frame.source, view, Grouping(by, groups), reference, (view.score,))
    card(
        headline.along_the_distribution(found, reference),
        found,
        quantile_difference(found, view.score),
        title=f"Difference in the {score_label(view)} to {label(by, reference)}, at each tenth of the distribution",
        kind="Lines with intervals",
        drawn="difference",
        made_by=quantile_differences,
    )
