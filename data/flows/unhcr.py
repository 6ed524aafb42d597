"""Reads returned refugees from UNHCR's "Solutions" table, in each shape it is downloaded in.

Shapes: Refugee Data Finder with a preamble; without one and "-" for missing; country of asylum first and other
capitals; the API's and R package's `coo_iso`, `coa_iso`. The host country is the country of asylum, the country of
return the country of origin. UNHCR's own country codes (`coo`, `coa`) are not ISO (AUS is Austria) and are never read.
"""

from dataclasses import replace
from typing import Final

import pandas as pd

from data.countries import resolve_all
from data.flows.assemble import SIDES, assemble
from data.flows.basis import Unit
from data.flows.cells import find, letters, stripped, under, whole
from data.flows.schema import YEARS, Flows
from data.notes import Note, Recorded
from data.vocabulary import ReturnBand

CATEGORY: Final = "Returned refugees"

_HEADERS: Final = {
    "year": "year",
    "countryoforigin": "origin",
    "cooname": "origin",
    "countryoforiginiso": "origin_iso",
    "cooiso": "origin_iso",
    "countryofasylum": "asylum",
    "coaname": "asylum",
    "countryofasylumiso": "asylum_iso",
    "coaiso": "asylum_iso",
    "returnedrefugees": "people",
    "footnote": "footnote",
    "populationtype": "population",
}
"""Our name for each header, by its letters in lower case."""

_SIDES: Final = _HEADERS | {"countryoforiginiso": "origin", "cooiso": "origin", "countryofasylumiso": "asylum",
                            "coaiso": "asylum"}  # fmt: skip
"""The same for finding the header row: a country's name or its ISO code will do."""

BANDS: Final = {CATEGORY: ReturnBand.UNCLASSIFIED}


def is_unhcr(raw: pd.DataFrame) -> bool:
    """Whether `raw` holds UNHCR's returned refugees."""
    return header_row(raw) is not None


def header_row(raw: pd.DataFrame) -> int | None:
    """Position of the header among the first 50 rows: the one with a year, an origin, an asylum and a count.

    `raw` is a table read without a header: all cells text, blank or missing.
    """
    return find(raw, _SIDES, ("year", "origin", "asylum", "people"))


def read_unhcr(raw: pd.DataFrame, footnotes: pd.DataFrame | None = None) -> Flows:
    """Recorded returns of refugees from a "Solutions" table and, where there is one, its footnotes file.

    Both tables come as for `header_row`. Only rows with a number of returned refugees count; those whose origin and
    asylum are the same are left out.
    Raises ValueError, in words for the user, where a header is missing or no row holds a number.
    """
    start = header_row(raw)
    if start is None:
        raise ValueError(
            "No row of this file holds the headers Year, Country of origin, Country of asylum and Returned refugees; "
            "please download the Solutions table from the UNHCR Refugee Data Finder again and leave its headers in."
        )
    table = under(raw, start, _HEADERS)
    people = stripped(table["people"])
    table = table[people.notna() & people.ne("NA")]  # R writes NA for missing
    if table.empty:
        raise ValueError(
            "The column Returned refugees holds no number in any row of this file; please download the Solutions "
            "table again with returned refugees ticked."
        )
    rows = table[["year", "people"]].assign(
        host=_country(table, "asylum"), country_of_return=_country(table, "origin"), category=CATEGORY, basis=Unit.UNHCR
    )
    preamble = _preamble(raw.head(start))
    extracted = preamble.get("dateextracted")
    flows = assemble(
        rows.assign(note=_notes(rows, footnotes)),
        BANDS,
        title=CATEGORY,
        source="UNHCR Refugee Data Finder, Solutions" + (f", extracted {extracted}" if extracted else ""),
        doubts=(Note(Recorded.UNHCR_NO_BAND),),
    )
    return replace(flows, licence=preamble.get("usagelicence") or flows.licence)


def _country(table: pd.DataFrame, side: str) -> pd.Series:
    """The ISO code and, where that does not resolve, the name."""
    given = _given(table, side)
    return given[0].where(resolve_all(given[0]).notna(), given[-1])


def _given(table: pd.DataFrame, side: str) -> list[pd.Series]:
    return [stripped(table[column]) for column in (f"{side}_iso", side) if column in table]


def _preamble(rows: pd.DataFrame) -> dict[str, str]:
    """The two-cell lines above the header: what the first cell names, by its letters, and the second says."""
    pairs = rows.iloc[:, :2].dropna().itertuples(index=False)
    return {letters(first): str(second).strip() for first, second in pairs}


def _notes(rows: pd.DataFrame, footnotes: pd.DataFrame | None) -> pd.Series:
    """Each row's footnotes in one text; a footnote without an asylum or origin speaks of all of them."""
    notes = pd.Series("", index=rows.index, dtype="str")
    if footnotes is None:
        return notes
    years, codes = whole(rows["year"], *YEARS), {side: resolve_all(rows[side]) for side in SIDES}
    start = find(footnotes, _SIDES, ("year", "origin", "asylum", "footnote", "population"))
    if start is None:
        raise ValueError(
            "No row of the footnotes file holds the headers Footnote, Year, Country of origin (ISO), Country of asylum "
            "(ISO) and Population type; please download it again or leave it out."
        )
    table = under(footnotes, start, _HEADERS)
    table = table[table["population"].str.contains("RET", na=False)]
    spans = table["year"].str.extract(r"(\d{4})(?:\D+(\d{4}))?")
    lines = pd.DataFrame(
        {
            "text": stripped(table["footnote"]),
            "first": spans[0].astype("float"),
            "last": spans[1].fillna(spans[0]).astype("float"),
            "host": _named_in_note(table, "asylum"),
            "country_of_return": _named_in_note(table, "origin"),
        }
    ).dropna()
    for text, first, last, host, origin in lines.drop_duplicates().itertuples(index=False, name=None):
        meant = years.between(first, last).fillna(False)
        for side, code in zip(SIDES, (host, origin), strict=True):
            meant &= codes[side].eq(code) if code else True
        notes = notes.mask(meant, (notes + " " + text).str.strip())
    return notes


def _named_in_note(table: pd.DataFrame, side: str) -> pd.Series:
    """ISO3; "" where the footnote names no country; missing where it names one that does not resolve."""
    blank = pd.concat(_given(table, side), axis=1).isna().all(axis=1)
    return resolve_all(_country(table, side)).mask(blank, "")
