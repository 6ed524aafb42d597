"""Trend: whether scores move along the six ordered bands, and how steadily."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from data.disclosure import NO_TOTALS, WEIGHED, Released, added, release, shown
from data.effects import adjusted, p_values
from data.engine import Source
from data.estimate import INTERVALS, intervals, moved, together, variance_of_noise
from data.grouping import Grouping
from data.notes import Said
from data.summaries.people import complete, grouped, most, sums
from data.view import View, sentence
from data.vocabulary import BANDS, SCORES

FEWEST: Final = 3
"""Bands that a trend needs: two make a difference, not a trend."""

SLOPE: Final = ("slope", *(f"slope_{end}" for end in INTERVALS))


def trend(source: Source, view: View, scores: Sequence[str] = SCORES) -> Released:
    """Slope of each score per step along the bands, 1 solicited … 6 forced; unclassified returns are left out.

    Weighted least squares of people's scores on their band's number, with a heteroskedasticity-robust (HC1) standard
    error, t-intervals (effective people less 2 degrees of freedom), 66% by itself and 95% for all four scores at once,
    and `p`, adjusted likewise. `bands` is the number of bands in it; `steady` the share (0…1) of steps between
    neighbouring bands in which the mean moves as the slope does. Only bands enter whose means may be seen, so the slope
    says nothing of the others; `people` are theirs. Fewer than three such bands: not available. An association, no
    ranking of bands: they differ in who is in them. Source: MacKinnon & White, *J. Econometrics* 29 (1985).
    """
    bands = [band.value for band in BANDS]
    counted = complete(
        sums(grouped(source, view, Grouping("band", tuple(bands)), scores), ["band"]), {"score": scores, "band": bands}
    )
    seen = counted[shown(counted, [["score"]])]
    lines = pd.DataFrame([_line(seen[seen["score"] == score], bands) for score in scores], columns=_COLUMNS)
    family = pd.Series(len(SCORES), lines.index)
    ends = intervals(lines["slope"], lines["se"], lines["df"]).add_prefix("slope_")
    raw = together(lines.join(ends), family, "slope", "slope_")
    # Scores all alike have no spread to tell a slope by, and one of 1e−17 is no finding.
    p = adjusted(p_values(lines.rename(columns={"slope": "difference"})), family).where(lines["se"] > 0)
    return release(
        raw.assign(score=[*scores], p=p),
        name="trend-along-bands",
        keys=["score"],
        values=[*SLOPE, "p", "bands", "steady"],
        margins=NO_TOTALS,
        people=most(lines.assign(score=[*scores]), ["score"]),
        context=source.context(sentence(view)),
        notes=(
            Said.SLOPE,
            Said.CASE_MIX,
            Said.TOGETHER,
            *((Said.TOO_FEW_BANDS,) if lines["slope"].isna().any() else ()),
        ),
        who="scored",
    )


_COLUMNS: Final = ["n", *WEIGHED, "bands", "slope", "se", "df", "steady"]


def _line(groups: pd.DataFrame, bands: Sequence[str]) -> dict[str, float]:
    """The line through the bands of one score, from their sums: `_COLUMNS`."""
    whole = added(groups.assign(_all=0), ["_all"]).drop(columns="_all")
    people = {name: float(whole[name].sum()) for name in ("n", *WEIGHED)}
    out = {**people, "bands": len(groups)}
    if len(groups) < FEWEST:
        return out
    sure, groups = variance_of_noise(groups), moved(groups)
    step = groups["band"].map(bands.index).to_numpy("float64") + 1
    weight, total = groups["w"].to_numpy("float64"), groups["wx"].to_numpy("float64")
    from_middle = step - np.average(step, weights=weight)
    spread = (weight * from_middle**2).sum()
    slope = float((from_middle * total).sum() / spread)
    fitted = total.sum() / weight.sum() + slope * from_middle
    # Σ w²(x − fitted)² of each band, from its sums.
    scatter = groups["wwxx"] - 2 * fitted * groups["wwx"] + fitted**2 * groups["ww"]
    effective = float(weight.sum() ** 2 / groups["ww"].sum())
    df = effective - 2 if effective > 2 else np.nan
    noise = ((weight * from_middle) ** 2 * sure).sum()
    se = float(np.sqrt(effective / df * (from_middle**2 * scatter.clip(lower=0)).sum() + noise) / spread)
    moves = np.sign(np.diff(total / weight))
    return out | {"slope": slope, "se": se, "df": df, "steady": float((moves == np.sign(slope)).mean())}
