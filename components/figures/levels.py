"""Between levels: from low, middle or high at one wave to where people are at another, loss and leaving included."""

from dataclasses import replace

from components.charts.alluvial import alluvial
from components.charts.levels import levels
from components.charts.moves import moves
from components.figure import About, Asked, Figure, Section
from components.figures.choices import LEVELS, PEOPLE, TWO_WAVES, WAVES, no_path
from components.figures.finding import TOO_FEW, fitting, lone, span, sure_of
from components.figures.naming import group
from data.disclosure import Released
from data.estimate import shows_difference
from data.filters import MOST
from data.labels import COLUMN_LABELS
from data.summaries.facts import APART
from data.summaries.transitions import LEFT_LOW, MOVES, chance_of_moving, transitions
from data.view import score_label


def between_levels(released: Released, first: int, last: int) -> str:
    """Where the people who were low at first are later; where that may not be told, those who were high."""
    if up := released.fact(LEFT_LOW):
        return f"Of people low at wave {first}, {sure_of(up)} were middle or high at wave {last}"
    rows = released.rows.dropna(subset=["share"]).set_index(["from", "to"])
    for place, told in {("high", "high"): "were high again", ("low", "not_interviewed"): "were not reached"}.items():
        if place in rows.index:
            return f"Of people {place[0]} at wave {first}, {sure_of(rows.loc[place])} {told} at wave {last}"
    return "Too few people to tell who moved between levels"


def moved_level(released: Released) -> str:
    """The chance of moving up and down a level, or their spans over the groups."""
    told, apart = [], False
    for move in MOVES:
        rows = released.only("move", move).rows.dropna(subset=["share"])
        if len(rows):
            fact = released.fact(APART, move)
            apart |= len(rows) == 1 or fact is None or shows_difference(fact.low, fact.high)
            shares = sure_of(rows.iloc[0]) if len(rows) == 1 else span(rows["share"])
            told.append(f"{shares} {move}" if told else f"{shares} moved {move}")
    if not told:
        return TOO_FEW
    if not apart:
        return "No group is shown to move a level more often than another"
    by, groups = released.keys[0], released.rows.dropna(subset=["share"])[released.keys[0]].unique()
    said = " and ".join(told)
    if len(groups) > 1 or lone(released):
        return fitting(f"Of those who could, {said} a level", f"Of those who could, {said}")
    whose = f"Of those {group(by, groups[0]).among.removeprefix('of ')} who could, {said}"
    return fitting(whose, f"Of those who could in the group shown, {', '.join(told)}")


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
        "Where people who were low, middle or high at one wave are at a later one, including those not reached "
        "and those who had left again.",
        "The levels are your own choice. Everyone with the score at the earlier wave is followed; the shares of a row, "
        "by the design weight of then, add up to 100%. Numbers from which few people could be worked out are masked.",
        "Whether somebody near the line between two levels moved much: a small change can cross it.",
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
        "How people fared who were not reached again.",
    ),
    controls=(PEOPLE,),
)

SECTION = Section(
    key="levels", title="Between levels", rows=(FLOW, (TABLE, CHANCE)), controls=(WAVES, TWO_WAVES), unless=no_path
)
