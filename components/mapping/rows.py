"""Which rows are read: those with consent, those that were approved, or all."""

from dataclasses import replace

import streamlit as st

from components.mapping.draft import Draft, yes_words
from components.mapping.held import held
from components.mapping.values import NO_CODES, counted
from components.texts.template import number
from components.words import escaped
from data.disclosure import released_people
from data.mapping import Only, headings
from data.mapping.sheet import key as same


def rows(draft: Draft, key: str) -> None:
    """Let the reader choose the columns that pick rows, and the words in them."""
    st.caption(
        "All rows are read unless you choose a column here: consent, the approval of an interview, whether it was "
        "completed. With several columns, a row must have the right word in each."
    )
    listed = [heading for heading in headings(draft.table) if heading not in draft.private]
    place = held(f"{key}-columns", [only.column for only in draft.mapping.only])
    st.multiselect(
        "Columns that tell which rows to read",
        [*dict.fromkeys((*st.session_state[place], *listed))],
        key=place,
        placeholder="All rows",
        on_change=lambda: _choose(draft, st.session_state[place]),
    )
    for only in draft.mapping.only:
        with st.container(border=True):
            _words(draft, only, f"{key}-{headings(draft.table).index(only.column)}")


def reads(draft: Draft) -> str:
    """How many rows the mapping reads and leaves out, as far as that may be told."""
    read, every = draft.rows(), draft.all_rows()
    gone = number(released_people(every - read))
    left = f"; {gone} left out by the rows you chose" if every > read else ""
    return f"Reads {number(released_people(read))} rows{left}."


def _choose(draft: Draft, columns: list[str]) -> None:
    before = {only.column: only for only in draft.mapping.only}
    only = (before.get(column) or Only(column, yes_words([*draft.words(column)["word"]])) for column in columns)
    draft.change(replace(draft.mapping, only=tuple(only)))


def _words(draft: Draft, only: Only, key: str) -> None:
    found = counted(draft.words(only.column))
    chosen = {same(word) for word in only.words}
    gone = chosen - {same(word) for word in found}
    labels = found | {word: escaped(word) for word in only.words if same(word) in gone}
    if not labels:
        st.caption(NO_CODES)
        return
    place = held(key, [word for word in labels if same(word) in chosen])

    def changed() -> None:
        now = Only(only.column, tuple(st.session_state[place]))
        picked = tuple(now if each.column == only.column else each for each in draft.mapping.only)
        draft.change(replace(draft.mapping, only=picked))

    st.pills(
        f"{escaped(only.column)}: read rows with",
        [*labels],
        selection_mode="multi",
        format_func=labels.__getitem__,
        key=place,
        on_change=changed,
    )
