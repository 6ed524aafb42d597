"""The head of a page: its question, the view as a sentence, the people in view; and what to do when nobody is."""

from collections.abc import Collection, Mapping

import pandas as pd
import streamlit as st

from components import datasets, filters, words
from components.card import IN_VIEW
from components.frame import Frame
from components.texts import say
from data.filters import named
from data.labels import COLUMN_LABELS
from data.summaries import offered
from data.view import active, sentence


def head(question: str, frame: Frame, fixed: Collection[str] = ()) -> None:
    """Draw the head of a page; stop the page, with the way back, when too few people are in view to show anything.

    `fixed` are filters that the page narrows itself: opening them in the sidebar would change nothing.
    """
    st.title(question, anchor=False)
    reach = datasets.ask(offered.reach, frame.source, frame.view)
    st.markdown(f"{words.escaped(sentence(frame.view))} · **{words.count(reach.people)}**")
    st.session_state[IN_VIEW] = (sentence(frame.view), reach.people)
    if reach.people is None:
        _empty(frame, fixed)
        st.stop()


def groups(frame: Frame, by: str, most: int) -> tuple[str, ...]:
    """Up to `most` groups of column `by`; where there are more the page says so, and ends here without any."""
    every = frame.groups(by)
    found = every[:most]
    if len(every) > most:
        which = "with most people" if by == "corridor" else "in their order"
        st.caption(f"{COLUMN_LABELS[by]}: {most} of {len(every)} are shown, those {which}.")
    if not found:
        st.info(
            f"Nobody in view is in a group by {COLUMN_LABELS[by].lower()} that may be shown. Group by something else.",
            icon=":material/group_off:",
        )
        st.stop()
    return found


def key_figures(figures: Mapping[str, int | None]) -> None:
    """Released numbers in large type, side by side; None stands for one that may not be seen."""
    for place, (name, number) in zip(st.columns(len(figures)), figures.items(), strict=True):
        place.metric(name, "[c]" if pd.isna(number) else f"{number:,}")


def _empty(frame: Frame, fixed: Collection[str]) -> None:
    found = datasets.ask(offered.emptied_by, frame.source, frame.view) or active(frame.view)
    culprits = [named(name) for name in found if name not in fixed]
    ways = [f"open {' or '.join(each.noun for each in culprits)} again"] if culprits else []
    ways += [f"choose another {named(name).noun}" for name in found if name in fixed]
    way = f" {' or '.join(ways).capitalize()} to see more people." if ways else ""
    st.warning(f"Fewer than 10 people match, so nothing can be shown.{way}", icon=":material/group_off:")
    with st.container(horizontal=True):
        for each in culprits:
            st.button(f"Open {each.noun}", on_click=filters.reset, args=((each.name,),), key=f"open-{each.name}")


def doubts(frame: Frame) -> None:
    """What a reader must know about the data in view."""
    for manifest in frame.source.manifests:
        with st.container(border=True):
            st.markdown(f"**{words.escaped(manifest.name)}**")
            mark = ["Synthetic: made by a program to show what the app does. No real person, no real finding."]
            for doubt in [*(mark if manifest.synthetic else []), *map(say, manifest.doubts)] or [
                "No doubts were found when it was loaded."
            ]:
                st.markdown(f"- {words.escaped(doubt)}")
            source, licence, profile = map(words.escaped, (manifest.source, manifest.licence, manifest.profile))
            st.caption(f"Source: {source} · Licence: {licence} · Scores: {profile}")
