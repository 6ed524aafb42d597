"""The head of a page: its question, the answer, who is in view; and what to do when nobody is."""

from collections.abc import Collection, Mapping

import pandas as pd
import streamlit as st

from components import datasets, filters, texts, words
from components.card import IN_VIEW, mount
from components.frame import REMARKS, Frame
from components.texts import say
from data.filters import named
from data.labels import COLUMN_LABELS
from data.summaries import offered
from data.view import View, active, sentence

WAITING = "…"
_HEAD, _PAGE, _FOOT = "page-head", "page-question", "page-foot"


def head(question: str, frame: Frame, fixed: Collection[str] = (), recorded: bool = False) -> None:
    """Draw the head of a page; stop the page, with the way back, when too few people are in view to show anything.

    `fixed` are filters that the page narrows itself: opening them in the sidebar would change nothing. A page of
    `recorded` returns is of nobody who was interviewed.
    """
    said, context = sentence(frame.view), frame.source.context(sentence(frame.view))
    people = None if recorded else datasets.ask(offered.reach, frame.source, frame.view).people
    st.session_state[IN_VIEW] = ("", None, "") if recorded else (said, people, context.source)
    st.session_state[_HEAD] = (
        st.empty(),
        {
            "question": question,
            "chips": _chips(frame.view, fixed),
            "sentence": said,
            "people": "" if recorded else words.count(people),
            "synthetic": texts.SYNTHETIC if context.synthetic and not recorded else "",
        },
    )
    st.session_state[_FOOT] = "" if recorded else f"Source: {context.source}. Scores: {context.profile}."
    if st.session_state.get(_PAGE) != question:  # until there is an answer, what was asked stands
        st.session_state[_PAGE] = question
        _draw(WAITING, waiting=True)
    if people is None and not recorded:
        answer("")
        _empty(frame, fixed)
        st.stop()


def title(question: str) -> None:
    """Draw the head of a page that no figure answers."""
    st.session_state[_PAGE] = question
    mount({"question": question, "answer": "", "chips": [], "sentence": "", "people": "", "synthetic": ""}, "head")


def answer(finding: str) -> bool:
    """Answer the page's question with a finding, unless another did; whether it is the answer."""
    if _HEAD not in st.session_state:
        return False
    _draw(finding)
    del st.session_state[_HEAD]
    return True


def _draw(finding: str, waiting: bool = False) -> None:
    place, said = st.session_state[_HEAD]
    key = "head-waiting" if waiting else "head"
    with place:
        mount({**said, "answer": finding}, key, on_opened_change=lambda: _open(key))


def _open(key: str) -> None:
    if name := st.session_state[key]["opened"]:
        filters.reset((name,))


def _chips(view: View, fixed: Collection[str]) -> list[dict[str, str]]:
    return [
        {"name": name, "words": named(name).word(value), "undo": words.opened(named(name))}
        for name, value in view.values
        if name not in fixed
    ]


def remark(text: str) -> None:
    """Say something of the choices made, under the figures: over them it would push the first finding down."""
    st.session_state.setdefault(REMARKS, []).append(text)


def remarks() -> None:
    """Draw what was remarked since the last time."""
    for text in st.session_state.pop(REMARKS, ()):
        st.caption(text)


def foot() -> None:
    """Draw, once for the page, where its data are from and how they were scored; here no finding can come any more."""
    answer("")
    if said := st.session_state.pop(_FOOT, ""):
        st.caption(words.escaped(said))


def groups(frame: Frame, by: str, most: int) -> tuple[str, ...]:
    """Up to `most` groups of column `by`; where there are more the page says so, and ends here without any."""
    every = frame.groups(by)
    found = every[:most]
    if len(every) > most:
        which = "with most people" if by == "corridor" else "in their order"
        remark(f"{COLUMN_LABELS[by]}: {most} of {len(every)} are shown, those {which}.")
    if not found:
        st.info(
            f"Nobody in view is in a group by {COLUMN_LABELS[by].lower()} that may be shown. Group by something else.",
            icon=":material/group_off:",
        )
        st.stop()
    return found


def key_figures(figures: Mapping[str, int | None]) -> None:
    """Released numbers in one line; None stands for one that may not be seen."""
    told = [f"{'[c]' if pd.isna(number) else f'{number:,}'} {name}" for name, number in figures.items()]
    st.caption(" · ".join(told))


def _empty(frame: Frame, fixed: Collection[str]) -> None:
    found = datasets.ask(offered.emptied_by, frame.source, frame.view) or active(frame.view)
    culprits = [named(name) for name in found if name not in fixed]
    ways = [f"open {' or '.join(each.noun for each in culprits)} again"] if culprits else []
    ways += [f"choose another {named(name).noun}" for name in found if name in fixed]
    way = f" {' or '.join(ways).capitalize()} to see more people." if ways else ""
    st.warning(f"Fewer than 10 people match, so nothing can be shown.{way}", icon=":material/group_off:")
    with st.container(horizontal=True):
        for each in culprits:
            st.button(words.opened(each), on_click=filters.reset, args=((each.name,),), key=f"open-{each.name}")


def doubts(frame: Frame) -> None:
    """What a reader must know about the data in view."""
    for manifest in frame.source.manifests:
        with st.container(border=True):
            st.markdown(f"**{words.escaped(manifest.name)}**")
            for doubt in [*([texts.SYNTHETIC] if manifest.synthetic else []), *map(say, manifest.doubts)] or [
                "No doubts were found when it was loaded."
            ]:
                st.markdown(f"- {words.escaped(doubt)}")
            source, licence, profile = map(words.escaped, (manifest.source, manifest.licence, manifest.profile))
            st.caption(f"Source: {source} · Licence: {licence} · Scores: {profile}")
