"""What the attacks learn of single people, beside what anybody could guess."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tests.attack.cells import means

CLOSE = 0.05
"""A score is read where it is told to within this; an answer where it is the one that was given."""


@dataclass(frozen=True)
class Learned:
    """How many people an attack isolates, how many it reads the score of, and how many of them a guess would."""

    isolated: int
    read: int
    guessed: int

    def __str__(self) -> str:
        return f"{self.isolated} people isolated, {self.read} read; a guess reads {self.guessed} of them"


def by_pairs(shown: pd.DataFrame, raw: pd.DataFrame, who: "pd.Series[int]") -> tuple[Learned, Learned]:
    """What the best single pair of cells tells of each person, and what all pairs tell on average.

    `who` are the people by the random number of each of their interviews. Means are as the app shows them; the attacker
    knows everything else: who is in which cell, and what they weigh.
    """
    told = shown.assign(mean=means(shown)).drop_duplicates("seed")
    found = pd.concat([_as_read(pair) for pair in pairs(told, who)] or [pd.DataFrame()])
    truth, guess = scores(raw)
    if found.empty:
        return Learned(0, 0, 0), Learned(0, 0, 0)
    best = found.sort_values("blur").drop_duplicates("person").set_index("person")["x"]
    weight = found["blur"] ** -2.0
    mean = (found["x"] * weight).groupby(found["person"]).sum() / weight.groupby(found["person"]).sum()
    return tuple(  # type: ignore[return-value]
        Learned(len(x), close(x, truth), close(guess.reindex(x.index), truth)) for x in (best, mean)
    )


def scores(raw: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Everyone's score in the latest interview, and the mean of corridor and band that a guess would take."""
    last = raw.dropna(subset=["composite"]).drop_duplicates("person", keep="last").set_index("person")
    return last["composite"], last.groupby(["host", "country_of_return", "band"])["composite"].transform("mean")


def close(x: pd.Series, truth: pd.Series) -> int:
    """How many of `x` lie close to the truth."""
    return int(((x - truth.reindex(x.index)).abs() <= CLOSE).sum())


def pairs(shown: pd.DataFrame, who: "pd.Series[int]") -> Iterator[pd.DataFrame]:
    """All pairs of cells of which one has one person more than the other, and the others are the same.

    One row per pair: `person`, and of the narrower cell and the wider one, which ends in "_wide", `n`, `w` and `wx`.
    """
    interviews = np.sort(who.index.to_numpy())
    by_size = {int(n): rows.reset_index(drop=True) for n, rows in shown.groupby("n")}
    for n, narrow in by_size.items():
        if (wide := by_size.get(n + 1)) is None:
            continue
        for start in range(0, len(narrow), 1000):  # a few million differences at once
            part = narrow.iloc[start : start + 1000]
            apart = wide["who"].to_numpy()[None, :] - part["who"].to_numpy()[:, None]
            place = np.searchsorted(interviews, apart).clip(max=len(interviews) - 1)
            one, other = np.nonzero(interviews[place] == apart)
            sides = (part.iloc[one], wide.iloc[other].add_suffix("_wide"))
            found = pd.concat([side.reset_index(drop=True) for side in sides], axis=1)
            yield found.assign(person=who.loc[apart[one, other]].to_numpy())


def _as_read(pair: pd.DataFrame) -> pd.DataFrame:
    """The score of the person whom each pair isolates, as a reader would compute it from what is shown."""
    own = pair["w_wide"] - pair["w"]
    x = (pair["mean_wide"] * pair["w_wide"] - pair["mean"] * pair["w"]) / own
    return pair[["person"]].assign(x=x, blur=np.hypot(pair["heaviest_wide"], pair["heaviest"]) / own)
