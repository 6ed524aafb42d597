"""Figures counted again from raw rows by other software, and what a reader could find out of a released one.

Nothing here uses `data.estimate`, `data.disclosure` or the engine: pandas, NumPy, SciPy and statsmodels only.
"""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import statsmodels.api as sm
from numpy.typing import ArrayLike
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from data.disclosure import Released
from data.view import View

HALF_A_DIGIT = 0.0005 + 1e-9
"""Released values have three digits."""


WINDOWS = {"0-6": (0, 7), "7-12": (7, 13), "13-24": (13, 25), "25-": (25, 1e9)}
COMPULSORY = {
    "compulsory": ["obliged", "forced"],
    "not_compulsory": ["solicited", "voluntary", "reluctant", "pressured"],
}
REGIONS = {
    "034": ["AFG", "PAK", "IRN"],
    "013": ["SLV", "GTM", "HND", "MEX"],
    "014": ["ETH", "SOM", "KEN"],
    "011": ["GHA", "GMB", "NGA", "MLI"],
    "015": ["MAR", "TUN"],
    "145": ["IRQ", "SYR"],
}
"""M49, as far as the demo's countries of return go."""


def chosen(raw: pd.DataFrame, view: View, respondent: str = "returnee") -> pd.DataFrame:
    """The interviews that a view asks for, without the points."""
    kept = raw["respondent"] == respondent
    if view.place in REGIONS:
        kept &= raw["country_of_return"].isin(REGIONS[view.place])
    elif view.place.endswith("-"):
        kept &= raw["host"] == view.place[:-1]
    elif view.place:
        kept &= raw["country_of_return" if len(view.place) == 3 else "corridor"] == view.place
    if view.band:
        kept &= raw["band"].isin(COMPULSORY.get(view.band, [view.band]))
    for code, column in ((view.sex, "sex"), (view.age, "age_group"), (view.assistance, "assistance")):
        kept &= (raw[column] == code) | (code == "")
    if view.months:
        first, past = WINDOWS[view.months]
        kept &= raw["months"].astype("float64").between(first - 0.5, past - 0.5, inclusive="left")
    if view.year:
        kept &= raw["return_year"] == int(view.year)
    return raw.loc[kept.fillna(False), [name for name in raw if not re.fullmatch(r"p\d\d", name)]]


def told(groups: pd.Series, by: str) -> int | None:
    """People behind a figure, from those of each group of `by`: what is put side by side at will is rounded first."""
    if by in ("corridor", "cohort"):
        return int((5 * (groups[groups >= 10] / 5).round()).sum()) or None
    return 5 * round(groups.sum() / 5) if groups.sum() >= 10 else None


