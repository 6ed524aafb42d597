"""Recorded returns: what statistical sources count, by year and by country of return.

Figures of different counting bases are never added, stacked or joined: every summary is of one `basis`, and says it.
"""

from typing import Final, NamedTuple

import ibis
import ibis.expr.types as ir
import pandas as pd

from data.disclosure import ALL_ROWS, NO_TOTALS, Released, confidential, few, release_published, tells_few
from data.engine import Source, run
from data.filters import joined, named, names
from data.flows.basis import Basis
from data.grouping import Grouping
from data.labels import OTHER, basis_label
from data.notes import Note, Said
from data.view import View, sentence, without
from data.vocabulary import NOT_RETURNS

MOST_NOTES: Final = 12


class Part(NamedTuple):
    """The part of a year that a source covers: its months as "01-04", or how many host countries gave no number."""

    covers: str = ""
    silent: int = 0


def bases(source: Source) -> tuple[Basis, ...]:
    """What a dataset counts, most people first: its counting bases, those that are returns before any other."""
    table = source.table
    found = run(table.group_by("basis", "returns", "stock").aggregate(n=table.people.sum().fill_null(0)))
    found = found.sort_values(["returns", "n", "basis"], ascending=[False, False, True])
    columns = (found[name].tolist() for name in ("basis", "returns", "stock"))
    return tuple(Basis(*each) for each in zip(*columns, strict=True))


def rows_in_view(source: Source, view: View, basis: Basis) -> ir.Table:
    """The rows of one basis that the view's place, band and year ask for, with `corridor`."""
    table = _of(source, basis)
    table = table.mutate(corridor=table.host + "-" + table.country_of_return, return_year=table.year)
    wanted = [named(name).value(value).keeps(table) for name, value in _recorded(view).values]
    return table.filter(wanted) if wanted else table


def years(source: Source, basis: Basis) -> tuple[int, ...]:
    """Years in which somebody is counted, oldest first."""
    table = _of(source, basis)
    found = run(table.filter(table.people > 0).select("year").distinct().order_by("year"))
    return tuple(int(year) for year in found["year"])


def partial(source: Source, basis: Basis) -> dict[int, Part]:
    """The years of which a source covers only a part, with what it covers; they stand beside no whole year.

    A part of the months, or not all host countries: those whose every number of a year is said not to be available,
    while others of their years have some.
    """
    table = _of(source, basis)
    counted = run(table.group_by(["year", "host"]).aggregate(covers=table.covers.max(), n=table.people.sum()))
    spans = counted[counted["covers"] != ""]
    parts = {int(year): Part(covers) for year, covers in zip(spans["year"], spans["covers"], strict=True)}
    known = set(counted.loc[counted["n"].notna(), "host"])
    silent = counted[counted["n"].isna() & counted["host"].isin(known)]
    for year, hosts in silent.groupby("year")["host"]:
        parts.setdefault(int(str(year)), Part(silent=len(hosts)))
    return parts


def fullest_year(source: Source, basis: Basis) -> int | None:
    """The whole year with returns recorded to most countries, the later of two; None where there is no year at all."""
    table = _of(source, basis)
    by_year = table.filter(table.people > 0).group_by("year").aggregate(countries=ibis._.country_of_return.nunique())
    found = run(by_year.order_by(ibis.desc("countries"), ibis.desc("year")))["year"].astype("int64").tolist()
    whole = [year for year in found if year not in partial(source, basis)]
    return next(iter([*whole, *found]), None)


def largest(source: Source, view: View, basis: Basis, by: str, top: int) -> tuple[str, ...]:
    """The `top` values of column `by` with the most recorded returns in view, of those with any."""
    table = rows_in_view(source, view, basis)
    ranked = table.group_by(by).aggregate(n=table.people.sum())
    return tuple(run(ranked.filter(ranked.n > 0).order_by(ibis.desc("n"), by).limit(top))[by])


def by_year(source: Source, view: View, basis: Basis, grouping: Grouping) -> Released:
    """Recorded returns per year for each of the groups, in people as published.

    Only years that the source covers whole; the others are told in the notes. A year for which the source has no number
    is marked not available; it is not zero. The people behind the figure are those of all years or, of a stock, which
    counts the same people again, of the last.
    """
    by = grouping.by
    table, part = rows_in_view(source, view, basis), partial(source, basis)
    table = table.filter(table[by].isin([*grouping.groups]))
    counted = run(table.group_by(["year", by]).aggregate(n=table.people.sum().cast("float64")).order_by("year"))
    raw = counted[~counted["year"].isin([*part])]
    span = range(raw["year"].min(), raw["year"].max() + 1) if len(raw) else ()
    every = pd.MultiIndex.from_product([span, [*grouping.groups]], names=["year", by]).to_frame(index=False)
    in_view = rows_in_view(source, view, basis)
    by_year = in_view.group_by("year").aggregate(n=in_view.people.sum().fill_null(0).cast("float64")).order_by("year")
    whole = run(by_year.filter(~by_year.year.isin([*part]))).set_index("year")["n"]
    shown = every.astype({"year": "int64"}).merge(raw, how="left", on=["year", by])
    # What is not shown stands between the groups and the totals that other figures tell: few people there count too.
    rest = (whole - raw.groupby("year")["n"].sum().reindex(whole.index, fill_value=0)).rename("n")
    others = rest[rest > 0].reset_index().assign(**{by: OTHER})
    return release_published(
        pd.concat([shown, others]) if len(others) else shown,
        name=f"recorded-returns-by-{by.replace('_', '-')}",
        keys=["year", by],
        margins=[["year"]],
        people=whole.tail(1).sum() if basis.stock else whole.sum(),
        context=source.context(words(view, basis)),
        notes=(*_left_out(counted, part), *notes(source), *footnotes(table)),
    ).only(by, *grouping.groups)


