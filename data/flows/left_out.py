"""Who of a file is not in its recorded returns, and why: by reason, in rows, in people and by name."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pandas as pd

from data.countries import name, resolve
from data.disclosure import FEW, few

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


_LEFT_OUT: Final = {
    Reason.SEVERAL_COUNTRIES: "they are totals of several countries",
    Reason.CATEGORY_TOTAL: "their category is a total of others",
    Reason.NO_NUMBER: "they hold no number of people",
    Reason.UNREADABLE: "the year or the number of people is none that can be read",
    Reason.FRACTION: "their number of people is a fraction, which somebody shared out and nobody counted",
    Reason.SAME_COUNTRY: "the host country is also the country of return",
    Reason.BOTH_UNKNOWN: "neither the host country nor the country of return is known",
    Reason.AT_PORT: "these people were refused entry at a port and had not stayed in the country",
    Reason.NO_RETURNS: "they count no returns (refusals, orders to leave, displaced people)",
    Reason.AGAIN: "they are parts of the numbers that are read, or totals over them",
    Reason.OTHER_LEVEL: "they count the same people at another administrative level than the one that is read",
    Reason.OTHER_ROUND: "they are earlier counts of the same people in the same year",
}
_WORDS: Final = {reason: f"Rows left out because {why}" for reason, why in _LEFT_OUT.items()} | {
    Reason.UNRECOGNISED: "Rows with a country that we do not recognise, counted as unknown",
}


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


def sentence(account: LeftOut) -> str:
    """What a reader is told of such rows."""
    names = ", ".join(account.names) + (f" and {account.more:,} more" if account.more else "")
    people = f", with {in_words(account.people)}" if account.people else ""
    return f"{_WORDS[account.reason]}: {account.rows:,}{people}" + (f" ({names})." if names else ".")


def in_words(people: float) -> str:
    """A number of people as it may be said: below ten not exactly."""
    if few(people):
        return f"{FEW} people"
    return f"{people:,.0f} people" if people % 1 == 0 else f"{people:,.1f} people"
