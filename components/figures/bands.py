"""Who returned how: the bands of the return spectrum as a strip to choose from, and by corridor, year, sex or age."""

from collections.abc import Callable
from dataclasses import replace

from components import controls, filters
from components.charts.composition import composition
from components.figure import About, Asked, Control, Figure, Onward, Section
from components.figures.finding import fitting, lone, span, sure_of
from components.page import groups
from components.rounding import percent
from data.disclosure import Released
from data.estimate import shows_difference
from data.filters import groupings, named
from data.grouping import Grouping
from data.labels import COLUMN_LABELS, brief, label
from data.summaries.composition import COMPULSION, compose
from data.summaries.facts import APART
from data.view import without
from data.vocabulary import COMPULSORY, ReturnBand

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
        unplaced = f"; {percent(rest)} could not be placed" if rest >= 0.005 else ""
        return f"{sure_of(told[0])} of people interviewed were obliged or forced{unplaced}"
    if len(told) < 2:
        return _of_one_band(released)
    apart = released.fact(APART)
    if apart is None or not shows_difference(apart.low, apart.high):
        return "No group is shown to be more often obliged or forced than another"
    shares = {fact.of: percent(fact.value) for fact in told}
    low, high = apart.between
    ends = f"from {shares[low]} ({brief(by, low)}) to {shares[high]} ({brief(by, high)})"
    return fitting(f"Compulsory returns range {ends}", f"Compulsory returns range from {shares[low]} to {shares[high]}")


def _of_one_band(released: Released) -> str:
    """What can be said where everybody in view is of one band, or all are obliged or forced."""
    rows = released.rows.dropna(subset=["share"])
    if rows["band"].nunique() == 1 and (rows["share"] == 1).all():
        return f"100% of the people shown are {label('band', rows['band'].iloc[0]).lower()}"
    forced = rows[rows["band"] == ReturnBand.FORCED]
    if len(forced) and {*released.rows["band"]} == {*COMPULSORY}:
        told = sure_of(forced.iloc[0]) if len(forced) == 1 else span(forced["share"])
        return f"{told} of {'people interviewed' if lone(released) else 'each group'} were forced, the others obliged"
    return "Too few people to tell how many were obliged or forced"


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
    "up to 100% in a group. “Compulsory” takes the last two bands, obliged and forced, together.",
    "How all returns divide: these are only the people interviewed. A return that the facts do not place stays "
    "unclassified and is never spread over the bands.",
)

BY = Control(
    ("bands-by",),
    lambda asked: _grouped(asked, controls.choose_one("Split by", "bands-by", _columns(), COLUMN_LABELS.__getitem__)),
    lambda *_: {by: COLUMN_LABELS[by] for by in _columns()},
)


def _columns() -> tuple[str, ...]:
    return groupings(*FIRST, without=("band",))


def _all_bands(asked: Asked) -> Grouping:
    """The bands there are in the data, chosen or not, in their order."""
    band = named("band")
    return Grouping("band", band.narrow("", asked.frame.choices.band) or band.narrow("", band.declared))


def _keep(asked: Asked, places: list[int]) -> None:
    """Keep the band that was clicked, or, where it is kept already, all of them; what is not shown is no band."""
    bands = _all_bands(asked).groups
    for band in [bands[place] for place in places if place < len(bands)][:1]:
        filters.keep_band(asked.view, None if band == asked.view.band else band)


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
    title=lambda _: "All bands, from most to least voluntary: click one to see it alone, again to see all",
    about=ABOUT,
    captions=lambda *_: (
        "“Compulsory” in the sidebar takes obliged and forced together, “Not compulsory” the four before them.",
    ),
    clicked=lambda asked, places: _keep(asked, places),
)

OF_COHORTS = replace(
    of("bands-of-cohorts", lambda asked: asked.groups("cohort")), onward=Onward("pages/spectrum.py", "Spectrum")
)
OF_GROUPS = of("bands-of-groups", lambda asked: asked[BY], (BY,))

SECTION = Section(key="bands", title="Who returned how", rows=(STRIP, OF_GROUPS))
