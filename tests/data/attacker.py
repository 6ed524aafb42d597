"""What somebody could find out of a table who knows every number shown and every total: a reader of the worst kind.

Written apart from the program: linear programs over all tables that fit. Nothing here uses `data.disclosure`.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linprog

FEW = range(1, 10)


def spans(
    n: NDArray[np.float64], hidden: NDArray[np.bool_], sums: NDArray[np.float64], numbers: NDArray[np.float64]
) -> Iterator[tuple[float, float]]:
    """Each of `numbers` that is one to nine people, and how far apart it can lie in tables that fit.

    `n` are the people of the cells; `sums` and `numbers` have a row of 0 and 1 over the cells for each sum of them that
    is known, or that must not be. What no known sum touches has no end.
    """
    cells = np.flatnonzero(hidden)
    people = n[cells]
    sums = np.unique(sums[:, cells][sums[:, cells].any(axis=1)], axis=0)
    for aim in np.unique(numbers[np.isin(numbers @ n, FEW)], axis=0)[:, cells]:
        part = _joined(sums, aim > 0)
        rows = sums[:, part][sums[:, part].any(axis=1)]
        if not len(rows):
            continue
        if len(rows) == 1 and aim.sum() == 1:  # anything from nobody to everyone of the one sum
            yield float(aim @ people), float(rows[0] @ people[part])
            continue
        ends = [linprog(sign * aim[part], A_eq=rows, b_eq=rows @ people[part]) for sign in (1, -1)]
        yield float(aim @ people), -sum(end.fun if end.success else -np.inf for end in ends)


def members(keys: pd.DataFrame) -> NDArray[np.float64]:
    """A row of 0 and 1 for each combination of the values of `keys`: which rows have it."""
    code = np.unique([repr(row) for row in keys.itertuples(index=False)], return_inverse=True)[1]
    return (code == np.arange(code.max(initial=-1) + 1)[:, None]).astype(float)


def running(keys: pd.DataFrame) -> NDArray[np.float64]:
    """A row of 0 and 1 for each row: which rows of the same `keys` come up to it."""
    same = members(keys).T @ members(keys)
    return np.tril(same)


def _joined(sums: NDArray[np.float64], start: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The cells that sums link, over any number of steps, to those of `start`."""
    part, size = start.copy(), 0
    while size != (size := int(part.sum())):
        part |= (sums[(sums[:, part] > 0).any(axis=1)] > 0).any(axis=0)
    return part


def tables(margins: Sequence[Sequence[str]]) -> list[list[str]]:
    """The margins, and what any two of them have in common."""
    found = {frozenset(margin) for margin in margins}
    while (more := {one & other for one in found for other in found}) - found:
        found |= more
    return [sorted(margin) for margin in found]
