"""Distributions: how many people score where, by group, and the share at or above the reader's line."""

from collections.abc import Sequence
from typing import Final

import ibis.expr.types as ir
import pandas as pd

from data.engine import Source, run
from data.estimate import INTERVALS, SHARE, means, wilson
from data.release import QUANTILES, Released, release, rounded
from data.summaries.people import complete, grouped, sums
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
    scored = grouped(source, view, by, groups, scores)
    # Scores are rounded before they are cut, so that .3 stored as .29999999999999999 falls where its reader expects it.
    place = (scored.value.round(9) * BINS).floor().clip(0, BINS - 1).cast("int64")
    counted = run(scored.group_by(by, "score", place=place).aggregate(n=scored.count(), w=scored.weight.sum()))
    lowers = [round(place / BINS, 1) for place in range(BINS)]
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
    scored = grouped(source, view, by, groups, scores)
    grid = {by: groups, "score": scores}
    over = scored.value.round(9) >= round(view.line, 9)  # as in `binned`: a score on the line reaches it
    also = {"above": over.sum(), "w_above": scored.weight.sum(where=over).fill_null(0.0)}
    raw = complete(sums(scored, [by], also), grid)
    raw = raw.join(means(raw)).merge(_quartiles(scored, by), how="left", on=[*grid])
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


def _quartiles(scored: ir.Table, by: str) -> pd.DataFrame:
    group = [by, "score"]
    below = scored.weight.cumsum(group_by=group, order_by=scored.value)
    ranked = scored.mutate(level=below / scored.weight.sum().over(group_by=group))
    # A hair of tolerance: the running sum of weights may miss the exact quarter by rounding.
    wanted = {name: ranked.value.min(where=ranked.level >= q - 1e-12) for name, q in QUANTILES.items()}
    return run(ranked.aggregate(wanted, by=group))
