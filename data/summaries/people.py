"""What all summaries share: one interview per person, sums per group, people counted, choices on offer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, ClassVar, Final, TypeAlias

import ibis
import ibis.expr.types as ir
import pandas as pd

from data import places
from data.disclosure import SEEDS, WEIGHED, Count, added, enough, released_people, told, told_counts
from data.engine import Source, run
from data.filters import ByFilter, Filter, every, in_table_order
from data.grouping import Grouping
from data.keys import KEYS
from data.view import View, active, select, without
from data.vocabulary import CATEGORIES, SCORES

FREE: Final = ("cohort", "corridor", "country_of_return")
"""The columns of which a reader may put any selection of groups side by side, or those that follow from it."""


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


def in_view(source: Source, view: View, grouping: Grouping | None = None, *, points: bool = False) -> ir.Table:
    """The people in view, each with their latest interview among the ones chosen; grouped by wave, one for each.

    Points of single answers are there only where they are asked for.
    """
    table = select(source.table if points else source.scored, view)
    return one_a_wave(source, table) if grouping and grouping.over_waves else latest(table)


def by_score(people: ir.Table, keep: Sequence[str], scores: Sequence[str] = SCORES) -> ir.Table:
    """One row per person and score that the person has: the columns `keep`, `weight`, `KEYS`, `score`, its `value`."""
    columns = dict.fromkeys([*keep, "weight", *KEYS, *scores])
    return (
        people.select(*columns)
        .pivot_longer([*scores], names_to="score", values_to="value")
        .filter(ibis._.value.notnull())
    )


def grouped(source: Source, view: View, grouping: Grouping, scores: Sequence[str]) -> ir.Table:
    """The scores of people in view who belong to one of the groups, as `by_score` has them."""
    people = in_view(source, view, grouping)
    return by_score(people.filter(people[grouping.by].isin([*grouping.groups])), [grouping.by], scores)


People: TypeAlias = ir.Table | Mapping[str, ir.Column]
"""A table of people, one row each, or its columns `weight` and `KEYS` under these names."""


def weights(
    people: People, of: ir.BooleanColumn | None = None, w: ir.NumericColumn | None = None
) -> dict[str, ir.Scalar]:
    """What the door asks of the `people` of a group, or of some `of` them, as `WEIGHED`; `w` are other weights."""
    w = people["weight"] if w is None else w
    seeds = {name: seed(people[key], of) for name, key in zip(SEEDS, KEYS, strict=True)}
    return {"w": w.sum(where=of), "ww": (w * w).sum(where=of), "heaviest": w.max(where=of), **seeds}


def seed(key: ir.Column, of: ir.BooleanColumn | None = None) -> ir.Scalar:
    """What people or interviews with this `key` seed, or some `of` them: the exclusive or, 0 of nobody."""
    return key.bit_xor(where=of).fill_null(0)


def those(
    name: str,
    which: ir.BooleanColumn,
    people: ir.Table,
    of: ir.BooleanColumn | None = None,
    w: ir.NumericColumn | None = None,
) -> dict[str, ir.Scalar]:
    """How many `people` of a group (or of some `of` them) are those `which`, and what the door asks of them."""
    which = which.fill_null(False) if of is None else (of & which).fill_null(False)
    others = ~which if of is None else of & ~which
    told = {f"{sum_}_{name}": each for sum_, each in weights(people, which, w).items()}
    heaviest = (people.weight if w is None else w).max(where=others)
    return {name: which.sum(), **told, f"heaviest_not_{name}": heaviest}


def those_among(rows: pd.DataFrame, which: Any, by: Sequence[str], name: str) -> pd.DataFrame:
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
        **weights(scored),
        "wx": (w * x).sum(),
        "wxx": (w * x * x).sum(),
        "wwx": (w * w * x).sum(),
        "wwxx": (w * w * x * x).sum(),
    }
    return run(scored.aggregate({**wanted, **(also or {})}, by=[*by, "score"]))


FROM: Final = "from_key"
"""The key of the interview that a change is counted from; that of the later one is the row's own."""


