"""The card: the one way a figure appears. Finding, chart, view, people, source, and a fixed row of actions."""

import inspect
from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

from components import download, link, table, words
from components.texts import say
from components.theme import CONFIG
from data.disclosure import Released

IN_VIEW = "people-in-view"
"""What the head of the page tells: the view as a sentence, and its people."""


def card(
    headline: str,
    released: Released,
    figure: go.Figure,
    *,
    title: str,
    kind: str,
    drawn: str,
    made_by: Callable[..., Released],
    clicked: Callable[[list[int]], None] | None = None,
) -> None:
    """Draw a figure with all that must stand beside it.

    `headline` is the finding, `title` what the figure is, `kind` the kind of chart in words, `drawn` the value column
    it draws; `made_by` is the summary whose docstring explains the figure. `clicked`
    makes the chart a control: it is told the places of the traces that the reader clicked, none to give them back.
    """
    with st.container(border=True):
        st.subheader(words.plain(headline), anchor=False)
        st.caption(words.plain(title))
        alt = words.alt(kind, headline, released, drawn)
        key = f"chart-{released.name}-{title}"
        heard = {"on_select": lambda: clicked(_traces(key)), "selection_mode": "points"} if clicked else {}
        st.plotly_chart(figure, config=CONFIG, alt=alt, key=key, **heard)
        _signature(released)
        _actions(headline, title, released, made_by)


def _traces(key: str) -> list[int]:
    return [point["curve_number"] for point in st.session_state[key]["selection"]["points"]]


def _signature(released: Released) -> None:
    context = released.context
    masked = f" · {released.masked} masked [c]" if released.masked else ""
    sentence, in_view = st.session_state.get(IN_VIEW, ("", None))
    people = words.counted(released, in_view if context.sentence == sentence else None)
    st.caption(f"{words.plain(context.sentence)} · {people}{masked}")
    scored = f" · Scores: {words.plain(context.profile)}" if context.profile else ""
    st.caption(f"Source: {words.plain(context.source)}{scored}")
    for note in released.notes[:1]:
        st.caption(words.plain(say(note)))
    if context.synthetic:
        st.badge("Synthetic data – no real person", color="orange", icon=":material/science:")


def _actions(headline: str, title: str, released: Released, made_by: Callable[..., Released]) -> None:
    name = f"{released.name}-{title}"
    with st.container(horizontal=True, gap="small"):
        with st.popover("Table", icon=":material/table_chart:", type="tertiary"):
            st.dataframe(table.shown(released), hide_index=True, width="content", alt=f"Table: {title}")
            for line in table.legend(released):
                st.caption(line)
        with st.popover("About", icon=":material/info:", type="tertiary"):
            st.markdown(explain(made_by))
            for note in released.notes:
                st.markdown(f"- {words.plain(say(note))}")
            licence = words.plain(released.context.licence)
            st.caption(f"Licence: {licence}. Data version {released.context.version}.")
        with st.popover("Download", icon=":material/download:", type="tertiary"):
            for ending, make in {"csv": download.as_csv, "xlsx": download.as_xlsx}.items():
                st.download_button(
                    f"Table as {ending.upper()}",
                    data=lambda make=make: make(released, f"{headline} – {title}"),
                    file_name=download.file_name(released, ending),
                    key=f"{ending}-{name}",
                    on_click="ignore",
                )
        link.offer(f"link-{name}", type="tertiary")


def explain(made_by: object) -> str:
    """How something is made: its docstring, so that screen and code cannot differ."""
    return inspect.cleandoc(made_by.__doc__ or "").replace("`", "")
