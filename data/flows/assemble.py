"""From a source's own rows to recorded returns: countries, categories and bands told, sums made, losses said."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from data.countries import resolve_all
from data.flows.cells import MOST, amounts, stripped, whole
from data.flows.left_out import LeftOut, Reason, as_published, left_out, named, noted
from data.flows.schema import YEARS, Flows, conform, span
from data.notes import Note, Recorded
from data.vocabulary import UNKNOWN_COUNTRY, ReturnBand

KEYS: Final = ["host", "country_of_return", "year", "covers", "category", "basis", "returns", "stock", "band"]
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
    rows: pd.DataFrame,
    bands: Mapping[str, ReturnBand],
    *,
    title: str,
    source: str,
    doubts: tuple[Note, ...] = (),
    before: tuple[LeftOut, ...] = (),
) -> Flows:
    """Recorded returns from a source's rows, summed by host, country of return, year, category, basis and band.

    `rows` has the text columns host, country_of_return (names or codes), year, category, people, basis, and may have
    covers, returns, stock, note and band; the band is else that of the category in `bands`, capitals aside, or
    unclassified. Rows without a number are kept where they have a note that says why. `before` is what the reader left
    out itself. Left out here, and told in the doubts behind `doubts`: totals of several countries or categories, rows
    whose host is also the country of return (both may be unknown), cells that are no whole number. Raises ValueError
    in words for the user, where no row is left.
    """
    if rows.empty:
        raise ValueError(_NOTHING)
    texts = pd.DataFrame({side: stripped(rows[side]) for side in SIDES})
    codes = texts.apply(resolve_all)
    odd = codes.isna() & texts.notna()
    category = _tidy(rows["category"])
    read = codes.assign(
        year=whole(rows["year"], *YEARS),
        people=whole(rows["people"], 0, MOST),
        category=_one_spelling(category, bands),
        basis=_tidy(rows["basis"]),
        covers=rows.get("covers", ""),
        returns=rows.get("returns", True),
        stock=rows.get("stock", False),
        note=_tidy(rows["note"]) if "note" in rows else "",
    ).fillna(dict.fromkeys(SIDES, UNKNOWN_COUNTRY))
    read["band"] = rows["band"] if "band" in rows else _bands(read["category"], bands)
    why = _reasons(rows, read, texts, odd, category)
    kept = read[why == ""]
    if kept.empty:
        raise ValueError(_NOTHING)
    lost = (*before, *_accounts(rows, why, category, texts))
    return Flows(
        frame=conform(_summed(kept)),
        name=f"{title} {span(_years(kept))}",
        source=source,
        doubts=(
            *doubts,
            *(noted(account) for account in (*lost, *_unrecognised(kept, texts.where(odd)))),
            *_unknown(kept),
            *_joined(category[kept.index], kept["category"]),
            *(() if "band" in rows else _unplaced(kept, bands)),
        ),
        left_out=lost,
    )


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


def _reasons(
    rows: pd.DataFrame, read: pd.DataFrame, texts: pd.DataFrame, odd: pd.DataFrame, category: pd.Series
) -> pd.Series:
    """Why each row is left out, the first reason that holds; "" where it is kept."""
    total = category.str.fullmatch(TOGETHER, case=False)
    alone = bool(total.all())
    blank = stripped(rows["people"]).isna()
    same = read["host"] == read["country_of_return"]
    reasons = {
        Reason.SEVERAL_COUNTRIES: (
            odd & texts.apply(lambda text: text.str.fullmatch(TOGETHER, case=False, na=False))
        ).any(axis=1),
        Reason.CATEGORY_TOTAL: total & (not alone),
        Reason.NO_NUMBER: blank & (read["note"] == ""),
        Reason.FRACTION: read["year"].notna() & read["people"].isna() & amounts(rows["people"], MOST).notna(),
        Reason.UNREADABLE: read["year"].isna() | (read["people"].isna() & ~blank),
        Reason.BOTH_UNKNOWN: same & (read["host"] == UNKNOWN_COUNTRY),
        Reason.SAME_COUNTRY: same,
    }
    why = pd.Series("", index=rows.index, dtype="str")
    for reason, holds in reasons.items():
        why = why.mask((why == "") & holds, reason.value)
    return why


def _accounts(rows: pd.DataFrame, why: pd.Series, category: pd.Series, texts: pd.DataFrame) -> tuple[LeftOut, ...]:
    """One account per reason; rows are named by their country of return, totals by what they total."""
    people = amounts(rows["people"], MOST)
    country = named(texts["country_of_return"].fillna(texts["host"]))
    of_several = _tidy(texts["host"].where(texts["host"].str.fullmatch(TOGETHER, case=False, na=False)))
    names = {
        Reason.SEVERAL_COUNTRIES: of_several.mask(of_several == "", country),
        Reason.CATEGORY_TOTAL: category,
        Reason.BOTH_UNKNOWN: None,
    }
    accounts: tuple[LeftOut, ...] = ()
    for reason in Reason:
        lost = why == reason
        known = names.get(reason, country)
        accounts += left_out(reason, people[lost], None if known is None else known[lost])
    return accounts


def _unrecognised(kept: pd.DataFrame, odd: pd.DataFrame) -> tuple[LeftOut, ...]:
    """The account of kept rows with a country that is not recognised, by the names it has in the file."""
    names = named(odd["country_of_return"].fillna(odd["host"]))[kept.index]
    return left_out(Reason.UNRECOGNISED, kept.loc[names != "", "people"], names[names != ""])


def _summed(kept: pd.DataFrame) -> pd.DataFrame:
    """One row per key. The notes of the rows it is made of stand in it once each."""
    people = kept.groupby(KEYS, sort=False)[["people"]].sum(min_count=1).reset_index()
    noted = kept.loc[kept["note"] != "", [*KEYS, "note"]].drop_duplicates()
    if noted.empty:
        return people.assign(note="")
    notes = noted.groupby(KEYS)[["note"]].agg("; ".join).reset_index()
    return people.merge(notes, how="left", on=KEYS).fillna({"note": ""})


def _years(kept: pd.DataFrame) -> pd.Series:
    """The years with anyone in them; all years where nobody is counted."""
    return kept.loc[kept["people"] > 0, "year"] if (kept["people"] > 0).any() else kept["year"]


def _unknown(kept: pd.DataFrame) -> tuple[Note, ...]:
    return tuple(
        Note(Recorded.SIDE_UNKNOWN, column=side, people=as_published(people))
        for side in SIDES
        if (people := int(kept.loc[kept[side] == UNKNOWN_COUNTRY, "people"].sum()))
    )


def _joined(spelt: pd.Series, one: pd.Series) -> tuple[Note, ...]:
    joined = spelt.nunique() - one.nunique()
    return (Note(Recorded.SPELLINGS_JOINED, count=joined),) * bool(joined)


def _unplaced(kept: pd.DataFrame, bands: Mapping[str, ReturnBand]) -> tuple[Note, ...]:
    strange = kept[~kept["category"].isin(list(bands))]
    if strange.empty:
        return ()
    people, count = as_published(int(strange["people"].sum())), strange["category"].nunique()
    return (Note(Recorded.CATEGORY_UNKNOWN, people=people, count=count),)
