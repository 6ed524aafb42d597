"""What findings share: their length, the words for a difference or a share, and which of them are clear."""

import pandas as pd

from data.disclosure import Fact, Released
from data.estimate import shows_difference
from data.labels import label
from data.summaries.facts import APART

TOO_FEW = "Too few people to show this figure"
MOST_WORDS = 15


def clear(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows whose difference has an interval on one side of zero."""
    ends = zip(rows["difference_low95"], rows["difference_high95"], strict=True)
    return rows[[shows_difference(low, high) for low, high in ends]]


def than(amount: float) -> str:
    """A difference in words: "0.04 higher"."""
    return f"{size(amount)} {'higher' if amount > 0 else 'lower'}"


def size(amount: float) -> str:
    """How large a difference is, in digits enough to tell it from another: "0.04", "0.006", "less than 0.001"."""
    if abs(amount) < 0.0005:
        return "less than 0.001"
    return f"{abs(amount):.2f}" if abs(amount) >= 0.01 else f"{abs(amount):.3f}"


def signed(amount: float) -> str:
    """A change with its sign: "+0.04", "−0.006"."""
    sign = "" if abs(amount) < 0.0005 else "+" if amount > 0 else "−"
    return sign + size(amount)


def sure(share: float, low: float, high: float) -> str:
    """A share with its 95% interval: "41% (39–43%)"."""
    return f"{share:.0%} ({100 * low:.0f}–{high:.0%})"


def sure_of(found: "pd.Series[float] | Fact") -> str:
    """The share of a row, or a fact, with its 95% interval."""
    if isinstance(found, Fact):
        return sure(found.value, found.low, found.high)
    return sure(found["share"], found["share_low95"], found["share_high95"])


def of_groups(released: Released, rows: pd.DataFrame, of: str = "") -> str | None:
    """The shares of `rows`, a group each (the figure's first key), in words; None where no two are shown to differ.

    One share is told with its interval, and of whom it is where the figure has other groups; several as the lowest and
    highest: "12% (Women) to 20% (Men)", where the
    difference between these two has an interval on one side of zero; without groups that can be set against each other
    (waves hold the same people), as their range.
    """
    by = released.keys[0]
    if len(rows) == 1:
        return sure_of(rows.iloc[0]) + ("" if lone(released) else f", {label(by, rows[by].iloc[0])}")
    apart = released.fact(APART, of)
    if apart is None:
        return span(rows["share"])
    if not shows_difference(apart.low, apart.high):
        return None
    ends = [rows[rows[by].astype("str") == group].iloc[0] for group in apart.between]
    return " to ".join(f"{end['share']:.0%} ({label(by, end[by])})" for end in ends)


def shares_told(released: Released, rows: pd.DataFrame, alone: str, what: str, alike: str, of: str = "") -> str:
    """The shares of `rows`, a group each, as a finding: `alone` with "{}" for the share of a figure of one group.

    Of several, `what` is followed by the lowest and highest; `alike` is said where no two are shown to differ.
    """
    told = of_groups(released, rows, of)
    if told is None:
        return alike
    if len(rows) == 1 and lone(released):
        return alone.format(told)
    return short_enough(f"{what}: {told}", f"{what}: {span(rows['share'])} of each group shown")


def lone(released: Released) -> bool:
    """Whether a figure is of one group, so that its finding is not of one group among others of which none is shown."""
    return released.rows[released.keys[0]].nunique() == 1


def leader(rows: pd.DataFrame, value: str) -> "pd.Series[float] | None":
    """The row with the highest `value`, if its 95% interval lies above those of all other rows; else None."""
    top = rows.loc[rows[value].idxmax()]
    others = rows[f"{value}_high95"].drop(top.name)
    return top if others.empty or top[f"{value}_low95"] > others.max() else None


def short_enough(headline: str, without_names: str) -> str:
    """`headline`, or the same without names where they make it too long."""
    return headline if len(headline.split()) <= MOST_WORDS else without_names


def span(numbers: pd.Series, form: str = ".0%") -> str:
    """The least and the greatest of released numbers, "12% to 34%", or the one number where they read alike."""
    low, high = format(numbers.min(), form), format(numbers.max(), form)
    return low if low == high else f"{low} to {high}"
