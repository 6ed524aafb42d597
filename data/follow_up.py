"""Weights for having been found again, wave by wave, from what was known at the interviews before.

At each of the chosen waves after the first, the chance of being interviewed, with the score, is modelled among the
people who were so at all chosen waves before it: a logistic regression on the latest score (linear and squared), the
score at the first wave (linear) and `FACTORS`. Each wave, score and cohort has a model of its own. It is fitted to
counts of people by kind, with scores in steps, and read off at each person's own scores. The weight of a person at a
wave is the product of 1 / chance over the waves so far, times the share of all who were found at each (stabilised).
Sources: Robins, Rotnitzky & Zhao, "Analysis of semiparametric regression models for repeated outcomes in the presence
of missing data", *JASA* 90 (1995); Seaman & White, "Review of inverse probability weighting for dealing with missing
data", *Statistical Methods in Medical Research* 22 (2013).
"""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit, logit

from data.disclosure import enough

Numbers = NDArray[np.float64]

FACTORS: Final = ("band", "corridor", "sex", "age_group")
STEP: Final = 0.05
FIRST_STEP: Final = 0.1
"""Kinds know the latest score to the nearest `STEP`, that of the first wave to `FIRST_STEP`: so kinds are few."""

TRIM_AT: Final = 0.99
LOWER: Final = 0.1
"""By how much the people lost scored lower than people like them, in the reader's "what if"; 0…1, as scores are."""

_MOST_STEPS: Final = 50
_SCORES: Final = ("latest", "squared", "first")


def fit(kinds: pd.DataFrame) -> pd.DataFrame:
    """What the log odds of having been found are made of, for each of `kinds`, people of one wave, score and cohort.

    One row per kind: the columns `FACTORS` without missing values, `latest` and `first` (scores, 0…1), `n`, people, and
    `found`, how many of them were. Returned are `given`, what constant and factors add up to (±∞ where all, or
    none, were found), and the coefficients `latest`, `squared` and `first`, the same for all.
    """
    n, found = kinds["n"].to_numpy("float64"), kinds["found"].to_numpy("float64")
    none = dict.fromkeys(_SCORES, 0.0)
    if not 0 < found.sum() < n.sum():
        return pd.DataFrame({"given": np.inf if found.sum() else -np.inf, **none}, index=kinds.index)
    known, scores = design(kinds), _scores(kinds)
    constant, *others = coefficients(known, n, found)
    of_scores, of_levels = others[: len(scores)], others[len(scores) :]
    given = constant + known[:, 1 + len(scores) :] @ np.array(of_levels)
    return pd.DataFrame({"given": given, **none, **dict(zip(scores, of_scores, strict=True))}, index=kinds.index)


def design(kinds: pd.DataFrame) -> Numbers:
    """What the model knows of each kind: a constant, the scores, and each level but the first of each factor.

    `kinds` are as for `fit`. Levels of a factor with fewer than ten people become one. The first score has no column
    where it is one and the same for all, as at the second wave, where it is the latest one too.
    """
    levels = (_levels(kinds, factor) for factor in FACTORS)
    return np.column_stack([np.ones(len(kinds)), *_scores(kinds).values(), *levels])


def coefficients(known: Numbers, n: Numbers, found: Numbers) -> Numbers:
    """Logistic regression of `found` of `n` people per kind on `known` (a `design`), by Newton's method.

    So that it has an answer where all people of a level, or none, were found, as many people are added as there are
    columns: of every kind in proportion, found at the rate of all (Clogg et al., *JASA* 86 (1991), 68–78).
    """
    rate = found.sum() / n.sum()
    added = n * known.shape[1] / n.sum()
    people, again = n + added, found + added * rate
    estimated = np.zeros(known.shape[1])
    estimated[0] = logit(rate)
    for _ in range(_MOST_STEPS):
        # Sums of einsum, not of BLAS: its threads take a hundred times as long on a machine that is busy.
        chance = expit(np.einsum("ij,j->i", known, estimated))
        curvature = np.einsum("ij,ik->jk", known * (people * chance * (1 - chance))[:, None], known)
        # Least squares, for a corridor may have one band only and then cannot be told apart from it.
        step = np.linalg.lstsq(curvature, np.einsum("ij,i->j", known, again - people * chance))[0]
        estimated += step
        if np.abs(step).max() < 1e-8:
            break
    return estimated


def _scores(kinds: pd.DataFrame) -> dict[str, Numbers]:
    latest, first = kinds["latest"].to_numpy("float64"), kinds["first"].to_numpy("float64")
    columns = dict(zip(_SCORES, (latest, latest**2, first), strict=True))
    return columns if kinds["first"].nunique() > 1 else {name: columns[name] for name in _SCORES[:2]}


def _levels(kinds: pd.DataFrame, factor: str) -> Numbers:
    """A column for each level of a factor but the first, 1 for kinds of that level; the last is of those merged."""
    codes, levels = pd.factorize(kinds[factor], sort=True)
    people = np.bincount(codes, kinds["n"])
    merged = np.where(enough(people), np.arange(len(levels)), len(levels))[codes]
    columns: Numbers = (merged[:, None] == np.unique(merged)[1:]).astype("float64")
    return columns
