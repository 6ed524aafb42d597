"""Which recorded returns are shown, and of which years: one way to choose on every page."""

import streamlit as st

from components import controls, datasets, link
from data import library
from data.engine import Source
from data.summaries import returns


def choose(first: str = "") -> Source:
    """The dataset of recorded returns that the reader chooses; until then the one with key `first`, or the newest."""
    kept = {manifest.key: manifest for manifest in datasets.flows()}
    names = library.names(kept.values())
    place = [*kept].index(first) if first in kept else 0
    chosen = controls.one("Recorded returns from", "returns", tuple(kept), names.__getitem__, first=place)
    return datasets.open_flows(kept[chosen])


def year(source: Source) -> int:
    """One year, the one with returns to most countries until the reader chooses."""
    years = datasets.ask(returns.years, source)[::-1]
    return controls.one("Year", "returned-in", years, first=years.index(datasets.ask(returns.fullest_year, source)))


def years(source: Source) -> tuple[int, int]:
    """First and last year of a span, all years until the reader chooses."""
    counted = datasets.ask(returns.years, source)
    low, high = counted[0], counted[-1]
    if low == high:
        return low, high
    key = "returned-from-to"
    link.tell_ignored({key: st.query_params.get_all(key)}, {key: range(low, high + 1)})
    if not all(low <= held <= high for held in st.session_state.get(key, ())):  # chosen for another dataset
        st.session_state[key] = (low, high)
    first, last = sorted(
        st.slider("Years", low, high, (low, high), key=key, bind="query-params", persist_state="session")
    )
    return first, last
