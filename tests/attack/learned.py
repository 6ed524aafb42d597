"""What the attacks learn of single people, beside what anybody could guess."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations

import numpy as np
import pandas as pd

from tests.attack.cells import WIDER

CLOSE = 0.05
"""A score is read where it is told to within this."""


@dataclass(frozen=True)
class Learned:
    """How many people an attack isolates, how many it reads the score of, and how many of them a guess would."""

    isolated: int
    read: int
    guessed: int

    def __str__(self) -> str:
        return f"{self.isolated} people isolated, {self.read} read to ±{CLOSE}; a guess reads {self.guessed} of them"


def by_pairs(
    shown: pd.DataFrame,
    filters: Sequence[str],
    up: dict[str, dict[str, list[str]]],
    raw: pd.DataFrame,
    who: "pd.Series[int]",
) -> tuple[Learned, Learned]:
    """What the best single pair of cells tells of each person, and what all pairs tell on average.

    `who` are the people by the random number of each of their interviews; scores are read as shown, means with three
    digits and people rounded to 5.
    """
    found = pd.concat(_isolating(pair, who) for pair in pairs(shown, filters, up))
    truth, guess = scores(raw)
    if found.empty:
        return Learned(0, 0, 0), Learned(0, 0, 0)
    best = found.sort_values("n_wide").drop_duplicates("person").set_index("person")["x"]
    weight = found["n_wide"] ** -2.0
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


def wider(of: dict[str, pd.DataFrame]) -> dict[str, dict[str, list[str]]]:
    """The values that each value of a filter lies in, by filter, as the cells themselves show them."""
    band = {narrow: [name] for name, inside in WIDER.items() for narrow in inside}
    place: dict[str, set[str]] = {}
    for corridor, country, *rest in {tuple(values) for values in of["place"].groupby("index")["value"].agg(list)}:
        place.setdefault(corridor, set()).update({country, *rest} - {corridor})
        place.setdefault(country, set()).update(value for value in rest if "-" not in value)
    return {"band": band, "place": {value: sorted(over) for value, over in place.items()}}


def pairs(
    shown: pd.DataFrame, filters: Sequence[str], up: dict[str, dict[str, list[str]]], most: int = 3
) -> Iterator[pd.DataFrame]:
    """Pairs of cells of which one is the other with up to `most` choices opened, or moved up in their tree.

    One row per pair: the columns of the narrower cell, and the numbers of the wider one with the ending "_wide".
    """
    table = shown[[*filters, "n", "w", "wx", "who"]]
    for opened in (which for size in range(1, most + 1) for which in combinations(filters, size)):
        ways = [_ups(table, name, up.get(name, {})) for name in opened]
        narrow = reduce(lambda rows, way: rows.merge(way, on=way.columns[0]), ways, table)
        keys = [f"_{name}" if name in opened else name for name in filters]
        yield narrow.merge(table, left_on=keys, right_on=[*filters], suffixes=("", "_wide"))


def _ups(table: pd.DataFrame, name: str, up: dict[str, list[str]]) -> pd.DataFrame:
    """Each value of a filter with each wider one, "" for everyone, as `_name`."""
    ways = [(value, over) for value in table[name].unique() if value for over in (*up.get(value, ()), "")]
    return pd.DataFrame(ways, columns=[name, f"_{name}"])


def _isolating(pair: pd.DataFrame, who: "pd.Series[int]") -> pd.DataFrame:
    """The pairs that differ by one person, with the person's score as a reader would compute it."""
    one = pair[pair["n_wide"] - pair["n"] == 1]
    one = one.assign(difference=one["who_wide"] - one["who"])
    one = one[one["difference"].isin(who.index)]
    wide, narrow = ((one[f"wx{end}"] / one[f"w{end}"]).round(3) for end in ("_wide", ""))
    people = 5 * (one["n_wide"] / 5).round()
    return (
        pd.DataFrame(
            {
                "person": who.loc[one["difference"]].to_numpy(),
                "x": narrow + people * (wide - narrow),
                "n_wide": one["n_wide"],
            }
        )
        .replace([np.inf, -np.inf], np.nan)
        .dropna()
    )
