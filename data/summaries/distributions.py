"""Distributions: how many people score where, by group, and the share at or above the reader's line."""

from collections.abc import Sequence
from typing import Final

import ibis
import ibis.expr.types as ir
import pandas as pd

from data.engine import Source, run
from data.estimate import INTERVALS, SHARE, means, wilson
from data.release import QUANTILES, Released, release, rounded
from data.summaries.people import complete, in_view, sums
from data.view import View, sentence

BINS: Final = 10
"""Bins of width .1 over 0…1, the same for every group, so that shapes can be compared."""

LINE_NOTE: Final = (
    "The reference line is the reader's own choice; no published source gives a threshold for sustainable "
    "reintegration."
)


def binned(source: Source, view: View, by: str, groups: Sequence[str], scores: Sequence[str]) -> Released:
    """Number and weighted share of people per bin of each score, for each of `groups` (values of column `by`).

    `bin` is the bin's lower end: a bin holds scores from there up to, not including, the next; the last bin holds 1.0
    too. Shares add up to 1 within group and score; `total` is the number of people of the group, rounded to 5.
    """
    people = in_view(source, view).filter(ibis._[by].isin([*groups]))
    lowers = [round(place / BINS, 1) for place in range(BINS)]
    counted = pd.concat([run(_bins(people, by, score)) for score in scores], ignore_index=True)
    counted["bin"] = counted["place"].map(dict(enumerate(lowers)))
    raw = complete(counted, {by: groups, "score": scores, "bin": lowers}).fillna({"w": 0.0})
    total = raw.groupby([by, "score"])[["n", "w"]].transform("sum")
    raw["share"] = raw["w"] / total["w"].where(total["w"] > 0)
    raw["total"] = rounded(total["n"])
    return release(
        raw,
        name=f"distribution-by-{by.replace('_', '-')}",
        keys=[by, "score", "bin"],
        values=["share", "total"],
        within=[by, "score"],
        people=int(raw.groupby("score")["n"].sum().max()),
        context=source.context(sentence(view)),
    )


def spread(source: Source, view: View, by: str, groups: Sequence[str], scores: Sequence[str]) -> Released:
    """Mean, sd, quartiles and the share at or above the view's line, per group and score.

    Quartiles are weighted (the smallest score with at least that share of weight at or below it); shares have
    95% and 66% Wilson intervals on Kish's effective number of people.
    """
    people = in_view(source, view).filter(ibis._[by].isin([*groups]))
    grid = {by: groups, "score": scores}
    raw = complete(sums(people, [by], scores, view.line), grid)
    raw = raw.join(means(raw)).merge(_quartiles(people, by, scores), how="left", on=[*grid])
    raw["share"] = raw["w_above"] / raw["w"].where(raw["w"] > 0)
    ends = wilson(raw["share"], raw["n_effective"])
    return release(
        raw.join(ends),
        name=f"spread-by-{by.replace('_', '-')}",
        keys=[by, "score"],
        values=["mean", *INTERVALS, "sd", *QUANTILES, *SHARE],
        within=["score"],
        shares={"above": SHARE},
        people=int(raw.groupby("score")["n"].sum().max()),
        context=source.context(sentence(view)),
        notes=(LINE_NOTE,),
    )


def _bins(people: ir.Table, by: str, score: str) -> ir.Table:
    known = people.filter(people[score].notnull())
    # Scores are rounded before they are cut, so that .3 stored as .29999999999999999 falls where its reader expects it.
    place = (known[score].round(9) * BINS).floor().clip(0, BINS - 1).cast("int64")
    return (
        known.group_by(known[by], place=place)
        .aggregate(n=known.count(), w=known.weight.sum())
        .mutate(score=ibis.literal(str(score)))
    )


def _quartiles(people: ir.Table, by: str, scores: Sequence[str]) -> pd.DataFrame:
    parts = []
    for score in scores:
        known = people.filter(people[score].notnull())
        below = known.weight.sum().over(group_by=known[by], order_by=known[score])
        ranked = known.mutate(level=below / known.weight.sum().over(group_by=known[by]))
        # A hair of tolerance: the running sum of weights may miss the exact quarter by rounding.
        wanted = {name: ranked[score].min(where=ranked.level >= q - 1e-12) for name, q in QUANTILES.items()}
        parts.append(run(ranked.group_by(by).aggregate(**wanted)).assign(score=str(score)))
    return pd.concat(parts, ignore_index=True)
