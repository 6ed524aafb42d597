"""Trajectories: mean scores by wave, and how the same people changed."""

from collections.abc import Sequence
from typing import Final, Literal

import ibis
import ibis.expr.types as ir

from data.engine import Source, run
from data.estimate import DIFFERENCE, INTERVALS, means
from data.release import FLOOR, Released, release
from data.summaries.people import complete, latest, sums
from data.view import View, select, sentence
from data.vocabulary import SCORES

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
        return (
            "These interviews come from one wave, so there is no path to draw; a path needs people interviewed again."
        )
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
        table = _complete_panel(table, waves, scores)
    raw = complete(sums(table, ["wave"], scores), {"wave": waves, "score": scores})
    months = run(table.group_by("wave").aggregate(months=table.months.mean()))
    raw = raw.join(means(raw)).merge(months, how="left", on="wave")
    everyone = int(run(table.aggregate(n=table.person.nunique()))["n"].iloc[0])
    return release(
        raw,
        name=f"scores-by-wave-{panel}",
        keys=["wave", "score"],
        values=["mean", *INTERVALS, "months"],
        within=["score"],
        people=everyone,
        context=source.context(sentence(view)),
        notes=(SAME if panel == "same" else SEEN,),
    )


def change(source: Source, view: View, waves: Sequence[int], scores: Sequence[str] = SCORES) -> Released:
    """Mean change of each score from the first of `waves` to each later one, within the same people (paired).

    Only people interviewed, with the score, in all of `waves` are counted; the weight is that of the later interview.
    Intervals are t-intervals of the paired differences, 95% and 66%.
    """
    table = _complete_panel(_interviews(source, view, waves), waves, scores)
    first = table.filter(table.wave == waves[0])
    before = first.select("person", **{f"{score}_before": first[score] for score in scores})
    joined = table.filter(table.wave != waves[0]).join(before, "person")
    paired = joined.mutate(**{score: joined[score] - joined[f"{score}_before"] for score in scores})
    raw = complete(sums(paired, ["wave"], scores), {"wave": waves[1:], "score": scores})
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


def _complete_panel(table: ir.Table, waves: Sequence[int], scores: Sequence[str]) -> ir.Table:
    """People interviewed in all of `waves`; a score counts only for those who have it in all of them."""
    waves_of = table.mutate(_seen=ibis._.count().over(group_by="person"))
    panel = waves_of.filter(waves_of["_seen"] == len(waves)).drop("_seen")
    whole = {score: panel[score].count().over(group_by=panel.person) == len(waves) for score in scores}
    return panel.mutate(
        **{score: ibis.ifelse(known, panel[score], ibis.null("float64")) for score, known in whole.items()}
    )
