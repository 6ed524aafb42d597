"""Like for like: does a difference between corridors survive when people of the same kind are compared?

People of a kind share band, time since return, sex, age group and whether they were assisted, or as many of these, from
the first, as a corridor can bear; "not known" is a kind.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import ibis
import pandas as pd

from data.disclosure import (
    ALL_ROWS,
    WEIGHED,
    Margins,
    Released,
    added,
    against,
    confidential,
    enough,
    first_of,
    may_be_told,
    not_applicable,
    not_available,
    release,
    shown,
    tells_few,
    too_few,
)
from data.effects import adjusted as adjusted_p
from data.effects import p_values
from data.engine import Source
from data.estimate import DIFFERENCE, shows_difference, together
from data.notes import Note, Said
from data.standardise import TOGETHER, Method, adjusted, alike, observed, standardised
from data.summaries.people import by_score, complete, in_view, looked_at, people_in, sums
from data.view import View, sentence
from data.vocabulary import Score

KINDS: Final = {
    "band": "band",
    "since_return": "time since return",
    "sex": "sex",
    "age_group": "age group",
    "assisted": "assistance",
}
"""What people of a kind have in common, what matters most first, in words."""

SINCE_RETURN: Final = (0, 12, 24)
"""First month of each class of time since return: the first year, the second, and later."""

LEAST_COVERAGE: Final = 0.5
COVERAGE_STEP: Final = 0.05
"""Coverage is told in steps, so that it does not tell how many people (fewer than the threshold) are left out."""


class Verdict(StrEnum):
    """What becomes of the observed difference when like is compared with like."""

    SAME = "same"
    SIGN_CHANGES = "sign changes"
    LOSES_CLARITY = "loses clarity"
    GAINS_CLARITY = "gains clarity"


def like_for_like(
    source: Source, view: View, corridors: Sequence[str], reference: str, score: Score = Score.COMPOSITE
) -> Released:
    """Difference in mean score of each corridor to `reference`: as observed, standardised, and by regression.

    One row per corridor and `method` (codes of `Method`): `difference` with intervals, 66% by itself and 95% for all
    corridors for which the method gives a figure at once, `p` adjusted likewise, and in the standardised row `coverage`
    (0…1) and `alike_in`, in how many of `KINDS`, from the first, the people compared are alike. Each person counts
    once, with the latest interview in view, by design weight. Each corridor is compared with the reference alone, so
    that its figures do not depend on which others are chosen. Formulas: `data.standardise`.
    """
    cells = _cells(source, view, corridors, score)
    groups = complete(added(cells, ["corridor"]), {"corridor": corridors})
    seen = groups.loc[shown(groups, [ALL_ROWS]), "corridor"]
    raw = groups.merge(pd.Series([*Method], name="method", dtype="str"), how="cross")
    raw = raw.merge(_compared(cells[cells["corridor"].isin(seen)], reference), how="left", on=["corridor", "method"])
    margins = [["method"]]
    reasons = _reasons(raw, reference, margins)
    told = may_be_told(reasons["p"]) & raw["difference"].notna()
    family = looked_at(told, raw["method"])
    return release(
        together(raw, family, prefix="difference_").assign(
            p=adjusted_p(raw["p"], family),
            coverage=((1 - raw["left_out"] / raw["everyone"]) / COVERAGE_STEP).round() * COVERAGE_STEP,
        ),
        name="like-for-like",
        keys=["corridor", "method"],
        values=[*DIFFERENCE, "p", "coverage", "alike_in"],
        margins=margins,
        reasons=reasons,
        people=people_in(groups, "corridor"),
        context=source.context(sentence(view)),
        notes=(*_fewer(raw[told]), Said.LIKE_FOR_LIKE, Said.COVERAGE, Said.REGRESSION, Said.NOT_REMOVED, Said.TOGETHER),
        who="scored",
    )


def verdict(found: Released, corridor: str) -> Verdict | None:
    """What becomes of the observed difference of `corridor` when like is compared with like; None if not told.

    A difference is clear where its 95% interval lies on one side of zero. `SIGN_CHANGES` is said only of two clear
    ones, `SAME` also of two unclear ones.
    """
    rows = found.only("corridor", corridor).rows.set_index("method")[["difference_low95", "difference_high95"]]
    was, now = (rows.loc[method].to_numpy("float64") for method in (Method.OBSERVED, Method.STANDARDISED))
    if pd.isna([*was, *now]).any():
        return None
    clear, still = shows_difference(*was), shows_difference(*now)
    if clear != still:
        return Verdict.LOSES_CLARITY if clear else Verdict.GAINS_CLARITY
    return Verdict.SIGN_CHANGES if clear and was[0] * now[0] < 0 else Verdict.SAME


def _cells(source: Source, view: View, corridors: Sequence[str], score: Score) -> pd.DataFrame:
    """Sums, as `SUMS`, of the people of each corridor and kind."""
    people = in_view(source, view).filter(ibis._.corridor.isin([*corridors]))
    scored = by_score(people, ["corridor", "band", "sex", "age_group", "months", "assistance"], [score]).mutate(
        since_return=ibis._.months.bucket(SINCE_RETURN, include_over=True).cast("string"),
        assisted=(ibis._.assistance != "none").cast("string"),
    )
    return sums(scored.mutate(**{kind: scored[kind].fill_null("not known") for kind in KINDS}), ["corridor", *KINDS])


def _compared(cells: pd.DataFrame, reference: str) -> pd.DataFrame:
    """The corridors of `cells` against the reference by each method; no rows where either is not there."""
    base, others = (cells[(cells["corridor"] == reference) == side] for side in (True, False))
    if base.empty:
        others = base
    rows = pd.concat(
        {
            Method.OBSERVED: observed(others, base, "corridor"),
            Method.STANDARDISED: _alike(others, base),
            Method.ADJUSTED: adjusted(others, base, "corridor", [*KINDS]),
        },
        names=["method"],
    )
    return rows.assign(p=p_values(rows)).reset_index()


def _alike(others: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """Each corridor standardised with as many characteristics (`alike_in`) as leave enough people of kinds in both.

    Which they are is told by who is there, never by the scores, so the choice makes no difference look clearer.
    """
    tried = []
    for size in range(len(KINDS), 0, -1):
        kinds = [*KINDS][:size]
        mine, theirs = (_added(side, ["corridor", *kinds]) for side in (others, base))
        found = standardised(mine, theirs, "corridor", kinds).assign(alike_in=float(size))
        tried.append(found.assign(too_few=_too_few(alike(mine, theirs, kinds)).reindex(found.index, fill_value=False)))
    every = pd.concat(tried)
    fits = (every["left_out"] <= (1 - LEAST_COVERAGE) * every["everyone"]) & enough(every["used"]) & ~every["too_few"]
    best = every.assign(enough=fits).sort_values(["enough", "alike_in"], ascending=False, kind="stable")
    chosen = best[~best.index.duplicated()].drop(columns="enough")
    return chosen.sort_index()


def _added(cells: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Sums of the cells with the same values of `by`, and the heaviest weight in them."""
    return added(cells, by, TOGETHER)


