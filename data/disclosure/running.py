"""What may be shown of an order of cells whose running sums are shown too: a histogram and its cumulative distribution.

The difference of two running sums tells what lies between, so cells and sums are decided together.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data.disclosure.feasible import Flags
from data.disclosure.suppression import Margins, suppressed
from data.disclosure.threshold import enough
from data.disclosure.weight import People, added


def along(raw: pd.DataFrame, group: Sequence[str], margins: Margins) -> tuple[Flags, Flags]:
    """Which cells, and which running sums up to and with each cell, may not be shown.

    `raw` has the cells in order within each `group` (columns), with their people `n` and their weights; the groups add
    up in `margins`. Each half of an order hides its own few people, or the whole does where a half cannot, so that
    the sum in the middle gives nobody away. A sum is shown only where the hidden cells to either side of it, up to the
    next sum shown, are empty, or hold enough people, who count for enough. Of a group that must be hidden, all is.
    """
    raw = raw.assign(_all=0)
    groups = raw.groupby([*group, "_all"], sort=False)
    place, size = groups.cumcount(), groups["n"].transform("size")
    people, of = People.of(raw), groups.ngroup().to_numpy()
    halves = suppressed(raw.assign(_half=place < size / 2), [[*group, "_half"]])
    behind = people.at(halves).together(of[halves].astype(np.int64), len(groups))
    cells = suppressed(raw, [group]) & ~_told(behind)[of] | halves
    whole = added(raw, [*group, "_all"])
    alone = suppressed(whole, [margin for margin in margins if {*margin} < {*group}])[of]
    sums = np.zeros(len(raw), dtype=bool)
    for rows in groups.indices.values():
        sums[rows] = _hidden_sums(people.at(rows), cells[rows])
    return cells | alone, sums | alone


def _told(people: People) -> Flags:
    """Whether there are enough people for their number to be told, and what they count for."""
    told: Flags = enough(people.n) & ~people.light
    return told


def _hidden_sums(people: People, hidden: Flags) -> list[bool]:
    """Whether the sum up to each cell of an order must be hidden; the last one, its total, never."""

    def told(part: slice) -> bool:
        return bool(_told(people.at(part).whole())[0])

    def safe(part: slice) -> bool:
        few = people.at(part).at(hidden[part]).whole()
        return bool(few.n[0] == 0 or _told(few)[0])

    out, last = [], 0
    for end in range(1, len(hidden)):
        below, above = slice(end), slice(end, None)
        shown = told(below) and told(above) and safe(slice(last, end)) and safe(above)
        last = end if shown else last
        out.append(not shown)
    return [*out, False]
