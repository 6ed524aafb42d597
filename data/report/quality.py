"""What is odd in a file: duplicates, gaps, dates and ages that cannot be, answers that repeat."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from data.cohort import TYPES, Cohort
from data.disclosure import Flag
from data.instrument import elements
from data.notes import Note, Reported, Vague
from data.reading.interviews import DAYS_PER_MONTH, LONGEST
from data.report.counts import Counts, Flags, hashed, said
from data.report.model import Cell, Named, Section
from data.vocabulary import POINTS, SCORES

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
        Reported.DUPLICATES,
        (
            Note(Reported.AGAIN_IN_WAVE, interviews=counts.told(again)),
            Note(Reported.SAME_ROW, people=said(counts.behind(alike))),
        ),
    )


def missing(cohort: Cohort, counts: Counts) -> tuple[Section, Section]:
    """Which share of interviews lacks each element, and who has each score."""
    frame = cohort.frame
    asked = [name for name in POINTS if frame[name].notna().any()]
    if not asked:
        return Section(Reported.MISSING, (Note(Reported.NO_ELEMENTS),)), _scores(cohort, counts)
    rows = tuple(
        (
            str(element.number),
            Named("element", element.column),
            counts.share(frame[element.column].isna().to_numpy())
            if element.column in asked
            else Note(Reported.NOT_ASKED),
        )
        for element in elements()
    )
    headings = (Reported.NUMBER_COLUMN, Reported.ELEMENT_COLUMN, Reported.MISSING_COLUMN)
    told = Note(Reported.ELEMENTS_ASKED, count=len(asked))
    return Section(Reported.MISSING, (told,), headings, rows), _scores(cohort, counts)


def _scores(cohort: Cohort, counts: Counts) -> Section:
    frame, profile = cohort.frame, cohort.scored_by
    weighed = profile.weights() > 0 if profile.composite_weights else None
    rows: list[tuple[Cell, ...]] = []
    for place, score in enumerate(SCORES):
        has = frame[score].notna().to_numpy()
        lost: Cell = Flag.NOT_APPLICABLE
        if weighed is not None:
            part = [name for name, used in zip(POINTS, weighed[:, place], strict=True) if used]
            lost = said(counts.behind(_any_filled(frame, part) & ~has))
        rows.append((Named("score", score), counts.told_people(has), lost))
    made = Note(Reported.MINIMUM, share=profile.minimum_answered)
    return Section(
        Reported.SCORES,
        (Note(Reported.PROFILE, label=profile.label), Note(Reported.SUPPLIED) if weighed is None else made),
        (Reported.SCORE_COLUMN, Reported.WITH_COLUMN, Reported.WITHOUT_COLUMN),
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
    checks: Mapping[Note, tuple[pd.Series, pd.Series]] = {
        Note(Reported.BEFORE_RETURN): (interview < returned, between.notna()),
        Note(Reported.AFTER_LAST): (
            (returned > last) | (year > last.year),
            (returned.notna() | year.notna()) & pd.notna(last),
        ),
        Note(Reported.MONTHS_DIFFER, months=MOST_MONTHS_APART): (
            apart > MOST_MONTHS_APART,
            apart.notna(),
        ),
        Note(Reported.UNDER_18): (child == 1, child.notna()),
        Note(Reported.UNDER_18_DIFFERS): (both & ((child == 1) != young), both),
        Note(Reported.ALL_ZERO): (
            (frame[list(SCORES)] == 0).all(axis=1),
            frame[list(SCORES)].notna().all(axis=1),
        ),
    }
    return Section(
        Reported.DATES,
        (Note(Reported.RANGES, months=LONGEST), Note(Reported.AGES)),
        (Reported.CHECK_COLUMN, Reported.INTERVIEWS_COLUMN),
        tuple(
            (check, counts.told(odd.to_numpy(bool)) if possible.any() else Vague.UNTESTED)
            for check, (odd, possible) in checks.items()
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
        return Section(Reported.PATTERNS, (Note(Reported.TOO_FEW_ANSWERS, least=LEAST_ANSWERED),))
    straight = enough & (low == high)
    told = [Note(Reported.STRAIGHT, interviews=counts.told(straight), share=counts.share(straight))]
    dated = enough & frame["interview_date"].notna().to_numpy()
    if dated.any():
        keys = hashed([frame["interview_date"], frame["area"], *(frame[name] for name in POINTS)])
        alike = _alike(keys, dated, counts, LEAST_ALIKE)
        groups, people = said(len(np.unique(keys[alike]))), said(counts.behind(alike))
        told.append(Note(Reported.SAME_DAY, least=LEAST_ALIKE, groups=groups, people=people))
    else:
        told.append(Note(Reported.NO_DATES))
    return Section(Reported.PATTERNS, tuple(told))


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
