"""Status flags: why a number may not be seen. What each means in words stands in `data.vocabulary.FLAG_MEANINGS`."""

from enum import StrEnum

import pandas as pd


class Flag(StrEnum):
    """Why a number may not be seen. The empty flag means that it may."""

    SHOWN = ""
    CONFIDENTIAL = "c"
    NOT_AVAILABLE = "x"
    NOT_APPLICABLE = "z"


def confidential(where: pd.Series) -> pd.Series:
    """Flags that hide the rows `where` it is true, as a number that may not be told."""
    return _flagged(where, Flag.CONFIDENTIAL)


def not_available(where: pd.Series) -> pd.Series:
    """Flags for the rows `where` it is true, as a number that the data do not have."""
    return _flagged(where, Flag.NOT_AVAILABLE)


def not_applicable(where: pd.Series) -> pd.Series:
    """Flags for the rows `where` it is true, as a number that has no meaning there."""
    return _flagged(where, Flag.NOT_APPLICABLE)


def first_of(*flags: pd.Series) -> pd.Series:
    """The first of several flags of a row that is not empty."""
    found, *others = flags
    for other in others:
        found = found.mask(may_be_told(found), other)
    return found


def may_be_told(flags: pd.Series) -> pd.Series:
    """Where flags are empty."""
    return flags == Flag.SHOWN


def _flagged(where: pd.Series, flag: Flag) -> pd.Series:
    return pd.Series(Flag.SHOWN, where.index).mask(where, flag)
