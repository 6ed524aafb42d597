"""Between levels: from low, middle or high at one wave to where people are at another, loss and leaving included."""

from dataclasses import replace

from components.charts.alluvial import alluvial
from components.charts.levels import levels
from components.charts.moves import moves
from components.figure import About, Asked, Figure, Section
from components.figures.choices import LEVELS, PEOPLE, TWO_WAVES, WAVES, no_path
from components.figures.finding import TOO_FEW, of_groups, short_enough, span, sure_of
from data.disclosure import Released
from data.filters import MOST
from data.labels import COLUMN_LABELS
from data.summaries.transitions import LEFT_LOW, MOVES, chance_of_moving, transitions
from data.view import score_label


def between_levels(released: Released, first: int, last: int) -> str:
    """Where the people who were low at first are later."""
    up = released.fact(LEFT_LOW)
    if up is None:
        return f"From level to level, wave {first} to wave {last}"
    return f"Of people low at wave {first}, {sure_of(up)} were middle or high at wave {last}"


def moved_level(released: Released) -> str:
    """The chance of moving up and down a level, or their spans over the groups."""
    told, unnamed, apart = [], [], False
    for move in MOVES:
        rows = released.only("move", move).rows.dropna(subset=["share"])
        if len(rows):
            said = of_groups(released, rows, move)
            apart |= said is not None
            told.append(f"{said if len(rows) == 1 else span(rows['share'])} moved {move}")
            shares = sure_of(rows.iloc[0]) if len(rows) == 1 else span(rows["share"])
            unnamed.append(f"{shares} {move}" if unnamed else f"{shares} moved {move}")
    if not told:
        return TOO_FEW
    if not apart:
        return "No group is shown to move a level more often than another"
    named = f"Of those who could, {' and '.join(told)}"
    return short_enough(named, f"Of those who could, in the group shown: {', '.join(unnamed)}")


def _title(kind: str, asked: Asked) -> str:
    first, last = asked[TWO_WAVES]
    return f"{kind}: levels of the {score_label(asked.view)}, wave {first} to wave {last}"


FLOW = Figure(
    key="from-level-to-level",
    name="From level to level",
    summary=transitions,
    most=MOST,
    asks=lambda asked: (asked[TWO_WAVES], asked[LEVELS]),
    chart=alluvial,
    drawn=lambda asked: asked[TWO_WAVES],
    headline=lambda found, asked: between_levels(found, *asked[TWO_WAVES]),
    title=lambda asked: _title(alluvial.kind, asked),
    about=About(
        "Where the people who were low, middle or high at one wave are at a later one – those not interviewed and "
        "those who had left again included.",
        "The levels are your own choice. Everyone with the score at the earlier wave is followed; the shares of a row, "
        "by the design weight of then, add up to 1. Few people who could be worked out from the others are masked.",
        "Whether somebody near a line moved much: a small change can cross it.",
    ),
    controls=(TWO_WAVES, LEVELS),
)

TABLE = replace(FLOW, key="levels-as-a-table", chart=levels, title=lambda asked: _title(levels.kind, asked))

CHANCE = Figure(
    key="moving-a-level",
    name="Chance of moving a level",
    summary=chance_of_moving,
    most=MOST,
    asks=lambda asked: (asked[TWO_WAVES], asked[LEVELS], asked[PEOPLE]),
    chart=moves,
    headline=lambda found, _: moved_level(found),
    title=lambda asked: (
        f"Of people interviewed at both waves: share who moved a level, by {COLUMN_LABELS[asked[PEOPLE].by].lower()}"
    ),
    about=About(
        "How likely it was to move up, or down, by a level or more between the two waves, group by group.",
        "Of the people interviewed at both waves who could move so: nobody moves up from high or down from low, so "
        "groups that start elsewhere can be compared. Weighted shares with 95% and 66% Wilson intervals.",
        "How the people fared who were not interviewed again.",
    ),
    controls=(PEOPLE,),
)

SECTION = Section(
    key="levels", title="Between levels", rows=((FLOW, TABLE), CHANCE), controls=(WAVES, TWO_WAVES), unless=no_path
)
