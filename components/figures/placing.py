"""Placing a return: the rule that turns facts into a band, to try, and how many people in view each rule placed."""

import streamlit as st

from components.charts.reasons import reasons
from components.figure import About, Asked, Figure, Section
from components.figures.finding import sure_of
from data.disclosure import Released
from data.labels import label
from data.spectrum import FACT_LABELS, Facts, place
from data.summaries.placed import placed

ANSWERS = {"Yes": True, "No": False, "Not known": None}


def not_placed(released: Released) -> str:
    """The share of people whose return could not be placed by its facts."""
    rows = released.only("band_rule", "facts_missing").rows.dropna(subset=["share"])
    if rows.empty:
        return "Too few people to tell how many returns could not be placed"
    return f"{sure_of(rows.iloc[0])} of people’s returns could not be placed by the facts recorded"


def _try(_asked: Asked) -> None:
    """Facts in, band and reason out, by the code that reads files."""
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


PLACED = Figure(
    key="placed-by",
    name="Returns by the rule that placed them",
    summary=placed,
    chart=reasons,
    headline=lambda found, _: not_placed(found),
    title=lambda _: "Share of people in view by the rule that placed their return",
    about=About(
        "By which rule each person’s return was placed on the spectrum, and how many could not be placed.",
        "Facts of the record – a right to remain, an order, force, an invitation – go through the rules in their "
        "order; a file may also state the band itself. Weighted shares of everyone in view, with Wilson intervals.",
        "Whether the record is right. A fact that is not recorded does not place a return.",
    ),
)

SECTION = Section(key="placing", title="Placing a return", rows=(PLACED,), draw=_try)
