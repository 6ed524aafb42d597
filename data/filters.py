"""The filters: all that a reader can narrow the people in view by, each one entry of one table.

A filter is a value. The view, its sentence, the query, the sidebar, links, the groups that stand side by side and the
way back from an empty selection all read this table: a new filter is a new entry, and nothing else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import ibis.expr.types as ir

from data import countries
from data.vocabulary import BANDS, CATEGORIES, COMPULSORY

Values = tuple[Any, ...]
"""What a filter is narrowed to: codes, or the two ends of a range; an empty one leaves it open."""

Say = Callable[[str, Values], str]
"""Values of a column in words."""


class Kind(StrEnum):
    """How values are chosen, and so which widget the sidebar draws."""

    SOME = "some of several codes"
    BANDS = "some of the bands, which are ordered, or the compulsory ones at once"
    RANGE = "from one whole number to another"


def listed(column: str, codes: Values) -> str:
    """Codes of a declared column as a list in the middle of a sentence, in their order: "women and men"."""
    return joined([label for code, label in CATEGORIES[column].items() if code in codes]).lower()


def joined(words: Sequence[str]) -> str:
    """Words as a list in a sentence: "women, men and others"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def span(_column: str, ends: Values) -> str:
    """A range of numbers: "5–9", and "5" where it is one number only."""
    return "–".join(str(end) for end in dict.fromkeys(ends))


def _corridors(_column: str, corridors: Values) -> str:
    if len(corridors) > 3:
        return f"{len(corridors)} corridors"
    return joined([countries.corridor_label(corridor) for corridor in corridors])


def _bands(column: str, bands: Values) -> str:
    if set(bands) == set(BANDS):
        return "all six bands"
    return listed(column, bands) + (" (compulsory)" if set(bands) == set(COMPULSORY) else "")


@dataclass(frozen=True)
class Filter:
    """One way to narrow the people in view.

    `name` is its name in a `View` and `column` the column of the cohort schema (or `corridor`) that it narrows; `title`
    stands over it in the sidebar, `noun` wherever the app speaks of it, `code` in links. In the view's sentence `say`
    puts its values into words and `phrase` puts these in place; `unsaid` stands there while it is open. `of_community`
    tells whether it narrows community members too, beside whom returnees are seen.
    """

    name: str
    column: str
    title: str
    noun: str
    code: str
    kind: Kind = Kind.SOME
    phrase: str = "{}"
    say: Say = listed
    unsaid: str = ""
    of_community: bool = False

    @property
    def declared(self) -> tuple[str, ...]:
        """The codes its values are taken from, in their order; none where they are found in the data."""
        return tuple(CATEGORIES.get(self.column, ()))

    def word(self, code: str) -> str:
        """A code as a choice is called on screen; KeyError or ValueError where there is none."""
        if self.column == "corridor":
            return countries.corridor_label(code)
        return CATEGORIES[self.column][code] if self.declared else code

    def keeps(self, table: ir.Table, values: Values) -> ir.BooleanValue:
        """Whether a row is kept: a missing value never is."""
        column = table[self.column]
        return column.between(*values) if self.kind == Kind.RANGE else column.isin(values)

    def sentence(self, values: Values) -> str:
        """What the view's sentence says of it."""
        return self.phrase.format(self.say(self.column, values)) if values else self.unsaid


FILTERS: tuple[Filter, ...] = (
    Filter(
        "corridors",
        column="corridor",
        title="Corridors",
        noun="corridor",
        code="corridor",
        say=_corridors,
        unsaid="All corridors",
    ),
    Filter(
        "bands",
        column="band",
        title="Return spectrum, from most to least voluntary",
        noun="band",
        code="band",
        kind=Kind.BANDS,
        say=_bands,
        unsaid="all bands",
    ),
    Filter("sexes", column="sex", title="Sex", noun="sex", code="sex", of_community=True),
    Filter(
        "ages",
        column="age_group",
        title="Age group",
        noun="age group",
        code="age",
        phrase="aged {}",
        of_community=True,
    ),
    Filter("assistance", column="assistance", title="Assistance", noun="assistance", code="assistance"),
    Filter(
        "months",
        column="months",
        title="Months since return",
        noun="months since return",
        code="months",
        kind=Kind.RANGE,
        phrase="{} months after return",
        say=span,
    ),
    Filter(
        "years",
        column="return_year",
        title="Year of return",
        noun="year of return",
        code="year",
        kind=Kind.RANGE,
        phrase="returned in {}",
        say=span,
    ),
)
"""The table, in the order of the sidebar and of the sentence."""

LEADING: Final = ("cohort", "band")


def every() -> tuple[Filter, ...]:
    """All filters, in their order."""
    return FILTERS


def names() -> tuple[str, ...]:
    """Their names in a `View`."""
    return tuple(each.name for each in every())


def named(name: str) -> Filter:
    """The filter of that name in a `View`; KeyError where there is none."""
    return {each.name: each for each in every()}[name]


def of_column(column: str) -> Filter | None:
    """The filter that narrows a column, if any."""
    return next((each for each in every() if each.column == column), None)


def groupings(*first: str, without: Sequence[str] = ()) -> tuple[str, ...]:
    """The columns people can be grouped by: the `first`, then those of all filters for codes, but for some."""
    columns = (*(first or LEADING), *(each.column for each in every() if each.kind != Kind.RANGE))
    return tuple(column for column in dict.fromkeys(columns) if column not in without)


class ByFilter:
    """Values by filter, hashable and to be pickled: `view.bands` are those of the filter named bands, () for none."""

    values: tuple[tuple[str, Values], ...]

    def __getattr__(self, name: str) -> Values:
        if name not in names():  # also `values` itself, while an unpickled one has none yet
            raise AttributeError(name)
        return dict(self.values).get(name, ())


def in_table_order(values: dict[str, Sequence[Any] | None]) -> tuple[tuple[str, Values], ...]:
    """Values by name in the order of the table, without the open ones; TypeError for a name that it does not have."""
    if unknown := set(values) - {*names()}:
        raise TypeError(f"no filter is called {', '.join(sorted(unknown))}")
    return tuple((name, tuple(values[name] or ())) for name in names() if values.get(name))
