"""All closed views at once: what somebody could work out who knows everything but scores, and every mean that is shown.

The best that can be done with means is a Bayesian's: scores are thought to lie around the mean of people of the same
corridor and band, as anybody would guess, and every mean shown corrects that, its noise being of known size. Who knows
more than that, of cells that are empty or of people outside, has it in the sets of people: they are all known here.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.linalg import cholesky, solve_triangular
from scipy.sparse import diags_array
from scipy.stats import norm

from data.disclosure import noise
from tests.attack import cells, learned

HALF_A_DIGIT = 0.001 / np.sqrt(12)
"""What rounding to three digits adds to the noise of a mean."""


@dataclass(frozen=True)
class Inferred:
    """How many people there are, of how many a guess and the attack come close, and how many the attack is sure of."""

    people: int
    guessed: int
    read: int
    sure: int

    def __str__(self) -> str:
        return (
            f"{self.people:,} people: a guess reads {self.guessed / self.people:.1%}, the attack "
            f"{self.read / self.people:.1%}; of {self.sure} it is surer than not"
        )


def inferred(raw: pd.DataFrame, of: dict[str, pd.DataFrame], most: int) -> Inferred:
    """What every mean of every cell of up to `most` filters tells of everybody's latest score, all taken together."""
    raw = raw.reset_index(drop=True)
    known, weights = cells.sets(raw, of, most)
    x = raw["composite"].fillna(0.0).to_numpy()
    guess = raw.groupby(["host", "country_of_return", "band"], dropna=False)["composite"].transform("mean")
    around = guess.fillna(raw["composite"].mean()).to_numpy()
    spread = float((raw["composite"] - around).std())
    shares = diags_array(1 / known["w"].to_numpy()) @ weights
    blur = np.hypot(noise.MEAN * known["heaviest"] / known["w"], HALF_A_DIGIT).to_numpy()
    root = cholesky(spread**2 * (shares @ shares.T).toarray() + np.diag(blur**2), lower=True, overwrite_a=True)
    last = raw[raw["composite"].notna()].drop_duplicates("person", keep="last").index.to_numpy()
    apart = cells.means(known).to_numpy() - shares @ around
    half = solve_triangular(root, apart, lower=True)
    moved, left = np.zeros(len(last)), np.zeros(len(last))
    for start in range(0, len(last), 500):  # a few hundred people at once keep to memory
        part = slice(start, start + 500)
        told = solve_triangular(root, shares[:, last[part]].toarray(), lower=True)
        moved[part] = spread**2 * (told.T @ half)
        left[part] = spread**2 - spread**4 * (told**2).sum(axis=0)
    error = around[last] + moved - x[last]
    chance = 2 * norm.cdf(learned.CLOSE / np.sqrt(left)) - 1
    close = [int((np.abs(each) <= learned.CLOSE).sum()) for each in (around[last] - x[last], error)]
    return Inferred(len(last), *close, int((chance >= 0.5).sum()))
