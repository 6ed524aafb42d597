"""The view: everything the reader chose, as one value that selects rows and says itself in English."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

import ibis.expr.types as ir

from data.filters import MOST, ByFilter, every, in_table_order, named
from data.vocabulary import CATEGORIES, COMMUNITY, RETURNEE, SCORE_LABELS, Score

DEFAULT_LINE: Final = 0.5
LINE_STEP: Final = 0.05

_DIVIDING: Final = ("corridor", "country_of_return", "host", "label", "area", "year", "return_year")


@dataclass(frozen=True, init=False)
class View(ByFilter):
    """What the reader chose: `View(band="forced", months="0-6")`; what is not named is open.

    `values` are those of each filter (`data.filters`) that narrows the people in view, and `view.band` reads one;
    `score` is the score in focus; `line` is the reader's own reference line on the 0…1 scale. No published source gives
    a threshold for sustainable reintegration, so there is none here. ValueError for what is not closed: a value that a
    filter does not declare, more than `MOST` filters, a line off its steps.
    """

    values: tuple[tuple[str, str], ...]
    score: Score
    line: float

    def __init__(
        self,
        values: tuple[tuple[str, str], ...] = (),
        score: Score = Score.COMPOSITE,
        line: float = DEFAULT_LINE,
        **chosen: str,
    ) -> None:
        ordered = in_table_order({**dict(values), **chosen})
        _closed(ordered)
        made = {"values": ordered, "score": score, "line": _on_a_step(line)}
        for name, value in made.items():
            object.__setattr__(self, name, value)  # as a frozen dataclass itself does


def active(view: View) -> tuple[str, ...]:
    """Names of the filters that narrow `view`, in their order."""
    return tuple(name for name, _ in view.values)


def without(view: View, *names: str) -> View:
    """`view` with the named filters open again."""
    return replace(view, values=tuple((name, value) for name, value in view.values if name not in names))


def narrowed(view: View, **chosen: str) -> View:
    """`view` with further choices, each in place of what it was."""
    return replace(view, values=in_table_order({**dict(view.values), **chosen}))


def divides(keys: Collection[str]) -> tuple[str, ...]:
    """Of the keys of a figure's rows, those that divide people by who they are, not by when or how they score."""
    return tuple(key for key in keys if key in CATEGORIES or key in _DIVIDING)


def divided_by(view: View, groupings: Collection[str]) -> int:
    """How many choices divide people into rows where `view` is grouped by these columns: at most `MOST_WITH_GROUPS`.

    A filter and a grouping of the same column are one.
    """
    columns = {named(name).column for name in active(view)}
    return len(columns | {"return_year" if column == "year" else column for column in groupings})


def select(table: ir.Table, view: View, respondent: str = RETURNEE) -> ir.Table:
    """The interviews of `table` (columns of the cohort schema plus `corridor`) that `view` asks for.

    A row whose value is missing in a narrowed column is left out. Community members are asked for by name.
    """
    if respondent not in (RETURNEE, COMMUNITY):
        raise ValueError(f"respondent is {RETURNEE} or {COMMUNITY}")
    kept = [named(name).value(value).keeps(table) for name, value in view.values]
    return table.filter([table.respondent == respondent, *kept])


def sentence(view: View) -> str:
    """The view in English, such as "Germany → Afghanistan, forced, women, 0–6 months after return"."""
    chosen = dict(view.values)
    said = (each.value(chosen[each.name]).said if each.name in chosen else each.unsaid for each in every())
    words = ", ".join(filter(None, said))
    return words[:1].upper() + words[1:]


def score_label(view: View) -> str:
    """The score in focus as words, such as "composite score"."""
    return f"{SCORE_LABELS[view.score].lower()} score"


def _closed(values: tuple[tuple[str, str], ...]) -> None:
    for name, value in values:
        if not named(name).takes(value):
            raise ValueError(f"{named(name).noun} has no such value")
    if len(values) > MOST:
        raise ValueError(f"at most {MOST} choices narrow a view")


def _on_a_step(line: float) -> float:
    steps = round(line / LINE_STEP)
    if not 0 <= line <= 1 or abs(line - steps * LINE_STEP) > 1e-9:
        raise ValueError(f"the line lies in 0…1 on steps of {LINE_STEP}")
    return round(steps * LINE_STEP, 2)
