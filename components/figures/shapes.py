"""Shapes of paths: where the mean path turns, and which shape each person's own path has."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from components import controls
from components.charts.paths import shapes as shapes_chart
from components.charts.reasons import reasons
from components.charts.w_curve import w_curve
from components.figure import About, Asked, Control, Figure, Onward, Section
from components.figures.choices import ICON, LEVELS, PEOPLE, WAVES, no_path
from components.figures.finding import TOO_FEW, Said, fitting, leader, of_score, shares_told, span, sure_of
from components.figures.naming import group
from components.figures.turning import told
from components.rounding import percent
from data.disclosure import Released
from data.filters import MOST as MOST_CHOICES
from data.filters import joined
from data.grouping import Grouping
from data.labels import COLUMN_LABELS, label
from data.summaries.paths import CLEAR, SETBACK, lowest, setbacks, shapes, turning
from data.summaries.trajectories import change
from data.view import score_label
from data.vocabulary import SCORE_LABELS, SCORES, Score

MOST = 4
LEAST = 3
"""A path can turn only where a wave has one before and one after it."""
SETBACK_TIP = "Your own choice, as are the levels. A setback is not by itself failure."


def turns(released: Released, score: Score) -> str:
    """At which waves the mean path clearly turns; of several groups, of the first that does, and whether all do."""
    by = released.keys[0]
    rows = released.only("score", score).rows.dropna(subset=["mean"])
    if rows.empty:
        return TOO_FEW
    found = rows[(rows["turn"] != 0) & (rows["surety"] >= CLEAR)]
    if found.empty:
        return f"No clear turning point is shown in the mean path{of_score(score)}"
    lows = {code: [*mine.loc[mine["turn"] < 0, "wave"]] for code, mine in found.groupby(by, sort=False, observed=True)}
    groups = [*dict.fromkeys(rows[by])]
    shared = [wave for wave in dict.fromkeys(found["wave"]) if all(wave in lows.get(code, []) for code in groups)]
    if len(groups) > 1 and shared:
        return f"In every group shown the mean path has a clear low at {_waves(shared)}{of_score(score)}"
    code, mine = next(iter(lows.items()))
    whose = f"{group(by, code).name}: the mean path" if len(groups) > 1 else "the mean path"
    what = f"has a clear low at {_waves(mine)}" if mine else f"peaks clearly at {_waves([found['wave'].iloc[0]])}"
    return fitting(f"{whose} {what}{of_score(score)}", f"The mean path of one group {what}{of_score(score)}")


def _waves(waves: Sequence[int]) -> str:
    return f"wave{'s' * (len(waves) > 1)} {joined([str(wave) for wave in waves])}"


def lowest_point(released: Released, score: Score) -> str:
    """When one group's path is lowest, how sure that is, and which dimension is lowest then."""
    name = label(released.keys[0], released.rows[released.keys[0]].iloc[0])
    found = lowest(released, score)
    if found is None:
        return f"{name}: too few people to say when the path is lowest."
    dimension = (
        f"; of the dimensions, {SCORE_LABELS[found.dimension].lower()} is lowest then" if found.dimension else ""
    )
    return f"{name}: lowest at wave {found.wave}, in {percent(found.surety)} of draws{dimension}."


def shaped(released: Released) -> str:
    """The most common shape of people's own paths, of one group; else the span of those that rise."""
    by = released.keys[0]
    rows = released.rows.dropna(subset=["share"])
    if rows.empty:
        return TOO_FEW
    if rows[by].nunique() == 1:
        top = leader(rows, "share")
        if top is None:
            return "No one shape of path is shown to be the most common"
        return f"Most common path: {label('shape', top['shape']).lower()}, {sure_of(top)}"
    rises = released.only("shape", "rises").rows["share"].dropna()
    if rises.empty:
        return "Too few people to tell how many rise steadily in each group"
    return f"{span(rises)} of each group rise steadily"


def fell_back(released: Released) -> str:
    """The share of people with a setback, or its span over the groups."""
    rows = released.rows.dropna(subset=["share"])
    if rows.empty:
        return TOO_FEW
    return shares_told(
        released,
        rows,
        Said(
            "{} had at least one setback",
            "{high} had at least one setback; {low} did",
            "{} of each group had at least one setback",
            "Setbacks: no difference between groups is shown",
        ),
    )


