"""Links: the address that opens the same screen, and a word on what a link asked for that does not exist."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st

Offered = Mapping[str, Sequence[str] | range]
"""The values each choice may have in a link; a `range` stands for whole numbers."""


def here() -> str:
    """The address of this page with every choice that differs from its default."""
    chosen = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    return urlsplit(st.context.url or "")._replace(query=urlencode(chosen), fragment="").geturl()


def offer(key: str, **button: Any) -> None:
    """A button that opens the address of this screen, ready to copy."""
    with st.popover("Link", icon=":material/link:", key=key, **button):
        st.caption("This link opens the same screen:")
        st.code(here(), language=None, wrap_lines=True)


def asked() -> dict[str, list[str]]:
    """What the address asks for, by name of choice."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def ignored(wanted: Mapping[str, Sequence[str]], offered: Offered) -> tuple[str, ...]:
    """Names of the offered choices that a link wants with a value they do not have.

    What was wanted is never repeated: it may be anything.
    """
    return tuple(name for name in offered if not all(_offered(value, offered[name]) for value in wanted.get(name, [])))


def tell_ignored(wanted: Mapping[str, Sequence[str]], offered: Offered, known: Sequence[str] | None = None) -> None:
    """Tell the reader which parts of a link could not be followed; `known` are all names a link may have."""
    words = [f"“{name}”" for name in ignored(wanted, offered)]
    if known is not None and set(wanted) - {*known}:
        words.append("a choice this app does not have")
    if words:
        st.info(
            f"Part of this link was ignored, it is not in the data: {', '.join(words)}.", icon=":material/link_off:"
        )


def _offered(value: str, values: Sequence[str] | range) -> bool:
    if isinstance(values, range):
        return value.isdecimal() and int(value) in values
    return value == "" or value in values
