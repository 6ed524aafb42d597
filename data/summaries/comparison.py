"""Comparison: mean scores of groups, and the difference of each to a reference group."""

from collections.abc import Sequence
from typing import Final

from data.engine import Source
from data.estimate import DIFFERENCE, INTERVALS, differences, means
from data.release import Released, masked, release
from data.summaries.people import against, complete, grouped, sums
from data.view import View, sentence
from data.vocabulary import SCORES

CASE_MIX: Final = (
    "Groups differ in who is in them (band, sex, age, assistance, time since return); these differences are as "
    "observed, not adjusted, and are no ranking."
)


def compare(
    source: Source, view: View, by: str, groups: Sequence[str], reference: str, scores: Sequence[str] = SCORES
) -> Released:
    """Weighted mean score of each of `groups` (values of column `by`) and its difference to `reference`.

    Each person counts once, with the latest interview in view. Means lie in 0…1 with 95% and 66% t-intervals whose
    standard error is linearised for design weights; differences are of two samples of different people (Welch),
    with 95% and 66% intervals. Intervals are for one comparison at a time, not adjusted for several.
    """
    raw = complete(sums(grouped(source, view, by, groups, scores), [by]), {by: groups, "score": scores})
    hidden = masked(raw["n"], raw["score"])
    estimates = raw.join(means(raw))
    base = estimates[estimates[by] == reference].set_index("score").loc[raw["score"]]
    apart = differences(estimates, base).drop(columns=["se", "df"])
    return release(
        estimates.join(apart),
        name=f"scores-by-{by.replace('_', '-')}",
        keys=[by, "score"],
        values=["mean", *INTERVALS, "sd", *DIFFERENCE],
        within=["score"],
        reasons=dict.fromkeys(DIFFERENCE, against(raw, hidden, by, reference, "score")),
        people=int(raw.groupby("score")["n"].sum().max()),
        context=source.context(sentence(view)),
        notes=(CASE_MIX,),
    )
