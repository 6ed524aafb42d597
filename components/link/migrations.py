"""Older links: each migration takes what a link of one version asks for and says it as the next version does.

A link without a version is of the first, and so is what stands in the browser's address bar: both hold words.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from data import countries

Params = dict[str, list[str]]
"""Values by name of choice, as a link has them."""


def migrated(params: Mapping[str, Sequence[str]], version: str) -> tuple[Params, tuple[str, ...]]:
    """What a link of `version` asks for, as one of today would ask, and the choices that cannot be carried over whole.

    These are named as they are called today.
    """
    known = int(version) if re.fullmatch(r"[0-9]{1,4}", version) else 1 if not version else VERSION
    today, changed = {name: [*values] for name, values in params.items()}, []
    for migration in MIGRATIONS[max(known, 1) - 1 :]:
        today, also = migration(today)
        changed += also
    return today, tuple(changed)


def words_to_codes(params: Params) -> tuple[Params, list[str]]:
    """Version 1 held the words that stood on screen; `v1.toml` keeps them, so that rewording one breaks no old link."""
    return {name: [_code(name, value) for value in values] for name, values in params.items()}, []


def closed(params: Params) -> tuple[Params, list[str]]:
    """Version 2 took any number of codes, and ranges: each becomes the nearest one value, or is opened.

    Corridors and cohorts, which were also set side by side that way, are now.
    """
    nearest = {
        "corridor": _place,
        "band": _band,
        "months": _months,
        **dict.fromkeys(("sex", "age", "assistance"), _one),
    }
    today: Params = {}
    changed: list[str] = []
    for name, given in params.items():
        values = [*dict.fromkeys(filter(None, given))]
        several = len({*values}) > 1
        if name == "cohort" and several:
            today = {"cohort": values[:1], "cohorts": values[1:]} | today
        elif name == "year" and several:
            changed.append(name)
        elif name in nearest:
            value, whole = nearest[name]([*filter(None, given)] if name == "months" else values)
            called = "place" if name == "corridor" else name
            today |= {called: [value]} if value else {}
            today = ({"corridors": values} if name == "corridor" and several else {}) | today
            changed += [called] * (not whole)
        else:
            today[name] = values if name == "year" else [*given]
    return today, changed


MIGRATIONS: Final[tuple[Callable[[Params], tuple[Params, list[str]]], ...]] = (words_to_codes, closed)
"""From version 1 to 2, from 2 to 3 and so on; never changed, only added to."""

VERSION: Final = len(MIGRATIONS) + 1

_WINDOWS: Final = {"0-6": (0, 6), "7-12": (7, 12), "13-24": (13, 24), "25-": (25, 60)}
"""The windows of version 3."""


def _one(values: Sequence[str]) -> tuple[str, bool]:
    """The one value there is, and whether that is all."""
    return (values[0], True) if len({*values}) == 1 else ("", not values)


def _band(bands: Sequence[str]) -> tuple[str, bool]:
    wider = {
        frozenset({"obliged", "forced"}): "compulsory",
        frozenset({"solicited", "voluntary", "reluctant", "pressured"}): "not_compulsory",
    }
    return (wider[found], True) if (found := frozenset(bands)) in wider else _one(bands)


def _place(corridors: Sequence[str]) -> tuple[str, bool]:
    """The corridor; of several the country of return of all of them, which is wider."""
    to = {corridor.partition("-")[2] for corridor in corridors}
    return (to.pop(), False) if len({*corridors}) > 1 and len(to) == 1 else _one(corridors)


def _months(ends: Sequence[str]) -> tuple[str, bool]:
    """The window that has most in common with a range, half of both together at least."""
    if len(ends) != 2 or not all(re.fullmatch(r"[0-9]{1,4}", end) for end in ends):
        return _one(ends)
    low, high = sorted(map(int, ends))
    for window, (first, last) in _WINDOWS.items():
        common = min(high, last) - max(low, first) + 1
        if low >= first - 12 and 2 * common >= max(high, last) - min(low, first) + 1:
            return window, (low, high) == (first, last)
    return "", False


def _code(name: str, value: str) -> str:
    """The code of a word of version 1; anything else as it is."""
    places = [countries.resolve(place) for place in value.split(" → ")]
    if len(places) == 2 and all(places):
        return countries.corridor(*places)
    wave = re.fullmatch(r"Wave (\d+)", value)
    return wave[1] if wave else _words().get(name, {}).get(value, value)


@cache
def _words() -> dict[str, dict[str, str]]:
    """Codes by word and name of choice; names that share their words stand in one table of the file."""
    tables = tomllib.loads(Path(__file__).with_name("v1.toml").read_text("utf-8"))
    return {name: words for together, words in tables.items() for name in together.split()}
