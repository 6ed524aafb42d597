"""Beside the community: how far returnees are from community members of the country they returned to."""

from collections.abc import Sequence

import streamlit as st

from components import datasets, headline
from components.card import card
from components.charts.differences import differences
from components.frame import Frame
from data.grouping import Grouping
from data.summaries.parity import has_community, parity
from data.vocabulary import SCORES

NOBODY = (
    "These data hold too few interviews with community members of the countries of return in view, so parity with them "
    "cannot be shown. A file brings them as rows with respondent “community”."
)


def beside_the_community(frame: Frame, by: str, groups: Sequence[str]) -> None:
    """The parity gap of each of `groups` (values of column `by`) on each score, where there are community members."""
    if not datasets.ask(has_community, frame.source, frame.view):
        st.info(NOBODY, icon=":material/groups:")
        return
    found = datasets.ask(parity, frame.source, frame.view, Grouping(by, groups), SCORES)
    card(
        headline.parity(found, frame.view.score),
        found,
        differences(found),
        title="Mean score of returnees less that of community members of the same countries of return",
        kind="Dots with intervals",
        drawn="difference",
        made_by=parity,
    )
