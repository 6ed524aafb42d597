"""The start of every run: configuration, navigation, what a link asks for, and the sidebar that all pages share."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from components import card_choices, datasets, filters, link
from components.frame import Frame, hand_over, navigation
from data.library import LibraryError, Manifest, names

ICON = Path(__file__).parents[1] / "static" / "icon.svg"
"""Served by the app itself: Streamlit fetches a page icon given by name from the internet."""


def draw() -> Page:
    """Draw everything around the page and return the page, ready to run."""
    st.set_page_config("Return Spectrum", page_icon=str(ICON), layout="wide")
    page = navigation()
    try:
        kept = datasets.cohorts()
    except LibraryError as error:
        st.error(str(error))
        st.stop()
    in_vain, unknown = _follow(page, kept)
    with st.sidebar:
        st.markdown("### Who is in view")
        source = datasets.open_cohorts(filters.choose_cohorts(kept))
        choices = datasets.choices(source)
        view = filters.choose(tuple(m.key for m in source.manifests), choices)
        with st.container(horizontal=True):
            filters.reset_button(view, choices)
            link.offer("link-view")
    link.tell_ignored(in_vain, unknown)
    hand_over(Frame(view, source, choices))
    return page


def _follow(page: Page, kept: Sequence[Manifest]) -> tuple[tuple[str, ...], bool]:
    """Follow a link: which choices it asked for in vain, and whether it asked for one that does not exist.

    What the filters offer depends on the cohorts, so these are read off the address before any widget is drawn.
    """
    cohorts = link.in_codes(link.asked(), {"cohort": link.Param(names(kept))}).get("cohort", [])
    choices = datasets.choices(datasets.open_cohorts(cohorts or [kept[0].key]))
    sidebar, cards = filters.in_links(kept, choices), card_choices.in_links(choices)
    return link.follow(page, sidebar, cards), bool({*link.asked()} - {link.VERSION_NAME, *sidebar, *cards})
