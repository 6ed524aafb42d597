"""How large and how sure a difference is: p-values for several differences, effect sizes, and words for them.

Every function works on all rows at once, from what `data.estimate` gives for each group.
"""

from typing import Final

import numpy as np
import pandas as pd
from scipy import stats

from data.estimate import variance_of_noise

_TAIL: Final = 0.025
"""What a 95% interval leaves out on either side."""


def p_values(apart: pd.DataFrame) -> pd.Series:
    """Two-sided p of each difference being zero, 0…1, from `difference`, `se` and `df` (Welch's t-test).

    Takes what `estimate.differences` returns. Missing where a difference, or its uncertainty, is.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.abs(apart["difference"].to_numpy("float64")) / apart["se"].to_numpy("float64")
    return pd.Series(2 * stats.t.sf(t, apart["df"].to_numpy("float64")), index=apart.index)


def adjusted(p: pd.Series, family: pd.Series) -> pd.Series:
    """p-values adjusted for a `family` of so many differences (one number per row): Bonferroni, at most 1.

    So p is under .05 just where the interval that `estimate.together` gives does not span zero.
    """
    return (p * family).clip(upper=1.0)


def hedges(groups: pd.DataFrame, reference: pd.DataFrame, family: pd.Series) -> pd.DataFrame:
    """Hedges' g of each group against its reference, row against row: the difference in standard deviations.

    Both frames hold `n`, `n_effective`, `mean` and `sd` as `estimate.means` has them, and what seeds their noise, which
    is in the interval. Returns `g`, corrected for small samples, and its 95% interval `g_low95`, `g_high95`
    (large-sample variance, Kish's effective numbers of people), which holds for a `family` of so many differences at
    once (one number per row; Bonferroni).
    Source: Hedges & Olkin, *Statistical Methods for Meta-Analysis* (1985), ch. 5, eqs. 10 and 15.
    """
    n, m = groups["n"].to_numpy("float64"), reference["n"].to_numpy("float64")
    left, right = groups["n_effective"].to_numpy("float64"), reference["n_effective"].to_numpy("float64")
    with np.errstate(divide="ignore", invalid="ignore"):
        pooled = ((n - 1) * groups["sd"].to_numpy() ** 2 + (m - 1) * reference["sd"].to_numpy() ** 2) / (n + m - 2)
        apart = groups["mean"].to_numpy("float64") - reference["mean"].to_numpy("float64")
        g = np.where(pooled > 0, apart / np.sqrt(pooled), np.nan) * (1 - 3 / (4 * (n + m) - 9))
        noise = (variance_of_noise(groups) + variance_of_noise(reference)) / pooled
        se = np.sqrt(1 / left + 1 / right + g**2 / (2 * (left + right)) + np.where(pooled > 0, noise, 0.0))
        half = stats.norm.isf(_TAIL / family.to_numpy("float64")) * se
    return pd.DataFrame({"g": g, "g_low95": g - half, "g_high95": g + half}, index=groups.index)


def superiority(placements: pd.DataFrame, reference: pd.DataFrame, family: pd.Series) -> pd.DataFrame:
    """Probability that a person of the group has a higher score than one of the reference, ties counted half.

    Both frames hold `mean`, `se` and `df` (`estimate.means`) of placements: the share of the other side that a person
    stands above, ties counted half. Returns `superiority` (0…1) and its 95% t-interval, cut at 0 and 1, for a `family`
    of so many differences at once (one number per row; Bonferroni); the interval is missing where no two people differ
    in placement, for then nothing tells how sure it is. Source: Brunner & Munzel, *Biometrical J.* 42 (2000), eqs. 2.3
    to 2.7.
    """
    left, right = placements["se"].to_numpy("float64") ** 2, reference["se"].to_numpy("float64") ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        df = (left + right) ** 2 / (left**2 / placements["df"].to_numpy() + right**2 / reference["df"].to_numpy())
    widest = stats.t.isf(_TAIL / family.to_numpy("float64"), df) * np.sqrt(left + right)
    half = np.where(left + right > 1e-18, widest, np.nan)
    share = placements["mean"].to_numpy("float64")
    ends = {"superiority_low95": np.clip(share - half, 0, 1), "superiority_high95": np.clip(share + half, 0, 1)}
    return pd.DataFrame({"superiority": share, **ends}, index=placements.index)
