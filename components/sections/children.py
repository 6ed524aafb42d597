"""Children: who was followed for 24 months, and a word on adult scores."""

import streamlit as st

from components import datasets, headline
from components.card import card
from components.charts.reasons import reasons
from components.frame import Frame
from components.sections.waves import choose_groups
from data.grouping import Grouping
from data.summaries.children import adult_scores_on_children, followed


def children(frame: Frame) -> None:
    """The share of people who returned under 18 and were followed for 24 months, and how long each was."""
    by, groups = choose_groups(frame)
    found = datasets.ask(followed, frame.source, frame.view, Grouping(by, groups))
    card(
        headline.followed(found),
        found,
        reasons(found),
        title="Of the people who returned under 18 at least 24 months ago: share interviewed at 24 months or later",
        kind="Bars",
        drawn="share",
        made_by=followed,
    )
    scored = datasets.ask(adult_scores_on_children, frame.source, frame.view)
    if scored:
        st.warning(
            f"{scored:,} people in view have scores from an interview under 18. The survey is made for adults; it is "
            "no instrument for children, so read their scores with care or leave them out by age group.",
            icon=":material/child_care:",
        )
