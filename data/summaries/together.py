"""Three dimensions together: do people who score high on one score high on the others, and who does not?

All figures here are about people who have all three dimension scores. Source: MPP, "Measuring sustainable
reintegration", Figure 3, "The scoring system", which names the discrepancies between dimensions, and the help they
point to, as what dimension scores are for.
"""

from dataclasses import replace
from itertools import combinations, combinations_with_replacement, permutations
from typing import Final

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
from scipy import stats

from data.disclosure import ALL_ROWS, DIGITS, WEIGHED, Released, added, confidential, release, shown, too_few
from data.engine import Source, run
from data.estimate import LEVELS, SHARE, TOGETHER, noise_of_means, share_of, shares, variance_of_noise
from data.grouping import Grouping
from data.notes import Said
from data.summaries.facts import shared
from data.summaries.people import complete, in_view, most, people_behind, people_in, those_among, weights
from data.view import View, sentence
from data.vocabulary import DIMENSIONS, Score

PAIRS: Final = tuple(combinations(DIMENSIONS, 2))
PAIR_CODES: Final = tuple(f"{one}-{other}" for one, other in PAIRS)
PATTERNS: Final = tuple(f"{high}>{low}" for high, low in permutations(DIMENSIONS, 2))
THIRDS: Final = ("low", "middle", "high")

CORRELATION: Final = ("r", *(f"r_{end}{level}" for level in LEVELS for end in ("low", "high")))

PARTED: Final = "parted"
"""The fact of the share of people in the highest third on one score and the lowest on the other."""


_OF_ONE: Final = 4
"""Noise of a correlation, in that of a mean: a person adds the product of two standard scores, not one score."""

_LEAST_VARIANCE: Final = 1e-12
"""What sums of equal scores may leave of a variance; below it scores do not vary."""


def correlations(source: Source, view: View, grouping: Grouping) -> Released:
    """How strongly each pair of dimension scores moves together, in each of the groups.

    `r` is Pearson's correlation, −1…1, weighted by design weight, over the people who have all three scores; intervals
    are Fisher's, on Kish's effective number of people, 66% by itself and 95% for all correlations shown at once. Where
    a score does not vary there is none [x]. Codes of `pair` are those of `PAIR_CODES`. Source: Fisher, *Metron* 1
    (1921).
    """
    by = grouping.by
    people = _scored(source, view, grouping).filter(ibis._[by].isin([*grouping.groups]))
    w = people.weight
    products = {f"{x}-{y}": people[x] * people[y] for x, y in combinations_with_replacement(DIMENSIONS, 2)}
    wanted: dict[str, ir.Scalar] = {
        "n": people.count(),
        **weights(people),
        **{score: (w * people[score]).sum() for score in DIMENSIONS},
        **{pair: (w * product).sum() for pair, product in products.items()},
    }
    sums = complete(run(people.aggregate(wanted, by=by)), {by: grouping.groups})
    family = len(PAIRS) * max(1, int(shown(sums, [ALL_ROWS]).sum()))
    raw = pd.concat([_correlation(sums, by, one, other, family) for one, other in PAIRS])
    grid = {by: grouping.groups, "pair": [*PAIR_CODES]}
    return release(
        complete(raw, grid),
        name=f"correlations-by-{by.replace('_', '-')}",
        keys=[*grid],
        values=CORRELATION,
        margins=[["pair"]],
        people=people_behind(source, view, grouping, people_in(sums, by)),
        context=source.context(sentence(view)),
        notes=(Said.ALL_THREE,),
        who="all_three",
    )


def thirds(source: Source, view: View, one: Score, other: Score) -> Released:
    """Where the people in each third of dimension score `one` stand on dimension score `other`.

    A person is in the lowest third on a score if the middle of those with the same score, ordered by score, lies in
    the first third of the people in view (by weight), in the highest if in the last. Equal scores (in three digits)
    are thus always in the same third, and thirds can be unequal. `share` is the share of all people in the cell,
    with 95% and 66% Wilson intervals on Kish's effective number of people; `expected` is what that share would
    be if the two scores had nothing to do with each other: row total times column total.
    """
    counted = _placed(source, view).rename(columns={one: "third", other: "other_third"})
    keys = ["third", "other_third"]
    raw = complete(added(counted, keys), {key: [*THIRDS] for key in keys}).fillna({"w": 0.0})
    raw = raw.join(shares(raw.assign(_all=0), ["_all"]))
    rows, columns = (raw.groupby(key)["share"].transform("sum") for key in keys)
    raw["expected"] = (rows * columns).where(raw["share"].notna())
    small = any(too_few(added(counted, [key])).any() for key in keys)
    released = release(
        raw,
        name=f"thirds-of-{one}-and-{other}",
        keys=keys,
        values=[*SHARE, "expected"],
        margins=[["third"], ["other_third"]],
        # A third of too few people would follow from the expected shares of the others.
        reasons={"expected": confidential(pd.Series(small, raw.index))},
        people=most(raw),
        context=source.context(sentence(view)),
        notes=(Said.ALL_THREE, Said.THIRDS),
        who="all_three",
    )
    ends_apart = raw[raw["third"].isin(["low", "high"]) & raw["other_third"].isin(["low", "high"])]
    parted = ends_apart[ends_apart["third"] != ends_apart["other_third"]]
    if not released.is_shown("share")[parted.index].all():
        return released
    both = those_among(raw.assign(_all=0), raw.index.isin(parted.index), ["_all"], PARTED)
    told = share_of(both, PARTED).iloc[0]
    return replace(released, facts=(shared(PARTED, float(told["share"]), float(told["n_effective"])),))


