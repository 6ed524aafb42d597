"""The release door: what may be seen of a summary. Nothing else crosses from `data` to `components`.

The rules follow disclosure-control practice for small groups (ACRO's catalogue of checks; the ONS 10–5 rule for
research outputs): a floor of 10 distinct people, value + count + interval masked together, complementary masking so
that a masked count cannot be found from a total, counts rounded to 5, no minimum or maximum, and a quantile q only
where n·min(q, 1 − q) ≥ 10. None of these limits can be set from the screen or from a link.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from data.notes import Note, Said, noted
from data.vocabulary import Mark

FLOOR: Final = 10
ROUND_TO: Final = 5
DIGITS: Final = 3
QUANTILES: Final = {"q25": 0.25, "median": 0.5, "q75": 0.75}


@dataclass(frozen=True)
class Context:
    """What stands beside every figure: the view as a sentence, where the data are from and how they were scored.

    `version` is the start of the data's checksum, so that a printed figure can be traced to its file.
    """

    sentence: str
    source: str
    licence: str
    profile: str
    synthetic: bool
    version: str


@dataclass(frozen=True)
class Fact:
    """A number that a headline tells and no row holds, with its 95% interval; made of shown rows only.

    `code` says what it is; `of` the code of the group, score or part it is about, if any; `between` the two groups
    whose difference it is, the lower first.
    """

    code: str
    value: float
    low: float
    high: float
    of: str = ""
    between: tuple[str, str] = ("", "")


@dataclass(frozen=True, eq=False)
class Released:
    """Numbers that may be seen, and a reason for each that may not.

    `rows` holds the `keys` (codes), `people` (rounded to 5) and the `values`; `marks` has the same rows and the
    columns `people` and `values`, with "" where the number is shown and else its reason code. `people` is the
    number of people behind the whole figure, rounded, or None below the floor; `who` the code of who they are.
    """

    name: str
    rows: pd.DataFrame
    marks: pd.DataFrame
    keys: tuple[str, ...]
    values: tuple[str, ...]
    people: int | None
    context: Context
    notes: tuple[Note, ...] = ()
    who: str = ""
    facts: tuple[Fact, ...] = ()

    @property
    def shown(self) -> pd.DataFrame:
        """The rows whose count may be seen."""
        return self.rows[self.marks["people"] == Mark.SHOWN]

    def only(self, key: str, *codes: object) -> "Released":
        """The rows of one group, such as one score, or of a few."""
        mine = self.rows[key].isin(codes)
        return replace(self, rows=self.rows[mine], marks=self.marks[mine])

    def first(self, top: int) -> "Released":
        """The `top` rows; the people behind the figure are the same."""
        return replace(self, rows=self.rows.head(top), marks=self.marks.head(top))

    def fact(self, code: str, of: str = "") -> Fact | None:
        """The fact of this code and group; None where it is not known or may not be told."""
        return next((fact for fact in self.facts if (fact.code, fact.of) == (code, of)), None)

    @property
    def masked(self) -> int:
        """How many rows are masked as confidential."""
        return int((self.marks["people"] == Mark.CONFIDENTIAL).sum())


def release(
    raw: pd.DataFrame,
    *,
    name: str,
    keys: Sequence[str],
    values: Sequence[str],
    people: int,
    context: Context,
    within: Sequence[str] = (),
    across: Sequence[Sequence[str]] = (),
    shares: Mapping[str, Sequence[str]] | None = None,
    reasons: Mapping[str, pd.Series] | None = None,
    notes: Sequence[Note | Said] = (),
    who: str = "",
) -> Released:
    """Release the rows of a summary.

    `raw` has the `keys`, the exact number of distinct people `n` and the `values`; `people` is the exact number
    behind the whole figure. Rows that share their `within` keys add up to a total that is shown, so a lone masked
    row takes the next smallest with it; `across` names further keys of which the same holds, such as the columns of a
    table whose rows are `within`. `shares` maps a column with an exact number of people (say `above`) to
    the value columns it stands behind: they are masked unless it and n less it reach the floor. `reasons`
    gives, row by row, a mark for a value column that the row itself would show. Columns named in `QUANTILES`
    follow the quantile rule. A value that is missing in `raw` is marked not available. `who` says who is counted.
    """
    raw = raw.reset_index(drop=True)
    hidden = masked(raw["n"], *(raw.groupby([*keys]).ngroup() for keys in (within, *across) if keys))
    marks = pd.DataFrame({column: np.where(hidden, Mark.CONFIDENTIAL, Mark.SHOWN) for column in ("people", *values)})
    for column in values:
        marks[column] = marks[column].mask(raw[column].isna() & ~hidden, Mark.NOT_AVAILABLE)
    for column, reason in (reasons or {}).items():
        marks[column] = marks[column].mask((reason != Mark.SHOWN).to_numpy() & ~hidden, reason.to_numpy())
    for counted, columns in (shares or {}).items():
        small = (raw[counted] < FLOOR) | (raw["n"] - raw[counted] < FLOOR)
        marks.loc[small, list(columns)] = Mark.CONFIDENTIAL
    for column in set(values) & set(QUANTILES):
        few = raw["n"] * min(QUANTILES[column], 1 - QUANTILES[column]) < FLOOR
        marks.loc[few, column] = Mark.CONFIDENTIAL
    rows = raw[list(keys)].assign(
        people=rounded(raw["n"]).where(marks["people"] == Mark.SHOWN),
        **{column: raw[column].astype("float64").round(DIGITS).where(marks[column] == Mark.SHOWN) for column in values},
    )
    told = released_people(people)
    return Released(name, rows, marks, tuple(keys), tuple(values), told, context, tuple(map(noted, notes)), who)


def release_published(
    raw: pd.DataFrame,
    *,
    name: str,
    keys: Sequence[str],
    values: Sequence[str] = (),
    context: Context,
    people: float | None = None,
    within: Sequence[str] = (),
    across: Sequence[Sequence[str]] = (),
    reasons: Mapping[str, pd.Series] | None = None,
    notes: Sequence[Note | Said] = (),
) -> Released:
    """Release counts that a statistical office has itself published, such as recorded returns.

    They are shown as published, not rounded again. A count of one to nine people is still masked, for a published cell
    can be one person, and so is the next smallest one of what adds up to a total that is shown: all rows, those that
    share their `within` keys, or those of one of `across`. A published zero is shown, and a missing count is not
    available. `people` is the number behind the whole figure where that is more than its rows (else their sum); it is
    the same whatever is masked, so that two figures of the same view tell the same.
    """
    raw = raw.reset_index(drop=True)
    counted = raw["n"].astype("float64")
    some = counted[counted > 0]
    lines = [raw.loc[some.index].groupby([*keys]).ngroup() for keys in (within, *across) if keys]
    hidden = masked(some, *lines).reindex(raw.index, fill_value=False)
    marks = pd.DataFrame({column: np.where(hidden, Mark.CONFIDENTIAL, Mark.SHOWN) for column in ("people", *values)})
    for column, found in {"people": raw["n"], **{column: raw[column] for column in values}}.items():
        marks[column] = marks[column].mask(found.isna(), Mark.NOT_AVAILABLE)
    for column, reason in (reasons or {}).items():
        marks[column] = marks[column].mask((reason != Mark.SHOWN).to_numpy() & ~hidden, reason.to_numpy())
    rows = raw[list(keys)].assign(
        people=raw["n"].astype("Int64").where(marks["people"] == Mark.SHOWN),
        **{column: raw[column].astype("float64").round(DIGITS).where(marks[column] == Mark.SHOWN) for column in values},
    )
    whole = counted.sum() if people is None or pd.isna(people) else people
    told = None if 0 < whole < FLOOR else int(whole)
    return Released(name, rows, marks, tuple(keys), tuple(values), told, context, tuple(map(noted, notes)))


def masked(n: pd.Series, *blocks: pd.Series) -> pd.Series:
    """Which counts of people must be masked: those below the floor, and those that would give them away.

    Each of `blocks` numbers the rows whose counts add up to a total that is known; without any, all rows do. Within a
    block that has a masked count of one to nine people, the next smallest counts are masked too, until the masked ones
    hold at least the floor and are at least two. With two sets of blocks, rows and columns of a table, a masked
    cell that still follows from the margins takes others with it (`_bridges`).
    """
    ways = blocks or (pd.Series(0, n.index),)
    hidden = n < FLOOR
    while True:
        before = int(hidden.sum())
        for way in ways:
            _hide_enough(n, hidden, way)
        if len(ways) == 2:
            _hide_around(n, hidden, *ways)
        if int(hidden.sum()) == before:
            return hidden


def _hide_enough(n: pd.Series, hidden: pd.Series, block: pd.Series) -> None:
    """Mask more of each block, in place, until no masked count of it follows from the block's total."""
    for _, counts in n.sort_values(kind="stable").groupby(block):
        already = hidden[counts.index].to_numpy()
        if not already.any() or counts[already].sum() == 0:
            continue
        order = counts.index[np.argsort(~already, kind="stable")]
        enough = (n[order].cumsum() >= FLOOR) & (np.arange(1, len(order) + 1) >= max(2, already.sum()))
        take = int(enough.to_numpy().argmax()) + 1 if enough.any() else len(order)
        hidden.loc[order[:take]] = True


