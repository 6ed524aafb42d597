"""What is on offer: who is in view, which choices there are, and which of them to open where nobody is left."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import ClassVar

import ibis
import ibis.expr.types as ir

from data import places
from data.disclosure import Count, released_people, told
from data.engine import Source, run
from data.filters import ByFilter, Filter, every, in_table_order
from data.summaries.people import count, people_of
from data.view import View, active, select, without
from data.vocabulary import CATEGORIES


@dataclass(frozen=True)
class Reach:
    """How many people and interviews are in view, rounded; None below the threshold.

    `corridors` and `waves` are how many of them have people enough to be shown.
    """

    people: int | None
    interviews: int | None
    corridors: int
    waves: int


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
