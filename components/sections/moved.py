"""What moved: which indicators, and which elements, changed most between two waves within the same people."""

from collections.abc import Sequence

from components import controls, datasets, headline
from components.card import card
from components.charts.moved import moved
from components.frame import Frame
from components.sections.waves import choose_groups, choose_two
from data.grouping import Grouping
from data.summaries.moved import what_moved

LEVELS = {"indicator": "Indicators (15)", "element": "Elements (30)"}
MOST = 4


def what_moved_most(frame: Frame, waves: Sequence[int]) -> None:
    """The paired change of each indicator or element, in each of up to four groups."""
    by, groups = choose_groups(frame)
    level = controls.one("Of", "by-element", tuple(LEVELS), LEVELS.__getitem__)
    two = choose_two(tuple(waves))
    if two is None:
        return
    found = datasets.ask(what_moved, frame.source, frame.view, Grouping(by, groups[:MOST]), two, level)
    card(
        headline.moved_most(found),
        found,
        moved(found),
        title=f"Mean change of the same people's points, wave {two[0]} to wave {two[1]}: the largest changes first",
        kind="Dots with intervals",
        drawn="difference",
        made_by=what_moved,
    )
