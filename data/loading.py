"""From a file to a dataset: one way, for the screen and the command alike.

`look` opens a file, tidies it and says what it is; `load` reads what was seen. In between the screen may ask for a
mapping and put it in place: `replace(seen, mapping=…)`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pyarrow as pa

from data.cohort import Cohort
from data.flows.kinds import recognise
from data.flows.schema import Flows
from data.mapping import Mapping, find, headings, read_mapped
from data.mapping.sheet import locate
from data.notes import Doubt, Note
from data.reading import INTERVIEWS, ReadingError, Table, read, read_table, sheets
from data.reading.columns import normalised
from data.reading.columns import recognise as fields_of
from data.reading.forms import Form, Tool, tidy
from data.reading.forms.archive import is_archive, unpacked
from data.reading.forms.headings import readable
from data.reading.forms.preamble import without_preamble
from data.reading.forms.sheet import TEXT, Sheet, closed, made, opened
from data.reading.labelled import is_labelled, read_labelled
from data.reading.pieces import Tell
from data.reading.wide import lengthen
from data.scoring import Profile

ZIPPED: Final = b"PK\x03\x04"
"""First bytes of an Excel file and of an archive of CSV files alike."""

_SEEN: Final = 0.3
"""The share of the whole that is done when a file is open."""


@dataclass(frozen=True)
class Seen:
    """A file that is open: what it holds, as far as that shows without reading its values.

    `table` is the tidy, long table of interviews, or recorded returns as they are in the file. `kind` is the key of one
    of `data.flows.KINDS`, or `INTERVIEWS`. `tool` wrote the file. `mapping` is the one it is read with, None where its
    own headings are the project's or no mapping is known; `lacking` says, in sentences for the user, why it cannot be
    read without one (() where it can). `empty` are headings of columns left out because nothing is in them. `notes`
    say what was done to the file.
    """

    filename: str
    table: Table
    kind: str
    tool: Tool = "plain"
    mapping: Mapping | None = None
    lacking: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def needs_mapping(self) -> bool:
        """Whether the file holds interviews that cannot be read before someone maps its columns."""
        return self.mapping is None and bool(self.lacking)


def look(
    content: bytes | Path,
    filename: str,
    *,
    mappings: Iterable[Mapping] = (),
    kind: str | None = None,
    progress: Tell = lambda _share, _stage: None,
) -> Seen:
    """Open a file and say what it holds; of `mappings` the one made for its form is taken.

    `content` is the file's bytes or where they are: CSV, Excel, Parquet, Stata, SPSS, or ODK Central's archive. `kind`
    overrules what is recognised. `progress` is told the share done (0…0.3) and the stage, and stops the reading by
    raising. Raises `ReadingError` with one sentence for each thing to mend, `OSError` where the file cannot be opened.
    """
    tables = _tables(content, filename, lambda share, stage: progress(_SEEN * share, stage))
    first = next(iter(tables.values()))
    known = None if kind else recognise(first.head)
    key = kind or (known.key if known else INTERVIEWS)
    if key != INTERVIEWS:
        others = len(tables) - 1
        notes = (Note(Doubt.FIRST_SHEET, count=others),) if others else ()
        return Seen(filename, first, key, notes=notes)
    progress(_SEEN, "Tidying the table")
    form = tidy(tables)
    seen = Seen(filename, lengthen(form.table), INTERVIEWS, form.tool, empty=_empty(tables, form), notes=form.notes)
    seen = replace(seen, mapping=_fitting(seen, tuple(mappings)))
    return seen if seen.mapping else replace(seen, lacking=_lacking(seen.table))


def load(
    seen: Seen,
    *,
    name: str | None = None,
    source: str = "",
    licence: str = "",
    profile: str | Profile = "documented",
    footnotes: bytes | None = None,
    choices: dict[str, str] | None = None,
    progress: Tell = lambda _share, _stage: None,
) -> Cohort | Flows:
    """Read what was seen, by way of its mapping if it has one; the rest is as `data.reading.read` takes it.

    `progress` is told the share done (0.3…1) and the stage. The dataset's doubts begin with what was done to the file.
    Raises `ReadingError` with one sentence for each thing to mend, those of `lacking` among them.
    """
    if seen.needs_mapping:
        raise ReadingError(*seen.lacking)

    def tell(share: float, stage: str) -> None:
        progress(max(share, _SEEN), stage)

    dataset: Cohort | Flows
    if seen.mapping:
        table = _with_blanks(seen.table, _blanks(seen, seen.mapping.columns()))
        dataset = read_mapped(
            seen.mapping,
            table,
            seen.filename,
            name=name,
            source=source,
            licence=licence,
            profile=profile,
            progress=tell,
        )
    else:
        dataset = read(
            seen.table,
            seen.filename,
            name=name,
            source=source,
            licence=licence,
            profile=profile,
            kind=seen.kind,
            footnotes=footnotes,
            choices=choices or {},
            progress=tell,
        )
    return replace(dataset, doubts=(*seen.notes, *dataset.doubts))


def _tables(content: bytes | Path, filename: str, progress: Tell) -> dict[str, Table]:
    """Every table of a file by the name of its sheet."""
    if isinstance(content, Path):
        with content.open("rb") as file:
            start = file.read(12)
    else:
        start = content[:12]
    if is_labelled(start):
        return {filename: read_labelled(content, filename)}
    if not start.startswith(ZIPPED):
        return {filename: read_table(content, filename, progress)}
    whole = content.read_bytes() if isinstance(content, Path) else content
    return unpacked(whole, filename) if is_archive(whole) else sheets(whole, filename)


def _empty(tables: dict[str, Table], form: Form) -> tuple[str, ...]:
    """The headings of the file that tidying left out: of empty columns, and of choices joined to their question."""
    there = {normalised(heading) for heading in form.table.headings}
    known = [readable(heading) for table in tables.values() for heading in without_preamble(table)[0].headings]
    return tuple(dict.fromkeys(heading for heading in known if normalised(heading) not in there))


def _fitting(seen: Seen, mappings: tuple[Mapping, ...]) -> Mapping | None:
    """The mapping made for the file's form, whose questions that nobody answered are questions still."""
    present = headings(seen.table)
    if found := find(mappings, present):
        return found
    return next((each for each in mappings if find([each], (*present, *_blanks(seen, each.headings)))), None)


def _blanks(seen: Seen, wanted: Iterable[str]) -> tuple[str, ...]:
    """Which columns that were left out as empty are among `wanted`."""
    present = headings(seen.table)
    return tuple(name for name in wanted if locate(name, present) is None and locate(name, seen.empty) is not None)


def _with_blanks(table: Table, names: tuple[str, ...]) -> Table:
    if not names:
        return table
    sheet = opened(table)
    blank = made(lambda cells: pa.chunked_array([pa.repeat(pa.scalar("", TEXT), len(cells))], TEXT), sheet.columns[0])
    columns = (*sheet.columns, *(blank for _ in names))
    return closed(Sheet((*sheet.headings, *names), columns, sheet.rows), table, table.notes)


def _lacking(table: Table) -> tuple[str, ...]:
    """Why a table's own headings do not do, in sentences; () if they do."""
    try:
        fields_of([name for name, count in zip(headings(table), table.filled, strict=True) if count])
    except ReadingError as error:
        return error.problems
    return ()
