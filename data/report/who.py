"""Who is in a file: people, interviews, waves, corridors, and the rules that placed their returns."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.countries import corridor
from data.disclosure import ALL_ROWS, Flag, Unweighted, rounded, shown
from data.notes import Note, Reported
from data.report.counts import Counts, said
from data.report.model import Named, Section
from data.spectrum import GIVEN
from data.vocabulary import CATEGORIES, COMMUNITY

MOST_CORRIDORS: Final = 20
_HIDDEN: Final = Flag.CONFIDENTIAL


def people(frame: pd.DataFrame, counts: Counts) -> Section:
    """People, interviews and waves."""
    community = (frame["respondent"] == COMMUNITY).to_numpy()
    members = counts.told_people(community)
    waves = _counted(frame, counts.person, ["wave"])
    return Section(
        Reported.PEOPLE,
        (
            Note(Reported.HOLDS, people=said(counts.people), interviews=said(counts.interviews), waves=len(waves)),
            Note(Reported.MEMBERS, people=members),
            _explained(waves),
        ),
        (Reported.WAVE_COLUMN, Reported.PEOPLE_COLUMN, Reported.INTERVIEWS_COLUMN),
        tuple(
            (str(wave), *((_HIDDEN, _HIDDEN) if hidden else (said(n), said(rows))))
            for wave, n, rows, hidden in _rows(waves)
        ),
    )


def corridors(frame: pd.DataFrame, counts: Counts) -> Section:
    """The corridors with most returnees, by rounded numbers; whether there are others is not told."""
    returnees = frame["respondent"] != COMMUNITY
    found = _counted(frame[returnees], counts.person[returnees], ["host", "country_of_return"])
    shown = found[~found["hidden"]]
    by_size = rounded(shown["people"]).sort_values(ascending=False, kind="stable")
    first = shown.loc[by_size.index].head(MOST_CORRIDORS)
    return Section(
        Reported.CORRIDORS,
        (
            Note(Reported.CORRIDORS_FOUND, count=len(shown)),
            *[Note(Reported.CORRIDORS_SHOWN, count=len(first))] * (len(shown) > len(first)),
        ),
        (Reported.CORRIDOR_COLUMN, Reported.RETURNEES_COLUMN, Reported.INTERVIEWS_COLUMN),
        tuple((Named("corridor", corridor(host, to)), said(n), said(rows)) for host, to, n, rows, _ in _rows(first)),
    )


def bands(frame: pd.DataFrame, counts: Counts) -> Section:
    """Which rule placed how many returnees in which band."""
    returnees = frame["respondent"] != COMMUNITY
    placed = frame.loc[returnees, ["band_rule", "band"]].fillna({"band_rule": GIVEN})
    found = _counted(placed, counts.person[returnees], ["band_rule", "band"])
    rules, words = CATEGORIES["band_rule"], CATEGORIES["band"]
    ordered = sorted(_rows(found), key=lambda row: ([*rules].index(row[0]), [*words].index(row[1])))
    return Section(
        Reported.BANDS,
        (Note(Reported.BAND_RULES), _explained(found)),
        (Reported.RULE_COLUMN, Reported.BAND_COLUMN, Reported.RETURNEES_COLUMN),
        tuple(
            (Named("band_rule", rule), Named("band", band), _HIDDEN if hidden else said(n))
            for rule, band, n, _, hidden in ordered
        ),
    )


def _counted(frame: pd.DataFrame, person: npt.NDArray[np.int64], keys: Sequence[str]) -> pd.DataFrame:
    """The `keys` that occur, with exact `people` and `interviews`, and whether their numbers are `hidden`."""
    keyed = frame[[*keys]].assign(person=person).dropna()
    keyed = keyed.astype(dict.fromkeys(keys, "category"))
    several = keyed.groupby([*keys, "person"], observed=True).size().rename("interviews").reset_index()
    grouped = several.groupby([*keys], observed=True)["interviews"]
    found = grouped.agg(people="size", interviews="sum").reset_index()
    return found.assign(hidden=~shown(found.rename(columns={"people": "n"}), [ALL_ROWS], Unweighted.COUNTED))


def _rows(found: pd.DataFrame) -> list[Any]:
    rows: list[Any] = found.to_numpy(dtype=object).tolist()
    return rows


def _explained(found: pd.DataFrame) -> Note:
    return Note(Reported.ROUNDED_AND_MASKED if found["hidden"].any() else Reported.ROUNDED)
