"""Every cell that closed choices can ask for, counted from raw rows: all views, and the groups that figures draw.

Nothing here uses the engine or the door but the draw of its noise: pandas and NumPy only. A cell is a choice of a
value, or of none, for each filter; the people in it count with the latest of their interviews that are in it.
"""

from collections.abc import Sequence
from functools import reduce
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from data.disclosure import noise

WINDOWS = {"0-6": (0, 6), "7-12": (7, 12), "13-24": (13, 24), "25-": (25, 1200)}
WIDER = {"compulsory": ("obliged", "forced"), "not_compulsory": ("solicited", "voluntary", "reluctant", "pressured")}
LEAST = 10


def nodes(raw: pd.DataFrame, regions: dict[str, tuple[str, ...]]) -> dict[str, pd.DataFrame]:
    """By filter, each interview (its row number) with each value of the filter that it has, narrow and wide.

    `raw` are returnees' interviews in the columns of the cohort schema. Corridors of too few people are "other".
    """
    corridor = raw["host"] + "-" + raw["country_of_return"]
    people = raw.groupby(corridor)["person"].nunique()
    region = {country: code for code, countries in regions.items() for country in countries}
    months = np.floor(raw["months"] + 0.5)
    columns: dict[str, Sequence[pd.Series]] = {
        "place": (
            corridor.mask(corridor.map(people) < LEAST, "other"),
            raw["country_of_return"],
            raw["country_of_return"].map(region),
        ),
        "band": (raw["band"], *(pd.Series(name, raw.index).where(raw["band"].isin(of)) for name, of in WIDER.items())),
        "sex": (raw["sex"],),
        "age": (raw["age_group"],),
        "assistance": (raw["assistance"],),
        "months": tuple(pd.Series(name, raw.index).where(months.between(*ends)) for name, ends in WINDOWS.items()),
        "year": (raw["return_year"].astype("string"),),
    }
    return {
        name: pd.concat([column.rename("value").reset_index() for column in of]).dropna().astype({"value": "string"})
        for name, of in columns.items()
    }


def ordered(raw: pd.DataFrame) -> pd.DataFrame:
    """The interviews in the order in which a later one takes the place of an earlier one of the same person."""
    frame = raw.assign(_wave=raw["wave"].fillna(-1), _months=raw["months"].fillna(-1))
    return frame.sort_values(["_wave", "_months", "interview"]).reset_index(drop=True)


def cells(
    raw: pd.DataFrame, of: dict[str, pd.DataFrame], most: int, score: str = "composite", key: str = "interview_key"
) -> pd.DataFrame:
    """One row per cell of up to `most` filters: a column for each filter ("" where open), and what is counted there.

    `n` people with the score, `w`, `ww` and `heaviest` of their weights, `wx` the weighted sum of the score, `seed`,
    what their interviews seed (or they, by their `person_key`), and `who`, the sum of a random number for each
    interview that counts, which tells two sets of them apart.
    """
    facts = _facts(raw, score, key)
    found = [_cells(facts, of, which)[0] for size in range(most + 1) for which in combinations(of, size)]
    return pd.concat(found, ignore_index=True)[[*of, "n", "w", "ww", "heaviest", "wx", "who", "seed"]]


def sets(raw: pd.DataFrame, of: dict[str, pd.DataFrame], most: int) -> tuple[pd.DataFrame, csr_array]:
    """The cells that may be shown, each set of interviews once, and what each interview weighs in each of them."""
    facts = _facts(raw, "composite", "interview_key")
    found, members, size = [], [], 0
    for number in range(most + 1):
        for which in combinations(of, number):
            made, counted, group = _cells(facts, of, which)
            found.append(made)
            members.append((group.to_numpy() + size, counted["index"].to_numpy(), counted["w"].to_numpy()))
            size += len(made)
    rows, columns, w = (np.concatenate(each) for each in zip(*members, strict=True))
    every = pd.concat(found, ignore_index=True)
    once = every[shown(every)].drop_duplicates("seed")
    return once, csr_array((w, (rows, columns)), shape=(size, len(raw)))[once.index.to_numpy()]


def names(raw: pd.DataFrame) -> np.ndarray:
    """A random number for each interview, the same whenever it is asked for."""
    return np.random.default_rng(0).integers(1, 2**62, len(raw), dtype=np.uint64)


def _facts(raw: pd.DataFrame, score: str, key: str) -> pd.DataFrame:
    """What each interview adds to a cell."""
    x, w = raw[score].to_numpy("float64"), raw["weight"].to_numpy("float64")
    sums = {"w": w, "ww": w * w, "heaviest": w, "wx": w * x, "who": names(raw), "seed": raw[key]}
    return pd.DataFrame({"person": pd.factorize(raw["person"])[0], "n": (~np.isnan(x)).astype("int64"), **sums})


def _cells(
    facts: pd.DataFrame, of: dict[str, pd.DataFrame], which: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """The cells in which exactly these filters are narrowed, the interviews that count, and the cell of each."""
    tables = [of[name].rename(columns={"value": name}) for name in which]
    rows = reduce(lambda left, right: left.merge(right, on="index"), tables, pd.DataFrame({"index": facts.index}))
    rows = rows.sort_values("index", kind="stable").join(facts, on="index")
    counted = rows.drop_duplicates([*which, "person"], keep="last")
    counted = counted[counted["n"] > 0]  # who has no score in the latest interview has none
    how = {"n": "sum", "w": "sum", "ww": "sum", "heaviest": "max", "wx": "sum", "who": "sum"}
    groups = counted.groupby([*which], observed=True) if which else counted.groupby(np.zeros(len(counted)))
    made = groups.agg(how).reset_index(drop=not which).assign(seed=_seeds(counted["seed"], groups.ngroup()))
    return made.assign(**dict.fromkeys((name for name in of if name not in which), "")), counted, groups.ngroup()


def _seeds(keys: pd.Series, group: pd.Series) -> np.ndarray:
    """The exclusive or of the keys of each group."""
    order = np.argsort(group.to_numpy(), kind="stable")
    starts = np.flatnonzero(np.diff(group.to_numpy()[order], prepend=-1))
    return np.bitwise_xor.reduceat(keys.to_numpy("int64")[order], starts)


def means(of: pd.DataFrame, score: str = "composite") -> pd.Series:
    """The mean of each cell as the app tells it: with its noise, in three digits."""
    drawn = noise.of_scores(of["seed"].to_numpy(), pd.Series(score, of.index))
    return (of["wx"] / of["w"] + noise.MEAN * of["heaviest"] / of["w"] * drawn).clip(0, 1).round(3)


def shown(of: pd.DataFrame) -> pd.Series:
    """The cells that the rules for one row alone allow to be shown: all that a reader can hope for."""
    return (of["n"] >= LEAST) & (of["w"] ** 2 >= LEAST * of["ww"]) & (5 * of["heaviest"] <= of["w"])
