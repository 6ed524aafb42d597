"""Notes as tests compare them: in words, or made of codes alone."""

from collections.abc import Iterable

from components.texts import say
from data.notes import Code, Note


def in_words(notes: Iterable[Note]) -> tuple[str, ...]:
    """Notes in the words that a reader sees."""
    return tuple(map(say, notes))


def of_codes(*codes: Code) -> tuple[Note, ...]:
    """Codes without parameters as notes."""
    return tuple(map(Note, codes))
