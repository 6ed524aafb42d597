"""What moved: which indicators, and which elements, changed most between two waves within the same people."""

from components import controls
from components.charts.moved import moved
from components.figure import About, Control, Figure, Section
from components.figures.choices import PEOPLE, TWO_WAVES, WAVES, no_path
from components.figures.finding import TOO_FEW, clear, short_enough, size
from data.disclosure import Released
from data.grouping import Grouping
from data.labels import label
from data.summaries.moved import what_moved

DEPTHS = {"indicator": "Indicators (15)", "element": "Elements (30)"}
MOST = 4


def moved_most(released: Released) -> str:
    """What got clearly better or worse, of one group by name; else how many changes are clear.

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
    if rows[by].nunique() > 1:
        return f"{len(found)} of {len(rows)} changes within the same people are clear"
    ranked = found.reindex(found["difference"].abs().sort_values(ascending=False, kind="stable").index)
    top = ranked.iloc[0]
    verb, more = "better" if top["difference"] > 0 else "worse", len(found) - 1
    others = f"; {more} more changed" if more else ""
    amount = f"got {verb} by {size(top['difference'])} points"
    return short_enough(f"{label(part, top[part])} {amount}{others}", f"One {part} {amount}{others}")


DEPTH = Control(
    ("by-element",),
    lambda _: controls.choose_one("Of", "by-element", tuple(DEPTHS), DEPTHS.__getitem__),
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
        "Changes in elements that nobody answered both times. With thirty elements, small changes seldom stay clear.",
    ),
    controls=(DEPTH, TWO_WAVES),
)

SECTION = Section(key="moved", title="What moved", rows=(MOVED,), controls=(WAVES, PEOPLE), unless=no_path)
