"""What may be shown of an order of cells whose running sums are shown too: a histogram and its cumulative distribution.

The difference of two running sums tells what lies between, so cells and sums are decided together.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.disclosure.feasible import Flags
from data.disclosure.suppression import Margins, suppressed
from data.disclosure.threshold import enough


def along(raw: pd.DataFrame, group: Sequence[str], margins: Margins) -> tuple[Flags, Flags]:
    """Which cells, and which running sums up to and with each cell, may not be shown.

    `raw` has the cells in order within each `group` (columns), with their people `n`; the groups add up in `margins`.
    Each half of an order hides its own few people, or the whole does where a half cannot, so that the sum in the middle
    gives nobody away. A sum is shown only where the hidden cells to either side of it, up to the next sum shown, are
    empty, or hold enough people. Of a group that must be hidden, all is.
    """
    raw = raw.assign(_all=0)
    groups = raw.groupby([*group, "_all"], sort=False)
    place, size = groups.cumcount(), groups["n"].transform("size")
    halves = suppressed(raw.assign(_half=place < size / 2), [[*group, "_half"]])
    told = enough(raw["n"].where(halves, 0).groupby(groups.ngroup()).transform("sum"))
    cells = suppressed(raw, [group]) & ~told.to_numpy() | halves
    whole = groups["n"].sum().reset_index()
    alone = suppressed(whole, [margin for margin in margins if {*margin} < {*group}])[groups.ngroup()]
    sums = np.zeros(len(raw), dtype=bool)
    for rows in groups.indices.values():
        sums[rows] = _hidden_sums(raw["n"].to_numpy()[rows], cells[rows])
    return cells | alone, sums | alone


def _hidden_sums(n: NDArray[np.int64], hidden: Flags) -> list[bool]:
    """Whether the sum up to each cell of an order must be hidden; the last one, its total, never."""

    def safe(part: slice) -> bool:
        few = n[part][hidden[part]]
        return bool(few.sum() == 0 or enough(few.sum()))

    out, last = [], 0
    for end in range(1, len(n)):
        shown = enough(min(n[:end].sum(), n[end:].sum())) and safe(slice(last, end)) and safe(slice(end, None))
        last = end if shown else last
        out.append(not shown)
    return [*out, False]
