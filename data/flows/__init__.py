"""Recorded returns: how many people official sources count, per host country, country of return and year."""

from data.flows.reference import facts, reference_flows, top_corridors_2016
from data.flows.schema import Flows, conform
from data.flows.unhcr import header_row, is_unhcr, read_unhcr

__all__ = [
    "Flows",
    "conform",
    "facts",
    "header_row",
    "is_unhcr",
    "read_unhcr",
    "reference_flows",
    "top_corridors_2016",
]
