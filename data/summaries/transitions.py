"""Movement between levels of a score: where people stood at one wave, and what became of them at a later one."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

import ibis
import pandas as pd

from data.disclosure import Fact, Released, release
from data.engine import Source, run
from data.estimate import SHARE, wilson
from data.summaries.composition import WEIGHTED
from data.summaries.distributions import LINE_NOTE
from data.summaries.facts import apart, shared
from data.summaries.people import complete
from data.summaries.states import STATE_NOTE, states
from data.view import View, sentence
from data.vocabulary import Score

LEVELS: Final = {"low": "Low", "middle": "Middle", "high": "High"}
NO_SCORE: Final = "no_score"
AFTER: Final = {
    **LEVELS,
    "remigrated": "Left the country again",
    "not_interviewed": "Not interviewed again",
    NO_SCORE: "Interviewed, score not known",
}
"""Where people are found at the later wave, in display order."""

LEFT_LOW: Final = "left_low"
"""The fact of the share of people low at the earlier wave who were middle or high at the later one."""

MOVES: Final = {"up": "Moved up", "down": "Moved down"}

MOVED_NOTE: Final = (
    "People interviewed, with the score, at both waves. Moved up: of those who stood low or middle at first; moved "
    "down: of those who stood middle or high. Those lost, and those who had left again, are in neither."
)


def transitions(
    source: Source,
    view: View,
    score: Score,
    first: int,
    last: int,
    low: float,
    high: float,
    by: str = "",
    groups: Sequence[str] = (),
) -> Released:
    """From which level of `score` at wave `first` people came to which at wave `last`, or what else became of them.

    A score under `low` is low, from `low` to under `high` middle, from `high` on high: the reader's own lines. Keys
    `from` (one of `LEVELS`) and `to` (one of `AFTER`; `NO_SCORE` only where it occurs), and `by` before them where
    given. The baseline is everyone in view with the score at wave `first` (`data.summaries.states`): the people of a
    row, before masking, are all who stood there. `share` is that of the row, by the design weight of then, 0…1, with
    95% and 66% Wilson intervals on Kish's effective number of people; a row's shares add up to 1.

    What is guaranteed: no cell, and no total of a row or column, of one to nine people follows from what is shown, or
    is told to within less than five, here and in the table of all `groups`, even if it were exact and larger totals
    known.
    """
    counted = _counted(source, view, score, first, last, low, high, by, groups)
    after = [code for code in AFTER if code != NO_SCORE or (counted["to"] == code).any()]
    grid: dict[str, Sequence[str]] = {**({by: groups} if by else {}), "from": [*LEVELS], "to": after}
    raw = complete(counted, grid).fillna({"w": 0.0, "ww": 0.0})
    keys = [*grid]
    total = raw.groupby(keys[:-1])[["w", "ww"]].transform("sum")
    raw["share"] = raw["w"] / total["w"].where(total["w"] > 0)
    raw["n_effective"] = total["w"] ** 2 / total["ww"]
    released = release(
        raw.join(wilson(raw["share"], raw["n_effective"])),
        name=f"levels-from-wave-{first}-to-{last}{_by(by)}",
        keys=keys,
        values=SHARE,
        margins=[*combinations(keys, len(keys) - 1)],
        people=int(raw["n"].sum()),
        context=source.context(sentence(view)),
        notes=(_levels(low, high), LINE_NOTE, STATE_NOTE, WEIGHTED),
        who="baseline_scored",
    )
    return replace(released, facts=() if by else _left_low(released, raw))


def moved(
    source: Source,
    view: View,
    score: Score,
    first: int,
    last: int,
    low: float,
    high: float,
    by: str,
    groups: Sequence[str],
) -> Released:
    """Chance of having moved up, or down, by a level or two between two waves, for each of `groups` (values of `by`).

    Keys `by` and `move`; levels as in `transitions`. People are those interviewed, with the score, at both waves who
    could move so: nobody moves up from high, or down from low, so groups that start elsewhere can be compared. Weighted
    shares, 0…1, with 95% and 66% Wilson intervals on Kish's effective number of people.
    """
    counted = _counted(source, view, score, first, last, low, high, by, groups)
    both = counted[counted["to"].isin([*LEVELS])]
    start, end = (both[side].map({level: place for place, level in enumerate(LEVELS)}) for side in ("from", "to"))
    able = {"up": (both["from"] != "high", end > start), "down": (both["from"] != "low", end < start)}
    parts = [
        both[could].assign(move=move, count=both["n"].where(did, 0), w_did=both["w"].where(did, 0.0))
        for move, (could, did) in able.items()
    ]
    sums = pd.concat(parts).groupby([by, "move"], as_index=False)[["n", "w", "ww", "count", "w_did"]].sum()
    raw = complete(sums, {by: groups, "move": [*MOVES]})
    raw["share"], raw["n_effective"] = raw["w_did"] / raw["w"], raw["w"] ** 2 / raw["ww"]
    released = release(
        raw.join(wilson(raw["share"], raw["n_effective"])),
        name=f"moved-from-wave-{first}-to-{last}{_by(by)}",
        keys=[by, "move"],
        values=SHARE,
        margins=[["move"]],
        shares={"count": SHARE},
        people=int(raw.groupby("move")["n"].sum().max()),
        context=source.context(sentence(view)),
        notes=(MOVED_NOTE, _levels(low, high), LINE_NOTE, WEIGHTED),
        who="both_waves",
    )
    facts = (apart(released, raw[raw["move"] == move], by, move, len(MOVES)) for move in MOVES)
    return replace(released, facts=tuple(fact for found in facts for fact in found))


def _left_low(released: Released, raw: pd.DataFrame) -> tuple[Fact, ...]:
    """The share of people low at first who were middle or high later, where both may be seen."""
    up = raw[(raw["from"] == "low") & raw["to"].isin(["middle", "high"])]
    seen = released.is_shown("share")[up.index].all() and len(up) == 2
    return (shared(LEFT_LOW, float(up["share"].sum()), float(up["n_effective"].iloc[0])),) if seen else ()


def _counted(
    source: Source,
    view: View,
    score: Score,
    first: int,
    last: int,
    low: float,
    high: float,
    by: str,
    groups: Sequence[str],
) -> pd.DataFrame:
    """People `n` and sums of weights `w` and `ww`, from where to where, by group."""
    keep = [by] if by else []
    rows = states(source, view, (first, last), keep)
    if by:
        rows = rows.filter(rows[by].isin([*groups]))
    value = rows[score].round(9)
    level = ibis.cases((value < round(low, 9), "low"), (value < round(high, 9), "middle"), (value.notnull(), "high"))
    then = ibis.ifelse(rows.state == "interviewed", level.fill_null(NO_SCORE), rows.state)
    rows = rows.mutate(level=level, then=then)
    sides = {"from": rows.level.max(where=rows.wave == first), "to": rows["then"].max(where=rows.wave == last)}
    people = rows.group_by("person", "weight", *keep).aggregate(**sides)
    people = people.filter(people["from"].notnull())
    w = people.weight
    wanted = {"n": people.count(), "w": w.sum(), "ww": (w * w).sum()}
    return run(people.group_by(*keep, "from", "to").aggregate(**wanted))


def _levels(low: float, high: float) -> str:
    return f"Low is under {low:g}, middle from there to under {high:g}, high from {high:g} on."


def _by(by: str) -> str:
    return f"-by-{by.replace('_', '-')}" if by else ""
