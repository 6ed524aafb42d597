"""Which column of a file is which column of a cohort, told by its heading alone."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Final

from data.cohort import TYPES
from data.notes import Doubt, Note
from data.reading.problems import ReadingError
from data.spectrum import FACTS
from data.vocabulary import POINTS, SCORES

AGE: Final = "age"
"""A field files have and cohorts have not: age in years, from which age group and child are made."""

SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    "person": ("person id", "beneficiary", "beneficiary id", "beneficiary code", "case id", "case number",
               "case no", "individual id", "returnee id", "respondent id"),
    "wave": ("round", "survey round", "interview round", "survey wave", "wave number", "round number"),
    "months": ("months since return", "months after return", "month since return", "time since return months"),
    "interview_date": ("date of interview", "survey date", "date of survey"),
    "return_date": ("date of return", "arrival date", "date of arrival"),
    "return_year": ("year of return",),
    "host": ("host country", "country of departure", "departure country", "country of asylum", "returned from",
             "host iso3", "host country iso3", "host country iso"),
    "country_of_return": ("return country", "country of return iso3", "country of return iso", "returned to"),
    "area": ("area of return", "return area"),
    "label": ("return type", "type of return", "return label", "return category", "programme label"),
    "band": ("return band", "return spectrum", "return spectrum band", "spectrum band", "band of return"),
    "removed_by_force": ("forcibly removed", "detained and deported"),
    "right_to_remain": ("right to stay", "had right to remain", "legal right to remain"),
    "ordered_to_leave": ("order to leave", "received order to leave"),
    "pushed": ("pushed to leave", "pushed by host", "pressured to leave", "pushed by host country"),
    "against_preference": ("returned against preference", "preferred to stay", "would rather have stayed"),
    "invited": ("invited to return", "invited by country of return", "invited by country of origin"),
    "perceived_choice": ("choice", "perceived choice of return"),
    "sex": ("sex of respondent",),
    "age_group": ("age band", "age range", "age category"),
    AGE: ("age in years", "age years"),
    "child": ("is child", "minor", "under 18"),
    "vulnerable": ("is vulnerable", "vulnerability"),
    "respondent": ("respondent type", "type of respondent"),
    "assistance": ("assistance type", "type of assistance", "support type", "type of support"),
    "assistance_level": ("level of assistance", "support level"),
    "assistance_route": ("route of assistance", "support route"),
    "assistance_provider": ("provider of assistance", "support provider", "provider"),
    "assistance_value": ("value of assistance", "support value"),
    "assistance_months": ("months of assistance", "assistance duration months", "support months"),
    "remigration": ("remigrated", "re migration"),
    "weight": ("design weight", "survey weight", "sampling weight"),
    **{score: (f"score {score}", f"{score} score", f"{score} dimension", f"{score} dimension score")
       for score in SCORES},
    "profile": ("score profile", "scoring profile"),
}  # fmt: skip
"""Headings that mean a field, besides its own name; written as `normalised` writes them."""

FALLBACKS: Final = {
    "person": ("uuid",),
    "wave": ("quarter",),
    "country_of_return": ("country of origin", "origin country", "origin"),
    "sex": ("gender",),
    "composite": ("overall score", "reintegration score"),
}
"""Headings that mean a field only where no other column claims it."""

_ELEMENT: Final = re.compile(r"(?:p|element|point|points) ?0*([1-9]\d?)")
_QUESTION: Final = re.compile(r"[eq] ?0*([1-9]\d?)")
_BEYOND: Final = re.compile(r"[eq] ?0*31")


def normalised(heading: str) -> str:
    """`heading` with only its words: lower case, no accents, one space between words."""
    letters = unicodedata.normalize("NFKD", heading).casefold()
    return " ".join(re.findall(r"[^\W_]+", "".join(letter for letter in letters if not unicodedata.combining(letter))))


_SURE: Final = {
    **{normalised(field): field for field in (*TYPES, *FACTS, AGE)},
    **{word: field for field, words in SYNONYMS.items() for word in words},
}
_FALLBACK: Final = {word: field for field, words in FALLBACKS.items() for word in words}


NEEDED: Final = {
    "person": {"person"},
    "host": {"host"},
    "country_of_return": {"country_of_return"},
    f"band (or for the facts it follows from: {', '.join(FACTS)})": {"band", *FACTS},
    "wave or months": {"wave", "months"},
    "a score (composite, economic, social or psychosocial) or the points p01 to p30": {*SCORES, *POINTS},
}
"""What a file of interviews must bring, in words, and the fields that each can be met by."""


def recognise(headings: Sequence[str]) -> dict[str, int]:
    """Return the position of each recognised field among `headings`.

    Columns named e1…e30 or q1…q30 are the elements only if there are all 30 and no more: other surveys number
    their questions so. Raises `ReadingError` when a needed field is missing or two columns claim one field.
    """
    words = [normalised(heading) for heading in headings]
    claims = _claims([_SURE.get(word) or _numbered(_ELEMENT, word) for word in words])
    questions = _claims([_numbered(_QUESTION, word) for word in words])
    if set(questions) != set(POINTS) or any(_BEYOND.fullmatch(word) for word in words):
        questions = {}
    for others in (questions, _claims([_FALLBACK.get(word) for word in words])):
        claims = others | claims
    _check_needed(set(claims), len(headings))
    if problems := [
        f"Columns {' and '.join(repr(headings[place]) for place in places)} all mean {field}: "
        "keep one and rename the rest."
        for field, places in claims.items()
        if len(places) > 1
    ]:
        raise ReadingError(*problems)
    return {field: places[0] for field, places in claims.items()}


def _check_needed(fields: set[str], count: int) -> None:
    """Come before any message that shows a heading: in a file without headings they are a person's answers."""
    if {"interview_date", "return_date"} <= fields:
        fields = fields | {"months"}
    if absent := [words for words, ways in NEEDED.items() if not fields & ways]:
        raise ReadingError(
            f"Among the file's {count:,} filled columns there is none for {'; none for '.join(absent)}: "
            "give the columns that hold them these names in the first row."
        )


def _numbered(pattern: re.Pattern[str], word: str) -> str | None:
    match = pattern.fullmatch(word)
    return POINTS[int(match[1]) - 1] if match and int(match[1]) <= len(POINTS) else None


def _claims(fields: Sequence[str | None]) -> dict[str, list[int]]:
    claims: dict[str, list[int]] = {}
    for place, field in enumerate(fields):
        if field is not None:
            claims.setdefault(field, []).append(place)
    return claims


def left_out(headings: Sequence[str], used: Collection[int]) -> tuple[Note, ...]:
    """Return one note naming up to five of the columns that were not recognised; () if there are none."""
    names = [heading for place, heading in enumerate(headings) if place not in used]
    shown = tuple(" ".join(name.split())[:40] for name in names[:5])
    return (Note(Doubt.UNKNOWN_HEADINGS, count=len(names), names=shown),) if names else ()
