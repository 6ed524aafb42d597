"""Noise that is the same for the same people: what keeps one person from following out of two figures.

Two figures of which one has one person more tell that person's score, however each is rounded. So every number that is
told gets a small random part, drawn anew for every set of people but always the same one for the same set: asked again,
by another way or of another copy of the app, it is the same number, so asking often averages nothing out. The draw is
seeded by the exclusive or (XOR) of secret numbers of the people behind a number (`data.keys`). Sources: the cell key
method of the Australian and UK statistical offices (Fraser & Wooton, *UNECE work session on statistical data
confidentiality*, 2005; ONS for the census of 2021); sticky noise (Francis et al., "Diffix", 2017), of which attacks
through open sets of people are known: choices are closed here.

Noise is scaled by the heaviest person behind a number, for that is who it must hide. Its variance enters every standard
error. How much of it there is cannot be set anywhere.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import add
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.disclosure.threshold import THRESHOLD, enough

Numbers = NDArray[np.float64]
Seeds = NDArray[np.int64]

MEAN: Final = 0.4
"""Standard deviation of the noise in a sum of scores or points (0…1), in heaviest people.

With .25 no pair of views reads anybody either; but somebody who knows all but scores, and takes all closed views of the
demo cohort together (`tests/attack/everything.py`), is surer than not of 88 of 5,952 people, with .4 of two.
"""
SPREAD: Final = 0.1
"""The same in a sum of squared distances from the mean."""
PEOPLE: Final = 1.0
"""The same in a number of people."""
SHARE: Final = 1.2
"""The same in the weight of those whom a share counts, or who stand before a quantile, of many people."""
MORE: Final = 20
"""Of how many people the noise of a share or place is twice as much: it is times 1 + `MORE` / people."""

SEED_BITS: Final = 52
"""Seeds have as many bits as a float holds exactly, so that no column turned into floats changes one."""

SEEDS: Final = ("people_seed", "interviews_seed")
"""Of a row: what its people seed, and what their interviews do."""

_LEAST, _MOST, _DRAWN = 2**15, 2**17, 4
"""A draw is the sum of four even ones, each the rest of the seed divided by a prime between these."""


@dataclass(frozen=True)
class Count:
    """A number of people, exact, with what they seed; 0 where they are told without noise, or have it already."""

    n: int
    seed: int = 0


def draw(seed: Any, what: str) -> Any:
    """Noise of mean 0 and variance 1 for a `seed`, a number or a column of pandas or the engine; 0 for no seed.

    `what` it is for makes it another one. It is the sum of four independent even draws, close to a normal one and
    never beyond ±3.5; only whole numbers are divided, so it is the same in every engine.
    """
    if isinstance(seed, ir.Value):
        parts = [(seed % prime).cast("float64") / prime for prime in _primes(what)]
        return ibis.ifelse(seed == 0, 0.0, (reduce(add, parts) - _DRAWN / 2) * np.sqrt(12 / _DRAWN))
    whole = np.asarray(seed, dtype="int64")
    parts = [(whole % prime) / prime for prime in _primes(what)]
    return np.where(whole == 0, 0.0, (reduce(add, parts) - _DRAWN / 2) * np.sqrt(12 / _DRAWN))


def deviation_of_mean(n: float) -> float:
    """The standard deviation of the noise in a mean of `n` people of the same weight."""
    return MEAN / n


def amplitude(n: Any) -> Any:
    """The standard deviation of the noise in a share or place of `n` people, in heaviest people: more, the fewer.

    Most cells that differ by one person have ten to thirty. There the shares along a score, told at many places, would
    place that person, were their noise no more than one person's.
    """
    return SHARE * (1 + MORE / n)


def of_scores(seed: Seeds, what: pd.Series) -> Numbers:
    """Noise of the mean of each of `what` (codes of scores, elements …), one per row: half common to all, half its own.

    With the same draw for all, who knows one score of a person would read the others; with one draw for each, the
    dimensions' would average out in the composite.
    """
    own = np.zeros(len(seed))
    for code in what.astype(str).unique():
        rows = (what.astype(str) == code).to_numpy()
        own[rows] = draw(seed[rows], f"mean of {code}")
    noise: Numbers = (draw(seed, "mean") + own) * np.sqrt(0.5)
    return noise


def of_spread(seed: Seeds, what: pd.Series) -> Numbers:
    """Noise of the spread of each of `what`, one per row."""
    noise = np.zeros(len(seed))
    for code in what.astype(str).unique():
        rows = (what.astype(str) == code).to_numpy()
        noise[rows] = draw(seed[rows], f"spread of {code}")
    return noise


def people(n: Any, seed: Any) -> Any:
    """Numbers of people with their noise: at least the threshold where it is reached, at least 0."""
    n = np.asarray(n, "float64")
    noisy = n + PEOPLE * draw(seed, "people")
    return np.where(np.asarray(seed, "int64") == 0, n, np.maximum(noisy, np.where(enough(n), THRESHOLD, 0)))


def of_part(part: Seeds, whole: Seeds) -> Numbers:
    """Noise of a share, in people: that of the others of the `whole` is the same with the other sign.

    None where nobody, or everybody, is in the part. The same part of another whole has another draw: else two wholes
    that differ by one person would have half of it in common.
    """
    some, turned = (part != 0) & (part != whole), (whole >> 20) | ((whole & 0xFFFFF) << (SEED_BITS - 20))
    one, other = (draw(each ^ turned, "part") for each in (part, part ^ whole))
    noise: Numbers = np.where(some, (one - other) * np.sqrt(0.5), 0.0)
    return noise


def of_places(seed: ir.Value) -> Any:
    """Noise of the place of a quantile in the order of people, before its amplitude."""
    return draw(seed, "place")


def seeds(rows: pd.DataFrame, name: str) -> Seeds:
    """A column of seeds as whole numbers, 0 where there is none."""
    return rows[name].fillna(0).to_numpy().astype("int64")


def xor(values: Seeds, of: NDArray[Any], size: int) -> Seeds:
    """The exclusive or of the `values` with the same number in `of`, from 0 to below `size`."""
    out = np.zeros(size, dtype="int64")
    np.bitwise_xor.at(out, of, values)
    return out


def together(rows: pd.DataFrame, by: Sequence[str], name: str) -> Seeds:
    """For each row what all rows with the same values of `by` seed."""
    of = rows.groupby([*by], dropna=False, sort=False).ngroup().to_numpy()
    return xor(seeds(rows, name), of, of.max(initial=-1) + 1)[of]


def running(rows: pd.DataFrame, by: Sequence[str], name: str) -> Seeds:
    """For each row what it and all rows before it with the same values of `by` seed."""
    out = seeds(rows, name)
    for members in rows.groupby([*by], sort=False).indices.values():
        out[members] = np.bitwise_xor.accumulate(out[members])
    return out


@lru_cache(maxsize=1024)
def _primes(what: str) -> tuple[int, ...]:
    """Four different primes for `what`."""
    bits = int.from_bytes(hashlib.blake2b(what.encode(), digest_size=16).digest())
    left, found = _between(), []
    for _ in range(_DRAWN):
        bits, place = divmod(bits, len(left))
        found.append(left[place])
        left = left[:place] + left[place + 1 :]
    return tuple(found)


@lru_cache(maxsize=1)
def _between() -> tuple[int, ...]:
    sieve = np.ones(_MOST, dtype=bool)
    sieve[:2] = False
    for number in range(2, int(_MOST**0.5) + 1):
        sieve[number * number :: number] = False
    return tuple(int(prime) for prime in np.flatnonzero(sieve) if prime > _LEAST)
