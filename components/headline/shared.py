"""What all headlines share: their length, the words for a difference, and which differences are clear."""

import pandas as pd

from data.estimate import shows_difference

TOO_FEW = "Too few people to show this figure"
MOST_WORDS = 15


def clear(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows whose difference has an interval on one side of zero."""
    ends = zip(rows["difference_low95"], rows["difference_high95"], strict=True)
    return rows[[shows_difference(low, high) for low, high in ends]]


def than(amount: float) -> str:
    """A difference in words: "0.04 higher"."""
    return f"{abs(amount):.2f} {'higher' if amount > 0 else 'lower'}"


def short_enough(headline: str, without_names: str) -> str:
    """`headline`, or the same without names where they make it too long."""
    return headline if len(headline.split()) <= MOST_WORDS else without_names


def span(numbers: pd.Series, form: str = ".0%") -> str:
    """The least and the greatest of released numbers, "12% to 34%", or the one number where they read alike."""
    low, high = format(numbers.min(), form), format(numbers.max(), form)
    return low if low == high else f"{low} to {high}"
