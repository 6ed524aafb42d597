"""Label and experience: what a return is called, where it stands on the spectrum, and how much choice there was."""

import streamlit as st

from components import controls, datasets, headline
from components.card import card
from components.charts.experience import experience, outcome_differences, outcomes
from components.frame import Frame
from data.grouping import Grouping
from data.labels import label
from data.summaries.experience import choice_by, label_band_choice, outcomes_by_choice
from data.summaries.people import largest
from data.view import score_label
from data.vocabulary import SCORES

MOST_LABELS = 6
NOT_ASKED = "Nobody in view was asked how much choice there was, so label and experience cannot be compared."


def label_and_experience(frame: Frame) -> None:
    """Perceived choice by the programme's label and by band, by both together, and scores by choice within band."""
    if not frame.choices.perceived:
        st.info(NOT_ASKED, icon=":material/help:")
        return
    source, view, bands = frame.source, frame.view, frame.groups("band")
    called = datasets.ask(largest, source, view, "label", MOST_LABELS)
    left, right = st.columns(2)
    for column, by, codes in ((left, "label", called), (right, "band", bands)):
        with column:
            if codes:
                _choice(frame, by, codes)
    if called:
        _within_label(frame, called, bands)
    found = datasets.ask(outcomes_by_choice, source, view, bands, SCORES).only("score", view.score)
    left, right = st.columns(2)
    with left:
        card(
            headline.choice_matters(found, view.score),
            found,
            outcome_differences(found),
            title=f"Difference in the {score_label(view)} to people of the same band who had a free choice",
            kind="Dots with intervals",
            drawn="difference",
            made_by=outcomes_by_choice,
        )
    with right:
        card(
            "Mean score by perceived choice within each band",
            found,
            outcomes(found, view.line),
            title=f"Mean {score_label(view)}, 0 to 1, with your reference line",
            kind="Dots with intervals",
            drawn="mean",
            made_by=outcomes_by_choice,
        )


def _choice(frame: Frame, by: str, codes: tuple[str, ...]) -> None:
    asked = datasets.ask(choice_by, frame.source, frame.view, Grouping(by, codes))
    card(
        headline.no_choice(asked),
        asked,
        experience(asked),
        title="How much choice people say they had, by "
        + ("the programme’s label" if by == "label" else "band of the return spectrum"),
        kind="Stacked bars",
        drawn="share",
        made_by=choice_by,
    )


def _within_label(frame: Frame, called: tuple[str, ...], bands: tuple[str, ...]) -> None:
    chosen = controls.one("Label", "label", called)
    whole = datasets.ask(label_band_choice, frame.source, frame.view, called, bands)
    mine = whole.only("label", chosen)
    card(
        headline.no_choice(mine),
        mine,
        experience(mine),
        title=f"How much choice people say they had, by band, among returns labelled “{label('label', chosen)}”",
        kind="Stacked bars",
        drawn="share",
        made_by=label_band_choice,
    )
