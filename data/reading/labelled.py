"""Stata (.dta) and SPSS (.sav, .zsav) files, with their value labels, → a table of text."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow.parquet as pq

from data.reading.columns import normalised
from data.reading.forms.headings import distinct, is_field, readable
from data.reading.problems import ReadingError
from data.reading.table import Table

SPSS: Final = (b"$FL2", b"$FL3")
STATA: Final = b"<stata_dta>"
OLD_STATA: Final = (105, 108, *range(110, 116))
"""First byte of a Stata file before release 13: the number of its format."""

READER: Final = Path(__file__).with_name("labelled_apart.py")
PATIENCE: Final = 900
"""Seconds that reading a file may take."""


def is_labelled(head: bytes) -> bool:
    """Whether a file that begins with `head` (at least 12 bytes) is one of Stata or SPSS."""
    old = len(head) > 3 and head[0] in OLD_STATA and head[1] in (1, 2) and head[2:4] == b"\x01\x00"
    return head.startswith((*SPSS, STATA)) or old


def read_labelled(content: bytes | Path, filename: str) -> Table:
    """Return the table in a Stata or SPSS file (its bytes, or where they are); `filename` is only used in messages.

    Values are given as their labels, or as they are where they have none; missing values, also those the file's author
    declared so, are blank; dates are written 2024-03-31, numbers without a needless ".0". A heading is the variable's
    name, or its label where that names a field of the project and the name does not, or else "name · label". The file
    is read by a process of its own, as the library for it may crash. Raises `ReadingError` when the file is damaged or
    holds no rows.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "source"), Path(folder, "target")
        if isinstance(content, Path):
            source = content
        else:
            source.write_bytes(content)
        with source.open("rb") as file:
            tool = "spss" if file.read(4) in SPSS else "stata"
        command = [sys.executable, "-P", str(READER), str(source), str(target), tool]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):  # what it printed may hold people's answers
            known = {"spss": "SPSS", "stata": "Stata"}[tool]
            raise ReadingError(f"{filename} cannot be read as a {known} file: save it again, or as CSV.") from None
        table = pq.read_table(target)
    if not table.num_rows or not table.num_columns:
        raise ReadingError(f"{filename} has no rows: save it again with its interviews.")
    told = {key.decode(): json.loads(value) for key, value in table.schema.metadata.items()}
    headings = distinct([_heading(*words) for words in zip(told["names"], told["labels"], strict=True)])
    cells = table.to_pandas()
    frame = pd.concat([pd.DataFrame([headings], columns=cells.columns, dtype="str"), cells[(cells != "").any(axis=1)]])
    return Table(frame.reset_index(drop=True).set_axis(pd.RangeIndex(len(headings)), axis=1))


def _heading(name: str, label: str) -> str:
    label = readable(label)
    if not label or is_field(normalised(name)) or normalised(label) == normalised(name):
        return name
    return label if is_field(normalised(label)) else f"{name} · {label}"
