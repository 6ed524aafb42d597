"""Who returned how: the bands of the return spectrum as a strip to choose from, and by corridor, year, sex or age."""

import streamlit as st

from components import controls, datasets, figures, filters, headline
from components.card import card
from components.charts.composition import composition
from components.frame import Frame
from components.page import groups
from data.grouping import Grouping
from data.labels import COLUMN_LABELS
from data.summaries.composition import compose
from data.view import without

GROUPINGS = ("corridor", "return_year", "sex", "age_group", "area", "assistance")
MOST = 10


def who_returned_how(frame: Frame) -> None:
    """The strip of all bands, which is a control too, and of which bands the groups in view are made."""
    _strip(frame)
    by = controls.one("Bands by", "bands-by", GROUPINGS, COLUMN_LABELS.__getitem__)
    figures.by_band(frame.source, frame.view, by, groups(frame, by, MOST), frame.groups("band"))


def _strip(frame: Frame) -> None:
    """All bands of everyone otherwise in view, whichever bands are chosen: a click on one keeps only that one."""
    bands = frame.all_bands()
    made = datasets.ask(
        compose,
        frame.source,
        without(frame.view, "bands"),
        Grouping("cohort", frame.groups("cohort")),
        Grouping("band", bands),
    )
    card(
        headline.compulsory(made),
        made,
        composition(made),
        title="All bands, from most to least voluntary: click one to keep it alone in view, double-click to open them",
        kind="Stacked bars",
        drawn="share",
        made_by=compose,
        clicked=lambda places: filters.keep_bands([bands[place] for place in places]),
    )
    st.caption("The pills in the sidebar choose several bands at once; “Compulsory” takes obliged and forced together.")
