"""How easily people can be recognised by what is known of them: k-anonymity of the quasi-identifiers.

Source: Samarati and Sweeney, "Protecting privacy when disclosing information: k-anonymity and its enforcement through
generalization and suppression", SRI International (1998). k is how many people share one combination.
"""

from typing import Final

import pandas as pd

from data.report.counts import Counts, percent
from data.report.model import Section

KNOWN: Final = {
    "host": "Host country",
    "country_of_return": "Country of return",
    "area": "Area",
    "sex": "Sex",
    "age_group": "Age group",
    "return_year": "Year of return",
    "band": "Band",
}
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
    best = min(without, key=lambda name: without[name])
    fewer = [f"In one of fewer than {size}" for size in SIZES[1:]]
    return Section(
        "How easily people can be recognised",
        (
            f"Known of each person: {', '.join(KNOWN[name].lower() for name in columns)}. Alone in their combination: "
            f"{percent(whole[0], counts.people)} of the people; in a combination of fewer than {SIZES[1]}: "
            f"{percent(whole[1], counts.people)}; of fewer than {SIZES[2]}: {percent(whole[2], counts.people)}.",
            "Whoever knows these things of a person who is alone in the combination can find that person’s row in the "
            "file, and with it all answers.",
            "So keep the file where only those who need it can open it, and pass on released figures instead of rows.",
            f"If one column is to be left out, {KNOWN[best].lower()} helps most."
            if without[best] < whole
            else "No single column, left out, would make people harder to recognise.",
        ),
        ("Left out", "Alone", *fewer),
        tuple(
            (words, *(percent(people, counts.people) for people in small))
            for words, small in [("Nothing", whole), *((KNOWN[name], small) for name, small in without.items())]
        ),
    )


def _in_small(cells: pd.DataFrame, columns: list[str]) -> tuple[int, ...]:
    """How many people are in combinations of `columns` of fewer than each of `SIZES`."""
    sizes = cells.groupby(columns)["n"].sum() if columns else cells["n"].sum()
    sizes = pd.Series(sizes)
    return tuple(int(sizes[sizes < size].sum()) for size in SIZES)
