"""Who was lost: how many are interviewed again, how the lost stood at first, why they were lost, and who left again."""

from collections.abc import Sequence

import streamlit as st

from components import datasets, headline
from components.card import card
from components.charts.differences import differences
from components.charts.reasons import reasons as reasons_chart
from components.charts.retention import retention as retention_chart
from components.charts.shares import shares
from components.frame import Frame
from components.sections.waves import choose_groups
from data.grouping import Grouping
from data.summaries.attrition import kept_and_lost, reasons, remigration, retention
from data.vocabulary import SCORES


def who_was_lost(frame: Frame, waves: Sequence[int]) -> None:
    """What became of everyone interviewed at the first of `waves`."""
    source, view = frame.source, frame.view
    by, groups = choose_groups(frame)
    kept = datasets.ask(retention, source, view, Grouping(by, groups), waves)
    card(
        headline.retained(kept, waves[-1]),
        kept,
        retention_chart(kept),
        title=f"Share of the people of wave {waves[0]} by what became of them",
        kind="Stacked bars",
        drawn="share",
        made_by=retention,
    )
    left, right = st.columns(2)
    with left:
        stood = datasets.ask(kept_and_lost, source, view, waves, SCORES)
        card(
            headline.kept_and_lost(stood, view.score),
            stood,
            differences(stood),
            title=f"First scores of those kept, and of those who left again, less those of the lost (wave {waves[-1]})",
            kind="Dots with intervals",
            drawn="difference",
            made_by=kept_and_lost,
        )
    with right:
        why = datasets.ask(reasons, source, view, waves)
        card(
            headline.why_lost(why),
            why,
            reasons_chart(why),
            title=f"Why people of wave {waves[0]} were not interviewed at wave {waves[-1]}, as far as recorded",
            kind="Bars",
            drawn="share",
            made_by=reasons,
        )
    gone = datasets.ask(remigration, source, view, Grouping(by, groups), waves)
    card(
        headline.left_again(gone),
        gone,
        shares(gone, panel="leaving"),
        title="Of the people who left again: by choice or by necessity; element 30 is in the table",
        kind="Dots with intervals",
        drawn="share",
        made_by=remigration,
    )
