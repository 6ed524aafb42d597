"""Attrition: who was interviewed again, who was lost and why, and who had left the country again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import ibis
import ibis.expr.types as ir
import pandas as pd

from data.disclosure import ALL_ROWS, WEIGHED, Released, against, may_be_told, not_applicable, release, too_few
from data.engine import Source, run
from data.estimate import DIFFERENCE, INTERVALS, SHARE, differences, means, shares, together
from data.grouping import Grouping
from data.keys import KEYS
from data.notes import Said
from data.summaries.facts import apart
from data.summaries.people import by_score, complete, looked_at, most, people_in, sums, totals, weights
from data.summaries.states import LEFT, STATES, outcomes, states
from data.view import View, sentence
from data.vocabulary import CATEGORIES, SCORES

LOST: Final = "not_interviewed"
STAYED: Final = "stayed"
NOT_RECORDED: Final = "not_recorded"
NOT_KNOWN: Final = "not_known"

LOSS: Final = (*(code for code in CATEGORIES["loss_reason"] if code != "remigrated"), NOT_RECORDED)
"""Why somebody was not interviewed again. Who had left the country again is not among them."""

LEAVING: Final = (*LEFT, NOT_KNOWN, STAYED)
"""How people left again, and those who stayed to compare them with."""


def retention(source: Source, view: View, grouping: Grouping, waves: Sequence[int]) -> Released:
    """Where the people of the first of `waves` stand at each later one, for each of the groups.

    One row per group, wave and state (`data.summaries.states.STATES`). `share`, of everyone interviewed at the first
    wave, by that interview's design weight, lies in 0…1 with 95% and 66% Wilson intervals on Kish's effective number of
    people; states add up to 1. `total` is the number of people at the first wave, rounded to 5. A person is of the
    group of the first interview.
    """
    by = grouping.by
    table = states(source, view, waves, [by])
    later = table.filter(table[by].isin([*grouping.groups]), table.wave != waves[0])
    raw = _counted(later, {by: grouping.groups, "wave": waves[1:], "state": [*STATES]})
    told = raw.join(shares(raw, [by, "wave"]))
    released = release(
        told.assign(total=totals(raw, [by, "wave"])),
        name=f"retention-by-{by.replace('_', '-')}",
        keys=[by, "wave", "state"],
        values=[*SHARE, "total"],
        margins=[[by, "wave"], ["wave", "state"]],
        people=people_in(raw[raw["wave"] == waves[-1]], by),
        context=source.context(sentence(view)),
        notes=(Said.FOLLOWED,),
        who="baseline",
    )
    again = told[(told["wave"] == waves[-1]) & (told["state"] == "interviewed")]
    return replace(released, facts=apart(released, again, by))


def kept_and_lost(source: Source, view: View, waves: Sequence[int], scores: Sequence[str] = SCORES) -> Released:
    """Scores at the first of `waves` by where the same people stand at the last one: those kept against those lost.

    One row per state at the last wave and score. `mean` has 95% and 66% t-intervals; `difference` is the mean less that
    of the people not interviewed (Welch, two samples of different people) with intervals, 66% by itself and 95% for all
    differences shown at once, so that the row of those interviewed holds kept less lost. All on the 0…1 scale, by the
    design weight of the first wave.
    """
    scored = by_score(outcomes(source, view, waves, scores), ["state"], scores)
    raw = complete(sums(scored, ["state"]), {"state": [*STATES], "score": scores})
    margins = [["score"]]
    estimates = raw.join(means(raw))
    base = estimates[raw["state"] == LOST].set_index("score").loc[raw["score"]]
    reason = against(raw, "state", LOST, ["score"], margins)
    family = looked_at(may_be_told(reason), raw["score"])
    return release(
        estimates.join(together(differences(estimates, base), family, prefix="difference_")[[*DIFFERENCE]]),
        name="first-scores-of-kept-and-lost",
        keys=["state", "score"],
        values=["mean", *INTERVALS, *DIFFERENCE],
        margins=margins,
        reasons=dict.fromkeys(DIFFERENCE, reason),
        people=most(raw, ["score"]),
        context=source.context(sentence(view)),
        notes=(Said.FOLLOWED, Said.AT_FIRST, Said.TOGETHER),
        who="baseline_scored",
    )


def reasons(source: Source, view: View, waves: Sequence[int]) -> Released:
    """Why people of the first of `waves` were not interviewed at the last one, as their latest interview records it.

    One row per reason, and one for the people of whom none is recorded; those who had left the country again are not
    among them. `share`, by the design weight of the first wave, lies in 0…1 with 95% and 66% Wilson intervals.
    """
    table = outcomes(source, view, waves, [])
    loss = ibis.ifelse(table.loss_reason.isin([*LOSS]), table.loss_reason, NOT_RECORDED)
    table = table.mutate(loss_reason=ibis.ifelse(table.state == LOST, loss, table.state))
    raw = _counted(table, {"loss_reason": [*LOSS, *(state for state in STATES if state != LOST)]})
    raw["state"] = raw["loss_reason"].where(raw["loss_reason"].isin([*STATES]), LOST)
    return release(
        raw.join(shares(raw, ["state"])),
        name="reasons-for-loss",
        keys=["loss_reason"],
        values=SHARE,
        margins=[["state"], ALL_ROWS],  # those of `retention` at the last wave
        people=most(raw[raw["state"] == LOST]),
        context=source.context(sentence(view)),
        notes=(Said.FOLLOWED, Said.LOST),
        who="lost",
    ).only("loss_reason", *LOSS)


def remigration(source: Source, view: View, grouping: Grouping, waves: Sequence[int]) -> Released:
    """How people of the first of `waves` had left again by the last one, for each of the groups.

    One row per group and way of `leaving` (`LEAVING`), the people who stayed as the last. `share` is of the people who
    had left, 0…1 with 95% and 66% Wilson intervals. `mean` is of element 30 (need versus wish to remigrate, 0…1 points,
    MPP's list of elements) over those who answered it, in the latest interview before the one that tells of leaving,
    with 95% and 66% t-intervals; `difference` is the mean less that of the people who stayed (Welch), with intervals,
    66% by itself and 95% for all differences shown at once.
    """
    by = grouping.by
    table = outcomes(source, view, waves, [by])
    known = ibis.ifelse(table.remigration.isin(LEFT), table.remigration, NOT_KNOWN)
    leaving = table.state.cases(("interviewed", STAYED), ("remigrated", known), else_=LOST)
    # Everyone is counted; only who answered element 30 has a weight in its sums.
    asked = table.p30.notnull()
    every = {f"every_{name}": table[name] for name in ("weight", *KEYS)}
    own = {"weight": table.weight, **dict(zip(KEYS, (table.person_key, table.p30_key), strict=True))}
    mine = {name: asked.ifelse(each, None) for name, each in own.items()}
    table = table.mutate(leaving=leaving, score=ibis.literal("p30"), value=table.p30, **every, **mine)
    table = table.filter(table[by].isin([*grouping.groups]))
    all_of_them = {name: table[f"every_{name}"] for name in mine}
    everyone = {"people": table.count(), **{f"{name}_people": each for name, each in weights(all_of_them).items()}}
    summed = sums(table, [by, "leaving"], everyone).assign(score="p30")
    summed = complete(summed, {by: grouping.groups, "leaving": [*LEAVING, LOST]}).fillna(dict.fromkeys(everyone, 0))
    raw = summed[[by, "leaving"]].assign(
        n=summed["people"].astype("int64"), **{name: summed[f"{name}_people"] for name in WEIGHED}
    )
    raw["state"] = raw["leaving"].map({STAYED: "interviewed", LOST: LOST}).fillna("remigrated")
    answered = {f"{name}_answered": summed[name] for name in WEIGHED}
    raw = raw.join(shares(raw, [by, "state"])).assign(answered=summed["n"], **answered)
    stayed, estimates = raw["leaving"] == STAYED, means(summed)
    base = estimates[stayed].set_axis(raw.loc[stayed, by]).loc[raw[by]]
    # Those of `retention` at the last wave, and of a table; ways of leaving add up to the state of having left.
    margins = [[by, "state"], [by], ["state", "leaving"], ["state"]]
    comparison = against(raw, "leaving", STAYED, [by], margins, too_few=too_few(summed))
    told = may_be_told(comparison) & (raw["leaving"] != LOST)
    family = pd.Series(max(1, int(told.sum())), raw.index)
    gaps = together(differences(estimates, base), family, prefix="difference_")[[*DIFFERENCE]]
    released = release(
        raw.join(estimates.drop(columns="n_effective")).join(gaps),
        name=f"remigration-by-{by.replace('_', '-')}",
        keys=[by, "leaving"],
        values=[*SHARE, "mean", *INTERVALS, *DIFFERENCE],
        margins=margins,
        needs={"answered": ["mean", *INTERVALS]},
        reasons={**dict.fromkeys(SHARE, not_applicable(stayed)), **dict.fromkeys(DIFFERENCE, comparison)},
        people=people_in(raw[raw["state"] == "remigrated"], by),
        context=source.context(sentence(view)),
        notes=(Said.FOLLOWED, Said.LEAVING, Said.WISH),
        who="left",
    ).only("leaving", *LEAVING)
    return replace(released, facts=apart(released, raw[raw["leaving"] == "necessity"], by))


def _counted(table: ir.Table, grid: Mapping[str, Sequence[object]]) -> pd.DataFrame:
    """People `n` and what is asked of their weights, for every combination of the `grid`."""
    counted = run(table.group_by([*grid]).aggregate(n=table.count(), **weights(table)))
    return complete(counted, grid).fillna({"w": 0.0, "ww": 0.0})
