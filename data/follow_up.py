"""Weights for having been found again, from what was recorded of people at their first interview.

People are counted by kind: those of a kind are alike in everything the model knows of them (`FACTORS`, and their score
at the first of the chosen waves in steps of `STEP`). A kind is one row; every function works on all kinds at once. The
model is a logistic regression of being interviewed, with the score, at a later wave; each later wave and each score has
its own. A person found again weighs 1 / the chance of it, times the share of all who were found (stabilised).
Source: Seaman & White, "Review of inverse probability weighting for dealing with missing data", *Statistical Methods in
Medical Research* 22 (2013).
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit, logit

from data.release import FLOOR

Numbers = NDArray[np.float64]

FACTORS: Final = ("band", "corridor", "sex", "age_group")
STEP: Final = 0.05
"""Scores at the first wave are known to the model to the nearest step, so that kinds are few however many people."""

TRIM_AT: Final = 0.99
MERGED: Final = "other"
_MOST_STEPS: Final = 50

MODEL: Final = (
    "Weights are 1 / the chance of having been interviewed again, by a logistic regression for each wave and score on "
    "the score at the first of the waves (linear and squared), band, corridor, sex and age group; “not known” is a "
    "level of its own, and levels of fewer than 10 people are taken together. Weights above their 99th percentile are "
    "cut to it, which steadies the line and leaves a little of the bias."
)
LIMITS: Final = (
    "The weights correct only for what was recorded at the first interview. People lost for reasons that show only "
    "later are not corrected for, and where nobody of a kind was found again, nobody stands for them."
)


def weighted(sums: pd.DataFrame, waves: Sequence[int]) -> pd.DataFrame:
    """Sums with the weights for having been found again multiplied in; at the first of `waves` they stay as they are.

    `sums` has one row per kind and wave: `estimate.SUMS`, `wave`, the number `kind`, and what `design` reads; everybody
    in them was there at the first wave. Also returned are the `weight` and whether it was `trimmed`.
    """
    base = sums[sums["wave"] == waves[0]]
    known, n = design(base), base["n"].to_numpy("float64")
    place = pd.Series(np.arange(len(base)), index=base["kind"])
    parts = [base.assign(weight=1.0, trimmed=False)]
    for wave in waves[1:]:
        again = sums[sums["wave"] == wave]
        at = place[again["kind"]].to_numpy()
        found = np.bincount(at, again["n"], minlength=len(base)).astype("float64")
        weight, trimmed = weights(chances(known, n, found), found, n)
        parts.append(scaled(again, pd.Series(weight[at], again.index)).assign(weight=weight[at], trimmed=trimmed[at]))
    return pd.concat(parts)


def design(kinds: pd.DataFrame) -> Numbers:
    """What the model knows of each kind: a constant, the centred score and its square, and each level but the first.

    `kinds` has the columns `FACTORS` without missing values, `baseline` (the score, 0…1) and `n`, people. Levels of a
    factor with fewer than ten people become one.
    """
    levels = {}
    for factor in FACTORS:
        people = kinds["n"].groupby(kinds[factor]).transform("sum")
        levels[factor] = kinds[factor].where(people >= FLOOR, MERGED)
    score = kinds["baseline"] - np.average(kinds["baseline"], weights=kinds["n"])
    known = pd.get_dummies(pd.DataFrame(levels), drop_first=True, dtype="float64").to_numpy()
    return np.column_stack([np.ones(len(kinds)), score, score**2, known])


def chances(known: Numbers, n: Numbers, found: Numbers) -> Numbers:
    """The modelled chance, 0…1, that a person of each kind was found again, from `found` of `n` people per kind.

    A logistic regression on `known` (a `design`) by Newton's method. So that it has an answer where all people of a
    level, or none, were found, as many people are added as there are columns: of every kind in proportion, found at the
    rate of all (Clogg et al., *JASA* 86 (1991), 68–78). Where everybody or nobody was found, the chance is that rate.
    """
    rate = found.sum() / n.sum()
    if not 0 < rate < 1:
        return np.full(len(n), rate)
    added = n * known.shape[1] / n.sum()
    people, again = n + added, found + added * rate
    coefficients = np.zeros(known.shape[1])
    coefficients[0] = logit(rate)
    for _ in range(_MOST_STEPS):
        chance = expit(known @ coefficients)
        curvature = (known * (people * chance * (1 - chance))[:, None]).T @ known
        # Least squares, for a corridor may have one band only and then cannot be told apart from it.
        step = np.linalg.lstsq(curvature, known.T @ (again - people * chance))[0]
        coefficients += step
        if np.abs(step).max() < 1e-8:
            break
    fitted: Numbers = expit(known @ coefficients)
    return fitted


def weights(chance: Numbers, found: Numbers, n: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
    """Stabilised weight of the people found of each kind, trimmed, and whether it was.

    Weights above the `TRIM_AT` quantile over the people found are cut to it.
    """
    rate = found.sum() / n.sum()
    weight = np.divide(rate, chance, out=np.ones(len(n)), where=chance > 0)
    [most] = quantiles(weight, found, [TRIM_AT])
    return np.minimum(weight, most), weight > most


def quantiles(weight: Numbers, found: Numbers, at: list[float]) -> Numbers:
    """The smallest weight with at least the share `at` of the people found at or below it; missing without people."""
    if found.sum() == 0:
        return np.full(len(at), np.nan)
    order = np.argsort(weight, kind="stable")
    reached = np.cumsum(found[order])
    places = np.searchsorted(reached, np.array(at) * reached[-1] - 1e-9)
    return np.asarray(weight[order][places], dtype="float64")


def scaled(sums: pd.DataFrame, by: pd.Series) -> pd.DataFrame:
    """Sums, as `estimate.SUMS`, of the same people with each one's design weight times `by` (one number per row)."""
    once, twice = ["w", "wx", "wxx"], ["ww", "wwx", "wwxx"]
    return sums.assign(**{name: sums[name] * by for name in once}, **{name: sums[name] * by**2 for name in twice})
