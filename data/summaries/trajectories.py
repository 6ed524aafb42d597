"""Trajectories: mean scores by wave, and how the same people changed."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final, Literal

import ibis
import ibis.expr.types as ir
import pandas as pd

from data.engine import Source, run
from data.estimate import DIFFERENCE, INTERVALS, SUMS, means
from data.follow_up import LIMITS, MODEL, quantiles
from data.release import FLOOR, Released, release, released_people, rounded
from data.summaries.follow_up import found_again
from data.summaries.people import by_score, complete, one_a_wave, sums
from data.view import View, select, sentence
from data.vocabulary import SCORES, Mark

Panel = Literal["same", "seen", "weighted"]

PANELS: Final[dict[Panel, str]] = {
    "same": "The same people in all waves",
    "seen": "Everyone seen in a wave",
    "weighted": "Everyone of the first wave, weighted for having been found again",
}
PANEL_LABELS: Final = {"same": "The same people", "seen": "Everyone seen", "weighted": "Weighted for loss"}
"""The same in few words, for charts."""

JOINED: Final[tuple[Panel, ...]] = ("same", "weighted")
"""The panels whose points speak of the same people at each wave, so that a line may join them."""

SAME: Final = (
    "The same people in every wave: nobody enters or leaves the line. Where people with lower scores are harder to "
    "find again, it stands too high from the first wave on, and its changes are those of the people who stayed."
)
SEEN: Final = (
    "Everyone interviewed in a wave. Where people with lower scores are harder to find again, later points stand too "
    "high, so a rise may only mean that others were found: the points are not joined as one group's path."
)
WEIGHTED: Final = (
    "Everyone of the first wave: at each later wave, those found again are weighted so that they stand also for people "
    "like them who were not. Intervals take the weights as known, which makes them rather too wide than too narrow."
)
NOTES: Final[dict[Panel, tuple[str, ...]]] = {"same": (SAME,), "seen": (SEEN,), "weighted": (WEIGHTED, MODEL, LIMITS)}
FIRST_GROUP: Final = (
    "A person belongs throughout to the group of their first interview in these waves, so that nobody changes group."
)
ONE_A_WAVE: Final = (
    "Of several interviews of a person in one wave the later counts: the one with most months since return, then the "
    "later row."
)
TOLD: Final = {"weight_q10": 0.1, "weight_median": 0.5, "weight_q90": 0.9}
"""Quantiles of the weights that are told."""


def refusal(source: Source, view: View) -> str:
    """Why no path can be drawn for `view`, or "" if one can.

    A cross-section of people at different times since return is not a trajectory.
    """
    table = _interviews(source, view)
    first = table.wave.min().over(group_by=table.person)
    later = table.mutate(again=table.wave > first)
    again = run(later.aggregate(waves=later.wave.nunique(), people=later.person.nunique(where=later.again))).iloc[0]
    if again["waves"] < 2:
        return "There are no two waves of these interviews, so no path to draw; a path needs people interviewed again."
    if again["people"] < FLOOR:
        return "Hardly anyone here was interviewed twice; different people at different times are not a path."
    return ""


def duplicates(source: Source, view: View) -> int | None:
    """How many people in view have several interviews in one wave, rounded; None for fewer than ten, or nobody.

    Which of them counts is said by `ONE_A_WAVE`.
    """
    if source.one_a_wave:
        return None
    table = select(source.table, view)
    times = table.filter(table.wave.notnull()).group_by("person", "wave").aggregate(times=ibis._.count())
    several = times.filter(times.times > 1)
    return released_people(int(run(several.aggregate(n=several.person.nunique()))["n"].iloc[0]))


def by_wave(
    source: Source,
    view: View,
    waves: Sequence[int],
    panel: Panel = "same",
    scores: Sequence[str] = SCORES,
    by: str = "",
    groups: Sequence[str] = (),
) -> Released:
    """Weighted mean of each score at each of `waves`, with 95% and 66% t-intervals; n is people.

    With `panel` "same" only people interviewed, with the score, in all of `waves` are counted; with "seen" everyone
    interviewed in a wave; with "weighted" everyone interviewed, with the score, at the first of `waves`, those found
    again weighted for it (`data.follow_up`). `months` is the mean time since return at the wave. With `by`, a column,
    each of `groups` (its values) has rows of its own; a person is of the group of their first interview in `waves`.
    """
    keys = [*([by] if by else []), "wave"]
    table = _interviews(source, view, waves)
    if panel == "weighted":
        cells = _found_again(source, view, tuple(waves), tuple(scores), by)
        raw = cells.groupby([*keys, "score"], as_index=False)[[*SUMS, *_TIMES]].sum()
    else:
        table = _in_groups(table, by, groups)
        kept = _same_people(table, waves, scores) if panel == "same" else table
        scored = by_score(kept, [*keys, "months"], scores)
        raw = sums(scored, keys, {"since": scored.months.sum(), "timed": scored.months.count()})
    raw = complete(raw, _grid(by, groups, waves, scores))
    # The first wave has everyone of the other panels; people seen are counted over all waves.
    people = run(table.aggregate(n=table.person.nunique()))["n"].iloc[0] if panel == "seen" else _most(raw)
    few = raw["timed"].between(1, FLOOR - 1)  # the mean of few people's months would tell them
    return release(
        raw.assign(months=raw["since"] / raw["timed"].where(raw["timed"] > 0)).join(means(raw)),
        name=f"scores-by-wave-{panel}{_by(by)}",
        keys=[*keys, "score"],
        values=["mean", *INTERVALS, "months"],
        within=["wave", "score"] if by else ["score"],
        reasons={"months": _hidden(few)},
        people=int(people),
        context=source.context(sentence(view)),
        notes=(*NOTES[panel], *_notes(by)),
    )


def three_lines(source: Source, view: View, waves: Sequence[int], scores: Sequence[str] = SCORES) -> Released:
    """The means of `by_wave` counted in all three ways (key `panel`, codes of `PANELS`), to read side by side.

    Where everyone seen rises and the same people do not, or the weighted line does not, the rise may only mean that
    people with lower scores were not found again.
    """
    parts = {panel: by_wave(source, view, waves, panel, scores) for panel in PANELS}
    rows, marks = (
        pd.concat([getattr(part, name).assign(panel=panel) for panel, part in parts.items()], ignore_index=True)
        for name in ("rows", "marks")
    )
    seen = parts["seen"]
    columns = ["panel", *seen.keys, "people", *seen.values]
    return replace(
        seen,
        name="scores-by-wave-three-ways",
        rows=rows[columns],
        marks=marks[["people", *seen.values]],
        keys=("panel", *seen.keys),
        notes=tuple(f"{PANELS[panel]}: {' '.join(NOTES[panel])}" for panel in PANELS),
    )


def change(
    source: Source,
    view: View,
    waves: Sequence[int],
    scores: Sequence[str] = SCORES,
    by: str = "",
    groups: Sequence[str] = (),
) -> Released:
    """Mean change of each score from the first of `waves` to each later one, within the same people (paired).

    Only people interviewed, with the score, in all of `waves` are counted; the weight is that of the later interview.
    Intervals are t-intervals of the paired differences, 95% and 66%. With `by`, a column, each of `groups` (its values)
    has rows of its own; a person is of the group of their first interview in `waves`.
    """
    keys = [*([by] if by else []), "wave"]
    table = _same_people(_in_groups(_interviews(source, view, waves), by, groups), waves, scores)
    start = {score: table[score].max(where=table.wave == waves[0]).over(group_by=table.person) for score in scores}
    moved = table.mutate(**{score: table[score] - start[score] for score in scores})
    changed = by_score(moved.filter(moved.wave != waves[0]), keys, scores)
    raw = complete(sums(changed, keys), _grid(by, groups, waves[1:], scores))
    names = dict(zip(("mean", *INTERVALS), DIFFERENCE, strict=True))
    return release(
        raw.join(means(raw)).rename(columns=names),
        name=f"change-since-first-wave{_by(by)}",
        keys=[*keys, "score"],
        values=DIFFERENCE,
        within=["wave", "score"] if by else ["score"],
        people=_most(raw),
        context=source.context(sentence(view)),
        notes=(SAME, *_notes(by)),
    )


def weights_shown(source: Source, view: View, waves: Sequence[int], scores: Sequence[str] = SCORES) -> Released:
    """The weights for having been found again at each wave after the first of `waves`, per score.

    `people` are those found again, with the score; `found` is their share of everyone who had it at the first wave;
    `weight_q10`, `weight_median` and `weight_q90` are quantiles of their weights (1 where all were equally easy to
    find), design weights apart; `trimmed` is the share of them whose weight was cut; `n_effective` is Kish's effective
    number of people, with design weights, to the nearest 5.
    """
    cells = _found_again(source, view, tuple(waves), tuple(scores), "")
    told = [[*key, *_told(rows)] for key, rows in cells.groupby(["wave", "score"])]
    columns = ["wave", "score", "n", "w", "ww", "cut", *TOLD]
    sums_of = pd.DataFrame(told, columns=columns).astype(dict.fromkeys(columns[2:], "float64"))
    raw = complete(sums_of, {"wave": waves[1:], "score": scores})
    everyone = raw["score"].map(cells[cells["wave"] == waves[0]].groupby("score")["n"].sum())
    raw["found"] = raw["n"] / everyone
    # Of the people behind a share both sides reach the floor, of those behind a quantile the smaller.
    behind = {"found": everyone - raw["n"], "trimmed": raw["cut"]}
    behind |= {name: raw["n"] * min(q, 1 - q) for name, q in TOLD.items()}
    return release(
        raw.assign(trimmed=raw["cut"] / raw["n"], n_effective=rounded(raw["w"] ** 2 / raw["ww"])),
        name="weights-for-follow-up",
        keys=["wave", "score"],
        values=["found", *TOLD, "trimmed", "n_effective"],
        within=["score"],
        reasons={name: _hidden(n < FLOOR) for name, n in behind.items()},
        people=_most(raw.assign(n=everyone)),
        context=source.context(sentence(view)),
        notes=(MODEL, LIMITS),
    )


_TIMES: Final = ("since", "timed")


def _interviews(source: Source, view: View, waves: Sequence[int] | None = None) -> ir.Table:
    """One interview per person and wave."""
    table = select(source.table, view)
    table = table.filter(table.wave.notnull() if waves is None else table.wave.isin([*waves]))
    return one_a_wave(source, table)


@lru_cache(maxsize=4)
def _found_again(source: Source, view: View, waves: Sequence[int], scores: Sequence[str], by: str) -> pd.DataFrame:
    """The sums behind the weighted line; the line and its weights are asked for together."""
    return found_again(_interviews(source, view, waves), waves, scores, by)


def _in_groups(table: ir.Table, by: str, groups: Sequence[str]) -> ir.Table:
    """The interviews of people whose first one is in one of `groups`, all of them said to be of that group."""
    if not by:
        return table
    first = table[by].first(include_null=True).over(group_by=table.person, order_by=table.wave)
    table = table.mutate(**{by: first})
    return table.filter(table[by].isin([*groups]))


def _same_people(table: ir.Table, waves: Sequence[int], scores: Sequence[str]) -> ir.Table:
    """The same interviews, but a score counts only for people who have it in all of `waves`."""
    whole = {score: table[score].count().over(group_by=table.person) == len(waves) for score in scores}
    return table.mutate(**{score: whole[score].ifelse(table[score], None) for score in scores})


def _told(rows: pd.DataFrame) -> list[float]:
    """Of one wave and score: sums, people whose weight was cut, and the quantiles of the weights."""
    found = rows["n"].to_numpy("float64")
    at = quantiles(rows["weight"].to_numpy("float64"), found, [*TOLD.values()])
    return [*rows[["n", "w", "ww"]].sum(), found[rows["trimmed"]].sum(), *at]


def _grid(by: str, groups: Sequence[str], waves: Sequence[int], scores: Sequence[str]) -> dict[str, Sequence[object]]:
    return {**({by: groups} if by else {}), "wave": waves, "score": scores}


def _most(raw: pd.DataFrame) -> int:
    """The most people of any wave and score, all groups together."""
    return int(raw.groupby(["wave", "score"])["n"].sum().max()) if len(raw) else 0


def _hidden(few: pd.Series) -> pd.Series:
    return pd.Series(Mark.SHOWN, few.index).mask(few, Mark.CONFIDENTIAL)


def _by(by: str) -> str:
    return f"-by-{by.replace('_', '-')}" if by else ""


def _notes(by: str) -> tuple[str, ...]:
    return (FIRST_GROUP,) if by else ()
