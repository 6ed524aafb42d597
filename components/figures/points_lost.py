"""From score to answer: which dimensions, indicators and elements pull a score down, a click at a time."""

from functools import cache

import streamlit as st

from components import controls
from components.charts.answers import answers as answers_chart
from components.charts.points_lost import points_lost
from components.figure import About, Asked, Control, Figure, Section
from components.figures.choices import GROUP_BY
from components.figures.finding import fitting, leader, lone, span, sure_of
from data.disclosure import Released
from data.instrument import Element, elements
from data.labels import label
from data.summaries.answers import answers
from data.summaries.contributions import Level, contributions
from data.vocabulary import DIMENSIONS, SCORES, Score


def costs_most(released: Released) -> str:
    """The part in which most points are lost, where its interval lies above those of all other parts."""
    rows = released.rows.dropna(subset=["lost"])
    if rows.empty:
        return "How many points each part costs is not known"
    by, tops = released.keys[0], []
    for _, mine in rows.groupby(by, sort=False):
        tops.append(leader(mine, "lost"))
    if any(top is None for top in tops):
        return "No one part is shown to cost the most points" + (" in all groups" if len(tops) > 1 else "")
    if len({str(top["part"]) for top in tops}) > 1:
        return "No one part costs the most points in every group"
    name, costs = label("part", tops[0]["part"]), sorted(top["lost"] for top in tops)
    least, most = f"{costs[0]:.2f}", f"{costs[-1]:.2f}"
    cost = (least if least == most else f"{least} to {most}") + " in each group" * (len(tops) > 1)
    return fitting(f"{name} costs the most points: {cost}", f"One part costs the most points: {cost}")


def answered(released: Released, name: str) -> str:
    """How many people gave the worst answer to the elements shown, as a range."""
    rows = released.rows.groupby([released.keys[0], "element"], sort=False).nth(-1).dropna(subset=["share"])
    if rows.empty:
        return "Too few people to tell how many gave the worst answer"
    told = sure_of(rows.iloc[0]) if len(rows) == 1 and lone(released) else span(rows["share"])
    return fitting(f"{told} gave the worst answer ({name})", f"{told} gave the worst answer")


def _step(asked: Asked) -> str:
    """Where the reader stands on the way from the score to an answer: a menu of all places, and a button per step."""
    score = asked.view.score
    key = f"into-{score}"
    places = [*words_inside(score)]
    into = controls.choose_one("Look into", key, places, _path)
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


@cache
def words_inside(score: Score) -> dict[str, str]:
    """Every place on the way from a score to its answers, each before those inside it, in words."""
    return {place: _path(place) for place in (score.value, *_tree(score))}


def _path(place: str) -> str:
    """A place with the way to it: "Economic › food security › Frequency of food insecurity"."""
    for element in elements():
        way = [element.dimension.value, element.indicator, element.column]
        if place in way:
            return " › ".join(_name(part) for part in way[: way.index(place) + 1])
    return f"The whole {place} score"


INTO = Control(
    tuple(f"into-{score}" for score in SCORES),
    _step,
    lambda name, _: words_inside(Score(name.removeprefix("into-"))),
)
"""A place between the score in focus and an answer."""


def _elements(asked: Asked) -> list[str]:
    return [element.column for element in _inside(asked[INTO], asked.view.score)]


def _level(asked: Asked) -> Level:
    into = asked[INTO]
    return "element" if _is_indicator(into) else "dimension" if into == Score.COMPOSITE else "indicator"


LOST = Figure(
    key="points-lost",
    name="Points lost, from score to answer",
    summary=contributions,
    asks=lambda asked: (asked[GROUP_BY], _level(asked), "" if asked[INTO] == asked.view.score else asked[INTO]),
    chart=points_lost,
    headline=lambda found, _: costs_most(found),
    title=lambda asked: (
        f"Points that each {_level(asked)} takes off the full {label('score', asked.view.score).lower()} score"
    ),
    about=About(
        "What pulls a score down: how many points of the full score each dimension, indicator or element costs a "
        "group, on average.",
        "A person loses an element’s weight times what the answer falls short of the best; what is lost adds up to the "
        "full score less the mean. Weighted means with 95% and 66% t-intervals.",
        "What would help most: what costs many points may be hardest to change.",
    ),
    when=lambda asked: asked[INTO] not in _elements(asked),
)

ANSWERS = Figure(
    key="answers",
    name="Answers to single elements",
    summary=answers,
    asks=lambda asked: (asked[GROUP_BY], _elements(asked)),
    chart=answers_chart,
    headline=lambda found, asked: answered(found, _name(asked[INTO])),
    title=lambda _: "Share of people by answer, from the worst on the left to the best on the right",
    about=About(
        "How people answered the survey’s questions behind a score.",
        "Of the people who answered: weighted shares with 95% and 66% Wilson intervals, each person with the latest "
        "interview. Points midway between two answers count under the better one.",
        "Why somebody did not answer; an element that nobody of a group answered is not available.",
    ),
    when=lambda asked: asked[INTO] in _elements(asked) or _is_indicator(asked[INTO]),
)

SECTION = Section(key="points-lost", title="From score to answer", rows=(LOST, ANSWERS), controls=(GROUP_BY, INTO))
