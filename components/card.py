"""The card: the one way a figure appears. Finding, chart, view, people, source, and a fixed row of actions."""

import inspect
from collections.abc import Callable, Sequence

import streamlit as st

from components import download, link, table, texts, words
from components.figure import About, Figure
from components.theme import CONFIG
from data.disclosure import Released

IN_VIEW = "people-in-view"
"""What the head of the page tells: the view as a sentence, and its people."""


def card(
    figure: Figure,
    headline: str,
    title: str,
    released: Released,
    drawn: Sequence[object] = (),
    clicked: Callable[[list[int]], None] | None = None,
) -> None:
    """Draw a figure with all that must stand beside it.

    `headline` is the finding, `title` what the figure is; `drawn` goes to the chart with the numbers. `clicked`
    makes the chart a control: it is told the places of the traces that the reader clicked, none to give them back.
    """
    chart = figure.chart
    with st.container(border=True):
        st.subheader(words.escaped(headline), anchor=False)
        st.caption(words.escaped(title))
        alt = words.alt(chart.in_words(released), headline, released, chart.drawn)
        key = f"chart-{figure.key}"
        heard = {"on_select": lambda: clicked(_traces(key)), "selection_mode": "points"} if clicked else {}
        st.plotly_chart(chart(released, *drawn), config=CONFIG, alt=alt, key=key, **heard)
        _signature(released)
        _actions(figure, headline, title, released)


def _traces(key: str) -> list[int]:
    return [point["curve_number"] for point in st.session_state[key]["selection"]["points"]]


def _signature(released: Released) -> None:
    context = released.context
    hidden = f" · {released.suppressed} masked [c]" if released.suppressed else ""
    sentence, in_view = st.session_state.get(IN_VIEW, ("", None))
    one_cohort = "cohort" not in released.keys
    people = words.counted(released, in_view if one_cohort and context.sentence == sentence else None)
    st.caption(f"{words.escaped(context.sentence)} · {people}{hidden}")
    scored = f" · Scores: {words.escaped(context.profile)}" if context.profile else ""
    st.caption(f"Source: {words.escaped(context.source)}{scored}")
    for note in released.notes[:1]:
        st.caption(words.escaped(texts.say(note)))
    if context.synthetic:
        st.badge("Synthetic data – no real person", color="orange", icon=":material/science:")


def _actions(figure: Figure, headline: str, title: str, released: Released) -> None:
    with st.container(horizontal=True, gap="small"):
        with st.popover("Table", icon=":material/table_chart:", type="tertiary"):
            st.dataframe(table.shown(released), hide_index=True, width="content", alt=f"Table: {title}")
            for line in table.legend(released):
                st.caption(line)
        with st.popover("About", icon=":material/info:", type="tertiary"):
            tell(figure.about)
            if not figure.source:
                st.markdown(texts.NOISE)
            for note in released.notes:
                st.markdown(f"- {words.escaped(texts.say(note))}")
            licence = words.escaped(released.context.licence)
            st.caption(f"Licence: {licence}. Data version {released.context.version}.")
        with st.popover("Download", icon=":material/download:", type="tertiary"):
            for ending, make in {"csv": download.as_csv, "xlsx": download.as_xlsx}.items():
                st.download_button(
                    f"Table as {ending.upper()}",
                    data=lambda make=make: make(released, f"{headline} – {title}"),
                    file_name=download.file_name(released, ending),
                    key=f"{ending}-{figure.key}",
                    on_click="ignore",
                )
        link.offer(f"link-{figure.key}", type="tertiary")


def tell(about: About) -> None:
    """A figure for its readers: what it shows, how it is made, what it cannot tell."""
    st.markdown(about.shows)
    st.markdown(f"**How it is made.** {about.made}")
    st.markdown(f"**What it cannot tell.** {about.cannot}")


def explain(made_by: object) -> str:
    """How something is made: its docstring, so that screen and code cannot differ."""
    return inspect.cleandoc(made_by.__doc__ or "").replace("`", "")
