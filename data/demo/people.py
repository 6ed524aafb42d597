"""The people of a synthetic cohort: who they are, how they returned, what assistance they had, how they stand."""

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.demo import plan as made
from data.demo.plan import Plan
from data.vocabulary import CATEGORIES, COMMUNITY, RETURNEE, ReturnBand

Floats: TypeAlias = npt.NDArray[np.float64]
Whole: TypeAlias = npt.NDArray[np.int64]
Truths: TypeAlias = npt.NDArray[np.bool_]

BAND_CODES: Final = tuple(ReturnBand)
UNCLASSIFIED: Final = BAND_CODES.index(ReturnBand.UNCLASSIFIED)
BAND_RULES: Final = (
    "invited",
    "own_decision",
    "against_preference",
    "pushed",
    "ordered_to_leave",
    "removed_by_force",
    "facts_missing",
)
"""The rule that places a return in each band, in the order of `BAND_CODES`."""

SEX_SHARES: Final = (0.36, 0.63, 0.01)
AGE_SHARES: Final = (0.05, 0.24, 0.36, 0.26, 0.09)
LEVELS: Final = ("none", *CATEGORIES["assistance_level"])


@dataclass(frozen=True)
class People:
    """One row per person: `facts` as columns of the cohort; latent `standing` (n, 3), about 0…1; `in_debt`, `woman`."""

    facts: pd.DataFrame
    standing: Floats
    in_debt: Truths
    woman: Truths


def people(plan: Plan, rng: np.random.Generator) -> People:
    """Draw the people of `plan`, corridor by corridor, returnees before community members."""
    groups = [
        *((corridor, RETURNEE, corridor.people) for corridor in plan.corridors),
        *((corridor, COMMUNITY, corridor.community) for corridor in plan.corridors),
    ]
    sizes = [size for _, _, size in groups]
    country = np.repeat([corridor.country_of_return for corridor, _, _ in groups], sizes)
    returnee = np.repeat([respondent == RETURNEE for _, respondent, _ in groups], sizes)
    n = len(country)
    band = pick(rng, np.repeat([corridor.bands for corridor, _, _ in groups], sizes, axis=0))
    band[~returnee] = UNCLASSIFIED
    sex, age = pick(rng, np.tile(SEX_SHARES, (n, 1))), pick(rng, np.tile(AGE_SHARES, (n, 1)))
    age[~returnee & (age == 0)] = 2  # community members are adults
    woman, child = sex == 0, age == 0
    vulnerable = rng.random(n) < 0.12 + 0.10 * woman + 0.30 * child
    in_debt = returnee & (rng.random(n) < 0.35 + 0.15 * (band == BAND_CODES.index(ReturnBand.FORCED)))
    support, effect = _assistance(plan, rng, band)
    facts = pd.DataFrame(
        {
            "person": [f"{plan.prefix}{number:05d}" for number in range(1, n + 1)],
            "return_date": _return_dates(plan, rng, n),
            "host": np.repeat([corridor.host for corridor, _, _ in groups], sizes),
            "country_of_return": country,
            "area": _areas(rng, country),
            "label": _labels(rng, band),
            "band": _words(BAND_CODES, band),
            "band_rule": _words(BAND_RULES, band),
            "perceived_choice": _words(
                tuple(CATEGORIES["perceived_choice"]), pick(rng, np.array(made.CHOICE_SHARES)[band])
            ),
            "sex": _words(tuple(CATEGORIES["sex"]), sex),
            "age_group": _words(tuple(CATEGORIES["age_group"]), age),
            "child": child,
            "vulnerable": vulnerable,
            "respondent": np.where(returnee, RETURNEE, COMMUNITY),
            "weight": np.round(0.7 + 0.6 * rng.random(n), 2),
            **support,
        }
    )
    only_returnees = ["return_date", "label", "band_rule", "perceived_choice", *support]
    facts.loc[~returnee, only_returnees] = None
    standing = (
        np.array(made.BASE)
        + np.array([made.COUNTRY[code] for code in country])
        + np.where(returnee[:, None], np.array(made.BAND)[band] + effect, made.COMMUNITY)
        + np.outer(in_debt, made.DEBT)
        - 0.03 * vulnerable[:, None]
        + 0.08 * rng.standard_normal((n, 1))
        + 0.06 * rng.standard_normal((n, 3))
    )
    return People(facts, standing, in_debt, woman)


