"""Quantiles of scores: what the person at a given place in the order of scores has, and how groups differ there."""

from collections.abc import Mapping, Sequence
from typing import Final

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
from scipy import stats

from data.disclosure import (
    SEEDS,
    WEIGHED,
    Released,
    against,
    confidential,
    extreme,
    may_be_told,
    noise_amplitude,
    noise_of_places,
    release,
)
from data.engine import Source, run
from data.estimate import DIFFERENCE, differences, together
from data.grouping import Grouping
from data.notes import Said
from data.summaries.people import complete, grouped, looked_at, people_behind, people_in, seed, weights
from data.view import View, sentence

DOTS: Final = tuple((place + 0.5) / 20 for place in range(20))
"""Places of quantile dots: each dot stands for 5 in 100 people."""

BOX: Final = (0.1, 0.25, 0.5, 0.75, 0.9)
"""Places of a box: its whiskers reach from the 10th to the 90th person in 100, never to the lowest or highest."""

DECILES: Final = tuple(place / 10 for place in range(1, 10))

HAIR: Final = 1e-9
"""Tolerance for what rounding does to a running sum of weights."""

WIDTH: Final = float(stats.norm.ppf(0.975))


def quantiles(source: Source, view: View, grouping: Grouping, scores: Sequence[str], at: Sequence[float]) -> Released:
    """Weighted quantiles of each score at the probabilities `at` (0…1), for each of the groups.

    A quantile q is the smallest score with at least the share q of weight at or below it (0…1). It is hidden unless
    n·min(q, 1 − q) reaches 10, n being the people of the group, so that no extreme score is told.
    Source of the rule: ACRO, "quantiles".
    """
    by = grouping.by
    found = at_levels(ranked(grouped(source, view, grouping, scores), by), by, {str(q): q for q in at})
    long = found.melt([by, "score", "n", *WEIGHED], [str(q) for q in at], "q", "quantile").astype({"q": "float64"})
    raw = complete(long, {by: grouping.groups, "score": scores, "q": at})
    few = extreme(raw["n"], raw["q"])
    return release(
        raw,
        name=f"quantiles-by-{by.replace('_', '-')}",
        keys=[by, "score", "q"],
        values=["quantile"],
        margins=[["score", "q"]],
        reasons={"quantile": confidential(few)},
        people=people_behind(source, view, grouping, people_in(raw, by, "score", "q")),
        context=source.context(sentence(view)),
        who="scored",
    )


def quantile_differences(
    source: Source, view: View, grouping: Grouping, reference: str, scores: Sequence[str]
) -> Released:
    """Each group's deciles less those of the group `reference`, in units of the score, with intervals.

    66% intervals are for one difference by itself, 95% intervals for all differences shown at once.

    The standard error of a quantile q is half the distance of the quantiles at q ± 1.96·√(q(1 − q)/n), over 1.96, n
    being Kish's effective number of people; the groups are different people, so their variances add up. A difference
    is hidden unless both groups may show those outer quantiles. Where all scores around a quantile are equal in both
    groups, there is no interval. Waves hold the same people, so that groups by wave raise ValueError. Source: Woodruff,
    "Confidence intervals for medians and other position measures", *JASA* 47 (1952).
    """
    by = grouping.by
    if grouping.over_waves:
        raise ValueError("waves hold the same people: their change is told by data.summaries.trajectories.change")
    table = ranked(grouped(source, view, grouping, scores), by)
    levels: dict[str, ir.Value] = {}
    for q in DECILES:
        half = WIDTH * (q * (1 - q) / table.n_effective + table.noise).sqrt()
        levels |= {f"mean {q}": ibis.literal(q), f"low {q}": q - half, f"high {q}": q + half}
    found = pd.wide_to_long(
        at_levels(table, by, levels), ["mean", "low", "high"], [by, "score"], "q", sep=" ", suffix=r"0\.\d"
    )
    raw = complete(found.reset_index(), {by: grouping.groups, "score": scores, "q": DECILES})
    raw["se"], raw["df"] = (raw["high"] - raw["low"]) / (2 * WIDTH), np.inf
    half = WIDTH * np.sqrt(raw["q"] * (1 - raw["q"]) / raw["n_effective"] + raw["noise"])
    few = extreme(raw["n"], raw["q"], half)
    raw["place"] = raw.groupby(["score", "q"]).ngroup()
    base = raw[raw[by] == reference].set_index("place").loc[raw["place"]].set_axis(raw.index)
    margins = [["score", "q"]]
    reason = against(raw, by, reference, ["place"], margins, too_few=few)
    family = looked_at(may_be_told(reason), raw["score"])
    return release(
        raw.join(together(differences(raw, base), family, prefix="difference_")[[*DIFFERENCE]]),
        name=f"quantile-differences-by-{by.replace('_', '-')}",
        keys=[by, "score", "q"],
        values=DIFFERENCE,
        margins=margins,
        reasons=dict.fromkeys(DIFFERENCE, reason),
        people=people_behind(source, view, grouping, people_in(raw, by, "place")),
        context=source.context(sentence(view)),
        notes=(Said.TOGETHER,),
        who="scored",
    )


