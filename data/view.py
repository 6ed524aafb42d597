"""The view: everything the reader chose, as one value that selects rows and says itself in English."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import ibis.expr.types as ir

from data import countries
from data.vocabulary import BANDS, CATEGORIES, COMMUNITY, COMPULSORY, RETURNEE, SCORE_LABELS, Score

DEFAULT_LINE: Final = 0.5


@dataclass(frozen=True)
class View:
    """What the reader chose. An empty tuple, or None, leaves that choice open.

    `cohorts` are library keys; `corridors` are codes such as "DEU-AFG"; `months` (since return) and `years`
    (of return) are inclusive ranges; `score` is the score in focus; `line` is the reader's own reference line
    on the 0…1 scale. No published source gives a threshold for sustainable reintegration, so there is none here.
    """

    cohorts: tuple[str, ...] = ()
    corridors: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    sexes: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    assistance: tuple[str, ...] = ()
    months: tuple[int, int] | None = None
    years: tuple[int, int] | None = None
    score: Score = Score.COMPOSITE
    line: float = DEFAULT_LINE


CHOICES: Final = {
    "corridors": "corridor",
    "bands": "band",
    "sexes": "sex",
    "ages": "age group",
    "assistance": "assistance",
    "months": "months since return",
    "years": "year of return",
}
"""The choices that narrow the people in view, with their names on screen."""

_COLUMNS: Final = {
    "corridors": "corridor",
    "bands": "band",
    "sexes": "sex",
    "ages": "age_group",
    "assistance": "assistance",
}
_RANGES: Final = {"months": "months", "years": "return_year"}


def active(view: View) -> tuple[str, ...]:
    """Names of the choices that narrow `view`, in the order of `CHOICES`."""
    return tuple(choice for choice in CHOICES if getattr(view, choice))


def without(view: View, *choices: str) -> View:
    """`view` with the named choices open again."""
    opened: dict[str, Any] = {choice: None if choice in _RANGES else () for choice in choices}
    return replace(view, **opened)


def select(table: ir.Table, view: View, respondent: str = RETURNEE) -> ir.Table:
    """The interviews of `table` (columns of the cohort schema plus `corridor`) that `view` asks for.

    A row whose value is missing in a narrowed column is left out. Community members are asked for by name.
    """
    if respondent not in (RETURNEE, COMMUNITY):
        raise ValueError(f"respondent is {RETURNEE} or {COMMUNITY}")
    chosen = [table.respondent == respondent]
    chosen += [
        table[column].isin(getattr(view, choice)) for choice, column in _COLUMNS.items() if getattr(view, choice)
    ]
    chosen += [
        table[column].between(*getattr(view, choice)) for choice, column in _RANGES.items() if getattr(view, choice)
    ]
    return table.filter(chosen)


def sentence(view: View) -> str:
    """The view in English, such as "Germany → Afghanistan, forced, women, 0–24 months after return"."""
    parts = [
        _corridors(view.corridors),
        _bands(view.bands),
        _listed("sex", view.sexes).lower(),
        f"aged {_listed('age_group', view.ages)}" if view.ages else "",
        _listed("assistance", view.assistance).lower(),
        f"{_span(view.months)} months after return" if view.months else "",
        f"returned in {_span(view.years)}" if view.years else "",
    ]
    return ", ".join(part for part in parts if part)


def score_label(view: View) -> str:
    """The score in focus as words, such as "composite score"."""
    return f"{SCORE_LABELS[view.score].lower()} score"


def _corridors(corridors: tuple[str, ...]) -> str:
    if not corridors:
        return "All corridors"
    if len(corridors) > 3:
        return f"{len(corridors)} corridors"
    return joined([countries.corridor_label(corridor) for corridor in corridors])


def _bands(bands: tuple[str, ...]) -> str:
    if not bands:
        return "all bands"
    if set(bands) == set(BANDS):
        return "all six bands"
    words = _listed("band", bands).lower()
    return f"{words} (compulsory)" if set(bands) == set(COMPULSORY) else words


def _listed(column: str, codes: Sequence[str]) -> str:
    labels = CATEGORIES[column]
    return joined([labels[code] for code in labels if code in codes])


def joined(words: Sequence[str]) -> str:
    """Words as a list in a sentence: "women, men and others"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _span(ends: tuple[int, int]) -> str:
    low, high = ends
    return str(low) if low == high else f"{low}–{high}"
