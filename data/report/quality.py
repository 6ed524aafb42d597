"""What is odd in a file: duplicates, gaps, dates and ages that cannot be, answers that repeat."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from data.cohort import TYPES, Cohort
from data.instrument import elements
from data.reading.interviews import DAYS_PER_MONTH, LONGEST
from data.report.counts import UNTESTED, Counts, Flags, hashed, said
from data.report.model import Section
from data.vocabulary import POINTS, SCORE_LABELS, SCORES

LEAST_ANSWERED: Final = 10
"""Answers that repeat are looked for in interviews with so many answered elements: fewer repeat by chance."""

LEAST_ALIKE: Final = 5
"""So many people with the same answers on one day in one place are a pattern."""

MOST_MONTHS_APART: Final = 2


def duplicates(frame: pd.DataFrame, counts: Counts) -> Section:
    """People interviewed again in a wave, and different people with one and the same row."""
    waves = pd.DataFrame({"person": counts.person, "wave": frame["wave"]})
    again = (waves.duplicated() & frame["wave"].notna()).to_numpy()
    rest = [name for name in TYPES if name not in ("interview", "person") and frame[name].notna().any()]
    answered = _any_filled(frame, [*POINTS, *SCORES])
    alike = _alike(hashed([frame[name] for name in rest]), answered, counts, least=2)
    return Section(
        "Duplicates",
        (
            f"Interviews in which a person is interviewed again in the same wave: {counts.told(again)}. Where numbers "
            "are shown by wave, the later interview counts.",
            f"People whose interview is the same as another person’s in everything but the person’s code: "
            f"{said(counts.behind(alike))}. They may be one person under two codes; the fewer columns a file has, the "
            "more often it is chance.",
        ),
    )


def missing(cohort: Cohort, counts: Counts) -> tuple[Section, Section]:
    """Which share of interviews lacks each element, and who has each score."""
    frame = cohort.frame
    asked = [name for name in POINTS if frame[name].notna().any()]
    rows = [
        (
            str(element.number),
            element.name,
            counts.share(frame[element.column].isna().to_numpy()) if element.column in asked else "not asked",
        )
        for element in elements()
    ]
    told = (
        f"{len(asked)} of the 30 elements have answers; an element without any is one that the survey did not ask."
        if asked
        else "The file brings no answers to the 30 elements, only scores."
    )
    gaps = Section(
        "Missing answers, by element", (told,), ("No.", "Element", "Missing, share of interviews"), tuple(rows)
    )
    return gaps if asked else Section(gaps.title, gaps.sentences), _scores(cohort, counts)


def _scores(cohort: Cohort, counts: Counts) -> Section:
    frame, profile = cohort.frame, cohort.scored_by
    weighed = profile.weights() > 0 if profile.composite_weights else None
    rows = []
    for place, score in enumerate(SCORES):
        has = frame[score].notna().to_numpy()
        lost = "[z]"
        if weighed is not None:
            part = [name for name, used in zip(POINTS, weighed[:, place], strict=True) if used]
            lost = said(counts.behind(_any_filled(frame, part) & ~has))
        rows.append((SCORE_LABELS[score], counts.told_people(has), lost))
    rule = (
        f"A score is made only where at least {profile.minimum_answered:.0%} of its weight is answered; nobody’s "
        "missing answers are filled in."
        if weighed is not None
        else "The scores came with the file, so how many answers each rests on is not known ([z])."
    )
    return Section(
        "Scores",
        (f"Profile: {profile.label}.", rule),
        ("Score", "People with it", "People who lose it in an interview because too few answers are there"),
        tuple(rows),
    )


def dates(frame: pd.DataFrame, counts: Counts) -> Section:
    """Dates, ages and scores that are odd or contradict each other; ranges are checked when a file is read."""
    interview, returned, year = frame["interview_date"], frame["return_date"], frame["return_year"].astype("float64")
    between = (interview - returned).dt.days / DAYS_PER_MONTH
    apart = (frame["months"] - between).abs()
    last = interview.max()
    child, young = frame["child"].astype("float64"), frame["age_group"] == "0-17"
    both = child.notna() & frame["age_group"].notna()
    checks: Mapping[str, tuple[pd.Series, pd.Series]] = {
        "Interview before the return": (interview < returned, between.notna()),
        "Return later than the last interview of the file": (
            (returned > last) | (year > last.year),
            (returned.notna() | year.notna()) & pd.notna(last),
        ),
        f"Months since return differ from the dates by more than {MOST_MONTHS_APART}": (
            apart > MOST_MONTHS_APART,
            apart.notna(),
        ),
        "Under 18 (the survey is made for adults)": (child == 1, child.notna()),
        "Under 18 in one column and not in the other": (both & ((child == 1) != young), both),
        "All four scores exactly 0": (
            (frame[list(SCORES)] == 0).all(axis=1),
            frame[list(SCORES)].notna().all(axis=1),
        ),
    }
    return Section(
        "Dates, ages and ranges",
        (
            f"Points and scores outside 0 to 1, ages outside 0 to 120 and months outside 0 to {LONGEST:,} are refused "
            "when a file is read, so there are none here.",
            "Ages in years are not kept, only age groups: whether anyone under 5 or over 100 answered cannot be "
            "checked here, and is to be looked up in the file itself.",
        ),
        ("What was checked", "Interviews"),
        tuple(
            (words, counts.told(odd.to_numpy(bool)) if possible.any() else UNTESTED)
            for words, (odd, possible) in checks.items()
        ),
    )


def patterns(frame: pd.DataFrame, counts: Counts) -> Section:
    """Interviews whose answers are all alike, and groups of interviews with the same answers on one day."""
    low = np.full(len(frame), np.nan)
    high, answered = low, np.zeros(len(frame), "int64")
    for name in POINTS:
        points = frame[name].to_numpy()
        low, high, answered = np.fmin(low, points), np.fmax(high, points), answered + ~np.isnan(points)
    enough = answered >= LEAST_ANSWERED
    if not enough.any():
        return Section("Answers that repeat", (f"No interview answers {LEAST_ANSWERED} elements, so this {UNTESTED}.",))
    straight = enough & (low == high)
    told = [
        f"Interviews in which all answers earn the same points: {counts.told(straight)}; as a share: "
        f"{counts.share(straight)}. That can be true; where it is frequent, a form may have been filled in without "
        "asking."
    ]
    dated = enough & frame["interview_date"].notna().to_numpy()
    if dated.any():
        keys = hashed([frame["interview_date"], frame["area"], *(frame[name] for name in POINTS)])
        alike = _alike(keys, dated, counts, LEAST_ALIKE)
        told.append(
            f"Groups of {LEAST_ALIKE} or more people with the same answers to every element on one day in one area: "
            f"{said(len(np.unique(keys[alike])))}; people in them: {said(counts.behind(alike))}. Such groups can come "
            "from how one interviewer fills in the form: ask the team of that day."
        )
    else:
        told.append(f"Whether people of one day and place have the same answers {UNTESTED}: there are no dates.")
    return Section("Answers that repeat", tuple(told))


def _any_filled(frame: pd.DataFrame, names: Sequence[str]) -> Flags:
    """Which rows have something in one of the columns; column by column, so that a long file is not copied."""
    found = np.zeros(len(frame), bool)
    for name in names:
        found |= frame[name].notna().to_numpy()
    return found


def _alike(keys: np.ndarray, which: Flags, counts: Counts, least: int) -> Flags:
    """Which of the interviews `which` have the key of those of at least `least` people."""
    pairs = pd.DataFrame({"key": keys[which], "person": counts.person[which]})
    pairs = pairs[pairs.duplicated("key", keep=False)].drop_duplicates()
    sizes = pairs["key"].value_counts(sort=False)
    return which & np.isin(keys, sizes.index[sizes >= least].to_numpy("uint64"))
