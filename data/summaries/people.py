"""What all summaries share: one interview per person, sums per group, people counted, choices on offer."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

import ibis
import ibis.expr.types as ir
import pandas as pd

from data.disclosure import SEEDS, WEIGHED, Count, added, enough, told, told_counts
from data.engine import Source, run
from data.grouping import Grouping
from data.keys import KEYS
from data.view import View, select
from data.vocabulary import SCORES

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
