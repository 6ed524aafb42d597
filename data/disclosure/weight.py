"""Whether the people of a row count for enough: their number alone does not say so once they are weighed.

Ten people can have the mean of one of them, where that one weighs far more than the rest. So a weighted number needs
people who count for ten, and none of whom outweighs the others. Sources: the rules of dominance among ACRO's checks
(nk-rule: the n largest contributors make more than k% of a total; p%-rule: what is left of it without the two largest
is less than p% of the largest); Kish, *Survey Sampling* (1965), §11.7, for the effective number. How many and how
heavy, `EFFECTIVE` and `LARGEST`, are this project's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.disclosure.noise import SEEDS, seeds, xor
from data.disclosure.threshold import few

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]

EFFECTIVE: Final = 10
"""Fewest effective people of a row."""

LARGEST: Final = 1 / 5
"""The most that one person may have of the weight of a row."""

_WEIGHTS: Final = ("w", "ww", "heaviest")

WEIGHED: Final = (*_WEIGHTS, *SEEDS)
"""What a weighted row tells of its own people besides their number: the sum of their design weights, the sum of squares
and the largest one; and what seeds their noise."""


class Unweighted(StrEnum):
    """Why nobody is weighed."""

    COUNTED = "counted"  # people are told as a number, and nothing else of them
    PUBLISHED = "published"  # recorded returns, as their source publishes them


_TOGETHER: Final = {"n": "sum", "w": "sum", "ww": "sum", "heaviest": "max"}

_HAIR: Final = 1e-9
"""Tolerance for what rounding does to sums of weights, as a share of them."""


def effective(w: Any, ww: Any) -> Any:
    """Kish's effective number of people: as many of equal weight tell as much. `w` is Σ weight, `ww` Σ weight²."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return np.square(w) / ww


def dominated(w: Any, heaviest: Any) -> Any:
    """Whether one person, the `heaviest`, has more than `LARGEST` of the weight `w` of all."""
    return np.logical_not(heaviest <= LARGEST * w * (1 + _HAIR))


def light(w: Any, ww: Any, heaviest: Any) -> Any:
    """Whether people of these weights count for too few, whatever their number; so it is where that is not known."""
    # What a difference of sums leaves of a sum of squares may be less than the one square that is sure to be in it.
    with np.errstate(over="ignore"):
        squares = np.maximum(ww, np.square(heaviest))
    return np.logical_not(effective(w, squares) >= EFFECTIVE * (1 - _HAIR)) | dominated(w, heaviest)


def too_few(rows: pd.DataFrame) -> pd.Series:
    """Whether the people of each row are one to nine, or count for too few by their weights: nobody is neither."""
    found: pd.Series = few(rows["n"]) | (rows["n"] > 0) & light(*(rows[name] for name in _WEIGHTS))
    return found


def added(rows: pd.DataFrame, by: Sequence[str], also: Mapping[str, str] | None = None) -> pd.DataFrame:
    """`n` and `WEIGHED` of the people of all rows with the same values of `by`, nobody being in two of them.

    `also` names other columns to add up in their stead, seeds apart, and how ("sum", "max").
    """
    groups = rows.groupby([*by], sort=False)
    of, size = groups.ngroup().to_numpy(), groups.ngroups
    out = groups.agg(also or _TOGETHER).reset_index()
    known, codes = of >= 0, [name for name in SEEDS if name in rows]  # who has no value of `by` is in no group
    return out.assign(**{name: xor(seeds(rows, name)[known], of[known], size) for name in codes})


def weighed(raw: pd.DataFrame, unweighted: Unweighted | None) -> pd.DataFrame:
    """`raw` with people's weights, where everybody weighs 1 if it is `unweighted`, which says why.

    Raises ValueError where neither weights nor a reason are given, or both.
    """
    given = [name for name in _WEIGHTS if name in raw]
    if unweighted and given:
        raise ValueError(f"There are weights ({', '.join(given)}) where nobody is said to be weighed: {unweighted}.")
    if unweighted:
        return raw.assign(w=raw["n"], ww=raw["n"], heaviest=1.0)
    if missing := [name for name in _WEIGHTS if name not in raw]:
        raise ValueError(f"Rows say nothing of their people's weights ({', '.join(missing)}), nor why they have none.")
    return raw


def part(raw: pd.DataFrame, counted: str, unweighted: Unweighted | None) -> pd.DataFrame:
    """`raw`, its people being those `counted` in it: a column of numbers, with `w_` … `heaviest_` before its name.

    Raises ValueError where these are not given, though people are weighed.
    """
    n = raw[counted].fillna(0)
    if unweighted:
        return raw.assign(n=n, w=n, ww=n, heaviest=1.0)
    if missing := [f"{name}_{counted}" for name in WEIGHED if f"{name}_{counted}" not in raw]:
        raise ValueError(f"Rows say nothing of the weights of the people they count ({', '.join(missing)}).")
    return raw.assign(n=n, **{name: raw[f"{name}_{counted}"].fillna(0.0) for name in _WEIGHTS})


def rest(raw: pd.DataFrame, counted: str, unweighted: Unweighted | None) -> pd.DataFrame:
    """`raw`, its people being those not `counted` in it; the largest of their weights is `heaviest_not_` …"""
    out = part(raw, counted, unweighted)
    less = {name: raw[name] - out[name] for name in ("n", "w", "ww")}
    if unweighted:
        return out.assign(**less)
    if f"heaviest_not_{counted}" not in raw:
        raise ValueError(f"Rows say nothing of the weights of the people they do not count (heaviest_not_{counted}).")
    return out.assign(**less, heaviest=raw[f"heaviest_not_{counted}"])


@dataclass(frozen=True, eq=False)
class People:
    """The people of each of several rows: how many, `n`, and their weights."""

    n: Numbers
    w: Numbers
    ww: Numbers
    heaviest: Numbers

    @classmethod
    def of(cls, raw: pd.DataFrame) -> Self:
        """Those of a summary's rows."""
        n = raw["n"].to_numpy("float64")
        return cls(n, *(np.where(n > 0, raw[name].to_numpy("float64"), 0.0) for name in _WEIGHTS))

    @property
    def light(self) -> NDArray[np.bool_]:
        """Which rows have somebody, but people who count for too few."""
        found: NDArray[np.bool_] = (self.n > 0) & light(self.w, self.ww, self.heaviest)
        return found

    @property
    def too_few(self) -> NDArray[np.bool_]:
        """Which rows have one to nine people, or people who count for no more."""
        found: NDArray[np.bool_] = few(self.n) | self.light
        return found

    def at(self, rows: Any) -> "People":
        """Some of the rows."""
        return People(self.n[rows], self.w[rows], self.ww[rows], self.heaviest[rows])

    def together(self, of: Codes, size: int) -> "People":
        """Those of all rows with the same number in `of`, from 0 to below `size`."""
        n, w, ww = (np.bincount(of, each, size).astype("float64") for each in (self.n, self.w, self.ww))
        heaviest = np.zeros(size)
        np.maximum.at(heaviest, of, self.heaviest)
        return People(n, w, ww, heaviest)

    def whole(self) -> "People":
        """Those of all rows, as one row."""
        return self.together(np.zeros(len(self.n), dtype="int64"), 1)

    def running(self) -> "People":
        """Those up to and with each row."""
        return People(self.n.cumsum(), self.w.cumsum(), self.ww.cumsum(), np.maximum.accumulate(self.heaviest))
