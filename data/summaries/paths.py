"""Paths of the same people over the chosen waves: what shape each one has, and where a group's mean path turns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from data import bootstrap
from data.disclosure import ALL_ROWS, DIGITS, SEEDS, Released, not_applicable, release
from data.engine import Source, run
from data.estimate import INTERVALS, SHARE, SUMS, means, noise_of_means, share_of, shares, variance_of_noise
from data.grouping import Grouping
from data.keys import KEYS
from data.notes import Note, Said
from data.summaries.facts import apart
from data.summaries.people import complete, one_a_wave, people_in, seed, those, weights
from data.summaries.transitions import Levels
from data.view import View, select, sentence
from data.vocabulary import DIMENSIONS, SCORES, Score

SETBACK: Final = 0.1
"""A drop from one wave to the next that counts as a setback, unless the reader chooses another."""

CLEAR: Final = 0.95
"""A turning point found in at least this share of bootstrap draws is called clear."""

SHAPES: Final = ("rises", "recovers", "stays_high", "otherwise", "stays_low", "falls")
"""Shapes of a person's path in display order."""


def shapes(
    source: Source,
    view: View,
    waves: Sequence[int],
    grouping: Grouping,
    levels: Levels,
    *,
    setback: float = SETBACK,
) -> Released:
    """Share of people whose path of the score in focus over `waves` has each of `SHAPES`, for each of the groups.

    What a shape is says `shape`; every path has exactly one, so the weighted shares (0…1, with 95% and 66% Wilson
    intervals on Kish's effective number of people) add up to 1 in a group. With two waves nothing can dip and recover,
    so that shape is left out. Masked as a table of which both margins are known.
    """
    by, score = grouping.by, view.score
    people = _paths(source, view, waves, (score,), grouping)
    found = people.mutate(shape=shape(_path(people, score, waves), levels, setback))
    counted = run(found.group_by(by, "shape").aggregate(**_COUNTS))
    grid = {by: grouping.groups, "shape": [code for code in SHAPES if len(waves) > 2 or code != "recovers"]}
    raw = complete(counted, grid).fillna({"w": 0.0, "ww": 0.0})
    return release(
        raw.join(shares(raw, [by])),
        name=f"shapes-of-paths-by-{by.replace('_', '-')}",
        keys=[*grid],
        values=SHARE,
        margins=[[by], ["shape"]],
        people=people_in(raw, by),
        context=source.context(sentence(view)),
        notes=(
            Said.PATHS,
            Note(Said.SHAPES, low=levels.low, high=levels.high, setback=setback),
            Said.NOT_FAILURE,
            Said.DESIGN_WEIGHTS,
        ),
        who="same",
    )


def setbacks(
    source: Source,
    view: View,
    waves: Sequence[int],
    grouping: Grouping,
    setback: float = SETBACK,
) -> Released:
    """Share of people of each group whose score in focus drops by `setback` or more between two following waves.

    The same people as in `shapes`; weighted shares, 0…1, with 95% and 66% Wilson intervals. A drop is not by itself
    failure (MPP, "Measuring sustainable reintegration").
    """
    by, score = grouping.by, view.score
    people = _paths(source, view, waves, (score,), grouping)
    fell = ibis.or_(*_drops(_path(people, score, waves), setback))
    also = those("count", fell, people)
    raw = complete(run(people.group_by(by).aggregate(**_COUNTS, **also)), {by: grouping.groups})
    raw = raw.join(share_of(raw, "count"))
    released = release(
        raw,
        name=f"setbacks-by-{by.replace('_', '-')}",
        keys=[by],
        values=SHARE,
        margins=[ALL_ROWS],
        shares={"count": SHARE},
        people=people_in(raw, by),
        context=source.context(sentence(view)),
        notes=(Said.PATHS, Note(Said.SETBACK, setback=setback), Said.NOT_FAILURE, Said.DESIGN_WEIGHTS),
        who="same",
    )
    return replace(released, facts=apart(released, raw, by))


