"""How a field's cells are made from a survey's own: words to codes, several columns to one."""

from collections.abc import Collection
from collections.abc import Mapping as Pairs
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.mapping.guess import COUNTRIES
from data.mapping.model import KEEP, Field, Only
from data.mapping.sheet import Sheet, key
from data.reading import values
from data.reading.forms.sheet import SEVERAL
from data.reading.problems import ReadingError, rows

Flags = npt.NDArray[np.bool_]

_MISSING: Final = frozenset(values.MISSING)


def made(field: Field, seen: Sheet, at: Pairs[str, str], kept: Flags) -> pd.Series:
    """Return the cells of `field` in the rows `kept` as text; "" where they are missing.

    `at` says under which heading each column of the mapping is. Raises `ReadingError` as `recode` does, and where parts
    of a wave have no number.
    """
    if not field.columns:
        return pd.Series(field.constant, index=range(int(kept.sum())), dtype="str")
    parts = [seen.column(at[column])[kept].reset_index(drop=True) for column in field.columns]
    coded = [recode(part, field) if field.values else part for part in parts]
    if field.field == "wave" and len(parts) > 1:
        return _numbered(coded)
    if field.field == "person" and len(parts) > 1:
        whole = pd.concat(coded, axis=1)
        return coded[0].str.cat(whole.iloc[:, 1:], sep="-").mask((whole == "").any(axis=1), "")
    first = coded[0]
    for other in coded[1:]:
        first = first.mask(first == "", other)
    return first


def recode(cells: pd.Series, field: Field) -> pd.Series:
    """Return trimmed `cells` as codes of `field`; raises `ReadingError` where words are not known and must be."""
    known = {key(word): code for word, code in field.values}
    places, distinct = pd.factorize(cells)
    codes = [_code(cell, known, field) for cell in distinct]
    if unknown := [place for place, code in enumerate(codes) if code is None]:
        words = {key(word) for place in unknown for word in distinct[place].split(SEVERAL)} - known.keys()
        count = f"{len(words):,} word{'s' * (len(words) > 1)}"
        raise ReadingError(
            f"Column {cells.name!r} has {rows(int(np.isin(places, unknown).sum()))} with {count} that the mapping does "
            f"not know for {field.field}: give each a code, or leave them out."
        )
    coded: pd.Series = pd.Series(codes, dtype="str", name=cells.name).take(places)
    return coded.reset_index(drop=True)


def _code(cell: str, known: dict[str, str], field: Field) -> str | None:
    """The code of a cell; None where a word in it is not known and must be."""
    choices = _choices(cell, known)
    others = {choice for choice in choices - known.keys() if not _says_nothing(choice, field.field)}
    if others and field.otherwise is None:
        return None
    first = next((code for word, code in known.items() if word in choices), None)
    if first is not None:
        return first
    if not others:
        return ""
    return cell if field.otherwise == KEEP else field.otherwise


def _choices(cell: str, known: Collection[str]) -> set[str]:
    """The words of a cell: itself where it is known, else its choices.

    Which files have their choices told apart and which have spaces between them depends on what is in them, so that of
    two exports of one form one may say "cash | training" and the other "cash training": both are read alike.
    """
    for whole in (key(cell), key(cell.replace(SEVERAL, " "))):
        if whole in known:
            return {whole}
    names = set(key(cell).split())
    return names if names and names <= set(known) else {key(choice) for choice in cell.split(SEVERAL)}


def _says_nothing(word: str, field: str) -> bool:
    namibia = field in COUNTRIES and word == values.NAMIBIA
    return word.startswith(values.TOO_NARROW) or (word in _MISSING and not namibia)


def _numbered(parts: list[pd.Series]) -> pd.Series:
    """The place of each row's combination of numbers among all, from 1; "" where a part is blank."""
    numbers = {}
    for place, part in enumerate(parts):
        spoken = values.cells(part)
        numbers[place] = spoken.str.extract(r"(\d+)", expand=False).astype("float64")
        if silent := int((spoken.notna() & numbers[place].isna()).sum()):
            raise ReadingError(
                f"Column {part.name!r} has {rows(silent)} without a number to order waves by: give its words numbers."
            )
    places = pd.DataFrame(numbers).groupby(list(numbers)).ngroup() + 1
    return places.astype("str").mask(places < 1, "")


def among(cells: pd.Series, only: Only) -> Flags:
    """Return which of the trimmed `cells` hold one of the words of `only`."""
    wanted = {key(word) for word in only.words}
    chosen = {cell for cell in cells.unique() if wanted & {key(choice) for choice in (cell, *cell.split(SEVERAL))}}
    return cells.isin(chosen).to_numpy(dtype=bool)
