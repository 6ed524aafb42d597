"""Who returned how: the bands of the return spectrum as a strip to choose from, and by corridor, year, sex or age."""

from collections.abc import Callable

from components import controls, filters
from components.charts.composition import composition
from components.figure import About, Asked, Control, Figure, Section
from components.figures.finding import short_enough, sure_of
from components.page import groups
from data.disclosure import Released
from data.estimate import shows_difference
from data.filters import groupings, named
from data.grouping import Grouping
from data.labels import COLUMN_LABELS, label
from data.summaries.composition import COMPULSION, compose
from data.summaries.facts import APART
from data.view import without
from data.vocabulary import ReturnBand

FIRST = ("corridor", "return_year", "sex", "age_group", "area")
MOST = 10


def compulsory(released: Released) -> str:
    """The share of compulsory returns (obliged and forced) among people interviewed; of several groups, its range.

    What could not be placed on the spectrum may belong to either side: of one group it is told beside the share.
    """
    by = released.keys[0]
    told = [fact for fact in released.facts if fact.code == COMPULSION]
    if len(told) == released.rows[by].nunique() == 1:
        rest = released.only("band", ReturnBand.UNCLASSIFIED).rows["share"].sum()
        unplaced = f"; {rest:.0%} could not be placed" if rest >= 0.005 else ""
        return f"{sure_of(told[0])} of people interviewed were obliged or forced{unplaced}"
    if len(told) < 2:
        return "People interviewed by band of the return spectrum"
    apart = released.fact(APART)
    if apart is None or not shows_difference(apart.low, apart.high):
        return "No group is shown to be more often obliged or forced than another"
    shares = {fact.of: f"{fact.value:.0%} ({label(by, fact.of)})" for fact in told}
    ends = " to ".join(shares[group] for group in apart.between)
    low, high = (next(fact.value for fact in told if fact.of == group) for group in apart.between)
    return short_enough(
        f"Obliged or forced: {ends} of people interviewed",
        f"Obliged or forced: {low:.0%} to {high:.0%} of each group interviewed",
    )


def of(key: str, people: Callable[[Asked], Grouping], controls_: tuple[Control, ...] = ()) -> Figure:
    """Of which bands of the return spectrum each of a page's `people` is made."""
    return Figure(
        key=key,
        name="Composition by band",
        summary=compose,
        asks=lambda asked: (people(asked), asked.groups("band")),
        chart=composition,
        headline=lambda found, _: compulsory(found),
        title=lambda _: "People by band of the return spectrum, from most to least voluntary",
        about=ABOUT,
        controls=controls_,
    )


ABOUT = About(
    "Of which bands of the return spectrum each group is made, from returns that the country of origin invited to "
    "deportation.",
    "Each person counts once, with the latest interview in view; weighted shares with 95% and 66% Wilson intervals add "
    "up to 1 in a group. “Obliged or forced” (compulsory) takes the last two bands together.",
    "How returns in general divide: these are the people interviewed. What the facts do not place stays unclassified "
    "and is never spread over the bands.",
)

BY = Control(
    ("bands-by",),
    lambda asked: _grouped(asked, controls.choose_one("Bands by", "bands-by", _columns(), COLUMN_LABELS.__getitem__)),
    lambda *_: {by: COLUMN_LABELS[by] for by in _columns()},
)


def _columns() -> tuple[str, ...]:
    return groupings(*FIRST, without=("band",))


def _all_bands(asked: Asked) -> Grouping:
    """The bands there are in the data, chosen or not, in their order."""
    band = named("band")
    return Grouping("band", band.narrow("", asked.frame.choices.band) or band.narrow("", band.declared))


def _keep(asked: Asked, places: list[int]) -> None:
    """Keep the band that was clicked; the bar of what is not shown is none."""
    bands = _all_bands(asked).groups
    found = [bands[place] for place in places if place < len(bands)]
    if found or not places:
        filters.keep_band(asked.view, found[0] if found else None)


def _grouped(asked: Asked, by: str) -> Grouping:
    return Grouping(by, groups(asked.frame, by, MOST))


STRIP = Figure(
    key="all-bands",
    name="Composition by band",
    summary=compose,
    view=lambda asked: without(asked.view, "band"),
    asks=lambda asked: (asked.groups("cohort"), _all_bands(asked)),
    chart=composition,
    headline=lambda found, _: compulsory(found),
    title=lambda _: (
        "All bands, from most to least voluntary: click one to keep it alone in view, double-click to open them"
    ),
    about=ABOUT,
    captions=lambda *_: (
        "“Compulsory” in the sidebar takes obliged and forced together, “Not compulsory” the four before them.",
    ),
    clicked=lambda asked, places: _keep(asked, places),
)

OF_COHORTS = of("bands-of-cohorts", lambda asked: asked.groups("cohort"))
OF_GROUPS = of("bands-of-groups", lambda asked: asked[BY], (BY,))

SECTION = Section(key="bands", title="Who returned how", rows=(STRIP, OF_GROUPS))