def turning(
    source: Source, view: View, waves: Sequence[int], grouping: Grouping, scores: Sequence[Score] = SCORES
) -> Released:
    """Mean of each score at each of `waves` per group, where it turns, and how sure that is.

    People who have the score in all of `waves`; t-intervals of the means, 95% and 66%. `turn` is −1 where the mean, in
    three digits, is lower than at both neighbouring waves, 1 where higher, else 0; `surety` the share of bootstrap
    draws in which the same wave turns the same way (`CLEAR` and more is clear); both have no meaning [z] at the first
    and last wave, `surety` none where nothing turns. `lowest` is the share of draws in which the wave is the lowest of
    all, the first of equal ones.
    """
    by = grouping.by
    keys, last = [by, "score", "wave"], ["turn", "surety", "lowest"]
    blocks = _blocks(source, view, waves, scores, grouping)
    parts = [
        _turns(blocks[blocks[by] == group], score, waves).assign(**{by: group, "score": score})
        for group in grouping.groups
        for score in scores
    ]
    none = pd.DataFrame(columns=[*keys, *SUMS, "heaviest", *SEEDS, *last]).astype(_TYPES)
    raw = pd.concat(parts, ignore_index=True) if parts else none
    return release(
        raw.join(means(raw)),
        name=f"turning-points-by-{by.replace('_', '-')}",
        keys=keys,
        values=["mean", *INTERVALS, *last],
        margins=[["score", "wave"]],
        reasons={name: not_applicable(raw[name].isna()) for name in ("turn", "surety")},
        people=people_in(raw, by, "score", "wave"),
        context=source.context(sentence(view)),
        notes=(Said.PATHS, Said.TURNING_POINT, Said.NOT_FAILURE),
        who="same",
    )


@dataclass(frozen=True)
class Lowest:
    """The lowest point of a path in time: its `wave`, in which share of draws (`surety`), and what is lowest there.

    `dimension` is the dimension with the lowest mean at that wave; None where none may be seen.
    """

    wave: int
    surety: float
    dimension: Score | None


def lowest(released: Released, score: Score = Score.COMPOSITE) -> Lowest | None:
    """The lowest point of `score` of one group of `turning`, as `Released.only` gives it; None where it is hidden."""
    rows = released.rows.dropna(subset=["mean"])
    mine = rows[rows["score"] == score]
    if mine.empty:
        return None
    at = mine.sort_values("mean", kind="stable").iloc[0]
    there = rows[(rows["wave"] == at["wave"]) & rows["score"].isin(DIMENSIONS)].sort_values("mean", kind="stable")
    return Lowest(int(at["wave"]), float(at["lowest"]), None if there.empty else Score(there["score"].iloc[0]))


def shape(path: Sequence[ir.FloatingColumn], levels: Levels, setback: float) -> ir.StringColumn:
    """Which of `SHAPES` the path has, scores in order of waves; the first that fits.

    rises: no setback (a drop of `setback` or more from one wave to the next), and the last score at least `setback`
    above the first. recovers: some setback, and the last score less than `setback` below the highest one before the
    last setback. falls: the last at least `setback` below the first. stays_high: no score under the high line.
    stays_low: all under the low one. otherwise: none of these. Scores and differences are compared in nine digits.
    """
    scores = [score.round(9) for score in path]
    drops, least = _drops(path, setback), round(setback, 9)
    before = [(drop, ibis.greatest(*scores[: place + 1])) for place, drop in enumerate(drops)]
    change = (scores[-1] - scores[0]).round(9)
    return ibis.cases(
        (~ibis.or_(*drops) & (change >= least), "rises"),
        ((ibis.cases(*before[::-1]) - scores[-1]).round(9) < least, "recovers"),
        (change <= -least, "falls"),
        (ibis.least(*scores) >= round(levels.high, 9), "stays_high"),
        (ibis.greatest(*scores) < round(levels.low, 9), "stays_low"),
        else_="otherwise",
    )


_COUNTS: Final = {"n": ibis._.count(), **weights(ibis._)}
_OVER_WAVES: Final = ("n", "w", "ww")
"""The sums that are the same at every wave of the same people."""

_TYPES: Final = {
    **dict.fromkeys(("n", "wave"), "int64"),
    **dict.fromkeys((*SUMS[1:], "heaviest"), "float64"),
    **dict.fromkeys(SEEDS, "int64"),
}


def _drops(path: Sequence[ir.FloatingColumn], setback: float) -> list[ir.BooleanColumn]:
    return [(one.round(9) - after.round(9)).round(9) >= round(setback, 9) for one, after in pairwise(path)]


