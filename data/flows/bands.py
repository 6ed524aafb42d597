"""The bands of recorded returns as a table of source categories that a reader sees and edits."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pandas as pd

from data.flows.left_out import in_words
from data.flows.schema import Flows, span
from data.vocabulary import ReturnBand

NOT_RETURNS: Final = "Not returns: "
"""How the category begins of counts that are no returns from abroad (orders to leave, refusals at the border,
displaced people). They are shown as what they are, and a file never mixes them with returns."""

AT_ONE_TIME: Final = ", at the latest count of a year"
"""How the basis ends of stocks: how many people there were at one time, which is never added over years."""

BY_HAND: Final = (
    "Bands of this dataset were set by hand and may differ from those its source's categories stand for by default."
)


def returns_only(frame: pd.DataFrame) -> pd.Series:
    """Whether each row of recorded returns counts returns at all; bool, same index."""
    return ~frame["category"].str.startswith(NOT_RETURNS)


def is_stock(basis: str) -> bool:
    """Whether counts of this basis are people there at one time, not people who came in a year: years never add up."""
    return basis.endswith(AT_ONE_TIME)


def totals(flows: Flows) -> tuple[str, ...]:
    """How many people each basis counts, a sentence each: "Registered refugees returned, 2014–2016: 1,205 people."

    Only rows with anyone in them count. Of a stock only the latest year is told, for its years never add up.
    """
    return tuple(f"{basis[:1].upper()}{basis[1:]}, {words}." for basis, words in by_basis(flows).items())


def by_basis(flows: Flows) -> dict[str, str]:
    """For each basis of `flows` the years and people it counts, in words: "2014–2016: 1,205 people"."""
    told = {}
    for basis, rows in flows.frame.groupby("basis", sort=False):
        there = rows[rows["people"] > 0]
        if there.empty:
            told[str(basis)] = "no people" if rows["people"].notna().any() else "no numbers"
            continue
        if is_stock(str(basis)):
            there = there[there["year"] == there["year"].max()]
        told[str(basis)] = f"{span(there['year'])}: {in_words(int(there['people'].sum()))}"
    return told


def band_table(flows: Flows) -> pd.DataFrame:
    """The source categories of `flows` with their band and people: columns category, band, people; most people first.

    People are a sum over all corridors and years (of a stock, over those of its last year), missing where the source
    gives no number at all.
    """
    frame = flows.frame
    last = frame["year"] == frame.groupby("basis")["year"].transform("max")
    people = (
        frame[last | ~frame["basis"].map(is_stock)]
        .groupby(["category", "band"])[["people"]]
        .sum(min_count=1)
        .reset_index()
    )
    return people.sort_values(["people", "category"], ascending=[False, True], ignore_index=True)


def with_bands(flows: Flows, table: Mapping[str, str]) -> Flows:
    """`flows` with the bands of `table`, from source category to band; categories that it lacks keep theirs.

    Raises ValueError where a band of `table` is none. That bands were set by hand is added to the doubts.
    """
    if wrong := set(table.values()) - set(ReturnBand):
        raise ValueError(f"{len(wrong)} of the chosen bands are no bands: choose among {', '.join(ReturnBand)}.")
    old = flows.frame["band"]
    new = flows.frame["category"].map({key: str(band) for key, band in table.items()}).astype("str").fillna(old)
    if new.equals(old):
        return flows
    said = tuple(doubt for doubt in flows.doubts if doubt != BY_HAND)
    return replace(flows, frame=flows.frame.assign(band=new), doubts=(*said, BY_HAND))
