"""The choices that several figures share: which waves, of which people, and where a score begins to be low or high."""

import streamlit as st

from components import controls
from components.figure import Asked, Control, labels
from components.page import groups, remark
from components.texts import say
from data.filters import groupings
from data.grouping import Grouping
from data.labels import COLUMN_LABELS, label
from data.notes import Note, Said
from data.summaries.offered import Choices
from data.summaries.trajectories import duplicates, refusal
from data.summaries.transitions import Levels

MOST = 8
MOST_SPREADS = 7
LEVELS_TIP = (
    "Your own choice: scores under the first are low, from the second on high. No published source gives such levels."
)
ICON = ":material/timeline:"


def spread_groupings() -> tuple[str, ...]:
    """The columns by which the people whose scores are spread can be grouped."""
    return (*groupings(), "area", "wave")


def no_path(asked: Asked) -> str:
    """Why no path over waves can be drawn; "" where one can."""
    reason = asked.ask(refusal)
    return say(reason) if reason else ""


def _waves(asked: Asked) -> tuple[int, ...] | None:
    waves = controls.choose_some("Waves", "waves", asked.frame.choices.waves, lambda wave: label("wave", wave))
    if len(waves) < 2:
        st.info("Choose at least two waves to see a path.", icon=ICON)
        return None
    if again := asked.ask(duplicates):
        remark(f"{again:,} people have several interviews in one wave. {say(Note(Said.ONE_A_WAVE))}")
    return waves


def _people(asked: Asked) -> Grouping:
    by = controls.choose_one("Split by", "of-whom", groupings(), _of_whom)
    return Grouping(by, groups(asked.frame, by, MOST))


def _group_by(asked: Asked) -> Grouping:
    by = controls.choose_one("Group people by", "group", spread_groupings(), COLUMN_LABELS.__getitem__, first=1)
    return Grouping(by, groups(asked.frame, by, MOST_SPREADS))


def _of_whom(by: str) -> str:
    return "Nothing: everyone, or each cohort" if by == "cohort" else COLUMN_LABELS[by]


def _two(asked: Asked) -> tuple[int, int] | None:
    waves = asked[WAVES]
    first = controls.choose_one("From", "from-wave", waves, lambda wave: label("wave", wave))
    last = controls.choose_one("To", "to-wave", waves, lambda wave: label("wave", wave), first=len(waves) - 1)
    if first < last:
        return first, last
    st.info("Choose a later wave to compare with.", icon=ICON)
    return None


def _levels(_asked: Asked) -> Levels:
    low, high = sorted(
        controls.choose_number("Low is under, high is from", "levels", (0.35, 0.65), 0.0, 1.0, LEVELS_TIP)
    )
    return Levels(low, high)


def _words_of_waves(_name: str, choices: Choices) -> dict[str, str]:
    return labels("wave", choices.waves)


WAVES = Control(("waves",), _waves, _words_of_waves)
"""Two waves or more, in their order."""
PEOPLE = Control(("of-whom",), _people, lambda *_: {by: _of_whom(by) for by in groupings()})
"""The people side by side; with one cohort in view, "cohort" is everyone together."""
GROUP_BY = Control(("group",), _group_by, lambda *_: {by: COLUMN_LABELS[by] for by in spread_groupings()})
"""The people side by side whose scores are spread; by wave the same people, once in each."""
TWO_WAVES = Control(("from-wave", "to-wave"), _two, _words_of_waves)
"""An earlier and a later one of `WAVES`: the first and the last until the reader chooses."""
LEVELS = Control(("levels",), _levels)
"""The reader's own cuts: under the first a score is low, from the second on it is high."""