def by_country(source: Source, view: View, basis: Basis, year: int, top: int = 10) -> Released:
    """The `top` countries of return in `year`: people returned, the largest host country and its share (0…1).

    As in MPI, *Balancing Acts*, Table 1.
    """
    table = rows_in_view(source, view, basis).filter(ibis._.year == year)
    corridors = run(table.group_by(["country_of_return", "host"]).aggregate(n=table.people.sum().cast("float64")))
    corridors["total"] = corridors.groupby("country_of_return")["n"].transform("sum", min_count=1)
    ranked = corridors.sort_values(["n", "host"], ascending=[False, True]).drop_duplicates("country_of_return")
    raw = ranked.sort_values("total", ascending=False, kind="stable").reset_index(drop=True)
    raw = raw.assign(share=raw["n"] / raw["total"].where(raw["total"] > 0))
    shown = table.filter(table.country_of_return.isin(raw["country_of_return"].head(top).tolist()))
    # A share with three digits of a small total would tell how few came from there, or from elsewhere.
    parts = (raw["n"], raw["total"] - raw["n"])
    one, rest = (tells_few(part, raw["total"], 0.0005) for part in parts)
    released = release_published(
        raw.assign(n=raw["total"]),
        name=f"top-countries-of-return-{year}",
        keys=["country_of_return", "host"],
        values=["share"],
        context=source.context(f"{words(view, basis)}, {year}"),
        margins=[ALL_ROWS],
        reasons={"share": confidential(one | rest)},
        notes=(*_covered(source, basis, year), *notes(source), *footnotes(shown)),
    )
    return released.first(top)


def categories(source: Source) -> Released:
    """The source's own categories with the band each is placed in, and people over all corridors and years.

    Most people first, as published; of a stock the people of the last year. A category without any number is marked not
    available.
    """
    rows = source.table
    last = rows.year == rows.year.max().over(group_by=rows.basis)
    rows = rows.filter(last | ~rows.stock)
    apart = rows.returns.ifelse("", NOT_RETURNS)
    table = rows.group_by(category=apart + rows.category, band=rows.band).aggregate(n=rows.people.sum())
    return release_published(
        run(table.order_by(ibis.desc("n"), "category", "band")),
        name="categories-and-bands",
        keys=["category", "band"],
        margins=NO_TOTALS,
        context=source.context(words(View(), *bases(source))),
        notes=notes(source),
    )


def words(view: View, *bases: Basis) -> str:
    """What is counted and the part of the view that narrows it, for nothing else is known of those counted."""
    return f"Recorded, {joined([basis_label(basis) for basis in bases])}: {sentence(_recorded(view))}"


def footnotes(rows: ir.Table) -> tuple[Note, ...]:
    """The source's own footnotes and flags on the rows behind a figure: the `MOST_NOTES` most frequent."""
    noted = rows.filter(rows.note != "")
    counted = run(noted.group_by("note").aggregate(n=noted.count()).order_by(ibis.desc("n"), "note"))["note"]
    more = len(counted) - MOST_NOTES
    rest = (Note(Said.MORE_FOOTNOTES, count=more),) if more > 0 else ()
    return (*(Note(Said.FOOTNOTE, text=text) for text in counted.head(MOST_NOTES)), *rest)


def notes(source: Source) -> tuple[Note, ...]:
    """What a reader must know about the data, as its manifests say it."""
    return tuple(doubt for manifest in source.manifests for doubt in manifest.doubts)


def _recorded(view: View) -> View:
    """The part of a view that is recorded of those counted."""
    return without(view, *({*names()} - {"place", "band", "year"}))


def _of(source: Source, basis: Basis) -> ir.Table:
    return source.table.filter(source.table.basis == basis.unit)


def _covered(source: Source, basis: Basis, year: int) -> tuple[Note, ...]:
    part = partial(source, basis)
    return (Note(Said.YEAR_IN_PART, year=year, part=part[year]),) if year in part else ()


def _left_out(counted: pd.DataFrame, part: dict[int, Part]) -> tuple[Note, ...]:
    """The years that stand beside no whole year, with what is covered of each and how many people."""
    sums = counted[counted["year"].isin([*part])].groupby("year")["n"].sum(min_count=1).dropna()
    return tuple(
        Note(Said.YEAR_LEFT_OUT, year=int(year), part=part[int(year)], people=None if few(n) else round(n))
        for year, n in zip(sums.index.tolist(), sums.tolist(), strict=True)
    )
