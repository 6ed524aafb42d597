"""Reads tables with a row of HXL tags (#country, #date, #affected …) under or near their heading."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

import pandas as pd

from data.countries import resolve_all
from data.flows.assemble import assemble
from data.flows.bands import NOT_RETURNS
from data.flows.cells import stripped
from data.flows.schema import Flows

_HEAD_ROWS: Final = 5
_PEOPLE: Final = ("#affected", "#population", "#reached")
_HOST: Final = {"asylum", "host", "from", "departure"}
_BACK: Final = {"origin", "return", "returned", "to"}
_PARTS: Final = {"m", "f", "male", "female", "men", "women", "boys", "girls", "children", "adults", "elderly",
                 "infants", "hh", "households", "pct", "rate"}  # fmt: skip
"""Attributes of columns that count a part of the people, or no people."""


class _Tag(NamedTuple):
    place: int
    base: str
    attributes: frozenset[str]
    text: str


def is_hxl(raw: pd.DataFrame) -> bool:
    """Whether `raw` has a row of HXL tags near its top, one of which counts people."""
    row = _tag_row(raw)
    return row is not None and bool(_people(_tags(raw, row)))


def read_hxl(raw: pd.DataFrame) -> Flows:
    """Recorded counts of people from a table with HXL tags; the category is the tag of the column that counts them.

    Only a tag with an attribute that begins with "return" (and none for displaced people, who return within their
    country) counts returns; any other count is kept apart by its category. A country tagged neither as host nor as
    origin is the country of return. Raises ValueError, in words for the user.
    """
    row = _tag_row(raw)
    tags = _tags(raw, row) if row is not None else []
    people, countries = _people(tags), [tag for tag in tags if tag.base == "#country"]
    dates = sorted((tag for tag in tags if tag.base == "#date"), key=lambda tag: "year" not in tag.attributes)
    if row is None or not (people and countries and dates):
        raise ValueError(
            "The file's HXL tags do not name people (#affected), a country (#country) and a date (#date): tag those "
            "columns and load again."
        )
    body = raw.iloc[row + 1 :]
    counted = people[0]
    host = [tag for tag in countries if tag.attributes & _HOST]
    back = [tag for tag in countries if tag.attributes & _BACK] or [tag for tag in countries if tag not in host]
    nowhere = pd.Series("Unknown", index=body.index)
    returns = _is_return(counted)
    amount = stripped(body[counted.place])
    rows = pd.DataFrame(
        {
            "host": _country(body, host) if host else nowhere,
            "country_of_return": _country(body, back) if back else nowhere,
            "year": body[dates[0].place].str.extract(r"(\d{4})", expand=False),
            "people": amount.mask(amount.str.lower() == "nan"),
            "category": counted.text if returns else NOT_RETURNS + _words(counted),
        }
    )
    sentences = (
        (not returns, "The tags count no returns from abroad: these numbers are kept apart and never added to "
         "returns."),
        ("idps" in counted.attributes, "These are people displaced within a country, counted in rounds: the same "
         "people are counted again from year to year, so years must not be added."),
        (not host, "No column is tagged as the host country, so the host country is not known."),
        (len(people) > 1, f"Other columns tagged as people were left out: {len(people) - 1}."),
        (returns, "The tags do not say how people returned, so they are unclassified on the return spectrum."),
    )  # fmt: skip
    return assemble(
        rows.assign(band="unclassified"),
        {},
        title="Returns recorded with HXL tags" if returns else "People recorded with HXL tags",
        source="not stated, a file with HXL tags",
        doubts=tuple(sentence for applies, sentence in sentences if applies),
    )


def _tag_row(raw: pd.DataFrame) -> int | None:
    for place, cells in enumerate(raw.head(_HEAD_ROWS).fillna("").itertuples(index=False)):
        filled = [cell.strip() for cell in cells if cell.strip()]
        if len(filled) > 1 and all(re.match("#[A-Za-z]", cell) for cell in filled):
            return place
    return None


def _tags(raw: pd.DataFrame, row: int) -> list[_Tag]:
    found = []
    for place, cell in enumerate(raw.iloc[row].fillna("")):
        base, *attributes = [part.strip() for part in cell.lower().split("+")]
        found.append(_Tag(place, base, frozenset(attributes), "+".join((base, *attributes))))
    return found


def _is_return(tag: _Tag) -> bool:
    return "idps" not in tag.attributes and any(attribute.startswith("return") for attribute in tag.attributes)


def _people(tags: list[_Tag]) -> list[_Tag]:
    """The columns that count people, whole and not in parts: those of returns first, else in the file's order."""
    whole = [tag for tag in tags if tag.base in _PEOPLE and not tag.attributes & _PARTS]
    return sorted(whole, key=lambda tag: not _is_return(tag))


def _country(body: pd.DataFrame, tags: list[_Tag]) -> pd.Series:
    """The country from a column of codes and, where that does not say, of names; the name where neither resolves."""
    named: Callable[[_Tag], bool] = lambda tag: not tag.attributes & {"code", "iso", "iso2", "iso3"}  # noqa: E731
    columns = [stripped(body[tag.place]) for tag in sorted(tags, key=named)]
    return resolve_all(columns[0]).fillna(columns[-1])


def _words(tag: _Tag) -> str:
    return f"displaced people ({tag.text})" if "idps" in tag.attributes else f"people counted as {tag.text}"
