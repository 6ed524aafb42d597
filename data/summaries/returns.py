"""Recorded returns: what statistical sources count, by year and by country of return."""

from collections.abc import Sequence
from typing import Final

import ibis
import ibis.expr.types as ir
import pandas as pd

from data.countries import ALL_COUNTRIES
from data.engine import Source, run
from data.flows.bands import NOT_RETURNS
from data.release import FLOOR, Released, release_published
from data.view import View, sentence
from data.vocabulary import Mark

RETURNS: Final = "Recorded returns"
MOST_NOTES: Final = 12


def counted(source: Source) -> ir.Table:
    """The rows that count returns; where a dataset has none (orders to leave, say), the rows that it has."""
    returns = ~source.table.category.startswith(NOT_RETURNS)
    return source.table.filter(returns | ~returns.any().as_scalar())


def what(source: Source) -> str:
    """What a dataset counts: `RETURNS`, or what it counts instead, such as "Not returns: ordered to leave"."""
    categories = run(counted(source).select("category").distinct().order_by("category"))["category"]
    others = [category.removeprefix(NOT_RETURNS) for category in categories if category.startswith(NOT_RETURNS)]
    return NOT_RETURNS + ", ".join(others) if others else RETURNS


def recorded(source: Source, view: View) -> ir.Table:
    """The counted rows that the view's corridors, bands and years ask for, with `corridor`."""
    table = counted(source)
    table = table.mutate(corridor=table.host + "-" + table.country_of_return)
    chosen = {"corridor": view.corridors, "band": view.bands}
    wanted = [table[column].isin(values) for column, values in chosen.items() if values]
    wanted += [table.year.between(*view.years)] if view.years else []
    return table.filter(wanted) if wanted else table


def rows_for(source: Source, view: View, by: str) -> ir.Table:
    """Rows that add up by `by`.

    By corridor: the single host countries. By country of return: where a source counts all hosts together, only those
    totals, for its single hosts may be of other years and kinds of return.
    """
    table = recorded(source, view)
    together = table.host == ALL_COUNTRIES
    if by == "corridor":
        return table.filter(~together)
    has_totals = (counted(source).host == ALL_COUNTRIES).any().as_scalar()
    return table.filter(together | ~has_totals)


def years(source: Source) -> tuple[int, ...]:
    """Years with recorded returns, oldest first."""
    return tuple(int(year) for year in run(counted(source).select("year").distinct().order_by("year"))["year"])


def fullest_year(source: Source) -> int:
    """The year with returns recorded to most countries, the later of two: where a reader sees most at first."""
    by_year = counted(source).group_by("year").aggregate(countries=ibis._.country_of_return.nunique())
    return int(run(by_year.order_by(ibis.desc("countries"), ibis.desc("year")).limit(1))["year"].iloc[0])


def largest(source: Source, view: View, by: str, top: int) -> tuple[str, ...]:
    """The `top` values of column `by` with the most recorded returns in view."""
    table = rows_for(source, view, by)
    ranked = table.group_by(by).aggregate(n=table.people.sum()).order_by(ibis.desc("n"), by).limit(top)
    return tuple(run(ranked)[by])


def by_year(source: Source, view: View, by: str, groups: Sequence[str]) -> Released:
    """Recorded returns per year for each of `groups` (values of column `by`), in people as published.

    A year for which the source has no number is marked not available; it is not zero.
    """
    table = rows_for(source, view, by)
    table = table.filter(table[by].isin([*groups]))
    raw = run(table.group_by(["year", by]).aggregate(n=table.people.sum()).order_by("year"))
    span = sorted(raw["year"].unique())
    every = pd.MultiIndex.from_product([span, [*groups]], names=["year", by]).to_frame(index=False)
    return release_published(
        every.merge(raw, how="left", on=["year", by]),
        name=f"recorded-returns-by-{by.replace('_', '-')}",
        keys=["year", by],
        context=source.context(words(source, view)),
        notes=(*notes(source), *footnotes(table)),
    )


def by_country(source: Source, view: View, year: int, top: int = 10) -> Released:
    """The `top` countries of return in `year`: people returned, the largest host country and its share (0…1).

    As in MPI, *Balancing Acts*, Table 1. The host is missing where the source counts all hosts together.
    """
    table = rows_for(source, view, "country_of_return").filter(ibis._.year == year)
    corridors = run(table.group_by(["country_of_return", "host"]).aggregate(n=table.people.sum().cast("float64")))
    corridors["total"] = corridors.groupby("country_of_return")["n"].transform("sum", min_count=1)
    ranked = corridors.sort_values(["n", "host"], ascending=[False, True]).drop_duplicates("country_of_return")
    raw = ranked.sort_values("total", ascending=False).head(top).reset_index(drop=True)
    shown = table.filter(table.country_of_return.isin(raw["country_of_return"].tolist()))
    known = raw["host"] != ALL_COUNTRIES
    raw = raw.assign(
        share=(raw["n"] / raw["total"].where(raw["total"] > 0)).where(known), host=raw["host"].where(known, None)
    )
    # A share with three digits of a small total would tell how few came from there, or from elsewhere.
    few = raw["n"].between(1, FLOOR - 1) | (raw["total"] - raw["n"]).between(1, FLOOR - 1)
    tells = few & (raw["total"] * 0.0005 < FLOOR)
    return release_published(
        raw.assign(n=raw["total"]),
        name=f"top-countries-of-return-{year}",
        keys=["country_of_return", "host"],
        values=["share"],
        context=source.context(f"{words(source, view)}, {year}"),
        reasons={"share": pd.Series(Mark.SHOWN, index=raw.index).mask(tells, Mark.CONFIDENTIAL)},
        notes=(*notes(source), *footnotes(shown)),
    )


def categories(source: Source) -> Released:
    """The source's own categories with the band each is placed in, and people over all corridors and years.

    Most people first, as published. A category without any number is marked not available.
    """
    table = source.table.group_by(["category", "band"]).aggregate(n=ibis._.people.sum())
    return release_published(
        run(table.order_by(ibis.desc("n"), "category", "band")),
        name="categories-and-bands",
        keys=["category", "band"],
        context=source.context(words(source, View())),
        notes=notes(source),
    )


def words(source: Source, view: View) -> str:
    """What is counted and the part of the view that narrows it, for nothing else is known of those counted."""
    return f"{what(source)}: " + sentence(View(corridors=view.corridors, bands=view.bands, years=view.years))


def footnotes(rows: ir.Table) -> tuple[str, ...]:
    """The source's own footnotes and flags on the rows behind a figure: the `MOST_NOTES` most frequent."""
    noted = rows.filter(rows.note != "")
    counted = run(noted.group_by("note").aggregate(n=noted.count()).order_by(ibis.desc("n"), "note"))["note"]
    more = len(counted) - MOST_NOTES
    rest = (f"The source has {more} more notes on these numbers, in the file itself.",) if more > 0 else ()
    return (*(f"Note of the source: {note}" for note in counted.head(MOST_NOTES)), *rest)


def notes(source: Source) -> tuple[str, ...]:
    """What a reader must know about the data, as its manifests say it."""
    return tuple(doubt for manifest in source.manifests for doubt in manifest.doubts)