def latest(rows: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    ordered = rows.sort_values(["months", "wave", "interview"], na_position="first")
    return ordered.drop_duplicates(["cohort", "person", *by], keep="last")


def people(raw: pd.DataFrame, view: View) -> pd.DataFrame:
    return latest(chosen(raw, view))


def mean(x: ArrayLike, w: ArrayLike, family: int = 1) -> dict[str, float]:
    """Weighted mean with its intervals: a regression on nothing but a constant, with a robust standard error.

    Its small-sample correction and degrees of freedom are those of Kish's effective number of people; 95% holds for
    `family` of them at once.
    """
    x, w = np.asarray(x, float), np.asarray(w, float)
    fit = sm.WLS(x, np.ones(len(x)), weights=w).fit(cov_type="HC0")
    people, m = kish(w), fit.params[0]
    se = fit.bse[0] * (people / (people - 1)) ** 0.5
    spread = DescrStatsW(x, weights=w).var * len(x) / (len(x) - 1)
    ends = _levels(lambda level: stats.t.interval(level, people - 1, m, se), family)
    return {"mean": m, "sd": spread**0.5, **ends}


def change(x: ArrayLike, w: ArrayLike, family: int) -> dict[str, float]:
    """Mean of the changes `x` of the same people, as a difference is named."""
    found = mean(x, w, family)
    m, _ = found.pop("mean"), found.pop("sd")
    return {"difference": m, **{f"difference_{name}": end for name, end in found.items()}}


def difference(x: ArrayLike, w: ArrayLike, y: ArrayLike, v: ArrayLike, family: int = 1) -> dict[str, float]:
    """Difference of two weighted means of different people: each one's variance is that of Σ wᵢ(xᵢ − m)/Σw."""
    both = [_linearised(np.asarray(of, float), np.asarray(by, float)) for of, by in ((x, w), (y, v))]
    m, variance, df = zip(*both, strict=True)
    se = sum(variance) ** 0.5
    welch = sum(variance) ** 2 / sum(one**2 / of for one, of in zip(variance, df, strict=True))
    ends = _levels(lambda level: stats.t.interval(level, welch, m[0] - m[1], se), family)
    return {"difference": m[0] - m[1], **{f"difference_{name}": end for name, end in ends.items()}}


def families(released: Released) -> pd.Series:
    """How many differences a reader of the figure may look at, for each row: those shown of its score, of four."""
    shown = released.flags["difference"] == ""
    return 4 * shown.groupby(released.rows["score"]).transform("sum")


def kish(w: ArrayLike) -> float:
    """The number of people who, weighing the same, would tell as much."""
    w = np.asarray(w, float)
    return float(w.sum() ** 2 / (w @ w))


def share(part: float, w: ArrayLike) -> dict[str, float]:
    """A weighted share with Wilson's intervals on Kish's effective number of people, `w` the weights of the whole."""
    whole = kish(w)
    ends = _levels(lambda level: proportion_confint(part * whole, whole, alpha=1 - level, method="wilson"))
    return {"share": part, **{f"share_{name}": end for name, end in ends.items()}}


def differs(row: Any, wanted: dict[str, float]) -> dict[str, tuple[float, float]]:
    """The wanted values that a released row does not show, digit for digit; {} where all are right."""
    return {name: (row[name], value) for name, value in wanted.items() if not abs(row[name] - value) <= HALF_A_DIGIT}


def breaches(released: Released, exact: Sequence[int], within: Sequence[str] = ()) -> list[str]:
    """What is wrong with a released figure whose rows hold the `exact` numbers of people, recounted; [] if nothing.

    `within` are the keys whose rows add up to a total that is known.
    """
    rows, marks = released.rows, released.flags
    n = pd.Series([*exact], index=rows.index)
    hidden = marks["people"] == "c"
    values = ["people", *released.values]
    wrong = {
        "other columns": [*rows] != [*released.keys, *values] or [*marks] != values,
        "fewer than 10 people shown": (~hidden & (n < 10)).any(),
        "people not rounded to 5": (rows["people"] != 5 * (n / 5).round())[~hidden].any(),
        "a value beside a masked count": rows.loc[hidden, values].notna().any(axis=None),
        "a masked row marked otherwise": (marks[hidden] != "c").any(axis=None),
        "a number without leave": (rows[values].notna() != (marks == "")).any(axis=None),
    }
    blocks = rows.groupby([*within]).indices.values() if within else [rows.index]
    for block in blocks:
        masked = n[block][hidden[block]]
        if masked.between(1, 9).any() and len(masked) < len(block):
            wrong["a masked count follows from a total"] = masked.sum() < 10 or (masked > 0).sum() < 2
    return [what for what, true in wrong.items() if true]


def _linearised(x: np.ndarray, w: np.ndarray) -> tuple[float, float, float]:
    centre = np.average(x, weights=w)
    people = kish(w)
    return centre, people / (people - 1) * ((w / w.sum()) ** 2 @ (x - centre) ** 2), people - 1


def _levels(interval: Any, family: int = 1) -> dict[str, float]:
    ends = {95: interval(1 - 0.05 / family), 66: interval(0.66)}
    return {f"{end}{level}": float(ends[level][place]) for level in ends for place, end in enumerate(("low", "high"))}
