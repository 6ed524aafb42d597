"""Reads return operations that Frontex co-ordinated: dated rows per operation, state and destination."""

from typing import Final

import pandas as pd

from data.flows.assemble import assemble
from data.flows.basis import Unit
from data.flows.cells import MOST, find, stripped, under, whole
from data.flows.coverage import at_the_ends, by_month, covered
from data.flows.left_out import as_published
from data.flows.schema import Flows
from data.notes import Note, Recorded
from data.vocabulary import UNKNOWN_COUNTRY, ReturnBand

BANDS: Final = {
    "Return operation": ReturnBand.FORCED,
    "Return operation (RO)": ReturnBand.FORCED,
    "Collecting return operation (CRO)": ReturnBand.FORCED,
    "Joint return operation (JRO)": ReturnBand.FORCED,
    "National return operation (NRO)": ReturnBand.FORCED,
    "Voluntary departure (VDO)": ReturnBand.OBLIGED,
    "Voluntary departure (VRD)": ReturnBand.OBLIGED,
    "Humanitarian VR": ReturnBand.OBLIGED,
}

_TYPES: Final = {words[words.find("(") + 1 : -1]: words for words in BANDS if words.endswith(")")}
"""The source's letters for a type of operation: they stand in a column or begin the operation's number."""

_HEADERS: Final = {
    "date": "year",
    "msname": "host",
    "dest": "country_of_return",
    "nreturnees": "people",
    "roid": "operation",
    "optype": "type",
}
_NEEDED: Final = ("year", "host", "country_of_return", "people")


def is_frontex(raw: pd.DataFrame) -> bool:
    """Whether `raw` holds return operations of Frontex."""
    return find(raw, _HEADERS, _NEEDED) is not None


def read_frontex(raw: pd.DataFrame) -> Flows:
    """Recorded returns by operations that Frontex co-ordinated; the category is the type of operation.

    The type is that of the column OPTYPE or, without one, of the letters the operation's number begins with. Rows
    that count nobody are kept. Raises ValueError, in words for the user.
    """
    start = find(raw, _HEADERS, _NEEDED)
    if start is None:
        raise ValueError(
            "No row of this file holds the headers DATE, MSNAME, DEST and N_RETURNEES: use the table of operations "
            "by state and destination, and leave its headers in."
        )
    table = under(raw, start, _HEADERS)
    itself = stripped(table["host"]).str.lower().eq("frontex")
    rows = table.assign(
        host=table["host"].mask(itself, UNKNOWN_COUNTRY),
        year=table["year"].str.extract(r"^\s*(\d{4})", expand=False),
        covers=covered(at_the_ends(by_month(table["year"]))),
        category=_category(table),
        basis=Unit.FRONTEX,
    )
    people = as_published(int(whole(table.loc[itself, "people"], 0, MOST).sum()))
    named = (Note(Recorded.FRONTEX_ITSELF, count=int(itself.sum()), people=people),) * bool(itself.any())
    return assemble(
        rows,
        BANDS,
        title="Frontex return operations",
        source="Frontex, return operations",
        doubts=(Note(Recorded.FRONTEX_OPERATIONS), Note(Recorded.FRONTEX_CHARTERS), *named),
    )


def _category(table: pd.DataFrame) -> pd.Series:
    if "type" in table:
        letters = stripped(table["type"])
    elif "operation" in table:
        letters = table["operation"].str.extract(r"^\s*([A-Za-z]+)", expand=False)
    else:
        return pd.Series("Return operation", index=table.index)
    return letters.str.upper().map(_TYPES).astype("str").fillna(letters).fillna("Return operation")
