"""Which recorded returns are shown, counted how, and of which years: one way to choose on every page."""

from dataclasses import dataclass

import streamlit as st

from components import controls, datasets, link
from data import library
from data.engine import Source
from data.flows import Basis
from data.labels import basis_label
from data.library import Manifest
from data.summaries import returns
from data.view import View

NOTHING = (
    "No table of recorded returns is kept here yet. Load one on Cohorts: UNHCR’s Refugee Data Finder, UK Home Office, "
    "Frontex, IOM, Eurostat, or a table of your own."
)


@dataclass(frozen=True)
class Recorded:
    """A dataset of recorded returns and the counting basis looked at: figures of two bases are never put together."""

    source: Source
    basis: Basis


def choose(first: str = "") -> Recorded | None:
    """The recorded returns that the reader chooses; until then the ones with key `first`, or the newest.

    None, with what to do on screen, where none are kept.
    """
    kept = {manifest.key: manifest for manifest in datasets.flows()}
    if not kept:
        st.info(NOTHING, icon=":material/query_stats:")
        return None
    names = library.names(kept.values())
    place = [*kept].index(first) if first in kept else 0
    chosen = controls.one("Recorded returns from", "returns", tuple(kept), names.__getitem__, first=place)
    source = datasets.open_flows(kept[chosen])
    bases = datasets.ask(returns.bases, source)
    return Recorded(
        source, controls.one("What is counted", "counted", bases, basis_label) if len(bases) > 1 else bases[0]
    )


def counts(manifest: Manifest, view: View) -> bool:
    """Whether a kept dataset counts anybody in the view's corridors, bands and years, on its first basis."""
    source = datasets.open_flows(manifest)
    [basis, *_] = datasets.ask(returns.bases, source)
    return bool(datasets.ask(returns.largest, source, view, basis, "corridor", 1))


def year(flows: Recorded) -> int | None:
    """One year, the one with returns to most countries until the reader chooses; None where nobody is counted."""
    years = datasets.ask(returns.years, flows.source, flows.basis)[::-1]
    fullest = datasets.ask(returns.fullest_year, flows.source, flows.basis)
    return controls.one("Year", "returned-in", years, first=years.index(fullest)) if years else None


def years(flows: Recorded, at: int) -> tuple[int, int]:
    """First and last year of a span, all years until the reader chooses; of a stock, which never adds up, year `at`."""
    if flows.basis.stock:
        return at, at
    counted = datasets.ask(returns.years, flows.source, flows.basis)
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
