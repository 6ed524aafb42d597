"""The bootstrap: how sure a finding is, judged by drawing the people behind it again, with replacement.

Source: Efron, "Bootstrap methods: another look at the jackknife", *Annals of Statistics* 7 (1979).
"""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

DRAWS: Final = 1_000
"""How often people are drawn again (B)."""

BLOCKS: Final = 1_000
"""People of a group are drawn one by one up to this many; more are put into so many random blocks, which are drawn."""

SEED: Final = 9
"""The same people give the same draws, each time they are asked for."""


@lru_cache(maxsize=4)
def drawn(blocks: int) -> Array:
    """How many times each block is in each draw, (`DRAWS`, blocks): as many blocks are drawn as there are."""
    taken = np.random.default_rng(SEED).integers(blocks, size=(DRAWS, blocks)) + blocks * np.arange(DRAWS)[:, None]
    times = np.bincount(taken.ravel(), minlength=DRAWS * blocks).reshape(DRAWS, blocks)  # multinomial, ten times faster
    return times.astype("float64")


def means(wx: Array, w: Array) -> Array:
    """Weighted means in each draw, (`DRAWS`, k), rounded to 9 digits so that equal means stay equal.

    `wx` (blocks, k) are the sums of weight times score of each block, at k waves; `w` (blocks,) those of weight.
    """
    sums = drawn(len(w)) @ np.column_stack([wx, w])
    found: Array = (sums[:, :-1] / sums[:, -1:]).round(9)
    return found


def noise(shape: tuple[int, ...]) -> Array:
    """Normal noise for what is told with some in each draw: the same at every call."""
    return np.random.default_rng(SEED + 1).standard_normal(shape)


def turns(paths: Array) -> Array:
    """Turning points of paths over waves, the last axis: −1 where lower than both neighbours, 1 where higher, else 0.

    The first and the last wave have one neighbour and are no turning points: missing.
    """
    step = np.sign(np.diff(paths, axis=-1))
    inner = np.where(step[..., :-1] == -step[..., 1:], step[..., :-1], 0.0)
    ends = [(0, 0)] * (paths.ndim - 1) + [(1, 1)]
    found: Array = np.pad(inner, ends, constant_values=np.nan)
    return found
