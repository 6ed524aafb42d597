"""Irregular timing: scores where interviews come at any month since return, by window of months or as a smooth line."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import ibis
import ibis.expr.types as ir
import pandas as pd

from data import bootstrap
from data.disclosure import Count, Released, added, confidential, enough, noisy, release, shown, told
from data.engine import Source, run
from data.estimate import DIFFERENCE, INTERVALS, means, noise_of_means, together, variance_of_noise
from data.grouping import Grouping, named
from data.keys import KEYS
from data.notes import Note, Refused, Said
from data.smooth import Noise, banded, grid, knots
from data.summaries.people import (
    FROM,
    by_score,
    changed_sums,
    complete,
    looked_at,
    most,
    people_in,
    people_of,
    seed,
    sums,
    weights,
)
from data.view import View, select, sentence
from data.vocabulary import Score

TOLERANCE: Final = 1.0
"""Months to either side of a window's target, unless the reader chooses others; with more, 3 and 6 would overlap."""

TARGETS: Final = (3, 6, 12, 18, 24, 36, 48, 60)
"""Months since return at which programmes usually plan their interviews."""

NEIGHBOURS: Final = (-1, 0, 1)
"""Whole months whose people stand behind one point of the smooth line."""


@dataclass(frozen=True)
class Windows:
    """Spans of months since return: from `tolerance` before to `tolerance` after each of `targets`, ends included."""

    targets: tuple[int, ...]
    tolerance: float = TOLERANCE


def windows(source: Source, view: View, tolerance: float = TOLERANCE) -> Windows:
    """Those around `TARGETS` in which enough people in view were interviewed (10 or more).

    A window that would overlap an earlier one is left out.
    """
    table = select(source.scored, view)
    seen = {str(target): _within(table, target, tolerance).any() for target in TARGETS}
    people = table.group_by("person").aggregate(**seen)
    counts = run(people.aggregate(**{name: people[name].sum() for name in seen})).fillna(0).iloc[0]
    found: list[int] = []
    for target in TARGETS:
        if enough(counts[str(target)]) and not (found and _overlap(found[-1], target, tolerance)):
            found.append(target)
    return Windows(tuple(found), tolerance)


def by_window(
    source: Source,
    view: View,
    windows: Windows,
    scores: Sequence[str],
    grouping: Grouping | None = None,
) -> Released:
    """Weighted mean of each score in each of the `windows` of months since return; n is people.

    Of a person's interviews in it the
    one nearest to the target counts, of two as near the later. 95% and 66% t-intervals. It is everyone seen, which is
    no path. With a `grouping` each group has rows of its own. Raises ValueError where windows
    overlap, for an interview would belong to two.
    """
    keys = [*([grouping.by] if grouping else []), "window"]
    table = _in_groups(_placed(source, view, windows), grouping)
    placed, others = table.filter(table.window.notnull()), table.filter(table.window.isnull())
    left = int(run(others.aggregate(n=others.count()))["n"].iloc[0])
    every = {**({grouping.by: grouping.groups} if grouping else {}), "window": windows.targets, "score": scores}
    raw = complete(sums(by_score(_nearest(table), keys, scores), keys), every)
    return release(
        raw.join(means(raw)),
        name=f"scores-by-window{named(grouping)}",
        keys=[*keys, "score"],
        values=["mean", *INTERVALS],
        margins=[["window", "score"] if grouping else ["score"]],
        people=people_of(placed),
        context=source.context(sentence(view)),
        notes=(
            Said.WINDOWS,
            _left(left, people_of(others)),
            *[Said.GROUP_AT_EARLIEST] * bool(grouping),
        ),
        who="in_windows",
    )


def paired_windows(source: Source, view: View, windows: Windows, scores: Sequence[str]) -> Released:
    """Mean change of each score from the first of the `windows` to each later one, in the same people.

    The people of a row are those interviewed, with the score, in both windows; interviews are chosen as in `by_window`
    and the weight is that of the later one. t-intervals of the paired differences, 66% by itself and 95% for all shown
    at once. Raises ValueError where windows overlap.
    """
    placed, targets = _placed(source, view, windows), windows.targets
    seen = _nearest(placed.select("person", "window", "months", "interview", "weight", *KEYS, *scores))
    before = {**{f"{score}_first": score for score in scores}, FROM: "interview_key"}
    first = seen.filter(seen.window == targets[0]).select("person", **before)
    both = seen.filter(seen.window != targets[0]).inner_join(first, "person")
    by = {score: both[score] - both[f"{score}_first"] for score in scores}
    moved = both.select("window", "weight", *KEYS, FROM, **by)
    changed = by_score(moved, ["window", FROM], scores)
    raw = complete(changed_sums(changed, ["window"]), {"window": targets[1:], "score": scores})
    raw = raw.join(means(raw)).rename(columns=dict(zip(("mean", *INTERVALS), DIFFERENCE, strict=True)))
    margins = [["score"]]
    family = looked_at(shown(raw, margins), raw["score"])
    return release(
        together(raw, family, prefix="difference_"),
        name="change-since-first-window",
        keys=["window", "score"],
        values=DIFFERENCE,
        margins=margins,
        people=_again(placed, targets),
        context=source.context(sentence(view)),
        notes=(Said.BOTH_WINDOWS, Said.TOGETHER),
        who="both_windows",
    )


