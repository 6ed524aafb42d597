"""Estimates with their uncertainty, from the sums that the engine returns for each group.

The sums of a group of people with score x and design weight w are named `SUMS`: n (people), w = Σw, ww = Σw²,
wx = Σwx, wxx = Σwx², wwx = Σw²x, wwxx = Σw²x². A group is one row; every function works on all rows at once.

Means and shares have the noise of `data.disclosure.noise` in them from here on, for groups that have seeds, and so has
all that is made of them; standard errors and intervals hold for the numbers as they are told.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from data.disclosure import enough, noise

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


def means(sums: pd.DataFrame, what: str = "score") -> pd.DataFrame:
    """Weighted mean, its standard error and t-intervals per group, with noise where the group has seeds.

    Returns `mean`, `sd` (weighted, n − 1), `n_effective` (Kish: (Σw)²/Σw²), `se` (linearised, so that it holds for
    design weights; s/√n when all weights are equal), `df` and `low95 … high66`, in units of the score. Both the
    correction of the variance and df count effective people, n_effective − 1: a few heavy weights leave little to tell
    a spread by. Groups of fewer than two people get missing values, and no interval where they are effectively fewer.
    Source: Kish, *Survey Sampling* (1965), §8.2 and §11.7.

    Noise is drawn for each value of the column `what`; that of a change is the difference of two, that of the later
    interviews, which `interviews_seed` names, and that of the earlier ones, `interviews_seed_from`.
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
            },
            index=sums.index,
        )
    out["df"] = out["n_effective"] - 1
    out = _noisy(out, sums, what) if "interviews_seed" in sums else out
    return out.join(intervals(out["mean"], out["se"], out["df"].where(out["df"] >= _ONE)))


def noise_of_means(sums: pd.DataFrame, what: str = "score") -> NDArray[np.float64]:
    """What noise adds to the mean of each group, in its units: part of what `means` tells, for what is made otherwise.

    `scale`, where a row has it, is how far values can lie apart, 1 as for scores; −1 turns the sign.
    """
    seed, one = noise.seeds(sums, "interviews_seed"), _reach_of_one(sums)
    moved = noise.of_scores(seed, sums[what])
    if "interviews_seed_from" in sums:
        moved = moved - noise.of_scores(noise.seeds(sums, "interviews_seed_from"), sums[what])
    return noise.MEAN * one * moved


def variance_of_noise(sums: pd.DataFrame) -> NDArray[np.float64]:
    """The variance of what noise adds to the mean of each group: 0 for those without a seed."""
    return (noise.MEAN * _reach_of_one(sums)) ** 2 * (2 if "interviews_seed_from" in sums else 1)


