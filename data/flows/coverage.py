"""Which months of a year a source covers, from the months or quarters of its own rows.

Periods are a frame with one row per row of the source: its year and the first and last month it counts (1…12), numbers
or missing.
"""

import pandas as pd

from data.notes import Note, Recorded


def by_month(dates: pd.Series) -> pd.DataFrame:
    """The periods of rows dated "2015-01" or "2015-01-24", one month each."""
    parts = dates.str.extract(r"^\s*(\d{4})(?:-(\d{2}))?").astype("float64")
    return _periods(parts[0], parts[1], parts[1])


def by_quarter(years: pd.Series, quarters: pd.Series) -> pd.DataFrame:
    """The periods of rows that count a quarter (1…4) each; a missing one is a whole year."""
    return _periods(years, 3 * quarters - 2, 3 * quarters)


def covered(periods: pd.DataFrame) -> pd.Series:
    """What each row's year covers, from its earliest to its latest month: "" for all twelve, else "01-04".

    A year without any month is whole.
    """
    spans = _spans(periods).fillna({"first": 1, "last": 12})
    words = {year: _words(int(first), int(last)) for year, first, last in spans.itertuples(name=None)}
    return periods["year"].map(words).astype("str").fillna("")


def at_the_ends(periods: pd.DataFrame) -> pd.DataFrame:
    """The periods of dated events, which need not happen in every month: only the first and last year are partial."""
    first, last = periods["year"].min(), periods["year"].max()
    return periods.assign(
        first=periods["first"].mask(periods["year"] != first, 1), last=periods["last"].mask(periods["year"] != last, 12)
    )


def holes(periods: pd.DataFrame) -> tuple[Note, ...]:
    """A note on the years for which months between the first and the last are missing; () where there are none."""
    there = {
        (year, month)
        for year, first, last in periods.dropna().astype("int").drop_duplicates().itertuples(index=False, name=None)
        for month in range(first, last + 1)
    }
    missing = tuple(
        int(year)
        for year, first, last in _spans(periods).dropna().itertuples(name=None)
        if any((year, month) not in there for month in range(int(first), int(last) + 1))
    )
    return (Note(Recorded.MONTHS_MISSING, years=missing),) if missing else ()


def _periods(years: pd.Series, first: pd.Series, last: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"year": years, "first": first, "last": last}).astype("Float64").astype("float64")


def _spans(periods: pd.DataFrame) -> pd.DataFrame:
    return periods.groupby("year").agg({"first": "min", "last": "max"})


def _words(first: int, last: int) -> str:
    return "" if (first, last) == (1, 12) else f"{first:02d}-{last:02d}"
