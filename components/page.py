"""The head of a page: its question, the view as a sentence, the people in view; and what to do when nobody is."""

import streamlit as st

from components import datasets, filters, words
from components.frame import Frame
from data.summaries import people
from data.view import CHOICES, active, sentence


def head(question: str, frame: Frame) -> None:
    """Draw the head of a page; stop the page, with the way back, when too few people are in view to show anything."""
    st.title(question, anchor=False)
    reach = datasets.ask(people.reach, frame.source, frame.view)
    st.markdown(f"{sentence(frame.view)} · **{words.count(reach.people)}**")
    if reach.people is None:
        _empty(frame)
        st.stop()


def _empty(frame: Frame) -> None:
    culprits = datasets.ask(people.emptied_by, frame.source, frame.view) or active(frame.view)
    names = " or ".join(CHOICES[choice] for choice in culprits)
    st.warning(
        f"Fewer than 10 people match, so nothing can be shown. Open {names} again to see more people.",
        icon=":material/group_off:",
    )
    with st.container(horizontal=True):
        for choice in culprits:
            st.button(
                f"Open {CHOICES[choice]}", on_click=filters.reset, args=((choice,), frame.choices), key=f"open-{choice}"
            )


def doubts(frame: Frame) -> None:
    """What a reader must know about the data in view."""
    for manifest in frame.source.manifests:
        with st.container(border=True):
            st.markdown(f"**{words.plain(manifest.name)}**")
            mark = ["Synthetic: made by a program to show what the app does. No real person, no real finding."]
            for doubt in [*(mark if manifest.synthetic else []), *manifest.doubts] or [
                "No doubts were found when it was loaded."
            ]:
                st.markdown(f"- {words.plain(doubt)}")
            source, licence, profile = map(words.plain, (manifest.source, manifest.licence, manifest.profile))
            st.caption(f"Source: {source} · Licence: {licence} · Scores: {profile}")
