"""Countries: from any common spelling or code to ISO3, and back to a short English name.

Matching is exact on words, never fuzzy: case, accents, punctuation, word order and the small words "of", "the" and
"and" do not matter, but every other word must be there. What no entry holds stays unresolved.
Sources: ISO 3166-1 (pycountry); spellings of UNHCR, IOM, Frontex, Eurostat and the UK Home Office.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Final

import pandas as pd
import pycountry

from data.vocabulary import UNKNOWN_COUNTRY

ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "BES": ("Bonaire, Saint Eustatius and Saba",),
    "BIH": ("Bosnia",),
    "CAF": ("CAR",),
    "CIV": ("Ivory Coast", "Cote d Ivoire"),
    "COD": ("DRC", "Congo, Kinshasa"),
    "COG": ("Congo, Brazzaville",),
    "CPV": ("Cape Verde",),
    "FRO": ("Faeroe Islands",),
    "FSM": ("Micronesia, Fed. States of",),
    "GBR": ("UK", "Great Britain"),
    "GIN": ("Guinea Conakry",),
    "GRC": ("EL",),
    "HKG": ("China, Hong Kong SAR",),
    "LAO": ("Lao PDR",),
    "MAC": ("Macau", "China, Macao SAR"),
    "MKD": ("Macedonia", "FYROM", "The former Yugoslav Republic of Macedonia"),
    "MMR": ("Burma", "Myanmar (Burma)"),
    "PSE": (
        "Palestinian",
        "Palestinian Territory",
        "Palestinian Territories",
        "Occupied Palestinian Territory",
        "Occupied Palestinian Territories",
    ),
    "SJM": ("Svalbard and Jan Mayen Islands",),
    "SPM": ("Saint-Pierre-et-Miquelon",),
    "SRB": ("Serbia and Kosovo: S/RES/1244 (1999)",),
    "SWZ": ("Swaziland",),
    "SXM": ("St Maarten (Dutch part)",),
    "TLS": ("East Timor",),
    "TUR": ("Turkey",),
    "TWN": ("China, Taiwan",),
    "VAT": ("Vatican", "Vatican City"),
    "WLF": ("Wallis and Futuna Islands",),
    "XKX": ("XK", "XKX", "Kosovo (SCR 1244)", "Kosovo (SCR 2144)", "Kosovo (UNSCR 1244)"),
    UNKNOWN_COUNTRY: (
        UNKNOWN_COUNTRY,
        "Unknown",
        "Not known",
        "Various",
        "Various/Unknown",
        "Other and unknown",
        "Stateless",
        "XXA",  # UNHCR: stateless
        "XXX",  # UNHCR and passports: nationality not known
        "STLS",  # Eurostat: stateless
        "STL",  # IOM: stateless
        "OOO",  # IOM: unknown
    ),
}
"""Spellings and codes that neither ISO 3166 nor `NAMES` holds."""

NAMES: Final = {
    "BES": "Caribbean Netherlands",
    "BRN": "Brunei",
    "COD": "DR Congo",
    "FLK": "Falkland Islands",
    "FSM": "Micronesia",
    "MAF": "Saint Martin",
    "PSE": "Palestine",
    "RUS": "Russia",
    "SHN": "Saint Helena",
    "SXM": "Sint Maarten",
    "VAT": "Holy See",
    "VGB": "British Virgin Islands",
    "VIR": "US Virgin Islands",
    "XKX": "Kosovo",
    UNKNOWN_COUNTRY: "Unknown country",
}
"""Short names where ISO's own is long or missing."""

BRIEF: Final = {"ARE": "UAE", "BIH": "Bosnia", "GBR": "UK", "USA": "US"}
"""Names for where there is little room: those that everybody reads, as CLDR's short ones (`alt="short"`), and the UAE.

A table of our own, for pycountry has none and all of Babel would be a package for four words.
"""

_WITH_ARTICLE: Final = frozenset(
    {"ARE", "BHS", "CAF", "COM", "CYM", "DOM", "FLK", "GBR", "GMB", "MDV", "MHL", "NLD", "PHL", "SLB", "SYC", "TCA"}
    | {"USA", "VGB", "VIR"}
)
"""Countries that take "the" in a sentence."""

