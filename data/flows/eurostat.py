"""Reads Eurostat's enforcement statistics from SDMX-CSV, whatever the order of its dimensions."""

import re
from typing import Final

import pandas as pd

from data.flows.eurostat_table import ROLES, from_long
from data.flows.schema import Flows

_ABOUT: Final = ("dataflow", "structure", "structure_id", "structure_name", "last update")
_HEADS: Final = {*ROLES, *_ABOUT}


def is_eurostat(raw: pd.DataFrame) -> bool:
    """Whether `raw` is a table in Eurostat's SDMX-CSV."""
    return {"geo", "time_period", "obs_value"} <= set(_names(raw))


def read_eurostat(raw: pd.DataFrame) -> Flows:
    """Recorded returns from SDMX-CSV with codes, or with codes and labels. Raises ValueError, in words for the user."""
    names = _names(raw)
    flow = next((names.index(name) for name in ("dataflow", "structure_id") if name in names), None)
    if flow is None or not is_eurostat(raw):
        raise ValueError(
            "The first row lacks DATAFLOW, geo, TIME_PERIOD or OBS_VALUE: download SDMX-CSV from Eurostat again and "
            "keep all its columns."
        )
    # Dimensions are in lower case; a heading in words is the label of the column before it.
    kept = [name for name in names if name in ROLES or (re.fullmatch("[a-z][a-z0-9_]*", name) and name not in _ABOUT)]
    places = {name: names.index(name) for name in kept}
    body = raw.iloc[1:].fillna("")
    long = pd.DataFrame({name: _codes(body[place]) for name, place in places.items()})
    updated = body[names.index("last update")].max() if "last update" in names else ""
    return from_long(long.assign(table=body[flow].str.lower()), updated)


def _names(raw: pd.DataFrame) -> list[str]:
    """Headers without their labels; those Eurostat writes in capitals in lower case."""
    heads = [str(cell).split(":")[0].strip() for cell in raw.iloc[0]]
    return [head.lower() if head.lower() in _HEADS else head for head in heads]


def _codes(column: pd.Series) -> pd.Series:
    """Cells without their labels ("AF:Afghanistan"); a lone colon, which says not available, stays."""
    told = {cell: cell.split(":")[0].strip() or cell.strip() for cell in column.unique()}
    return column.map(told).astype("str")
