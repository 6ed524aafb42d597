"""What one unit of a count is: counts of different bases are never added."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What one unit is, where it is not said in the words of the file itself; `data.labels` has the words."""

    RECORDED = "recorded_returns"
    """Where nothing more is known."""
    UNHCR = "unhcr_refugees"
    UK = "uk_returns"
    FRONTEX = "frontex_returns"
    MEXICO = "mexico_events"
    GUATEMALA = "guatemala_returns"
    EU_RETURNED = "eu_returned"
    EU_RETURNED_BY_TYPE = "eu_returned_by_type"
    EU_LEFT = "eu_left"
    EU_LEFT_BY_TYPE = "eu_left_by_type"
    EU_ORDERED = "eu_ordered"
    EU_ORDERED_BY_TYPE = "eu_ordered_by_type"
    EU_REFUSED = "eu_refused"
    EU_REFUSED_BY_TYPE = "eu_refused_by_type"
    DISPLACED = "displaced_people"


@dataclass(frozen=True)
class Basis:
    """A counting basis of a dataset: `unit` is a code of `Unit`, an HXL tag, or the source's own words.

    `returns` tells whether returns are counted at all, not orders to leave, refusals at the border or displaced people.
    A `stock` counts people there at one time, not people who came in a year: years never add up.
    """

    unit: str
    returns: bool = True
    stock: bool = False
