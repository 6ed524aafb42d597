"""A table of interviews → the frame of a cohort: every field parsed, and made from others where it is missing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from data.cohort import TYPES, conform
from data.notes import Doubt, Note
from data.reading import doubts, values
from data.reading.columns import AGE, left_out, recognise
from data.reading.problems import ReadingError, rows
from data.reading.tables import Table
from data.scoring import PROFILES, SUPPLIED, Profile, score
from data.spectrum import FACTS, GIVEN, classify
from data.vocabulary import CATEGORIES, COMMUNITY, POINTS, SCORES, UNKNOWN_COUNTRY, ReturnBand

COUNTRIES: Final = ("host", "country_of_return")
MOST_WAVES: Final = 12
"""Up to so many distinct months since return are taken for waves of interviews."""

DAYS_PER_MONTH: Final = 365.25 / 12
LONGEST: Final = 1200
"""Months since return lie between 0 and this."""

AGE_ENDS: Final = (0, 18, 25, 35, 50, np.inf)
"""Where the age groups begin, in years, and the last one ends."""

PARSERS: Final[dict[str, values.Parser]] = {
    **dict.fromkeys(TYPES, values.text),
    "wave": values.waves,
    "months": values.numbers_within(0, LONGEST),
    "interview_date": values.dates,
    "return_date": values.dates,
    "return_year": values.numbers_within(1900, 2100, whole=True),
    **dict.fromkeys(COUNTRIES, values.countries),
    AGE: values.numbers_within(0, 120),
    **dict.fromkeys(("child", "vulnerable", *FACTS), values.booleans),
    **dict.fromkeys(("assistance_value", "assistance_months"), values.numbers_within(0, np.inf)),
    "weight": values.weights,
    **{field: values.categories(field) for field in CATEGORIES},
    **dict.fromkeys((*POINTS, *SCORES), values.unit),
}


def read_interviews(
    table: Table, profile: Profile, progress: Callable[[float, str], None]
) -> tuple[pd.DataFrame, tuple[Note, ...], Profile]:
    """Return the conformed frame of the cohort in `table`, the doubts about it, and the profile it was scored with.

    Scores that the file brings are used as they are; else they are computed from its points with `profile`.
    Raises `ReadingError` with every problem found; nothing is half-loaded.
    """
    columns, notes = _columns(table)
    parsed = _parsed(columns, progress)
    progress(0.7, "Completing and scoring")
    completed = _completed(_placed(parsed))
    used = SUPPLIED if completed[list(SCORES)].notna().any(axis=None) else profile
    frame = _scored(completed, used)
    told = (*table.notes, *notes, *doubts.gaps(parsed, columns), *doubts.bands(parsed, frame), *doubts.doubts(frame))
    progress(0.8, "Checking")
    unknown = dict.fromkeys(COUNTRIES, UNKNOWN_COUNTRY) | {"band": ReturnBand.UNCLASSIFIED}
    return conform(frame.fillna(unknown)), told, used


class _Columns(Mapping[str, pd.Series]):
    """The recognised columns by field, each read when it is asked for and named by its heading."""

    def __init__(self, table: Table, places: Mapping[str, int], names: Sequence[str], skipped: int) -> None:
        self._table, self._places, self._names, self._skipped = table, places, names, skipped

    def __getitem__(self, field: str) -> pd.Series:
        place = self._places[field]
        cells = self._table.column(place)
        return cells.iloc[self._skipped :].reset_index(drop=True).rename(self._names[place])

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _columns(table: Table) -> tuple[_Columns, tuple[Note, ...]]:
    """The recognised columns by field, and notes. Blank columns are not there."""
    headings = [" ".join(heading.split()) for heading in table.headings]
    tags = table.head.iloc[1]
    tagged = bool(tags[tags != ""].str.match("#[A-Za-z]").all())
    notes = (Note(Doubt.HXL_ROW),) if tagged else ()
    filled = [place for place, count in enumerate(table.filled) if count > (tagged and tags[place] != "")]
    names = [headings[place] for place in filled]
    found = recognise(names)
    places = {field: filled[place] for field, place in found.items()}
    return _Columns(table, places, headings, int(tagged)), (*notes, *left_out(names, found.values()))


def _parsed(columns: Mapping[str, pd.Series], progress: Callable[[float, str], None]) -> pd.DataFrame:
    parsed: dict[str, pd.Series] = {}
    problems: list[str] = []
    for number, (field, column) in enumerate(columns.items()):
        progress(0.3 + 0.4 * number / len(columns), f"Reading {field}")
        try:
            parsed[field] = PARSERS[field](values.cells(column, country=field in COUNTRIES))
        except ReadingError as error:
            problems.extend(error.problems)
    if "person" in parsed and (nobody := int(parsed["person"].isna().sum())):
        problems.append(
            f"Column {columns['person'].name!r} has {rows(nobody)} without a person: give every person a code."
        )
    if problems:
        raise ReadingError(*problems)
    return pd.DataFrame(parsed, copy=False)


def _placed(frame: pd.DataFrame) -> pd.DataFrame:
    """Give each returnee whose band is blank the one that the facts give, and every one the rule that placed them."""
    own = frame.reindex(columns=["band", "band_rule", "respondent"]).astype("str")
    placed, blank = classify(frame), own["band"].isna()
    rule = placed["band_rule"].where(blank, own["band_rule"].fillna(GIVEN))
    member = own["respondent"] == COMMUNITY
    return frame.assign(
        band=own["band"].fillna(placed["band"].mask(member)), band_rule=rule.mask(member, own["band_rule"])
    )


def _completed(frame: pd.DataFrame) -> pd.DataFrame:
    """Fill what follows from other columns: months and year from dates, wave from months, age group and child."""
    frame = _whole(frame)
    days = (frame["interview_date"].astype("datetime64[s]") - frame["return_date"].astype("datetime64[s]")).dt.days
    months = days / DAYS_PER_MONTH
    frame["months"] = frame["months"].fillna(months.where(months.between(0, LONGEST)))
    frame["return_year"] = frame["return_year"].fillna(frame["return_date"].astype("datetime64[s]").dt.year)
    if frame["wave"].isna().all() and frame["months"].nunique() <= MOST_WAVES:
        frame["wave"] = frame["months"].rank(method="dense")
    groups = pd.cut(frame[AGE], AGE_ENDS, right=False, labels=list(CATEGORIES["age_group"]))
    frame["age_group"] = frame["age_group"].astype("str").fillna(groups.astype("str"))
    young = (frame[AGE] < AGE_ENDS[1]).astype("boolean").where(frame[AGE].notna())
    in_group = (frame["age_group"] == "0-17").astype("boolean").where(frame["age_group"].notna())
    frame["child"] = frame["child"].astype("boolean").fillna(young).fillna(in_group)
    return frame


def _whole(frame: pd.DataFrame) -> pd.DataFrame:
    """Give `frame` every column of a cohort and the age; all that are blank throughout and of one type share memory."""
    made = (AGE, "interview", "wave", "months", "return_year")
    kinds = {name: kind for name, kind in TYPES.items() if name not in frame and name not in made}
    blanks = {kind: pd.Series(np.nan, frame.index, kind) for kind in dict.fromkeys(kinds.values())}
    return frame.assign(**{name: blanks[kind] for name, kind in kinds.items()}).reindex(columns=[*TYPES, AGE])


def _scored(frame: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    if profile is SUPPLIED and frame[list(SCORES)].notna().any(axis=None):
        return frame
    scores = score(frame, profile)
    if scores.isna().all(axis=None):
        raise ReadingError(
            f"The points answer too few elements for any score with the profile {profile.key!r}: fill in more of "
            "p01 to p30, choose another profile, or lower the share of weight that must be answered."
        )
    return frame.assign(**scores, profile=profile.key if profile.key in PROFILES else profile.label)
