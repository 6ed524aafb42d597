"""What a mapping is: for each field, the columns it is made from and the code of each word in them."""

from dataclasses import dataclass
from typing import Final

from data.cohort import TYPES
from data.reading.columns import AGE
from data.spectrum import FACTS

FIELDS: Final = (*(field for field in TYPES if field not in ("interview", "band_rule")), AGE, *FACTS)
"""Every field that a mapping can make."""

KEEP: Final = "keep"
"""In place of a code for words not listed: they stay as they are."""


@dataclass(frozen=True)
class Field:
    """How one field is made: from `columns`, or from `constant`, the same code in every row.

    A field of several columns takes the first that is filled in; but a person is told by all of them together
    ("HH12-3"), and a wave is the place of their combination among all that occur, in order (year and quarter).

    `values` pairs words of the column with codes, and a code of "" leaves the answer out; without `values` the text
    stays as it is. Capitals and spaces around a word do not matter. Of a cell with several choices the first pair that
    has one of them counts. `otherwise` is for words that `values` does not list: a code, "" to leave the answer out,
    `KEEP`, or None, which refuses the file. A blank or refused answer stays missing unless `values` lists it.
    """

    field: str
    columns: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    otherwise: str | None = None
    constant: str = ""


@dataclass(frozen=True)
class Only:
    """Which rows are read: those where `column` holds one of `words`, or one of its choices is among them."""

    column: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Mapping:
    """A mapping of one form. `headings` are the form's when the mapping was made, and tell what changed since."""

    name: str
    fields: tuple[Field, ...]
    headings: tuple[str, ...] = ()
    only: tuple[Only, ...] = ()

    def columns(self) -> dict[str, tuple[str, ...]]:
        """Return each column of the file that is used, with the fields made from it (none if it only picks rows)."""
        used: dict[str, tuple[str, ...]] = {}
        for field in self.fields:
            for column in field.columns:
                used[column] = (*used.get(column, ()), field.field)
        return {only.column: () for only in self.only} | used
