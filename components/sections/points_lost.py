"""From score to answer: which dimensions, indicators and elements pull a score down, a click at a time."""

from collections.abc import Sequence

import streamlit as st

from components import controls, datasets, headline
from components.card import card
from components.charts.answers import answers as answers_chart
from components.charts.lost import lost
from components.frame import Frame
from data.grouping import Grouping
from data.instrument import Element, elements
from data.labels import label
from data.summaries.answers import answers
from data.summaries.contributions import Level, contributions
from data.vocabulary import DIMENSIONS, Score


def from_score_to_answer(frame: Frame, by: str, groups: Sequence[str]) -> None:
    """What `groups` (values of column `by`) lose of the full score in focus, part by part, down to single answers."""
    score = frame.view.score
    into = _step(score)
    asked = [element.column for element in _inside(into, score)]
    if into not in asked:
        level: Level = "element" if _is_indicator(into) else "dimension" if into == Score.COMPOSITE else "indicator"
        inside = "" if into == score else into
        found = datasets.ask(contributions, frame.source, frame.view, Grouping(by, groups), level, inside)
        card(
            headline.lost(found),
            found,
            lost(found),
            title=f"Points of the {label('score', score).lower()} score lost against the full score, by {level}",
            kind="Bars with intervals",
            drawn="lost",
            made_by=contributions,
        )
    if into in asked or _is_indicator(into):
        given = datasets.ask(answers, frame.source, frame.view, Grouping(by, groups), asked)
        card(
            headline.answered(given, _name(into)),
            given,
            answers_chart(given),
            title="Share of people by answer, from the best on the right to the worst on the left",
            kind="Diverging stacked bars",
            drawn="share",
            made_by=answers,
        )


def _step(score: Score) -> str:
    """Where the reader stands on the way from the score to an answer: a menu of all places, and a button per step."""
    key = f"into-{score}"
    places = [score.value, *_tree(score)]
    into = controls.one("Look into", key, places, _path)
    if into not in places:  # the score in focus changed meanwhile
        into = score.value
    with st.container(horizontal=True, gap="small"):
        for part in _parts(into, score):
            _button(_name(part), key, part, "arrow_downward")
        if into != score:
            _button("Back up", key, _above(into, score), "arrow_upward")
    return into


def _button(words: str, key: str, part: str, icon: str) -> None:
    st.button(words, key=f"{key}-{part}", icon=f":material/{icon}:", on_click=_go, args=(key, part))


def _go(key: str, part: str) -> None:
    st.session_state[key] = part


def _tree(score: Score) -> list[str]:
    """Every part of the score, each before its own parts."""
    return [deeper for part in _parts(score, score) for deeper in (part, *_below(part, score))]


def _below(part: str, score: Score) -> list[str]:
    return [deeper for inner in _parts(part, score) for deeper in (inner, *_below(inner, score))]


def _parts(place: str, score: Score) -> list[str]:
    """The parts one step below a place: dimensions of the composite, indicators of a dimension, elements of these."""
    if place == Score.COMPOSITE:
        return [dimension.value for dimension in DIMENSIONS]
    if _is_indicator(place):
        return [element.column for element in _inside(place, score)]
    return [*dict.fromkeys(element.indicator for element in elements() if element.dimension == place)]


def _inside(place: str, score: Score) -> list[Element]:
    """The elements of a place."""
    return [
        element
        for element in elements()
        if place in (Score.COMPOSITE, element.dimension, element.indicator, element.column)
        and score in (Score.COMPOSITE, element.dimension)
    ]


def _above(place: str, score: Score) -> str:
    """The place one step up."""
    element = _inside(place, score)[0]
    if place == element.column:
        return element.indicator
    return element.dimension.value if place == element.indicator else score.value


def _is_indicator(place: str) -> bool:
    return any(place == element.indicator for element in elements())


def _name(place: str) -> str:
    return label("part", place)


def _path(place: str) -> str:
    """A place with the way to it: "Economic › food security › Frequency of food insecurity"."""
    for element in elements():
        way = [element.dimension.value, element.indicator, element.column]
        if place in way:
            return " › ".join(_name(part) for part in way[: way.index(place) + 1])
    return f"The whole {place} score"
