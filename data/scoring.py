"""Scoring: from the points of 30 elements to the four scores, by a scoring profile that is data.

Source: MPP Figure 3. Dimension score = Σ point * dimension weight over the dimension's elements; composite = Σ point *
composite weight over all 30: a second and separate set of weights, so the composite is not the mean of the dimension
scores. Figure 3 prints six of the thirty weights of each set, rounded to hundredths; hence several profiles.
"""

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.instrument import elements
from data.vocabulary import DIMENSIONS, POINTS, SCORES, Score

COLUMNS: Final = ("number", "dimension_weight", "composite_weight")
"""The columns of an own table of weights."""

SLACK: Final = 0.05
"""How far an own table's weights may add up to more than 1: weights rounded to hundredths miss 1 a little."""

DECIMALS: Final = 12
"""Scores and answered shares are rounded to this, so that neither the order of a sum nor the machine shows in them."""

BLOCK: Final = 100_000
"""Interviews scored at one time: the points of a long file as one matrix would take the memory twice over."""


class ScoringError(ValueError):
    """A table of weights that cannot be used; its message is one sentence for the user."""


@dataclass(frozen=True)
class Profile:
    """A way to score.

    `dimension_weights` and `composite_weights` hold one weight ≥ 0 per element in official order (0 to 29 for elements
    1 to 30); both are empty where nothing is computed. `minimum_answered` is the least share of weight (0…1) that must
    be answered for a score to exist.
    """

    key: str
    label: str
    dimension_weights: tuple[float, ...] = ()
    composite_weights: tuple[float, ...] = ()
    minimum_answered: float = 0.8

    def weights(self) -> npt.NDArray[np.float64]:
        """Return the weights as a matrix, 30 rows (elements) by 4 columns (`SCORES`)."""
        per_dimension = [np.where(_inside(name), self.dimension_weights, 0.0) for name in DIMENSIONS]
        return np.column_stack([self.composite_weights, *per_dimension])

    def sums(self) -> dict[Score, float]:
        """Return what the weights of each score add up to: the score of someone with every point at 1."""
        return {name: math.fsum(column) for name, column in zip(SCORES, self.weights().T, strict=True)}


