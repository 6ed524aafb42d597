"""From a source's own rows to recorded returns: countries, categories and bands told, sums made, losses said."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from data.countries import resolve_all
from data.flows.cells import MOST, stripped, whole
from data.flows.schema import YEARS, Flows, conform
from data.vocabulary import UNKNOWN_COUNTRY, ReturnBand

KEYS: Final = ["host", "country_of_return", "year", "category", "band"]
SIDES: Final = ["host", "country_of_return"]

TOGETHER: Final = (
    r"(?:grand |sub-?)?total\b.*|all(?: .*)?|world|european union.*|eu(?:\d.*)?|euro area.*|ea\d.*|extra[- ]eu.*"
)
"""What no country is called: several of them together."""

_NOTHING: Final = (
    "No row of this file has a year, a number of people, a host country and another country of return: give single "
    "countries, not totals of several, and whole numbers."
)
_LONGEST: Final = 120  # letters of a category; what is longer is no category


def assemble(
    rows: pd.DataFrame, bands: Mapping[str, ReturnBand], *, title: str, source: str, doubts: tuple[str, ...] = ()
) -> Flows:
    """Recorded returns from a source's rows, summed by host, country of return, year, category and band.

    `rows` has the text columns host, country_of_return (names or codes), year, category, people, and may have note
    and band; the band is else that of the category in `bands`, capitals aside, or unclassified. Rows without a number
    are kept where they have a note that says why. Left out, and counted in the doubts behind `doubts`: totals of
    several countries or categories, rows whose host is also the country of return (both may be unknown), cells that are
    no number.
    Raises ValueError, in words for the user, where no row is left.
    """
    if rows.empty:
        raise ValueError(_NOTHING)
    texts = pd.DataFrame({side: stripped(rows[side]) for side in SIDES})
    codes = texts.apply(resolve_all)
    odd = codes.isna() & texts.notna()
    together = (odd & texts.apply(lambda text: text.str.fullmatch(TOGETHER, case=False, na=False))).any(axis=1)
    category = _tidy(rows["category"])
    total = category.str.fullmatch(TOGETHER, case=False)
    total &= not total.all()
    read = codes.assign(
        year=whole(rows["year"], *YEARS),
        people=whole(rows["people"], 0, MOST),
        category=_one_spelling(category, bands),
        note=_tidy(rows["note"]) if "note" in rows else "",
    ).fillna(dict.fromkeys(SIDES, UNKNOWN_COUNTRY))
    read["band"] = rows["band"] if "band" in rows else _bands(read["category"], bands)
    blank = stripped(rows["people"]).isna()
    silent = blank & (read["note"] == "")
    unreadable = read["year"].isna() | (read["people"].isna() & ~blank)
    same = read["host"] == read["country_of_return"]
    counted = ~together & ~total
    usable = counted & ~silent & ~unreadable
    kept = read[usable & ~same]
    if kept.empty:
        raise ValueError(_NOTHING)
    return Flows(
        frame=conform(_summed(kept)),
        name=f"{title} " + "–".join(str(year) for year in sorted({kept["year"].min(), kept["year"].max()})),
        source=source,
        doubts=(
            *doubts,
            *_counted(read[usable & same], kept, odd[usable & ~same]),
            *_told(
                (int(together.sum()), "Rows left out because they are totals of several countries: {:,}."),
                (int((total & ~together).sum()), "Rows left out because their category is a total of others: {:,}."),
                (int((silent & counted).sum()), "Rows left out because they hold no number of people: {:,}."),
                (int((unreadable & ~silent & counted).sum()),
                 "Rows left out because the year or the number of people is no whole number: {:,}."),
                (category[kept.index].nunique() - kept["category"].nunique(),
                 "Spellings of a category that differ only in capitals were joined: {:,}."),
            ),
            *(() if "band" in rows else _unplaced(kept, bands)),
        ),
    )  # fmt: skip


def _tidy(column: pd.Series) -> pd.Series:
    """Text on one line, cut where it is too long for what it should be."""
    return column.fillna("").astype("str").str.split().str.join(" ").str.slice(0, _LONGEST)


def _one_spelling(category: pd.Series, bands: Mapping[str, ReturnBand]) -> pd.Series:
    """Each category as `bands` spells it or, where that does not know it, as it is spelt first."""
    spelling = {known.casefold(): known for known in bands}
    spelt = {word: spelling.setdefault(word.casefold(), word) for word in category.unique()}
    return category.map(spelt).astype("str").replace("", "Not stated")


def _bands(category: pd.Series, bands: Mapping[str, ReturnBand]) -> pd.Series:
    return category.map({known: band.value for known, band in bands.items()}).fillna(ReturnBand.UNCLASSIFIED.value)


def _summed(kept: pd.DataFrame) -> pd.DataFrame:
    """One row per key. The notes of the rows it is made of stand in it once each."""
    people = kept.groupby(KEYS, sort=False)[["people"]].sum(min_count=1).reset_index()
    noted = kept.loc[kept["note"] != "", [*KEYS, "note"]].drop_duplicates()
    if noted.empty:
        return people.assign(note="")
    notes = noted.groupby(KEYS)[["note"]].agg("; ".join).reset_index()
    return people.merge(notes, how="left", on=KEYS).fillna({"note": ""})


def _told(*sentences: tuple[int, str]) -> tuple[str, ...]:
    return tuple(sentence.format(count) for count, sentence in sentences if count)


def _counted(same: pd.DataFrame, kept: pd.DataFrame, odd: pd.DataFrame) -> tuple[str, ...]:
    """What happened to countries: left out as one and the same, not recognised, not known."""
    told = []
    if len(same):
        told.append(
            "Rows left out because the host country is also the country of return: "
            f"{len(same):,} ({same['people'].sum():,} people; both countries unknown in "
            f"{int((same['host'] == UNKNOWN_COUNTRY).sum()):,})."
        )
    if odd.any(axis=None):
        rows = int(odd.any(axis=1).sum())
        told.append(f"Rows with a country that we do not recognise, counted as unknown: {rows:,}.")
    for side, words in zip(SIDES, ("host country", "country of return"), strict=True):
        if unknown := int(kept.loc[kept[side] == UNKNOWN_COUNTRY, "people"].sum()):
            told.append(f"The {words} is not known for {unknown:,} people.")
    return tuple(told)


def _unplaced(kept: pd.DataFrame, bands: Mapping[str, ReturnBand]) -> tuple[str, ...]:
    strange = kept[~kept["category"].isin(list(bands))]
    if strange.empty:
        return ()
    return (
        "Shown as unclassified because the source's table of categories and bands does not know their category: "
        f"{strange['people'].sum():,} people; categories: {strange['category'].nunique():,}.",
    )
