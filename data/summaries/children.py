"""Children: who of those who returned under 18 was followed for 24 months, and whose scores need a warning."""

from dataclasses import replace
from typing import Final

import ibis
import ibis.expr.types as ir

from data.disclosure import (
    ALL_ROWS,
    QUANTILES,
    Released,
    confidential,
    extreme,
    few,
    release,
    told,
    told_counts,
    too_few,
)
from data.engine import Source, run
from data.estimate import SHARE, share_of
from data.grouping import Grouping
from data.keys import KEYS
from data.notes import Said
from data.summaries.facts import apart
from data.summaries.people import complete, people_in, people_of, seed, those, weights
from data.summaries.quantiles import at_levels, ranked
from data.view import View, select, sentence
from data.vocabulary import SCORES

MONTHS: Final = 24
"""Months for which a child is to be followed. Source: `FOLLOWED_NOTE`."""

TOLERANCE: Final = 1
"""Months by which an interview planned at 24 may come early."""

DAYS_A_MONTH: Final = 30.4375


def followed(source: Source, view: View, grouping: Grouping) -> Released:
    """Who of the people who returned under 18 was followed for 24 months, for each of the groups.

    `people` are those for whom 24 months have passed; `share` of them, by design weight, had an interview at 23 months
    since return or later (0…1, with 95% and 66% Wilson intervals on Kish's effective number). The quartiles, by weight,
    are of the most months since return at which each was interviewed. `total` counts all children of the group, rounded
    to 5. Source: *Migration Policy Practice* IX(1) (2019), p. 20 ff. (24 months).
    """
    by = grouping.by
    children = _children(source, view, by)
    children = children.filter(children[by].isin([*grouping.groups]))
    due = children.filter(children.possible >= MONTHS)
    reached = children.longest >= MONTHS - TOLERANCE
    passed = (children.possible >= MONTHS).fill_null(False)
    found = run(
        children.group_by(by).aggregate(
            n=passed.sum(),
            every=children.count(),
            people_seed_every=seed(children.person_key),
            **weights(children, passed),
            **those("reached", reached, children, passed),
        )
    )
    lengths = due.filter(due.longest.notnull()).select(
        by, "weight", *KEYS, value="longest", score=ibis.literal("months")
    )
    quartiles = at_levels(ranked(lengths, by), by, QUANTILES)
    quartiles = quartiles.assign(told=quartiles["n"], told_by_few=too_few(quartiles))
    raw = complete(found, {by: grouping.groups}).fillna({"every": 0, "reached": 0, "w_reached": 0.0})
    raw = raw.merge(quartiles[[by, "told", "told_by_few", *QUANTILES]], how="left", on=[by])
    raw = raw.join(share_of(raw, "reached"))
    known, by_few = raw["told"].notna(), raw["told_by_few"].eq(True)
    reasons = {name: confidential(known & (extreme(raw["told"], q) | by_few)) for name, q in QUANTILES.items()}
    reasons["total"] = confidential(few(raw["every"] - raw["n"]))  # all children less those would tell the others
    released = release(
        raw.assign(total=told_counts(raw["every"], raw["people_seed_every"])),
        name=f"children-followed-by-{by.replace('_', '-')}",
        keys=[by],
        values=[*SHARE, *QUANTILES, "total"],
        margins=[ALL_ROWS],
        shares={"reached": SHARE},
        reasons=reasons,
        people=people_in(raw, by),
        context=source.context(sentence(view)),
        notes=(Said.CHILDREN_FOLLOWED, Said.CHILDREN_PASSED, Said.CHILDREN),
        who="children",
    )
    return replace(released, facts=apart(released, raw, by))


def adult_scores_on_children(source: Source, view: View) -> int | None:
    """How many people in view have a score from an interview under 18, rounded to 5; None for fewer than ten.

    The survey of 30 elements is one for adults; it is no instrument for children, so their scores need a warning.
    """
    table = _under_18(select(source.scored, view))
    scored = table.filter(ibis.or_(*(table[score].notnull() for score in SCORES)))
    return told(people_of(scored))


def _under_18(table: ir.Table) -> ir.Table:
    return table.filter(table.child.fill_null(False) | (table.age_group == "0-17").fill_null(False))


def _children(source: Source, view: View, by: str) -> ir.Table:
    """One row per child: weight and group of the first interview, `longest` months seen, and `possible` months."""
    table = _under_18(select(source.scored, view))
    order = [table.wave, table.months, table.interview]
    first = {name: table[name].first(order_by=order, include_null=True) for name in {by, "weight", *KEYS}}
    children = table.group_by("person").aggregate(**first)
    everyone = select(source.scored, View())
    ends = everyone.group_by("cohort").aggregate(end=everyone.interview_date.max())
    seen = everyone.semi_join(children, "person").select("person", "cohort", "months", "return_date")
    seen = seen.inner_join(ends, "cohort")
    spans = seen.group_by("person").aggregate(
        longest=seen.months.max(),
        possible=(seen.end.max().delta(seen.return_date.min(), unit="day") / DAYS_A_MONTH),
    )
    return children.inner_join(spans, "person")
