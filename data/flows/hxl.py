"""Reads tables with a row of HXL tags (#country, #date, #affected …) under or near their heading."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from data.countries import resolve_all
from data.flows import hxl_counts
from data.flows.assemble import assemble
from data.flows.basis import Unit
from data.flows.cells import MOST, amounts, stripped
from data.flows.choices import Choice, chosen
from data.flows.hxl_tags import Tag, is_return, people_tags, tag_row, tags_of
from data.flows.left_out import LeftOut, Reason, left_out, named
from data.flows.schema import Flows
from data.notes import Note, Recorded

_HOST: Final = {"asylum", "host", "from", "departure"}
_BACK: Final = {"origin", "return", "returned", "to"}
_NO_LEVEL: Final = (
    "The rows of this file are of several administrative levels ({levels}), and it is not clear that one of them "
    "counts everyone: keep the rows of one level, or say which is read (level)."
)


@dataclass(frozen=True)
class _Tagged:
    """A tagged table taken apart: its rows and tags, the column that counts, and our columns but for the people."""

    body: pd.DataFrame
    tags: list[Tag]
    counted: Tag
    rows: pd.DataFrame
    has_host: bool

    @property
    def people(self) -> pd.Series:
        return amounts(self.body[self.counted.place], MOST)

    @property
    def units(self) -> pd.Series:
        """Country, operation and time of each row, which a complete level has all of; a stock's time is its year."""
        when = hxl_counts.moments(self.body, self.tags).astype("str") if is_return(self.counted) else ""
        return self._places + hxl_counts.operations(self.body, self.tags) + when

    @property
    def stocks(self) -> pd.Series:
        """What is counted once a year: country, place, operation, cause."""
        return self._places + hxl_counts.stocks(self.body, self.tags)

    @property
    def _places(self) -> pd.Series:
        texts = (self.rows[column].fillna("").str.casefold() for column in ("host", "country_of_return", "year"))
        host, back, year = texts
        return host + "|" + back + "|" + year


def is_hxl(raw: pd.DataFrame) -> bool:
    """Whether `raw` has a row of HXL tags near its top, one of which counts people."""
    row = tag_row(raw)
    return row is not None and bool(people_tags(tags_of(raw, row)))


def hxl_choices(raw: pd.DataFrame) -> tuple[Choice, ...]:
    """What the table leaves open: the administrative level that is read, and whether rounds of returns are added."""
    table = _taken_apart(raw)
    there = table.people.notna()
    level, moments = hxl_counts.levels(table.body, table.tags), hxl_counts.moments(table.body, table.tags)
    asked = [hxl_counts.level_choice(level[there], table.units[there], moments[there], table.people[there])]
    if is_return(table.counted) and hxl_counts.has_rounds(table.tags):
        asked.append(hxl_counts.rounds_choice(table.body, table.tags, table.stocks))
    return tuple(choice for choice in asked if choice)


def read_hxl(raw: pd.DataFrame, choices: Mapping[str, str] | None = None) -> Flows:
    """Recorded counts of people from a table with HXL tags; the category is the tag of the column that counts them.

    Only a tag with an attribute that begins with "return" (and none for displaced people, who return within their
    country) counts returns; any other count is kept apart by its category, and is a stock: the latest round of each
    place, operation and cause in a year is read. A table of several administrative levels is read at one, the coarsest
    that is complete. A country tagged neither as host nor as origin is the country of return. `choices` are those of
    `hxl_choices`. Raises ValueError, in words for the user.
    """
    table = _taken_apart(raw)
    rows, lost, said = _once(table, {choice.key: choice for choice in hxl_choices(raw)}, choices or {})
    counted, returns = table.counted, is_return(table.counted)
    stock = not returns or any(account.reason == Reason.OTHER_ROUND for account in lost)
    others = len(people_tags(table.tags)) - 1
    doubts = (
        *[Note(Recorded.TAGS_NO_RETURNS)] * (not returns),
        *[Note(Recorded.TAGS_STOCK)] * stock,
        *[Note(Recorded.TAGS_NO_HOST)] * (not table.has_host),
        *[Note(Recorded.TAGS_OTHER_PEOPLE, count=others)] * (others > 0),
        *[Note(Recorded.TAGS_NO_BAND)] * returns,
    )
    return assemble(
        rows.assign(band="unclassified", basis=_unit(counted), returns=returns, stock=stock),
        {},
        title="Returns recorded with HXL tags" if returns else "People recorded with HXL tags",
        source="not stated, a file with HXL tags",
        doubts=(*doubts, *said),
        before=lost,
    )


