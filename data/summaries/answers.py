"""Answers: how the people of each group answered single elements of the survey."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import pandas as pd

from data.disclosure import Released, enough, release
from data.engine import Source, run
from data.estimate import SHARE, shares
from data.grouping import Grouping
from data.instrument import elements
from data.keys import KEYS
from data.notes import Said
from data.summaries.people import in_view, people_behind, people_in, weights
from data.view import View, sentence


def answers(source: Source, view: View, grouping: Grouping, asked: Sequence[str]) -> Released:
    """How many people of the groups gave each answer to the elements `asked` (p01…).

    One row per group, element and answer, best answer first. `share` (0…1, with 95% and 66% Wilson intervals on
    Kish's effective number) is of the people who answered; unanswered elements are no answer. Points midway between
    two answers count under the better one. An element that nobody of a group answered is not available. Each person
    counts once, with the latest interview. Source: MPP, Figure 3 (answer codes and points of six elements).
    """
    by = grouping.by
    people = in_view(source, view, grouping, points=True)
    counted = run(_counted(people.filter(people[by].isin([*grouping.groups])), by, asked))
    raw = _steps(grouping, asked).merge(counted, how="left", on=[by, "element", "place"])
    raw = raw.fillna({"n": 0, "w": 0.0, "ww": 0.0}).astype({"n": "int64"})
    total = raw.groupby([by, "element"])["n"].transform("sum")
    size = raw[by].map(counted.groupby([by, "element"])["n"].sum().groupby(by).max()).fillna(0)
    raw["not_asked"] = enough(size) & (total == 0)
    return release(
        raw.join(shares(raw, [by, "element"])),
        name=f"answers-by-{by.replace('_', '-')}",
        keys=[by, "element", "answer"],
        values=SHARE,
        margins=[[by, "element"]],
        not_asked="not_asked",
        people=people_behind(source, view, grouping, people_in(raw, by, "element")),
        context=source.context(sentence(view)),
        notes=(Said.ANSWERED, Said.FROM_POINTS),
        who="answered",
    )


def _steps(grouping: Grouping, asked: Sequence[str]) -> pd.DataFrame:
    """One row per group, element and answer; `place` counts from the answer with the fewest points."""
    steps = [
        {"element": element.column, "answer": answer, "place": len(element.answers) - 1 - below}
        for element in elements()
        if element.column in asked
        for below, (answer, _) in enumerate(element.answers)
    ]
    return pd.DataFrame({grouping.by: [*grouping.groups]}).merge(pd.DataFrame(steps), how="cross")


def _counted(people: ir.Table, by: str, asked: Sequence[str]) -> ir.Table:
    """People and their weights per group, element and place of the answer; the place of no answer is missing.

    Answers are evenly spaced from 0 to 1 point, so that one product finds the nearest.
    """
    last: dict[int, list[str]] = {}
    for element in elements():
        last.setdefault(len(element.answers) - 1, []).append(element.column)
    long = people.select(by, "weight", *KEYS, *asked).pivot_longer([*asked], names_to="element", values_to="points")
    scale = ibis.cases(*((long.element.isin(columns), steps) for steps, columns in last.items()))
    place = (long.points * scale + 0.5).floor().cast("int64")
    return long.group_by(by, "element", place=place).aggregate(n=long.count(), **weights(long))
