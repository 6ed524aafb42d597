"""Run as a process of its own by `labelled`: a Stata or SPSS file → a Parquet file of text.

The library underneath, ReadStat, can crash on a damaged file, and would take the whole app with it. Nothing of the
project is imported, so that the process starts quickly.
"""

import contextlib
import json
import sys
from collections.abc import Hashable
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat

MOST_MEMORY: Final = 8 * 2**30
"""Bytes that a file may make the process ask for."""

OTHER_LETTERS: Final = "WINDOWS-1252"
"""What a file's letters are if not what it says, or UTF-8 where it says nothing."""

SINGLE: Final = "float"
"""What ReadStat calls Stata's numbers of four bytes, of which 0.1 reads as 0.10000000149."""


def convert(source: Path, target: Path, spss: bool) -> None:
    """Write to `target` the columns of `source`, as text, in a Parquet file named 0, 1, 2 …

    The file's metadata hold the variables' names and labels as JSON: `names` and `labels`.
    """
    frame, meta = _parsed(source, spss)
    kinds = [meta.readstat_variable_types[name] for name in meta.column_names]
    columns = {
        str(place): pa.array(_text(frame.iloc[:, place], kind == SINGLE), pa.string())
        for place, kind in enumerate(kinds)
    }
    labels = [label or "" for label in meta.column_labels]
    told = {"names": json.dumps(meta.column_names), "labels": json.dumps(labels)}
    pq.write_table(pa.table(columns).replace_schema_metadata(told), target)


def _parsed(source: Path, spss: bool) -> tuple[pd.DataFrame, pyreadstat.metadata_container]:
    read = pyreadstat.read_sav if spss else pyreadstat.read_dta
    try:  # SPSS files say what their letters are; old Stata files do not, and are UTF-8 if other tools wrote them
        return read(source, apply_value_formats=True, formats_as_category=False, encoding=None if spss else "UTF-8")
    except (pyreadstat.ReadstatError, UnicodeDecodeError):
        return read(source, apply_value_formats=True, formats_as_category=False, encoding=OTHER_LETTERS)


def _text(column: pd.Series, single: bool) -> list[str]:
    """Each distinct value is written once."""
    words = {value: _written(value, single) for value in column.dropna().unique()}
    return [words.get(value, "") for value in column]


def _written(value: Hashable, single: bool) -> str:
    if isinstance(value, datetime):
        return str(value.date() if value.time() == time() else value.replace(microsecond=0))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(np.float32(value)) if single else repr(float(value))
    return str(value)


if __name__ == "__main__":
    with contextlib.suppress(ImportError):  # Windows sets no limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    convert(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "spss")
