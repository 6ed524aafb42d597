"""Composition: of which bands (or sexes, age groups …) a group of returnees is made."""

from collections.abc import Sequence
from typing import Final

from data.engine import Source, run
from data.estimate import SHARE, wilson
from data.release import Released, release
from data.summaries.people import behind, complete, in_view
from data.view import View, sentence

WEIGHTED: Final = "Shares use the design weights; counts are people, unweighted and rounded to 5."


def compose(source: Source, view: View, by: str, groups: Sequence[str], of: str, parts: Sequence[str]) -> Released:
    """Number and weighted share of people in each of `parts` (values of column `of`) within each of `groups`.

    Shares lie in 0…1 with 95% and 66% Wilson intervals on Kish's effective number of people, and add up to 1 over all
    parts of a group, people whose part is missing apart. Each person counts once, with the latest interview.
    """
    everyone = in_view(source, view, by)
    people = everyone.filter(everyone[by].isin([*groups]), everyone[of].isin([*parts]))
    counted = run(
        people.group_by([by, of]).aggregate(
            n=people.count(), w=people.weight.sum(), ww=(people.weight * people.weight).sum()
        )
    )
    raw = complete(counted, {by: groups, of: parts}).fillna({"w": 0.0, "ww": 0.0})
    total = raw.groupby(by)[["w", "ww"]].transform("sum")
    raw["share"] = raw["w"] / total["w"].where(total["w"] > 0)
    ends = wilson(raw["share"], total["w"] ** 2 / total["ww"])
    return release(
        raw.join(ends),
        name=f"{of}-by-{by}".replace("_", "-"),
        keys=[by, of],
        values=SHARE,
        within=[by],
        people=behind(source, view, by, int(raw["n"].sum())),
        context=source.context(sentence(view)),
        notes=(WEIGHTED,),
    )
