"""Parity with the local community: how far returnees are from community members of the country they returned to.

Source: MPP, "Measuring sustainable reintegration", where standing as well as the local population is one of three views
of sustainability, and where it is said why that alone does not show it. Community members are found by country: what a
file says of their host or band means nothing.
"""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import pandas as pd

from data.disclosure import (
    NO_TOTALS,
    QUANTILES,
    SEEDS,
    Released,
    added,
    confidential,
    enough,
    may_be_told,
    release,
    shown,
    tells_few,
    too_few,
)
from data.engine import Source, run
from data.estimate import DIFFERENCE, INTERVALS, SUMS, differences, means, together
from data.filters import every
from data.grouping import Grouping
from data.labels import COMMUNITY_IN_VIEW
from data.notes import Said
from data.standardise import pooled
from data.summaries.people import by_score, complete, in_view, latest, looked_at, most, people_behind, people_in, sums
from data.summaries.quantiles import at_levels, ranked
from data.summaries.standardised import COVERAGE_STEP
from data.view import View, select, sentence, without
from data.vocabulary import COMMUNITY, SCORES, UNKNOWN_COUNTRY


def has_community(source: Source, view: View) -> bool:
    """Whether the countries of return in view have at least the threshold of community members with a score."""
    people = _community(source, view)
    scored = people.filter(ibis.or_(*(people[score].notnull() for score in SCORES)))
    return bool(enough(run(scored.aggregate(n=scored.count()))["n"].iloc[0]))


def parity(source: Source, view: View, grouping: Grouping, scores: Sequence[str] = SCORES) -> Released:
    """Parity gap per score: the mean of each of the groups less that of their communities.

    `community` is the mean score, 0…1, of community members of each country of return, averaged over the countries by
    the group's own weight in each (direct standardisation, the mix taken as given); `mean` that of the group's people
    in these countries. Countries with too few community members are left out on both sides; `coverage` is the
    share (0…1, in steps of .05) of the group's people in the others, and without any the gap is not available [x];
    `people` are all of the group. `difference` is `mean` less `community` with Welch's intervals, 66% by itself and 95%
    for all gaps shown at once; each person counts once, with the latest interview. Sources: Cochran, *Sampling
    Techniques* (1977), §5.3 to 5.4; `data.estimate.differences`.
    """
    by = grouping.by
    grid = {by: grouping.groups, "score": scores}
    keep = [*dict.fromkeys([by, "country_of_return"])]
    people = in_view(source, view, grouping).filter(ibis._[by].isin([*grouping.groups]))
    mine = sums(by_score(people, keep, scores), keep)
    theirs = sums(by_score(_community(source, view), ["country_of_return"], scores), ["country_of_return"])
    raw = complete(added(mine, [*grid]), grid).merge(_compared(mine, theirs, by), how="left", on=[*grid])
    raw = raw.fillna({"used": 0})
    raw["too_few"] = raw["too_few"].eq(True)
    raw["coverage"] = (raw["used"] / raw["n"] / COVERAGE_STEP).round() * COVERAGE_STEP
    values = ["mean", "community", *DIFFERENCE, "coverage"]
    reasons, margins = _reasons(raw), [["score"]]
    seen = may_be_told(reasons) & raw["difference"].notna() & shown(raw, margins)
    raw = together(raw, looked_at(seen, raw["score"]), prefix="difference_")
    return release(
        raw,
        name=f"parity-by-{by.replace('_', '-')}",
        keys=[*grid],
        values=values,
        margins=margins,
        reasons=dict.fromkeys(values, reasons),
        people=people_behind(source, view, grouping, people_in(raw, by, "score")),
        context=source.context(sentence(view)),
        notes=(Said.PARITY, Said.TOGETHER, Said.PARITY_LIMITS),
        who="scored",
    )


def benchmark(source: Source, view: View, scores: Sequence[str] = SCORES) -> Released:
    """Where the community members of the countries of return in view stand on each score, to read returnees against.

    Weighted mean with 95% and 66% t-intervals and weighted quartiles, 0…1, over all these countries together.
    """
    scored = by_score(_community(source, view), ["respondent"], scores)
    raw = complete(sums(scored, []), {"score": scores})
    quartiles = at_levels(ranked(scored, "respondent"), "respondent", QUANTILES)
    return release(
        raw.join(means(raw)).merge(quartiles[["score", *QUANTILES]], how="left", on="score"),
        name="community-benchmark",
        keys=["score"],
        values=["mean", *INTERVALS, *QUANTILES],
        margins=NO_TOTALS,
        people=most(raw, ["score"]),
        context=source.context(f"{COMMUNITY_IN_VIEW}: {sentence(view)}"),
        notes=(Said.COMMUNITY,),
    )


def _community(source: Source, view: View) -> ir.Table:
    """Community members of the countries of return in view, each with the latest interview.

    Those to which enough people in view returned, for who else is there must not tell that one person is.
    """
    returnees = select(source.scored, view)
    counted = returnees.group_by("country_of_return").aggregate(n=returnees.person.nunique())
    countries = counted.filter(enough(counted.n)).country_of_return
    of_returnees = [each.name for each in every() if not each.of_community]
    theirs = select(source.scored, without(view, *of_returnees), COMMUNITY)
    return latest(theirs.filter(theirs.country_of_return.isin(countries), theirs.country_of_return != UNKNOWN_COUNTRY))


def _compared(mine: pd.DataFrame, theirs: pd.DataFrame, by: str) -> pd.DataFrame:
    """Both means and their difference per group and score, over the countries with enough community members.

    `used` is the number of the group's people in these countries, and `too_few` says whether they count for too few.
    """
    both = mine.merge(theirs[~too_few(theirs)], on=["country_of_return", "score"], suffixes=("", "_theirs"))
    place = both.groupby([by, "score"]).ngroup()
    share = both["w"] / both.groupby(place)["w"].transform("sum")
    asked = [*SUMS, "heaviest", *SEEDS]
    other = both[[f"{name}_theirs" for name in asked]].set_axis(asked, axis=1).assign(score=both["score"])
    group = added(both, [by, "score"], {**dict.fromkeys(SUMS, "sum"), "heaviest": "max"})
    group = group.sort_values([by, "score"]).reset_index(drop=True)  # as the places are numbered
    returnees, community = means(group), pooled(means(other), share, place)
    gap = differences(returnees, community)
    told = group[[by, "score"]].assign(used=group["n"], mean=returnees["mean"], community=community["mean"])
    few_used = added(both, [by, "score"])
    return told.join(gap).merge(few_used[[by, "score"]].assign(too_few=too_few(few_used)), on=[by, "score"])


def _reasons(raw: pd.DataFrame) -> pd.Series:
    """Flags for the values of rows that are themselves shown: as many are compared, or left out, as may be told of."""
    # Among many people, rounding hides how the few who are left out score; among few it does not.
    return confidential(raw["too_few"] | tells_few(raw["n"] - raw["used"], raw["n"], COVERAGE_STEP))
