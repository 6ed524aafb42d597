"""Composition: of which bands (or sexes, age groups …) a group of returnees is made."""

from dataclasses import replace
from typing import Final

import pandas as pd

from data.disclosure import Fact, Released, release
from data.engine import Source, run
from data.estimate import SHARE, share_of, shares
from data.grouping import Grouping
from data.notes import Said
from data.summaries.facts import furthest, shared
from data.summaries.people import complete, in_view, people_behind, people_in, those_among, weights
from data.view import View, sentence
from data.vocabulary import COMPULSORY

COMPULSION: Final = "compulsory"
"""The fact of the share of people of a group whose return was obliged or forced."""


def compose(source: Source, view: View, grouping: Grouping, parts: Grouping) -> Released:
    """Number and weighted share of people in each of the `parts`, groups of another column, within each of the groups.

    Shares lie in 0…1 with 95% and 66% Wilson intervals on Kish's effective number of people, and add up to 1 over all
    parts of a group, people whose part is missing apart. Each person counts once, with the latest interview. Of bands,
    facts tell the share of compulsory returns (obliged and forced) of each group.
    """
    by, of = grouping.by, parts.by
    everyone = in_view(source, view, grouping)
    people = everyone.filter(everyone[by].isin([*grouping.groups]), everyone[of].isin([*parts.groups]))
    counted = run(people.group_by([by, of]).aggregate(n=people.count(), **weights(people)))
    raw = complete(counted, {by: grouping.groups, of: parts.groups}).fillna({"w": 0.0, "ww": 0.0})
    raw = raw.join(shares(raw, [by]))
    released = release(
        raw,
        name=f"{of}-by-{by}".replace("_", "-"),
        keys=[by, of],
        values=SHARE,
        margins=[[by]],
        people=people_behind(source, view, grouping, people_in(raw, by)),
        context=source.context(sentence(view)),
        notes=(Said.DESIGN_WEIGHTS,),
        who="grouped",
    )
    return replace(released, facts=compulsory(released, raw, by)) if of == "band" else released


def compulsory(released: Released, raw: pd.DataFrame, by: str) -> tuple[Fact, ...]:
    """The share of compulsory returns of each group in which both bands may be seen, and the groups furthest apart."""
    both = raw[raw["band"].isin(COMPULSORY) & released.is_shown()]
    if set(raw["band"]) <= set(COMPULSORY):
        return ()
    parts = both.groupby(by)["n"].size()
    seen = raw[raw[by].isin(parts.index[parts == len(COMPULSORY)])]
    groups = those_among(seen, seen["band"].isin(COMPULSORY), [by], COMPULSION)
    groups = groups[[by]].join(share_of(groups, COMPULSION))
    numbers = zip(groups["share"].tolist(), groups["n_effective"].tolist(), groups[by].astype(str), strict=True)
    told = (shared(COMPULSION, *row) for row in numbers)
    return (*told, *furthest(groups, by))
