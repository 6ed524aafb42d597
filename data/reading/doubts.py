"""What a reader must know of a cohort that loads: counts of rows, and never a person's value."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from data.notes import Doubt, Note
from data.reading.columns import FALLBACKS, normalised
from data.scoring import all_zero
from data.spectrum import UNPLACED, classify
from data.vocabulary import COMMUNITY, UNKNOWN_COUNTRY, ReturnBand

FAR: Final = 20
"""How many times the median weight, or which part of it, a weight may be: one beyond may outweigh a whole group."""


def gaps(parsed: pd.DataFrame, columns: Mapping[str, pd.Series]) -> tuple[Note, ...]:
    """Return what was filled in for missing cells, and what was read in one of two possible ways.

    `parsed` are the parsed columns before anything is filled, `columns` the same as text, named by their headings.
    """
    told = []
    for field in ("host", "country_of_return"):
        if unknown := int((parsed[field].isna() | (parsed[field] == UNKNOWN_COUNTRY)).sum()):
            told.append(Note(Doubt.COUNTRY_UNKNOWN, field=field, rows=unknown))
        if namibia := int((columns[field].str.strip() == "NA").sum()):
            told.append(Note(Doubt.NAMIBIA, columns=(str(columns[field].name),), rows=namibia))
    if "weight" in parsed and (bare := int(parsed["weight"].isna().sum())):
        told.append(Note(Doubt.WEIGHT_BLANK, rows=bare))
    person = str(columns["person"].name)
    if normalised(person) in FALLBACKS["person"]:
        told.append(Note(Doubt.TAKEN_FOR_PERSON, columns=(person,)))
    return tuple(told)


def bands(parsed: pd.DataFrame, frame: pd.DataFrame) -> tuple[Note, ...]:
    """Return which bands of returnees are not known, and which contradict the facts that the file brings.

    `parsed` are the parsed columns before anything is filled, `frame` has the columns of a cohort.
    """
    blank = parsed.reindex(columns=["band"])["band"].isna()
    by_facts = classify(parsed)["band"]
    unplaced = blank & (frame["band_rule"] == UNPLACED) & (frame["respondent"] != COMMUNITY)
    unknown = str(ReturnBand.UNCLASSIFIED)
    against = ~blank & (frame["band"] != by_facts) & (frame["band"] != unknown) & (by_facts != unknown)
    return _counted({Doubt.BAND_BLANK: int(unplaced.sum()), Doubt.BAND_AGAINST_FACTS: int(against.sum())})


def doubts(frame: pd.DataFrame) -> tuple[Note, ...]:
    """Return what is doubtful about the completed and scored `frame` (the columns of a cohort)."""
    interviewed, returned = (frame[name].astype("datetime64[s]") for name in ("interview_date", "return_date"))
    weight = frame["weight"].astype("float64").fillna(1.0)  # as a blank one is taken
    times = weight / weight.median()
    twice = frame.duplicated(["person", "wave"]) & frame["wave"].notna()
    found = {
        Doubt.WEIGHT_FAR: int((~times.between(1 / FAR, FAR)).sum()),
        Doubt.BEFORE_RETURN: int((interviewed < returned).sum()),
        Doubt.ALL_ZERO: all_zero(frame),
        Doubt.TWICE_IN_WAVE: int(twice.sum()),
        Doubt.UNDER_18: int(frame["child"].fillna(False).sum()),
    }
    return (*_counted(found), *[Note(Doubt.NO_WAVES)] * bool(frame["wave"].isna().all()))


def _counted(found: Mapping[Doubt, int]) -> tuple[Note, ...]:
    """A note of each code whose count of rows is not 0."""
    return tuple(Note(code, rows=rows) for code, rows in found.items() if rows)
