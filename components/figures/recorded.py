"""Recorded returns: how many, from where to where, and how much of them the people interviewed can speak for."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from components import controls, datasets, link
from components.charts import world
from components.charts.bands_by_year import bands_by_year
from components.charts.coverage import coverage
from components.charts.matrix import matrix
from components.charts.recorded import by_country, by_year
from components.charts.sankey import sankey
from components.figure import About, Asked, Control, Figure, Section
from components.figures.finding import fitting
from components.rounding import count, percent
from data import library, places
from data.countries import in_sentence
from data.disclosure import Released
from data.engine import Source
from data.flows import Basis
from data.flows.basis import Unit
from data.grouping import Grouping
from data.labels import OTHER, basis_label, brief
from data.library import Manifest
from data.summaries import movements, returns
from data.view import View
from data.vocabulary import COMPULSORY, UNKNOWN_COUNTRY, ReturnBand

NOTHING = (
    "No recorded returns are loaded yet. Load a file on Cohorts: UNHCR’s Refugee Data Finder, UK Home Office, "
    "Frontex, IOM, Eurostat, or a table of your own."
)
LINES = 6
"""More lines in one chart cannot be told apart."""
STARTING = 5
TOP = 10
EVERY = 250
"""More countries of return than there are."""
PLURAL = {"corridor": "corridors", "country_of_return": "countries of return"}


@dataclass(frozen=True)
class Recorded:
    """A dataset of recorded returns and the counting basis looked at: figures of two bases are never put together."""

    source: Source
    basis: Basis


def most_returns(released: Released, year: int, basis: Basis) -> str:
    """The country of return with the most people counted."""
    rows = released.rows.dropna(subset=["people"])
    if rows.empty:
        return f"Nobody is counted in {year} for this choice"
    top = rows.iloc[0]
    name, most = brief("country_of_return", top["country_of_return"]), f"{count(top['people'])} people"
    return fitting(
        f"{name} is counted most in {year}: {most} ({basis_label(basis)})",
        f"{name}, {year}: {most} ({basis_label(basis)})",
    )


def most_in_a_year(released: Released, basis: Basis) -> str:
    """The year in which most people were counted: of all bands together, or the one group and year with most."""
    rows = released.rows.dropna(subset=["people"])
    by = released.keys[1]
    if rows.empty:
        return "Nobody is counted in a whole year for this choice"
    what, unit = "Recorded returns" if basis.returns else "Counts", basis_label(basis)
    if by != "band" and rows[by].nunique() > 1:
        top = rows.loc[rows["people"].astype("int64").idxmax()]
        name, most = brief(by, top[by]), f"{count(top['people'])} people ({unit})"
        return fitting(f"Most: {name} in {top['year']}, {most}", f"Most in {top['year']}: {most}")
    totals = rows.groupby("year")["people"].sum()
    most = f"{count(totals.max())} people ({unit})"
    return (
        f"{what} peaked in {totals.idxmax()}: {most}"
        if len(totals) > 1
        else f"In {totals.idxmax()} the count is {most}"
    )


def largest_pair(released: Released, basis: Basis) -> str:
    """The host country and country of return by name with most people between them."""
    named = released.shown[~released.shown[[*released.keys]].isin([OTHER, UNKNOWN_COUNTRY]).any(axis=1)]
    if named.empty:
        return "No counts by single host country for this choice"
    top = named.loc[named["people"].astype("float64").idxmax()]
    host, to = (in_sentence(str(top[key])) for key in released.keys)
    most = f"{count(top['people'])} people ({basis_label(basis)})"
    return fitting(f"Most from {host} to {to}: {most}", f"Most between two countries: {most}")


def recorded_compulsory(released: Released, basis: Basis) -> str:
    """The share of compulsory returns (obliged and forced) among the people whose counts are shown."""
    people = released.shown.groupby("band")["people"].sum()
    if people.empty:
        return "No counts by single host country for this choice"
    unit = basis_label(basis)
    if set(people.index) == {ReturnBand.UNCLASSIFIED}:
        return f"Not one return shown can be placed on the spectrum ({unit})"
    share = people.reindex(COMPULSORY).sum() / people.sum()
    if share == 1:
        forced = people.get(ReturnBand.FORCED, 0) / people.sum()
        others = ", the others obliged" if forced < 1 else ""
        return f"{percent(forced)} of those shown were forced{others} ({unit})"
    return f"{percent(share)} of those shown were obliged or forced ({unit})"


def covered(released: Released) -> str:
    """How many were interviewed per 1,000 recorded returns, where the most people were interviewed of those known."""
    known = released.rows[released.rows["per_thousand"].notna()]
    if known.empty:
        return "No corridor in view has recorded returns to compare with"
    top = known.loc[known["people"].astype("float64").idxmax()]
    per, of = f"{count(top['per_thousand'])} people were interviewed per 1,000 recorded", f"returned {top['year']}"
    return fitting(f"{brief('corridor', top['corridor'])}: {per} ({of})", f"{per} on one corridor ({of})")


def _inform(text: str) -> None:
    st.info(text, icon=":material/query_stats:")


def choose(first: str = "", tell: Callable[[str], object] = _inform) -> Recorded | None:
    """The recorded returns that the reader chooses; until then the ones with key `first`, or the newest.

    None, told what to do, where none are kept.
    """
    kept = {manifest.key: manifest for manifest in datasets.flows()}
    if not kept:
        tell(NOTHING)
        return None
    names = library.names(kept.values())
    place = [*kept].index(first) if first in kept else 0
    chosen = controls.choose_one("Recorded returns from", "returns", tuple(kept), names.__getitem__, first=place)
    link.pin("returns", chosen)
    source = datasets.open_flows(kept[chosen])
    bases = datasets.ask(returns.bases, source)
    lone = len(bases) == 1
    return Recorded(source, bases[0] if lone else controls.choose_one("What is counted", "counted", bases, basis_label))


def counts(manifest: Manifest, view: View) -> bool:
    """Whether a kept dataset counts anybody in the view's place, band and year, on its first basis."""
    source = datasets.open_flows(manifest)
    [basis, *_] = datasets.ask(returns.bases, source)
    return bool(datasets.ask(returns.largest, source, view, basis, "corridor", 1))