def _few(asked: Asked) -> Grouping:
    return Grouping(asked[PEOPLE].by, asked[PEOPLE].groups[:MOST])


def _enough(asked: Asked) -> bool | None:
    if len(asked[WAVES]) >= LEAST:
        return True
    st.info("Choose at least three waves to see where a path turns.", icon=ICON)
    return None


ENOUGH = Control((), _enough)
DROP = Control(
    ("setback",),
    lambda _: controls.choose_number("A setback is a drop of at least", "setback", SETBACK, 0.05, 0.3, SETBACK_TIP),
)

TURNING = Figure(
    key="turning-points",
    name="Turning points of a path",
    summary=turning,
    asks=lambda asked: (asked[WAVES], _few(asked), SCORES),
    chart=w_curve,
    drawn=lambda asked: (asked.view.score,),
    headline=lambda found, asked: turns(found, asked.view.score),
    title=lambda asked: (
        f"Mean {score_label(asked.view)} of the same people by wave; rings mark where it turns, thick if clear"
    ),
    about=About(
        "The mean path of the same people, and the waves at which it turns: highs and lows after return are expected "
        "rather than the exception.",
        "A turn is a mean lower, or higher, than at both neighbouring waves. It is called clear where it turns so "
        f"in at least {percent(CLEAR)} of bootstrap draws over people. Means have 95% and 66% t-intervals.",
        "What happens between waves, before the first, or after the last.",
    ),
    captions=lambda found, asked: [
        lowest_point(found.only(asked[PEOPLE].by, group), asked.view.score) for group in _few(asked).groups
    ],
)

SHAPES = Figure(
    key="shapes-of-paths",
    name="Shapes of people's own paths",
    summary=shapes,
    most=MOST_CHOICES,
    asks=lambda asked: (asked[WAVES], asked[PEOPLE], asked[LEVELS]),
    named=lambda asked: {"setback": asked[DROP]},
    chart=shapes_chart,
    headline=lambda found, _: shaped(found),
    title=lambda asked: f"Share of people by the shape of their own path ({score_label(asked.view)})",
    about=About(
        "Which shape each person’s own path has: every path has exactly one. A mean path can rise while many people’s "
        "own paths fall.",
        "The levels and the drop that counts as a setback are your own choice; people have the score at every wave "
        "chosen. Weighted shares with 95% and 66% Wilson intervals.",
        "Whether a small rise or fall is real for one person: single scores vary by chance more than means do.",
    ),
    controls=(LEVELS, DROP),
)

SETBACKS = Figure(
    key="setbacks",
    name="Setbacks",
    summary=setbacks,
    most=MOST_CHOICES,
    asks=lambda asked: (asked[WAVES], asked[PEOPLE], asked[DROP]),
    chart=reasons,
    headline=lambda found, _: fell_back(found),
    title=lambda asked: f"Share of people with at least one setback, by {COLUMN_LABELS[asked[PEOPLE].by].lower()}",
    about=About(
        "How many people’s score dropped, between two following waves, by at least the drop you chose.",
        "The same people as in the shapes of paths; weighted shares with 95% and 66% Wilson intervals.",
        "Whether a drop is failure: it is not by itself (Migration Policy Practice IX(1), 2019).",
    ),
    controls=(DROP,),
)


SECTION = Section(
    key="shapes",
    title="Shapes of paths",
    rows=(TURNING, (SHAPES, SETBACKS)),
    controls=(WAVES, PEOPLE, ENOUGH),
    unless=no_path,
)


def _of_everyone(asked: Asked, waves: tuple[int, ...]) -> str:
    return told(asked.ask(change, waves, (asked.view.score,)), asked.view.score, waves[0])


OF_EVERYONE = replace(
    TURNING,
    key="path-of-everyone",
    asks=lambda asked: (asked.frame.choices.waves, asked.groups("cohort"), (asked.view.score,)),
    headline=lambda _, asked: _of_everyone(asked, asked.frame.choices.waves),
    title=lambda asked: f"Mean {score_label(asked.view)} of the same people, wave by wave; rings mark where it turns",
    when=lambda asked: len(asked.frame.choices.waves) >= LEAST,
    unless=no_path,
    captions=lambda *_: (),
    onward=Onward("pages/trajectories.py", "Trajectories"),
)
"""The score in focus over all waves, for pages that do not ask which."""
