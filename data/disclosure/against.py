"""What is told of a row by way of another one: a comparison with a reference."""

from collections.abc import Sequence

import pandas as pd

from data.disclosure.flags import confidential, first_of, not_applicable
from data.disclosure.suppression import Margins, shown


def against(
    raw: pd.DataFrame,
    by: str,
    reference: str,
    within: Sequence[str],
    margins: Margins,
    *,
    too_few: pd.Series | None = None,
) -> pd.Series:
    """Flags for what compares each row with the row of `reference` (a value of `by`) that has the same `within`.

    Margins, and what `raw` has, are those of `release`, and people are weighed. A comparison of the reference with
    itself has no meaning; one of a hidden row, or with a hidden reference, would give it away, and so would one of a
    row with `too_few` people behind its own number.
    """
    is_reference = raw[by] == reference
    hidden = ~shown(raw, margins)
    hidden = hidden if too_few is None else hidden | too_few
    place = raw.groupby([*within]).ngroup()
    beside = place.isin(place[is_reference & hidden])
    return first_of(not_applicable(is_reference), confidential(hidden | beside))
