"""Who of the first of the chosen waves was found again, by kind of person: the sums behind the weighted line."""

from collections.abc import Sequence
from typing import Final

import ibis.expr.types as ir
import pandas as pd

from data.estimate import SUMS
from data.follow_up import FACTORS, STEP, weighted
from data.summaries.people import by_score, sums

NOT_KNOWN: Final = "not known"


def found_again(table: ir.Table, waves: Sequence[int], scores: Sequence[str], by: str = "") -> pd.DataFrame:
    """Weighted sums of everyone interviewed, with the score, at the first of `waves`: one row per kind, wave and score.

    `table` has one interview per person and wave. A kind also has one value of `by` at the first wave. Columns: `SUMS`
    with the weights of `data.follow_up` multiplied in, `since` and `timed` (sum and number of months since return),
    and, at each wave, the `weight` and whether it was `trimmed`. People first seen later are not among them.
    """
    kinds = _kinds(table, waves, scores, by)
    parts = [weighted(rows, waves) for _, rows in kinds.groupby("score", sort=False)]
    return pd.concat(parts, ignore_index=True) if parts else kinds.assign(weight=1.0, trimmed=False)


def _kinds(table: ir.Table, waves: Sequence[int], scores: Sequence[str], by: str) -> pd.DataFrame:
    """Plain sums per kind, wave and score; `kind` numbers the kinds of each score."""
    first = table.filter(table.wave == waves[0])
    steps = {_step(score): (first[score] / STEP).round().cast("int64") for score in scores}
    known = {name: first[name].fill_null(NOT_KNOWN) for name in FACTORS}
    more = [by] if by and by not in FACTORS else []
    base = first.select("person", *more, **known, **steps)
    seen = table.select("person", "wave", "months", "weight", *scores).inner_join(base, "person")
    scored = by_score(seen, ["wave", "months", *FACTORS, *more, *steps], scores)
    step = scored.score.cases(*((score, scored[_step(score)]) for score in scores))
    scored = scored.mutate(step=step).filter(step.notnull())
    times = {"since": scored.months.sum().fill_null(0.0), "timed": scored.months.count()}
    kind = [*FACTORS, *more, "step"]
    raw = sums(scored, [*kind, "wave"], times)
    raw[[*SUMS]] = raw[[*SUMS]].astype("float64")
    numbered = raw.groupby(["score", *kind], dropna=False).ngroup()
    return raw.assign(kind=numbered, baseline=raw["step"].astype("float64") * STEP)


def _step(score: str) -> str:
    return f"{score}_step"
