"""Trajectories: mean scores by wave, and how the same people changed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

import ibis
import ibis.expr.types as ir
import pandas as pd

from data.disclosure import Count, Released, confidential, enough, few, one_after_another, release, shown, told
from data.engine import Source, run
from data.estimate import DIFFERENCE, INTERVALS, means, noise_of_means, together
from data.grouping import Grouping, named
from data.notes import Note, Refused, Said
from data.summaries.follow_up import followed, if_lower
from data.summaries.people import (
    FREE,
    FROM,
    by_score,
    changed_sums,
    complete,
    looked_at,
    most,
    one_a_wave,
    people_in,
    people_of,
    seed,
    sums,
)
from data.view import View, select, sentence
from data.vocabulary import SCORES

Panel = Literal["same", "seen", "weighted"]

PANELS: Final[tuple[Panel, ...]] = ("same", "seen", "weighted")
JOINED: Final[tuple[Panel, ...]] = ("same", "weighted")
"""The panels whose points speak of the same people at each wave, so that a line may join them."""

YEAR: Final = 12
"""Months by which a person may well be off those who are interviewed at the same wave."""

NOTES: Final[dict[Panel, tuple[Said, ...]]] = {
    "same": (Said.SAME_PEOPLE,),
    "seen": (Said.EVERYONE_SEEN,),
    "weighted": (Said.FOLLOWED_WEIGHTED, Said.WHAT_IF, Said.WEIGHTS_HELD, Said.WEIGHTS_MODEL, Said.WEIGHTS_LIMITS),
}


def refusal(source: Source, view: View) -> Note | None:
    """Why no path can be drawn for `view`, or None if one can.

    A cross-section of people at different times since return is not a trajectory.
    """
    table = _interviews(source, view)
    first = table.wave.min().over(group_by=table.person)
    later = table.mutate(again=table.wave > first)
    again = run(later.aggregate(waves=later.wave.nunique(), people=later.person.nunique(where=later.again))).iloc[0]
    if again["waves"] < 2:
        return Note(Refused.ONE_WAVE)
    return None if enough(again["people"]) else Note(Refused.NOT_AGAIN)


def duplicates(source: Source, view: View) -> int | None:
    """How many people in view have several interviews in one wave, rounded; None for fewer than ten, or nobody.

    Which of them counts is said by `Said.ONE_A_WAVE`.
    """
    if source.one_a_wave:
        return None
    table = select(source.scored, view)
    told_waves = table.filter(table.wave.notnull()).group_by("person", "wave")
    times = told_waves.aggregate(times=ibis._.count(), person_key=ibis._.person_key.max())
    several = times.filter(times.times > 1)
    return told(people_of(several))


def by_wave(
    source: Source,
    view: View,
    waves: Sequence[int],
    panel: Panel = "same",
    scores: Sequence[str] = SCORES,
    *,
    grouping: Grouping | None = None,
) -> Released:
    """Weighted mean of each score at each of `waves`, with 95% and 66% t-intervals; n is people.

    With `panel` "same" only people interviewed, with the score, in all of `waves` are counted; with "seen" everyone
    interviewed in a wave; with "weighted" everyone interviewed, with the score, at the first of `waves`: at a wave
    those who have it at all of `waves` so far, weighted for loss (`data.follow_up`), and `if_lower` is the mean if
    those not counted scored `LOWER` lower than people like them. `months` is the mean time since return at the wave.
    With a `grouping` each group has rows of its own; a person is of the group of their first interview in `waves`.
    """
    keys, grid = [*_column(grouping), "wave"], _grid(grouping, waves, scores)
    table = _in_groups(_interviews(source, view, waves), grouping)
    values = ["mean", *INTERVALS, "months"]
    if panel == "weighted":
        raw = complete(followed(source, view, tuple(waves), tuple(scores), grouping.by if grouping else None), grid)
        lower = if_lower(raw, [*keys[:-1], "score"], means(raw)["mean"])
        raw, reasons = raw.join(lower["if_lower"]), {"if_lower": lower["flag"]}
        values.append("if_lower")
    else:
        kept = _same_people(table, waves, scores) if panel == "same" else table
        scored = by_score(kept, [*keys, "months"], scores)
        raw = complete(sums(scored, keys, {"since": scored.months.sum(), "timed": scored.months.count()}), grid)
        reasons = {}
    reasons["months"] = confidential(few(raw["timed"]))  # the mean of few people's months would tell them
    # The first wave has everyone of the other panels; people seen are counted over all waves.
    people = _seen(table, grouping) if panel == "seen" else _most(raw)
    return release(
        raw.assign(months=_months(raw)).join(means(raw)),
        name=f"scores-by-wave-{panel}{named(grouping)}",
        keys=[*keys, "score"],
        values=values,
        margins=[["wave", "score"] if grouping else ["score"]],
        reasons=reasons,
        people=people,
        context=source.context(sentence(view)),
        notes=(*NOTES[panel], *[Said.GROUP_AT_FIRST] * bool(grouping)),
        who={"same": "same", "seen": "seen", "weighted": "baseline_scored"}[panel],
    )


def _months(raw: pd.DataFrame) -> pd.Series:
    """The mean months since return of the people of each row, with noise that hides one who is a year off."""
    noise = noise_of_means(raw.assign(score="months", scale=YEAR))
    return (raw["since"] / raw["timed"].where(raw["timed"] > 0) + noise).clip(lower=0)


def three_lines(source: Source, view: View, waves: Sequence[int], scores: Sequence[str] = SCORES) -> Released:
    """The means of `by_wave` counted in all three ways (key `panel`, codes of `PANELS`), to read side by side.

    Where everyone seen rises and the same people do not, or the weighted line does not, the rise may only mean that
    other people were found. `if_lower` is of the weighted line alone.
    """
    parts = {panel: by_wave(source, view, waves, panel, scores) for panel in PANELS}
    last = parts["weighted"]
    return replace(
        one_after_another(parts, "panel", like=last),
        name="scores-by-wave-three-ways",
        people=parts["seen"].people,
        who=parts["seen"].who,
        notes=tuple(Note(Said.PANEL, panel=panel, codes=NOTES[panel]) for panel in PANELS),
    )


def change(
    source: Source,
    view: View,
    waves: Sequence[int],
    scores: Sequence[str] = SCORES,
    grouping: Grouping | None = None,
) -> Released:
    """Mean change of each score from the first of `waves` to each later one, within the same people (paired).

    Only people interviewed, with the score, in all of `waves` are counted; the weight is that of the later interview.
    Intervals are t-intervals of the paired differences, 66% by itself and 95% for all changes shown at once. With a
    `grouping` each group has rows of its own; a person is of the group of their first interview in `waves`.
    """
    keys = [*_column(grouping), "wave"]
    table = _same_people(_in_groups(_interviews(source, view, waves), grouping), waves, scores)
    first = table.wave == waves[0]
    start = {score: table[score].max(where=first).over(group_by=table.person) for score in scores}
    begun = {FROM: table.interview_key.max(where=first).over(group_by=table.person)}
    moved = table.mutate(**{score: table[score] - start[score] for score in scores}, **begun)
    changed = by_score(moved.filter(moved.wave != waves[0]), [*keys, FROM], scores)
    raw = complete(changed_sums(changed, keys), _grid(grouping, waves[1:], scores))
    names = dict(zip(("mean", *INTERVALS), DIFFERENCE, strict=True))
    margins = [["wave", "score"] if grouping else ["score"]]
    family = looked_at(shown(raw, margins), raw["score"])
    return release(
        together(raw.join(means(raw)).rename(columns=names), family, prefix="difference_"),
        name=f"change-since-first-wave{named(grouping)}",
        keys=[*keys, "score"],
        values=DIFFERENCE,
        margins=margins,
        people=_most(raw),
        context=source.context(sentence(view)),
        notes=(Said.SAME_PEOPLE, Said.TOGETHER, *[Said.GROUP_AT_FIRST] * bool(grouping)),
        who="same",
    )


def _interviews(source: Source, view: View, waves: Sequence[int] | None = None) -> ir.Table:
    """One interview per person and wave."""
    table = select(source.scored, view)
    table = table.filter(table.wave.notnull() if waves is None else table.wave.isin([*waves]))
    return one_a_wave(source, table)


def _in_groups(table: ir.Table, grouping: Grouping | None) -> ir.Table:
    """The interviews of people whose first one is in one of the groups, all of them said to be of that group."""
    if not grouping:
        return table
    by = grouping.by
    first = table[by].first(include_null=True).over(group_by=table.person, order_by=table.wave)
    table = table.mutate(**{by: first})
    return table.filter(table[by].isin([*grouping.groups]))


def _same_people(table: ir.Table, waves: Sequence[int], scores: Sequence[str]) -> ir.Table:
    """The same interviews, but a score counts only for people who have it in all of `waves`."""
    whole = {score: table[score].count().over(group_by=table.person) == len(waves) for score in scores}
    return table.mutate(**{score: whole[score].ifelse(table[score], None) for score in scores})


def _grid(grouping: Grouping | None, waves: Sequence[int], scores: Sequence[str]) -> dict[str, Sequence[object]]:
    return {**({grouping.by: grouping.groups} if grouping else {}), "wave": waves, "score": scores}


def _seen(table: ir.Table, grouping: Grouping | None) -> Count:
    """How many people are seen at all, all groups together."""
    by = {grouping.by: table[grouping.by]} if grouping else {"_all": ibis.literal("")}
    people = table.group_by("person", **by).aggregate(person_key=table.person_key.max())
    seen = people.group_by([*by]).aggregate(n=people.count(), people_seed=seed(people.person_key))
    return people_in(run(seen), next(iter(by)))


def _most(raw: pd.DataFrame) -> Count:
    """The most people of any wave and score, all groups together."""
    by = next((column for column in FREE if column in raw), "")
    if by:
        return people_in(raw, by, "wave", "score")
    return most(raw, ["wave", "score"])


def _column(grouping: Grouping | None) -> list[str]:
    return [grouping.by] if grouping else []
