"""Reads returns from the United Kingdom by destination, as the Home Office publishes them by quarter."""

from typing import Final

import pandas as pd

from data.flows.assemble import TOGETHER, assemble
from data.flows.basis import Unit
from data.flows.cells import MOST, amounts, find, stripped, under, whole
from data.flows.coverage import by_quarter, covered, holes
from data.flows.left_out import Reason, left_out
from data.flows.not_returns import no_returns
from data.flows.schema import YEARS, Flows
from data.notes import Note, Recorded
from data.vocabulary import ReturnBand

BANDS: Final = {
    "Enforced return: Enforced removals": ReturnBand.FORCED,
    "Enforced return: Enforced removals from detention": ReturnBand.FORCED,
    "Enforced return: Non-detained enforced removals": ReturnBand.FORCED,
    "Enforced return: Other returns from detention": ReturnBand.FORCED,
    "Voluntary return: Assisted returns": ReturnBand.OBLIGED,
    "Voluntary return: Controlled returns": ReturnBand.OBLIGED,
    "Voluntary return: Other verified returns": ReturnBand.OBLIGED,
}

_HEADERS: Final = {
    "year": "year",
    "returntypegroup": "group",
    "returntype": "type",
    "returndestination": "country_of_return",
    "numberofreturns": "people",
    "quarter": "quarter",
}
_NEEDED: Final = ("year", "group", "type", "country_of_return", "people")


def is_uk(raw: pd.DataFrame) -> bool:
    """Whether `raw` holds the Home Office's returns by destination."""
    return find(raw, _HEADERS, _NEEDED) is not None


def read_uk(raw: pd.DataFrame) -> Flows:
    """Recorded returns from the United Kingdom; quarters add up to years.

    The category is the group and type of return in the source's words. People refused entry at a port have not
    stayed: they are left out, and accounted for. Raises ValueError, in words for the user.
    """
    start = find(raw, _HEADERS, _NEEDED)
    if start is None:
        raise ValueError(
            "No row of this file holds the headers Year, Return type group, Return type, Return destination and "
            "Number of returns: use the Home Office's detailed returns by destination."
        )
    table = under(raw, start, _HEADERS)
    group = stripped(table["group"]).fillna("Not stated")
    at_port = no_returns(group)
    kind = stripped(table["type"]).fillna("Not stated")
    total = kind.str.fullmatch(TOGETHER, case=False)
    # Without its column of quarters a table is one of years.
    quarter = table.get("quarter", pd.Series("", index=table.index, dtype="str"))
    periods = by_quarter(whole(table["year"], *YEARS), whole(quarter, 1, 4))
    rows = table.assign(
        host="GBR",
        covers=covered(periods),
        category=(group + ": " + kind).mask(total, "Total"),
        basis=Unit.UK,
    )
    return assemble(
        rows[~at_port],
        BANDS,
        title="Returns from the United Kingdom",
        source="UK Home Office, returns by destination",
        doubts=(Note(Recorded.UK_VOLUNTARY), *holes(periods)),
        before=left_out(Reason.AT_PORT, amounts(table.loc[at_port, "people"], MOST), kind[at_port]),
    )