def _paths(source: Source, view: View, waves: Sequence[int], scores: Sequence[str], grouping: Grouping) -> ir.Table:
    """One row per person of the first of `waves` who has one of `scores` in all: a column `<score>_<wave>` each.

    A score is missing throughout where the person lacks it at one wave. Further columns: `person`; `weight` and the
    column of the groups as at the first wave. The people are of the baseline of `data.summaries.states`: in view at
    the first wave, whatever the view says of later interviews.
    """
    everyone = select(source.scored, View())
    table = one_a_wave(source, everyone.filter(everyone.wave.isin([*waves])))
    base = select(table.filter(table.wave == waves[0]), view)
    base = base.filter(base[grouping.by].isin([*grouping.groups])).select("person", "weight", *KEYS, grouping.by)
    at = {f"{score}_{wave}": table[score].max(where=table.wave == wave) for score in scores for wave in waves}
    at |= {f"key_{wave}": table.interview_key.max(where=table.wave == wave) for wave in waves}
    people = table.group_by("person").aggregate(**at).inner_join(base, "person")
    whole = {score: ibis.and_(*(each.notnull() for each in _path(people, score, waves))) for score in scores}
    kept = {
        f"{score}_{wave}": whole[score].ifelse(people[f"{score}_{wave}"], None) for score in scores for wave in waves
    }
    return people.filter(ibis.or_(*whole.values())).mutate(**kept)


def _path(people: ir.Table, score: str, waves: Sequence[int]) -> list[ir.FloatingColumn]:
    return [people[f"{score}_{wave}"] for wave in waves]


def _blocks(
    source: Source, view: View, waves: Sequence[int], scores: Sequence[str], grouping: Grouping
) -> pd.DataFrame:
    """`SUMS` of each random block of each group, and the heaviest weight in it.

    A column `<sum>_<score>` for all waves, or `<sum>_<score>_<wave>`.
    """
    people, by = _paths(source, view, waves, scores, grouping), grouping.by
    # The hash puts people in random order, whatever their identifiers tell; one person a block while there are blocks.
    order = [people.person.hash(), people.person]
    people = people.mutate(block=ibis.row_number().over(group_by=by, order_by=order) % bootstrap.BLOCKS)
    w = people.weight
    wanted: dict[str, ir.Scalar] = {}
    for score in scores:
        path = _path(people, score, waves)
        sums = {"n": path[0].notnull(), "w": w, "ww": w * w}
        wanted |= {f"{name}_{score}": each.sum(where=path[0].notnull()) for name, each in sums.items()}
        wanted[f"heaviest_{score}"] = w.max(where=path[0].notnull())
        wanted[f"people_seed_{score}"] = seed(people.person_key, path[0].notnull())
        for x, wave in zip(path, waves, strict=True):
            sums = {"wx": w * x, "wxx": w * x * x, "wwx": w * w * x, "wwxx": w * w * x * x}
            wanted |= {f"{name}_{score}_{wave}": each.sum() for name, each in sums.items()}
            wanted[f"interviews_seed_{score}_{wave}"] = seed(people[f"key_{wave}"], x.notnull())
    found = run(people.group_by(by, "block").aggregate(**wanted).order_by(by, "block"))
    return found.astype(dict.fromkeys(wanted, "float64")).fillna(dict.fromkeys(wanted, 0.0))


def _turns(blocks: pd.DataFrame, score: str, waves: Sequence[int]) -> pd.DataFrame:
    """The sums of one group's score at each wave, and where its mean path turns."""
    blocks = blocks[blocks[f"n_{score}"] > 0]
    names = {sum_: [f"{sum_}_{score}{'' if sum_ in _OVER_WAVES else f'_{wave}'}" for wave in waves] for sum_ in SUMS}
    sums = {name: blocks[columns].to_numpy().sum(axis=0) for name, columns in names.items()}
    names |= {
        "people_seed": [f"people_seed_{score}"] * len(waves),
        "interviews_seed": [f"interviews_seed_{score}_{wave}" for wave in waves],
    }
    codes = {name: np.bitwise_xor.reduce(blocks[names[name]].to_numpy("int64"), axis=0) for name in SEEDS}
    found = pd.DataFrame({"wave": [*waves], **sums, "heaviest": blocks[f"heaviest_{score}"].max(), **codes})
    if blocks.empty:
        return found.astype(_TYPES).assign(turn=np.nan, surety=np.nan, lowest=np.nan)
    found["score"] = score
    noise, sure = noise_of_means(found), np.sqrt(variance_of_noise(found))
    turn = bootstrap.turns(((found["wx"] / found["w"]).to_numpy() + noise).round(DIGITS))
    drawn = bootstrap.means(blocks[names["wx"]].to_numpy(), blocks[f"w_{score}"].to_numpy())
    drawn = drawn + noise + bootstrap.noise(drawn.shape) * sure
    same = (bootstrap.turns(drawn) == turn).mean(axis=0)
    least = np.bincount(drawn.argmin(axis=1), minlength=len(waves)) / len(drawn)
    return found.astype(_TYPES).assign(turn=turn, surety=np.where(np.abs(turn) == 1, same, np.nan), lowest=least)
