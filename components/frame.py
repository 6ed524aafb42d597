"""The frame around every page: configuration, navigation, the filter sidebar, and the view they hand to the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from components import datasets, filters, link
from data import library
from data.engine import Source
from data.library import LibraryError
from data.summaries import people
from data.summaries.people import Choices
from data.view import View
from data.vocabulary import CATEGORIES

PAGES = {
    "overview": "Overview",
    "corridors": "Corridors",
    "returns": "Returns",
    "profile": "Profile",
    "spectrum": "Spectrum",
    "distributions": "Distributions",
    "trajectories": "Trajectories",
    "cohorts": "Cohorts",
    "methods": "Methods",
}
"""File name in `pages/`, and at the same time the address, of each page with its title.

No icons: Streamlit fetches a page's icon from the internet when it becomes the icon of the browser's tab."""

ICON = Path(__file__).parents[1] / "static" / "icon.svg"
"""Served by the app itself: Streamlit fetches a page icon given by name from the internet."""

MOST_AREAS = 7

_HANDED = "frame"


@dataclass(frozen=True)
class Frame:
    """What `app.py` hands to the page it runs."""

    view: View
    source: Source
    choices: Choices

    def all_bands(self) -> tuple[str, ...]:
        """The bands there are in the data, chosen or not, in their order."""
        return tuple(band for band in CATEGORIES["band"] if band in self.choices.bands)

    def groups(self, by: str) -> tuple[str, ...]:
        """The groups of column `by` in display order: those chosen, or all there are."""
        if by == "area":
            return datasets.ask(people.largest, self.source, self.view, by, MOST_AREAS)
        if by == "country_of_return":
            return tuple(dict.fromkeys(corridor.split("-")[1] for corridor in self.groups("corridor")))
        everyone = {
            "cohort": (tuple(library.names(self.source.manifests).values()), ()),
            "corridor": (self.choices.corridors, self.view.corridors),
            "band": (tuple(CATEGORIES["band"]), self.view.bands or self.choices.bands),
            "sex": (tuple(CATEGORIES["sex"]), self.view.sexes or self.choices.sexes),
            "age_group": (tuple(CATEGORIES["age_group"]), self.view.ages or self.choices.ages),
            "assistance": (tuple(CATEGORIES["assistance"]), self.view.assistance or self.choices.assistance),
            "perceived_choice": (tuple(CATEGORIES["perceived_choice"]), self.choices.perceived),
            "wave": (self.choices.waves, ()),
            "return_year": (_years(self.view.years or self.choices.years), ()),
        }
        codes, kept = everyone[by]
        return tuple(code for code in codes if not kept or code in kept)


def _years(ends: tuple[int, int] | None) -> tuple[int, ...]:
    return tuple(range(ends[0], ends[1] + 1)) if ends else ()


def draw(names: Sequence[str]) -> Page:
    """Draw everything around the page and return the page, ready to run; `names` are what links call its choices."""
    st.set_page_config("Return Spectrum", page_icon=str(ICON), layout="wide")
    page = _navigation()
    asked = link.asked()
    try:
        kept = datasets.cohorts()
    except LibraryError as error:
        st.error(str(error))
        st.stop()
    with st.sidebar:
        st.markdown("### Who is in view")
        source = datasets.open_cohorts(filters.choose_cohorts(kept))
        choices = datasets.choices(source)
        view = filters.choose(tuple(m.key for m in source.manifests), choices)
        with st.container(horizontal=True):
            filters.reset_button(view, choices)
            link.offer("link-view")
    offered = filters.offered(kept, choices)
    link.tell_ignored(asked, offered, known=[*offered, *names])
    st.session_state[_HANDED] = Frame(view, source, choices)
    return page


def enter() -> Frame:
    """Take what `app.py` handed over.

    A deep link that is the first request after the server's start makes Streamlit run the page file alone, for it
    finds a folder named pages before it has met `st.navigation`. Then nothing was handed over: naming the navigation
    and starting again lets `app.py` draw the whole frame.
    """
    frame: Frame | None = st.session_state.pop(_HANDED, None)
    if frame is None:
        _navigation()
        st.rerun()
    return frame


def _navigation() -> Page:
    pages = [
        st.Page(f"pages/{name}.py", title=title, url_path=name, default=name == "overview")
        for name, title in PAGES.items()
    ]
    return st.navigation(pages, position="top")