def ranked(scored: ir.Table, by: str) -> ir.Table:
    """The distinct scores of each group, from a table as `by_score` makes it: `value` and the people `n` who have it.

    `WEIGHED` is of these people, `level` is the share of the group's weight at or below the score, `n_effective` Kish's
    number for the whole group, `moved` the noise of the group's places, 0…1, and `noise` its variance.
    """
    group = [by, "score"]
    # Equal scores are added up before they are sorted: rounding makes equal what only a hair keeps apart.
    values = scored.group_by(*group, value=scored.value.round(9)).aggregate(n=scored.count(), **weights(scored))
    inside = ibis.window(group_by=group)
    known = values.mutate(
        whole=values.w.sum().over(inside),
        whole_ww=values.ww.sum().over(inside),
        whole_n=values.n.sum().over(inside),
        largest=values.heaviest.max().over(inside),
        code=values.interviews_seed.bit_xor().over(inside),
        upto=values.w.cumsum(group_by=group, order_by=values.value),
    )
    one = ibis.ifelse(known.code == 0, 0.0, known.largest / known.whole * noise_amplitude(known.whole_n))
    return known.mutate(
        level=known.upto / known.whole,
        n_effective=known.whole * known.whole / known.whole_ww,
        moved=noise_of_places(known.code) * one,
        noise=one**2,
    )


def at_levels(
    ranked: ir.Table,
    by: str,
    levels: Mapping[str, float | ir.Value],
    also: Mapping[str, ir.Scalar] | None = None,
) -> pd.DataFrame:
    """The smallest score of each group that reaches each of `levels`, under the level's name; missing if none does.

    One row per group and score, with its people `n`, `WEIGHED` and `n_effective`, from a table as `ranked` makes it;
    `also` are further numbers wanted of each.
    """
    wanted = {name: ranked.value.min(where=ranked.level >= _moved(ranked, level)) for name, level in levels.items()}
    numbers = {"n": ranked.n.sum(), "w": ranked.w.sum(), "ww": ranked.ww.sum(), "heaviest": ranked.heaviest.max()}
    numbers |= {name: seed(ranked[name]) for name in SEEDS}
    numbers |= {"n_effective": ranked.n_effective.max(), "noise": ranked.noise.max()}
    return run(ranked.aggregate({**numbers, **wanted, **(also or {})}, by=[by, "score"]))


def _moved(ranked: ir.Table, level: float | ir.Value) -> ir.Value:
    """A level with the noise of its group, which leaves half of what is beyond it there."""
    level = ibis.literal(level) if isinstance(level, float) else level
    most = ibis.greatest(ibis.least(level, 1 - level) / 2, 0.0)
    return level + ibis.least(ibis.greatest(ranked.moved, -most), most) - HAIR
