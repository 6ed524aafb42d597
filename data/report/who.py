"""Who is in a file: people, interviews, waves, corridors, and the rules that placed their returns."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.countries import corridor, corridor_label
from data.disclosure import ALL_ROWS, FEW, shown
from data.report.counts import Counts, said
from data.report.model import Section
from data.spectrum import GIVEN
from data.vocabulary import CATEGORIES, COMMUNITY, FLAG_MEANINGS

MOST_CORRIDORS: Final = 20
_HIDDEN: Final = "[c]"


def people(frame: pd.DataFrame, counts: Counts) -> Section:
    """People, interviews and waves."""
    community = (frame["respondent"] == COMMUNITY).to_numpy()
    members = counts.told_people(community)
    waves = _counted(frame, counts.person, ["wave"])
    return Section(
        "People, interviews and waves",
        (
            f"The file holds {said(counts.people)} people and {said(counts.interviews)} interviews, in "
            f"{len(waves) or 'no'} wave{'s' * (len(waves) != 1)}.",
            f"Members of the community among them: {members}.",
            _explained(waves),
        ),
        ("Wave", "People", "Interviews"),
        tuple(
            (str(wave), *((_HIDDEN, _HIDDEN) if hidden else (said(n), said(rows))))
            for wave, n, rows, hidden in _rows(waves)
        ),
    )


def corridors(frame: pd.DataFrame, counts: Counts) -> Section:
    """The corridors with most returnees; those whose number may not be seen are counted only."""
    returnees = frame["respondent"] != COMMUNITY
    found = _counted(frame[returnees], counts.person[returnees], ["host", "country_of_return"])
    found = found.sort_values("people", ascending=False, kind="stable")
    shown = found[~found["hidden"]]
    first = shown.head(MOST_CORRIDORS)
    return Section(
        "Corridors",
        (
            f"Returnees by host country and country of return: {len(found):,} corridor{'s' * (len(found) != 1)}, "
            f"of which {len(found) - len(shown):,} have too few people to show a number, or would give one away.",
            *([f"The {len(first)} with most people stand below."] if len(shown) > len(first) else []),
        ),
        ("Corridor", "Returnees", "Interviews"),
        tuple((corridor_label(corridor(host, to)), said(n), said(rows)) for host, to, n, rows, _ in _rows(first)),
    )


def bands(frame: pd.DataFrame, counts: Counts) -> Section:
    """Which rule placed how many returnees in which band."""
    returnees = frame["respondent"] != COMMUNITY
    placed = frame.loc[returnees, ["band_rule", "band"]].fillna({"band_rule": GIVEN})
    found = _counted(placed, counts.person[returnees], ["band_rule", "band"])
    rules, words = CATEGORIES["band_rule"], CATEGORIES["band"]
    ordered = sorted(_rows(found), key=lambda row: ([*rules].index(row[0]), [*words].index(row[1])))
    return Section(
        "Return bands, and what placed people in them",
        (
            "A band stands in the file or follows from the facts of the return; returns that the facts do not decide "
            "are unclassified and never spread over the bands.",
            _explained(found),
        ),
        ("Rule", "Band", "Returnees"),
        tuple((rules[rule], words[band], _HIDDEN if hidden else said(n)) for rule, band, n, _, hidden in ordered),
    )


def _counted(frame: pd.DataFrame, person: npt.NDArray[np.int64], keys: Sequence[str]) -> pd.DataFrame:
    """The `keys` that occur, with exact `people` and `interviews`, and whether their numbers are `hidden`."""
    keyed = frame[[*keys]].assign(person=person).dropna()
    keyed = keyed.astype(dict.fromkeys(keys, "category"))
    several = keyed.groupby([*keys, "person"], observed=True).size().rename("interviews").reset_index()
    grouped = several.groupby([*keys], observed=True)["interviews"]
    found = grouped.agg(people="size", interviews="sum").reset_index()
    return found.assign(hidden=~shown(found.rename(columns={"people": "n"}), [ALL_ROWS]))


def _rows(found: pd.DataFrame) -> list[Any]:
    rows: list[Any] = found.to_numpy(dtype=object).tolist()
    return rows


def _explained(found: pd.DataFrame) -> str:
    if found["hidden"].any():
        return f"Counts are rounded to 5. {FLAG_MEANINGS['c']}."
    return f"Counts are rounded to 5, and numbers that stand for {FEW} people are not shown."
