"""The filter sidebar: the choices that all pages share, bound to the link, and the view they make."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from components.link import Offered
from data import library
from data.labels import label
from data.library import Manifest
from data.summaries.people import Choices
from data.view import DEFAULT_LINE, View, active
from data.vocabulary import CATEGORIES, COMPULSORY, SCORES, ReturnBand, Score

KEYS = {
    "corridors": "corridor",
    "bands": "band",
    "sexes": "sex",
    "ages": "age",
    "assistance": "assistance",
    "months": "months",
    "years": "year",
}
"""The name of each narrowing choice in a link."""


def choose_cohorts(manifests: Sequence[Manifest]) -> tuple[str, ...]:
    """The cohorts in view, as library keys; the first one when the reader chose none."""
    keys = [manifest.key for manifest in manifests]
    names = library.names(manifests)
    chosen = st.multiselect(
        "Cohorts",
        keys,
        default=keys[:1],
        format_func=names.get,
        key="cohort",
        bind="query-params",
        help="One cohort, or several side by side. Load your own on the Cohorts page.",
    )
    return tuple(chosen or keys[:1])


def choose(cohorts: tuple[str, ...], choices: Choices) -> View:
    """Draw the filters that `choices` allow and return the view they make."""
    view = View(
        cohorts=cohorts,
        corridors=_several("Corridors", "corridors", "corridor", choices.corridors),
        bands=_bands(choices.bands),
        sexes=_several("Sex", "sexes", "sex", _ordered("sex", choices.sexes)),
        ages=_several("Age group", "ages", "age_group", _ordered("age_group", choices.ages)),
        assistance=_several("Assistance", "assistance", "assistance", _ordered("assistance", choices.assistance)),
        months=_span("Months since return", "months", choices.months),
        years=_span("Year of return", "years", choices.years),
    )
    score = st.selectbox(
        "Score in focus",
        SCORES,
        format_func=lambda code: label("score", code),
        key="score",
        bind="query-params",
        help="The score that findings speak of. Charts show all four where there is room.",
    )
    line = st.slider(
        "Your reference line",
        0.0,
        1.0,
        DEFAULT_LINE,
        0.05,
        key="line",
        bind="query-params",
        help="Your own choice. No published source gives a threshold for sustainable reintegration.",
    )
    return replace(view, score=Score(score), line=line)


def offered(manifests: Sequence[Manifest], choices: Choices) -> Offered:
    """What each choice of the sidebar may be in a link."""
    return {
        "cohort": list(library.names(manifests).values()),
        "corridor": [label("corridor", code) for code in choices.corridors],
        "band": [label("band", band) for band in choices.bands],
        "sex": [label("sex", code) for code in choices.sexes],
        "age": [label("age_group", code) for code in choices.ages],
        "assistance": [label("assistance", code) for code in choices.assistance],
        "months": range(choices.months[0], choices.months[1] + 1) if choices.months else [],
        "year": range(choices.years[0], choices.years[1] + 1) if choices.years else [],
        "score": [label("score", score) for score in SCORES],
        "line": [str(step / 100) for step in range(0, 101, 5)],
    }


def reset(names: Sequence[str], choices: Choices) -> None:
    """Open the named choices, each of which narrows the view, to all that `choices` offers.

    They are set and not forgotten: a bound widget without a value of its own takes the link's again.
    """
    for name in names:
        st.session_state[KEYS[name]] = getattr(choices, name) if name in ("months", "years") else []


def reset_button(view: View, choices: Choices) -> None:
    """The way back to everyone in the data."""
    st.button(
        "Reset filters",
        icon=":material/restart_alt:",
        on_click=reset,
        args=(active(view), choices),
        disabled=not active(view),
    )


def _several(title: str, choice: str, column: str, codes: Sequence[str]) -> tuple[str, ...]:
    if not codes:
        return ()
    return tuple(
        st.multiselect(
            title,
            codes,
            format_func=lambda code: label(column, code),
            key=KEYS[choice],
            bind="query-params",
            placeholder="All",
        )
    )


def _bands(codes: Sequence[str]) -> tuple[str, ...]:
    bands = [band.value for band in ReturnBand if band in codes]
    chosen = st.pills(
        "Return spectrum, from most to least voluntary",
        bands,
        selection_mode="multi",
        key=KEYS["bands"],
        bind="query-params",
        format_func=lambda code: label("band", code),
    )
    if set(COMPULSORY) <= set(bands):
        st.button(
            "Compulsory",
            icon=":material/gavel:",
            help="Obliged and forced returns together",
            on_click=keep_bands,
            args=([band.value for band in COMPULSORY],),
            type="tertiary",
        )
    return tuple(chosen)


def keep_bands(bands: Sequence[str]) -> None:
    """Keep only these bands in view; none opens the choice again."""
    st.session_state[KEYS["bands"]] = [*bands]


def _span(title: str, choice: str, ends: tuple[int, int] | None) -> tuple[int, int] | None:
    if ends is None or ends[0] == ends[1]:
        return None
    low, high = sorted(st.slider(title, *ends, value=ends, key=KEYS[choice], bind="query-params"))
    return None if (low, high) == ends else (low, high)


def _ordered(column: str, codes: Sequence[str]) -> list[str]:
    return [code for code in CATEGORIES[column] if code in codes]
