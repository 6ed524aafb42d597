"""The mapping made on screen: which column of a survey is what, in plain steps, without writing code."""

from collections.abc import Collection

import streamlit as st

from components.mapping import file, rows
from components.mapping.draft import Draft, begin
from components.mapping.fields import part
from components.mapping.groups import ELEMENTS, GROUP_OF, GROUPS, LABELS, ROWS, fields
from components.mapping.held import held
from components.texts import say
from components.words import escaped, plural
from data.loading import Seen
from data.mapping import Mapping, missing
from data.mapping.codes import wrong_codes
from data.notes import Note

__all__ = ["edit"]


def edit(seen: Seen, key: str) -> Mapping | None:
    """Draw the editor of the mapping of an open file, and return the mapping once the reader has pressed for it.

    What was said so far is in the session under `key`, and lasts as long as `seen.table` is the same; a change takes
    the mapping back until it is pressed for again. Other keys of the session begin with `key` and a hyphen.
    """
    draft = st.session_state.get(key)
    if draft is None or draft.table is not seen.table:
        draft = st.session_state[key] = begin(seen)
    st.markdown(
        "**Say which column is what.** What was found is filled in: look it over, change what is wrong and add what is "
        "missing. What a survey did not ask stays out."
    )
    file.take(draft, f"{key}-brought-{seen.filename}")
    free = {made.field: len(words) for made in draft.mapping.fields if (words := draft.undecided(made))}
    group = _group(draft, free, f"{key}-group")
    if group == ROWS:
        rows.rows(draft, f"{key}-rows")
    else:
        for asked in GROUPS[group]:
            part(draft, asked, key)
    _onward(group, f"{key}-group")
    _private(draft, f"{key}-private")
    return _finish(draft, free, key)


def _group(draft: Draft, free: Collection[str], key: str) -> str:
    """The group to look at; each says how much of it was found, and whether something in it is still to be said."""
    given = draft.given()

    def status(group: str) -> str:
        names = {*fields(group)}
        if group == ROWS:
            return f"{group} · {'some' if draft.mapping.only else 'all'}"
        found = len(given & names)
        wanted = len(missing(given | names)) < len(missing(given)) or not names.isdisjoint(free)
        mark = ":material/error: " if wanted else ":material/check: " if found else ""
        return f"{mark}{group} · {found} {f'of {len(names)}' if group in ELEMENTS.values() else 'found'}"

    return st.pills(
        "What to look at",
        [*GROUPS],
        default=next(iter(GROUPS)),
        required=True,
        format_func=status,
        key=key,
    )


def _onward(group: str, key: str) -> None:
    """The way to the next group."""
    later = [*GROUPS][[*GROUPS].index(group) + 1 :]
    if later:
        st.button(
            f"Next: {later[0]}",
            icon=":material/arrow_forward:",
            key=f"{key}-next",
            on_click=lambda: st.session_state.update({key: later[0]}),
        )


def _private(draft: Draft, key: str) -> None:
    """Name the columns that look personal."""
    if not draft.private:
        return
    with st.expander(f"Left out because they look personal: {plural(len(draft.private), 'column')}"):
        st.markdown("\n".join(f"- {escaped(heading)}: it {say(Note(why))}" for heading, why in draft.private.items()))
        place = held(key, draft.offer_private)
        st.toggle(
            "Offer these columns too",
            key=place,
            on_change=lambda: setattr(draft, "offer_private", st.session_state[place]),
            help="Only where you are sure that a column is not personal, or that it is the code of the person.",
        )


def _finish(draft: Draft, free: dict[str, int], key: str) -> Mapping | None:
    """Say what is still missing, and let the reader press for the mapping, name it and download it."""
    problems = (*draft.lacking(), *_open(draft, free))
    if problems:
        st.markdown("**Still to be said**")
        st.markdown("\n".join(f"- {escaped(sentence)}" for sentence in problems))
    st.caption(rows.reads(draft))
    file.name(draft, f"{key}-name")
    with st.container(horizontal=True):
        st.button(
            "Use this mapping",
            type="primary",
            icon=":material/check:",
            key=f"{key}-use",
            disabled=bool(problems),
            on_click=draft.use,
        )
        file.give(draft, f"{key}-download")
    return draft.used


def _open(draft: Draft, free: dict[str, int]) -> tuple[str, ...]:
    """One sentence for each thing that was begun and is not finished."""
    words = (
        f"Under {GROUP_OF[name]}, “{LABELS[name]}” has {plural(count, 'word')} without a "
        "meaning: give each one, or say what every other word means."
        for name, count in free.items()
    )
    blank = (
        f"Under {GROUP_OF[made.field]}, “{LABELS[made.field]}” is the same for all rows: say what it is."
        for made in draft.mapping.fields
        if not made.columns and not made.constant
    )
    picks = (
        f"Under {ROWS}, no word of {only.column!r} is chosen: tick those whose rows are read, or take the column out."
        for only in draft.mapping.only
        if not only.words
    )
    ticked = all(only.words for only in draft.mapping.only)
    none = ("No row has the words by which rows are picked: tick others.",) if ticked and not draft.rows() else ()
    return (*words, *blank, *wrong_codes(draft.mapping), *picks, *none)
