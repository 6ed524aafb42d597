"""The path: mean scores by wave, counted in three honest ways, and how the same people changed."""

from collections.abc import Sequence
from dataclasses import replace

from components import controls
from components.charts.differences import differences
from components.charts.follow_up import follow_up
from components.charts.waves import group_waves
from components.charts.waves import waves as waves_chart
from components.figure import About, Asked, Control, Figure, Section
from components.figures.choices import PEOPLE, WAVES, no_path
from components.figures.finding import TOO_FEW, clear, fitting, furthest, than
from components.figures.naming import group
from components.figures.turning import end_to_end, path, told
from components.rounding import count, signed
from data.disclosure import Released
from data.follow_up import LOWER
from data.labels import COLUMN_LABELS, PANELS_AT_LENGTH, label
from data.summaries.follow_up import weights_shown
from data.summaries.trajectories import JOINED, by_wave, change, three_lines
from data.view import score_label
from data.vocabulary import SCORES, Score

ALL = "all"
WAYS = {ALL: "All three ways, side by side", **PANELS_AT_LENGTH}


def three_ways(released: Released, waves: Sequence[int]) -> str:
    """How far the mean moves from the first wave to the last, counted in each of the three ways."""
    told = []
    for panel in dict.fromkeys(released.rows["panel"]):
        means = released.only("panel", panel).rows.set_index("wave")["mean"].reindex([waves[0], waves[-1]])
        moved = means.iloc[1] - means.iloc[0]
        told.append(f"{label('panel', panel).lower()} {signed(moved)}" if means.notna().all() else "")
    said = "; ".join(filter(None, told))
    if not said:
        return TOO_FEW
    return (
        f"From wave {waves[0]} to wave {waves[-1]}: {said}. Where everyone seen rises more than the other two, part of "
        "the rise may be that other people were reached. Weighting corrects for loss that depends on what was known "
        f"before, not on what happened since: the band shows where the line would be if those lost scored {LOWER} "
        "lower than people like them."
    )


def change_of_groups(released: Released, first: int) -> str:
    """The group whose same people's score clearly changed most since the first wave, at which wave, and by how much."""
    rows = released.rows.dropna(subset=["difference"])
    if rows.empty:
        return TOO_FEW
    found = clear(rows)
    if found.empty:
        return f"No group's change since wave {first} is shown to be more than chance"
    top = furthest(found)
    who, how = group(released.keys[0], top[released.keys[0]]).name, than(top["difference"])
    return fitting(
        f"{who} scored {how} at wave {top['wave']} than at wave {first}",
        f"One group scored {how} at wave {top['wave']} than at wave {first}",
    )


def overall(released: Released, score: Score, first: int) -> str:
    """The change of the same people's score from the first wave to the last."""
    points = path(released, score, first)
    return TOO_FEW if len(points) == 1 else end_to_end(points[0], points[-1], score)


def change_at_the_end(released: Released, waves: Sequence[int]) -> str:
    """The group whose same people's score clearly changed most from the first wave to the last."""
    rows = released.rows.dropna(subset=["difference"])
    if rows.empty:
        return TOO_FEW
    found, by = clear(rows), released.keys[0]
    if found.empty:
        return f"In no group is a change in the same people shown (waves {waves[0]} to {waves[-1]})"
    top = furthest(found)
    told = f"scored {than(top['difference'])} at wave {waves[-1]} than at wave {waves[0]}"
    who = group(by, top[by]).name
    return fitting(f"{who} {told}", f"One group {told}")


def rests_on(released: Released) -> str:
    """How many people the weighted line counts at the last wave, and how many that is worth."""
    rows = released.rows.dropna(subset=["n_effective"])
    if rows.empty:
        return "How many people the line rests on may not be shown"
    people, effective, wave = rows.iloc[-1][["people", "n_effective", "wave"]]
    return f"At wave {wave} the line rests on {count(people)} people, worth {count(effective)} of equal weight"


def _side_by_side(asked: Asked) -> bool:
    return len(asked[PEOPLE].groups) > 1


def _choose_way(asked: Asked) -> str:
    key = "panel-of-groups" if _side_by_side(asked) else "panel"
    ways = COUNTED_IN[key]
    return controls.choose_one("Who is counted", key, tuple(ways), ways.__getitem__)


COUNTED_IN = {"panel": WAYS, "panel-of-groups": PANELS_AT_LENGTH}
COUNTED = Control(tuple(COUNTED_IN), _choose_way, lambda name, _: COUNTED_IN[name])


def _finding(asked: Asked) -> str:
    """How the same people's score turned; beside points of everyone seen, who may be others, its change at the end."""
    tell = overall if asked[COUNTED] == "seen" else told
    return tell(asked.ask(change, asked[WAVES], SCORES), asked.view.score, asked[WAVES][0])


def _beside(found: Released, asked: Asked) -> str:
    """What `_finding` does not tell: the two stand on one page."""
    tell = told if asked[COUNTED] == "seen" else overall
    return tell(found, asked.view.score, asked[WAVES][0])


def _of_groups(asked: Asked) -> Released:
    found: Released = asked.ask(change, asked[WAVES], (asked.view.score,), asked[PEOPLE])
    return found


def _at_the_end(found: Released, asked: Asked) -> Released:
    return found.only("wave", asked[WAVES][-1])


def _by(asked: Asked) -> str:
    return COLUMN_LABELS[asked[PEOPLE].by].lower()


