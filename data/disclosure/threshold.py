"""The limits: how many people a number needs, what counts and values are rounded to, and which quantiles are told.

Sources: ACRO's catalogue of checks (threshold of 10 people, quantiles, ten residual degrees of freedom); the ONS 10–5
rule for research outputs (threshold of 10, counts rounded to 5).
"""

from typing import Any, Final

import numpy as np
import pandas as pd

from data.notes import Doubt, Note

THRESHOLD: Final = 10
ROUND_TO: Final = 5
DIGITS: Final = 3
QUANTILES: Final = {"q25": 0.25, "median": 0.5, "q75": 0.75}

LIMITS: Final = {"threshold": THRESHOLD, "round_to": ROUND_TO}
"""The limits of people and of counts, for texts that say them."""

FEW: Final = f"fewer than {THRESHOLD}"

_COUNTED: Final = ("rows", "of", "people")
_ALSO_COUNTED: Final = {Doubt.NO_CHOICE.value: ("count",)}
"""Parameters of a cohort's doubts that count rows or people, of every code and of one; other counts are of columns."""

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


def released_people(n: float) -> int | None:
    """A number of people as it may be seen: rounded to 5, or None below the threshold."""
    return ROUND_TO * round(n / ROUND_TO) if enough(n) else None


def released_interviews(interviews: int, people: int) -> int | None:
    """How many interviews so many people gave, as it may be seen: None where the people are below the threshold."""
    return released_people(interviews) if enough(people) else None


def released_share(part: int, whole: int) -> float:
    """The share (0…1) of two numbers of people, both rounded to 5 first."""
    return round(part / ROUND_TO) / round(whole / ROUND_TO)


def as_may_be_said(doubt: Note) -> Note:
    """A doubt of a cohort with its counts of rows and people rounded to 5, None for fewer than 10."""
    exact = {name: doubt.get(name) for name in (*_COUNTED, *_ALSO_COUNTED.get(doubt.code, ()))}
    return doubt.but(**{name: released_people(n) for name, n in exact.items() if isinstance(n, int)})
