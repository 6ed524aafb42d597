"""How easily people can be recognised by what is known of them: k-anonymity of the quasi-identifiers.

Source: Samarati and Sweeney, "Protecting privacy when disclosing information: k-anonymity and its enforcement through
generalization and suppression", SRI International (1998). k is how many people share one combination.
"""

from typing import Final

import pandas as pd

from data.disclosure import released_people
from data.notes import Note, Reported
from data.report.counts import Counts, percent
from data.report.model import Named, Section

KNOWN: Final = ("host", "country_of_return", "area", "sex", "age_group", "return_year", "band")
"""What others may know of a person, and would recognise the person by."""

SIZES: Final = (2, 5, 10)
"""Shares are told of people in combinations of fewer than so many; fewer than two is being alone."""


def recognisable(frame: pd.DataFrame, counts: Counts) -> Section:
    """Return the share of people alone, or few, in their combination of `KNOWN`, with all of it and less each part.

    Each person counts once, with the latest row of the file. The smallest k is not shown.
    """
    columns = [name for name in KNOWN if frame[name].notna().any()]
    latest = frame[columns].assign(person=counts.person).drop_duplicates("person", keep="last")
    coded = pd.DataFrame({name: pd.factorize(latest[name])[0] for name in columns})
    cells = coded.groupby(columns).size().rename("n").reset_index()
    whole = _in_small(cells, columns)
    without = {name: _in_small(cells, [other for other in columns if other != name]) for name in columns}
    seen = {name: _as_seen(small) for name, small in without.items()}
    best = min(seen, key=lambda name: seen[name])
    told = {name: tuple(percent(people, counts.people) for people in small) for name, small in without.items()}
    alone, *few = (percent(people, counts.people) for people in whole)
    helps = Note(Reported.BEST_LEFT_OUT, column=best) if seen[best] < _as_seen(whole) else Note(Reported.NONE_LEFT_OUT)
    return Section(
        Reported.RECOGNISABLE,
        (
            Note(Reported.KNOWN, columns=tuple(columns), alone=alone, few=tuple(few), fewer_than=SIZES[1:]),
            Note(Reported.ALONE),
            Note(Reported.KEEP_APART),
            helps,
        ),
        (
            Reported.LEFT_OUT_COLUMN,
            Reported.ALONE_COLUMN,
            *(Note(Reported.FEWER_COLUMN, size=size) for size in SIZES[1:]),
        ),
        (
            (Note(Reported.NOTHING), alone, *few),
            *((Named("known", name), *shares) for name, shares in told.items()),
        ),
    )


def _in_small(cells: pd.DataFrame, columns: list[str]) -> tuple[int, ...]:
    """How many people are in combinations of `columns` of fewer than each of `SIZES`."""
    sizes = cells.groupby(columns)["n"].sum() if columns else cells["n"].sum()
    sizes = pd.Series(sizes)
    return tuple(int(sizes[sizes < size].sum()) for size in SIZES)


def _as_seen(small: tuple[int, ...]) -> tuple[int, ...]:
    """Numbers of people by which columns are compared: as they may be seen, 0 below the threshold."""
    return tuple(released_people(people) or 0 for people in small)
