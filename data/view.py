"""The view: everything the reader chose, as one value that selects rows and says itself in English."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import ibis.expr.types as ir

from data.filters import ByFilter, Values, every, in_table_order, named
from data.vocabulary import COMMUNITY, RETURNEE, SCORE_LABELS, Score

DEFAULT_LINE: Final = 0.5


@dataclass(frozen=True, init=False)
class View(ByFilter):
    """What the reader chose: `View(bands=("forced",), months=(0, 24))`; what is not named is open.

    `cohorts` are library keys; `values` those of each filter (`data.filters`) that narrows the people in view, codes
    such as "DEU-AFG" or both ends of a range, inclusive, and `view.bands` reads them; `score` is the score in focus;
    `line` is the reader's own reference line on the 0…1 scale. No published source gives a threshold for sustainable
    reintegration, so there is none here.
    """

    cohorts: tuple[str, ...]
    values: tuple[tuple[str, Values], ...]
    score: Score
    line: float

    def __init__(
        self,
        cohorts: tuple[str, ...] = (),
        values: tuple[tuple[str, Values], ...] = (),
        score: Score = Score.COMPOSITE,
        line: float = DEFAULT_LINE,
        **chosen: Sequence[Any] | None,
    ) -> None:
        made = {"cohorts": cohorts, "values": in_table_order({**dict(values), **chosen}), "score": score, "line": line}
        for name, value in made.items():
            object.__setattr__(self, name, value)  # as a frozen dataclass itself does


def active(view: View) -> tuple[str, ...]:
    """Names of the filters that narrow `view`, in their order."""
    return tuple(name for name, _ in view.values)


def without(view: View, *names: str) -> View:
    """`view` with the named filters open again."""
    return replace(view, values=tuple((name, values) for name, values in view.values if name not in names))


def select(table: ir.Table, view: View, respondent: str = RETURNEE) -> ir.Table:
    """The interviews of `table` (columns of the cohort schema plus `corridor`) that `view` asks for.

    A row whose value is missing in a narrowed column is left out. Community members are asked for by name.
    """
    if respondent not in (RETURNEE, COMMUNITY):
        raise ValueError(f"respondent is {RETURNEE} or {COMMUNITY}")
    kept = [named(name).keeps(table, values) for name, values in view.values]
    return table.filter([table.respondent == respondent, *kept])


def sentence(view: View) -> str:
    """The view in English, such as "Germany → Afghanistan, forced, women, 0–24 months after return"."""
    chosen = dict(view.values)
    return ", ".join(filter(None, (each.sentence(chosen.get(each.name, ())) for each in every())))


def score_label(view: View) -> str:
    """The score in focus as words, such as "composite score"."""
    return f"{SCORE_LABELS[view.score].lower()} score"
