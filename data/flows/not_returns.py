"""What statistics count beside returns, told by their words: refusals, orders to leave, displaced people."""

from typing import Final

import pandas as pd

_NO_RETURNS: Final = (
    r"refus\w*(?: of)? (?:entry|admission|leave to enter)|(?:entry|admission) (?:refus|den)|denied entry|^refusals?\b"
    r"|port return|(?:turned (?:away|back)|refus\w*) at (?:the )?(?:(?:air|sea)?port|border)s?\b"
    r"|orders? to leave|ordered to leave|return (?:decision|order)s?\b|displaced|displacement|\bidps?\b"
)
_FOLLOWED: Final = (
    r"(?:return|left|leav|depart|remov|deport)\w*\b.*\b(?:following|after|under|upon) (?:an? |the )?"
    r"(?:orders?|return (?:decision|order))|who (?:have )?(?:left|returned|departed)"
)
"""Whoever went because of an order did return."""


def no_returns(said: pd.Series) -> pd.Series:
    """Whether the words of each row say that it counts no returns from abroad; bool, same index."""
    words = said.astype("str").fillna("")
    return words.str.contains(_NO_RETURNS, case=False) & ~words.str.contains(_FOLLOWED, case=False)
