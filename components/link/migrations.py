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


def migrated(params: Mapping[str, Sequence[str]], version: str) -> Params:
    """What a link of `version` asks for, as one of today would ask."""
    known = int(version) if version.isdecimal() and version.isascii() else 1 if not version else VERSION
    today = {name: [*values] for name, values in params.items()}
    for migration in MIGRATIONS[max(known, 1) - 1 :]:
        today = migration(today)
    return today


def words_to_codes(params: Params) -> Params:
    """Version 1 held the words that stood on screen; `v1.toml` keeps them, so that rewording one breaks no old link."""
    return {name: [_code(name, value) for value in values] for name, values in params.items()}


MIGRATIONS: Final[tuple[Callable[[Params], Params], ...]] = (words_to_codes,)
"""From version 1 to 2, from 2 to 3 and so on; never changed, only added to."""

VERSION: Final = len(MIGRATIONS) + 1


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
