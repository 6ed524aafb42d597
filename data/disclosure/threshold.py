"""The limits: how many people a number needs, what counts and values are rounded to, and which quantiles are told.

Sources: ACRO's catalogue of checks (threshold of 10 people, quantiles, ten residual degrees of freedom); the ONS 10–5
rule for research outputs (threshold of 10, counts rounded to 5).
"""

from typing import Any, Final

import numpy as np
import pandas as pd

from data.notes import Note

THRESHOLD: Final = 10
ROUND_TO: Final = 5
DIGITS: Final = 3
QUANTILES: Final = {"q25": 0.25, "median": 0.5, "q75": 0.75}

FEW: Final = f"fewer than {THRESHOLD}"

_HAIR: Final = 1e-9
"""Tolerance for what rounding does to n·q."""


def few(n: Any) -> Any:
    """Whether a number of people (or each of a column) is 1 to 9: zero tells of nobody."""
    return (n > 0) & (n < THRESHOLD)


def enough(n: Any) -> Any:
    """Whether a number of people, or each of a column, even of one in the engine, reaches the threshold."""
    return n >= THRESHOLD


def extreme(n: Any, q: Any, away: Any = 0.0) -> Any:
    """Where the quantile rule hides the quantile `q` (0…1) of `n` people: fewer than 10 of them are beyond it.

    Or beyond the quantile that is as far as `away` from it, towards its end.
    """
    return ~enough(n * (np.minimum(q, 1 - q) - away) + _HAIR)


def tells_few(part: Any, whole: Any, step: float) -> Any:
    """Where a share of `whole` people told in steps of `step` would tell that its `part` is 1 to 9 people."""
    return few(part) & ~enough(whole * step)


def rounded(n: pd.Series) -> pd.Series:
    """Counts rounded to the nearest 5, as nullable integers."""
    return ((n.astype("float64") / ROUND_TO).round() * ROUND_TO).astype("Int64")


def released_people(n: int) -> int | None:
    """A number of people as it may be seen: rounded to 5, or None below the threshold."""
    return ROUND_TO * round(n / ROUND_TO) if enough(n) else None


def released_share(part: int, whole: int) -> float:
    """The share (0…1) of two numbers of people, both rounded to 5 first."""
    return round(part / ROUND_TO) / round(whole / ROUND_TO)


def as_may_be_said(doubt: Note) -> Note:
    """A doubt of a cohort with its count of rows rounded to 5, None for fewer than 10."""
    rows = doubt.get("rows")
    return doubt.but(rows=released_people(rows)) if isinstance(rows, int) else doubt