_APOSTROPHES_AND_DOTS: Final = re.compile(r"['’‘`´ʼ′ʹ]|(?<=\b\w)\.(?=\w\b)")
_ADMINISTERED: Final = re.compile(r"\((british|dutch|french|norwegian|australian|united states)\)", re.IGNORECASE)
_SHORT: Final = {"rep": "republic", "dem": "democratic", "st": "saint"}
_SMALL: Final = {"of", "the", "and"}


def resolve(text: str) -> str | None:
    """The ISO3 code of a country written as a name, ISO2 or ISO3 code; None where it is no country we know.

    "Unknown", "Various" and "Stateless" give `UNKNOWN_COUNTRY`; Kosovo is XKX. Regions, organisations and states that
    no longer exist are not resolved. The UK's "Bermuda (British)" counts as Bermuda. Nothing is remembered: `text` may
    be any word of a reader's file.
    """
    found, bare = _index().get(_key(text)), _ADMINISTERED.sub("", text)
    return found if found or bare == text else _index().get(_key(bare))


def resolve_all(values: pd.Series) -> pd.Series:
    """`resolve` over a column, same index; missing and unresolved values are missing."""
    codes = {value: resolve(str(value)) for value in values.dropna().unique()}
    return values.map(codes).astype("str")


@cache
def name(iso3: str) -> str:
    """Short English name of an ISO3 code or of `UNKNOWN_COUNTRY`; ValueError for any other."""
    if iso3 in NAMES:
        return NAMES[iso3]
    country = pycountry.countries.get(alpha_3=iso3)
    if country is None:
        raise ValueError(f"{iso3!r} is not an ISO3 country code.")
    return str(getattr(country, "common_name", country.name))


def brief(iso3: str) -> str:
    """The shortest name that everybody reads: "US"; ValueError as `name`."""
    return BRIEF.get(iso3) or name(iso3)


def in_sentence(iso3: str) -> str:
    """The shortest name as it stands in a sentence: "the US", "Pakistan"."""
    return f"the {brief(iso3)}" if iso3 in _WITH_ARTICLE else brief(iso3)


def corridor(host: str, country_of_return: str) -> str:
    """The code of a corridor, from two ISO3 codes: "DEU-AFG"."""
    return f"{host}-{country_of_return}"


def corridor_label(code: str, called: Callable[[str], str] = name) -> str:
    """A corridor in words: "Germany → Afghanistan"; ValueError where `code` is not two known countries."""
    host, _, country_of_return = code.partition("-")
    return f"{called(host)} → {called(country_of_return)}"


@cache
def _index() -> dict[frozenset[str], str]:
    """ISO3 by key. An alias never takes the place of ISO's own entry."""
    aliases = {_key(text): iso3 for iso3, texts in ALIASES.items() for text in texts}
    names = {_key(text): iso3 for iso3, text in NAMES.items()}
    official = {
        _key(text): str(country.alpha_3)
        for country in pycountry.countries
        for field in ("alpha_2", "alpha_3", "name", "common_name", "official_name")
        if (text := getattr(country, field, None))
    }
    return aliases | names | official


def _key(text: str) -> frozenset[str]:
    """The words of `text` that tell countries apart. A single word is left whole: AND is Andorra, ST São Tomé."""
    letters = unicodedata.normalize("NFKD", _APOSTROPHES_AND_DOTS.sub("", text)).casefold()
    words = re.findall(r"\w+", "".join(letter for letter in letters if not unicodedata.combining(letter)))
    if len(words) == 1:
        return frozenset(words)
    return frozenset(_SHORT.get(word, word) for word in words if word not in _SMALL)


def options() -> dict[str, str]:
    """Every country's ISO3 code with its short English name, in order of names; the unknown country is among them."""
    codes = {*(country.alpha_3 for country in pycountry.countries), "XKX", UNKNOWN_COUNTRY}
    return dict(sorted(((code, name(code)) for code in codes), key=lambda pair: pair[1]))
