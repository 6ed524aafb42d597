"""What may be drawn, and what stands beside every figure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from data.disclosure.flags import Flag, may_be_told
from data.notes import Note


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

    `rows` holds the `keys` (codes), `people` (rounded to 5) and the `values`; `flags` has the same rows and the
    columns `people` and `values`, with "" where the number is shown and else its status flag. `people` is the
    number of people behind the whole figure, rounded, or None below the threshold; `who` the code of who they are.
    """

    name: str
    rows: pd.DataFrame
    flags: pd.DataFrame
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
        return self.rows[self.is_shown()]

    def is_shown(self, column: str = "people") -> pd.Series:
        """Row by row, whether a number may be seen."""
        return may_be_told(self.flags[column])

    def is_confidential(self, column: str = "people") -> pd.Series:
        """Row by row, whether a number is hidden for the people behind it."""
        return self.flags[column] == Flag.CONFIDENTIAL

    def is_applicable(self, column: str = "people") -> pd.Series:
        """Row by row, whether a number has a meaning, seen or not."""
        return self.flags[column] != Flag.NOT_APPLICABLE

    def only(self, key: str, *codes: object) -> "Released":
        """The rows of one group, such as one score, or of a few."""
        mine = self.rows[key].isin(codes)
        return replace(self, rows=self.rows[mine], flags=self.flags[mine])

    def first(self, top: int) -> "Released":
        """The `top` rows; the people behind the figure are the same."""
        return replace(self, rows=self.rows.head(top), flags=self.flags.head(top))

    def fact(self, code: str, of: str = "") -> Fact | None:
        """The fact of this code and group; None where it is not known or may not be told."""
        return next((fact for fact in self.facts if (fact.code, fact.of) == (code, of)), None)

    @property
    def suppressed(self) -> int:
        """How many rows are hidden as confidential."""
        return int(self.is_confidential().sum())


def one_after_another(parts: Mapping[Any, Released], key: str, like: Released) -> Released:
    """`like`, with the rows of all `parts`, told apart by a further `key`; a value that a part lacks has no meaning."""
    rows = pd.concat([part.rows.assign(**{key: code}) for code, part in parts.items()], ignore_index=True)
    flags = pd.concat([part.flags for part in parts.values()], ignore_index=True).fillna(Flag.NOT_APPLICABLE)
    keys, told = (key, *like.keys), ["people", *like.values]
    return replace(like, rows=rows[[*keys, *told]], flags=flags[told], keys=keys)
