"""Which column of an unknown survey is which field: told by its heading and by what its cells look like."""

import re
from collections.abc import Callable, Collection, Sequence
from collections.abc import Mapping as Pairs
from dataclasses import dataclass
from functools import cache
from typing import Final

from data.mapping import lexicon
from data.mapping.guess import CODED, COUNTRIES, country, suggest_values
from data.mapping.model import FIELDS, KEEP, Field, Mapping
from data.mapping.personal import by_heading, by_values
from data.mapping.sheet import sheet
from data.notes import Mapped, Note
from data.reading.columns import AGE, FALLBACKS, SYNONYMS, normalised
from data.reading.table import Table
from data.reading.values import MISSING, TOO_NARROW
from data.vocabulary import POINTS, SCORES

ENOUGH: Final = 0.5
"""From this confidence on a column is chosen beforehand."""

MOST_EACH: Final = 3
MOST_WORDS: Final = 250
"""A column with more distinct words holds no codes."""

BARE: Final = {"sex": 0.4, "band": 0.5, "host": 0.2, "country_of_return": 0.2, "interview_date": 0.2,
               "return_date": 0.2}  # fmt: skip
"""Confidence in a column whose heading says nothing of the field while its values agree."""

_ELEMENT: Final = re.compile(r"(?:p|element|points?) ?0*([1-9]\d?)")
_PATH: Final = re.compile(r"/|::|(?<=\w)-(?=\w)|\.(?=\w)")


_OWN: Final = ("sex", AGE, "age_group")
_OTHERS: Final = re.compile(rf"\b(?:{lexicon.OTHERS})\b")


@dataclass(frozen=True)
class Suggestion:
    """A column that may hold a field, with a confidence of 0…1 and the reasons.

    `chosen` is true where it is the field's best and no other field has a better claim to the column.
    """

    field: str
    column: str
    confidence: float
    reasons: tuple[Note, ...]
    chosen: bool = False


def suggest(table: Table) -> tuple[Suggestion, ...]:
    """Return up to three columns for each field of `FIELDS`, the best first; fields without any are not there.

    Headings are compared with the names of fields in five languages, whole, by the last part of a path
    ("group/sex") or by a phrase within them; values then raise or lower the confidence. Each column is chosen for one
    field at most, and none below .5. Columns that look personal are never suggested, but as a code of the person.
    """
    seen = sheet(table)
    found: list[Suggestion] = []
    for heading in seen.headings:
        distinct = _speaking(seen.sample(heading))
        if distinct and not by_heading(heading, distinct):
            private = bool(by_values(distinct))
            found += [it for it in _claims(heading, distinct, len(seen.head)) if not private or it.field == "person"]
    found.sort(key=lambda it: -it.confidence)
    return _best(_assigned(found))


def propose(table: Table, name: str) -> Mapping:
    """Return the mapping that `suggest` chooses beforehand, with the codes that `suggest_values` finds."""
    seen = sheet(table)
    chosen = [it for it in suggest(table) if it.chosen]
    words = {it.column: seen.words(it.column) if it.field in CODED else () for it in chosen}
    return Mapping(name, tuple(coded(it.field, it.column, words[it.column]) for it in chosen), seen.headings)


def coded(field: str, column: str, words: Collection[str]) -> Field:
    """Return `field` made from `column` with a code for each of its `words` that tells one; other words are refused."""
    guessed = suggest_values(field, words) if field in CODED and len(words) <= MOST_WORDS else {}
    others = [word for word in words if word not in guessed]
    stay = field in COUNTRIES or (field in POINTS and others and all(map(_within(0, 1), others)))
    return Field(field, (column,), tuple(guessed.items()), KEEP if stay else None)


def _assigned(found: Sequence[Suggestion]) -> list[Suggestion]:
    """Choose greedily, the surest first: one column for a field, one field for a column."""
    fields: set[str] = set()
    columns: set[str] = set()
    told = []
    for it in found:
        free = it.confidence >= ENOUGH and it.field not in fields and it.column not in columns
        if free:
            fields.add(it.field)
            columns.add(it.column)
        told.append(Suggestion(it.field, it.column, it.confidence, it.reasons, free))
    return told


