"""Which columns look personal: named with a reason, never with a value, and left out unless mapped on purpose."""

import re
from collections.abc import Collection
from typing import Final

from data.mapping.lexicon import NO, OF_PLACES, PERSONAL, SILENT, YES
from data.mapping.sheet import sheet
from data.notes import Mapped
from data.reading.columns import normalised
from data.reading.table import Table

HEADINGS: Final = {reason: re.compile(rf"\b(?:{words})\b") for reason, words in PERSONAL.items()}
"""Words of headings that look personal, with the reason, in several languages."""

VALUES: Final = {
    reason: re.compile(pattern)
    for reason, pattern in {
        Mapped.LIKE_EMAILS: r"[^@\s]+@[^@\s]+\.\w+",
        Mapped.LIKE_PHONES: r"(?:\+|00|0)[1-9][\d ()./-]{6,16}",
        Mapped.LIKE_COORDINATES: r"-?\d{1,2}\.\d{3,}[ ,;]+-?\d{1,3}\.\d{3,}(?:[ ,;]+-?[\d.]+){0,2}",
    }.items()
}
_DATE: Final = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b.*", re.DOTALL)


def personal(table: Table) -> dict[str, Mapped]:
    """Return the headings of the columns that look personal, each with a reason.

    A column looks personal by its heading (names, phones, addresses, coordinates, documents, birth, interviewer,
    device, audit) or by its values (phones, e-mail, coordinates, free text). No value is ever returned.
    """
    seen = sheet(table)
    return {heading: reason for heading in seen.headings if (reason := why(heading, seen.sample(heading)))}


def why(heading: str, distinct: Collection[str]) -> Mapped | None:
    """Return why a column looks personal, from its heading and its distinct words; None if it does not."""
    return by_heading(heading, distinct) or by_values(distinct)


def by_heading(heading: str, distinct: Collection[str] = ()) -> Mapped | None:
    """Return why a heading looks personal; a question answered by yes and no ("Have you a phone?") does not."""
    words = normalised(heading)
    found = next((reason for reason, pattern in HEADINGS.items() if pattern.search(words)), None)
    if found == Mapped.NAMES and re.search(rf"\b(?:{OF_PLACES})", words):
        return None
    if found and 0 < len(distinct) < 6 and {normalised(word) for word in distinct} <= YES | NO | SILENT:
        return None
    return found


def by_values(distinct: Collection[str]) -> Mapped | None:
    """Return why a column's distinct words look personal: most are numbers of phones and the like, or long texts."""
    some = list(distinct)[:100]
    for reason, pattern in VALUES.items():
        if sum(bool(pattern.fullmatch(word)) and not _DATE.fullmatch(word) for word in some) > len(some) / 2:
            return reason
    if len(some) >= 10 and sum(map(len, some)) >= 25 * len(some) and sum(w.count(" ") for w in some) >= 3 * len(some):
        return Mapped.FREE_TEXT
    return None
