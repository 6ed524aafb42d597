"""Movement between levels of a score: where people stood at one wave, and what became of them at a later one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

import ibis
import pandas as pd

from data.disclosure import Fact, Released, release
from data.engine import Source, run
from data.estimate import SHARE, share_of, shares
from data.grouping import Grouping, named
from data.keys import KEYS
from data.notes import Note, Said
from data.summaries.facts import apart, shared
from data.summaries.people import complete, most, people_in, those_among, weights
from data.summaries.states import states
from data.view import View, sentence

LEVELS: Final = ("low", "middle", "high")
NO_SCORE: Final = "no_score"
AFTER: Final = (*LEVELS, "remigrated", "not_interviewed", NO_SCORE)
"""Where people are found at the later wave, in display order."""

LEFT_LOW: Final = "left_low"
"""The fact of the share of people low at the earlier wave who were middle or high at the later one."""

MOVES: Final = ("up", "down")


@dataclass(frozen=True)
class Levels:
    """The reader's own lines, 0…1: a score under `low` is low, from `high` on high, and middle in between."""

    low: float
    high: float


def transitions(
    source: Source,
    view: View,
    between: tuple[int, int],
    levels: Levels,
    grouping: Grouping | None = None,
) -> Released:
    """From which level of the score in focus people came to which at a later wave, or what else became of them.

    `between` are the two waves. A score under `levels.low` is low, from there to under `levels.high` middle, from there
    on high: the reader's own lines. Keys `from` (one of `LEVELS`) and `to` (one of `AFTER`; `NO_SCORE` only where it
    occurs), and the column of the `grouping` before them where given. The baseline is everyone in view with the score
    at the earlier wave (`data.summaries.states`): the people of a row are all who stood there. `share` is that of the
    row, by the design weight of then, 0…1, with 95% and 66% Wilson intervals on Kish's effective number
    of people; a row's shares add up to 1.

    What is guaranteed: no cell, and no total of a row or column, of one to nine people follows from what is shown, or
    is told to within less than five, here and in the table of all groups, even if it were exact and larger totals
    known.
    """
    counted = _counted(source, view, between, levels, grouping)
    after = [code for code in AFTER if code != NO_SCORE or (counted["to"] == code).any()]
    grid: dict[str, Sequence[str]] = {
        **({grouping.by: grouping.groups} if grouping else {}),
        "from": [*LEVELS],
        "to": after,
    }
    raw = complete(counted, grid).fillna({"w": 0.0, "ww": 0.0})
    keys = [*grid]
    raw = raw.join(shares(raw, keys[:-1]))
    released = release(
        raw,
        name=f"levels-from-wave-{between[0]}-to-{between[1]}{named(grouping)}",
        keys=keys,
        values=SHARE,
        margins=[*combinations(keys, len(keys) - 1)],
        people=most(raw),
        context=source.context(sentence(view)),
        notes=(Note(Said.LEVELS, low=levels.low, high=levels.high), Said.LINE, Said.FOLLOWED, Said.DESIGN_WEIGHTS),
        who="baseline_scored",
    )
    return replace(released, facts=() if grouping else _left_low(released, raw))


def chance_of_moving(
    source: Source,
    view: View,
    between: tuple[int, int],
    levels: Levels,
    grouping: Grouping,
) -> Released:
    """Chance of having moved up, or down, by a level or two between two waves, for each of the groups.

    Keys are the column of the groups and `move`; waves and levels as in `transitions`. People are those interviewed,
    with the score, at both waves who could move so: nobody moves up from high, or down from low, so groups that start
    elsewhere can be compared. Weighted shares, 0…1, with 95% and 66% Wilson intervals on Kish's effective number of
    people.
    """
    by = grouping.by
    counted = _counted(source, view, between, levels, grouping)
    both = counted[counted["to"].isin([*LEVELS])]
    start, end = (both[side].map({level: place for place, level in enumerate(LEVELS)}) for side in ("from", "to"))
    able = {"up": (both["from"] != "high", end > start), "down": (both["from"] != "low", end < start)}
    parts = [
        those_among(both[could], did[could], [by], "count").assign(move=move) for move, (could, did) in able.items()
    ]
    raw = complete(pd.concat(parts), {by: grouping.groups, "move": [*MOVES]})
    raw = raw.join(share_of(raw, "count"))
    released = release(
        raw,
        name=f"moved-from-wave-{between[0]}-to-{between[1]}{named(grouping)}",
        keys=[by, "move"],
        values=SHARE,
        margins=[["move"]],
        shares={"count": SHARE},
        people=people_in(raw, by, "move"),
        context=source.context(sentence(view)),
        notes=(Said.MOVED, Note(Said.LEVELS, low=levels.low, high=levels.high), Said.LINE, Said.DESIGN_WEIGHTS),
        who="both_waves",
    )
    facts = (apart(released, raw[raw["move"] == move], by, move, len(MOVES)) for move in MOVES)
    return replace(released, facts=tuple(fact for found in facts for fact in found))


def _left_low(released: Released, raw: pd.DataFrame) -> tuple[Fact, ...]:
    """The share of people low at first who were middle or high later, where both may be seen."""
    up = raw[(raw["from"] == "low") & raw["to"].isin(["middle", "high"])]
    seen = released.is_shown("share")[up.index].all() and len(up) == 2
    if not seen:
        return ()
    low = raw[raw["from"] == "low"]
    told = share_of(those_among(low, low.index.isin(up.index), ["from"], LEFT_LOW), LEFT_LOW).iloc[0]
    return (shared(LEFT_LOW, float(told["share"]), float(told["n_effective"])),)


def _counted(
    source: Source,
    view: View,
    between: tuple[int, int],
    levels: Levels,
    grouping: Grouping | None,
) -> pd.DataFrame:
    """People `n` and what is asked of their weights, from where to where, by group."""
    keep = [grouping.by] if grouping else []
    rows = states(source, view, between, keep)
    if grouping:
        rows = rows.filter(rows[grouping.by].isin([*grouping.groups]))
    value = rows[view.score].round(9)
    level = ibis.cases(
        (value < round(levels.low, 9), "low"), (value < round(levels.high, 9), "middle"), (value.notnull(), "high")
    )
    then = ibis.ifelse(rows.state == "interviewed", level.fill_null(NO_SCORE), rows.state)
    rows = rows.mutate(level=level, then=then)
    sides = {
        "from": rows.level.max(where=rows.wave == between[0]),
        "to": rows["then"].max(where=rows.wave == between[1]),
    }
    people = rows.group_by("person", "weight", *KEYS, *keep).aggregate(**sides)
    people = people.filter(people["from"].notnull())
    return run(people.group_by(*keep, "from", "to").aggregate(n=people.count(), **weights(people)))
