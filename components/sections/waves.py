"""What the sections of Trajectories ask first: which waves, of which groups; and why no path can be drawn."""

import streamlit as st

from components import controls, datasets
from components.frame import Frame
from components.page import groups
from components.texts import say
from data.labels import COLUMN_LABELS, label
from data.notes import Note, Said
from data.summaries.trajectories import duplicates, refusal

GROUPINGS = ("cohort", "band", "corridor", "sex", "age_group", "assistance")
MOST = 8
ICON = ":material/timeline:"


def choose_waves(frame: Frame) -> tuple[int, ...]:
    """The waves to look at, two at least; none, with the reason on screen, where there is no path to draw."""
    reason = datasets.ask(refusal, frame.source, frame.view)
    if reason:
        st.info(say(reason), icon=ICON)
        return ()
    waves = controls.several("Waves", "waves", frame.choices.waves, lambda wave: label("wave", wave))
    if len(waves) < 2:
        st.info("Choose at least two waves to see a path.", icon=ICON)
        return ()
    again = datasets.ask(duplicates, frame.source, frame.view)
    if again:
        st.caption(f"{again:,} people have several interviews in one wave. {say(Note(Said.ONE_A_WAVE))}")
    return waves


def choose_groups(frame: Frame) -> tuple[str, tuple[str, ...]]:
    """The column to group people by, and its groups; with one cohort in view, "cohort" is everyone together."""
    by = controls.one("Of whom", "of-whom", GROUPINGS, _of_whom)
    return by, groups(frame, by, MOST)


def _of_whom(by: str) -> str:
    return "Everyone, or each cohort" if by == "cohort" else COLUMN_LABELS[by]


def choose_two(waves: tuple[int, ...]) -> tuple[int, int] | None:
    """An earlier and a later one of `waves`: the first and the last until the reader chooses."""
    left, right = st.columns(2)
    with left:
        first = controls.one("From", "from-wave", waves, lambda wave: label("wave", wave))
    with right:
        last = controls.one("To", "to-wave", waves, lambda wave: label("wave", wave), first=len(waves) - 1)
    if first < last:
        return first, last
    st.info("Choose a later wave to compare with.", icon=ICON)
    return None
