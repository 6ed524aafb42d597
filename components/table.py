"""The released table: on screen beside each chart, and the same in every file that leaves the app."""

import pandas as pd

from components.rounding import written
from data.disclosure import Released
from data.labels import COLUMN_LABELS, label
from data.vocabulary import FLAG_MEANINGS


def table(released: Released) -> pd.DataFrame:
    """The released rows with words for codes and, in place of a masked number, its status flag such as "[c]".

    Cells hold text or numbers: counts of people, scores and shares in 0…1.
    """
    columns = {COLUMN_LABELS[key]: [label(key, code) for code in released.rows[key]] for key in released.keys}
    for name in ("people", *released.values):
        pairs = zip(released.rows[name], released.flags[name], strict=True)
        columns[COLUMN_LABELS[name]] = [f"[{flag}]" if flag else value for value, flag in pairs]
    return pd.DataFrame(columns, dtype=object)


def shown(released: Released) -> pd.DataFrame:
    """The same table as text for the screen, its numbers written as everywhere (`components.rounding`)."""
    frame = table(released)
    for name in ("people", *released.values):
        frame[COLUMN_LABELS[name]] = [
            cell if isinstance(cell, str) else written(name, cell) for cell in frame[COLUMN_LABELS[name]]
        ]
    return frame.astype(str)


def legend(released: Released) -> tuple[str, ...]:
    """What the flags that occur in this table mean."""
    found = set(released.flags.to_numpy().ravel())
    return tuple(meaning for flag, meaning in FLAG_MEANINGS.items() if flag in found)
