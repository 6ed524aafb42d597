"""Distributions: how many people score where, by group, and the share at or above the reader's line."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.disclosure import FLOOR, QUANTILES, Released, masked, release, rounded
from data.engine import Source, run
from data.estimate import INTERVALS, SHARE, means, wilson
from data.grouping import Grouping
from data.notes import Said
from data.summaries.facts import apart
from data.summaries.people import behind, complete, grouped
from data.summaries.quantiles import at_levels, confidential, ranked
from data.view import View, sentence
from data.vocabulary import SCORES, Mark

BINS: Final = 10
"""Bins of width .1 over 0…1, the same for every group, so that shapes can be compared."""


def binned(source: Source, view: View, grouping: Grouping, scores: Sequence[str]) -> Released:
    """Number and weighted share of people per bin of each score, for each of the groups.

    `bin` is the bin's lower end: a bin holds scores from there up to, not including, the next; the last bin holds 1.0
    too. Shares add up to 1 within group and score; `total` is the number of people of the group, rounded to 5.
    Few people at one end of the scale are masked with others at the same end, so that `cumulated` can be shown too.
    """
    by = grouping.by
    raw = _bins(source, view, grouping, scores)
    raw["share"] = raw["w"] / raw["whole"].where(raw["whole"] > 0)
    values = ["share", "total"]
    return release(
        raw,
        name=f"distribution-by-{by.replace('_', '-')}",
        keys=[by, "score", "bin"],
        values=values,
        within=[by, "score", "bin"],  # what adds up to what is decided in `_bins`
        reasons=dict.fromkeys(["people", *values], confidential(raw["hidden"])),
        people=behind(source, view, grouping, int(raw.groupby("score")["n"].sum().max())),
        context=source.context(sentence(view)),
        who="scored",
    )


def cumulated(source: Source, view: View, grouping: Grouping, scores: Sequence[str]) -> Released:
    """Empirical cumulative distribution at the ends of the bins of `binned`, for each of the groups.

    `share` is the weighted share of people who score below `upto` (at 1.0: everyone) with 95% and 66% Wilson intervals
    on Kish's effective number; `people` are those below, `total` all of the group, both rounded to 5. What `binned`
    masks does not follow from both: an end is shown only where the masked bins on either side of it, up to the
    next end shown, are empty, or at least two with at least 10 people.
    """
    by = grouping.by
    raw = _bins(source, view, grouping, scores)
    group = raw.groupby([by, "score"], sort=False)
    shown = [edge for _, bins in group for edge in _edges(bins["n"].to_numpy(), bins["hidden"].to_numpy())]
    seen = confidential(~pd.Series(shown, index=raw.index, dtype=bool) | raw["alone"])
    raw["share"] = group["w"].cumsum() / raw["whole"].where(raw["whole"] > 0)
    raw["n"] = group["n"].cumsum()
    ends = wilson(raw["share"], raw["whole"] ** 2 / group["ww"].transform("sum"))
    # That everyone scores up to 1 is no estimate: it has no interval.
    sure = seen.mask((raw["upto"] == 1) & (seen == Mark.SHOWN), Mark.NOT_APPLICABLE)
    return release(
        raw.join(ends),
        name=f"cumulated-by-{by.replace('_', '-')}",
        keys=[by, "score", "upto"],
        values=[*SHARE, "total"],
        within=[by, "score", "upto"],  # counts that are running sums add up to nothing
        reasons={**dict.fromkeys(["people", "share", "total"], seen), **dict.fromkeys(SHARE[1:], sure)},
        people=behind(source, view, grouping, int(raw[raw["upto"] == 1].groupby("score")["n"].sum().max())),
        context=source.context(sentence(view)),
        who="scored",
    )


def spread(source: Source, view: View, grouping: Grouping, scores: Sequence[str]) -> Released:
    """Mean, sd, quartiles and the share at or above the view's line, per group and score.

    Quartiles are weighted (the smallest score with at least that share of weight at or below it); shares have
    95% and 66% Wilson intervals on Kish's effective number of people. Facts tell which two groups are furthest apart on
    each score, unless the groups are waves, which hold the same people.
    """
    by = grouping.by
    table = ranked(grouped(source, view, grouping, scores), by)
    x, w, ww = table.value, table.w, table.ww
    over = x >= round(view.line, 9)  # as in `binned`: a score on the line reaches it
    # The sums of `estimate.SUMS`, of people with one score at a time.
    moments = {"w": w, "ww": ww, "wx": w * x, "wxx": w * x * x, "wwx": ww * x, "wwxx": ww * x * x}
    also = {"above": table.n.sum(where=over).fill_null(0), "w_above": w.sum(where=over).fill_null(0.0)}
    also |= {name: moment.sum() for name, moment in moments.items()}
    raw = complete(at_levels(table, by, QUANTILES, also), {by: grouping.groups, "score": scores})
    raw = raw.drop(columns="n_effective").join(means(raw))
    raw["share"] = raw["w_above"] / raw["w"].where(raw["w"] > 0)
    released = release(
        raw.join(wilson(raw["share"], raw["n_effective"])),
        name=f"spread-by-{by.replace('_', '-')}",
        keys=[by, "score"],
        values=["mean", *INTERVALS, "sd", *QUANTILES, *SHARE],
        within=["score"],
        shares={"above": SHARE},
        people=behind(source, view, grouping, int(raw.groupby("score")["n"].sum().max())),
        context=source.context(sentence(view)),
        notes=(Said.LINE,),
        who="scored",
    )
    if grouping.over_waves:
        return released
    facts = (apart(released, raw[raw["score"] == score], by, score, len(SCORES)) for score in scores)
    return replace(released, facts=tuple(fact for found in facts for fact in found))


def _bins(source: Source, view: View, grouping: Grouping, scores: Sequence[str]) -> pd.DataFrame:
    """Exact sums per bin, and the one decision on what is masked: `hidden` bins, and all of a group that is `alone`.

    Groups are masked as `spread` masks them, for they add up to all people in view.
    """
    by = grouping.by
    scored = grouped(source, view, grouping, scores)
    # Scores are rounded before they are cut, so that .3 stored as .29999999999999999 falls where its reader expects it.
    place = (scored.value.round(9) * BINS).floor().clip(0, BINS - 1).cast("int64")
    w = scored.weight
    wanted = {"n": scored.count(), "w": w.sum(), "ww": (w * w).sum()}
    counted = run(scored.group_by(by, "score", place=place).aggregate(**wanted))
    raw = complete(counted, {by: grouping.groups, "score": scores, "place": range(BINS)}).fillna({"w": 0.0, "ww": 0.0})
    group, place = raw.groupby([by, "score"], sort=False), raw["place"]
    n, first = group["n"].transform("sum"), place == 0
    alone = masked(n[first], raw.loc[first].groupby("score").ngroup()).repeat(BINS).set_axis(raw.index)
    return raw.assign(
        bin=(place / BINS).round(1),
        upto=((place + 1) / BINS).round(1),
        whole=group["w"].transform("sum"),
        total=rounded(n),
        hidden=alone | _hidden(raw["n"], group.ngroup(), place < BINS / 2),
        alone=alone,
    )


def _hidden(n: pd.Series, group: pd.Series, lower: pd.Series) -> pd.Series:
    """Which bins are masked: each half of the scale hides its own few people, or the whole does where a half cannot.

    Then the cumulated share in the middle gives nobody away.
    """
    hidden = masked(n, 2 * group + lower)
    few = n.where(hidden, 0).groupby(group).transform("sum") < FLOOR
    return hidden | (few & masked(n, group))


def _edges(n: NDArray[np.int64], hidden: NDArray[np.bool_]) -> list[bool]:
    """Whether each bin's upper end may be shown, for the bins of one group in order; the last one always."""

    def safe(part: slice) -> bool:
        """Whether the sum of a part's masked bins may be known: it tells of nobody, or of enough in several bins."""
        few = n[part][hidden[part]]
        return bool(few.sum() == 0 or (few.sum() >= FLOOR and len(few) > 1))

    shown, last = [], 0
    for edge in range(1, BINS):
        enough = min(n[:edge].sum(), n[edge:].sum()) >= FLOOR
        shown.append(bool(enough and safe(slice(last, edge)) and safe(slice(edge, BINS))))
        last = edge if shown[-1] else last
    return [*shown, True]
