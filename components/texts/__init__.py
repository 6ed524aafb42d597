"""Words for notes: what each code says, its parameters filled in. One short file per side; nothing here draws.

`data` says what is so, in codes; a page, a file and the command say it in the words that stand here.
"""

from collections.abc import Mapping
from typing import Any, Final

from components.texts.doubts import DOUBTS
from components.texts.figures import FIGURES
from components.texts.mapping import MAPPING
from components.texts.recorded import RECORDED
from components.texts.refusals import REFUSALS
from components.texts.report import REPORT
from components.texts.template import Words, filled
from data.notes import Code, Note

__all__ = ["TEXTS", "UNKNOWN", "known", "say"]

_SIDES: Final[tuple[Mapping[Any, Words], ...]] = (DOUBTS, RECORDED, FIGURES, REFUSALS, MAPPING, REPORT)

TEXTS: Final[dict[Code, Words]] = {code: words for side in _SIDES for code, words in side.items()}
"""The words of every code."""

UNKNOWN: Final = (
    "A newer version of the app noted something about these data that this one has no words for: update the app."
)

_BY_NAME: Final = {code.value: words for code, words in TEXTS.items()}


def say(note: Note) -> str:
    """`note` in a sentence; of one that this version does not know, that it does not."""
    told = _said(note)
    return UNKNOWN if told is None else told


def known(note: Note) -> bool:
    """Whether this version has words for `note`: a newer one may have kept it."""
    return _said(note) is not None


def _said(note: Note) -> str | None:
    try:
        return filled(_BY_NAME[note.code], note)
    except (LookupError, TypeError, ValueError):
        return None
