"""Facts that headlines tell and no row holds: a share of several rows, and which of many groups are furthest apart."""

from typing import Final

import pandas as pd

from data.disclosure import DIGITS, Fact, Released
from data.estimate import differences, share_differences, together, wilson

APART: Final = "apart"
"""The share of the group with the highest less that of the group with the lowest."""


def apart(released: Released, raw: pd.DataFrame, by: str, of: str = "", looks: int = 1) -> tuple[Fact, ...]:
    """The difference between the highest and the lowest share of the groups (column `by`) that `released` shows.

    `raw` has the rows of `released`, or some of them under the same index, with exact `share` and `n_effective`. The
    two are chosen after a look at all, so the interval holds for every pair of groups, in `looks` such figures, at once
    (Newcombe's, Bonferroni). No fact of fewer than two groups.
    """
    seen = released.is_shown("share").reindex(raw.index, fill_value=False)
    return furthest(raw[seen].dropna(subset=["share", "n_effective"]), by, of, looks)


def furthest(rows: pd.DataFrame, by: str, of: str = "", looks: int = 1) -> tuple[Fact, ...]:
    """As `apart`, of rows of which all may be seen."""
    if len(rows) < 2:
        return ()
    ranked = rows.sort_values("share", kind="stable")
    pairs = len(rows) * (len(rows) - 1) // 2
    found = share_differences(ranked.tail(1), ranked.head(1), pairs * looks).round(DIGITS)
    [(value, low, high)] = found.itertuples(index=False, name=None)
    return (Fact(APART, value, low, high, of, (str(ranked[by].iloc[0]), str(ranked[by].iloc[-1]))),)


def means_apart(released: Released, estimates: pd.DataFrame, by: str, of: str, looks: int = 1) -> tuple[Fact, ...]:
    """The difference between the highest and the lowest mean of score `of`, of the groups (`by`) that may be seen.

    `estimates` has the rows of `released`, with exact `mean`, `se` and `df`. As in `apart` the interval (Welch's) holds
    for every pair of groups, in `looks` such figures, at once.
    """
    rows = estimates[released.is_shown("mean") & (estimates["score"] == of)].dropna(subset=["mean", "se", "df"])
    if len(rows) < 2:
        return ()
    ranked = rows.sort_values("mean", kind="stable")
    pairs = len(rows) * (len(rows) - 1) // 2
    found = differences(ranked.tail(1), ranked.head(1))
    wide = together(found, pd.Series(pairs * looks, found.index), prefix="difference_")
    value, low, high = wide[["difference", "difference_low95", "difference_high95"]].round(DIGITS).iloc[0]
    if pd.isna(low):
        return ()
    return (Fact(APART, value, low, high, of, (str(ranked[by].iloc[0]), str(ranked[by].iloc[-1]))),)


def shared(code: str, share: float, n_effective: float, of: str = "") -> Fact:
    """A share (0…1) as a fact, with Wilson's 95% interval on the effective number of people."""
    ends = wilson(pd.Series([share]), pd.Series([n_effective])).iloc[0]
    low, high = float(ends["share_low95"]), float(ends["share_high95"])
    return Fact(code, round(share, DIGITS), round(low, DIGITS), round(high, DIGITS), of)