def _year(asked: Asked) -> int | None:
    """The one with returns to most countries until the reader chooses; None where nobody is counted."""
    source, basis = asked[FLOWS].source, asked[FLOWS].basis
    years = datasets.ask(returns.years, source, basis)[::-1]
    fullest = datasets.ask(returns.fullest_year, source, basis)
    if not years:
        return None
    year = controls.choose_one("Year", "returned-in", years, first=years.index(fullest))
    link.pin("returned-in", year)
    return year


def _years(asked: Asked) -> tuple[int, int]:
    """All years until the reader chooses; of a stock, which never adds up, the year chosen."""
    if asked[FLOWS].basis.stock:
        return asked[YEAR], asked[YEAR]
    counted = datasets.ask(returns.years, asked[FLOWS].source, asked[FLOWS].basis)
    low, high = counted[0], counted[-1]
    if low == high:
        return low, high
    key = "returned-from-to"
    if not all(low <= held <= high for held in st.session_state.get(key, ())):  # chosen for another dataset
        st.session_state[key] = (low, high)
    first, last = sorted(controls.choose_number("Years", key, (low, high), low, high, step=1))
    return first, last


COUNTED = {
    f"{unit}{'-stock' * stock}": basis_label(Basis(unit, stock=stock)) for stock in (False, True) for unit in Unit
}
"""Words by code in links of what is counted; HXL tags and sources' own words are their own."""

FLOWS = Control(
    ("returns", "counted"),
    lambda _: choose(),
    lambda name, _: library.names(datasets.flows()) if name == "returns" else COUNTED,
)
YEAR = Control(("returned-in",), _year)
YEARS = Control(("returned-from-to",), _years)


def _of(
    key: str, name: str, about: About, more: Callable[[Asked], tuple[Any, ...]] = lambda _: (), **rest: Any
) -> Figure:
    """A figure of the recorded returns chosen, on the basis chosen, asked with `more`."""
    return Figure(
        key=key,
        name=name,
        about=about,
        source=lambda asked: asked[FLOWS].source,
        asks=lambda asked: (asked[FLOWS].basis, *more(asked)),
        **rest,
    )


AS_PUBLISHED = (
    "Counts as their source publishes them, on one counting basis, not rounded again; one to nine people are masked, "
    "and what would give them away. A year that the source covers only in part is left out and named."
)

BANDS_BY_YEAR = _of(
    "recorded-by-year-and-band",
    "Recorded returns by year and band",
    About(
        "How many returns a source records each year, by band of the return spectrum.",
        f"{AS_PUBLISHED} The band is the one that the source’s category stands for, by the table on Cohorts.",
        "Returns that nobody recorded. A year without a number is not zero; a source may count an order to leave as a "
        "voluntary return.",
    ),
    summary=movements.bands_by_year,
    chart=bands_by_year,
    headline=lambda found, asked: most_in_a_year(found, asked[FLOWS].basis),
    title=lambda _: "People by year and band of the return spectrum",
)

BY_COUNTRY = About(
    "To which countries most people returned in a year, and from which host country most of them.",
    f"{AS_PUBLISHED} As in MPI, Balancing Acts (2018), Table 1.",
    "How many returned in all: sources see the returns that they take part in or register.",
)

MAP = _of(
    "recorded-on-the-map",
    "Recorded returns by country",
    BY_COUNTRY,
    lambda asked: (asked[YEAR], EVERY),
    summary=returns.by_country,
    part=lambda found, _: world.bounded(found),
    chart=world.returns,
    headline=lambda found, asked: most_returns(found, asked[YEAR], asked[FLOWS].basis),
    title=lambda asked: (
        f"People in {asked[YEAR]} by country of return, with a line from the largest host country of each"
    ),
)

