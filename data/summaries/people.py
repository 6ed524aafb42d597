"""What all summaries share: one interview per person, sums per group, people counted, choices on offer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import ibis
import ibis.expr.types as ir
import pandas as pd

from data.disclosure import FLOOR, released_people
from data.engine import Source, run
from data.grouping import Grouping
from data.view import View, active, select, without
from data.vocabulary import SCORES, Mark


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


def sums(scored: ir.Table, by: Sequence[str], also: Mapping[str, ir.Scalar] | None = None) -> pd.DataFrame:
    """Sums per group and score, as `data.estimate` reads them, from a table as `by_score` makes it.

    One row per combination of `by` and `score`; `also` are further numbers wanted of each group.
    """
    x, w = scored.value, scored.weight
    wanted = {
        "n": x.count(),
        "w": w.sum(),
        "ww": (w * w).sum(),
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


def against(raw: pd.DataFrame, hidden: pd.Series, by: str, reference: str, within: str) -> pd.Series:
    """Marks for what compares each row with the row of `reference` that has the same `within`.

    A comparison of the reference with itself has no meaning; one with a masked reference would give it away.
    """
    is_reference = raw[by] == reference
    reference_hidden = raw[within].map(hidden[is_reference].set_axis(raw.loc[is_reference, within]))
    reasons = pd.Series(Mark.SHOWN, index=raw.index).mask(reference_hidden, Mark.CONFIDENTIAL)
    return reasons.mask(is_reference, Mark.NOT_APPLICABLE)


def looked_at(compared: pd.Series, score: pd.Series) -> pd.Series:
    """How many differences can be looked at in a figure, for each row: those `compared` on its score, times four.

    The family that intervals are widened for. Whichever of the four scores is in focus, the others are a click away; so
    a difference has the same interval wherever the same groups are compared.
    """
    return compared.groupby(score.to_numpy()).transform("sum").clip(lower=1) * len(SCORES)


def largest(source: Source, view: View, column: str, most: int) -> tuple[str, ...]:
    """The values of a column of free words, such as area, with most people in view: at least the floor each."""
    people = in_view(source, view)
    counted = people.filter(people[column].notnull()).group_by(column).aggregate(n=ibis._.count())
    shown = counted.filter(counted.n >= FLOOR).order_by(ibis.desc("n"), column).limit(most)
    return tuple(run(shown)[column])


@dataclass(frozen=True)
class Reach:
    """How many people and interviews are in view, rounded; None below the release floor."""

    people: int | None
    interviews: int | None
    corridors: int
    waves: int


def count(source: Source, view: View) -> int:
    """The exact number of people in view: for `release`, never for a screen."""
    table = select(source.table, view)
    return int(run(table.aggregate(n=table.person.nunique()))["n"].iloc[0])


def behind(source: Source, view: View, grouping: Grouping, n: int) -> int:
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
    """Which single choices, when opened again, bring at least the floor of people back into view."""
    return tuple(choice for choice in active(view) if released_people(count(source, without(view, choice))) is not None)


_KINDS: Final = ("band", "sex", "age_group", "assistance", "perceived_choice", "wave")


@dataclass(frozen=True)
class Choices:
    """What the filters can offer for a source; corridors from most to fewest people."""

    corridors: tuple[str, ...]
    bands: tuple[str, ...]
    sexes: tuple[str, ...]
    ages: tuple[str, ...]
    assistance: tuple[str, ...]
    perceived: tuple[str, ...]
    months: tuple[int, int] | None
    years: tuple[int, int] | None
    waves: tuple[int, ...]


def choices(source: Source) -> Choices:
    """The values each filter can take in `source`."""
    table = select(source.table, View())
    ordered = run(table.group_by("corridor").aggregate(n=table.person.nunique()).order_by(ibis.desc("n"), "corridor"))
    ends = run(
        table.aggregate(
            **{
                f"{name}_{end}": getattr(table[name], end)()
                for name in ("months", "return_year")
                for end in ("min", "max")
            },
            **{name: table[name].collect(distinct=True) for name in _KINDS},
        )
    ).iloc[0]
    return Choices(
        corridors=tuple(ordered["corridor"]),
        bands=_known(ends["band"]),
        sexes=_known(ends["sex"]),
        ages=_known(ends["age_group"]),
        assistance=_known(ends["assistance"]),
        perceived=_known(ends["perceived_choice"]),
        months=_ends(ends["months_min"], ends["months_max"]),
        years=_ends(ends["return_year_min"], ends["return_year_max"]),
        waves=tuple(sorted(int(wave) for wave in ends["wave"])) if ends["wave"] is not None else (),
    )


def _known(values: list[str] | None) -> tuple[str, ...]:
    return () if values is None else tuple(sorted(values))


def _ends(low: float, high: float) -> tuple[int, int] | None:
    return None if pd.isna(low) or pd.isna(high) else (int(low // 1), int(-(-high // 1)))
