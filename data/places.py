"""Places: the tree that a corridor stands in – its country of return or its host country, a world region, everywhere.

A place is one code: "DEU-AFG" is a corridor, "AFG" a country of return, "DEU-" a host country, "034" the world region
of the countries of return in it (UN M49), and `OTHER` the corridors of too few people to be named.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from data import countries

OTHER: Final = "other"
"""Stands for the corridors of fewer people than may be shown, all together."""

_REGIONS: Final = Path(__file__).with_name("reference") / "regions.toml"


def where(place: str) -> tuple[str, tuple[str, ...]]:
    """The column that tells who is in a place (`corridor`, `host` or `country_of_return`), and its values there.

    ValueError where it is none.
    """
    label(place)
    host, arrow, country_of_return = place.partition("-")
    if country_of_return or place == OTHER:
        return "corridor", (place,)
    return ("host", (host,)) if arrow else ("country_of_return", regions().get(place, (place,)))


def holds(place: str, corridor: str) -> bool:
    """Whether a corridor lies in `place`; of the other ones it is not known."""
    if place == corridor:
        return True
    column, codes = where(place)
    host, _, country_of_return = corridor.partition("-")
    return {"host": host, "country_of_return": country_of_return, "corridor": corridor}[column] in codes


def label(place: str) -> str:
    """A place in words: "Germany → Afghanistan", "to Afghanistan", "from Germany", "to Southern Asia".

    ValueError where it is none.
    """
    if place == OTHER:
        return "other corridors"
    if place in regions():
        return f"to {_names()[place]}"
    host, arrow, country_of_return = place.partition("-")
    if not arrow:
        return f"to {countries.name(place)}"
    return countries.corridor_label(place) if country_of_return else f"from {countries.name(host)}"


def title(place: str) -> str:
    """A place as a choice: as in words, with a capital letter, and of what kind it is where that is not plain."""
    words = label(place)
    return f"{words[:1].upper()}{words[1:]}{' (region)' * (place in regions())}"


def around(corridors: Mapping[str, int]) -> dict[str, int]:
    """Every place that one of the `corridors` lies in, itself included, with its people.

    World regions, countries of return, host countries, corridors, each in the order of their names. One that has the
    same people as a narrower place is among them too: leaving it out would tell that nobody else is in it.
    """
    found: dict[str, int] = {}
    for corridor, people in corridors.items():
        for place in _over(corridor):
            found[place] = found.get(place, 0) + people
    return dict(sorted(found.items(), key=lambda each: (_width(each[0]), label(each[0]))))


@cache
def regions() -> Mapping[str, tuple[str, ...]]:
    """ISO3 codes of the countries in each world region, by its M49 code."""
    return {code: tuple(iso3.split()) for code, (_, iso3) in _table().items()}


def _over(corridor: str) -> Iterable[str]:
    host, _, country_of_return = corridor.partition("-")
    yield from (code for code, inside in regions().items() if country_of_return in inside)
    yield from (country_of_return, f"{host}-", corridor)


def _width(place: str) -> int:
    return 0 if place in regions() else 1 if "-" not in place else 2 if place.endswith("-") else 3


@cache
def _names() -> dict[str, str]:
    return {code: name for code, (name, _) in _table().items()}


@cache
def _table() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = tomllib.loads(_REGIONS.read_text("utf-8"))["regions"]
    return found