def changed_sums(changed: ir.Table, by: Sequence[str]) -> pd.DataFrame:
    """As `sums`, of changes between two interviews: `interviews_seed_from` is what the earlier ones seed (`FROM`)."""
    return sums(changed, by, {"interviews_seed_from": seed(changed[FROM])})


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
    people = people.filter(people[column].notnull())
    counts = {"n": people.count(), "people_seed": seed(people.person_key)}
    counted = people.group_by(column).aggregate(**counts)
    shown = run(counted.filter(enough(counted.n)))
    ordered = shown.assign(n=told_counts(shown["n"], shown["people_seed"])).sort_values(
        ["n", column], ascending=[False, True]
    )
    return tuple(ordered[column].head(most))


@dataclass(frozen=True)
class Reach:
    """How many people and interviews are in view, rounded; None below the threshold.

    `corridors` and `waves` are how many of them have people enough to be shown.
    """

    people: int | None
    interviews: int | None
    corridors: int
    waves: int


def count(source: Source, view: View) -> Count:
    """The exact number of people in view, with what they seed: for `release`, never for a screen."""
    return people_of(select(source.scored, view))


def people_of(interviews: ir.Table) -> Count:
    """The people of these `interviews`, each once."""
    people = interviews.group_by("person").aggregate(key=interviews.person_key.max())
    row = run(people.aggregate(n=people.count(), seed=seed(people.key))).iloc[0]
    return Count(int(row["n"]), int(row["seed"]))


def people_in(raw: pd.DataFrame, by: str, *within: str) -> Count:
    """How many people stand behind the groups of `by` in all: the most of any of `within`, say of the scores.

    `raw` has a row, or several that add up, for each of them with its people `n` and what they seed. What a reader puts
    side by side at will counts as it is shown, rounded: sums of exact numbers over one selection after another would
    tell each.
    """
    if raw.empty:
        return Count(0)
    each = added(raw, [by, *within], {"n": "sum"})
    if by in FREE:
        shown = [told(Count(int(n), int(seed))) or 0 for n, seed in zip(each["n"], each["people_seed"], strict=True)]
        each = each.assign(n=shown, people_seed=0)
    return most(each, within)


def most(raw: pd.DataFrame, within: Sequence[str] = ()) -> Count:
    """The people of all rows, of whom nobody is in two with the same values of `within`: the most of any of these."""
    whole = added(raw.assign(_all=0), [*within, "_all"], {"n": "sum"})
    if whole.empty:
        return Count(0)
    row = whole.iloc[int(whole["n"].to_numpy().argmax())]
    return Count(int(row["n"]), int(row["people_seed"]))


def totals(raw: pd.DataFrame, by: Sequence[str]) -> pd.Series:
    """For each row the people of all rows with the same values of `by`, as they may be seen where they may."""
    of = raw.groupby([*by], sort=False).ngroup()
    whole = added(raw.assign(_of=of), ["_of"], {"n": "sum"}).set_index("_of")
    return of.map(told_counts(whole["n"], whole["people_seed"])).astype("Int64")


def people_behind(source: Source, view: View, grouping: Grouping, people: Count) -> Count:
    """Who stands behind groups of these `people` in all: as many, but by wave a person is in several groups."""
    if not grouping.over_waves:
        return people
    everyone = count(source, view)
    return everyone if everyone.n <= people.n else people


def reach(source: Source, view: View) -> Reach:
    """People, interviews, corridors and waves in view."""
    table = select(source.scored, view)
    everyone = people_of(table)
    people = told(everyone)
    if people is None:
        return Reach(None, None, 0, 0)
    interviews = int(run(table.aggregate(n=table.count()))["n"].iloc[0])
    found = _counted({("corridor", ""): table.corridor, ("wave", ""): table.wave}, table)
    corridors = {*found["corridor"]} - {places.OTHER}
    return Reach(people, told(Count(interviews, everyone.seed)), len(corridors), len(found["wave"]))


