"""Repeat groups on sheets of their own → columns of the sheet they belong to."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from data.reading.forms.headings import readable
from data.reading.forms.sheet import SEVERAL, Sheet, at_hand, series, text

LINKS: Final = {"_parent_index": "_index", "PARENT_KEY": "KEY"}
"""The column of a repeat's sheet that says to which row it belongs, and the column it names, in KoBo and in ODK."""

LONGEST_NAME: Final = 31
"""Excel cuts the names of sheets here."""

_OWN: Final = ("_index", "_parent_table_name", "_parent_index", "KEY", "PARENT_KEY")


def link(sheet: Sheet) -> str | None:
    """Return the heading of the column that ties a repeat's rows to others; None if `sheet` is no repeat."""
    return next((child for child in LINKS if child in sheet.headings), None)


def parents(sheets: Mapping[str, Sheet]) -> dict[str, str]:
    """Return, for each sheet of a repeat group, the sheet its rows belong to, where that is among `sheets`."""
    found = {}
    for name, sheet in sheets.items():
        child = link(sheet)
        if child is None:
            continue
        named = sheet.cells("_parent_table_name")
        tables = set() if named is None else {table[:LONGEST_NAME] for table in named.unique()}
        keys = set(_column(sheet, child)) - {""}
        others = [other for other in sheets if other != name and LINKS[child] in sheets[other].headings]
        ways = [other for other in others if other[:LONGEST_NAME] in tables] or [
            other for other in others if keys & set(_column(sheets[other], LINKS[child]))
        ]
        if ways:
            found[name] = min(ways, key=lambda other: link(sheets[other]) is not None)
    return found


def attach(parent: Sheet, child: Sheet, sheet_name: str) -> Sheet:
    """Return `parent` with the columns of the repeat group `child`, headed repeat/column, and "repeat (number)".

    A cell holds the row's entries in order, joined by " | ", blank ones left out; the number counts all entries.
    """
    tie = link(child)
    assert tie is not None, "only sheets of repeats are attached"
    name = _name(child, sheet_name)
    keys = _column(child, tie)
    of_parent = _column(parent, LINKS[tie])
    headings, columns = [f"{name} (number)"], [of_parent.map(keys.value_counts()).fillna(0).astype(int)]
    for heading, column in zip(child.headings, child.columns, strict=True):
        if heading in _OWN or heading.startswith("_submission_"):
            continue
        cells = series(column.whole()).str.strip()
        filled = cells != ""
        joined = cells[filled].groupby(keys[filled], sort=False).agg(SEVERAL.join)
        headings.append(heading if f"{name}/" in f"{heading}/" else f"{name}/{heading}")
        columns.append(of_parent.map(joined))
    added = (at_hand(text(column)) for column in columns)
    return Sheet((*parent.headings, *headings), (*parent.columns, *added), parent.rows)


def _column(sheet: Sheet, heading: str) -> pd.Series:
    column = sheet.cells(heading)
    assert column is not None, "asked only for columns that are there"
    return column


def _name(child: Sheet, sheet_name: str) -> str:
    """The repeat's name: ODK's keys end in it, uuid:…/members[2]; KoBo names the sheet by it."""
    keys = child.cells("KEY")
    last = "" if keys is None or keys.empty else str(keys.iloc[0]).rpartition("/")[2]
    return last.partition("[")[0] if "[" in last else readable(sheet_name)