def score(points: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Score interviews.

    `points` has one row per interview and columns p01…p30 (0…1, missing where not answered; an absent column counts as
    not answered). Returns the same rows with `composite`, `economic`, `social`, `psychosocial`: Σ point * weight over
    the answered elements, their weights rescaled to the full sum of weights (to 1 where that is more), or missing
    where the answered share of weight is below the profile's minimum. Nothing is imputed and nothing is clipped. The
    supplied profile computes nothing: it returns the frame's own score columns as they are, missing where it has none.
    """
    if not profile.composite_weights:
        return points.reindex(columns=list(SCORES)).astype("float64")
    starts = range(0, max(1, len(points)), BLOCK)
    return pd.concat([_block(points.iloc[start : start + BLOCK], profile) for start in starts])


def _block(points: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    values = points.reindex(columns=list(POINTS)).to_numpy("float64", na_value=np.nan)
    weights = profile.weights()
    weights = weights / np.maximum(1.0, weights.sum(axis=0))  # a rounded table may add up to 1.02; a score ends at 1
    answered = ~np.isnan(values)
    share = answered.astype("float64") @ weights / weights.sum(axis=0)
    total = np.where(answered, values, 0.0) @ weights
    enough = (np.round(share, DECIMALS) >= profile.minimum_answered) & (share > 0)
    scores = np.divide(total, share, out=np.full_like(total, np.nan), where=enough)
    return pd.DataFrame(np.round(scores, DECIMALS), index=points.index, columns=pd.Index(SCORES).astype("str"))


def from_share(profile: Profile, minimum: float) -> Profile:
    """`profile` with another least share of weight (0…1) that must be answered; its key and label then say so."""
    if minimum == profile.minimum_answered:
        return profile
    told = f"a score from {minimum:.0%} of the weight answered on"
    return replace(profile, key=f"{profile.key}, {told}", label=f"{profile.label}; {told}", minimum_answered=minimum)


def all_zero(scores: pd.DataFrame) -> int:
    """Count the rows whose four scores are all exactly 0: one real system writes missing scores as 0."""
    return int((scores[list(SCORES)] == 0).all(axis=1).sum())


def own_table(table: pd.DataFrame | str | Path | IO[bytes] | IO[str]) -> Profile:
    """Make a profile from a user's weights: a table or CSV of number, dimension_weight, composite_weight.

    Each element 1…30 stands in one row with two weights ≥ 0. The profile's label tells what the weights add up to;
    published weights are rounded, so sums a little over 1 are taken, and scores still end at 1.
    Raises `ScoringError` for a table that is unreadable or incomplete, for a weight that is no number or below 0, and
    for a score whose weights add up to 0 or to more than 1.05.
    """
    rows = _numbers(table if isinstance(table, pd.DataFrame) else _read(table))
    _check_elements(rows["number"])
    if negative := int((rows[list(COLUMNS[1:])] < 0).any(axis=1).sum()):
        raise ScoringError(
            f"The table of weights has {_rows(negative)} with a weight below 0; give weights from 0 to 1."
        )
    rows = rows.sort_values("number")
    drawn = Profile("own table", "", tuple(rows["dimension_weight"]), tuple(rows["composite_weight"]))
    for name, total in drawn.sums().items():
        if total == 0 or total > 1 + SLACK + 1e-9:
            raise ScoringError(
                f"The {name} weights in the table add up to {total:.2f}; give weights that add up to 1, "
                f"and to {1 + SLACK:.2f} at most."
            )
    told = ", ".join(f"{name} {total:.2f}" for name, total in drawn.sums().items())
    return Profile(drawn.key, f"own table of weights (sums: {told})", drawn.dimension_weights, drawn.composite_weights)


def _read(file: str | Path | IO[bytes] | IO[str]) -> pd.DataFrame:
    try:
        return pd.read_csv(file, sep=None, engine="python", encoding="utf-8-sig", dtype="str")
    except (ValueError, csv.Error) as error:  # pandas' parser errors and UnicodeDecodeError are ValueErrors
        raise ScoringError("The table of weights cannot be read; save it as a CSV file in UTF-8.") from error


def _numbers(table: pd.DataFrame) -> pd.DataFrame:
    if absent := [name for name in COLUMNS if name not in table]:
        raise ScoringError(
            f"The table of weights has no column {', '.join(absent)}; give it the columns {', '.join(COLUMNS)}."
        )
    rows: pd.DataFrame = table[list(COLUMNS)].apply(pd.to_numeric, errors="coerce").astype("float64")
    for name in COLUMNS:
        if wrong := int((~np.isfinite(rows[name])).sum()):
            raise ScoringError(
                f"Column {name} of the table of weights has {_rows(wrong)} without a number; "
                "fill every cell with a number that has a decimal point."
            )
    return rows


def _check_elements(numbers: "pd.Series[float]") -> None:
    known = [element.number for element in elements()]
    absent = [number for number in known if number not in set(numbers)]
    strange, twice = int((~numbers.isin(known)).sum()), int(numbers.duplicated().sum())
    if absent:
        raise ScoringError(
            f"The table of weights lacks element {', '.join(map(str, absent))}; give each of the 30 elements one row."
        )
    if strange or twice:
        raise ScoringError(
            f"Column number of the table of weights has {_rows(strange)} outside 1 to 30 and {_rows(twice)} repeated; "
            "give each of the 30 elements one row."
        )


def _rows(count: int) -> str:
    return f"{count} row" if count == 1 else f"{count} rows"


def _inside(dimension: Score) -> npt.NDArray[np.bool_]:
    return np.array([element.dimension is dimension for element in elements()])


def _share_rest(published: Sequence[float | None]) -> list[float]:
    rest = (1 - math.fsum(weight for weight in published if weight is not None)) / published.count(None)
    return [rest if weight is None else weight for weight in published]


def _documented() -> Profile:
    by_dimension = [
        _share_rest([element.dimension_weight for element in elements() if element.dimension is name])
        for name in DIMENSIONS
    ]
    return Profile(
        "documented",
        "6 of 30 weights published; not the official IOM score (the rest of each sum is shared equally)",
        tuple(weight for weights in by_dimension for weight in weights),  # official order runs dimension by dimension
        tuple(_share_rest([element.composite_weight for element in elements()])),
    )


def _equal() -> Profile:
    sizes = {name: int(_inside(name).sum()) for name in DIMENSIONS}
    return Profile(
        "equal",
        "unweighted mean of the elements; not the IOM score",
        tuple(1 / sizes[element.dimension] for element in elements()),
        (1 / len(POINTS),) * len(POINTS),
    )


SUPPLIED: Final = Profile("supplied", "scores as supplied in the file")
DOCUMENTED: Final = _documented()
EQUAL: Final = _equal()
PROFILES: Final = {profile.key: profile for profile in (SUPPLIED, DOCUMENTED, EQUAL)}
"""The profiles that need nothing from the user; `own_table` makes the fourth."""