LARGEST = _of(
    "recorded-by-country",
    "Recorded returns by country",
    BY_COUNTRY,
    lambda asked: (asked[YEAR],),
    summary=returns.by_country,
    chart=by_country,
    headline=lambda found, asked: most_returns(found, asked[YEAR], asked[FLOWS].basis),
    title=lambda asked: (
        f"The {TOP} countries of return with most people in {asked[YEAR]}, and their largest host country"
    ),
)


def _lines(asked: Asked) -> Grouping:
    """The corridors side by side, or the countries of return with most people."""
    place = asked.view.place
    wanted = [code for code in asked.frame.corridors if not place or places.holds(place, code)]
    beside = wanted or [place] * (place in asked.frame.choices.corridors)
    if beside:
        return Grouping("corridor", tuple(beside[:LINES]))
    flows, by = asked[FLOWS], "country_of_return"
    return Grouping(by, datasets.ask(returns.largest, flows.source, asked.view, flows.basis, by, STARTING))


OVER_TIME = _of(
    "recorded-by-year",
    "Recorded returns by year",
    About(
        "How the number of recorded returns moves from year to year.",
        AS_PUBLISHED,
        "Why it moves: a border opens, a new agreement is made, or a source counts differently.",
    ),
    lambda asked: (_lines(asked),),
    summary=returns.by_year,
    chart=by_year,
    headline=lambda found, asked: most_in_a_year(found, asked[FLOWS].basis),
    title=lambda asked: f"People by year: the {len(_lines(asked).groups)} {PLURAL[_lines(asked).by]} with most",
)


def _nothing(asked: Asked) -> str:
    found = datasets.ask(returns.by_year, asked[FLOWS].source, asked.view, asked[FLOWS].basis, _lines(asked))
    name = asked[FLOWS].source.manifests[0].name
    counted = found.rows["people"].notna().any()
    return "" if counted else f"“{name}” has no numbers for this corridor, band and year."


OF_ONE = replace(
    OVER_TIME,
    key="recorded-of-one-corridor",
    title=lambda _: "People recorded by year",
    controls=(FLOWS,),
    unless=_nothing,
)

MATRIX = _of(
    "recorded-from-where-to-where",
    "Recorded returns from where to where",
    About(
        "From which host countries to which countries of return people are recorded.",
        f"{AS_PUBLISHED} The largest countries by name, all others together.",
        "Which way people travelled: a return may lead through a third country.",
    ),
    lambda asked: (asked[YEARS],),
    summary=movements.matrix,
    chart=matrix,
    headline=lambda found, asked: largest_pair(found, asked[FLOWS].basis),
    title=lambda _: "People by host country (rows) and country of return (columns)",
    controls=(YEARS,),
)

BANDED = _of(
    "recorded-by-band-from-where-to-where",
    "Recorded returns by band, from where to where",
    About(
        "From which host countries people return in which band of the spectrum, and where to.",
        f"{AS_PUBLISHED} The band is the one that the source’s category stands for.",
        "How free a return was: what a source calls voluntary is often obliged.",
    ),
    lambda asked: (asked[YEARS],),
    summary=movements.by_band,
    chart=sankey,
    headline=lambda found, asked: recorded_compulsory(found, asked[FLOWS].basis),
    title=lambda _: "People from host countries, by band, to countries of return",
    controls=(YEARS,),
)


def _nobody_enough(asked: Asked) -> str:
    found = asked.ask(movements.coverage, asked[FLOWS].source, asked[FLOWS].basis)
    return "No corridor and year in view has people enough to set beside recorded returns." if found.rows.empty else ""


COVERED = Figure(
    key="interviewed-and-recorded",
    name="Interviewed and recorded",
    summary=movements.coverage,
    asks=lambda asked: (asked[FLOWS].source, asked[FLOWS].basis),
    chart=coverage,
    headline=lambda found, _: covered(found),
    unless=_nobody_enough,
    title=lambda _: "People interviewed per 1,000 recorded, and under it people interviewed (n), by year of return",
    about=About(
        "How much of a corridor’s recorded returns the people interviewed can speak for.",
        "People interviewed, rounded to 5, per 1,000 recorded, corridor by corridor and year of return. Masked where "
        "fewer than 10 are interviewed or recorded.",
        "Which part of returnees was interviewed: sources count differently, so it can exceed 1,000.",
    ),
)


def _are_returns(asked: Asked) -> bool:
    return asked.chosen.get(FLOWS) and asked[FLOWS].basis.returns


BY_YEAR = Section(key="recorded", title="", rows=(BANDS_BY_YEAR,), controls=(FLOWS,))
MOVEMENTS = Section(
    key="from-where-to-where", title="From where to where", rows=(MAP, MATRIX, BANDED), controls=(FLOWS, YEAR)
)
COVERAGE = Section(
    key="coverage",
    title="What the cohort can speak for",
    rows=(COVERED,),
    controls=(FLOWS,),
    when=_are_returns,
)
BESIDE = Section(key="recorded-returns", title="Recorded returns", rows=((LARGEST, OVER_TIME),), controls=(FLOWS, YEAR))
