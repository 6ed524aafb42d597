"""Who of a file is not in its recorded returns, and why: by reason, in rows, in people and by name."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pandas as pd

from data.countries import name, resolve
from data.disclosure import few
from data.notes import Note, Recorded

MOST_NAMES: Final = 5
_LONGEST_NAME: Final = 60


class Reason(StrEnum):
    """Why rows of a file are not counted, or not as what they say."""

    SEVERAL_COUNTRIES = "several countries"
    CATEGORY_TOTAL = "category total"
    NO_NUMBER = "no number"
    UNREADABLE = "unreadable"
    FRACTION = "fraction"
    SAME_COUNTRY = "same country"
    BOTH_UNKNOWN = "both unknown"
    AT_PORT = "at port"
    NO_RETURNS = "no returns"
    AGAIN = "again"
    OTHER_LEVEL = "other level"
    OTHER_ROUND = "other round"
    UNRECOGNISED = "unrecognised"


@dataclass(frozen=True)
class LeftOut:
    """Rows of a file that are not counted: how many, with how many people, and the names that hold most of these.

    `people` may hold fractions, where the file does; cells that are no number count nobody. `names` are countries or
    categories, most people first, and `more` is how many others there are.
    """

    reason: Reason
    rows: int
    people: float
    names: tuple[str, ...] = ()
    more: int = 0


def left_out(reason: Reason, people: pd.Series, names: pd.Series | None = None) -> tuple[LeftOut, ...]:
    """The account of rows left out for one reason; () where there are none.

    `people` are the rows' numbers, missing where a cell is none; `names` what each row is known by, missing or "" where
    it is not.
    """
    if people.empty:
        return ()
    held: list[str] = []
    if names is not None:
        named = people.fillna(0).groupby(names.mask(names == "")).sum()
        held = [str(name) for name in named.sort_values(ascending=False, kind="stable").index]
    return (
        LeftOut(
            reason, len(people), float(people.sum()), tuple(held[:MOST_NAMES]), more=max(0, len(held) - MOST_NAMES)
        ),
    )


def named(texts: pd.Series) -> pd.Series:
    """Names for an account: countries by their short name, other words as written, on one line and cut short."""
    told = {text: name(code) if (code := resolve(text)) else text for text in texts.dropna().unique()}
    return texts.map(told).astype("str").fillna("").str.split().str.join(" ").str.slice(0, _LONGEST_NAME)


def noted(account: LeftOut) -> Note:
    """What a reader is told of such rows."""
    people, names, more = as_published(account.people), account.names, account.more
    return Note(
        Recorded.LEFT_OUT, reason=account.reason.value, count=account.rows, people=people, names=names, more=more
    )


def as_published(people: float) -> float | None:
    """A number of people as it may be seen: None for one to nine."""
    return None if few(people) else people
