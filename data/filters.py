"""The filters: all that a reader can narrow the people in view by, each one entry of one table.

A filter is a value. The view, its sentence, the query, the sidebar, links, the groups that stand side by side and the
way back from an empty selection all read this table: a new filter is a new entry, and nothing else.

Choices are closed: a filter is open or has one declared value, a code of its column or one that stands for several,
such as compulsory returns or a world region. Free unions and open ranges would let somebody ask twice, take the
difference, and be left with one person.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import ibis.expr.types as ir

from data import places
from data.vocabulary import BANDS, CATEGORIES, COMPULSORY

MOST: Final = 3
"""How many filters may narrow a view at once."""

MOST_WITH_GROUPS: Final = 4
"""How many filters and groupings together may divide people into the rows of a figure."""

Codes = tuple[str, ...] | range


@dataclass(frozen=True)
class Value:
    """What a filter can be narrowed to.

    `word` is what it is called on screen and `said` in the view's sentence. It keeps the rows whose `column` is one of
    `codes`, or, where these are a range, lies in it when rounded to a whole number; a missing value is never kept.
    """

    word: str
    said: str
    column: str
    codes: Codes

    def keeps(self, table: ir.Table) -> ir.BooleanValue:
        """Whether a row is kept."""
        column = table[self.column]
        if isinstance(self.codes, range):
            return (column + 0.5).floor().between(self.codes.start, self.codes.stop - 1)
        return column.isin(self.codes)


@dataclass(frozen=True)
class Filter:
    """One way to narrow the people in view.

    `name` is its name in a `View`, in links and in the address; people can be grouped by its `column` where it has
    `groups`. `title` stands over it in the sidebar, `noun` wherever the app speaks of it, and `everyone` is the choice
    that leaves it open. `value` makes a `Value` of a code, KeyError or ValueError where there is none; `declared` are
    the codes there are, none where they are found in the data; `also` are further columns that values choose by.
    `unsaid` stands in the view's sentence while it is open.
    `of_community` tells whether it narrows community members too, beside whom returnees are seen.
    """

    name: str
    column: str
    title: str
    noun: str
    everyone: str
    value: Callable[[str], Value]
    declared: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    unsaid: str = ""
    groups: bool = True
    of_community: bool = False

    def takes(self, code: str) -> bool:
        """Whether it can be narrowed to `code`."""
        try:
            return bool(self.value(code))
        except (KeyError, ValueError):
            return False

    def word(self, code: str) -> str:
        """A code as a choice is called on screen; KeyError or ValueError where there is none."""
        return self.value(code).word

    def narrow(self, code: str, offered: Sequence[str]) -> tuple[Any, ...]:
        """The column's own values that `code` stands for, of those `offered`; all of them where it is "" for open.

        Of what is offered, values that stand for several are left out.
        """
        single = [codes[0] for value in offered if len(codes := self.value(value).codes) == 1]
        return tuple(found for found in single if not code or found in self.value(code).codes)


def joined(words: Sequence[str]) -> str:
    """Words as a list in a sentence: "women, men and others"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def coded(name: str, *wider: tuple[str, Value], phrase: str = "{}", column: str = "", **rest: Any) -> Filter:
    """A filter by one of a column's declared codes, or a `wider` value; `phrase` holds the word in the sentence."""
    column = column or name
    narrow = {
        code: Value(word, phrase.format(word.lower()), column, (code,)) for code, word in CATEGORIES[column].items()
    }
    values = {**narrow, **dict(wider)}
    return Filter(name, column=column, value=values.__getitem__, declared=tuple(values), **rest)


def _place(code: str) -> Value:
    column, codes = places.where(code)
    return Value(places.title(code), places.label(code), column, codes)


def _year(code: str) -> Value:
    year = int(code)
    if not (code.isdecimal() and code.isascii() and 1900 <= year < 2200):
        raise ValueError(f"{code} is no year.")
    return Value(code, f"returned in {code}", "return_year", range(year, year + 1))


def _months(first: int, past: int, word: str) -> Value:
    return Value(word, f"{word[:1].lower()}{word[1:]} after return", "months", range(first, past))


_WINDOWS: Final[Mapping[str, Value]] = {
    "0-6": _months(0, 7, "0–6 months"),
    "7-12": _months(7, 13, "7–12 months"),
    "13-24": _months(13, 25, "13–24 months"),
    "25-": _months(25, 1201, "More than 24 months"),
}

FILTERS: tuple[Filter, ...] = (
    Filter(
        "place",
        column="corridor",
        title="Where to",
        noun="place",
        everyone="All corridors",
        value=_place,
        also=("country_of_return",),
        unsaid="All corridors",
    ),
    coded(
        "band",
        ("compulsory", Value("Compulsory", "compulsory (obliged and forced)", "band", COMPULSORY)),
        (
            "not_compulsory",
            Value(
                "Not compulsory",
                "not compulsory (solicited to pressured)",
                "band",
                tuple(band for band in BANDS if band not in COMPULSORY),
            ),
        ),
        title="Kind of return",
        noun="band",
        everyone="All bands",
        unsaid="all bands",
    ),
    coded("sex", title="Sex", noun="sex", everyone="All", of_community=True),
    coded(
        "age",
        column="age_group",
        phrase="aged {}",
        title="Age group",
        noun="age group",
        everyone="All ages",
        of_community=True,
    ),
    coded("assistance", title="Assistance", noun="assistance", everyone="With and without"),
    Filter(
        "months",
        column="months",
        title="Months since return",
        noun="months since return",
        everyone="Any time",
        value=_WINDOWS.__getitem__,
        declared=tuple(_WINDOWS),
        groups=False,
    ),
    Filter(
        "year",
        column="return_year",
        title="Year of return",
        noun="year of return",
        everyone="All years",
        value=_year,
        groups=False,
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


def columns() -> tuple[str, ...]:
    """All columns that a view may choose by."""
    return tuple(dict.fromkeys(column for each in every() for column in (each.column, *each.also)))


def named(name: str) -> Filter:
    """The filter of that name in a `View`; KeyError where there is none."""
    return {each.name: each for each in every()}[name]


def of_column(column: str) -> Filter | None:
    """The filter that narrows a column, if any."""
    return next((each for each in every() if each.column == column), None)


def groupings(*first: str, without: Sequence[str] = ()) -> tuple[str, ...]:
    """The columns people can be grouped by: the `first`, then those of all filters that have groups, but for some."""
    columns = (*(first or LEADING), *(each.column for each in every() if each.groups))
    return tuple(column for column in dict.fromkeys(columns) if column not in without)


class ByFilter:
    """Something by filter, to be hashed and pickled: `view.band` is that of the filter named band, `OPEN` for none."""

    OPEN: ClassVar[Any] = ""
    values: tuple[tuple[str, Any], ...]

    def __getattr__(self, name: str) -> Any:
        if name not in names():  # also `values` itself, while an unpickled one has none yet
            raise AttributeError(name)
        return dict(self.values).get(name, self.OPEN)


def in_table_order(values: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """Values by name in the order of the table, without the open ones; TypeError for a name that it does not have."""
    if unknown := {*values} - {*names()}:
        raise TypeError(f"no filter is called {', '.join(sorted(unknown))}")
    return tuple((name, values[name]) for name in names() if values.get(name))
