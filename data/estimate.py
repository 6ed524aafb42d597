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

TOGETHER: Final = "95"
"""The level that holds for all differences of a figure at once; the other one is for each by itself."""


_ONE: Final = 1 - 1e-9
"""The fewest degrees of freedom an interval can be told by, less what rounding takes from them."""

INTERVALS: Final = tuple(f"{end}{level}" for level in LEVELS for end in ("low", "high"))
DIFFERENCE: Final = ("difference", *(f"difference_{end}" for end in INTERVALS))
SHARE: Final = ("share", *(f"share_{end}" for end in INTERVALS))


def means(sums: pd.DataFrame) -> pd.DataFrame:
    """Weighted mean, its standard error and t-intervals per group.

    Returns `mean`, `sd` (weighted, n − 1), `n_effective` (Kish: (Σw)²/Σw²), `se` (linearised, so that it holds for
    design weights; s/√n when all weights are equal), `df` and `low95 … high66`, in units of the score. Both the
    correction of the variance and df count effective people, n_effective − 1: a few heavy weights leave little to tell
    a spread by. Groups of fewer than two people get missing values, and no interval where they are effectively fewer.
    Source: Kish, *Survey Sampling* (1965), §8.2 and §11.7.
    """
    n = sums["n"].to_numpy("float64")
    weight, weight2 = sums["w"].to_numpy("float64"), sums["ww"].to_numpy("float64")
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = sums["wx"].to_numpy("float64") / weight
        bessel = np.where(n > 1, n / (n - 1), np.nan)
        effective = np.where(n > 1, weight**2 / weight2, np.nan)
        spread = np.clip(sums["wxx"].to_numpy("float64") / weight - mean**2, 0, None)
        scatter = np.clip(sums["wwxx"] - 2 * mean * sums["wwx"] + mean**2 * weight2, 0, None)
        out = pd.DataFrame(
            {
                "mean": mean,
                "sd": np.sqrt(bessel * spread),
                "n_effective": weight**2 / weight2,
                "se": np.sqrt(effective / (effective - 1) * scatter) / weight,
                "df": effective - 1,
            },
            index=sums.index,
        )
    return out.join(intervals(out["mean"], out["se"], out["df"].where(out["df"] >= _ONE)))


def differences(groups: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Mean of each group less the mean of its reference, for two samples of different people (Welch).

    Both frames hold `mean`, `se` and `df` as `means` gives them, row against row. Returns `difference`, `se`,
    `df` (Welch–Satterthwaite) and intervals `difference_low95` ….
    """
    left, right = groups["se"].to_numpy() ** 2, reference["se"].to_numpy() ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        df = (left + right) ** 2 / (left**2 / groups["df"].to_numpy() + right**2 / reference["df"].to_numpy())
    # Of effectively fewer than two people on a side no spread is known, and no interval can be told.
    known = (groups["df"].to_numpy() >= _ONE) & (reference["df"].to_numpy() >= _ONE)
    df = np.where(known, df, np.nan)
    out = pd.DataFrame(
        {
            "difference": groups["mean"].to_numpy() - reference["mean"].to_numpy(),
            "se": np.sqrt(left + right),
            "df": df,
        },
        index=groups.index,
    )
    return out.join(intervals(out["difference"], out["se"], out["df"]).add_prefix("difference_"))


def together(estimates: pd.DataFrame, family: pd.Series, centre: str = "difference", prefix: str = "") -> pd.DataFrame:
    """`estimates` with its 95% interval widened, so that those of a whole family of differences hold at once.

    `family` says for each row how many differences may be looked at; `estimates` has the column `centre`, `se`, `df`
    and the ends `<prefix>low95`, `<prefix>high95`. Bonferroni: each has the level 1 − .05/family. The 66% interval
    stays as it is. Source: Miller, *Simultaneous Statistical Inference* (1981), ch. 2.
    """
    tail = (1 - LEVELS[TOGETHER]) / 2 / family.to_numpy("float64")
    with np.errstate(invalid="ignore"):
        half = stats.t.isf(tail, estimates["df"].to_numpy("float64")) * estimates["se"].to_numpy("float64")
    ends = {f"{prefix}low{TOGETHER}": estimates[centre] - half, f"{prefix}high{TOGETHER}": estimates[centre] + half}
    return estimates.assign(**ends)


def share_differences(rows: pd.DataFrame, reference: pd.DataFrame, family: int = 1) -> pd.DataFrame:
    """Difference of each share to that of its reference, row against row, for two samples of different people.

    Both frames hold `share` and `n_effective`. Returns `difference` and `difference_low95`, `difference_high95`, which
    hold for a `family` of differences at once (Bonferroni). Newcombe's hybrid score interval, made of both shares'
    Wilson intervals: *Statistics in Medicine* 17 (1998), 873–890, method 10.
    """
    z = float(stats.norm.isf((1 - LEVELS[TOGETHER]) / 2 / family))
    mine, other = (frame["share"].to_numpy("float64") for frame in (rows, reference))
    (low, high), (other_low, other_high) = (
        _wilson(frame["share"].to_numpy("float64"), frame["n_effective"].to_numpy("float64"), z)
        for frame in (rows, reference)
    )
    apart = mine - other
    return pd.DataFrame(
        {
            "difference": apart,
            "difference_low95": apart - np.sqrt((mine - low) ** 2 + (other_high - other) ** 2),
            "difference_high95": apart + np.sqrt((high - mine) ** 2 + (other - other_low) ** 2),
        },
        index=rows.index,
    )


def wilson(share: pd.Series, n_effective: pd.Series) -> pd.DataFrame:
    """Wilson score intervals of a share, `share_low95 … share_high66`.

    `n_effective` is the number of people, or Kish's effective number when there are design weights.
    Source: Wilson, *JASA* 22 (1927).
    """
    n, p = n_effective.to_numpy("float64"), share.to_numpy("float64")
    ends: dict[str, NDArray[np.float64]] = {}
    for name, level in LEVELS.items():
        ends[f"low{name}"], ends[f"high{name}"] = _wilson(p, n, float(stats.norm.ppf(0.5 + level / 2)))
    return pd.DataFrame(ends, index=share.index).add_prefix("share_")


def shows_difference(low: float, high: float) -> bool:
    """True where an interval of a difference lies wholly on one side of zero."""
    return bool(low > 0 or high < 0)


def _wilson(
    p: NDArray[np.float64], n: NDArray[np.float64], z: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return np.clip(centre - half, 0, 1), np.clip(centre + half, 0, 1)


def intervals(centre: pd.Series, se: pd.Series, df: pd.Series) -> pd.DataFrame:
    """Two-sided t-intervals `low95 … high66` around `centre`, each by itself, in its units."""
    ends: dict[str, NDArray[np.float64]] = {}
    for name, level in LEVELS.items():
        half = stats.t.ppf(0.5 + level / 2, df.to_numpy("float64")) * se.to_numpy("float64")
        ends[f"low{name}"], ends[f"high{name}"] = centre.to_numpy() - half, centre.to_numpy() + half
    return pd.DataFrame(ends, index=centre.index)