def emptied_by(source: Source, view: View) -> tuple[str, ...]:
    """Which single choices, when opened again, bring enough people back into view."""
    return tuple(choice for choice in active(view) if told(count(source, without(view, choice))) is not None)


@dataclass(frozen=True, init=False)
class Choices(ByFilter):
    """What a source offers to choose from: only what enough people have.

    `values` are those each filter can take, `choices.band` reads them, in the order declared, or else as
    `data.places.order` has them; none where there is nothing to choose. `corridors` come from most to fewest people;
    `perceived` are answers on how free the choice to return was.
    """

    OPEN: ClassVar[tuple[str, ...]] = ()
    values: tuple[tuple[str, tuple[str, ...]], ...]
    corridors: tuple[str, ...]
    perceived: tuple[str, ...]
    waves: tuple[int, ...]

    def __init__(
        self,
        corridors: tuple[str, ...] = (),
        perceived: tuple[str, ...] = (),
        waves: tuple[int, ...] = (),
        **offered: tuple[str, ...],
    ) -> None:
        made = {"values": in_table_order(offered), "corridors": corridors, "perceived": perceived, "waves": waves}
        for name, value in made.items():
            object.__setattr__(self, name, value)  # as a frozen dataclass itself does


def choices(source: Source) -> Choices:
    """What the filters and figures can offer of `source`."""
    table = select(source.scored, View())
    levels = {(each.name, str(place)): level for each in every() for place, level in enumerate(_levels(each, table))}
    found = _counted({**levels, ("perceived", ""): table.perceived_choice, ("wave", ""): table.wave}, table)
    corridors = {way: n for way, n in sorted(found["place"].items()) if "-" in way}
    return Choices(
        corridors=tuple(sorted(corridors, key=lambda way: -corridors[way])),
        perceived=tuple(code for code in CATEGORIES["perceived_choice"] if code in found["perceived"]),
        waves=tuple(sorted(int(wave) for wave in found["wave"])),
        **{each.name: _in_order(each, found[each.name]) for each in every()},
    )


def _levels(each: Filter, table: ir.Table) -> tuple[ir.Value, ...]:
    """The values of a filter that each row has: columns, the narrowest first, in which it has one at most."""
    if each.name == "place":
        return table.corridor, table.country_of_return, places.region(table.country_of_return)
    if not each.declared:
        return (table[each.column],)
    narrow = [code for code in each.declared if code in CATEGORIES.get(each.column, each.declared)]
    both = ([*narrow], [code for code in each.declared if code not in narrow])
    return tuple(ibis.cases(*((each.value(code).keeps(table), code) for code in codes)) for codes in both if codes)


def _in_order(each: Filter, offered: Collection[str]) -> tuple[str, ...]:
    if each.name == "place":
        return tuple(sorted(offered, key=places.order))
    return tuple(code for code in each.declared if code in offered) if each.declared else tuple(sorted(offered))


def _counted(columns: Mapping[tuple[str, str], ir.Value], table: ir.Table) -> dict[str, dict[str, int]]:
    """By name, the first of the keys of the `columns`, their values that enough people have, with rounded numbers.

    People are told apart by a number that stands for their name, which takes the engine less time than the name.
    """
    person = table.person.hash()
    tables = (
        table.filter(column.notnull())
        .group_by(value=column.cast("string"))
        .aggregate(n=person.nunique())
        .mutate(name=ibis.literal(name))
        for (name, _), column in columns.items()
    )
    frame = run(reduce(lambda above, below: above.union(below), tables))
    found: dict[str, dict[str, int]] = {name: {} for name, _ in columns}
    for name, value, n in zip(frame["name"], frame["value"], frame["n"], strict=True):
        if (told := released_people(int(n))) is not None:
            found[name][value] = told
    return found