def pick(rng: np.random.Generator, shares: Floats) -> Whole:
    """Draw one position per row of `shares` (n, k), each row being shares that need not add up to 1."""
    edges = np.cumsum(shares, axis=1)
    drawn = rng.random((len(edges), 1)) * edges[:, -1:]
    return np.asarray((drawn >= edges[:, :-1]).sum(axis=1), dtype=np.int64)


def _assistance(plan: Plan, rng: np.random.Generator, band: Whole) -> tuple[dict[str, Floats | pd.Series], Floats]:
    """Return the columns of assistance and what it adds to standing (n, 3)."""
    n = len(band)
    assisted = rng.random(n) < np.minimum((1 - plan.levels[0]) * np.array(made.REACH)[band], 0.95)
    kind = assisted * (1 + pick(rng, np.tile(made.KIND_SHARES, (n, 1))))
    level = assisted * (1 + pick(rng, np.tile(plan.levels[1:], (n, 1))))
    referral = assisted & (rng.random(n) < 0.3)
    provider = pick(rng, np.tile(made.PROVIDER_SHARES, (n, 1)))
    value = np.round(np.array(made.KIND_VALUES)[kind] * (0.6 + 0.8 * rng.random(n)), -1)
    months = 1 + np.floor(12 * rng.random(n))
    known = assisted & (rng.random(n) < 0.9)  # programmes often do not record the value
    columns: dict[str, Floats | pd.Series] = {
        "assistance": _words(tuple(made.SUPPORT), kind),
        "assistance_level": _words(LEVELS, level).where(assisted),
        "assistance_route": _words(("direct", "referral"), referral.astype(np.int64)).where(assisted),
        "assistance_provider": _words(made.PROVIDERS, provider).where(assisted),
        "assistance_value": np.where(known, value, np.nan),
        "assistance_months": np.where(assisted, months, np.nan),
    }
    effect = np.array(tuple(made.SUPPORT.values()))[kind] + np.array(made.LEVEL)[level]
    return columns, effect + np.outer(referral, made.REFERRAL)


def _return_dates(plan: Plan, rng: np.random.Generator, n: int) -> npt.NDArray[np.datetime64]:
    """Draw days from the first year to mid-November of the last, so that 25 months fit before 2026."""
    first, last = np.datetime64(f"{plan.years[0]}-01-01"), np.datetime64(f"{plan.years[1]}-11-15")
    days = np.floor((last - first).astype(np.int64) * rng.random(n)).astype("timedelta64[D]")
    return np.asarray(first + days, dtype="datetime64[s]")


def _areas(rng: np.random.Generator, country: npt.NDArray[np.str_]) -> list[str | None]:
    """Draw an area in each person's country of return, the first areas more often; one in thirty is not known."""
    place, known = rng.random(len(country)) ** 2, rng.random(len(country)) < 29 / 30
    return [
        made.AREAS[code][int(where * len(made.AREAS[code]))] if told else None
        for code, where, told in zip(country, place, known, strict=True)
    ]


def _labels(rng: np.random.Generator, band: Whole) -> pd.Series:
    return _words(made.LABELS, pick(rng, np.array(made.LABEL_SHARES)[band])).where(rng.random(len(band)) < 0.98)


def _words(words: tuple[str, ...], positions: Whole) -> pd.Series:
    return pd.Series(np.array(words, dtype=object)[positions], dtype="str")
