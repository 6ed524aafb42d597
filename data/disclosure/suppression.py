"""Which rows of a table may not be shown: those of too few people, and those that would give such a number away.

Primary suppression hides every count below the threshold, and rows of people who count for too few by design weight.
Secondary suppression hides more of what adds up to a total, its margin, until no number of one to nine people follows
from what is shown, or is told to within less than five, and nothing of people who count for too few follows by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from data.disclosure.feasible import Flags, Numbers, widened
from data.disclosure.threshold import THRESHOLD, enough, few
from data.disclosure.weight import Codes, People, Unweighted, weighed

Margin = Sequence[str]
Margins = Sequence[Margin]

ALL_ROWS: Final[Margin] = ()
"""The margin of all rows together: their sum is a total that is shown, or can be known."""

NO_TOTALS: Final[Margins] = ()
"""No rows add up to anything that anybody could know."""


def shown(raw: pd.DataFrame, margins: Margins, unweighted: Unweighted | None = None) -> pd.Series:
    """Which rows `release` shows with the same `margins`.

    `raw` has their keys, the exact number of people `n` and their weights, or is `unweighted`, as there.
    """
    return pd.Series(~suppressed(weighed(raw, unweighted), margins), raw.index)


def suppressed(raw: pd.DataFrame, margins: Margins, already: Flags | None = None) -> Flags:
    """Which rows may not be shown: one row of `raw` per cell, with the exact number of people `n` and their weights.

    Each margin names the columns whose rows of equal values add up to a total that is shown or can be known, unless it
    must be hidden in its own right: the totals of a margin are a table as well, with the margins it has in common with
    others. Of the rows of the first margin shares are told, which tell its totals too: so a row of a hidden total of it
    is hidden. Within a margin the hidden ones are at least two, reach the threshold and count for enough together,
    which settles a table with one margin. With several, `data.disclosure.feasible` looks at what counts tell together.
    Rows that are hidden `already` for another reason count among the hidden ones.
    """
    # In the order of their names: of equal numbers the same one is hidden, in whatever order a figure has its rows.
    codes = {key: pd.factorize(raw[key].astype("str"), sort=True)[0] for key in {key for way in margins for key in way}}
    people = People.of(raw)
    hidden = ~enough(people.n) | people.light
    return _suppressed(people, codes, margins, hidden if already is None else hidden | already)


def _suppressed(people: People, codes: Mapping[str, Codes], margins: Margins, hidden: Flags) -> Flags:
    """As `suppressed`, with a number for each value of the columns, from what is `hidden` in the first place."""
    if not margins or not people.too_few.any():
        return hidden
    ways, names = _crossings(margins), _places(codes, sorted(codes), len(hidden))
    totals = [_total(people, codes, way, [inner for inner in ways if {*inner} < {*way}]) for way in ways]
    hidden = hidden | totals[0].hidden[totals[0].of]
    outer = [total for total, way in zip(totals, ways, strict=True) if not any({*way} < {*other} for other in ways)]
    before = -1
    while before != (before := int(hidden.sum())):
        for total in outer:
            _hide_enough(people, hidden, total, names)
    if len(totals) > 1:
        _hide_around(people.n, hidden, totals)
    return hidden


@dataclass(frozen=True, eq=False)
class _Total:
    """The totals of one margin: `of` numbers the one that each row belongs to; `people` and `hidden` are theirs."""

    of: Codes
    people: People
    hidden: Flags

    @property
    def known(self) -> Flags:
        """Whose count may be known: of the shown ones, and of many people who are hidden for their weights alone."""
        known: Flags = ~self.hidden | enough(self.people.n) & self.people.light
        return known


def _crossings(margins: Margins) -> list[Margin]:
    """`margins` and what any two of them have in common, for totals of both tell the totals of that."""
    ways = {frozenset(margin): margin for margin in margins}
    before = 0
    while before != (before := len(ways)):
        for one, keys in [*ways.items()]:
            for other in [*ways]:
                ways.setdefault(one & other, [key for key in keys if key in other])
    return [*ways.values()]


def _total(people: People, codes: Mapping[str, Codes], margin: Margin, inner: Margins) -> _Total:
    place = _places(codes, sorted(margin), len(people.n))
    _, first, of = np.unique(place, return_index=True, return_inverse=True)
    whole = people.together(of, len(first))
    hidden = ~enough(whole.n) | whole.light
    return _Total(of, whole, _suppressed(whole, {key: codes[key][first] for key in margin}, inner, hidden))


def _places(codes: Mapping[str, Codes], keys: Margin, size: int) -> Codes:
    """A number for each combination of values of the `keys`, in their order."""
    place = np.zeros(size, "int64")
    for key in keys:
        place = place * (codes[key].max(initial=0) + 1) + codes[key]
    return place


def _hide_enough(people: People, hidden: Flags, total: _Total, names: Codes) -> None:
    """Hide, in place, the next smallest rows of each known total, until the hidden ones are too many to tell of few.

    And, unless all of them together do not, until they count for enough.
    """
    for place in np.unique(total.of[hidden & people.too_few]):
        if not total.known[place]:
            continue
        rows = np.flatnonzero(total.of == place)
        order = rows[np.lexsort((names[rows], people.n[rows], ~hidden[rows]))]
        behind = people.at(order).running()
        at_least = max(2, int(hidden[rows].sum()))
        reached = (behind.n >= THRESHOLD) & (np.arange(1, len(order) + 1) >= at_least)
        reached &= ~behind.light | total.people.light[place]
        hidden[order[: int(reached.argmax()) + 1 if reached.any() else None]] = True


def _hide_around(n: Numbers, hidden: Flags, totals: Sequence[_Total]) -> None:
    """Hide, in place, what several margins together would still give away, in each part that no total joins."""
    parts = min(totals, key=lambda total: len(total.hidden)).of  # what all margins have in common
    for part in np.unique(parts[few(n)]):
        rows = np.flatnonzero(parts == part)
        known, small = [], [np.eye(len(rows))[few(n[rows])]]
        for total in totals:
            places = np.unique(total.of[rows])
            members = (total.of[rows] == places[:, None]).astype("float64")
            known.append(members[total.known[places]])
            small.append(members[few(total.people.n[places])])
        hidden[rows] = widened(n[rows], hidden[rows], np.vstack(known), np.vstack(small))