def _hide_around(n: pd.Series, hidden: pd.Series, row: pd.Series, column: pd.Series) -> None:
    """Mask, in place, one more cell beside each masked cell that the margins of a table still give away.

    Masked cells link rows to columns; one whose link is the only way between two parts of that graph is the
    difference of known totals. That matters where it has one to nine people: a zero gives nobody away. Source:
    Gusfield, "A graph theoretic approach to statistical data security", *SIAM Journal on Computing* 17 (1988).
    """
    for cell in _bridges(row[hidden], column[hidden]):
        if not 1 <= n[cell] < FLOOR:
            continue
        beside = n[~hidden & ((row == row[cell]) | (column == column[cell]))]
        if len(beside):
            hidden.loc[beside.idxmin()] = True


def _bridges(row: pd.Series, column: pd.Series) -> list[Any]:
    """The cells, links between their `row` and `column`, without which these would not be connected."""
    starts, ends = pd.factorize(row)[0], pd.factorize(column)[0]
    ends = ends + len(starts)
    size = 2 * len(starts)

    def connected(kept: np.ndarray) -> bool:
        graph = coo_array((np.ones(kept.sum()), (starts[kept], ends[kept])), shape=(size, size))
        part = connected_components(graph, directed=False)[1]
        return bool(part[starts[~kept]] == part[ends[~kept]])

    return [cell for place, cell in enumerate(row.index) if not connected(np.arange(len(row)) != place)]


def rounded(n: pd.Series) -> pd.Series:
    """Counts rounded to the nearest 5, as nullable integers."""
    return ((n.astype("float64") / ROUND_TO).round() * ROUND_TO).astype("Int64")


def as_may_be_said(doubt: Note) -> Note:
    """A doubt of a cohort with its count of rows rounded to 5, None for fewer than 10."""
    rows = doubt.get("rows")
    return doubt.but(rows=released_people(rows)) if isinstance(rows, int) else doubt


def released_people(n: int) -> int | None:
    """A number of people as it may be seen: rounded to 5, or None below the floor."""
    return None if n < FLOOR else ROUND_TO * round(n / ROUND_TO)
