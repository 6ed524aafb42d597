"""Distributions: how many people score where, by group, and the share at or above the reader's line."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from data.disclosure import QUANTILES, SEEDS, Released, not_applicable, release
from data.engine import Source, run
from data.estimate import INTERVALS, SHARE, means, share_of, shares, up_to, wilson
from data.grouping import Grouping
from data.notes import Said
from data.summaries.facts import apart
from data.summaries.people import complete, grouped, people_behind, people_in, seed, totals, weights
from data.summaries.quantiles import at_levels, ranked
from data.view import View, sentence
from data.vocabulary import SCORES

BINS: Final = 10
"""Bins of width .1 over 0…1, the same for every group, so that shapes can be compared."""


def binned(source: Source, view: View, grouping: Grouping, scores: Sequence[str]) -> Released:
    """Number and weighted share of people per bin of each score, for each of the groups.

    `bin` is the bin's lower end: a bin holds scores from there up to, not including, the next; the last bin holds 1.0
    too. Shares add up to 1 within group and score; `total` is the number of people of the group, rounded to 5.
    Few people at one end of the scale are hidden with others at the same end, so that `cumulated` can be shown too.
    """
    by = grouping.by
    raw = _bins(source, view, grouping, scores)
    raw["share"] = shares(raw, [by, "score"])["share"]
    values = ["share", "total"]
    return release(
        raw,
        name=f"distribution-by-{by.replace('_', '-')}",
        keys=[by, "score", "bin"],
        values=values,
        margins=[["score"]],
        running="bin",
        people=people_behind(source, view, grouping, people_in(raw, by, "score")),
        context=source.context(sentence(view)),
        who="scored",
    )


def cumulated(source: Source, view: View, grouping: Grouping, scores: Sequence[str]) -> Released:
    """Empirical cumulative distribution at the ends of the bins of `binned`, for each of the groups.

    `share` is the weighted share of people who score below `upto` (at 1.0: everyone) with 95% and 66% Wilson intervals
    on Kish's effective number; `people` are those below, `total` all of the group, both rounded to 5. What `binned`
    hides does not follow from both: an end is shown only where the hidden bins on either side of it, up to the
    next end shown, are empty, or at least two with at least 10 people.
    """
    by = grouping.by
    raw = _bins(source, view, grouping, scores)
    below = up_to(raw, [by, "score"])
    below["share"] = below["share"].groupby([raw[by], raw["score"]], sort=False).cummax()  # noise must not turn it down
    ends = wilson(below["share"], below["n_effective"])
    # That everyone scores up to 1 is no estimate: it has no interval.
    sure = not_applicable(raw["upto"] == 1)
    return release(
        raw.assign(share=below["share"]).join(ends),
        name=f"cumulated-by-{by.replace('_', '-')}",
        keys=[by, "score", "upto"],
        values=[*SHARE, "total"],
        margins=[["score"]],
        upto="upto",
        reasons=dict.fromkeys(SHARE[1:], sure),
        people=people_behind(source, view, grouping, people_in(raw, by, "score")),
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
    moments = {"wx": w * x, "wxx": w * x * x, "wwx": ww * x, "wwxx": ww * x * x}
    also = {"above": table.n.sum(where=over).fill_null(0), "w_above": w.sum(where=over).fill_null(0.0)}
    also |= {"ww_above": ww.sum(where=over), "heaviest_above": table.heaviest.max(where=over)}
    also |= {"heaviest_not_above": table.heaviest.max(where=~over)}
    also |= {f"{name}_above": seed(table[name], over) for name in SEEDS}
    also |= {name: moment.sum() for name, moment in moments.items()}
    raw = complete(at_levels(table, by, QUANTILES, also), {by: grouping.groups, "score": scores})
    raw = raw.drop(columns="n_effective").join(means(raw))
    above = share_of(raw, "above")
    raw = raw.drop(columns="n_effective").join(above)
    released = release(
        raw,
        name=f"spread-by-{by.replace('_', '-')}",
        keys=[by, "score"],
        values=["mean", *INTERVALS, "sd", *QUANTILES, *SHARE],
        margins=[["score"]],
        shares={"above": SHARE},
        people=people_behind(source, view, grouping, people_in(raw, by, "score")),
        context=source.context(sentence(view)),
        notes=(Said.LINE,),
        who="scored",
    )
    if grouping.over_waves:
        return released
    facts = (apart(released, raw[raw["score"] == score], by, score, len(SCORES)) for score in scores)
    return replace(released, facts=tuple(fact for found in facts for fact in found))


def _bins(source: Source, view: View, grouping: Grouping, scores: Sequence[str]) -> pd.DataFrame:
    """Exact sums per bin, in order."""
    by = grouping.by
    scored = grouped(source, view, grouping, scores)
    # Scores are rounded before they are cut, so that .3 stored as .29999999999999999 falls where its reader expects it.
    place = (scored.value.round(9) * BINS).floor().clip(0, BINS - 1).cast("int64")
    counted = run(scored.group_by(by, "score", place=place).aggregate(n=scored.count(), **weights(scored)))
    raw = complete(counted, {by: grouping.groups, "score": scores, "place": range(BINS)}).fillna({"w": 0.0, "ww": 0.0})
    place = raw["place"]
    return raw.assign(
        bin=(place / BINS).round(1),
        upto=((place + 1) / BINS).round(1),
        total=totals(raw, [by, "score"]),
    )