def with_noise(estimates: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """`mean`, `se` and `df` that are made of many exact means, with one noise: that of the `people` behind each row.

    `people` has `interviews_seed`, `score` and `reach`, how far one of them can move the mean, in units of the score.
    """
    variance = estimates["se"] ** 2 + variance_of_noise(people)
    with np.errstate(divide="ignore", invalid="ignore"):
        df = estimates["df"] * (variance / estimates["se"] ** 2) ** 2
    moved = {"mean": estimates["mean"] + noise_of_means(people), "se": np.sqrt(variance), "df": df}
    return estimates.assign(**moved)


def moved(sums: pd.DataFrame) -> pd.DataFrame:
    """`sums` as they would be if everybody's value were moved by the noise of the group's mean."""
    by = noise_of_means(sums)
    return sums.assign(
        wx=sums["wx"] + by * sums["w"],
        wxx=sums["wxx"] + 2 * by * sums["wx"] + by**2 * sums["w"],
        wwx=sums["wwx"] + by * sums["ww"],
        wwxx=sums["wwxx"] + 2 * by * sums["wwx"] + by**2 * sums["ww"],
    )


def _reach_of_one(sums: pd.DataFrame) -> NDArray[np.float64]:
    """How far one of its people can move the mean of a group, the heaviest or as `reach` says; 0 without a seed."""
    if "interviews_seed" not in sums:
        return np.zeros(len(sums))
    with np.errstate(divide="ignore", invalid="ignore"):
        part = (sums["reach"] if "reach" in sums else sums["heaviest"] / sums["w"]).to_numpy("float64")
    scale = sums["scale"].to_numpy("float64") if "scale" in sums else 1.0
    return np.where(noise.seeds(sums, "interviews_seed") != 0, scale * part, 0.0)


def _noisy(exact: pd.DataFrame, sums: pd.DataFrame, what: str) -> pd.DataFrame:
    """The means with their noise: moved, their spread and number of people too, and less sure by what that adds."""
    seed, one, scale = noise.seeds(sums, "interviews_seed"), _reach_of_one(sums), sums.get("scale", 1.0)
    n = sums["n"].to_numpy("float64")
    with np.errstate(divide="ignore", invalid="ignore"):
        # How many people there are is told with noise: no interval may tell it better.
        people = np.where(enough(n), noise.people(n, noise.seeds(sums, "people_seed")) / n, 1.0)
        before = exact["se"].to_numpy() ** 2 * exact["n_effective"].to_numpy()
        after = np.clip(before + noise.SPREAD * scale * one * noise.of_spread(seed, sums[what]), 0, None)
        mean = exact["mean"] + noise_of_means(sums, what)
        estimated = after / (exact["n_effective"] * people)
        variance = estimated + variance_of_noise(sums) / people**2
        # Of the noise the variance is known, so that the whole is surer (Satterthwaite).
        df = (exact["n_effective"] * people - 1) * (variance / estimated) ** 2
        wider = np.where(before > 0, np.sqrt(after / before), np.nan)
        sd = np.where(before > 0, exact["sd"] * wider, np.where(exact["sd"].notna(), np.sqrt(after), np.nan))
    if "interviews_seed_from" not in sums:  # of changes the sign must not be told by what noise may not do
        mean = mean.clip(np.where(exact["mean"] >= 0, 0.0, -np.inf), np.where(exact["mean"] <= 1, 1.0, np.inf))
    told = {"mean": mean, "sd": sd, "se": np.sqrt(variance), "n_effective": exact["n_effective"] * people, "df": df}
    return exact.assign(**{name: np.where(seed != 0, each, exact[name]) for name, each in told.items()})


def shares(rows: pd.DataFrame, within: Sequence[str]) -> pd.DataFrame:
    """The weighted share of the people of each row in those of all rows with the same values of `within`, with noise.

    `rows` have `n`, `w`, `ww`, `heaviest` and what they seed, `people_seed`, 0 or missing where nobody is. Returns
    `SHARE`, which adds up to 1, and `n_effective`, Kish's number for the whole, by which the Wilson intervals are;
    missing where the whole is nobody.
    """
    part = noise.seeds(rows, "people_seed")
    parts = (rows["n"] > 0).groupby([rows[name] for name in within], dropna=False).transform("sum")
    told = _share(rows["w"].fillna(0.0), part, _whole(rows, within), parts.to_numpy("float64"))
    told["share"] /= told["share"].groupby([rows[name] for name in within], dropna=False).transform("sum")
    return told.join(wilson(told["share"], told["n_effective"]))


def share_of(rows: pd.DataFrame, counted: str) -> pd.DataFrame:
    """As `shares`, of the people `counted` (`w_` … and `people_seed_` before that name) in those of the same row."""
    told = _share(rows[f"w_{counted}"].fillna(0.0), noise.seeds(rows, f"people_seed_{counted}"), rows)
    return told.join(wilson(told["share"], told["n_effective"]))


def up_to(rows: pd.DataFrame, within: Sequence[str]) -> pd.DataFrame:
    """As `shares`, of the people of each row and of all before it among those of the same `within`; no intervals."""
    below = rows.groupby([*within], sort=False)["w"].cumsum()
    return _share(below, noise.running(rows, within, "people_seed"), _whole(rows, within))


def _whole(rows: pd.DataFrame, within: Sequence[str]) -> pd.DataFrame:
    """For each row, what all rows with the same values of `within` have together."""
    place = rows.groupby([*within], sort=False, dropna=False)
    return pd.DataFrame({
        **{name: place[name].transform("sum") for name in ("n", "w", "ww")},
        "heaviest": place["heaviest"].transform("max"),
        "people_seed": noise.together(rows, within, "people_seed"),
    })  # fmt: skip


def _share(
    w: pd.Series, part: NDArray[np.int64], whole: pd.DataFrame, parts: NDArray[np.float64] | float = 2.0
) -> pd.DataFrame:
    """`share` with noise, and the effective people of the whole, fewer by what the noise adds to its variance.

    With that of so many `parts`, as they are made to add up to 1.
    """
    seed, n = noise.seeds(whole, "people_seed"), whole["n"].to_numpy("float64")
    with np.errstate(divide="ignore", invalid="ignore"):
        all_of_them, told_n = np.where(n > 0, whole["w"].to_numpy("float64"), np.nan), noise.people(n, seed)
        exact = w.to_numpy("float64") / all_of_them
        one = whole["heaviest"].to_numpy("float64") / all_of_them
        told = np.clip(exact + one * noise.amplitude(n) * noise.of_part(part, seed), 0, 1)
        people = all_of_them**2 / whole["ww"].to_numpy("float64") * told_n / n
        spread = (told * people + 2) / (people + 4)
        # Two parts have the same noise with another sign, so that they add up; of more, each has some of all others.
        times = np.where(parts > 2, (1 - spread) ** 2 + spread**2 * (parts - 1), 1.0)
        added = np.where(seed != 0, (one * n / told_n * noise.amplitude(told_n)) ** 2 * times, 0.0)
        sure = 1 / (1 / people + added / (spread * (1 - spread)))
    return pd.DataFrame({"share": told, "n_effective": sure}, index=whole.index)


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
