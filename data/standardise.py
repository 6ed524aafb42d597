"""Comparing like with like, from sums per group and kind of person.

`groups` has one row per group and kind: the `group` column, the columns of `kinds` and `estimate.SUMS`; `base` has the
same for the one group that all are compared with. Each group is compared with `base` alone. Results have one row per
group: what `estimate.differences` gives (`difference`, `se`, `df`, intervals), in units of the score.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.disclosure import SEEDS, added
from data.estimate import SUMS, differences, means, with_noise

ENOUGH: Final = 2
"""Fewest people of a kind on each side: one person alone has no spread."""

TOGETHER: Final = {**dict.fromkeys(SUMS, "sum"), "heaviest": "max", "score": "first"}
"""How the sums of kinds of people become those of all of them."""


class Method(StrEnum):
    """How a difference is taken."""

    OBSERVED = "observed"
    STANDARDISED = "standardised"
    ADJUSTED = "adjusted"


METHOD_LABELS: Final = {
    Method.OBSERVED: "As observed",
    Method.STANDARDISED: "Like for like",
    Method.ADJUSTED: "By regression",
}


def observed(groups: pd.DataFrame, base: pd.DataFrame, group: str) -> pd.DataFrame:
    """Difference of the weighted means, whatever the mix (Welch)."""
    together = {name: how for name, how in TOGETHER.items() if name in groups}
    whole = added(groups, [group], together).set_index(group).sort_index()
    theirs = means(added(base.assign(_all=0), ["_all"], together)).iloc[np.zeros(len(whole), dtype=int)]
    return differences(means(whole), theirs)


def standardised(groups: pd.DataFrame, base: pd.DataFrame, group: str, kinds: Sequence[str]) -> pd.DataFrame:
    """Difference of the means directly standardised to the mix of both groups together, over the kinds in both.

    A kind needs `ENOUGH` people on each side; its share of the mix is that of its weight on both sides. The variance
    is Σ share² * variance of the kind's mean, the mix taken as given; degrees of freedom after Satterthwaite. Also
    returned, in people of both sides: `everyone`, and `left_out`, those of other kinds; and `used`, the people of
    usable kinds on the side that has fewer. A group without a usable kind gets missing estimates.
    Source: Cochran, *Sampling Techniques* (1977), §5.3 to 5.4.
    """
    both = alike(groups, base, kinds)
    weight = both["w"] + both["w_base"]
    share = weight / weight.groupby(both[group]).transform("sum")
    sums = [name for name in (*TOGETHER, *SEEDS) if f"{name}_base" in both]
    theirs = both[[f"{name}_base" for name in sums]].set_axis(sums, axis=1)
    mine, other = (_pooled(side, share, both[group]) for side in (both[sums], theirs))
    everyone = groups.groupby(group)["n"].sum() + base["n"].sum()
    used = both.groupby(group)[["n", "n_base"]].sum().reindex(everyone.index, fill_value=0)
    counts = {"everyone": everyone, "left_out": everyone - used.sum(axis=1), "used": used.min(axis=1)}
    return pd.DataFrame(counts).join(differences(mine, other))


def alike(groups: pd.DataFrame, base: pd.DataFrame, kinds: Sequence[str]) -> pd.DataFrame:
    """The rows of `groups` of the kinds that have `ENOUGH` people on each side, and what `base` has: names in _base."""
    both = groups.merge(base, on=[*kinds], suffixes=("", "_base"))
    return both[(both["n"] >= ENOUGH) & (both["n_base"] >= ENOUGH)].reset_index(drop=True)


def adjusted(groups: pd.DataFrame, base: pd.DataFrame, group: str, kinds: Sequence[str]) -> pd.DataFrame:
    """Coefficient of the group in a weighted regression of the score on the group and the `kinds` as categories.

    The sums of a group and kind hold all that the regression of the single rows would use, so coefficients and the
    robust variance (HC1; with one row per person that is the variance clustered by person) are the same as from the
    rows; degrees of freedom are effective people less coefficients. Missing where group and kinds cannot be told apart,
    or those people are no more than the coefficients.
    """
    fits = {code: _fit(rows, base, kinds) for code, rows in groups.groupby(group)}
    found = pd.DataFrame.from_dict(fits, orient="index", columns=["mean", "se", "df"], dtype="float64")
    zero = pd.DataFrame({"mean": 0.0, "se": 0.0, "df": np.inf}, index=found.index)
    return differences(found.rename_axis(group), zero)


def pooled(estimates: pd.DataFrame, share: pd.Series, group: pd.Series) -> pd.DataFrame:
    """Mean, `se` and `df` per `group` of the means of its parts, each taken with its `share` (Satterthwaite's df)."""
    parts = pd.DataFrame(
        {
            "mean": share * estimates["mean"],
            "variance": (share * estimates["se"]) ** 2,
            "squared": (share * estimates["se"]) ** 4 / estimates["df"],
        }
    )
    whole = parts.groupby(group).sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        df = whole["variance"] ** 2 / whole["squared"]
    return pd.DataFrame({"mean": whole["mean"], "se": np.sqrt(whole["variance"]), "df": df})


def _pooled(side: pd.DataFrame, share: pd.Series, group: pd.Series) -> pd.DataFrame:
    """`pooled` of one side's exact means, with one noise for all its people: kinds of two would have as much each."""
    estimates = pooled(means(side[[*SUMS]]), share, group)
    if "interviews_seed" not in side:
        return estimates
    reach = share * side["heaviest"] / side["w"]
    people = added(side.assign(reach=reach, group=group), ["group"], {"score": "first", "reach": "max"})
    return with_noise(estimates, people.set_index("group").reindex(estimates.index))


def _fit(rows: pd.DataFrame, base: pd.DataFrame, kinds: Sequence[str]) -> tuple[float, float, float]:
    cells = pd.concat([rows, base], ignore_index=True)
    design = _design(cells[[*kinds]], np.arange(len(cells)) < len(rows))
    weight, total = cells["w"].to_numpy("float64"), cells["wx"].to_numpy("float64")
    rooted = np.sqrt(weight)[:, None] * design
    inverse = np.linalg.pinv(rooted, rcond=1e-10)
    told_apart = np.allclose((inverse @ rooted)[0], np.eye(design.shape[1])[0], atol=1e-8)
    effective = float(weight.sum() ** 2 / cells["ww"].sum())
    df = effective - float(np.linalg.matrix_rank(rooted, rtol=1e-10))
    if not told_apart or df <= 0:
        return np.nan, np.nan, np.nan
    coefficients = inverse @ (total / np.sqrt(weight))
    fitted = design @ coefficients
    # Of each cell Σ w²(x − fitted)², clipped because equal scores may leave −1e−17.
    scatter = (cells["wwxx"] - 2 * fitted * cells["wwx"] + fitted**2 * cells["ww"]).to_numpy("float64").clip(0)
    leverage = design @ (inverse @ inverse.T)[0]
    variance = float(leverage**2 @ scatter) * effective / df
    found = pd.DataFrame({"mean": [float(coefficients[0])], "se": [float(np.sqrt(variance))], "df": [df]})
    if "interviews_seed" in cells:
        reach = np.abs(inverse[0] / np.sqrt(weight)) * cells["heaviest"].to_numpy("float64")
        people = cells.assign(reach=reach, score="regression of " + cells["score"], _all=0)
        found = with_noise(found, added(people, ["_all"], {"score": "first", "reach": "max"}))
    told = found.iloc[0]
    return float(told["mean"]), float(told["se"]), float(told["df"])


def _design(kinds: pd.DataFrame, inside: NDArray[np.bool_]) -> NDArray[np.float64]:
    """One row per cell: is it of the group, a constant, and each category but the first of each kind."""
    categories = pd.get_dummies(kinds, drop_first=True, dtype="float64").to_numpy()
    return np.column_stack([inside.astype("float64"), np.ones(len(kinds)), categories])
