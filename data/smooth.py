"""A smooth line through scores over months since return, from sums per month, and how sure it is.

The line is a natural cubic regression spline fitted by weighted least squares. Sources: Wood, *Generalized Additive
Models* (2nd ed., 2017), §5.3.1, for its basis (patsy's `cr`); Harrell, *Regression Modeling Strategies* (2nd ed.,
2015), §2.4.6, for knots at quantiles; Efron and Tibshirani, *An Introduction to the Bootstrap* (1993), §13.3, for
the band of percentiles.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import patsy
from numpy.typing import ArrayLike, NDArray

from data import bootstrap
from data.estimate import INTERVALS, LEVELS

Array = NDArray[np.float64]

LEAST: Final = 3
"""Fewest knots of a line that may bend."""

KNOTS: Final = (0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95)
"""Quantiles of the interviews' months at which the line may bend; beyond the first and the last it runs straight."""

APART: Final = 3
"""Least months between two knots, so that the line cannot follow the few people of a single month."""


MOST: Final = 25
"""Most months at which the line is told."""


@dataclass(frozen=True, eq=False)
class Noise:
    """What noise adds to Σwx of each month, and its standard deviation: (months,) each."""

    added: Array
    deviation: Array


def grid(months: Sequence[int], n: Sequence[int]) -> range:
    """At which months the line is told: whole ones, evenly, from the 5th to the 95th percentile; at most `MOST`.

    `months` are whole, with `n` interviews each.
    """
    if not len(months):
        return range(0)
    first, last = _quantiles(months, n, (KNOTS[0], KNOTS[-1]))
    return range(first, last + 1, -(-(last - first + 1) // MOST))


def knots(months: Sequence[int], n: Sequence[int]) -> tuple[int, ...]:
    """Where the line may bend: the quantiles `KNOTS` of whole `months` with `n` interviews each, in order.

    Each is a month with interviews, and at least `APART` after the one before. There are none without interviews.
    """
    if not len(months):
        return ()
    found: list[int] = []
    for month in _quantiles(months, n, KNOTS):
        if not found or month >= found[-1] + APART:
            found.append(month)
    return tuple(found)


def basis(months: ArrayLike, at: Sequence[int]) -> Array:
    """The spline's basis, (months, knots), for `LEAST` knots or more: each column is 1 at its own knot, 0 at others."""
    found: Array = np.asarray(
        patsy.cr(np.asarray(months, "float64"), knots=at[1:-1], lower_bound=at[0], upper_bound=at[-1]), "float64"
    )
    return found


def lines(w: Array, wx: Array, months: Sequence[int], at: Sequence[int], told: Sequence[int]) -> Array:
    """Fitted lines at the months `told`, (…, told), by weighted least squares with knots `at`.

    `w` and `wx` (…, months) are the sums of weight, and of weight times score, of each of `months`: the fit is the same
    as that to the interviews themselves. Of what the sums leave open the least is taken.
    """
    base = basis(months, at)
    squares = np.einsum("...m,mj,mk->...jk", w, base, base, optimize=True)
    places = np.linalg.pinv(squares, rcond=1e-9, hermitian=True) @ (wx @ base)[..., None]
    found: Array = places[..., 0] @ basis(told, at).T
    return found


def banded(
    w: Array, wx: Array, months: Sequence[int], at: Sequence[int], told: Sequence[int], *, noise: Noise | None = None
) -> pd.DataFrame:
    """The line at each month `told` (`mean`) with its 95% and 66% band (`low95` …), drawn over blocks of people.

    `w` and `wx` (blocks, months) are sums as in `lines`; all interviews of a person are in one block, so they are drawn
    together. An end of the band is a percentile of the lines of `data.bootstrap.DRAWS` draws, each with some of the
    `noise` that the line is told with. With fewer than `LEAST` knots there is no line: all is missing.
    """
    if len(at) < LEAST:
        return pd.DataFrame({"month": [*told]}).assign(**dict.fromkeys(("mean", *INTERVALS), np.nan))
    times, noise = bootstrap.drawn(len(w)), noise or Noise(np.zeros(len(months)), np.zeros(len(months)))
    again = noise.added + bootstrap.noise((len(times), len(months))) * noise.deviation
    drawn = lines(times @ w, times @ wx + again, months, at, told)
    tails = [end for level in LEVELS.values() for end in ((1 - level) / 2, (1 + level) / 2)]
    ends = dict(zip(INTERVALS, np.quantile(drawn, tails, axis=0), strict=True))
    line = lines(w.sum(axis=0), wx.sum(axis=0) + noise.added, months, at, told)
    return pd.DataFrame({"month": [*told], "mean": line, **ends})


def _quantiles(months: Sequence[int], n: Sequence[int], at: Sequence[float]) -> list[int]:
    found: list[int] = np.quantile(months, at, weights=n, method="inverted_cdf").astype(int).tolist()
    return found
