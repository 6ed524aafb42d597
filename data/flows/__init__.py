"""Recorded returns: how many people official sources count, per host country, country of return and year."""

from data.flows.bands import band_table, by_basis, with_bands
from data.flows.basis import Basis, Unit
from data.flows.kinds import KINDS, Kind, by_key, recognise
from data.flows.reference import counts_of_returns, facts, top_corridors_2016
from data.flows.schema import Flows, conform
from data.flows.unhcr import header_row, is_unhcr, read_unhcr

__all__ = [
    "KINDS",
    "Basis",
    "Flows",
    "Kind",
    "Unit",
    "band_table",
    "by_basis",
    "by_key",
    "conform",
    "counts_of_returns",
    "facts",
    "header_row",
    "is_unhcr",
    "read_unhcr",
    "recognise",
    "top_corridors_2016",
    "with_bands",
]
