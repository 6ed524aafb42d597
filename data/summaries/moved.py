"""What moved: by how much the same people's answers changed between two waves, element by element."""

from collections.abc import Mapping
from functools import reduce
from typing import Literal

import ibis.expr.types as ir
import pandas as pd

from data.disclosure import Released, enough, release, shown
from data.effects import adjusted, p_values
from data.engine import Source
from data.estimate import DIFFERENCE, INTERVALS, means, together
from data.grouping import Grouping
from data.instrument import elements, indicators
from data.keys import KEYS
from data.notes import Said
from data.summaries.people import FROM, by_score, changed_sums, complete, most, one_a_wave
from data.view import View, select, sentence

Level = Literal["element", "indicator"]


def what_moved(
    source: Source, view: View, grouping: Grouping, between: tuple[int, int], level: Level = "indicator"
) -> Released:
    """Mean change of points `between` an earlier and a later wave within the same people, for each of the groups.

    One row per group and element (p01…), or indicator of the survey, in official order. `difference` lies in −1…1, more
    being better, with t-intervals of the paired changes, 66% by itself and 95% for all changes shown at once; `p`, of
    the paired t-test, is adjusted likewise. An indicator's change is a person's mean over its elements answered both
    times. Weights are those of the later interview, as in `trajectories.change`. What nobody of a group answered both
    times is not available.
    """
    by = grouping.by
    pairs = _pairs(source, view, by, between)
    changes = _changes(pairs, level)
    changed = pairs.filter(pairs[by].isin([*grouping.groups])).select(by, "weight", *KEYS, FROM, **changes)
    summed = changed_sums(by_score(changed, [by, FROM], [*changes]), [by]).rename(columns={"score": level})
    raw = complete(summed, {by: grouping.groups, level: [*changes]})
    raw = raw.join(means(raw, level)).rename(columns=dict(zip(("mean", *INTERVALS), DIFFERENCE, strict=True)))
    margins = [[level]]
    family = pd.Series(max(1, int(shown(raw, margins).sum())), raw.index)
    raw = together(raw, family, prefix="difference_")
    raw["not_asked"] = enough(raw.groupby(by)["n"].transform("max")) & (raw["n"] == 0)
    return release(
        raw.assign(p=adjusted(p_values(raw), family)),
        name=f"{level}s-moved-by-{by.replace('_', '-')}",
        keys=[by, level],
        values=[*DIFFERENCE, "p"],
        margins=margins,
        not_asked="not_asked",
        people=most(raw, [level]),
        context=source.context(sentence(view)),
        notes=(Said.BOTH_WAVES, Said.CHANGES_TOGETHER, *[Said.GROUPING] * (level == "indicator")),
        who="both_waves",
    )


def _pairs(source: Source, view: View, by: str, between: tuple[int, int]) -> ir.Table:
    """One row per person interviewed at both waves: group, later weight, and the change of each element's points."""
    first, last = between
    points = [element.column for element in elements()]
    table = select(source.table, view)
    table = table.filter(table.wave.isin([*between]))
    seen = one_a_wave(
        source, table.select(*dict.fromkeys(["person", "wave", "months", "interview", by, "weight", *KEYS, *points]))
    )
    before = seen.filter(seen.wave == first).select("person", by, *points, **{FROM: "interview_key"})
    after = seen.filter(seen.wave == last).select("person", "weight", *KEYS, *points)
    both = before.inner_join(after, "person", lname="{name}_before", rname="{name}")
    return both.select(by, "weight", *KEYS, FROM, **{name: both[name] - both[f"{name}_before"] for name in points})


def _changes(pairs: ir.Table, level: Level) -> Mapping[str, ir.Value]:
    """A person's change of each element, or the mean of the changes of each indicator's elements."""
    if level == "element":
        return {element.column: pairs[element.column] for element in elements()}
    changes: dict[str, ir.Value] = {}
    for name, parts in indicators().items():
        columns = [pairs[element.column] for element in parts]
        whole = reduce(lambda one, other: one + other, (column.fill_null(0.0) for column in columns))
        asked = reduce(lambda one, other: one + other, (column.notnull().cast("int8") for column in columns))
        changes[name] = whole / asked.nullif(0)
    return changes
