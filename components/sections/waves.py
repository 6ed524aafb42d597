"""What the sections of Trajectories ask first: which waves, of which groups; and why no path can be drawn."""

import streamlit as st

from components import controls, datasets
from components.frame import Frame
from components.page import groups
from data.filters import groupings
from data.labels import COLUMN_LABELS, label
from data.summaries.trajectories import ONE_A_WAVE, duplicates, refusal

MOST = 8
ICON = ":material/timeline:"


def choose_waves(frame: Frame) -> tuple[int, ...]:
    """The waves to look at, two at least; none, with the reason on screen, where there is no path to draw."""
    reason = datasets.ask(refusal, frame.source, frame.view)
    if reason:
        st.info(reason, icon=ICON)
        return ()
    waves = controls.choose_some("Waves", "waves", frame.choices.waves, lambda wave: label("wave", wave))
    if len(waves) < 2:
        st.info("Choose at least two waves to see a path.", icon=ICON)
        return ()
    again = datasets.ask(duplicates, frame.source, frame.view)
    if again:
        st.caption(f"{again:,} people have several interviews in one wave. {ONE_A_WAVE}")
    return waves


def choose_groups(frame: Frame) -> tuple[str, tuple[str, ...]]:
    """The column to group people by, and its groups; with one cohort in view, "cohort" is everyone together."""
    by = controls.choose_one("Of whom", "of-whom", groupings(), of_whom)
    return by, groups(frame, by, MOST)


def of_whom(by: str) -> str:
    """The column that people are grouped by, in words."""
    return "Everyone, or each cohort" if by == "cohort" else COLUMN_LABELS[by]


def choose_two(waves: tuple[int, ...]) -> tuple[int, int] | None:
    """An earlier and a later one of `waves`: the first and the last until the reader chooses."""
    left, right = st.columns(2)
    with left:
        first = controls.choose_one("From", "from-wave", waves, lambda wave: label("wave", wave))
    with right:
        last = controls.choose_one("To", "to-wave", waves, lambda wave: label("wave", wave), first=len(waves) - 1)
    if first < last:
        return first, last
    st.info("Choose a later wave to compare with.", icon=ICON)
    return None
