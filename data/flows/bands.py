"""The bands of recorded returns as a table of source categories that a reader sees and edits."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from data.flows.basis import Basis
from data.flows.left_out import as_published
from data.flows.schema import Flows
from data.notes import Note, Recorded
from data.vocabulary import ReturnBand


def by_basis(flows: Flows) -> dict[Basis, Note]:
    """For each basis of `flows` the years and people it counts.

    Only rows with anyone in them count. Of a stock only the latest year is told, for its years never add up.
    """
    groups = flows.frame.groupby(["basis", "returns", "stock"], sort=False)
    bases = {Basis(str(unit), bool(returns), bool(stock)): rows for (unit, returns, stock), rows in groups}
    return {basis: _counted(rows, basis.stock) for basis, rows in bases.items()}


def _counted(rows: pd.DataFrame, stock: bool) -> Note:
    there = rows[rows["people"] > 0]
    if there.empty:
        return Note(Recorded.COUNTED_NOBODY if rows["people"].notna().any() else Recorded.COUNTED_NOTHING)
    if stock:
        there = there[there["year"] == there["year"].max()]
    years, people = there["year"], as_published(int(there["people"].sum()))
    return Note(Recorded.COUNTED, first=int(years.min()), last=int(years.max()), people=people)


def band_table(flows: Flows) -> pd.DataFrame:
    """The source categories of `flows` with their band and people: columns category, band, people; most people first.

    People are a sum over all corridors and years (of a stock, over those of its last year), missing where the source
    gives no number at all.
    """
    frame = flows.frame
    last = frame["year"] == frame.groupby("basis")["year"].transform("max")
    people = frame[last | ~frame["stock"]].groupby(["category", "band"])[["people"]].sum(min_count=1).reset_index()
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
    by_hand = Note(Recorded.BY_HAND)
    said = tuple(doubt for doubt in flows.doubts if doubt != by_hand)
    return replace(flows, frame=flows.frame.assign(band=new), doubts=(*said, by_hand))
