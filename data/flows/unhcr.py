"""Reads returned refugees from UNHCR's "Solutions" table, in each shape it is downloaded in.

Shapes: Refugee Data Finder with a preamble; without one and "-" for missing; country of asylum first and other
capitals; the API's and R package's `coo_iso`, `coa_iso`. The host country is the country of asylum, the country of
return the country of origin. UNHCR's own country codes (`coo`, `coa`) are not ISO (AUS is Austria) and are never read.
"""

from typing import Final

import pandas as pd

from data.countries import resolve_all
from data.flows.cells import MOST, find, letters, stripped, under, whole
from data.flows.schema import YEARS, Flows, conform
from data.vocabulary import UNKNOWN_COUNTRY, ReturnBand

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
_NO_BAND: Final = (
    "UNHCR does not record how freely refugees returned, so every return here is unclassified on the return spectrum."
)


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

    Both tables come as for `header_row`. Only rows with a number of returned refugees are kept, one row each; those
    whose origin and asylum are the same are left out. What was left out or is not known stands in `doubts`.
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
    counted = pd.DataFrame(
        {
            "host": _country(table, "asylum"),
            "country_of_return": _country(table, "origin"),
            "year": whole(table["year"], *YEARS),
            "people": whole(table["people"], 0, MOST),
        }
    )
    readable = counted.dropna(subset=["year", "people"])
    named = readable.fillna({"host": UNKNOWN_COUNTRY, "country_of_return": UNKNOWN_COUNTRY})
    same = named["host"] == named["country_of_return"]
    kept = named[~same]
    if kept.empty:
        raise ValueError(
            "The column Returned refugees holds no number in any row of this file; please download the Solutions "
            "table again with returned refugees ticked."
        )
    frame = kept.assign(category=CATEGORY, band=BANDS[CATEGORY].value, note=_notes(kept, footnotes))
    preamble = _preamble(raw.head(start))
    extracted = preamble.get("dateextracted")
    return Flows(
        frame=conform(frame),
        name=f"Returned refugees {kept['year'].min()}–{kept['year'].max()}",
        source="UNHCR Refugee Data Finder, Solutions" + (f", extracted {extracted}" if extracted else ""),
        licence=preamble.get("usagelicence") or "not stated",
        doubts=_doubts(counted, readable, named[same], kept),
    )


def _country(table: pd.DataFrame, side: str) -> pd.Series:
    """ISO3 from the ISO column and, where that does not say, from the name. Missing where neither resolves."""
    codes = [resolve_all(column) for column in _given(table, side)]
    return codes[0].fillna(codes[-1])


def _given(table: pd.DataFrame, side: str) -> list[pd.Series]:
    return [stripped(table[column]) for column in (f"{side}_iso", side) if column in table]


def _preamble(rows: pd.DataFrame) -> dict[str, str]:
    """The two-cell lines above the header: what the first cell names, by its letters, and the second says."""
    pairs = rows.iloc[:, :2].dropna().itertuples(index=False)
    return {letters(first): str(second).strip() for first, second in pairs}


def _notes(kept: pd.DataFrame, footnotes: pd.DataFrame | None) -> pd.Series:
    """Each row's footnotes in one text; a footnote without an asylum or origin speaks of all of them."""
    notes = pd.Series("", index=kept.index, dtype="str")
    if footnotes is None:
        return notes
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
        meant = kept["year"].between(first, last)
        for side, code in (("host", host), ("country_of_return", origin)):
            meant &= kept[side].eq(code) if code else True
        notes = notes.mask(meant, (notes + " " + text).str.strip())
    return notes


def _named_in_note(table: pd.DataFrame, side: str) -> pd.Series:
    """ISO3; "" where the footnote names no country; missing where it names one that does not resolve."""
    blank = pd.concat(_given(table, side), axis=1).isna().all(axis=1)
    return _country(table, side).mask(blank, "")


def _doubts(counted: pd.DataFrame, readable: pd.DataFrame, same: pd.DataFrame, kept: pd.DataFrame) -> tuple[str, ...]:
    """What a reader must know, from the table before and after each step."""
    unreadable = len(counted) - len(readable)
    unresolved = int(readable[["host", "country_of_return"]].isna().any(axis=1).sum())
    unknown_host = kept.loc[kept["host"] == UNKNOWN_COUNTRY, "people"]
    unknown_return = kept.loc[kept["country_of_return"] == UNKNOWN_COUNTRY, "people"]
    unknown_both = int((same["host"] == UNKNOWN_COUNTRY).sum())
    sentences = (
        (True, _NO_BAND),
        (unreadable, f"Rows left out because the cell in Year or Returned refugees is no number: {unreadable:,}."),
        (
            len(same),
            "Rows left out because the country of asylum is also the country of origin: "
            f"{len(same):,} ({same['people'].sum():,} people; both countries unknown in {unknown_both:,}).",
        ),
        (
            unresolved,
            "Rows in which Country of origin or Country of asylum holds no country we recognise, counted as unknown: "
            f"{unresolved:,}.",
        ),
        (len(unknown_host), f"The host country is not known for {unknown_host.sum():,} people."),
        (len(unknown_return), f"The country of return is not known for {unknown_return.sum():,} people."),
    )
    return tuple(sentence for applies, sentence in sentences if applies)
