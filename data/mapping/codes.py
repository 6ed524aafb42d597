"""The codes that each field takes."""

from typing import Final

import pandas as pd

from data import countries
from data.instrument import elements
from data.mapping.guess import COUNTRIES, YES_NO
from data.mapping.model import KEEP, Field, Mapping
from data.reading import values
from data.reading.interviews import PARSERS
from data.reading.problems import ReadingError
from data.vocabulary import CATEGORIES, POINTS, SCORES

_PARSERS: Final = {**dict.fromkeys(YES_NO, values.booleans), **PARSERS}


def options(field: str) -> dict[str, str]:
    """Return the codes of `field` with their labels, in order of display; {} where any text, number or date may stand.

    The codes of an element are its points, labelled by the answers that earn them, best first.
    """
    if field in CATEGORIES:
        return dict(CATEGORIES[field])
    if field in COUNTRIES:
        return countries.options()
    if field in YES_NO:
        return {"yes": "Yes", "no": "No"}
    if field in POINTS:
        answers = elements()[POINTS.index(field)].answers
        return {f"{points:g}": answer.capitalize() for answer, points in answers}
    return {}


def advice(field: str) -> str:
    """Return in words what the codes of `field` are."""
    if field in CATEGORIES:
        return f"one of {', '.join(CATEGORIES[field])}"
    if field in COUNTRIES:
        return "a country's ISO code, such as AFG"
    if field in YES_NO:
        return "yes or no"
    return "a number from 0 to 1" if field in (*POINTS, *SCORES) else "a number, or a date written as 2024-03-31"


def wrong_codes(mapping: Mapping) -> tuple[str, ...]:
    """Return one sentence for each code of `mapping` that its field does not take; () if all are sound."""
    return tuple(
        f"The mapping gives {field.field} the code {code!r}, which it does not take: use {advice(field.field)}."
        for field in mapping.fields
        if not _sound(field.field, codes := _codes(field))
        for code in codes
        if not _sound(field.field, (code,))
    )


def _codes(field: Field) -> tuple[str, ...]:
    given = (*(code for _, code in field.values), field.constant, field.otherwise or "")
    return tuple(code for code in dict.fromkeys(given) if code not in ("", KEEP))


def _sound(field: str, codes: tuple[str, ...]) -> bool:
    try:
        _PARSERS[field](pd.Series(codes, dtype="str"))
    except ReadingError:
        return False
    return True
