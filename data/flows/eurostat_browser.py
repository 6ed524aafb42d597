"""Reads the sheets that Eurostat's data browser writes (XLSX): lines about the table, years across, a footer."""

import re
from typing import Final

import pandas as pd

from data.flows.eurostat_table import from_long
from data.flows.schema import Flows

_NAMES: Final = {
    "Time frequency": "freq",
    "Country of citizenship": "citizen",
    "CITIZEN": "citizen",
    "Country of destination": "c_dest",
    "C_DEST": "c_dest",
    "Geopolitical entity (reporting)": "geo",
    "GEO": "geo",
    "Unit of measure": "unit",
}
"""Our name for a dimension; others keep their own."""

_HEAD_ROWS: Final = 25
_PERIOD: Final = r"\d{4}(?:-Q[1-4])?"
_FOOTER: Final = ("Special value", "Observation flags", "Footnotes", "Available flags")


def is_browser(raw: pd.DataFrame) -> bool:
    """Whether `raw` is a sheet of Eurostat's data browser."""
    first = raw.iloc[:_HEAD_ROWS, 0].fillna("").str.strip()
    return bool(first.str.startswith("Dataset:").any() and first.eq("TIME").any())


def read_browser(raw: pd.DataFrame) -> Flows:
    """Recorded returns from such a sheet: rows of countries, years across, each with its flags in the column after.

    Raises ValueError, in words for the user.
    """
    cells = raw.fillna("").apply(lambda column: column.str.strip())
    if not is_browser(raw):
        raise ValueError("The sheet lacks the lines Dataset and TIME: download it from Eurostat's data browser again.")
    head = int(cells[0].head(_HEAD_ROWS).eq("TIME").idxmax())
    lines = cells.head(head).to_numpy()
    about = {line[0].rstrip(": "): next((cell for cell in line[1:] if cell), "") for line in lines}
    periods = [place for place, cell in enumerate(cells.iloc[head]) if re.fullmatch(_PERIOD, cell)]
    if not periods:
        raise ValueError("The line TIME names no years: put time in the columns when downloading the table.")
    sides = {place: _name(cell) for place, cell in enumerate(cells.iloc[head + 1, : periods[0]]) if cell}
    body = cells.iloc[head + 2 :]
    footer = body[0].str.startswith(_FOOTER)
    body = body[~footer.cummax() & (body[0] != "")]
    fixed = {_name(line): said for line, said in about.items() if line not in ("Dataset", "Last updated") and said}
    parts = [
        body[list(sides)].rename(columns=sides).assign(
            time_period=cells.iloc[head, place], obs_value=body[place], obs_flag=_flags(cells, body, head, place)
        )
        for place in periods
    ]  # fmt: skip
    long = pd.concat(parts, ignore_index=True)
    fixed = {name: said for name, said in fixed.items() if name not in long}
    if "geo" not in {*long, *fixed}:
        raise ValueError("The sheet names no reporting country (GEO): add it to the rows when downloading the table.")
    return from_long(long.assign(**fixed, table=about["Dataset"].lower()), about.get("Last updated", ""))


def _flags(cells: pd.DataFrame, body: pd.DataFrame, head: int, place: int) -> pd.Series | str:
    """The column after a year holds its flags where it has no heading."""
    after = place + 1
    return body[after] if after in cells and cells.iloc[head, after] == "" else ""


def _name(words: str) -> str:
    bare = re.sub(r" \((?:Labels|Codes)\)$", "", words)
    return _NAMES.get(bare, bare)
