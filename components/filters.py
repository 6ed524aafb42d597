"""The filter sidebar: the choices that all pages share, bound to the address, and the view they make."""

from collections.abc import Sequence

import streamlit as st

from components.link import Param, numbers
from data import library
from data.filters import Filter, Kind, Values, every, named
from data.labels import label
from data.library import Manifest
from data.summaries.people import Choices
from data.view import DEFAULT_LINE, View, active
from data.vocabulary import COMPULSORY, SCORES, Score

LINE = (0.0, 1.0, 0.05)
"""First and last place of the reader's own line, and its step."""


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
    chosen = {each.name: WIDGETS[each.kind](each, values) for each in every() if (values := _offered(each, choices))}
    score = st.selectbox(
        "Score in focus",
        SCORES,
        format_func=lambda code: label("score", code),
        key="score",
        bind="query-params",
        help="The score that findings speak of. Charts show all four where there is room.",
    )
    least, most, step = LINE
    line = st.slider(
        "Your reference line",
        least,
        most,
        DEFAULT_LINE,
        step,
        key="line",
        bind="query-params",
        help="Your own choice. No published source gives a threshold for sustainable reintegration.",
    )
    return View(cohorts, score=Score(score), line=line, **chosen)


def in_links(manifests: Sequence[Manifest], choices: Choices) -> dict[str, Param]:
    """What each choice of the sidebar may be in a link."""
    return {
        "cohort": Param(library.names(manifests), closed=True),
        **{each.code: _in_links(each, _offered(each, choices)) for each in every()},
        "score": Param({score.value: label("score", score) for score in SCORES}, closed=True),
        "line": numbers(*LINE),
    }


def reset(names: Sequence[str], choices: Choices) -> None:
    """Open the named filters, each of which narrows the view, to all that `choices` offers.

    They are set and not forgotten: a bound widget without a value of its own takes the address's again.
    """
    for each in map(named, names):
        st.session_state[each.code] = _offered(each, choices) if each.kind == Kind.RANGE else []


def reset_button(view: View, choices: Choices) -> None:
    """The way back to everyone in the data."""
    st.button(
        "Reset filters",
        icon=":material/restart_alt:",
        on_click=reset,
        args=(active(view), choices),
        disabled=not active(view),
    )


def keep_bands(bands: Sequence[str]) -> None:
    """Keep only these bands in view; none opens the choice again."""
    st.session_state[named("bands").code] = [*bands]


def _offered(each: Filter, choices: Choices) -> Values:
    """What a filter can be narrowed to; nothing where there is no choice."""
    values: Values = getattr(choices, each.name)
    return () if each.kind == Kind.RANGE and len({*values}) < 2 else values


def _in_links(each: Filter, values: Values) -> Param:
    if each.kind == Kind.RANGE:
        return numbers(*values, 1, count=2) if values else Param(closed=True)
    return Param({code: each.word(code) for code in values}, closed=True)


def _some(each: Filter, codes: Values) -> Values:
    return tuple(
        st.multiselect(each.title, codes, format_func=each.word, key=each.code, bind="query-params", placeholder="All")
    )


def _bands(each: Filter, codes: Values) -> Values:
    chosen = st.pills(
        each.title, codes, selection_mode="multi", key=each.code, bind="query-params", format_func=each.word
    )
    if {*COMPULSORY} <= {*codes}:
        st.button(
            "Compulsory",
            icon=":material/gavel:",
            help="Obliged and forced returns together",
            on_click=keep_bands,
            args=([band.value for band in COMPULSORY],),
            type="tertiary",
        )
    return tuple(chosen)


def _range(each: Filter, ends: Values) -> Values:
    chosen = tuple(sorted(st.slider(each.title, *ends, value=ends, key=each.code, bind="query-params")))
    return () if chosen == ends else chosen


WIDGETS = {Kind.SOME: _some, Kind.BANDS: _bands, Kind.RANGE: _range}
"""How the values of each kind of filter are chosen."""