def discrepancy(source: Source, view: View, grouping: Grouping) -> Released:
    """Who is high on one dimension but low on another: the share of each of the groups.

    High is the highest and low the lowest third of all people in view, as `thirds` has them. `share` is that of the
    people of the group who have all three scores, with 95% and 66% Wilson intervals on Kish's effective number of
    people. Codes of `pattern` are those of `PATTERNS`. IOM names such discrepancies as the use of the dimension
    scores: they point to where more help is wanted (MPP, "Measuring sustainable reintegration", Figure 3).
    """
    by = grouping.by
    counted = _placed(source, view, grouping)
    patterns = [_pattern(counted, by, high, low) for high, low in permutations(DIMENSIONS, 2)]
    raw = complete(pd.concat(patterns), {by: grouping.groups, "pattern": [*PATTERNS]})
    return release(
        raw,
        name=f"discrepancy-by-{by.replace('_', '-')}",
        keys=[by, "pattern"],
        values=SHARE,
        margins=[["pattern"]],
        shares={"count": SHARE},
        people=people_behind(source, view, grouping, people_in(counted, by)),
        context=source.context(sentence(view)),
        notes=(Said.ALL_THREE, Said.THIRDS),
        who="all_three",
    )


def _scored(source: Source, view: View, grouping: Grouping | None = None) -> ir.Table:
    """The people in view who have all three dimension scores."""
    return in_view(source, view, grouping).drop_null([*DIMENSIONS])


def _correlation(sums: pd.DataFrame, by: str, one: str, other: str, family: int) -> pd.DataFrame:
    """`CORRELATION` of one pair in each group, from the sums of the group; 95% holds for a `family` at once."""
    mean = sums[[*DIMENSIONS]].div(sums["w"], axis=0)

    def covariance(x: str, y: str) -> pd.Series:
        return sums[f"{x}-{y}"] / sums["w"] - mean[x] * mean[y]

    scatter, other_scatter = covariance(one, one), covariance(other, other)
    varies = (scatter > _LEAST_VARIANCE) & (other_scatter > _LEAST_VARIANCE)
    r = (covariance(one, other) / (scatter * other_scatter).where(varies) ** 0.5).clip(-1, 1)
    out = sums[[by, "n", *WEIGHED]].assign(pair=f"{one}-{other}", r=r)
    n_effective = sums["w"] ** 2 / sums["ww"]
    noise, added = noise_of_means(out, "pair"), variance_of_noise(out)
    with np.errstate(divide="ignore"):
        centre = np.arctanh(r) + _OF_ONE * noise  # as far as one person with average scores moves it
        se = np.sqrt(1 / (n_effective - 3).where(n_effective > 3) + _OF_ONE**2 * added)
    out["r"] = np.tanh(centre)
    for level, share in LEVELS.items():
        half = stats.norm.isf((1 - share) / 2 / (family if level == TOGETHER else 1)) * se
        out[f"r_low{level}"], out[f"r_high{level}"] = np.tanh(centre - half), np.tanh(centre + half)
    return out


def _placed(source: Source, view: View, grouping: Grouping | None = None) -> pd.DataFrame:
    """Sums `n` and `WEIGHED` of the people with all three scores by group, if any, and their third on each score."""
    people = _scored(source, view, grouping).mutate(**{score: ibis._[score].round(DIGITS) for score in DIMENSIONS})
    scored = people.select("weight", *DIMENSIONS).pivot_longer([*DIMENSIONS], names_to="score", values_to="value")
    counted = scored.group_by("score", "value").aggregate(w=scored.weight.sum())
    upto = counted.w.cumsum(group_by="score", order_by=counted.value)
    level = ((upto - counted.w / 2) / counted.w.sum().over(group_by="score")).round(9)
    placed = counted.mutate(lowest=level <= round(1 / 3, 9), highest=level >= round(2 / 3, 9))
    ends = placed.aggregate(
        **{f"{score}_low": placed.value.max(where=placed.lowest & (placed.score == score)) for score in DIMENSIONS},
        **{f"{score}_high": placed.value.min(where=placed.highest & (placed.score == score)) for score in DIMENSIONS},
    )
    each = people.cross_join(ends)
    return run(
        each.group_by(
            *([grouping.by] if grouping else []),
            **{
                score: ibis.cases(
                    (each[score] <= each[f"{score}_low"], "low"),
                    (each[score] >= each[f"{score}_high"], "high"),
                    else_="middle",
                )
                for score in DIMENSIONS
            },
        ).aggregate(n=each.count(), **weights(each))
    )


def _pattern(counted: pd.DataFrame, by: str, high: str, low: str) -> pd.DataFrame:
    """Share of each group that is high on one score and low on another."""
    rows = those_among(counted, (counted[high] == "high") & (counted[low] == "low"), [by], "count")
    return rows.join(share_of(rows, "count")).assign(pattern=f"{high}>{low}")
