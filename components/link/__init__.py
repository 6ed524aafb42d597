"""Links: the address that opens the same screen, and a word on what a link asked for that does not exist.

A link holds codes and a version (`v=3&band=forced&place=DEU-AFG`), so that it lasts. What stands in the browser's
own address are words, for Streamlit binds widgets to what stands on screen. So a link is put into today's words before
the first widget is drawn: `follow`; and the words into codes when a link is given: `here`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.navigation.page import Page

from components.link.migrations import VERSION, Params, migrated
from data import filters

VERSION_NAME = "v"

_PARAMS, _OPENED = "link-params", "link-opened"
_REFUSED, _TOLD = "link-refused", "link-told"
_WIDENED, _TOLD_WIDENED = "link-widened", "link-told-widened"
_PINNED = "link-pinned"


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


def steps(least: float, most: float, step: float) -> tuple[float, ...]:
    """The numbers from `least` to `most` by `step`; whole ones where the step is."""
    places = round((most - least) / step)
    return tuple(type(step)(round(least + step * place, 10)) for place in range(places + 1))


def written(number: float) -> str:
    """A number on a step as it stands on screen and in a link."""
    return f"{number:.10g}"


def numbers(on: Sequence[float], count: int = 1) -> Param:
    """Numbers `on` the steps of a slider."""
    return Param({written(number): written(number) for number in on}, closed=True, count=count)


def asked() -> Params:
    """What the address asks for, by name of choice."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def in_codes(wanted: Params, params: Mapping[str, Param]) -> Params:
    """What an address asks for as today's codes, without what it cannot ask for; names that are unknown stay."""
    return _today(wanted, params)[0]


def _today(wanted: Params, params: Mapping[str, Param]) -> tuple[Params, tuple[str, ...], tuple[str, ...]]:
    """`in_codes`; the choices that it cannot ask for; and those that are other than an older link said, or too many."""
    version, *_ = [*wanted.get(VERSION_NAME, []), ""]
    today, changed = migrated({name: values for name, values in wanted.items() if name != VERSION_NAME}, version)
    codes = {name: params.get(name, Param()).codes(values) for name, values in today.items()}
    narrowing = [name for name in filters.names() if codes.get(name)]
    too_many = narrowing[filters.MOST :]
    left = {name: values for name, values in codes.items() if values and name not in too_many}
    return left, ignored(today, codes), (*changed, *too_many)


def pin(name: str, code: object) -> None:
    """Have every link of this screen hold a choice, be it the first one or not: which data, which year it shows."""
    st.session_state[_PINNED][name] = [str(code)]


def here() -> str:
    """The address of this page, in codes, with the data it shows and every choice that differs from its default."""
    params = st.session_state.get(_PARAMS, {})
    chosen = in_codes({name: values for name, values in asked().items() if name in params}, params)
    held = {**st.session_state.get(_PINNED, {}), **chosen}
    query = urlencode({VERSION_NAME: VERSION, **held}, doseq=True) if held else ""
    return urlsplit(st.context.url or "")._replace(query=query, fragment="").geturl()


def follow(page: Page, sidebar: Mapping[str, Param], cards: Mapping[str, Param]) -> tuple[str, ...]:
    """Put a link that was just opened into the words of today and start again; return the names it asked in vain.

    Streamlit seeds a widget from the address as it stood when the run began, so only another run sees what is put
    there; `st.switch_page`, to the same page, is what waits until the browser has it. Later, a choice of the sidebar
    may be in vain too, where other data have come into view; those of `cards` are told where they are drawn.
    """
    params, wanted = {**sidebar, **cards}, asked()
    codes, refused, widened = _today(wanted, params)
    words = {name: [params.get(name, Param()).word(code) for code in values] for name, values in codes.items()}
    opened = VERSION_NAME in wanted or _OPENED not in st.session_state
    st.session_state.update({_PARAMS: params, _OPENED: True, _PINNED: {}})
    if opened and words != wanted:
        st.session_state.update({_REFUSED: refused, _WIDENED: widened})
        _start_again(page, words, params)
    unknown = [name for name in wanted if name not in params and name != VERSION_NAME]
    drawn = {name: values for name, values in wanted.items() if name in sidebar and name not in widened}
    in_vain = ignored(drawn, words)
    state = st.session_state
    state.update({_TOLD: state.pop(_REFUSED, ()), _TOLD_WIDENED: state.pop(_WIDENED, ())})
    return (*in_vain, *state[_TOLD], *unknown)


