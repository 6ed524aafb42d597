"""Comparison: mean scores of groups, and the difference of each to a reference group."""

from collections.abc import Sequence
from dataclasses import replace

from data.disclosure import Released, against, may_be_told, release
from data.engine import Source
from data.estimate import DIFFERENCE, INTERVALS, differences, means, together
from data.grouping import Grouping
from data.notes import Said
from data.summaries.facts import means_apart
from data.summaries.people import complete, grouped, looked_at, people_in, sums
from data.view import View, sentence
from data.vocabulary import SCORES


def compare(source: Source, view: View, grouping: Grouping, reference: str, scores: Sequence[str] = SCORES) -> Released:
    """Weighted mean score of each of the groups and its difference to `reference`.

    Each person counts once, with the latest interview in view. Means lie in 0…1 with 95% and 66% t-intervals whose
    standard error is linearised for design weights; differences are of two samples of different people (Welch),
    with 66% intervals for each by itself and 95% intervals that hold for all of them at once. Facts tell, for each
    score, which two groups are furthest apart.
    """
    by = grouping.by
    raw = complete(sums(grouped(source, view, grouping, scores), [by]), {by: grouping.groups, "score": scores})
    margins = [["score"]]
    estimates = raw.join(means(raw))
    base = estimates[estimates[by] == reference].set_index("score").loc[raw["score"]]
    reasons = against(raw, by, reference, ["score"], margins)
    family = looked_at(may_be_told(reasons), raw["score"])
    apart = together(differences(estimates, base), family, prefix="difference_")[[*DIFFERENCE]]
    released = release(
        estimates.join(apart),
        name=f"scores-by-{by.replace('_', '-')}",
        keys=[by, "score"],
        values=["mean", *INTERVALS, "sd", *DIFFERENCE],
        margins=margins,
        reasons=dict.fromkeys(DIFFERENCE, reasons),
        people=people_in(raw, by, "score"),
        context=source.context(sentence(view)),
        notes=(Said.CASE_MIX, Said.TOGETHER),
        who="scored",
    )
    facts = (means_apart(released, estimates, by, score, len(SCORES)) for score in scores)
    return replace(released, facts=tuple(fact for found in facts for fact in found))