def _best(found: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    by_field: dict[str, list[Suggestion]] = {field: [] for field in FIELDS}
    for it in sorted(found, key=lambda it: not it.chosen):
        by_field[it.field].append(it)
    return tuple(it for several in by_field.values() for it in several[:MOST_EACH])


def _claims(heading: str, distinct: Sequence[str], rows: int) -> list[Suggestion]:
    """Every field that the column may be, by its heading and then by its values."""
    claims = []
    named = _named(heading)
    for field in named.keys() | BARE.keys():
        confidence, reasons = named.get(field, (0.0, ()))
        fit = _fit(field, distinct, rows)
        if not confidence and fit > 0:
            confidence, reasons = BARE[field], (Note(Mapped.VALUES_LOOK_LIKE, field=field),)
        elif fit > 0:
            confidence, reasons = confidence + (1 - confidence) / 2, (*reasons, Note(Mapped.VALUES_AGREE))
        elif fit < 0:
            confidence, reasons = confidence / 2, (*reasons, Note(Mapped.VALUES_DIFFER))
        if confidence:
            claims.append(Suggestion(field, heading, round(confidence, 3), reasons))
    return claims


def _named(heading: str) -> dict[str, tuple[float, tuple[Note, ...]]]:
    """The fields that a heading names, each with a confidence and the reason."""
    words = normalised(heading)
    last = normalised(_PATH.split(heading)[-1])
    spaced = f" {words} "
    named: dict[str, tuple[float, tuple[Note, ...]]] = {}

    def claim(field: str, confidence: float, code: Mapped, *said: str) -> None:
        known = named.get(field, (0.0, ()))
        named[field] = max(known, (confidence, (Note(code, words=said),)), key=_rank)

    for whole, confidence, code in ((words, 0.95, Mapped.HEADING_IS), (last, 0.9, Mapped.HEADING_ENDS_IN)):
        for field in _exact().get(whole, ()):
            claim(field, confidence, code, whole)
        for field in _weak().get(whole, ()):
            claim(field, confidence - 0.35, code, whole)
        if (match := _ELEMENT.fullmatch(whole)) and int(match[1]) <= len(POINTS):
            claim(POINTS[int(match[1]) - 1], confidence, code, whole)
    for phrase, field in _phrases():
        if f" {phrase} " in spaced and not (field in _OWN and _OTHERS.search(words)):
            claim(field, 0.5 + 0.3 * (phrase.count(" ") + 1) / len(words.split()), Mapped.HEADING_HAS, phrase)
    for point, stems in _stems():
        if all(stem in spaced for stem in stems):
            claim(point, 0.6, Mapped.HEADING_HAS, *(stem.strip() for stem in stems))
    return named


def _rank(claim: tuple[float, tuple[Note, ...]]) -> tuple[float, list[tuple[str, str]]]:
    """By confidence, and always in the same order where that is the same."""
    confidence, reasons = claim
    return confidence, [(reason.code, str(reason.parameters)) for reason in reasons]


@cache
def _exact() -> Pairs[str, tuple[str, ...]]:
    return _by_phrase({field: (normalised(field),) for field in FIELDS}, SYNONYMS, lexicon.HEADINGS)


@cache
def _weak() -> Pairs[str, tuple[str, ...]]:
    return _by_phrase(FALLBACKS, lexicon.FALLBACKS)


def _by_phrase(*sources: Pairs[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for field, phrases in (pair for source in sources for pair in source.items()):
        for phrase in phrases:
            known[phrase] = tuple(dict.fromkeys((*known.get(phrase, ()), field)))
    return known


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    """Phrases that tell a field wherever they stand; of single words only those for sex and age do."""
    return tuple(
        (phrase, field)
        for phrase, fields in _exact().items()
        for field in fields
        if (" " in phrase and field not in SCORES) or field in ("sex", AGE)
    )


@cache
def _stems() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (point, tuple(f" {stem}" for stem in stems)) for point, ways in lexicon.ELEMENTS.items() for stems in ways
    )


def _speaking(words: Collection[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word.lower() not in MISSING and not word.startswith(TOO_NARROW))


def _fit(field: str, words: Sequence[str], rows: int) -> int:
    """1 where the words look like the field's, −1 where they cannot be, 0 where they tell nothing."""
    some = words[:30]
    if field in COUNTRIES:
        named = [country(word) for word in some if normalised(word) not in lexicon.NO]  # NO is Norway, and no
        return _judged((len(named) - named.count(None)) / len(some))
    if field == "person":
        return 1 if len(words) > rows / 2 else -1 if len(words) <= rows / 20 else 0
    if field in POINTS and (numbers := _numbers(some)):
        return 1 if len(words) > 2 and all(0 <= number <= 1 for number in numbers) else 0
    if field in CODED:
        return -1 if len(words) > MOST_WORDS else _judged(len(suggest_values(field, some)) / len(some))
    if field in _LOOKS:
        return _judged(sum(map(_LOOKS[field], some)) / len(some))
    return 0


def _judged(share: float) -> int:
    return 1 if share >= 0.8 else -1 if share < 0.2 else 0


def _numbers(words: Sequence[str]) -> list[float]:
    """The words as numbers; none if one is not."""
    try:
        return [float(word.replace(",", ".")) for word in words]
    except ValueError:
        return []


def _within(low: float, high: float) -> Callable[[str], bool]:
    return lambda word: any(low <= number <= high for number in _numbers([word]))


_DATE: Final = re.compile(r"(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?:[T ].*)?", re.DOTALL)
_LOOKS: Final[dict[str, Callable[[str], bool]]] = {
    **dict.fromkeys(("interview_date", "return_date"), lambda word: _DATE.fullmatch(word) is not None),
    **dict.fromkeys(SCORES, _within(0, 1)),
    AGE: _within(0, 120),
    "return_year": _within(1900, 2100),
    "months": _within(0, 1200),
    "weight": _within(0, 1e9),
    "wave": lambda word: re.search(r"\d", word) is not None and _DATE.fullmatch(word) is None,
}
