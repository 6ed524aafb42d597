"""Headings as people can read them, each once; and which of them are the project's own words."""

import html
import re
from collections.abc import Sequence
from typing import Final

from data.cohort import TYPES
from data.reading.columns import AGE, FALLBACKS, SYNONYMS, normalised
from data.vocabulary import SCORES

_INLINE: Final = re.compile(r"</?(?:span|font|strong|em|small|sub|sup|big|b|i|u|a)\b[^<>]*>", re.IGNORECASE)
_BLOCK: Final = re.compile(r"</?(?:br|p|div|li|ul|ol|hr|h[1-6]|table|tr|td|th|img)\b[^<>]*>", re.IGNORECASE)
_UNRESOLVED: Final = re.compile(r"\$\{[^{}]*\}")
_ELEMENT: Final = re.compile(r"(?:p|element|point|points) ?0*(?:[1-9]|[12]\d|30)")

_SCORES: Final = {normalised(score) for score in SCORES} | {word for score in SCORES for word in SYNONYMS[score]}
_FIELDS: Final = {
    *(normalised(field) for field in (*TYPES, AGE)),
    *(word for words in (*SYNONYMS.values(), *FALLBACKS.values()) for word in words),
}


def readable(heading: str) -> str:
    """`heading` on one line, without HTML and bold marks; an unresolved `${…}` of the form becomes "…"."""
    if any(sign in heading for sign in "<$&*"):
        heading = _BLOCK.sub(" ", _INLINE.sub("", heading)).replace("**", "")
        heading = _UNRESOLVED.sub("…", html.unescape(heading))
    return " ".join(heading.replace("\ufeff", "").split())


def distinct(headings: Sequence[str]) -> tuple[str, ...]:
    """`headings` with " (2)", " (3)" … behind those that stood before."""
    used = set(headings)
    seen: dict[str, int] = {}
    unique = []
    for name in headings:
        seen[name] = number = seen.get(name, 0) + 1
        fresh = name
        while number > 1 and (fresh := f"{name} ({seen[name]})") in used:
            seen[name] += 1
        used.add(fresh)
        unique.append(fresh)
    return tuple(unique)


def is_element(words: str) -> bool:
    """Whether a heading, as `normalised` writes it, numbers one of the 30 elements: p01, "element 3"."""
    return _ELEMENT.fullmatch(words) is not None


def is_result(words: str) -> bool:
    """Whether a heading, as `normalised` writes it, means a score or an element."""
    return words in _SCORES or is_element(words)


def is_field(words: str) -> bool:
    """Whether a heading, as `normalised` writes it, means any field of a cohort."""
    return words in _FIELDS or is_element(words)
