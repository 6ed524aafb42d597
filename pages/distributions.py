"""How are scores spread among people?"""

from components import controls
from components.frame import enter
from components.page import groups, head
from components.sections import SECTIONS
from components.sections.against import group_against_group
from components.sections.community import beside_the_community
from components.sections.points_lost import from_score_to_answer
from components.sections.spread import spread_of_scores
from components.sections.together import dimensions_together
from data.filters import groupings
from data.labels import COLUMN_LABELS

MOST = 7

frame = enter()
head("How are scores spread among people?", frame)

draw = dict(
    zip(
        SECTIONS["distributions"],
        (spread_of_scores, from_score_to_answer, group_against_group, dimensions_together, beside_the_community),
        strict=True,
    )
)
section = controls.choose_section("distributions", SECTIONS["distributions"])
by = controls.choose_one("Group people by", "group", (*groupings(), "area", "wave"), COLUMN_LABELS.__getitem__, first=1)
draw[section](frame, by, groups(frame, by, MOST))