def timing_refusal(source: Source, view: View, windows: Windows) -> Note | None:
    """Why no change between windows can be told for `view`, or None if one can: it needs people interviewed in two."""
    targets = windows.targets
    if len(targets) < 2:
        return Note(Refused.ONE_WINDOW)
    if enough(_again(_placed(source, view, windows), targets).n):
        return None
    return Note(Refused.NOT_AGAIN_IN_WINDOWS, first=targets[0], later=tuple(targets[1:]))


def smooth(source: Source, view: View, score: Score, grouping: Grouping | None = None) -> Released:
    """A smooth line of `score`, 0…1, by whole months since return, with a 95% and a 66% band (`data.smooth`).

    One row per month told; `people` are those interviewed, with the score, within one whole month of it. A group's line
    is hidden where its people are not at least 10 more than the line's knots, and not available where interviews come
    at too few different months. With a `grouping` each group has a line of its own. It is drawn
    from every interview in view and is not called a path.
    """
    table = select(source.scored, view)
    table = table.filter(table.months.notnull(), table[score].notnull())
    key = grouping.by if grouping else "everyone"  # one group of all people, where there are no others
    table = _in_groups(table, grouping) if grouping else table.mutate(everyone=ibis.literal(""))
    table = table.mutate(month=(table.months + 0.5).floor().cast("int64"))
    people, blocks = _people(table, key), _blocks(table, score, key)
    groups = grouping.groups if grouping else ("",)
    lines = [_line(blocks[blocks[key] == group], score).assign(**{key: group}) for group in groups]
    raw = pd.concat(lines, ignore_index=True) if lines else _line(blocks, score).assign(**{key: ""})
    raw = raw.merge(_near(table, key), how="left", on=[key, "month"]).fillna({"n": 0}).astype({"n": "int64"})
    spare = raw.merge(people, how="left", on=key, suffixes=("_near", ""))["n"] - raw["knots"]
    values = ["mean", *INTERVALS]
    return release(
        raw,
        name=f"smooth-{score}-by-month{named(grouping)}",
        keys=[*([grouping.by] if grouping else []), "month"],
        values=values,
        margins=[["month"]],
        # Of few more people than parameters a model tells too much: ACRO asks for ten residual degrees of freedom.
        reasons=dict.fromkeys(values, confidential(~enough(spare))),
        people=people_in(people, key),
        context=source.context(sentence(view)),
        notes=(Said.SMOOTH, _twice(people), Said.SPLINE, Said.BOOTSTRAP, *[Said.GROUP_AT_EARLIEST] * bool(grouping)),
        who="timed",
    )


def _overlap(one: float, after: float, tolerance: float) -> bool:
    """Whether an interview may lie in the windows around both targets."""
    return round(after - one - 2 * tolerance, 9) <= 0


def _within(table: ir.Table, target: int, tolerance: float) -> ir.BooleanColumn:
    return (table.months - target).abs().round(9) <= round(tolerance, 9)


def _placed(source: Source, view: View, windows: Windows) -> ir.Table:
    """The interviews in view with the target of their `window`: missing where they fall in none."""
    targets, tolerance = windows.targets, windows.tolerance
    if not targets:
        raise ValueError("Choose at least one month since return for a window.")
    for one, after in pairwise(targets):
        if _overlap(one, after, tolerance):
            raise ValueError(
                f"The windows around months {one} and {after} overlap with a tolerance of {tolerance:g}; choose months "
                "in order and further apart, or a smaller tolerance."
            )
    table = select(source.scored, view)
    found = ibis.cases(*((_within(table, target, tolerance), target) for target in targets))
    return table.mutate(window=found.cast("int64"))


def _nearest(table: ir.Table) -> ir.Table:
    """One interview per person and window: the one nearest to the target, then the later."""
    table = table.filter(table.window.notnull())
    order = [(table.months - table.window).abs().round(9), ibis.desc(table.months), ibis.desc(table.interview)]
    place = ibis.row_number().over(group_by=["person", "window"], order_by=order)
    return table.mutate(_order=place).filter(ibis._["_order"] == 0).drop("_order")


