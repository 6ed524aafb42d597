"""Estimates with their uncertainty, from the sums that the engine returns for each group.

The sums of a group of people with score x and design weight w are named `SUMS`: n (people), w = Σw, ww = Σw²,
wx = Σwx, wxx = Σwx², wwx = Σw²x, wwxx = Σw²x². A group is one row; every function works on all rows at once.
"""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

SUMS: Final = ("n", "w", "ww", "wx", "wxx", "wwx", "wwxx")
LEVELS: Final = {"95": 0.95, "66": 0.66}
"""The two levels of every interval: about 19 in 20, and about two in three."""

INTERVALS: Final = tuple(f"{end}{level}" for level in LEVELS for end in ("low", "high"))
DIFFERENCE: Final = ("difference", *(f"difference_{end}" for end in INTERVALS))
SHARE: Final = ("share", *(f"share_{end}" for end in INTERVALS))


def means(sums: pd.DataFrame) -> pd.DataFrame:
    """Weighted mean, its standard error and t-intervals per group.

    Returns `mean`, `sd` (weighted, n − 1), `n_effective` (Kish: (Σw)²/Σw²), `se` (linearised, so that it holds
    for design weights; s/√n when all weights are equal), `df` (n − 1) and `low95 … high66`, in units of the score.
    Groups of fewer than two people get missing values. Source: Kish, *Survey Sampling* (1965), §8.2 and §11.7.
    """
    n = sums["n"].to_numpy("float64")
    weight, weight2 = sums["w"].to_numpy("float64"), sums["ww"].to_numpy("float64")
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = sums["wx"].to_numpy("float64") / weight
        bessel = np.where(n > 1, n / (n - 1), np.nan)
        spread = np.clip(sums["wxx"].to_numpy("float64") / weight - mean**2, 0, None)
        scatter = np.clip(sums["wwxx"] - 2 * mean * sums["wwx"] + mean**2 * weight2, 0, None)
        out = pd.DataFrame(
            {
                "mean": mean,
                "sd": np.sqrt(bessel * spread),
                "n_effective": weight**2 / weight2,
                "se": np.sqrt(bessel * scatter) / weight,
                "df": n - 1,
            },
            index=sums.index,
        )
    return out.join(_interval(out["mean"], out["se"], out["df"]))


def differences(groups: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Mean of each group less the mean of its reference, for two samples of different people (Welch).

    Both frames hold `mean`, `se` and `df` as `means` gives them, row against row. Returns `difference`, `se`,
    `df` (Welch–Satterthwaite) and intervals `difference_low95` ….
    """
    left, right = groups["se"].to_numpy() ** 2, reference["se"].to_numpy() ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        df = (left + right) ** 2 / (left**2 / groups["df"].to_numpy() + right**2 / reference["df"].to_numpy())
    out = pd.DataFrame(
        {
            "difference": groups["mean"].to_numpy() - reference["mean"].to_numpy(),
            "se": np.sqrt(left + right),
            "df": df,
        },
        index=groups.index,
    )
    return out.join(_interval(out["difference"], out["se"], out["df"]).add_prefix("difference_"))


def wilson(share: pd.Series, n_effective: pd.Series) -> pd.DataFrame:
    """Wilson score intervals of a share, `share_low95 … share_high66`.

    `n_effective` is the number of people, or Kish's effective number when there are design weights.
    Source: Wilson, *JASA* 22 (1927).
    """
    n, p = n_effective.to_numpy("float64"), share.to_numpy("float64")
    ends: dict[str, NDArray[np.float64]] = {}
    for name, level in LEVELS.items():
        z = stats.norm.ppf(0.5 + level / 2)
        with np.errstate(divide="ignore", invalid="ignore"):
            centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
            half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
        ends[f"low{name}"], ends[f"high{name}"] = np.clip(centre - half, 0, 1), np.clip(centre + half, 0, 1)
    return pd.DataFrame(ends, index=share.index).add_prefix("share_")


def shows_difference(low: float, high: float) -> bool:
    """True where an interval of a difference lies wholly on one side of zero."""
    return bool(low > 0 or high < 0)


def _interval(centre: pd.Series, se: pd.Series, df: pd.Series) -> pd.DataFrame:
    ends: dict[str, NDArray[np.float64]] = {}
    for name, level in LEVELS.items():
        half = stats.t.ppf(0.5 + level / 2, df.to_numpy("float64")) * se.to_numpy("float64")
        ends[f"low{name}"], ends[f"high{name}"] = centre.to_numpy() - half, centre.to_numpy() + half
    return pd.DataFrame(ends, index=centre.index)
