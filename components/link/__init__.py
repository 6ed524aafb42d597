"""Links: the address that opens the same screen, and a word on what a link asked for that does not exist.

A link holds codes and a version (`v=2&band=forced&corridor=DEU-AFG`), so that it lasts. What stands in the browser's
own address are words, for Streamlit binds widgets to what stands on screen. So a link is put into today's words before
the first widget is drawn: `follow`; and the words into codes when a link is given: `here`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.navigation.page import Page

from components.link.migrations import VERSION, Params, migrated

VERSION_NAME = "v"

_PARAMS, _OPENED, _REFUSED, _TOLD = "link-params", "link-opened", "link-refused", "link-told"


@dataclass(frozen=True)
class Param:
    """What a choice may be in a link: `words` of today by code.

    Where it is `closed` there are no others; else others are the same in a link as on screen, and what of them the data
    do not have is told where the choice is drawn. `count` is the number of values where they hold only together, as the
    ends of a range do; otherwise each counts alone.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    closed: bool = False
    count: int | None = None

    def codes(self, values: Sequence[str]) -> list[str]:
        """The codes of `values`, which may be codes or today's words, without those that it cannot be."""
        of_word = {word: code for code, word in self.words.items()} | {code: code for code in self.words}
        found = [of_word.get(value, None if self.closed else value) for value in values if value]
        sound = [code for code in found if code is not None]
        return [] if self.count and (len(sound), len(found)) != (self.count, self.count) else sound

    def word(self, code: str) -> str:
        """The word of a code."""
        return self.words.get(code, code)


def numbers(least: float, most: float, step: float, count: int = 1) -> Param:
    """Numbers on the steps of a slider, written as Streamlit does."""
    steps = round((most - least) / step)
    texts = [f"{least + step * place:.10g}" for place in range(steps + 1)]
    return Param(dict(zip(texts, texts, strict=True)), closed=True, count=count)


def asked() -> Params:
    """What the address asks for, by name of choice."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def in_codes(wanted: Params, params: Mapping[str, Param]) -> Params:
    """What an address asks for as today's codes, without what it cannot ask for; names that are unknown stay."""
    version, *_ = [*wanted.get(VERSION_NAME, []), ""]
    today = migrated({name: values for name, values in wanted.items() if name != VERSION_NAME}, version)
    codes = {name: params.get(name, Param()).codes(values) for name, values in today.items()}
    return {name: values for name, values in codes.items() if values}


def here() -> str:
    """The address of this page, in codes, with every choice that differs from its default."""
    params = st.session_state.get(_PARAMS, {})
    chosen = in_codes({name: values for name, values in asked().items() if name in params}, params)
    query = urlencode({VERSION_NAME: VERSION, **chosen}, doseq=True) if chosen else ""
    return urlsplit(st.context.url or "")._replace(query=query, fragment="").geturl()


def offer(key: str, **button: Any) -> None:
    """A button that opens the address of this screen, ready to copy."""
    with st.popover("Link", icon=":material/link:", key=key, **button):
        st.caption("This link opens the same screen:")
        st.code(here(), language=None, wrap_lines=True)


def follow(page: Page, sidebar: Mapping[str, Param], cards: Mapping[str, Param]) -> tuple[str, ...]:
    """Put a link that was just opened into the words of today and start again; return the names it asked in vain.

    Streamlit seeds a widget from the address as it stood when the run began, so only another run sees what is put
    there; `st.switch_page`, to the same page, is what waits until the browser has it. Later, a choice of the sidebar
    may be in vain too, where other data have come into view; those of `cards` are told where they are drawn.
    """
    params, wanted = {**sidebar, **cards}, asked()
    codes = in_codes(wanted, params)
    words = {name: [params.get(name, Param()).word(code) for code in values] for name, values in codes.items()}
    opened = VERSION_NAME in wanted or _OPENED not in st.session_state
    st.session_state.update({_PARAMS: params, _OPENED: True})
    if opened and words != wanted:
        st.session_state[_REFUSED] = ignored(wanted, words)
        _start_again(page, words, params)
    unknown = [name for name in wanted if name not in params and name != VERSION_NAME]
    in_vain = ignored({name: values for name, values in wanted.items() if name in sidebar}, words)
    st.session_state[_TOLD] = st.session_state.pop(_REFUSED, ())
    return (*in_vain, *st.session_state[_TOLD], *unknown)


def ignored(wanted: Params, followed: Params) -> tuple[str, ...]:
    """Names of the choices of which not every value that a link wants is followed.

    What was wanted is never repeated: it may be anything.
    """
    wanted = {name: [*filter(None, values)] for name, values in wanted.items() if name != VERSION_NAME}
    return tuple(name for name, values in wanted.items() if len(followed.get(name, [])) < len(values))


def tell_unless_offered(name: str, words: Sequence[str]) -> None:
    """Tell the reader where a choice that is about to be drawn does not have all that the address wants of it."""
    if not all(value in words for value in st.query_params.get_all(name) if value):
        tell_ignored([name])
        st.session_state[_TOLD] = (*st.session_state[_TOLD], name)  # again, should this run not reach its end


def refuse_unless(name: str, offered: Param) -> None:
    """Take a number that a slider does not have out of the address before it is drawn, for it would take any number."""
    wanted = {name: st.query_params.get_all(name)}
    if not ignored(wanted, {name: offered.codes(wanted[name])}):
        return
    try:
        del st.query_params[name]
    except StreamlitAPIException:  # the reader went back to an address whose widgets there are already
        tell_ignored([name])
        return
    st.session_state[_REFUSED] = (*st.session_state[_TOLD], name)
    st.rerun()


def _start_again(page: Page, words: Params, params: Collection[str]) -> None:
    try:
        st.switch_page(page, query_params=words)
    except StreamlitAPIException:
        # The reader went back to a link that was followed before. Its choices are held by widgets by now, and no code
        # can change what is bound to them: they stay as they are, and write their words into the address.
        st.session_state.update({name: held for name in params if (held := st.session_state.get(name)) is not None})
        del st.query_params[VERSION_NAME]
        st.rerun()


def tell_ignored(names: Sequence[str]) -> None:
    """Tell the reader which choices of a link could not be followed; what no choice is called is never repeated."""
    params = st.session_state[_PARAMS]
    words = dict.fromkeys(f"“{name}”" if name in params else "a choice this app does not have" for name in names)
    if words:
        st.info(
            f"Part of this link was ignored, it is not in the data: {', '.join(words)}.", icon=":material/link_off:"
        )
