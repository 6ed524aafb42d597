"""What the words of a column mean: a code for each, yes or no, or the points of a scale."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.mapping.draft import Draft, code_of, codes, first, silent, with_code, with_rest
from components.mapping.held import held
from components.texts.template import number
from components.words import escaped, plural
from data.mapping import KEEP, Field, steps
from data.mapping.guess import CODED, YES_NO
from data.mapping.sheet import key as same
from data.vocabulary import POINTS

AS_OTHERS, LEAVE_OUT, ASK = "as others", "", "ask"
SHORTEST_SCALE, LONGEST_SCALE = 3, 11
ALREADY = "These are points already: from 0 to 1, more is better."
NO_CODES = "Its words are not listed: there are too many, or they look personal. They are read as they stand."


def values(draft: Draft, made: Field, key: str, aside: DeltaGenerator) -> None:
    """Let the reader say what the words of the field's columns mean, as far as that is to be said.

    Where something is still to be said they are laid open in full width, else folded `aside`.
    """
    if made.field not in CODED or not made.columns:
        return
    spoken = draft.spoken(made)
    if spoken.empty:
        aside.caption(NO_CODES)
        return
    free = draft.undecided(made)
    if made.field in POINTS and not made.values and not free:
        aside.caption(ALREADY)
        return
    title = f"{plural(len(free), 'word')} still without a meaning" if free else f"What its words mean ({len(spoken)})"
    icon = ":material/error:" if free else ":material/check:"
    wide = draft.stays_open(key, wanted=bool(free))
    with (st.container() if wide else aside).expander(title, expanded=wide, icon=icon, key=f"{key}-words"):
        if made.field in YES_NO:
            _yes_no(draft, made, spoken, key)
            return
        if made.field in POINTS and (ends := _ends(draft, made)):
            _scale(draft, made, ends, key)
        _each(draft, made, spoken, key, side_by_side=2 if wide else 1)


def counted(spoken: pd.DataFrame) -> dict[str, str]:
    """Each word with how many rows hold it, as far as that may be told."""
    return {
        word: f"{escaped(word)} · {number(None if pd.isna(rows) else rows)}"
        for word, rows in zip(spoken["word"], spoken["rows"], strict=True)
    }


def _each(draft: Draft, made: Field, spoken: pd.DataFrame, key: str, side_by_side: int) -> None:
    """A choice of code for each word, and one for every other."""
    labels = {**codes(made), LEAVE_OUT: "Leave out"}
    rest = "ask" if made.otherwise is None else "rest"
    unlisted = {"ask": "Choose what it means", "rest": "Like every other word"}[rest]
    told = counted(spoken)
    places = [place for _ in range(0, len(told), side_by_side) for place in st.columns(side_by_side)]
    for place, word in zip(places, sorted(told, key=_in_order), strict=False):
        own = code_of(made, word)
        if own is None:
            own = LEAVE_OUT if silent(made.field, word) else AS_OTHERS
        # Another key where an option has other words: the browser would send the old ones as the choice.
        box = held(f"{key}-{rest}-{same(word)}", own)
        place.selectbox(
            told[word],
            [AS_OTHERS, *labels],
            format_func=({AS_OTHERS: unlisted} | labels).__getitem__,
            key=box,
            on_change=_coding(draft, made, word, box),
        )
    if draft.several(made) and len(made.values) > 1:
        _before(draft, made, key)
    others = held(f"{key}-others", ASK if made.otherwise is None else made.otherwise)
    st.selectbox(
        "Every other word, now or in a later file",
        [ASK, KEEP, *labels],
        format_func=({ASK: "Stop and ask me", KEEP: "Stays as it is"} | labels).__getitem__,
        key=others,
        on_change=lambda: draft.alter(made.field, lambda now: with_rest(now, _rest(st.session_state[others]))),
    )


def _in_order(word: str) -> int:
    """Numbers by size; other words stay as they are."""
    return int(word) if word.isdecimal() else 0


def _before(draft: Draft, made: Field, key: str) -> None:
    """Which word counts where a person chose several."""
    place = held(f"{key}-first", made.values[0][0])
    st.selectbox(
        "Where several were chosen, this one counts first",
        [word for word, _ in made.values],
        key=place,
        on_change=lambda: draft.alter(made.field, lambda now: first(now, st.session_state[place])),
    )


def _coding(draft: Draft, made: Field, word: str, place: str) -> Callable[[], None]:
    def changed() -> None:
        code = st.session_state[place]
        draft.alter(made.field, lambda now: with_code(now, word, None if code == AS_OTHERS else code))

    return changed


def _yes_no(draft: Draft, made: Field, spoken: pd.DataFrame, key: str) -> None:
    """Words to tick for yes, words to tick for no, and what the rest means."""
    labels = counted(spoken)
    listed = {word: code_of(made, word) for word in labels}

    def ticked(title: str, code: str, offered: list[str]) -> None:
        place = held(f"{key}-{code}", [word for word in offered if listed[word] == code])
        st.pills(
            title,
            offered,
            selection_mode="multi",
            format_func=labels.__getitem__,
            key=place,
            on_change=lambda: draft.alter(made.field, lambda now: _ticked(now, offered, code, st.session_state[place])),
        )

    ticked("Words that mean yes", "yes", [*labels])
    if made.otherwise != "no":
        ticked("Words that mean no", "no", [word for word in labels if listed[word] != "yes"])
    if made.otherwise is None and not draft.undecided(made):
        return
    place = held(f"{key}-others", made.otherwise)
    st.segmented_control(
        "Every other word means",
        ["no", LEAVE_OUT],
        format_func={"no": "No", LEAVE_OUT: "Not known"}.__getitem__,
        key=place,
        on_change=lambda: draft.alter(made.field, lambda now: with_rest(now, st.session_state[place])),
    )


def _ticked(made: Field, offered: list[str], code: str, words: list[str]) -> Field:
    """The field with `code` for these of the words offered; the first tick for yes makes every other word a no."""
    changed = made
    for word in offered:
        if word in words:
            changed = with_code(changed, word, code)
        elif code_of(made, word) == code:
            changed = with_code(changed, word, None)
    fresh = made.otherwise is None and not any(listed == "no" for _, listed in made.values)
    return replace(changed, otherwise="no") if fresh and code == "yes" and words else changed


def _rest(chosen: str) -> str | None:
    return None if chosen == ASK else chosen


def _ends(draft: Draft, made: Field) -> tuple[int, int] | None:
    """The lowest and the highest number of a scale; None where the words are no scale."""
    listed = [word for word, code in made.values if code] or draft.undecided(made)
    numbers = sorted(int(word) for word in listed if word.isascii() and word.isdigit())
    if len(numbers) < SHORTEST_SCALE or numbers[-1] - numbers[0] >= LONGEST_SCALE:
        return None
    return numbers[0], numbers[-1]


def _scale(draft: Draft, made: Field, ends: tuple[int, int], key: str) -> None:
    """Points in even steps from one end of a scale to the other, by one click."""
    low, high = ends
    now = next((best for best in (False, True) if {*steps(low, high, best_low=best)} <= {*made.values}), None)

    def changed() -> None:
        state = st.session_state
        best, least, most = state[way], state.get(f"{key}-low", low), state.get(f"{key}-high", high)
        points = () if best is None else steps(least, most, best_low=best)
        draft.alter(made.field, lambda now: _with_points(now, points))

    words = {False: f"{high} is best, {low} is worst", True: f"{low} is best, {high} is worst"}
    way = held(f"{key}-scale", now)
    st.segmented_control(
        "A scale: which end is the better one for the person?",
        [*words],
        format_func=words.__getitem__,
        key=way,
        on_change=changed,
    )
    if now is None:
        return
    ends_of = {
        "low": ("The scale begins at", max(0, high - 10), high - 1, low),
        "high": ("and ends at", low + 1, low + 10, high),
    }
    for place, (end, (title, least, most, is_now)) in zip(st.columns(2), ends_of.items(), strict=True):
        place.number_input(title, least, most, key=held(f"{key}-{end}", is_now), on_change=changed)


def _with_points(made: Field, points: tuple[tuple[str, str], ...]) -> Field:
    """The field with these points in place of the numbers it has points for; what is left out beside them stays so."""
    numbers = dict(points)
    others = (pair for pair in made.values if pair[0] not in numbers and not (pair[0].isdigit() and pair[1]))
    return replace(made, values=(*points, *others))
