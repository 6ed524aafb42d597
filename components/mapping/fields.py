"""One field: the column it is made from, or what it is in every row."""

from dataclasses import replace

import streamlit as st

from components.mapping.draft import SAME, WAVE, Draft, codes, starting
from components.mapping.groups import LABELS, Part
from components.mapping.held import held
from components.mapping.values import values
from components.texts.made import because
from components.words import escaped
from data.instrument import Element, elements, indicators
from data.mapping import Field, headings, options
from data.vocabulary import POINTS

NOWHERE, EVERYWHERE = "", " "
"""Stand among headings for none, and for the same in all rows; no heading is blank."""

TOGETHER = {
    "person": "If it takes several columns, such as household and member: with",
    WAVE: "If it takes several columns, such as year and quarter: with",
}
"""Fields that several columns may tell together."""

SURE, LIKELY = 0.8, 0.65


def part(draft: Draft, asked: Part, key: str) -> None:
    """Draw the fields of one part."""
    if asked.title:
        st.markdown(f"**{asked.title}**")
    if asked.note:
        st.caption(asked.note)
    for name in asked.fields:
        if name in POINTS and _opens(name):
            st.markdown(f"*{_element(name).indicator.capitalize()}*")
        _field(draft, name, f"{key}-{name}")


def offered(draft: Draft, name: str) -> list[str]:
    """The headings that `name` may be made from: those it is and may well be first, personal ones only on request."""
    made = draft.get(name)
    first = [*(made.columns if made else ()), *(each.column for each in draft.suggested.get(name, ()))]
    others = [heading for heading in headings(draft.table) if draft.offer_private or heading not in draft.private]
    return [*dict.fromkeys((*first, *others))]


def _field(draft: Draft, name: str, key: str) -> None:
    made = draft.get(name)
    now = NOWHERE if made is None else made.columns[0] if made.columns else EVERYWHERE
    words = {NOWHERE: "Not asked" if name in POINTS else "Not in this file", EVERYWHERE: "The same for all rows"}
    listed = offered(draft, name)
    place = held(f"{key}-column", now)
    column, meaning = st.columns(2)
    column.selectbox(
        LABELS[name],
        [NOWHERE, *([EVERYWHERE] if name in SAME or now == EVERYWHERE else []), *listed],
        format_func=lambda heading: words.get(heading, heading),
        key=place,
        on_change=lambda: _choose(draft, name, st.session_state[place]),
        help=_best(name),
    )
    if made is None:
        return
    with meaning:
        if not made.columns:
            _constant(draft, made, f"{key}-constant")
            return
        if why := next((each for each in draft.suggested.get(name, ()) if (each.column,) == made.columns), None):
            st.caption(f"{_surety(why.confidence)}: {escaped(because(why.reasons))}.")
        if name in TOGETHER or len(made.columns) > 1:
            _more(draft, made, listed, f"{key}-more")
    values(draft, made, f"{key}-{headings(draft.table).index(made.columns[0])}", meaning)


def _choose(draft: Draft, name: str, chosen: str) -> None:
    if chosen == NOWHERE:
        draft.put(name, None)
    elif chosen == EVERYWHERE:
        draft.put(name, starting(name))
    else:
        draft.choose(name, chosen)


def _constant(draft: Draft, made: Field, key: str) -> None:
    """What the field is in every row: one of its codes, or a text where it has none."""
    words = codes(made) if options(made.field) else {}
    place = held(key, made.constant or None if words else made.constant)

    def changed() -> None:
        draft.alter(made.field, lambda now: replace(now, constant=st.session_state[place] or ""))

    title = "In every row it is"
    if not words:
        st.text_input(title, key=place, on_change=changed)
        return
    st.selectbox(
        title,
        [*words],
        index=None,
        format_func=words.__getitem__,
        key=place,
        on_change=changed,
        placeholder="Choose",
    )


def _more(draft: Draft, made: Field, listed: list[str], key: str) -> None:
    """Further columns of a field that is told by several together, such as year and quarter."""
    first, *others = made.columns
    place = held(key, others)
    st.multiselect(
        TOGETHER.get(made.field, "Where that is blank, from"),
        [heading for heading in listed if heading != first],
        key=place,
        placeholder="No other column",
        on_change=lambda: draft.alter(made.field, lambda now: replace(now, columns=(first, *st.session_state[place]))),
    )


def _surety(confidence: float) -> str:
    return "Sure" if confidence >= SURE else "Likely" if confidence >= LIKELY else "Perhaps"


def _best(name: str) -> str | None:
    """The answers of an element, best first."""
    if name not in POINTS:
        return None
    answers = (f"{answer} ({points:g})" for answer, points in _element(name).answers)
    return f"Best to worst: {', '.join(answers)}."


def _element(name: str) -> Element:
    return elements()[POINTS.index(name)]


def _opens(name: str) -> bool:
    """Whether the element is the first of its indicator."""
    return indicators()[_element(name).indicator][0].column == name
