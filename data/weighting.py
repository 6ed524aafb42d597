"""Other ways to weigh the same answers, and what they do to the order of groups.

A composite score depends on weights that could have been chosen otherwise. Here the weights vary and the people and
their answers stay. Source: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), step 7.
"""

from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from data.scoring import DECIMALS

Numbers = NDArray[np.float64]

DRAWS: Final = 500
NOISE: Final = 0.25
SEED: Final = 2018
_CHUNK: Final = 1024


class Weighting(StrEnum):
    """A family of weightings."""

    ALL = "all"
    NOISE = "noise"
    EQUAL = "equal"
    DIMENSION = "dimension"
    ELEMENT = "element"
    GEOMETRIC = "geometric"


WEIGHTING_LABELS: Final = {
    Weighting.ALL: "All weightings together",
    Weighting.NOISE: "Every weight up to 25% more or less",
    Weighting.EQUAL: "Equal weights",
    Weighting.DIMENSION: "One dimension left out",
    Weighting.ELEMENT: "One element left out",
    Weighting.GEOMETRIC: "Geometric mean of the dimensions",
}


def weightings(base: Numbers, dimension: NDArray[np.int64]) -> dict[Weighting, Numbers]:
    """Weights to try for each of the parts of a score: one row per part, one column per weighting.

    `base` holds the usual weight of each part, `dimension` the number 0…2 of its dimension. The noise is drawn
    evenly from ±25% of each weight, `DRAWS` times, the same at every call. Where the parts are the three dimensions
    themselves there is no element to leave out. Weights need not add up to 1: scores are rescaled.
    """
    drawn = np.random.Generator(np.random.PCG64(SEED)).uniform(1 - NOISE, 1 + NOISE, (len(base), DRAWS))
    column = base[:, None]
    families = {
        Weighting.NOISE: column * drawn,
        Weighting.EQUAL: np.ones_like(column),
        Weighting.DIMENSION: column * (dimension[:, None] != np.arange(3)),
    }
    if len(base) > 3:
        families[Weighting.ELEMENT] = column * (1 - np.eye(len(base)))
    return families


def composites(totals: Numbers, answered: Numbers, weight: Numbers, group: NDArray[np.int64], by: Numbers) -> Numbers:
    """Mean score of each group under each weighting: one row per group, one column per column of `by`.

    One row of the input per answer pattern, people of a group who answered the same parts: `totals` has the Σ of
    design weight * points per part (0 where not answered), `answered` 1 or 0 per part, `weight` the Σ of design
    weight, `group` its number 0…. Each person's score is Σ points * weight over the answered parts, divided by those
    weights' sum; within a pattern that divisor is one number, so the means are exact and not an approximation.
    """
    scored = np.zeros((group.max() + 1, by.shape[1]))
    for start in range(0, len(totals), _CHUNK):  # a piece at a time stays in the processor's cache
        rows = slice(start, start + _CHUNK)
        members = group[rows] == np.arange(len(scored))[:, None]
        scored += members.astype("float64") @ ((totals[rows] @ by) / (answered[rows] @ by))
    means: Numbers = scored / np.bincount(group, weight)[:, None]
    return means


def sensitivity(finding: Numbers, tried: Numbers, reference: int | None) -> pd.DataFrame:
    """What other weightings do to a finding: one row per group.

    `finding` is the mean score of each group, `tried` the same under each other weighting (columns). Returns `holds`,
    the share (0…1) of weightings under which the sign of the group's difference to group `reference` is that of the
    finding (missing without a reference); `rank` of the finding, 1 the highest and equal means sharing the better
    rank; `rank_low` and `rank_high`, the 5th and 95th percentile of rank (ranks that occur, the wider where between
    two); and `weightings`, how many were tried. Scores are compared to 12 digits.
    """
    finding, tried = np.round(finding, DECIMALS), np.round(tried, DECIMALS)
    holds = np.full(len(finding), np.nan)
    if reference is not None:
        signs = np.sign(np.round(tried - tried[reference], DECIMALS))
        holds = (signs == np.sign(np.round(finding - finding[reference], DECIMALS))[:, None]).mean(axis=1)
    ranks = stats.rankdata(-tried, method="min", axis=0)
    return pd.DataFrame(
        {
            "holds": holds,
            "rank": stats.rankdata(-finding, method="min"),
            "rank_low": np.quantile(ranks, 0.05, axis=1, method="lower"),
            "rank_high": np.quantile(ranks, 0.95, axis=1, method="higher"),
            "weightings": float(tried.shape[1]),
        }
    )
