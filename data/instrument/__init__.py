"""The Reintegration Sustainability Survey as data: 30 measurement elements, read from `elements.csv`.

Source: *Migration Policy Practice* IX(1) (2019), "Measuring sustainable reintegration": the lists of elements, the
indicators named in the running text, and Figure 3, which prints answer codes and weights of six elements. Of those six
the end words, the points and the code of "satisfied" are published; the words of the steps between are the project's
own, as is everything marked so in `answers_source`. The exact wording of the official questions is not available.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from data.vocabulary import Score

grouping_note: Final = (
    "The 15 indicators and the 30 measurement elements are published; which elements belong to which indicator is "
    "the project's reading of the text, not a published list."
)
"""A sentence to show wherever elements appear grouped under indicators."""

INDICATORS: Final[dict[Score, tuple[str, ...]]] = {
    Score.ECONOMIC: (
        "income source",
        "employment and income activity",
        "debt to spending",
        "food security",
        "satisfaction",
    ),
    Score.SOCIAL: ("housing", "education", "justice", "health", "other public services"),
    Score.PSYCHOSOCIAL: (
        "belonging",
        "social activities",
        "support network",
        "tensions and conflict",
        "signs of distress",
    ),
}
"""The 15 indicators, five per dimension, in the order in which MPP names them."""


@dataclass(frozen=True)
class Element:
    """One measurement element.

    `answers` pairs each answer code with its points (0…1, more is always better), best answer first. `reversed` is true
    where the plain question runs the other way, so that "often" or "yes" earns fewer points. `answers_source` says
    whether MPP's Figure 3 or the project gives the codes. The two weights are those Figure 3 prints, rounded to
    hundredths, and None for the 24 elements whose weights are not published.
    """

    number: int
    column: str
    dimension: Score
    indicator: str
    name: str
    reversed: bool
    answers: tuple[tuple[str, float], ...]
    answers_source: str
    dimension_weight: float | None
    composite_weight: float | None


@cache
def elements() -> tuple[Element, ...]:
    """Return the 30 measurement elements in official order (MPP, the three lists of measurement elements)."""
    with Path(__file__).with_name("elements.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_element(row) for row in csv.DictReader(file))


def indicators() -> dict[str, tuple[Element, ...]]:
    """Return the elements under each of the 15 indicators, in the text's order; see `grouping_note`."""
    return {
        name: tuple(element for element in elements() if element.indicator == name)
        for names in INDICATORS.values()
        for name in names
    }


def _element(row: dict[str, str]) -> Element:
    return Element(
        number=int(row["number"]),
        column=row["column"],
        dimension=Score(row["dimension"]),
        indicator=row["indicator"],
        name=row["element"],
        reversed=row["reversed"] == "true",
        answers=tuple(_answer(pair) for pair in row["answers"].split("|")),
        answers_source=row["answers_source"],
        dimension_weight=_weight(row["dimension_weight"]),
        composite_weight=_weight(row["composite_weight"]),
    )


def _answer(pair: str) -> tuple[str, float]:
    code, points = pair.split("=")
    return code, float(points)


def _weight(cell: str) -> float | None:
    return float(cell) if cell else None
