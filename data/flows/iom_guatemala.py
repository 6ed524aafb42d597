"""Reads returns to Guatemala by month, sex, age and country they came from, as IOM's Global Data Institute has them."""

from typing import Final

import pandas as pd

from data.flows.assemble import assemble
from data.flows.basis import Unit
from data.flows.cells import MOST, find, stripped, under, whole
from data.flows.coverage import by_month, covered, holes
from data.flows.left_out import as_published
from data.flows.schema import Flows
from data.notes import Note, Recorded
from data.vocabulary import ReturnBand

CATEGORY: Final = "Returned Guatemalans"
BANDS: Final = {CATEGORY: ReturnBand.UNCLASSIFIED}

_HEADERS: Final = {"t": "year", "sex": "sex", "age": "age", "origin": "host", "n": "people"}


def is_guatemala(raw: pd.DataFrame) -> bool:
    """Whether `raw` holds IOM's table of returns to Guatemala."""
    return find(raw, _HEADERS, set(_HEADERS.values())) is not None


def read_guatemala(raw: pd.DataFrame) -> Flows:
    """Recorded returns to Guatemala; months, sexes and ages add up to years. Raises ValueError, in words for the user.

    NA as the country people came from is R's word for missing here, not Namibia.
    """
    start = find(raw, _HEADERS, set(_HEADERS.values()))
    if start is None:
        raise ValueError("No row of this file holds the headers t, sex, age, origin and n: leave the headers in.")
    table = under(raw, start, _HEADERS)
    host = stripped(table["host"])
    missing = host.isna() | host.eq("NA")
    year = table["year"].str.extract(r"^\s*(\d{4})", expand=False)
    periods = by_month(table["year"])
    people = as_published(int(whole(table.loc[missing, "people"], 0, MOST).sum()))
    years = tuple(sorted(set(year[missing].dropna())))
    blank = (Note(Recorded.GUATEMALA_NO_HOST, people=people, years=years),) * bool(missing.any())
    return assemble(
        table.assign(
            host=host.mask(missing),
            country_of_return="GTM",
            year=year,
            covers=covered(periods),
            category=CATEGORY,
            basis=Unit.GUATEMALA,
        ),
        BANDS,
        title="Returns to Guatemala",
        source="Instituto Guatemalteco de Migración, table of IOM's Global Data Institute",
        doubts=(
            Note(Recorded.GUATEMALA_NO_BAND),
            Note(Recorded.GUATEMALA_TOGETHER),
            *holes(periods),
            *blank,
        ),
    )
