"""The frame around every page: configuration, navigation, the filter sidebar, and the view they hand to the page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from components import brand, datasets, filters, link
from components.link import Param
from data import library, places
from data.engine import Source
from data.filters import of_column
from data.library import LibraryError
from data.summaries import people
from data.summaries.offered import Choices
from data.view import View

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
REMARKS = "page-remarks"
"""What a page has to say of the choices made, until it does (`components.page`)."""


@dataclass(frozen=True)
class Frame:
    """What `app.py` hands to the page it runs.

    `source` is the cohort in view, which `view` narrows; `beside` the cohorts side by side, this one among them, and
    `corridors` the corridors that the reader wants side by side, none where it is up to the figure.
    """

    view: View
    source: Source
    choices: Choices
    beside: Source
    corridors: tuple[str, ...] = ()

    def groups(self, by: str) -> tuple[str, ...]:
        """The groups of column `by` in display order: those in view, of corridors and cohorts those chosen.

        Where nobody is in any, all that are declared: a figure has its rows, with nobody in them.
        """
        if by == "area":
            return datasets.ask(people.largest, self.source, self.view, by, MOST_AREAS)
        if by == "corridor":
            place = self.view.place
            inside = [code for code in self.choices.corridors if not place or places.holds(place, code)]
            return tuple(code for code in inside if code in self.corridors) or tuple(inside)
        if by == "country_of_return":
            return tuple(dict.fromkeys(corridor.split("-")[1] for corridor in self.groups("corridor")))
        if each := of_column(by):
            chosen = getattr(self.view, each.name)
            return each.narrow(chosen, getattr(self.choices, each.name)) or each.narrow(chosen, each.declared)
        return {"cohort": tuple(library.names(self.beside.manifests).values()), "wave": self.choices.waves}[by]


def draw(cards: Callable[[Choices], dict[str, Param]]) -> Page:
    """Draw everything around the page and return the page, ready to run; `cards` are what links hold of its figures."""
    page = _navigation()
    name = brand.name()
    st.set_page_config(f"{page.title} · {name}", page_icon=str(ICON), layout="wide")
    st.logo(brand.logo(), size="large")
    try:
        kept = datasets.cohorts()
    except LibraryError as error:
        st.error(str(error))
        st.stop()
    opened = cache(datasets.open_cohorts)  # for this run: what the link asks for is nearly always what is chosen
    asked = link.in_codes(link.asked(), {"cohort": Param(library.names(kept), closed=True)}).get("cohort")
    choices = datasets.choices(opened((asked or [kept[0].key])[0]))
    in_vain = link.follow(page, filters.in_links(kept, choices), cards(choices))
    with st.sidebar:
        cohort = filters.choose_cohort(kept)
        source = opened(cohort)
        choices = datasets.choices(source)
        st.markdown("### Who is in view")
        view = filters.choose(choices)
        st.markdown("### Side by side")
        beside = filters.choose_beside(kept, cohort, choices)
        filters.reset_button()
    link.tell_ignored(in_vain)
    link.tell_widened()
    both = opened(*beside.cohorts)
    st.session_state[_HANDED] = Frame(view, source, choices, both, beside.corridors)
    return page


def enter() -> Frame:
    """Take what `app.py` handed over.

    A deep link that is the first request after the server's start makes Streamlit run the page file alone, for it
    finds a folder named pages before it has met `st.navigation`. Then nothing was handed over: naming the navigation
    and starting again lets `app.py` draw the whole frame.
    """
    st.session_state.pop(REMARKS, None)  # of a page that did not come to its end
    frame: Frame | None = st.session_state.pop(_HANDED, None)
    if frame is None:
        _navigation()
        st.rerun()
    return frame


def _navigation() -> Page:
    """Name all pages and return the one asked for; the overview is at `/`, and at its own name too."""
    front, *others = [(f"pages/{name}.py", title, name) for name, title in PAGES.items()]
    pages = [
        st.Page(front[0], title=front[1], url_path="start", default=True),
        *(st.Page(file, title=title, url_path=name) for file, title, name in others),
        st.Page(front[0], title=front[1], url_path=front[2], visibility="hidden"),
    ]
    return st.navigation(pages, position="top")
