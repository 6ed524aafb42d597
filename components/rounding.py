"""How a released number is written: one rule for headlines, tables on screen and the words of files."""

import re
from typing import Final

WHOLE: Final = ("people", "total", "recorded", "n_effective", "weightings", "alike_in", "bands")
"""Columns of whole numbers."""

SHARES: Final = ("coverage", "expected", "holds", "lowest", "steady", "superiority", "surety", "trimmed")
"""Columns of shares, beside those whose name begins with `share`."""

FINE: Final = ("p", "slope")
"""Columns with a third digit: a slope is taken several times, and small p are told apart."""


def percent(share: float) -> str:
    """A share (0…1) in whole per cents: "22%"; with a digit where it would else read as nobody or everybody: "0.4%"."""
    few_or_nearly_all = 0 < share < 0.0095 or 0.995 <= share < 1
    return f"{share:.1%}" if few_or_nearly_all else f"{share:.0%}"


def within(low: float, high: float) -> str:
    """An interval of a share: "39–43%"."""
    return f"{percent(low).removesuffix('%')}–{percent(high)}"


def size(amount: float) -> str:
    """How large a difference is, in digits enough to tell it from another: "0.04", "0.006", "less than 0.001"."""
    if abs(amount) < 0.0005:
        return "less than 0.001"
    return f"{abs(amount):.2f}" if abs(amount) >= 0.01 else f"{abs(amount):.3f}"


def signed(amount: float) -> str:
    """A change with its sign: "+0.04", "−0.006"."""
    sign = "" if abs(amount) < 0.0005 else "+" if amount > 0 else "−"
    return sign + size(amount)


def count(number: float) -> str:
    """A number of people or of anything that is counted: "902,300"."""
    return f"{number:,.0f}"


def written(column: str, value: float) -> str:
    """A released number of this column as it is written: counts whole, shares in per cent, scores with two digits."""
    of = re.sub(r"_(low|high)\d*$", "", column)
    if of in WHOLE:
        return count(value)
    if of.startswith("share") or of in SHARES:
        return percent(value)
    if of == "p" and value < 0.001:
        return "under 0.001"
    if of == "rank":
        return f"{value:g}"
    return f"{value:.3f}" if of in FINE else f"{value:.2f}"
