"""Reads returns from the United Kingdom by destination, as the Home Office publishes them by quarter."""

from typing import Final

import pandas as pd

from data.flows.assemble import TOGETHER, assemble
from data.flows.cells import MOST, find, stripped, under, whole
from data.flows.schema import Flows
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
}
_AT_PORT: Final = ("refused entry", "port return")
_VOLUNTARY: Final = (
    "“Voluntary return” in UK statistics means that people without permission to stay left by themselves, so these "
    "returns are placed in obliged, not in voluntary."
)


def is_uk(raw: pd.DataFrame) -> bool:
    """Whether `raw` holds the Home Office's returns by destination."""
    return find(raw, _HEADERS, set(_HEADERS.values())) is not None


def read_uk(raw: pd.DataFrame) -> Flows:
    """Recorded returns from the United Kingdom; quarters add up to years.

    The category is the group and type of return in the source's words. People refused entry at a port have not
    stayed: they are left out, and counted in the doubts. Raises ValueError, in words for the user.
    """
    start = find(raw, _HEADERS, set(_HEADERS.values()))
    if start is None:
        raise ValueError(
            "No row of this file holds the headers Year, Return type group, Return type, Return destination and "
            "Number of returns: use the Home Office's detailed returns by destination."
        )
    table = under(raw, start, _HEADERS)
    group = stripped(table["group"]).fillna("Not stated")
    at_port = group.str.lower().str.startswith(_AT_PORT)
    turned_back = whole(table.loc[at_port, "people"], 0, MOST).sum()
    kind = stripped(table["type"]).fillna("Not stated")
    total = kind.str.fullmatch(TOGETHER, case=False)
    rows = table.assign(host="GBR", category=(group + ": " + kind).mask(total, "Total"))
    left_out = (
        f"People refused entry at a port had not stayed in the country and are left out: {turned_back:,}.",
    ) * bool(at_port.any())
    return assemble(
        rows[~at_port],
        BANDS,
        title="Returns from the United Kingdom",
        source="UK Home Office, returns by destination",
        doubts=(_VOLUNTARY, *left_out),
    )
