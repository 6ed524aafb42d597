"""One corridor: what is known of it, beside another."""

from dataclasses import replace

import streamlit as st

from components import controls, datasets
from components.figure import Asked, Control, Section, labels
from components.figures import bands, path, recorded, spread
from components.figures.compared import Compared, side_by_side
from components.frame import Frame
from components.page import remark
from data.filters import MOST, joined, named
from data.grouping import Grouping
from data.labels import label
from data.view import active, narrowed, without


def choose(frame: Frame) -> Asked:
    """Draw what a profile is chosen by: the corridor, one beside it, and the recorded returns, the first that have it.

    The view is of the corridor alone.
    """
    corridors, inside, others = frame.choices.corridors, frame.groups("corridor"), active(without(frame.view, "place"))
    if len(others) >= MOST or not corridors:
        nouns = joined([named(name).noun for name in others])
        st.info(
            f"A profile is of one corridor, and {nouns} narrow the view: {MOST} choices are the most. Take one back."
            if corridors
            else "No corridor of this cohort has enough people to be shown by itself.",
            icon=":material/info:",
        )
        st.stop()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = corridors.index(inside[0]) if inside else 0
        corridor = controls.choose_one("Corridor", "of", corridors, lambda code: label("corridor", code), first=first)
        view = narrowed(frame.view, place=corridor)
        rest = tuple(code for code in corridors if code != corridor) or (corridor,)
        reference = controls.choose_one("Compare with", "against", rest, lambda code: label("corridor", code))
        having = (manifest.key for manifest in datasets.flows() if recorded.counts(manifest, view))
        flows = recorded.choose(first=next(having, ""), tell=remark)
    pair = Compared(Grouping("corridor", tuple(dict.fromkeys((corridor, reference)))), reference)
    return Asked(replace(frame, view=view, corridors=(corridor,)), {CORRIDOR: pair, recorded.FLOWS: flows})


CORRIDOR = Control(
    ("of", "against"),
    lambda asked: choose(asked.frame)[CORRIDOR],
    lambda _, choices: labels("corridor", choices.corridors),
)
BANDS = bands.of("bands-of-one-corridor", lambda asked: Grouping("corridor", (asked.view.place,)))
BESIDE = tuple(
    replace(figure, view=lambda asked: without(asked.view, "place")) for figure in side_by_side("profile", CORRIDOR)
)

SECTION = Section(
    key="profile",
    title="",
    rows=(BANDS, BESIDE, (spread.BY_SEX, path.OF_EVERYONE), recorded.OF_ONE),
    controls=(CORRIDOR,),
)
