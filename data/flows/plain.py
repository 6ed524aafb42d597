"""Reads a plain table of one's own: host, country of return, year, people, and perhaps category, band and note."""

from typing import Final

import pandas as pd

from data.flows.assemble import TOGETHER, assemble
from data.flows.basis import Unit
from data.flows.cells import MOST, amounts, find, letters, stripped, under
from data.flows.left_out import LeftOut, Reason, left_out
from data.flows.not_returns import no_returns
from data.flows.schema import Flows
from data.notes import Note, Recorded
from data.vocabulary import BAND_LABELS, ReturnBand

SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    "host": ("host", "host country", "host iso3", "host country iso3", "host country iso", "country of departure",
             "departure country", "returned from", "returning country", "from"),
    "country_of_return": ("country of return", "return country", "country of return iso3", "country of return iso",
                          "country of destination", "destination", "return destination", "returned to", "to"),
    "year": ("year", "return year", "year of return"),
    "people": ("people", "persons", "people returned", "persons returned", "returnees", "returns", "number", "count",
               "number of people", "number of persons", "number of returns", "number of returnees"),
    "category": ("category", "source category", "return type", "type of return", "return category", "label"),
    "basis": ("basis", "counting basis", "population", "counted", "definition"),
    "band": ("band", "return band", "band of return", "return spectrum band", "spectrum band"),
    "note": ("note", "notes", "footnote", "footnotes", "remark", "remarks", "comment", "comments"),
}  # fmt: skip
"""Headings that mean a column."""

FALLBACKS: Final = {
    "host": ("country of asylum",),
    "country_of_return": ("country of origin", "origin country", "origin", "nationality", "citizenship"),
}
"""Headings that mean a column only where no other does; that they were taken for it is said."""

CATEGORY: Final = "Recorded returns"
_NEEDED: Final = ("host", "country_of_return", "year", "people")
_SURE: Final = {letters(words): name for name, many in SYNONYMS.items() for words in many}
_FALLBACK: Final = {letters(words): name for name, many in FALLBACKS.items() for words in many}
_PERSON: Final = ("person", "personid", "respondentid", "beneficiaryid", "caseid", "composite", "compositescore")
"""Headings of a file of interviews."""


def is_plain(raw: pd.DataFrame) -> bool:
    """Whether `raw` has a heading row with a host, a country of return, a year and people, and none of interviews."""
    _, start = _heading(raw)
    return start is not None and not any(letters(cell) in _PERSON for cell in raw.iloc[start])


def read_plain(raw: pd.DataFrame) -> Flows:
    """Recorded returns from a table of one's own. Raises ValueError, in words for the user.

    Without a category the band's name is one. A category "Total" beside others is left out.
    """
    headers, start = _heading(raw)
    if start is None:
        raise ValueError(
            "No row of this file holds headings for the host, the country of return, the year and the people: give "
            "the columns these names in the first row."
        )
    table = under(raw, start, headers)
    doubts: list[Note] = []
    band = pd.Series(ReturnBand.UNCLASSIFIED.value, index=table.index)
    if "band" in table:
        given = stripped(table["band"]).str.lower()
        band = given.where(given.isin([*ReturnBand])).fillna(ReturnBand.UNCLASSIFIED.value).astype("str")
        if strange := int((given.notna() & ~given.isin([*ReturnBand])).sum()):
            doubts.append(Note(Recorded.OWN_BANDS_UNKNOWN, count=strange))
    else:
        doubts.append(Note(Recorded.OWN_NO_BANDS))
    named = band.map(BAND_LABELS).where(band != ReturnBand.UNCLASSIFIED, CATEGORY)
    category = stripped(table["category"]).fillna(named) if "category" in table else named
    rows = table.assign(category=category, basis=_basis(table), band=band)
    # A word on the category says more than one on the basis; a total beside them says nothing of what is counted.
    what = category.where(no_returns(category), rows["basis"])
    apart = no_returns(what)
    total = category.str.fullmatch(TOGETHER, case=False)
    lost: tuple[LeftOut, ...] = ()
    if apart.any() and (apart | total).all():
        category = what.str.lower().where(apart, category)
        rows = rows.assign(category=category, returns=False, band=ReturnBand.UNCLASSIFIED.value)
        doubts = [Note(Recorded.OWN_NO_RETURNS)]
    else:
        rows = rows[~apart]
        lost = left_out(Reason.NO_RETURNS, amounts(table["people"], MOST)[apart], what[apart])
    if taken := [name for name in FALLBACKS if not _claims(raw, start, _SURE, name)]:
        doubts.append(Note(Recorded.OWN_COUNTRIES, columns=tuple(taken)))
    return assemble(
        rows,
        {},
        title=CATEGORY,
        source="not stated",
        doubts=tuple(doubts),
        before=lost,
    )


def _basis(table: pd.DataFrame) -> pd.Series | str:
    """What each row counts, in the file's words; a number (of a population, say) is none."""
    if "basis" not in table:
        return Unit.RECORDED
    said = stripped(table["basis"])
    return said.mask(said.str.fullmatch(r"[\d.,\s%]+", na=False)).fillna(Unit.RECORDED.value)


def _heading(raw: pd.DataFrame) -> tuple[dict[str, str], int | None]:
    """Our names by heading, and the row of headings; a fallback counts only where no sure heading claims its name."""
    start = find(raw, _FALLBACK | _SURE, _NEEDED)
    if start is None:
        return _SURE, None
    fallback = {word: name for word, name in _FALLBACK.items() if not _claims(raw, start, _SURE, name)}
    return fallback | _SURE, start


def _claims(raw: pd.DataFrame, start: int, headers: dict[str, str], name: str) -> bool:
    return any(headers.get(letters(cell)) == name for cell in raw.iloc[start])
