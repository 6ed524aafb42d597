"""Children: who was followed for 24 months, and a word on adult scores."""

import streamlit as st

from components.charts.reasons import reasons
from components.figure import About, Asked, Figure, Section
from components.figures.choices import PEOPLE
from components.figures.finding import Said, shares_told
from data.disclosure import Released
from data.summaries.children import adult_scores_on_children, followed


def followed_on(released: Released) -> str:
    """The share of children who were followed for 24 months."""
    rows = released.rows.dropna(subset=["share"])
    if rows.empty:
        return "Too few children returned 24 months ago or longer to show this"
    told = shares_told(
        released,
        rows,
        Said(
            "{} were followed for 24 months",
            "{high} were followed for 24 months; {low} were",
            "{} of each group’s children were followed for 24 months",
            "No group's children are shown to be followed for 24 months more often",
            of=" of children",
        ),
    )
    return told.replace("of women", "of girls").replace("of men", "of boys")


def _warn(asked: Asked) -> None:
    if scored := asked.ask(adult_scores_on_children):
        st.warning(
            f"{scored:,} people in view have scores from an interview under 18. The survey is made for adults; read "
            "their scores with care, or leave them out by age group.",
            icon=":material/child_care:",
        )


FOLLOWED = Figure(
    key="children-followed",
    name="Children followed for 24 months",
    summary=followed,
    asks=lambda asked: (asked[PEOPLE],),
    chart=reasons,
    headline=lambda found, _: followed_on(found),
    title=lambda _: (
        "Share of those who returned under 18, at least 24 months ago, who were interviewed at 24 months or later"
    ),
    about=About(
        "How many of the people who returned under 18 were followed for 24 months, as long as the texts ask for.",
        "Of those for whom 24 months have passed: the weighted share with an interview at 23 months since return or "
        "later, with 95% and 66% Wilson intervals. The table says how long each was followed (quartiles).",
        "How children fare: the survey is made for adults.",
    ),
)

SECTION = Section(key="children", title="Children", rows=(FOLLOWED,), controls=(PEOPLE,), draw=_warn)
