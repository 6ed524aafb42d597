"""Every figure of the app, by page: the one list that pages, Methods, links and the generic tests read."""

from typing import Final

from components.figure import Figure, Section
from components.figures import (
    along,
    attrition,
    bands,
    children,
    community,
    corridors,
    dimensions,
    experience,
    levels,
    months,
    moved,
    path,
    placing,
    points_lost,
    profile,
    recorded,
    shapes,
    spread,
    tenths,
)
from components.link import Param
from data.summaries.offered import Choices

PAGES: Final[dict[str, tuple[Section, ...]]] = {
    "overview": (
        Section(
            key="findings",
            title="",
            rows=(shapes.OF_EVERYONE, (corridors.LARGEST_COMPARED, experience.ON_OVERVIEW), bands.OF_COHORTS),
        ),
    ),
    "corridors": (corridors.SECTION, recorded.BESIDE),
    "returns": (recorded.BY_YEAR, recorded.MOVEMENTS, recorded.COVERAGE),
    "profile": (profile.SECTION,),
    "spectrum": (bands.SECTION, along.SECTION, experience.SECTION, placing.SECTION),
    "distributions": (spread.SECTION, points_lost.SECTION, tenths.SECTION, dimensions.SECTION, community.SECTION),
    "trajectories": (
        path.SECTION,
        attrition.SECTION,
        shapes.SECTION,
        levels.SECTION,
        moved.SECTION,
        months.SECTION,
        children.SECTION,
    ),
}
"""The sections of each page that shows figures, in reading order."""

ONE_AT_A_TIME: Final = ("spectrum", "distributions", "trajectories")
"""Pages that show one section at a time, so that they are fast; the first is shown first."""


def figures() -> tuple[Figure, ...]:
    """Every figure once, in the order in which readers meet them."""
    every = (figure for sections in PAGES.values() for section in sections for figure in section.figures)
    return tuple({figure.key: figure for figure in every}.values())


def in_links(choices: Choices) -> dict[str, Param]:
    """What each choice of a figure, and of the section to look at, may be in a link."""
    found = {f"look-{page}": Param({section.key: section.title for section in PAGES[page]}) for page in ONE_AT_A_TIME}
    for section in (section for sections in PAGES.values() for section in sections):
        for control in section.every_control:
            found |= control.in_links(choices)
    return found
