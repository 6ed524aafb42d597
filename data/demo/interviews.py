"""The interviews of a synthetic cohort: who is found at which wave, and what each person answers."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.demo import plan as made
from data.demo.people import Floats, People, Truths, Whole, pick
from data.demo.plan import Plan
from data.instrument import elements
from data.vocabulary import DIMENSIONS, POINTS, RETURNEE

DAYS_A_MONTH: Final = 30.4375
STEPS: Final = np.array([len(element.answers) - 1 for element in elements()])
OF_DIMENSION: Final = np.array([DIMENSIONS.index(element.dimension) for element in elements()])


def interviews(plan: Plan, people: People, rng: np.random.Generator) -> pd.DataFrame:
    """Interview the people of `plan` at its waves: the cohort's columns except the scores, by person and wave.

    Community members are interviewed once. Returnees whose standing is weaker are lost more often.
    """
    returnee = (people.facts["respondent"] == RETURNEE).to_numpy()
    standing = _course(plan, people, returnee, rng)
    left, by_necessity = _departures(standing.mean(axis=2), rng)
    person, wave = np.nonzero(_found(standing.mean(axis=2), left, returnee, rng))
    likely = _likely(people, standing[person, wave], person)
    leaver = left.any(axis=1)
    wish = np.where(leaver, np.where(by_necessity, -0.40, 0.15), 0.0)
    likely[:, POINTS.index("p30")] += wish[person]
    frame = people.facts.iloc[person].reset_index(drop=True)
    days = np.round((np.array(plan.waves)[wave] + rng.uniform(-0.8, 0.8, len(wave))) * DAYS_A_MONTH)
    reason = np.where(by_necessity[person], "necessity", "choice")
    followed = returnee[person]
    interviewed = _start(people, rng)[person] + days.astype("timedelta64[D]")
    last = np.append(person[1:] != person[:-1], True)
    lost = last & followed & (wave < len(plan.waves) - 1)
    return frame.assign(
        wave=wave + 1,
        months=np.where(followed, np.round(days / DAYS_A_MONTH, 2), np.nan),
        interview_date=interviewed.astype("datetime64[s]"),
        return_year=frame["return_date"].dt.year,
        remigration=pd.Series(np.where(left[person, wave], reason, "no"), dtype="str").where(followed),
        **dict(zip(POINTS, _answers(likely, rng).T, strict=True)),
        loss_reason=_loss_reasons(left[person, np.minimum(wave + 1, len(plan.waves) - 1)], rng).where(lost),
    )


def _course(plan: Plan, people: People, returnee: Truths, rng: np.random.Generator) -> Floats:
    """Return the latent standing (n, waves, 3): each person follows the mean course more or less strongly."""
    n, waves = len(returnee), len(plan.waves)
    swing = np.where(returnee, rng.uniform(0.5, 1.5, n), 0.0)[:, None, None]
    design = np.array([plan.economic_start, 0.0, 0.0]) * returnee[:, None]
    noise = 0.04 * rng.standard_normal((n, waves, 3))
    course: Floats = (people.standing + design)[:, None, :] + swing * np.array(plan.paths).T + noise
    return course


def _departures(standing: Floats, rng: np.random.Generator) -> tuple[Truths, Truths]:
    """Return who has left again by which wave (n, waves), and whose leaving is by necessity (n); weak standing adds."""
    weak = np.round(0.55 - standing, 6)
    leaves = rng.random(standing.shape) < np.clip(0.04 + 0.12 * weak, 0.01, 0.2)
    leaves[:, 0] = False
    by_necessity = rng.random(len(standing)) < np.clip(0.5 + 1.5 * weak[:, 0], 0.1, 0.9)
    return np.logical_or.accumulate(leaves, axis=1), by_necessity


def _found(standing: Floats, left: Truths, returnee: Truths, rng: np.random.Generator) -> Truths:
    """Return who is interviewed at which wave (n, waves): whoever is lost once stays lost."""
    before = np.round(standing[:, :-1], 6)
    stays = rng.random(before.shape) < np.clip(0.88 + 0.7 * (before - 0.55), 0.35, 0.98)
    traced = ~left[:, 1:] | (rng.random((len(left), 1)) < 0.6)
    found = np.column_stack([np.ones(len(left), dtype=bool), stays & traced & returnee[:, None]])
    return np.logical_and.accumulate(found, axis=1)


def _loss_reasons(gone: Truths, rng: np.random.Generator) -> pd.Series:
    """Draw why a person is not interviewed again, as far as the programme knows it; most of who has left is unknown."""
    reasons = np.array([*made.LOSS_SHARES], dtype=object)[
        pick(rng, np.tile([*made.LOSS_SHARES.values()], (len(gone), 1)))
    ]
    told = np.where(gone, "remigrated", reasons)
    return pd.Series(told, dtype="str").where(rng.random(len(gone)) < np.where(gone, 0.4, 0.7))


def _likely(people: People, standing: Floats, person: Whole) -> Floats:
    """Return the mean points to expect, interviews by 30 elements."""
    likely = standing[:, OF_DIMENSION]
    likely += [made.HARDER.get(name, 0.0) for name in POINTS]
    likely += np.outer(people.woman[person], np.isin(POINTS, made.WOMEN_LACK) * made.WOMEN)
    likely += np.outer(people.in_debt[person], np.isin(POINTS, made.DEBT_ELEMENTS) * made.IN_DEBT)
    return likely


def _answers(likely: Floats, rng: np.random.Generator) -> Floats:
    """Draw points on each element's own steps around the mean to expect, some of them missing."""
    chance = np.round(np.clip(likely, 0.05, 0.93), 6)  # the last digits may differ between machines
    reached = rng.random((*likely.shape, int(STEPS.max()))) < chance[:, :, None]
    points = (reached & (np.arange(STEPS.max()) < STEPS[:, None])).sum(axis=2) / STEPS
    skipped = rng.random(likely.shape) < [made.MISSING.get(name, made.MISSING_ELSEWHERE) for name in POINTS]
    ends = np.where(rng.random(len(likely)) < made.BROKEN_OFF, rng.integers(4, 26, len(likely)), len(POINTS))
    return np.where(skipped | (np.arange(len(POINTS)) >= ends[:, None]), np.nan, points)


def _start(people: People, rng: np.random.Generator) -> npt.NDArray[np.datetime64]:
    """Return the day from which a person's months count; community members get that of a returnee drawn at random."""
    dates = people.facts["return_date"]
    drawn = rng.choice(dates.dropna().to_numpy(), len(dates))
    return np.asarray(dates.fillna(pd.Series(drawn)).to_numpy(), dtype="datetime64[s]")