MEANS = About(
    "The mean score at each wave chosen, of the people counted in the way chosen: everyone seen, the same people, or "
    "everyone of the first wave, weighted for loss.",
    "Weighted means with 95% and 66% t-intervals. “The same people” have the score at every wave chosen. “Weighted” "
    "gives people who were hard to find again more weight, from what was known of them before; the band goes down to "
    f"where the line would be if those lost scored {LOWER} lower than people like them. Only ways that follow people "
    "are joined by a line.",
    "How people fared who were not reached. Where everyone seen rises and the same people do not, the rise may only "
    "mean that other people were reached.",
)

THREE_WAYS = Figure(
    key="path-three-ways",
    name="Mean by wave, three ways",
    summary=three_lines,
    asks=lambda asked: (asked[WAVES], (asked.view.score,)),
    chart=group_waves,
    drawn=lambda asked: (asked.view.score, JOINED),
    headline=lambda _, asked: _finding(asked),
    title=lambda asked: (
        f"Mean {score_label(asked.view)} by wave: everyone seen, the same people, and everyone weighted for loss"
    ),
    about=MEANS,
    when=lambda asked: not _side_by_side(asked) and asked[COUNTED] == ALL,
    captions=lambda found, asked: (three_ways(found, asked[WAVES]),),
)

ONE_WAY = Figure(
    key="path",
    name="Mean by wave",
    summary=by_wave,
    asks=lambda asked: (asked[WAVES], asked[COUNTED]),
    chart=waves_chart,
    drawn=lambda asked: (asked[COUNTED] in JOINED,),
    headline=lambda _, asked: _finding(asked),
    title=lambda asked: f"Mean score by wave: {PANELS_AT_LENGTH[asked[COUNTED]].lower()}",
    about=MEANS,
    when=lambda asked: not _side_by_side(asked) and asked[COUNTED] != ALL,
)

GROUPS = Figure(
    key="path-of-groups",
    name="Mean by wave",
    summary=by_wave,
    asks=lambda asked: (asked[WAVES], asked[COUNTED], (asked.view.score,)),
    named=lambda asked: {"grouping": asked[PEOPLE]},
    chart=group_waves,
    drawn=lambda asked: (asked.view.score, asked[PEOPLE].groups if asked[COUNTED] in JOINED else ()),
    headline=lambda _, asked: change_of_groups(_of_groups(asked), asked[WAVES][0]),
    title=lambda asked: (
        f"Mean {score_label(asked.view)} by wave and {_by(asked)}: {PANELS_AT_LENGTH[asked[COUNTED]].lower()}"
    ),
    about=MEANS,
    when=_side_by_side,
)

CHANGE = About(
    "How much the scores of the same people changed since the first wave chosen: everyone who has the score at every "
    "wave chosen, compared with themselves.",
    "Mean of each person’s own change (paired), by the weight of the later interview, with t-intervals; 95% intervals "
    "hold for all changes shown at once. A person stays in the group of the first interview.",
    "Why they changed, and how people fared who were not reached again.",
)

CHANGED = Figure(
    key="change-of-the-same-people",
    name="Change of the same people",
    summary=change,
    asks=lambda asked: (asked[WAVES], SCORES),
    chart=differences,
    headline=_beside,
    title=lambda asked: f"Mean change of the same people's scores since wave {asked[WAVES][0]}",
    about=CHANGE,
    when=lambda asked: not _side_by_side(asked),
)

GROUPS_CHANGED = Figure(
    key="change-of-groups",
    name="Change of the same people",
    summary=change,
    asks=lambda asked: (asked[WAVES], (asked.view.score,), asked[PEOPLE]),
    part=lambda found, asked: replace(_at_the_end(found, asked), keys=(asked[PEOPLE].by, "score")),
    chart=differences,
    headline=lambda _, asked: change_at_the_end(_at_the_end(_of_groups(asked), asked), asked[WAVES]),
    title=lambda asked: (
        f"Mean change of the same people's {score_label(asked.view)}, "
        f"{label('wave', asked[WAVES][0])} to wave {asked[WAVES][-1]}"
    ),
    about=CHANGE,
    when=_side_by_side,
)

WEIGHTS = Figure(
    key="weights-for-loss",
    name="Weights for loss",
    summary=weights_shown,
    asks=lambda asked: (asked[WAVES], (asked.view.score,)),
    chart=follow_up,
    headline=lambda found, _: rests_on(found),
    title=lambda _: (
        "Weights of the people whom the line counts: the median, and from the 10th to the 90th person in 100"
    ),
    about=About(
        "How much the line weighted for loss leans on few people: the weights of those it counts at each wave, and "
        "the number of equally weighted people that is worth.",
        "A weight of 1 is that of everyone if all were equally easy to find; design weights are apart. The table says "
        "what share of weights was cut because they were very large.",
        "Whether the weights are right: they know what was recorded before a person was lost, not what happened since.",
    ),
    when=lambda asked: asked[COUNTED] in (ALL, "weighted"),
)

SECTION = Section(
    key="path",
    title="The path",
    rows=((THREE_WAYS, ONE_WAY, GROUPS), (CHANGED, GROUPS_CHANGED), WEIGHTS),
    controls=(WAVES, PEOPLE, COUNTED),
    unless=no_path,
)

OF_EVERYONE = replace(
    CHANGED,
    key="change-of-everyone",
    asks=lambda asked: (asked.frame.choices.waves, (asked.view.score,)),
    headline=lambda found, asked: told(found, asked.view.score, asked.frame.choices.waves[0]),
    title=lambda asked: f"Mean change of the same people's scores since wave {asked.frame.choices.waves[0]}",
    when=lambda _: True,
    unless=no_path,
)
"""The score in focus over all waves, for pages that do not ask which."""