def _once(
    table: _Tagged, open_ones: Mapping[str, Choice], said: Mapping[str, str]
) -> tuple[pd.DataFrame, tuple[LeftOut, ...], tuple[Note, ...]]:
    """The rows that count people once, who was left out for it, and what was taken for granted."""
    keep = pd.Series(True, index=table.body.index)
    lost: tuple[LeftOut, ...] = ()
    told: tuple[Note, ...] = ()
    countries = named(table.rows["country_of_return"].fillna(table.rows["host"]))
    if choice := open_ones.get(hxl_counts.LEVELS):
        option = chosen(choice, said)
        if option is None:
            raise ValueError(_NO_LEVEL.format(levels=", ".join(choice.options)))
        keep = "adm" + hxl_counts.levels(table.body, table.tags).astype("str") == option
        lost += left_out(Reason.OTHER_LEVEL, table.people[~keep], countries[~keep])
        told += (Note(Recorded.TAGS_LEVEL, level=option),)
    added = open_ones.get(hxl_counts.ROUNDS)
    if not is_return(table.counted) or (added and chosen(added, said) == hxl_counts.LATEST):
        counts = keep & table.people.notna()
        body, stocks = table.body[counts], table.stocks[counts]
        late = hxl_counts.latest(body, table.tags, stocks).reindex(table.body.index, fill_value=True)
        lost += left_out(Reason.OTHER_ROUND, table.people[~late], countries[~late])
        keep &= late
    return table.rows[keep], lost, told


def _taken_apart(raw: pd.DataFrame) -> _Tagged:
    row = tag_row(raw)
    tags = tags_of(raw, row) if row is not None else []
    people, countries = people_tags(tags), [tag for tag in tags if tag.base == "#country"]
    dates = sorted((tag for tag in tags if tag.base == "#date"), key=lambda tag: "year" not in tag.attributes)
    if row is None or not (people and countries and dates):
        raise ValueError(
            "The file's HXL tags do not name people (#affected), a country (#country) and a date (#date): tag those "
            "columns and load again."
        )
    body = raw.iloc[row + 1 :]
    host = [tag for tag in countries if tag.attributes & _HOST]
    back = [tag for tag in countries if tag.attributes & _BACK] or [tag for tag in countries if tag not in host]
    nowhere = pd.Series("Unknown", index=body.index)
    amount = stripped(body[people[0].place])
    rows = pd.DataFrame(
        {
            "host": _country(body, host) if host else nowhere,
            "country_of_return": _country(body, back) if back else nowhere,
            "year": body[dates[0].place].str.extract(r"(\d{4})", expand=False),
            "people": amount.mask(amount.str.lower() == "nan"),
            "category": people[0].text if is_return(people[0]) else _words(people[0]),
        }
    )
    return _Tagged(body, tags, people[0], rows, bool(host))


def _country(body: pd.DataFrame, tags: list[Tag]) -> pd.Series:
    """The country from a column of codes and, where that does not say, of names; the name where neither resolves."""
    codes_first = sorted(tags, key=lambda tag: not tag.attributes & {"code", "iso", "iso2", "iso3"})
    columns = [stripped(body[tag.place]) for tag in codes_first]
    return resolve_all(columns[0]).fillna(columns[-1])


def _words(tag: Tag) -> str:
    return f"displaced people ({tag.text})" if "idps" in tag.attributes else f"people counted as {tag.text}"


def _unit(tag: Tag) -> str:
    return Unit.DISPLACED if "idps" in tag.attributes else tag.text
