"""What every choice of a card may be in a link: the one place that has all their names."""

from collections.abc import Mapping
from typing import Final

from components import datasets
from components.link import Param
from components.sections import SECTIONS
from components.sections.months import TOLERANCES
from components.sections.moved import LEVELS
from components.sections.path import WAYS
from components.sections.points_lost import words_inside
from components.sections.spread import DRAWINGS
from components.sections.together import PAIRS
from components.sections.waves import of_whom
from data import library
from data.filters import groupings
from data.labels import COLUMN_LABELS, label
from data.summaries.people import Choices
from data.summaries.trajectories import PANELS
from data.vocabulary import CATEGORIES, SCORES

NUMBERS: Final = ("returned-in", "returned-from-to", "levels", "setback")
FOUND: Final = ("counted", "label", "against-cohort", "against-area")
"""Choices whose words the data hold; like numbers they are the same in a link as on screen."""


def in_links(choices: Choices) -> dict[str, Param]:
    """Every choice of a card by name; what is told of it where it is drawn has no words here."""
    columns = {column: COLUMN_LABELS[column] for column in groupings()}
    corridors, bands = _labels("corridor", choices.corridors), CATEGORIES["band"]
    waves = _labels("wave", choices.waves)
    drawings = {code: drawing.label for code, drawing in DRAWINGS.items()}
    words: dict[str, Mapping[str, str]] = {
        **{f"look-{page}": titles for page, titles in SECTIONS.items()},
        "group": columns | _labels_of("area", "wave"),
        "bands-by": columns | _labels_of("return_year", "area"),
        "of-whom": {column: of_whom(column) for column in columns},
        "panel": WAYS,
        "panel-of-groups": PANELS,
        "waves": waves,
        "from-wave": waves,
        "to-wave": waves,
        "by-element": LEVELS,
        "tolerance": {str(months): words for months, words in TOLERANCES.items()},
        "drawn-as": drawings,
        "drawn-as-many": drawings,
        **{f"into-{score}": words_inside(score) for score in SCORES},
        "pair": _labels("pair", PAIRS),
        **{
            f"against-{column.replace('_', '-')}": _labels(column, tuple(CATEGORIES.get(column, ())))
            for column in columns
        },
        "reference": corridors,
        "of": corridors,
        "against": corridors,
        "against-corridor": corridors,
        "reference-band": bands,
        "returns": library.names(datasets.flows()),
    }
    return {**{name: Param(named) for name, named in words.items()}, **dict.fromkeys((*NUMBERS, *FOUND), Param())}


def _labels(column: str, codes: tuple[object, ...]) -> dict[str, str]:
    return {str(code): label(column, code) for code in codes}


def _labels_of(*columns: str) -> dict[str, str]:
    return {column: COLUMN_LABELS[column] for column in columns}