def _in_groups(table: ir.Table, grouping: Grouping | None) -> ir.Table:
    """The interviews of people whose earliest one is in one of the groups, all of them said to be of that group."""
    if not grouping:
        return table
    by = grouping.by
    dated = ibis.struct({"months": table.months, "interview": table.interview, "group": table[by]})
    table = table.mutate(**{by: dated.min().over(group_by=table.person)["group"]})  # the least is the earliest
    return table.filter(table[by].isin([*grouping.groups]))


def _again(table: ir.Table, targets: Sequence[int]) -> Count:
    """How many people were interviewed in the first window and in a later one."""
    wanted = {"first": table.window.min(), "last": table.window.max(), "person_key": table.person_key.max()}
    ends = table.group_by("person").aggregate(**wanted)
    return people_of(ends.filter(ends["first"] == targets[0], ends["last"] > targets[0]))


def _people(table: ir.Table, key: str) -> pd.DataFrame:
    """Of each group the people, and those of them interviewed in more than one whole month (`twice`)."""
    wanted = {"one": table.month.min(), "last": table.month.max(), "code": table.person_key.max()}
    each = table.group_by(key, "person").aggregate(**wanted)
    twice, code = each.one < each["last"], each.code
    seeds = {"people_seed": seed(code), "people_seed_twice": seed(code, twice)}
    return run(each.group_by(key).aggregate(n=each.count(), twice=twice.sum(), **seeds))


def _blocks(table: ir.Table, score: str, key: str) -> pd.DataFrame:
    """Interviews, Σw and Σwx of each random block of people of each group, in each month."""
    # The hash puts people in random order, whatever their identifiers tell; one person a block while there are blocks.
    place = ibis.dense_rank().over(group_by=key, order_by=table.person.hash())
    table = table.mutate(block=place % bootstrap.BLOCKS)
    w, x = table.weight, table[score]
    wanted = {"interviews": table.count(), "w": w.sum(), "wx": (w * x).sum(), "heaviest": w.max()}
    wanted["interviews_seed"] = seed(table.interview_key)
    return run(table.group_by(key, "block", "month").aggregate(**wanted).order_by(key, "block", "month"))


def _near(table: ir.Table, key: str) -> pd.DataFrame:
    """The people of each group who were interviewed within one whole month of each month, by their largest weight."""
    near = table.select(key, "person", "weight", *KEYS, month=table.month + ibis.array([*NEIGHBOURS]).unnest())
    codes = {"person_key": near.person_key.max(), "interview_key": seed(near.interview_key)}
    people = near.group_by(key, "month", "person").aggregate(weight=near.weight.max(), **codes)
    return run(people.group_by(key, "month").aggregate(n=people.count(), **weights(people)))


def _line(blocks: pd.DataFrame, score: Score) -> pd.DataFrame:
    """The line of one group with its band, from the sums of its blocks, and the number of its `knots`."""
    interviews = blocks.groupby("month")["interviews"].sum()
    months, n = interviews.index.tolist(), interviews.tolist()
    at = knots(months, n)
    w, wx = (blocks.pivot(index="block", columns="month", values=name).fillna(0.0).to_numpy() for name in ("w", "wx"))
    noise = _noise(blocks, score)
    return banded(w, wx, months, at, grid(months, n), noise=noise).assign(knots=len(at)).astype({"month": "int64"})


def _noise(blocks: pd.DataFrame, score: Score) -> Noise:
    """What noise adds to Σwx of each month of one group, in order of months, and its standard deviation."""
    month = added(blocks.assign(n=blocks["interviews"], ww=0.0), ["month"]).set_index("month").sort_index()
    month = month.assign(score=score)
    return Noise(noise_of_means(month) * month["w"].to_numpy(), variance_of_noise(month) ** 0.5 * month["w"].to_numpy())


def _left(interviews: int, people: Count) -> Note:
    """How many interviews fall in no window, as far as it may be told."""
    return Note(Said.IN_NO_WINDOW, interviews=told(Count(interviews, people.seed)) if enough(people.n) else None)


def _twice(people: pd.DataFrame) -> Note:
    """Which share of people was interviewed at least twice, to 5%, as far as it may be told."""
    everyone = most(people)
    twice = most(people.assign(n=people["twice"], people_seed=people["people_seed_twice"]))
    if not enough(twice.n):
        return Note(Said.HARDLY_TWICE)
    share = noisy(twice) / noisy(everyone)
    return Note(Said.TWICE, percent=round(20 * share) * 5 if enough(everyone.n - twice.n) else None)
