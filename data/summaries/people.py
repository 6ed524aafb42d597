"""What all summaries share: one interview per person, sums per group, people counted, choices on offer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from data.disclosure import WEIGHED, added, enough, released_people, rounded
from data.engine import Source, run
from data.filters import ByFilter, Kind, Values, every, in_table_order
from data.grouping import Grouping
from data.view import View, active, select, without
from data.vocabulary import CATEGORIES, SCORES


def latest(table: ir.Table, by: Sequence[str] = ()) -> ir.Table:
    """One row per person (and per `by`, say wave): the last wave, in it the most months, then the later row."""
    newest = ibis.row_number().over(
        group_by=["person", *by],
        order_by=[
            ibis.desc(table.wave.fill_null(-1)),
            ibis.desc(table.months.fill_null(-1)),
            ibis.desc(table.interview),
        ],
    )
    return table.mutate(_order=newest).filter(ibis._["_order"] == 0).drop("_order")


def one_a_wave(source: Source, table: ir.Table) -> ir.Table:
    """One interview per person and wave of `table`; looked for only where the data have people with several."""
    return table if source.one_a_wave else latest(table, by=["wave"])


def in_view(source: Source, view: View, grouping: Grouping | None = None) -> ir.Table:
    """The people in view, each with their latest interview among the ones chosen; grouped by wave, one for each."""
    table = select(source.table, view)
    return one_a_wave(source, table) if grouping and grouping.over_waves else latest(table)


def by_score(people: ir.Table, keep: Sequence[str], scores: Sequence[str] = SCORES) -> ir.Table:
    """One row per person and score that the person has: the columns `keep`, `weight`, `score` and its `value`."""
    columns = dict.fromkeys([*keep, "weight", *scores])
    return (
        people.select(*columns)
        .pivot_longer([*scores], names_to="score", values_to="value")
        .filter(ibis._.value.notnull())
    )


def grouped(source: Source, view: View, grouping: Grouping, scores: Sequence[str]) -> ir.Table:
    """The scores of people in view who belong to one of the groups, as `by_score` has them."""
    people = in_view(source, view, grouping)
    return by_score(people.filter(people[grouping.by].isin([*grouping.groups])), [grouping.by], scores)


def weights(w: ir.NumericColumn, of: ir.BooleanColumn | None = None) -> dict[str, ir.Scalar]:
    """What the door asks of the design weights `w` of the people of a group, or of some `of` them, as `WEIGHED`."""
    return {"w": w.sum(where=of), "ww": (w * w).sum(where=of), "heaviest": w.max(where=of)}


def those(
    name: str, which: ir.BooleanColumn, w: ir.NumericColumn, of: ir.BooleanColumn | None = None
) -> dict[str, ir.Scalar]:
    """How many people of a group (or of some `of` them) are those `which`, and what the door asks of their weights."""
    which = which.fill_null(False) if of is None else (of & which).fill_null(False)
    others = ~which if of is None else of & ~which
    told = {f"{sum_}_{name}": each for sum_, each in weights(w, which).items()}
    return {name: which.sum(), **told, f"heaviest_not_{name}": w.max(where=others)}


def those_among(rows: pd.DataFrame, which: pd.Series, by: Sequence[str], name: str) -> pd.DataFrame:
    """As `added` has the rows, with the same of the rows `which` as `those` would, from sums that are there already."""
    mine = added(rows[which], by).rename(columns={"n": name, **{sum_: f"{sum_}_{name}" for sum_ in WEIGHED}})
    others = added(rows[~which], by).rename(columns={"heaviest": f"heaviest_not_{name}"})
    both = added(rows, by).merge(mine, how="left", on=[*by])
    return both.merge(others[[*by, f"heaviest_not_{name}"]], how="left", on=[*by]).fillna({name: 0, f"w_{name}": 0.0})


def sums(scored: ir.Table, by: Sequence[str], also: Mapping[str, ir.Scalar] | None = None) -> pd.DataFrame:
    """Sums per group and score, as `data.estimate` and the door read them, from a table as `by_score` makes it.

    One row per combination of `by` and `score`; `also` are further numbers wanted of each group.
    """
    x, w = scored.value, scored.weight
    wanted = {
        "n": x.count(),
        **weights(w),
        "wx": (w * x).sum(),
        "wxx": (w * x * x).sum(),
        "wwx": (w * w * x).sum(),
        "wwxx": (w * w * x * x).sum(),
    }
    return run(scored.aggregate({**wanted, **(also or {})}, by=[*by, "score"]))


def complete(raw: pd.DataFrame, grid: Mapping[str, Sequence[object]]) -> pd.DataFrame:
    """`raw` with one row for every combination of the `grid` in its order; groups without people have n = 0."""
    every = pd.MultiIndex.from_product([[*values] for values in grid.values()], names=[*grid]).to_frame(index=False)
    return every.merge(raw, how="left", on=[*grid]).fillna({"n": 0}).astype({"n": "int64"})


def looked_at(compared: pd.Series, score: pd.Series) -> pd.Series:
    """How many differences can be looked at in a figure, for each row: those `compared` on its score, times four.

    The family that intervals are widened for. Whichever of the four scores is in focus, the others are a click away; so
    a difference has the same interval wherever the same groups are compared.
    """
    return compared.groupby(score.to_numpy()).transform("sum").clip(lower=1) * len(SCORES)


def largest(source: Source, view: View, column: str, most: int) -> tuple[str, ...]:
    """The values of a column of free words, such as area, with most people in view: at least the threshold each.

    They are ordered, and cut off, by the rounded number of people and then by name: an order tells of numbers too.
    """
    people = in_view(source, view)
    counted = people.filter(people[column].notnull()).group_by(column).aggregate(n=ibis._.count())
    shown = run(counted.filter(enough(counted.n)))
    ordered = shown.assign(n=rounded(shown["n"])).sort_values(["n", column], ascending=[False, True])
    return tuple(ordered[column].head(most))


@dataclass(frozen=True)
class Reach:
    """How many people and interviews are in view, rounded; None below the threshold."""

    people: int | None
    interviews: int | None
    corridors: int
    waves: int


def count(source: Source, view: View) -> int:
    """The exact number of people in view: for `release`, never for a screen."""
    table = select(source.table, view)
    return int(run(table.aggregate(n=table.person.nunique()))["n"].iloc[0])


def people_behind(source: Source, view: View, grouping: Grouping, n: int) -> int:
    """How many people stand behind groups of `n` people in all: as many, but by wave a person is in several groups."""
    return min(n, count(source, view)) if grouping.over_waves else n


def reach(source: Source, view: View) -> Reach:
    """People, interviews, corridors and waves in view."""
    table = select(source.table, view)
    row = run(
        table.aggregate(
            people=table.person.nunique(),
            interviews=table.count(),
            corridors=table.corridor.nunique(),
            waves=table.wave.nunique(),
        )
    ).iloc[0]
    people = released_people(int(row["people"]))
    return Reach(
        people,
        None if people is None else released_people(int(row["interviews"])),
        int(row["corridors"]),
        int(row["waves"]),
    )


def emptied_by(source: Source, view: View) -> tuple[str, ...]:
    """Which single choices, when opened again, bring enough people back into view."""
    return tuple(choice for choice in active(view) if released_people(count(source, without(view, choice))) is not None)


@dataclass(frozen=True, init=False)
class Choices(ByFilter):
    """What a source offers to choose from.

    `values` are those each filter can take, `choices.bands` reads them: codes in their order, the ones found in the
    data from most to fewest people, or both ends of a range; none where the data hold nothing. `perceived` are answers
    on how free the choice to return was.
    """

    values: tuple[tuple[str, Values], ...]
    perceived: tuple[str, ...]
    waves: tuple[int, ...]

    def __init__(
        self, perceived: tuple[str, ...] = (), waves: tuple[int, ...] = (), **offered: Sequence[Any] | None
    ) -> None:
        for name, value in {"values": in_table_order(offered), "perceived": perceived, "waves": waves}.items():
            object.__setattr__(self, name, value)  # as a frozen dataclass itself does


def choices(source: Source) -> Choices:
    """The values each filter can take in `source`."""
    table = select(source.table, View())
    ranges = [each for each in every() if each.kind == Kind.RANGE]
    declared = {each.name: each.column for each in every() if each.declared}
    also = {"perceived": "perceived_choice", "waves": "wave"}
    found = {each.name: each.column for each in every() if each not in ranges and not each.declared}
    row = run(
        table.aggregate(
            **{f"{each.name}_{end}": getattr(table[each.column], end)() for each in ranges for end in ("min", "max")},
            **{name: table[column].collect(distinct=True) for name, column in {**declared, **also}.items()},
        )
    ).iloc[0]
    offered: dict[str, Sequence[Any] | None] = {
        **{name: _most_first(table, column) for name, column in found.items()},
        **{name: _known(row[name], CATEGORIES[column]) for name, column in declared.items()},
        **{each.name: _ends(row[f"{each.name}_min"], row[f"{each.name}_max"]) for each in ranges},
    }
    return Choices(
        perceived=_known(row["perceived"], CATEGORIES["perceived_choice"]),
        waves=tuple(sorted(int(wave) for wave in _listed(row["waves"]))),
        **offered,
    )


def _most_first(table: ir.Table, column: str) -> tuple[str, ...]:
    counted = table.filter(table[column].notnull()).group_by(column).aggregate(n=table.person.nunique())
    return tuple(run(counted.order_by(ibis.desc("n"), column))[column])


def _known(values: list[str] | None, codes: Collection[str]) -> tuple[str, ...]:
    return tuple(code for code in codes if code in _listed(values))


def _listed(values: list[Any] | None) -> list[Any]:
    return [] if values is None else [*values]


def _ends(low: float, high: float) -> tuple[int, int] | None:
    return None if pd.isna(low) or pd.isna(high) else (int(low // 1), int(-(-high // 1)))
