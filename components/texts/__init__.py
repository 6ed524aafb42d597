"""Words for notes: what each code says, its parameters filled in. Nothing here draws.

`data` says what is so, in codes; a page, a file and the command say it in the words that stand here: `english.toml` has
the templates, `made` what needs more than one.
"""

from pathlib import Path
from typing import Final

from components.texts.made import MADE
from components.texts.template import CATALOGUE, Words, filled
from data.disclosure import LIMITS, deviation_of_mean, noise_amplitude
from data.filters import MOST, MOST_WITH_GROUPS
from data.notes import Code, Doubt, Mapped, Note, Recorded, Refused, Reported, Said
from data.vocabulary import BAND_MEANINGS

__all__ = ["NOISE", "SCALE", "SYNTHETIC", "TEXTS", "UNKNOWN", "glossary", "known", "protection", "say"]

_PROTECTION: Final = Path(__file__).with_name("protection.md")

_SIDES: Final[dict[str, type[Code]]] = {
    "doubts": Doubt, "mapping": Mapped, "recorded": Recorded, "figures": Said, "refusals": Refused, "report": Reported,
}  # fmt: skip

TEXTS: Final[dict[Code, Words]] = {
    code(name): words for side, code in _SIDES.items() for name, words in CATALOGUE[side].items()
} | MADE
"""The words of every code."""

UNKNOWN: Final = (
    "A newer version of the app noted something about these data that this one has no words for: update the app."
)

NOISE: Final = (
    "Every number has a small random part, always the same for the same people, so that nobody follows from two "
    "numbers. Intervals hold with it; parts need not add up to the digit. Methods says how large it is."
)
"""What is said of every figure about people."""

SYNTHETIC: Final = "Synthetic data, made by a program: no real person, no real finding"
"""What is said of synthetic data wherever there is room."""
SCALE: Final = "0 = worst answer to every question, 1 = best answer to every question"
"""What the ends of the scale of every score mean."""

_BY_NAME: Final = {code.value: words for code, words in TEXTS.items()}


def protection() -> str:
    """What is protected of people, and what is not promised, for readers, as Markdown."""
    limits = {**LIMITS, "most": MOST, "most_with_groups": MOST_WITH_GROUPS}
    return _PROTECTION.read_text("utf-8").format(**limits, noise=_noise())


def _noise() -> str:
    """How large noise is by number of people, as a table."""
    rows = [
        f"| {n:,} | ±{deviation_of_mean(n):.4f} | ±{noise_amplitude(n) / n:.1%} |" for n in (20, 50, 100, 300, 1000)
    ]
    return "\n".join(["| People | Mean of scores (0 to 1) | Share |", "|---:|---:|---:|", *rows])


def glossary() -> dict[str, str]:
    """The words of the field and of this app, the bands among them, each explained in a sentence or two."""
    words = {term: meaning.strip().format(SCALE=SCALE) for term, meaning in CATALOGUE["glossary"].items()}
    return words | {band.value: meaning for band, meaning in BAND_MEANINGS.items()}


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
