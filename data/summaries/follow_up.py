"""The line of everyone of the first wave, weighted for loss: the sums behind it, and what its weights are."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import ibis
import ibis.expr.types as ir
import pandas as pd

from data.disclosure import Released, confidential, enough, extreme, release, told_counts
from data.engine import Source, run
from data.estimate import share_of
from data.follow_up import FACTORS, FIRST_STEP, LOWER, STEP, TRIM_AT, fit
from data.notes import Said
from data.summaries.people import complete, most, one_a_wave, those, weights
from data.view import View, select, sentence
from data.vocabulary import SCORES

NOT_KNOWN: Final = "not known"
TOLD: Final = {"weight_q10": 0.1, "weight_median": 0.5, "weight_q90": 0.9}
"""Quantiles of the weights that are told."""


def weights_shown(source: Source, view: View, waves: Sequence[int], scores: Sequence[str] = SCORES) -> Released:
    """The weights of the people whom the weighted line counts at each wave after the first of `waves`, per score.

    `people` are those interviewed, with the score, at all of `waves` up to the wave. `weight_q10`, `weight_median` and
    `weight_q90` are quantiles of their weights (1 where all were equally easy to find), design weights apart;
    `trimmed` is the share of them whose weight was cut; `n_effective` is Kish's effective number of people, with design
    weights, to the nearest 5. What share of people was interviewed again is told by retention.
    """
    found = followed(source, view, tuple(waves), tuple(scores))
    raw = complete(found, {"wave": waves[1:], "score": scores})
    return release(
        raw.assign(trimmed=_part(raw, "cut"), n_effective=told_counts(raw["w"] ** 2 / raw["ww"], raw["people_seed"])),
        name="weights-for-follow-up",
        keys=["wave", "score"],
        values=[*TOLD, "trimmed", "n_effective"],
        margins=[["score"]],
        shares={"cut": ["trimmed"]},
        reasons={name: confidential(extreme(raw["n"], q)) for name, q in TOLD.items()},
        people=most(found[found["wave"] == waves[0]], ["score"]),
        context=source.context(sentence(view)),
        notes=(Said.WEIGHTS_MODEL, Said.WEIGHTS_LIMITS),
        who="baseline_scored",
    )


def _part(raw: pd.DataFrame, counted: str) -> pd.Series:
    """The share of people, not of weight, who are `counted`."""
    people = raw.assign(w=raw["n"], ww=raw["n"], heaviest=1.0).assign(**{f"w_{counted}": raw[counted]})
    return share_of(people, counted)["share"]


def if_lower(raw: pd.DataFrame, whole: Sequence[str], mean: pd.Series) -> pd.DataFrame:
    """What each `mean` would be if the people not counted scored `LOWER` lower than people like them, as `if_lower`.

    `raw` has the rows of `followed`, the first wave first; people of the same `whole` (columns) are followed together.
    `flag` is the reason not to show it: the distance to the mean would tell that hardly anyone was lost.
    """
    first = raw.groupby([*whole], sort=False)[["n", "w", "ww", "heaviest", "people_seed"]].transform("first")
    lost = first["n"] - raw["n"]
    stayed = first.assign(w_stayed=raw["stood"], people_seed_stayed=raw["people_seed"])  # at the first wave all weigh
    share = 1 - share_of(stayed, "stayed")["share"]  # what they do by design
    few = ~enough(lost) & (raw["wave"] != raw["wave"].iloc[0])
    return pd.DataFrame({"if_lower": (mean - LOWER * share).clip(lower=0), "flag": confidential(few)})


_READ: Final = ("rate", "given", "latest", "squared", "first")


@lru_cache(maxsize=4)  # the line and its weights are asked for together
def followed(
    source: Source, view: View, waves: tuple[int, ...], scores: tuple[str, ...], by: str | None = None
) -> pd.DataFrame:
    """Sums of everyone interviewed, with the score, at the first of `waves`: one row per wave, score and value of `by`.

    The people are those in view at the first wave, followed whatever the view says of later interviews; at a wave those
    count who have the score at all of `waves` up to it. Columns: `SUMS`, with the weights of `data.follow_up`
    multiplied in; `since` and `timed` (sum and number of months since return); `stood`, the sum of the design weights,
    those of the first wave; of the weights `TOLD` and `cut`, the people whose weight was trimmed; and what the door
    asks of them.
    """
    table = _weighed(_people(source, view, waves, scores, by), _read_off(source, view, waves, scores), len(waves))
    x, w = table.value, table.weight * table.stands_for
    found = run(
        table.group_by(*([by] if by else []), "at", "score").aggregate(
            n=table.count(),
            **weights(table, w=w),
            wx=(w * x).sum(),
            wxx=(w * x * x).sum(),
            wwx=(w * w * x).sum(),
            wwxx=(w * w * x * x).sum(),
            since=table.months.sum().fill_null(0.0),
            timed=table.months.count(),
            stood=table.weight.sum(),
            **those("cut", table.cut, table, w=w),
            **{name: table.stands_for.quantile(q) for name, q in TOLD.items()},
        )
    )
    return found.assign(wave=found["at"].map(dict(enumerate(waves))))


@lru_cache(maxsize=4)
def _read_off(source: Source, view: View, waves: tuple[int, ...], scores: tuple[str, ...]) -> pd.DataFrame:
    """What each person's 1 / chance is read off with: one row per score, cohort and values of `FACTORS`.

    At each place of a wave after the first, such as 1: `rate1` is the share of all who were found; 1 / chance is 1 +
    exp(−(`given1` + `latest1`·latest + `squared1`·latest² + `first1`·first)), scores being 0…1.
    """
    of = ["score", "cohort", *FACTORS]
    kinds = _kinds(_people(source, view, waves, scores, None), max(2, len(waves)))
    read = kinds[of].drop_duplicates().reset_index(drop=True)
    for at, found in kinds.groupby("at"):
        rate = found["score"].map(found.groupby("score")["found"].sum() / found.groupby("score")["n"].sum())
        parts = [rows[of].join(fit(rows)) for _, rows in found.groupby(["score", "cohort"])]
        known = pd.concat(parts).join(rate.rename("rate")).drop_duplicates(of).set_index(of)
        read = read.join(known.add_suffix(str(at)), on=of)
    numbers = {f"{name}{at}": "float64" for at in range(1, len(waves)) for name in _READ}
    return read.reindex(columns=[*of, *numbers]).astype({**dict.fromkeys(of, "str"), **numbers})


def _kinds(people: ir.Table, waves: int) -> pd.DataFrame:
    """People counted by kind at each place `at` of a wave after the first: `n`, and how many of them were `found`.

    A kind has one `score`, `cohort`, value of each of `FACTORS`, `latest` score and, from the third wave on, `first`.
    """
    steps = people.mutate(
        at=ibis.literal([*range(1, waves)], type="array<int8>").unnest(),
        latest=ibis.array([(people[f"x{at}"] / STEP).round() for at in range(waves - 1)]).unnest(),
    )
    steps = steps.filter(steps.reached >= steps["at"])
    first = ibis.ifelse(steps["at"] == 1, 0.0, (steps.x0 / FIRST_STEP).round())
    kinds = run(
        steps.group_by("score", "at", "cohort", *FACTORS, "latest", first=first).aggregate(
            n=steps.count(), found=(steps.reached > steps["at"]).sum()
        )
    )
    return kinds.assign(latest=kinds["latest"] * STEP, first=kinds["first"] * FIRST_STEP)


def _people(source: Source, view: View, waves: Sequence[int], scores: Sequence[str], by: str | None) -> ir.Table:
    """One row per person and score that the person has at the first of `waves`.

    `x0`, `x1` … and `months0`, `months1` … are the score and the months since return at each of `waves`; `reached` is
    the number of waves, from the first on, with the score at each. The rest is of the first wave: `weight`, `cohort`,
    `FACTORS` and `by`.
    """
    everyone, places = select(source.scored, View()), range(len(waves))
    told = one_a_wave(source, everyone.filter(everyone.wave.isin([*waves])))
    at = {
        f"{name}{place}": told[name].max(where=told.wave == wave)
        for place, wave in enumerate(waves)
        for name in ("months", "interview_key", *scores)
    }
    first = select(told.filter(told.wave == waves[0]), view)
    known = {name: first[name].fill_null(NOT_KNOWN) for name in FACTORS}
    kept = dict.fromkeys(["weight", "person_key", "cohort", *([by] if by and by not in FACTORS else [])])
    people = told.group_by("person").aggregate(**at).inner_join(first.select("person", *kept, **known), "person")
    rows = people.select(
        *kept,
        *FACTORS,
        *(f"{name}{place}" for name in ("months", "interview_key") for place in places),
        score=ibis.literal([*scores], type="array<string>").unnest(),
        **{f"x{place}": ibis.array([people[f"{score}{place}"] for score in scores]).unnest() for place in places},
    )
    there = [rows[f"x{place}"].notnull() for place in places]
    # The first wave without the score ends the count.
    reached = ibis.cases(*((~known, place) for place, known in enumerate(there)), else_=len(there))
    return rows.filter(there[0]).mutate(reached=reached)


def _weighed(people: ir.Table, read: pd.DataFrame, waves: int) -> ir.Table:
    """One row per person, score and place `at` of a wave at which the person counts: `value`, `months`, and more.

    That is what the person `stands_for`, the trimmed weight, and whether it was `cut`.
    """
    rows = people.inner_join(ibis.memtable(read), ["score", "cohort", *FACTORS])
    weights = [ibis.literal(1.0)]
    for at in range(1, waves):
        latest = rows[f"x{at - 1}"]
        odds = rows[f"given{at}"] + latest * (rows[f"latest{at}"] + latest * rows[f"squared{at}"])
        odds += rows.x0 * rows[f"first{at}"]
        weights.append(weights[-1] * rows[f"rate{at}"] * (1 + (-odds).exp()))
    rows = rows.mutate(
        at=ibis.literal([*range(waves)], type="array<int8>").unnest(),
        value=ibis.array([rows[f"x{at}"] for at in range(waves)]).unnest(),
        months=ibis.array([rows[f"months{at}"] for at in range(waves)]).unnest(),
        interview_key=ibis.array([rows[f"interview_key{at}"] for at in range(waves)]).unnest(),
        full=ibis.array(weights).unnest(),
    )
    rows = rows.filter(rows.reached > rows["at"])
    most = rows.full.quantile(TRIM_AT).over(group_by=["score", "at"])
    return rows.mutate(stands_for=ibis.least(rows.full, most), cut=rows.full > most)
