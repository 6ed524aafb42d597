"""Counts as a report may say them: rounded to 5, and never a number that stands for fewer than 10 people."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.disclosure import enough, few, released_people, released_share
from data.notes import Vague
from data.report.model import Amount

Flags = npt.NDArray[np.bool_]


def said(count: int) -> Amount:
    """Return a count as it may be said: rounded to 5, or that it is below the threshold."""
    return Vague.FEW if few(count) else released_people(count) or 0


def percent(part: int, whole: int) -> Amount:
    """Return `part` of `whole` as a share, both rounded to 5 first; a part or rest below the threshold is said so."""
    if part in (0, whole):
        return Vague.ALL if part else 0
    if not enough(part):
        return Vague.FEW
    if not enough(whole - part):
        return Vague.ALL_BUT_FEW
    share = 100 * released_share(part, whole)
    return Vague.UNDER_ONE_PERCENT if share < 1 else Vague.OVER_99_PERCENT if share > 99 else round(share) / 100


class Counts:
    """Counts interviews, with a threshold for the people behind them.

    `people` and `interviews` are exact and stay in `data`; what the methods return may be seen.
    """

    def __init__(self, person: pd.Series) -> None:
        """Take the person of each interview."""
        codes, known = pd.factorize(person)
        self.person: npt.NDArray[np.int64] = codes.astype("int64")
        self.people = len(known)
        self.interviews = len(codes)

    def behind(self, which: Flags) -> int:
        """Return how many people have an interview among `which`; exact."""
        return int((np.bincount(self.person[which], minlength=self.people) > 0).sum())

    def told(self, which: Flags) -> Amount:
        """Return how many interviews `which` are."""
        behind = self.behind(which)
        return said(int(which.sum())) if enough(behind) else said(behind)

    def told_people(self, which: Flags) -> Amount:
        """Return how many people have an interview among `which`; those without are as few as may be seen."""
        behind = self.behind(which)
        return Vague.ALL_BUT_FEW if few(self.people - behind) and enough(behind) else said(behind)

    def share(self, which: Flags) -> Amount:
        """Return the share of interviews that `which` are."""
        if which.all() or not which.any():
            return Vague.ALL if which.any() else 0
        if not enough(self.behind(which)):
            return Vague.FEW
        if not enough(self.behind(~which)):
            return Vague.ALL_BUT_FEW
        return percent(int(which.sum()), self.interviews)


def hashed(columns: list[pd.Series]) -> npt.NDArray[np.uint64]:
    """Return a number for each row that only rows alike in all `columns` share, but for chance (about 1 in 2⁶⁴)."""
    whole = np.zeros(len(columns[0]), "uint64")
    for column in columns:
        if column.dtype != "float64":
            column = pd.Series(pd.factorize(column)[0])
        whole = whole * np.uint64(0x9E3779B97F4A7C15) + pd.util.hash_array(column.to_numpy())
    return whole