def _too_few(both: pd.DataFrame) -> pd.Series:
    """Whether the people of kinds that are in `both` are too few on one side: one value per corridor."""
    people = ["n", *WEIGHED]
    theirs = both[["corridor", *(f"{name}_base" for name in people)]].set_axis(["corridor", *people], axis=1)
    few, others = (added(side, ["corridor"]).set_index("corridor").pipe(too_few) for side in (both, theirs))
    return few | others


def _fewer(told: pd.DataFrame) -> tuple[Note, ...]:
    """Which corridors are compared on fewer characteristics than all, and on how many of `KINDS`."""
    alike = {size: tuple(told.loc[told["alike_in"] == size, "corridor"]) for size in range(len(KINDS) - 1, 0, -1)}
    return tuple(Note(Said.FEWER_KINDS, corridors=codes, alike_in=size) for size, codes in alike.items() if codes)


def _reasons(raw: pd.DataFrame, reference: str, margins: Margins) -> dict[str, pd.Series]:
    """Flags for the values of rows that are themselves shown."""
    outer = against(raw, "corridor", reference, ["method"], margins)
    # As many are compared as stand behind the figure: the threshold holds for them too.
    too_different = not_available(raw["left_out"] > (1 - LEAST_COVERAGE) * raw["everyone"])
    estimate = first_of(outer, too_different, confidential(raw["too_few"].eq(True)))
    others = not_applicable(raw["method"] != Method.STANDARDISED)
    left_out = confidential(tells_few(raw["left_out"], raw["everyone"], COVERAGE_STEP))
    return {
        **dict.fromkeys((*DIFFERENCE, "p"), estimate),
        "coverage": first_of(outer, others, left_out),
        "alike_in": first_of(outer, others, estimate),
    }