def ignored(wanted: Params, followed: Params) -> tuple[str, ...]:
    """Names of the choices of which not every value that a link wants is followed.

    What was wanted is never repeated: it may be anything.
    """
    wanted = {name: [*filter(None, values)] for name, values in wanted.items() if name != VERSION_NAME}
    return tuple(name for name, values in wanted.items() if len(followed.get(name, [])) < len(values))


def tell_unless_offered(name: str, words: Sequence[str]) -> None:
    """Tell the reader where a choice that is about to be drawn does not have all that the address wants of it.

    Codes stand there, and not words, where the reader went back to a link.
    """
    param: Param = st.session_state[_PARAMS].get(name, Param())
    if not {value for value in st.query_params.get_all(name) if value} <= {*words, *param.codes(words)}:
        tell_ignored([name])
        st.session_state[_TOLD] = (*st.session_state[_TOLD], name)  # again, should this run not reach its end


def refuse_unless(name: str, offered: Param) -> None:
    """Take numbers that a slider does not have out of the address before it is drawn: of a range it would take one."""
    wanted = {name: st.query_params.get_all(name)}
    if not ignored(wanted, {name: offered.codes(wanted[name])}):
        return
    state = st.session_state
    try:
        del st.query_params[name]
    except StreamlitAPIException:  # the reader went back to an address whose widgets there are already
        tell_ignored([name])
        return
    state.update({_REFUSED: (*state[_TOLD], name), _WIDENED: state[_TOLD_WIDENED]})
    st.rerun()


def tell_widened() -> None:
    """Tell the reader which choices of a link that was just opened are other now than the link asked."""
    words = _called(st.session_state[_TOLD_WIDENED])
    if words:
        st.info(
            "So that nobody can be found by asking twice, each choice of who is in view takes one value now, and at "
            f"most {filters.MOST} narrow the view. The nearest to what this link asked, or open: {', '.join(words)}.",
            icon=":material/link_off:",
        )


def _start_again(page: Page, words: Params, params: Collection[str]) -> None:
    try:
        st.switch_page(page, query_params=words)
    except StreamlitAPIException:
        # The reader went back to a link that was followed before. Its choices are held by widgets by now, and no code
        # can change what is bound to them: they stay as they are, and write their words into the address.
        st.session_state.update({name: st.session_state[name] for name in params if name in st.session_state})
        for name in {*st.query_params} - {*words, *params}:  # its version, and what it called otherwise
            del st.query_params[name]
        st.session_state.update({_REFUSED: (), _WIDENED: ()})  # nothing of it was followed
        st.rerun()


def tell_ignored(names: Sequence[str]) -> None:
    """Tell the reader which choices of a link could not be followed; what no choice is called is never repeated."""
    words = _called(names)
    if words:
        st.info(
            f"Part of this link was ignored, it is not in the data: {', '.join(words)}.", icon=":material/link_off:"
        )


def _called(names: Sequence[str]) -> tuple[str, ...]:
    """What choices are called on screen, each once: filters by their noun, others by their name."""
    params = st.session_state[_PARAMS]
    nouns = {name: filters.named(name).noun for name in filters.names()}
    others = {name: f"“{name}”" for name in params}
    return tuple(dict.fromkeys((others | nouns).get(name, "a choice this app does not have") for name in names))
