"""What moved: which indicators, and which elements, changed most between two waves within the same people."""

from components import controls
from components.charts.moved import moved
from components.figure import About, Control, Figure, Section
from components.figures.choices import PEOPLE, TWO_WAVES, WAVES, no_path
from components.figures.finding import TOO_FEW, clear, fitting, furthest
from components.figures.naming import group
from components.rounding import size
from data.disclosure import Released
from data.grouping import Grouping
from data.labels import label
from data.summaries.moved import what_moved

DEPTHS = {"indicator": "Indicators (15)", "element": "Elements (30)"}
MOST = 4


def moved_most(released: Released) -> str:
    """What got most clearly better or worse, and what did the opposite; of several groups, in which.

    Points are always "more is better": so an element is said to get better or worse, never to rise or fall, for signs
    of distress that fall in points have grown.
    """
    by, part = released.keys
    rows = released.rows.dropna(subset=["difference"])
    if rows.empty:
        return TOO_FEW
    found = clear(rows)
    if found.empty:
        return "No change is shown in any of them within the same people"
    top = furthest(found)
    who = group(by, top[by])
    among = f"{f'among {who.name}' if who.many else who.among}, " if rows[by].nunique() > 1 else ""
    told = f"{among}{_named(part, top[part])} got {_got(top['difference'])} points"
    opposite = found[(found["difference"] * top["difference"] < 0) & (found[by] == top[by])]
    if len(opposite):
        end = furthest(opposite)
        told_too = f"{told}, {_named(part, end[part])} {_got(end['difference'])}"
        return fitting(told_too, told, f"one {part} got {_got(top['difference'])} points")
    return fitting(told, f"{among}one {part} got {_got(top['difference'])} points")


def _named(part: str, code: object) -> str:
    name = label(part, code)
    return name[:1].lower() + name[1:]


def _got(change: float) -> str:
    return f"{'better' if change > 0 else 'worse'} by {size(change)}"


DEPTH = Control(
    ("by-element",),
    lambda _: controls.choose_one("Look at", "by-element", tuple(DEPTHS), DEPTHS.__getitem__),
    lambda *_: DEPTHS,
)

MOVED = Figure(
    key="what-moved",
    name="What moved between two waves",
    summary=what_moved,
    asks=lambda asked: (
        Grouping(asked[PEOPLE].by, asked[PEOPLE].groups[:MOST]),
        asked[TWO_WAVES],
        asked[DEPTH],
    ),
    chart=moved,
    headline=lambda found, _: moved_most(found),
    title=lambda asked: "Mean change of the same people's points, wave {} to wave {}: the largest changes first".format(
        *asked[TWO_WAVES]
    ),
    about=About(
        "Which of the survey’s indicators or elements got better or worse between two waves, within the same people.",
        "Points are always “more is better”, so a rise in the element on distress means less distress. Mean of each "
        "person’s own change; 95% intervals and p are adjusted for all changes shown at once.",
        "Changes in elements that nobody answered both times. Among thirty elements, small changes are seldom clear.",
    ),
    controls=(DEPTH, TWO_WAVES),
)

SECTION = Section(key="moved", title="What moved", rows=(MOVED,), controls=(WAVES, PEOPLE), unless=no_path)
