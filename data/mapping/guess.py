"""Which code a word stands for: countries in five languages, yes and no, answers of the survey, categories."""

import gettext
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache
from typing import Final

import pycountry

from data.countries import resolve
from data.instrument import elements
from data.mapping.lexicon import ANSWERS, CODES, NO, SILENT, YES
from data.reading.columns import normalised
from data.reading.values import WORDS
from data.spectrum import FACTS
from data.vocabulary import CATEGORIES, POINTS, ReturnBand

COUNTRIES: Final = ("host", "country_of_return")
YES_NO: Final = (*FACTS, "child", "vulnerable")
CODED: Final = frozenset((*COUNTRIES, *YES_NO, *POINTS, *CATEGORIES))
"""Fields whose words have codes."""

LANGUAGES: Final = ("fr", "es", "ar", "fa", "ps", "pt", "de", "it", "tr", "ur")

PROGRAMME_WORDS: Final = frozenset({ReturnBand.VOLUNTARY, ReturnBand.FORCED})
"""Bands whose words programmes use in another sense; they are bands only beside words of the spectrum alone."""


def suggest_values(field: str, words: Iterable[str]) -> dict[str, str]:
    """Return the code that each of `words` most likely stands for in `field`; words that tell nothing are not there.

    Codes are ISO3 for countries, "yes" and "no", points such as "0.75" by the answers of `data.instrument`, and the
    codes of `data.vocabulary.CATEGORIES`; "" where an answer says nothing ("Refused"). "Voluntary" and "forced" are
    taken for bands only where another word of the spectrum stands beside them: in a programme's statistics they mean
    something else. The numbers 1 to 5 are not guessed, since nothing tells which end is good: see `steps`.
    """
    words = list(words)
    codes = _codes(field, frozenset(normalised(word) for word in words))
    guessed = {}
    for word in words:
        code = country(word) if field in COUNTRIES else codes.get(_signs(word), codes.get(normalised(word)))
        if code is None and field in CODED and normalised(word) in SILENT:
            code = ""
        if code is not None:
            guessed[word] = code
    return guessed


def steps(low: int, high: int, *, best_low: bool = False) -> tuple[tuple[str, str], ...]:
    """Return the points of a scale of whole numbers in even steps, as the `values` of a field.

    From 0 at `low` to 1 at `high`, or the other way where `best_low` says that the low end is the better one. Raises
    `ValueError` unless `low` is below `high`.
    """
    if low >= high:
        raise ValueError("A scale runs from a lower to a higher number.")
    share = [(number - low) / (high - low) for number in range(low, high + 1)]
    return tuple(
        (str(low + place), f"{round(1 - part if best_low else part, 4):g}") for place, part in enumerate(share)
    )


def country(word: str) -> str | None:
    """Return the ISO3 code of a country named in English or in another of the languages surveys are made in.

    Nothing is remembered: `word` may be any word of a reader's file.
    """
    return resolve(word) or _translated().get(normalised(word))


@cache
def _translated() -> dict[str, str]:
    """ISO3 by translated name, whole ("Iran, République islamique d'") and up to its comma where one country has it."""
    whole: dict[str, set[str]] = defaultdict(set)
    short: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        speak = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True).gettext
        for entry in pycountry.countries:
            for name in {speak(entry.name), speak(getattr(entry, "common_name", entry.name))}:
                whole[normalised(name)].add(entry.alpha_3)
                short[normalised(re.split("[,،(]", name)[0])].add(entry.alpha_3)
    return {name: min(codes) for known in (short, whole) for name, codes in known.items() if len(codes) == 1}


def _codes(field: str, words: Collection[str]) -> dict[str, str]:
    """The codes of a field by word, given all the words of the column."""
    if field in YES_NO:
        return dict.fromkeys(YES, "yes") | dict.fromkeys(NO, "no")
    if field in POINTS:
        return _points(field, words)
    if field == "band":
        sure = {band.value for band in ReturnBand} - PROGRAMME_WORDS
        return {band: band for band in (sure | PROGRAMME_WORDS if sure & set(words) else sure)}
    if field == "sex" and "h" in words and "f" not in words:  # hombre and mujer
        return _categories(field) | {"m": "female"}
    return _categories(field) if field in CATEGORIES else {}


@cache
def _categories(field: str) -> dict[str, str]:
    pairs = [(text, code) for code, label in CATEGORIES[field].items() for text in (code, label)]
    own = {form(text): code for form in (_signs, normalised) for text, code in pairs}
    return own | {_signs(word): code for word, code in WORDS.get(field, {}).items()} | CODES.get(field, {})


def _points(field: str, words: Collection[str]) -> dict[str, str]:
    element = elements()[POINTS.index(field)]
    codes: dict[str, str] = {}
    for answer, points in element.answers:
        bare = re.sub(r"^a | network$", "", answer)
        for name in {answer, bare}:
            others = YES if name == "yes" else NO if name == "no" else ANSWERS.get(name, ())
            codes |= dict.fromkeys((normalised(name), *others), f"{points:g}")
    digits = {word for word in words if word.replace(" ", "").isdigit()}
    if digits - {"0", "1", "0 0", "1 0"} or element.reversed:  # 0 and 1 may be no and yes there, or points
        codes = {word: code for word, code in codes.items() if not word.replace(" ", "").isdigit()}
    return codes


def _signs(word: str) -> str:
    """Return `word` with its signs, which tell "<18" and "18–24" apart from other numbers."""
    return " ".join(word.split()).casefold().replace("–", "-")
