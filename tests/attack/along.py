"""Shares along a score: what pairs of cells that differ by one person tell when the line is moved all along the score.

A share above the line is one person's noise at least, but there are many lines. Taken together with the mean, and with
what anybody would guess, they are put to a Bayesian, who knows of both cells who is in them, and all weights.
"""

from functools import cache

import numpy as np
import pandas as pd

from data.disclosure import noise
from data.view import LINE_STEP
from tests.attack import cells, learned
from tests.attack.everything import Inferred

LINES = np.arange(LINE_STEP, 1, LINE_STEP).round(2)
GRID = np.arange(0, 1.0001, 0.01)
LEAST = 10
"""Fewest people on either side of a line whose share is told."""


def inferred(raw: pd.DataFrame, of: dict[str, pd.DataFrame], most: int) -> Inferred:
    """What means and shares of all pairs of cells tell of the people who differ."""
    known, weights = cells.sets(raw, of, most)
    known = known.assign(row=range(len(known)), mean=cells.means(known))
    found = pd.concat([*learned.pairs(known, pd.Series(raw["person"].to_numpy(), cells.names(raw)))], ignore_index=True)
    truth, guess = learned.scores(raw)
    spread = float((truth - guess).std())
    x, keys = raw["composite"].fillna(-1).round(9).to_numpy(), raw["person_key"].to_numpy("int64")

    @cache
    def told(row: int) -> tuple[np.ndarray, np.ndarray, float]:
        """Of one cell the weight above each line as the app tells it, where it does, and its standard deviation."""
        members = weights[[row]].indices
        w, above = weights[[row]].data, x[members][:, None] >= LINES
        one = noise.amplitude(len(members)) * w.max()
        seeds = np.bitwise_xor.reduce(np.where(above, keys[members][:, None], 0), axis=0)
        drawn = noise.of_part(seeds, np.full(len(LINES), np.bitwise_xor.reduce(keys[members])))
        shown = (above.sum(axis=0) >= LEAST) & ((~above).sum(axis=0) >= LEAST)
        return np.where(shown, w @ above + one * drawn, np.nan), seeds, one

    sure, read = [], []
    for person, pairs in found.groupby("person"):
        chance = -((GRID - guess[person]) ** 2) / 2 / spread**2
        for pair in pairs.itertuples():
            own = pair.w_wide - pair.w
            blur = noise.MEAN * np.hypot(pair.heaviest_wide, pair.heaviest) / own
            seen = (pair.mean_wide * pair.w_wide - pair.mean * pair.w) / own
            chance = chance - (GRID - seen) ** 2 / 2 / blur**2
            (narrow, few, one), (wide, more, other) = told(pair.row), told(pair.row_wide)
            apart = (wide - narrow) / own
            # Lines between which nobody stands have one draw: they tell once.
            _, once = np.unique(np.stack([few, more]), axis=1, return_index=True)
            lines = [place for place in once if np.isfinite(apart[place])]
            misses = ((GRID[:, None] >= LINES[lines]) - apart[lines]) ** 2
            chance = chance - misses.sum(axis=1) / 2 / (np.hypot(one, other) / own) ** 2
        likely = np.exp(chance - chance.max())
        within = np.convolve(likely / likely.sum(), np.ones(11), "same")
        sure.append(within.max() >= 0.5)
        read.append(abs(GRID[within.argmax()] - truth[person]) <= learned.CLOSE)
    isolated = found["person"].unique()
    guessed = learned.close(guess.reindex(isolated), truth)
    return Inferred(len(isolated), guessed, sum(read), sum(sure))
