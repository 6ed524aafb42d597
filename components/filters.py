"""The sidebar: who is in view, by closed choices, and what is drawn side by side; bound to the address.

A choice of who is in view is open or one declared value, and at most `MOST` of them narrow the view. What stands side
by side is a free choice of several: it pools nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components import link
from components.link import Param, numbers, steps, written
from data import library
from data.filters import MOST, Filter, every, joined, named, names
from data.labels import label
from data.library import Manifest
from data.summaries.offered import Choices
from data.view import DEFAULT_LINE, LINE_STEP, View, active, without
from data.vocabulary import SCORES, Score

LINE = steps(0.0, 1.0, LINE_STEP)
"""The places of the reader's own line."""

FIRST = 4
"""So many filters stand open in the sidebar, the others under “More”."""

COHORTS, CORRIDORS = "cohorts", "corridors"
"""What the choices of what stands side by side are called in links."""


@dataclass(frozen=True)
class Beside:
    """What the reader wants side by side: library keys of cohorts, codes of corridors; empty where it is up to us."""

    cohorts: tuple[str, ...] = ()
    corridors: tuple[str, ...] = ()


def choose_cohort(manifests: Sequence[Manifest]) -> str:
    """The cohort in view, as a library key; the first one until the reader chooses."""
    key = st.selectbox(
        "Cohort",
        [manifest.key for manifest in manifests],
        format_func=library.names(manifests).get,
        key="cohort",
        bind="query-params",
        help="The people in view. Load your own on the Cohorts page.",
    )
    link.pin("cohort", key)
    return key


def choose(choices: Choices) -> View:
    """Draw the filters that `choices` allow, and what is measured, and return the view they make."""
    held = {each: offered for each in every() if (offered := getattr(choices, each.name))}
    narrowing = [each for each in held if st.session_state.get(each.name, st.query_params.get(each.name)) is not None]
    full = len(narrowing) >= MOST
    chosen = {each: _choose(each, held[each], full and each not in narrowing) for each in [*held][:FIRST]}
    if more := [*held][FIRST:]:
        title = f"More: {joined([each.noun for each in more])}"
        with st.expander(title, expanded=any(each in narrowing for each in more)):
            chosen |= {each: _choose(each, held[each], full and each not in narrowing) for each in more}
    if full:
        st.caption(
            f"{MOST} choices narrow the view, which is the most: with more, single people could be found. "
            f"Open {joined([each.noun for each in narrowing]).replace(' and ', ' or ')} to choose another."
        )
    st.markdown("### What is measured")
    score = st.selectbox(
        "Score",
        SCORES,
        format_func=lambda code: label("score", code),
        key="score",
        bind="query-params",
        help="The score that findings speak of. Charts show all four where there is room.",
    )
    line = st.select_slider(
        "Your reference line",
        LINE,
        DEFAULT_LINE,
        format_func=written,
        key="line",
        bind="query-params",
        help="Your own choice. No published source gives a threshold for sustainable reintegration.",
    )
    values = [(each.name, value) for each, value in chosen.items() if value]
    # Going back in the browser can bring a fourth choice: the last ones are not followed, as in a link.
    if left := values[MOST:]:
        st.caption(f"More than {MOST} choices: {joined([named(name).noun for name, _ in left])} is not followed.")
    return View(tuple(values[:MOST]), Score(score), line)


def choose_beside(manifests: Sequence[Manifest], cohort: str, choices: Choices) -> Beside:
    """Draw what the reader can set side by side, where there are several."""
    others = [manifest.key for manifest in manifests if manifest.key != cohort]
    cohorts = _several("Other cohorts", COHORTS, others, library.names(manifests), "None") if others else ()
    corridors = choices.corridors
    words = {code: label("corridor", code) for code in corridors}
    return Beside((cohort, *cohorts), _several("Corridors", CORRIDORS, corridors, words, "Those with most people"))


def in_links(manifests: Sequence[Manifest], choices: Choices) -> dict[str, Param]:
    """What each choice of the sidebar may be in a link."""
    names = library.names(manifests)
    return {
        "cohort": Param(names, closed=True, count=1),
        **{
            each.name: Param({code: each.word(code) for code in getattr(choices, each.name)}, closed=True, count=1)
            for each in every()
        },
        "score": Param({score.value: label("score", score) for score in SCORES}, closed=True, count=1),
        "line": numbers(LINE),
        COHORTS: Param(names, closed=True),
        CORRIDORS: Param({code: label("corridor", code) for code in choices.corridors}, closed=True),
    }


def reset(names: Sequence[str]) -> None:
    """Open the named filters again.

    They are set and not forgotten: a bound widget without a value of its own takes the address's again.
    """
    for name in names:
        st.session_state[name] = None


def reset_button() -> None:
    """The way back to everyone in the data, and to what stands in the sidebar at first."""
    st.button("Reset all", icon=":material/restart_alt:", on_click=_reset_all, disabled=not _chosen())


def _first() -> dict[str, object]:
    return {**dict.fromkeys(names()), "score": SCORES[0], "line": DEFAULT_LINE, COHORTS: [], CORRIDORS: []}


def _chosen() -> bool:
    return any(st.session_state.get(name, value) != value for name, value in _first().items())


def _reset_all() -> None:
    st.session_state.update({name: value for name, value in _first().items() if name in st.session_state})


def keep_band(view: View, band: str | None) -> None:
    """Keep only this band in view; none opens the choice again. Where the view can be narrowed no further, nothing."""
    if band is None or len(active(without(view, "band"))) < MOST:
        st.session_state["band"] = band


def _choose(each: Filter, offered: Sequence[str], full: bool) -> str | None:
    """The reader's choice; `full` where the view can be narrowed no further."""
    if each.name == "band":
        return st.pills(each.title, offered, format_func=each.word, key=each.name, bind="query-params", disabled=full)
    return st.selectbox(
        each.title,
        offered,
        index=None,
        format_func=each.word,
        key=each.name,
        bind="query-params",
        placeholder=each.everyone,
        disabled=full,
    )


def _several(title: str, key: str, codes: Sequence[str], words: dict[str, str], everyone: str) -> tuple[str, ...]:
    return tuple(
        st.multiselect(title, codes, format_func=words.__getitem__, key=key, bind="query-params", placeholder=everyone)
    )
