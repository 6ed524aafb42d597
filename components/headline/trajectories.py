"""Headlines of paths over time."""

from collections.abc import Sequence

from components.headline.shared import (
    TOO_FEW,
    clear,
    leader,
    of_groups,
    short_enough,
    signed,
    size,
    span,
    sure_of,
    than,
)
from data.disclosure import Released
from data.estimate import shows_difference
from data.follow_up import LOWER
from data.labels import label
from data.summaries.paths import CLEAR, lowest
from data.summaries.transitions import LEFT_LOW, MOVES
from data.vocabulary import SCORE_LABELS, Score


def change(released: Released, score: Score, first: int) -> str:
    """How the same people's score changed from the first wave to the last."""
    rows = released.rows[(released.rows["score"] == score) & released.rows["difference"].notna()]
    if rows.empty:
        return TOO_FEW
    last = rows.iloc[-1]
    when = f"between waves {first} and {last['wave']}"
    if not shows_difference(last["difference_low95"], last["difference_high95"]):
        return f"No change in the same people's {score} score is shown {when}"
    verb = "rose" if last["difference"] > 0 else "fell"
    return f"The same people's {score} score {verb} by {size(last['difference'])} {when}"


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
        "the rise may be that others were found. Weighting cures loss by what was known before it, not loss by what "
        f"happened since: the band goes down to where the line would be if those lost scored {LOWER} lower than people "
        "like them."
    )


def change_of_groups(released: Released, waves: Sequence[int]) -> str:
    """In how many groups the same people's score rose or fell clearly."""
    rows = released.rows.dropna(subset=["difference"])
    if rows.empty:
        return TOO_FEW
    found, when = clear(rows), f"between waves {waves[0]} and {waves[-1]}"
    if found.empty:
        return f"In no group is a change in the same people shown (waves {waves[0]} to {waves[-1]})"
    rose, fell = (found["difference"] > 0).sum(), (found["difference"] < 0).sum()
    told = " and ".join(f"{word} in {count}" for word, count in (("rose", rose), ("fell", fell)) if count)
    return f"The same people's score {told} of {len(rows)} groups {when}"


def rests_on(released: Released) -> str:
    """How many people the weighted line counts at the last wave, and how many that is worth."""
    rows = released.rows.dropna(subset=["n_effective"])
    if rows.empty:
        return "How many people the line rests on may not be shown"
    people, effective, wave = rows.iloc[-1][["people", "n_effective", "wave"]]
    return f"The line at wave {wave} rests on {people:,} people; the effective number is {effective:,.0f}"


def retained(released: Released, last: int) -> str:
    """The share of people interviewed again at the last wave, or its span over the groups."""
    rows = released.only("wave", last).only("state", "interviewed").rows.dropna(subset=["share"])
    if rows.empty:
        return TOO_FEW
    told = of_groups(released, rows)
    if told is None:
        return f"No group is shown to be interviewed again more often than another (wave {last})"
    if len(rows) == 1:
        return f"{told} of the first wave's people were interviewed at wave {last}"
    return short_enough(
        f"Interviewed again at wave {last}: {told}", f"Interviewed again at wave {last}: {span(rows['share'])}"
    )


def kept_and_lost(released: Released, score: Score) -> str:
    """Whether the people who were kept stood otherwise at first than those who were lost."""
    what = f"{SCORE_LABELS[score].lower()} score"
    rows = released.only("score", score).only("state", "interviewed").rows.dropna(subset=["difference"])
    if rows.empty:
        return "Too few people were lost, or kept, to compare them"
    if clear(rows).empty:
        return f"Those kept and those lost are not shown to differ at first ({what})"
    return f"Those kept stood {than(rows['difference'].iloc[0])} at first than those lost ({what})"


def why_lost(released: Released) -> str:
    """The reason most often recorded for not being interviewed again."""
    rows = released.rows[released.rows["loss_reason"] != "not_recorded"].dropna(subset=["share"])
    if rows.empty:
        return "Why people were lost is not recorded, or may not be shown"
    top = leader(rows, "share")
    if top is None:
        return "No one reason for loss is shown to be recorded most often"
    return short_enough(
        f"Most often recorded for loss: {label('loss_reason', top['loss_reason']).lower()}, {sure_of(top)}",
        f"The reason most often recorded accounts for {sure_of(top)} of losses",
    )


def left_again(released: Released) -> str:
    """How many of the people who left again did so by necessity."""
    rows = released.only("leaving", "necessity").rows.dropna(subset=["share"])
    if rows.empty:
        return "Too few people left again to say how"
    told = of_groups(released, rows)
    if told is None:
        return "Left again by necessity: no difference between groups is shown"
    if len(rows) == 1:
        return f"Of those who left again, {told} did so by necessity"
    return short_enough(f"Left again by necessity: {told}", f"Left again by necessity: {span(rows['share'])}")


