"""Placing a return: the rule that turns facts into a band, to try, and how many people in view each rule placed."""

import streamlit as st

from components import datasets, headline
from components.card import card
from components.charts.reasons import reasons
from components.frame import Frame
from data.labels import label
from data.spectrum import FACT_LABELS, Facts, place
from data.summaries.placed import placed

ANSWERS = {"Yes": True, "No": False, "Not known": None}


def placing_a_return(frame: Frame) -> None:
    """Facts in, band and reason out, by the code that reads files; and what that code made of the people in view."""
    st.markdown(
        "A band follows from facts, not from what a programme calls a return, nor from how much choice a person felt. "
        "Answer what is known; the same rule places the returns of a file that brings these facts."
    )
    with st.container(border=True):
        columns = st.columns(2)
        answers = {
            fact: columns[number % 2].segmented_control(
                question, [*ANSWERS], default="Not known", required=True, key=f"fact-{fact}"
            )
            for number, (fact, question) in enumerate(FACT_LABELS.items())
        }
        found = place(Facts(**{fact: ANSWERS[answer] for fact, answer in answers.items()}))
        st.subheader(label("band", found.band), anchor=False)
        st.markdown(found.reason)
    counted = datasets.ask(placed, frame.source, frame.view)
    card(
        headline.placed(counted),
        counted,
        reasons(counted),
        title="Share of people in view by the rule that placed their return",
        kind="Bars",
        drawn="share",
        made_by=placed,
    )
