"""Reads returns from Mexico by month, nationality and type, as IOM's Global Data Institute tidies them."""

from typing import Final

import pandas as pd

from data.flows.assemble import assemble
from data.flows.basis import Unit
from data.flows.cells import find, stripped, under
from data.flows.coverage import by_month, covered, holes
from data.flows.schema import Flows
from data.notes import Note, Recorded
from data.vocabulary import ReturnBand

BANDS: Final = {
    "deportation": ReturnBand.FORCED,
    "assisted return": ReturnBand.OBLIGED,
    "assisted return of children": ReturnBand.OBLIGED,
}

_HEADERS: Final = {"t": "year", "nat": "country_of_return", "type": "category", "n": "people"}


def is_mexico(raw: pd.DataFrame) -> bool:
    """Whether `raw` holds IOM's table of returns from Mexico."""
    return find(raw, _HEADERS, set(_HEADERS.values())) is not None


def read_mexico(raw: pd.DataFrame) -> Flows:
    """Recorded returns from Mexico; months add up to years. Raises ValueError, in words for the user."""
    start = find(raw, _HEADERS, set(_HEADERS.values()))
    if start is None:
        raise ValueError("No row of this file holds the headers t, nat, type and n: leave the headers in.")
    table = under(raw, start, _HEADERS)
    nationality = stripped(table["country_of_return"])
    periods = by_month(table["year"])
    return assemble(
        table.assign(
            host="MEX",
            country_of_return=nationality.mask(nationality == "NA"),  # R's word for missing; Namibia is NAM here
            year=table["year"].str.extract(r"^\s*(\d{4})", expand=False),
            covers=covered(periods),
            basis=Unit.MEXICO,
        ),
        BANDS,
        title="Returns from Mexico",
        source="Unidad de Política Migratoria of Mexico, table of IOM's Global Data Institute",
        doubts=(Note(Recorded.MEXICO_NATIONALITIES), Note(Recorded.MEXICO_ASSISTED), *holes(periods)),
    )
