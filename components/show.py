"""The one way to show figures: a section's choices, then each figure asked, drawn and said as a card."""

from collections.abc import Sequence
from contextlib import nullcontext

import streamlit as st

from components import controls, datasets, page, words
from components.card import card
from components.figure import Asked, Control, Figure, Section, side_by_side
from components.frame import Frame
from data.disclosure import Released
from data.filters import joined, named
from data.labels import COLUMN_LABELS
from data.view import active, divided_by, divides


def answer(figure: Figure, asked: Asked) -> Released:
    """What a figure shows, with its controls set."""
    about, more = figure.asks(asked), figure.named(asked)
    source = figure.source(asked) if figure.source else asked.of(about, more)
    found = datasets.ask(figure.summary, source, figure.view(asked), *about, **more)
    return figure.part(found, asked)


def too_many(figure: Figure, asked: Asked, found: Released) -> str:
    """Why a figure divides the people in view into too small groups to be shown at all; "" where it does not."""
    view = figure.view(asked)
    columns = () if figure.source else divides(found.keys)
    if divided_by(view, columns) <= figure.most:
        return ""
    nouns = joined([named(name).noun for name in active(view)])
    return (
        f"This figure divides people by {joined([COLUMN_LABELS[column].lower() for column in columns])}, and {nouns} "
        f"narrow the view: {figure.most} together is the most. Open one of them to see it."
    )


def show(figure: Figure, asked: Asked, slot: str, beside: bool = False) -> None:
    """Ask, draw and say a figure, as the card in `slot`; the first of a page answers its question."""
    reason = figure.unless(asked)
    found = None if reason else answer(figure, asked)
    if found is None or (reason := too_many(figure, asked, found)):
        st.info(words.escaped(reason), icon=":material/info:")
        return
    headline = figure.headline(found, asked)
    answers = page.answer(headline)
    clicked = figure.clicked and (lambda places: figure.clicked(asked, places))
    card(
        figure, headline, figure.title(asked), found, figure.drawn(asked), clicked,
        slot=slot, lead=answers and not beside, answers=answers, beside=beside,
    )  # fmt: skip
    for caption in figure.captions(found, asked):
        st.caption(words.escaped(caption))


def show_all(sections: Sequence[Section], asked: Asked) -> None:
    """Show the sections of a page one under another, each with its heading."""
    for place, section in enumerate(sections):
        if any(asked.chosen.get(control, True) is None for control in section.controls) or not section.when(asked):
            continue
        if section.title and place:  # the first answers the page's own question
            st.header(section.title, anchor=False)
        asked = show_section(section, asked)
    page.foot()


def show_one(name: str, sections: Sequence[Section], frame: Frame) -> None:
    """Show the one section that the reader looks at, the first until they choose; only that one is computed."""
    by_key = {section.key: section for section in sections}
    looked_at = controls.choose_section(name, {key: section.title for key, section in by_key.items()})
    show_section(by_key[looked_at], Asked(frame))
    page.foot()


def show_section(section: Section, asked: Asked) -> Asked:
    """Show a section, and give on what its controls are set to."""
    if reason := section.unless(asked):
        st.info(words.escaped(reason), icon=":material/info:")
        return asked
    first = side_by_side(section.rows[0]) if section.rows else ()
    asked = _choose((*section.controls, *(control for figure in first for control in figure.controls)), asked)
    if any(asked.chosen.get(control, None) is None for control in section.controls):
        return asked
    for place, row in enumerate(section.rows):
        asked = _show_row(side_by_side(row), asked, f"{section.key}-{place}")
    section.draw(asked)
    page.remarks()
    return asked


def _choose(wanted: Sequence[Control], asked: Asked) -> Asked:
    """Draw choices in one row, up to the first that has nothing to offer; nothing where there are none."""
    missing = [control for control in wanted if control not in asked.chosen]
    with st.container(horizontal=True, vertical_alignment="bottom") if missing else nullcontext():
        for control in missing:
            asked = asked.after([control])
            if asked[control] is None:
                break
    return asked


def _show_row(figures: Sequence[Figure], asked: Asked, slot: str) -> Asked:
    """Show figures side by side; one whose controls have nothing to offer leaves its place empty.

    A row is a container of its own even of one figure, and its cards are named by their place: so a card stays where
    it is, and moves to its new numbers, when another above it appears or another figure takes its place.
    """
    for figure in figures:
        asked = _choose(figure.controls, asked)
    ready = {
        figure.key: all(asked.chosen.get(control, None) is not None for control in figure.controls)
        for figure in figures
    }
    placed = [figure for figure in figures if not ready[figure.key] or figure.when(asked)]
    places = st.columns(len(placed)) if len(placed) > 1 else [st.container()]
    for number, (place, figure) in enumerate(zip(places, placed, strict=False)):
        if ready[figure.key]:
            with place:
                show(figure, asked, f"{slot}-{number}", beside=len(placed) > 1)
    return asked
