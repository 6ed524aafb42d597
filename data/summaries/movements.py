"""Flow views of recorded returns: from where to where, by band, by year, and what a cohort can speak for."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import ibis
import ibis.expr.types as ir
import pandas as pd

from data import places
from data.disclosure import Released, Unweighted, enough, release, release_published, shown, told_counts
from data.engine import Source, run
from data.flows.basis import Basis
from data.grouping import Grouping
from data.labels import OTHER
from data.notes import Note, Said
from data.summaries import returns
from data.summaries.people import complete, people_of, seed
from data.view import View, select, sentence
from data.vocabulary import ReturnBand

SIDES: Final = ("host", "country_of_return")
TOP: Final = 8
"""Countries on each side by name; one number for all figures, for two would tell what lies between them."""

MOST_YEARS: Final = 7


def matrix(source: Source, view: View, basis: Basis, years: tuple[int, int], top: int = TOP) -> Released:
    """People recorded from each host country (the `top` largest) to each country of return (likewise) in `years`.

    One row per pair that is recorded, most people first; two countries with returns both ways have two rows. All
    further countries together are `OTHER` and follow the same threshold: a cell of one to nine people is hidden, and
    another of its row and of its column with it, for other figures tell their totals. Years that the source does not
    cover whole are left out, unless only one is asked for.
    """
    raw = run(_between(source, view, basis, years, top))
    return release_published(
        raw,
        name="recorded-returns-from-where-to-where",
        keys=SIDES,
        margins=[["host"], ["country_of_return"]],
        context=source.context(_sentence(view, basis, years)),
        notes=(*_others(raw, top), *_whole_years(source, basis, years), *returns.notes(source)),
    )


def by_band(source: Source, view: View, basis: Basis, years: tuple[int, int], top: int = TOP) -> Released:
    """People recorded from host countries by band of the return spectrum to countries of return in `years`.

    Countries as in the matrix, but only rows with people. Bands of one pair of countries add up to its cell in the
    matrix, so a row of one to nine people is hidden together with the next smallest of its pair.
    """
    table = _between(source, view, basis, years, top, by=["band"])
    raw = run(table.filter(table.n > 0))
    hidden = ~shown(raw, [SIDES], Unweighted.PUBLISHED)
    return release_published(
        raw,
        name="recorded-returns-by-host-band-and-country",
        keys=("host", "band", "country_of_return"),
        context=source.context(_sentence(view, basis, years)),
        margins=[SIDES],
        notes=(
            *[Note(Said.LINKS_LEFT_OUT, count=int(hidden.sum()))] * bool(hidden.any()),
            *_others(raw, top),
            *_whole_years(source, basis, years),
            *returns.notes(source),
        ),
    )


def bands_by_year(source: Source, view: View, basis: Basis) -> Released:
    """People recorded per year and band of the return spectrum, for every band that occurs.

    The band is the one that the source's category stands for, by the table on the Cohorts page. A year for which the
    source has no number is marked not available; it is not zero. One that it does not cover whole is left out.
    """
    found = set(run(returns.rows_in_view(source, view, basis).select("band").distinct())["band"])
    bands = tuple(band.value for band in ReturnBand if band in found)
    return returns.by_year(source, view, basis, Grouping("band", bands))


def coverage(source: Source, view: View, flows: Source, basis: Basis, top: int = 10) -> Released:
    """People interviewed beside returns recorded, for the `top` corridors with most people and each year of return.

    `source` is the cohort in view, `flows` the recorded returns, counted on one `basis`; the last seven years of return
    are shown, and nothing is recorded for those that the source does not cover whole.
    `per_thousand` is people interviewed (rounded to 5) per 1,000 recorded returns. It says how much of a corridor the
    cohort can speak for and is no sampling rate: sources count differently, so it may exceed 1,000. Masked where fewer
    than 10 people are interviewed or recorded, not available where nothing is recorded. People whose year of return is
    not known are left out.
    """
    people = select(source.scored, view).filter(ibis._.return_year.notnull()).mutate(year=ibis._.return_year)
    each = people.group_by("corridor", "person").aggregate(key=people.person_key.max())
    largest = run(each.group_by("corridor").aggregate(n=each.count(), people_seed=seed(each.key)))
    largest = largest[enough(largest["n"]) & (largest["corridor"] != places.OTHER)]
    largest = largest.assign(n=told_counts(largest["n"], largest["people_seed"])).sort_values(
        ["n", "corridor"], ascending=[False, True]
    )
    corridors = [*largest["corridor"].head(top)]
    people = people.filter(people.corridor.isin(corridors))
    each = people.group_by("corridor", "year", "person").aggregate(key=people.person_key.max())
    counts = {"n": each.count(), "people_seed": seed(each.key)}
    raw = run(each.group_by("corridor", "year").aggregate(**counts))
    by_year = raw.groupby("year")["n"].sum()
    years = sorted(by_year.index[enough(by_year)])[-MOST_YEARS:]
    rows = returns.rows_in_view(flows, view, basis)
    whole = [int(year) for year in years if int(year) not in returns.partial(flows, basis)]
    rows = rows.filter(rows.corridor.isin(corridors), rows.year.isin(whole))
    recorded = run(rows.group_by(["corridor", "year"]).aggregate(recorded=rows.people.sum().cast("float64")))
    raw = complete(raw, {"corridor": corridors, "year": years}).merge(recorded, how="left", on=["corridor", "year"])
    interviewed = told_counts(raw["n"], raw["people_seed"]).astype("float64")
    per_thousand = 1000 * interviewed / raw["recorded"].where(raw["recorded"] > 0)
    both = replace(source, manifests=(*source.manifests, *flows.manifests))
    return release(
        raw.assign(per_thousand=per_thousand),
        name="interviewed-and-recorded",
        unweighted=Unweighted.COUNTED,
        keys=["corridor", "year"],
        values=["recorded", "per_thousand"],
        people=people_of(people.filter(people.year.isin(years))),
        context=both.context(sentence(view)),
        margins=[["corridor"]],
        needs={"recorded": ["recorded", "per_thousand"]},
        notes=(
            Note(Said.RECORDED_IS, unit=basis.unit, stock=basis.stock),
            Said.COUNTED_DIFFERENTLY,
            *returns.notes(both),
        ),
    )


def _between(
    source: Source, view: View, basis: Basis, years: tuple[int, int], top: int, *, by: Sequence[str] = ()
) -> ir.Table:
    """People `n` per host, country of return and `by` in `years`; countries beyond the `top` of a side are OTHER."""
    table = returns.rows_in_view(source, view, basis).filter(ibis._.year.between(*years))
    part = [] if years[0] == years[1] else [*returns.partial(source, basis)]
    table = table.filter(~table.year.isin(part)) if part else table
    people = table.people.sum().cast("float64")
    largest = {
        side: table.group_by(side).aggregate(n=people).order_by(ibis.desc("n"), side).limit(top)[side] for side in SIDES
    }
    lumped = {side: ibis.ifelse(table[side].isin(largest[side]), table[side], OTHER) for side in SIDES}
    table = table.mutate(**lumped)
    return (
        table.group_by([*SIDES, *by])
        .aggregate(n=table.people.sum().cast("float64"))
        .order_by(ibis.desc("n"), *SIDES, *by)
    )


def _sentence(view: View, basis: Basis, years: tuple[int, int]) -> str:
    return f"{returns.words(view, basis)}, {'–'.join(map(str, sorted({*years})))}"


def _whole_years(source: Source, basis: Basis, years: tuple[int, int]) -> tuple[Note, ...]:
    """Which of `years` are left out of a sum over several, or that the one asked for is not whole."""
    part = {year: told for year, told in returns.partial(source, basis).items() if years[0] <= year <= years[1]}
    if not part:
        return ()
    code = Said.NOT_WHOLE if years[0] == years[1] else Said.YEARS_LEFT_OUT
    return (Note(code, years=tuple(sorted(part.items()))),)


def _others(raw: pd.DataFrame, top: int) -> tuple[Note, ...]:
    """What `OTHER` stands for, where it occurs."""
    lumped = raw[[*SIDES]].isin([OTHER]).any(axis=None)
    return (Note(Said.OTHER_COUNTRIES, top=top),) * bool(lumped)
