"""Scoring on screen: which profile makes scores of points, one's own table of weights, and what the choice changes."""

import io
from dataclasses import replace

import streamlit as st

from components import datasets, words
from components.card import card
from components.figures.spread import REWEIGHTED
from components.once import once
from data import engine
from data.cohort import Cohort
from data.disclosure import Released, released_people
from data.grouping import Grouping
from data.labels import label
from data.scoring import (
    DOCUMENTED,
    EQUAL,
    PROFILES,
    SUPPLIED,
    Profile,
    ScoringError,
    from_share,
    own_table,
    score,
)
from data.summaries.quantiles import BOX, quantiles
from data.view import DEFAULT_LINE, View
from data.vocabulary import POINTS, SCORES

OWN = "own"
WORDS = {
    DOCUMENTED.key: "The six published weights, the rest shared equally",
    EQUAL.key: "Equal weights",
    OWN: "A table of weights of your own",
}
HELP = (
    "Scores that a file brings are taken as they are. Where it brings points, they are scored with this profile. Six "
    "of the thirty official weights are published; who holds the official table can paste it in."
)
LEAST = DOCUMENTED.minimum_answered
LEAST_HELP = (
    "A survey that asked only some of the thirty elements has no score by the usual four fifths of the weight. A lower "
    "share gives scores that rest on fewer answers; every figure says which share was chosen."
)
NEEDED = (
    "interview", "person", "wave", "months", "interview_date", "host", "country_of_return", "band", "respondent",
    "weight", "profile",
)  # fmt: skip
"""The columns of a cohort, besides the scores, that tell whose score is whose, and which of several is taken."""

EFFECT = "effect-of-weights"
"""Where the session holds what other weights change."""

EXAMPLE = "number,dimension_weight,composite_weight\n1,0.15,0.05\n2,…"


def choose(key: str) -> Profile | None:
    """The profile that the reader chose; None, with the reason on screen, while an own table is not complete."""
    left, right = st.columns(2)
    chosen = left.selectbox("Scored with", [*WORDS], format_func=WORDS.__getitem__, key=key, help=HELP)
    least = right.slider("Least share of weight answered", 0.1, 1.0, LEAST, 0.05, key=f"{key}-least", help=LEAST_HELP)
    profile = PROFILES.get(chosen) or _own(key)
    return profile and from_share(profile, least)


def _own(key: str) -> Profile | None:
    """The profile of the weights that the reader pasted, or None with the reason on screen."""
    pasted = st.text_area(
        "Paste the weights as CSV: number (1 to 30), dimension_weight, composite_weight",
        placeholder=EXAMPLE,
        key=f"{key}-weights",
        height=160,
    )
    if not pasted.strip():
        return None
    try:
        profile = own_table(io.StringIO(pasted))
    except ScoringError as error:
        st.error(words.escaped(str(error)))
        return None
    st.caption(words.escaped(f"Taken: {profile.label}."))
    return profile


def effect(cohort: Cohort, asked: tuple[object, ...]) -> None:
    """Offer what other profiles make of the same points, beside the one chosen: distributions, and who has no score.

    `asked` says which file and profile the cohort was read from; the scores are made once for it, if the reader asks.
    """
    if cohort.scored_by is SUPPLIED:
        return
    with st.expander("What the choice of weights changes", icon=":material/balance:"):
        if not st.toggle("Score the same answers in the other ways", key=f"effect-wanted-{asked[0]}"):
            st.caption("The four scores under each set of weights, side by side, and who has no score under which.")
            return
        found, told = once(EFFECT, asked, lambda: _compared(cohort))
        for column, dimension in zip(st.columns(2) * 2, SCORES, strict=True):
            with column:
                figure, mine = REWEIGHTED[dimension], found.only("score", dimension)
                title = f"{label('score', dimension)} score: middle half of people, median, 10th to 90th in 100"
                card(figure, "The same answers under different weights", title, mine, (DEFAULT_LINE, None))
        st.caption(words.escaped(told))
        least = f"{cohort.scored_by.minimum_answered:.0%}"
        st.caption(
            f"A score needs answers that hold at least {least} of its weight; who answered less has none, and nothing "
            "is filled in. Kept under two names, the same people scored in two ways stand side by side; do not add "
            "them up."
        )


def _compared(cohort: Cohort) -> tuple[Released, str]:
    """Quantiles of the scores under each profile, and how many people have a score under which."""
    used = cohort.scored_by
    others = [from_share(other, used.minimum_answered) for other in (DOCUMENTED, EQUAL)]
    ways = [used, *(other for other in others if other != used)]
    source = engine.preview([_scored(cohort, profile) for profile in ways], datasets.folder())
    names = [manifest.name for manifest in source.manifests]
    found = quantiles(source, View(), Grouping("cohort", names), SCORES, BOX)
    have = found.only("score", SCORES[0]).only("q", 0.5).rows
    told = [f"{name}: {words.count(people)}" for name, people in zip(have["cohort"], have["people"], strict=True)]
    everyone = words.count(released_people(cohort.frame["person"].nunique()))
    return found, f"Of {everyone}, who has a composite score – {'; '.join(told)}."


def _scored(cohort: Cohort, profile: Profile) -> Cohort:
    """The same people, scored with `profile`: only what the figure needs, for the engine makes a copy of it."""
    scores = score(cohort.frame[[*POINTS]], profile)
    name = next((told for key, told in WORDS.items() if profile.key.startswith(key)), profile.label)
    return replace(cohort, frame=cohort.frame[[*NEEDED]].assign(**scores), name=name, scored_by=profile)
