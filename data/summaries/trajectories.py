"""Trajectories: mean scores by wave, and how the same people changed."""

from collections.abc import Sequence
from typing import Final, Literal

import ibis.expr.types as ir
import pandas as pd

from data.engine import Source, run
from data.estimate import DIFFERENCE, INTERVALS, means
from data.release import FLOOR, Released, release
from data.summaries.people import by_score, complete, latest, sums
from data.view import View, select, sentence
from data.vocabulary import SCORES, Mark

Panel = Literal["same", "seen"]

PANELS: Final[dict[Panel, str]] = {"same": "The same people in all waves", "seen": "Everyone seen in a wave"}

SAME: Final = (
    "The same people in every wave: nobody enters or leaves the line, but people who could not be found again, "
    "often with lower scores, are not in it."
)
SEEN: Final = (
    "Everyone interviewed in a wave: a change may only mean that others were found, so the points are not joined as "
    "one group's path."
)


def refusal(source: Source, view: View) -> str:
    """Why no path can be drawn for `view`, or "" if one can.

    A cross-section of people at different times since return is not a trajectory.
    """
    table = _interviews(source, view)
    first = table.wave.min().over(group_by=table.person)
    later = table.mutate(again=table.wave > first)
    again = run(later.aggregate(waves=later.wave.nunique(), people=later.person.nunique(where=later.again))).iloc[0]
    if again["waves"] < 2:
        return "There are no two waves of these interviews, so no path to draw; a path needs people interviewed again."
    if again["people"] < FLOOR:
        return "Hardly anyone here was interviewed twice; different people at different times are not a path."
    return ""


def by_wave(
    source: Source, view: View, waves: Sequence[int], panel: Panel = "same", scores: Sequence[str] = SCORES
) -> Released:
    """Weighted mean of each score at each of `waves`, with 95% and 66% t-intervals; n is people.

    With `panel` "same" only people interviewed, with the score, in all of `waves` are counted. `months` is the mean
    time since return at the wave.
    """
    table = _interviews(source, view, waves)
    if panel == "same":
        table = _same_people(table, waves, scores)
    scored = by_score(table, ["wave", "months"], scores)
    times = {"months": scored.months.mean(), "timed": scored.months.count()}
    raw = complete(sums(scored, ["wave"], times), {"wave": waves, "score": scores})
    everyone = raw["n"].max() if panel == "same" else run(table.aggregate(n=table.person.nunique()))["n"].iloc[0]
    return release(
        raw.join(means(raw)),
        name=f"scores-by-wave-{panel}",
        keys=["wave", "score"],
        values=["mean", *INTERVALS, "months"],
        within=["score"],
        # Where the time is known of a few people only, their mean would tell it.
        reasons={
            "months": pd.Series(Mark.SHOWN, raw.index).mask(raw["timed"].between(1, FLOOR - 1), Mark.CONFIDENTIAL)
        },
        people=int(everyone),
        context=source.context(sentence(view)),
        notes=(SAME if panel == "same" else SEEN,),
    )


def change(source: Source, view: View, waves: Sequence[int], scores: Sequence[str] = SCORES) -> Released:
    """Mean change of each score from the first of `waves` to each later one, within the same people (paired).

    Only people interviewed, with the score, in all of `waves` are counted; the weight is that of the later interview.
    Intervals are t-intervals of the paired differences, 95% and 66%.
    """
    table = _same_people(_interviews(source, view, waves), waves, scores)
    start = {score: table[score].max(where=table.wave == waves[0]).over(group_by=table.person) for score in scores}
    moved = table.mutate(**{score: table[score] - start[score] for score in scores})
    changed = by_score(moved.filter(moved.wave != waves[0]), ["wave"], scores)
    raw = complete(sums(changed, ["wave"]), {"wave": waves[1:], "score": scores})
    names = dict(zip(("mean", *INTERVALS), DIFFERENCE, strict=True))
    estimates = raw.join(means(raw)).rename(columns=names)
    return release(
        estimates,
        name="change-since-first-wave",
        keys=["wave", "score"],
        values=DIFFERENCE,
        within=["score"],
        people=int(raw.groupby("score")["n"].max().max()) if len(raw) else 0,
        context=source.context(sentence(view)),
        notes=(SAME,),
    )


def _interviews(source: Source, view: View, waves: Sequence[int] | None = None) -> ir.Table:
    """One interview per person and wave."""
    table = select(source.table, view)
    table = table.filter(table.wave.notnull() if waves is None else table.wave.isin([*waves]))
    return latest(table, by=["wave"])


def _same_people(table: ir.Table, waves: Sequence[int], scores: Sequence[str]) -> ir.Table:
    """The same interviews, but a score counts only for people who have it in all of `waves`."""
    whole = {score: table[score].count().over(group_by=table.person) == len(waves) for score in scores}
    return table.mutate(**{score: whole[score].ifelse(table[score], None) for score in scores})