def moved_most(released: Released) -> str:
    """What got clearly better or worse, of one group by name; else how many changes are clear.

    Points are always "more is better": so an element is said to get better or worse, never to rise or fall, for signs
    of distress that fall in points have grown.
    """
    by, part = released.keys
    rows = released.rows.dropna(subset=["difference"])
    if rows.empty:
        return TOO_FEW
    found = clear(rows)
    if found.empty:
        return "No change is shown in any of them within the same people"
    if rows[by].nunique() > 1:
        return f"{len(found)} of {len(rows)} changes within the same people are clear"
    ranked = found.reindex(found["difference"].abs().sort_values(ascending=False, kind="stable").index)
    top = ranked.iloc[0]
    verb, more = "better" if top["difference"] > 0 else "worse", len(found) - 1
    others = f"; {more} more changed" if more else ""
    amount = f"got {verb} by {size(top['difference'])} points"
    return short_enough(f"{label(part, top[part])} {amount}{others}", f"One {part} {amount}{others}")


def followed(released: Released) -> str:
    """The share of children who were followed for 24 months."""
    rows = released.rows.dropna(subset=["share"])
    if rows.empty:
        return "Too few children returned 24 months ago or longer to show this"
    told = of_groups(released, rows)
    if told is None:
        return "No group's children are shown to be followed for 24 months more often"
    if len(rows) == 1:
        return f"{told} of children were followed for 24 months"
    return short_enough(f"Children followed for 24 months: {told}", f"Children followed: {span(rows['share'])}")


def turns(released: Released, score: Score) -> str:
    """Where the mean path turns clearly; of several groups, in how many it does."""
    by = released.keys[0]
    rows = released.only("score", score).rows.dropna(subset=["mean"])
    if rows.empty:
        return TOO_FEW
    found = rows[(rows["turn"] != 0) & (rows["surety"] >= CLEAR)]
    if found.empty:
        return "No clear turning point is shown in the mean path"
    if rows[by].nunique() > 1:
        return f"The mean path turns clearly in {found[by].nunique()} of {rows[by].nunique()} groups"
    falls = [f"wave {wave}" for wave, turn in zip(found["wave"], found["turn"], strict=True) if turn < 0]
    if not falls:
        return f"The mean path peaks clearly at wave {found['wave'].iloc[0]}"
    return f"The mean path has clear low points at {' and '.join(falls)}"


def lowest_point(released: Released, score: Score) -> str:
    """When one group's path is lowest, how sure that is, and which dimension is lowest then."""
    name = label(released.keys[0], released.rows[released.keys[0]].iloc[0])
    found = lowest(released, score)
    if found is None:
        return f"{name}: too few people to say when the path is lowest."
    dimension = (
        f"; of the dimensions, {SCORE_LABELS[found.dimension].lower()} is lowest then" if found.dimension else ""
    )
    return f"{name}: lowest at wave {found.wave}, in {found.surety:.0%} of draws{dimension}."


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
        return "Shapes of people's own paths, by group"
    return f"{span(rises)} of each group shown rise steadily"


def fell_back(released: Released) -> str:
    """The share of people with a setback, or its span over the groups."""
    rows = released.rows.dropna(subset=["share"])
    if rows.empty:
        return TOO_FEW
    told = of_groups(released, rows)
    if told is None:
        return "Setbacks: no difference between groups is shown"
    if len(rows) == 1:
        return f"{told} of people had at least one setback"
    return short_enough(f"At least one setback: {told}", f"At least one setback: {span(rows['share'])} of each group")


def between_levels(released: Released, first: int, last: int) -> str:
    """Where the people who were low at first are later."""
    up = released.fact(LEFT_LOW)
    if up is None:
        return f"From level to level, wave {first} to wave {last}"
    return f"Of people low at wave {first}, {sure_of(up)} were middle or high at wave {last}"


def moved_level(released: Released) -> str:
    """The chance of moving up and down a level, or their spans over the groups."""
    told, apart = [], False
    for move in MOVES:
        rows = released.only("move", move).rows.dropna(subset=["share"])
        if len(rows):
            apart |= of_groups(released, rows, move) is not None
            told.append(f"{sure_of(rows.iloc[0]) if len(rows) == 1 else span(rows['share'])} moved {move}")
    if told and not apart:
        return "No group is shown to move a level more often than another"
    return f"Of those who could, {' and '.join(told)}" if told else TOO_FEW


def smoothed(released: Released) -> str:
    """Where the smooth line begins and ends, as a description."""
    rows = released.rows.dropna(subset=["mean"])
    if rows.empty:
        return "Too few interviews at different months to draw a line"
    first, last = rows["month"].min(), rows["month"].max()
    return f"Smoothed means from month {first} to month {last} since return"


def changed_since_month(released: Released, score: Score, first: int) -> str:
    """How the same people's score changed from the first window of months to the last."""
    rows = released.only("score", score).rows.dropna(subset=["difference"])
    if rows.empty:
        return TOO_FEW
    last = rows.iloc[-1]
    when = f"between months {first} and {last['window']}"
    if clear(rows.iloc[[-1]]).empty:
        return f"No change in the same people's {score} score is shown {when}"
    verb = "rose" if last["difference"] > 0 else "fell"
    return f"The same people's {score} score {verb} by {size(last['difference'])} {when}"
