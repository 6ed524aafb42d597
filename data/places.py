"""Places: the tree that a corridor stands in – its country of return, the world region of that, everywhere.

A place is one code: "DEU-AFG" is a corridor, "AFG" a country of return, "034" the world region of the countries of
return in it (UN M49), and `OTHER` the corridors of too few people to be named. There are no host countries: places
would no longer be one inside another, and two that overlap can differ by one person.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import ibis
import ibis.expr.types as ir

from data import countries

OTHER: Final = "other"
"""Stands for the corridors of fewer people than may be shown, all together."""

_REGIONS: Final = Path(__file__).with_name("reference") / "regions.toml"


def where(place: str) -> tuple[str, tuple[str, ...]]:
    """The column that tells who is in a place (`corridor` or `country_of_return`), and its values there.

    ValueError where it is none.
    """
    label(place)
    if "-" in place or place == OTHER:
        return "corridor", (place,)
    return "country_of_return", regions().get(place, (place,))


def holds(place: str, corridor: str) -> bool:
    """Whether a corridor lies in `place`; of the other ones it is not known."""
    if place == corridor:
        return True
    column, codes = where(place)
    return column == "country_of_return" and corridor.partition("-")[2] in codes


def label(place: str) -> str:
    """A place in words: "Germany → Afghanistan", "to Afghanistan", "to Southern Asia".

    ValueError where it is none.
    """
    if place == OTHER:
        return "other corridors"
    if place in regions():
        return f"to {_names()[place]}"
    if place != place.upper():
        raise ValueError("places are written in capitals")
    return countries.corridor_label(place) if "-" in place else f"to {countries.name(place)}"


def title(place: str) -> str:
    """A place as a choice: as in words, with a capital letter, and of what kind it is where that is not plain."""
    words = label(place)
    return f"{words[:1].upper()}{words[1:]}{' (region)' * (place in regions())}"


def order(place: str) -> tuple[int, str]:
    """What places are ordered by: world regions, countries of return, corridors, the other ones, by name each."""
    width = 0 if place in regions() else 3 if place == OTHER else 2 if "-" in place else 1
    return width, label(place)


def region(country_of_return: ir.StringColumn) -> ir.StringValue:
    """The code of the world region that a country of return lies in."""
    return ibis.cases(*((country_of_return.isin(inside), code) for code, inside in regions().items()))


@cache
def regions() -> Mapping[str, tuple[str, ...]]:
    """ISO3 codes of the countries in each world region, by its M49 code."""
    return {code: tuple(iso3.split()) for code, (_, iso3) in _table().items()}


@cache
def _names() -> dict[str, str]:
    return {code: name for code, (name, _) in _table().items()}


@cache
def _table() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = tomllib.loads(_REGIONS.read_text("utf-8"))["regions"]
    return found
