"""What KoBoToolbox and ODK Central export, and plain tables, → one tidy table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from data.notes import Doubt, Note
from data.reading.forms.choices import split_names, together
from data.reading.forms.cleaning import accepted, without_empty, without_tags
from data.reading.forms.headings import distinct, readable
from data.reading.forms.preamble import without_preamble
from data.reading.forms.repeats import attach, link, parents
from data.reading.forms.sheet import Sheet, closed, opened
from data.reading.problems import ReadingError
from data.reading.table import Table

__all__ = ["Form", "tidy", "tool_of"]

Tool = Literal["kobo", "odk", "plain"]

KOBO: Final = frozenset({"_id", "_uuid", "_submission_time", "_validation_status", "_index", "_parent_index"})
ODK: Final = frozenset({"SubmissionDate", "meta-instanceID", "KEY", "PARENT_KEY"})
"""Columns each tool writes into every export; two of them tell it."""

SEPARATORS: Final[dict[Tool, str]] = {"kobo": "/-.", "odk": "/-.", "plain": "/"}
"""What may stand between a question and its choice: KoBo lets people choose it."""

IDENTITIES: Final[dict[Tool, tuple[str, str]]] = {
    "kobo": ("_uuid", "_submission_time"),
    "odk": ("KEY", "SubmissionDate"),
}
"""The column that tells one sending of a form from another, and that of its time."""


@dataclass(frozen=True)
class Form:
    """A tidy `table`, the `tool` that wrote it, and `notes`: what a reader must know of the tidying."""

    table: Table
    tool: Tool
    notes: tuple[Note, ...] = ()


def tool_of(headings: Iterable[str]) -> Tool:
    """Return the tool that wrote a sheet with these `headings`."""
    found = frozenset(heading.strip() for heading in headings)
    if len(KOBO & found) > 1:
        return "kobo"
    return "odk" if len(ODK & found) > 1 else "plain"


def tidy(sheets: Mapping[str, Table]) -> Form:
    """Return one tidy table made of `sheets`, the tables of a file by name (one, for a file without sheets).

    The form's own sheet, or else the largest, is taken; sheets of repeat groups become columns of it, and others are
    named in a note. Titles above the heading and HXL tags below it are left out, headings made readable and distinct, a
    question's choices put into one column joined by " | ", rows not approved and all but the latest of those sent twice
    left out, and empty columns too. Cells are otherwise as they were, and the reading's own notes stay with the table;
    a plain table with nothing to mend comes back itself. Raises `ReadingError` if there is no sheet, or nothing is left
    of it.
    """
    if not sheets:
        raise ReadingError("The file has no sheet with rows under a heading: save it again with its interviews.")
    headed = {name: without_preamble(table) for name, table in sheets.items()}
    found = {name: opened(table) for name, (table, _) in headed.items()}
    main = max(found, key=lambda name: _rank(found[name]))
    tool = tool_of(found[main].headings)
    clean: dict[str, Sheet] = {}
    tagged: dict[str, tuple[Note, ...]] = {}
    for name, sheet in found.items():
        clean[name], tagged[name] = without_tags(replace(sheet, headings=_readable(sheet.headings)))
    clean[main], reviewed = accepted(clean[main], IDENTITIES.get(tool))
    ties = parents(clean)
    belongs = {child: parent for child, parent in ties.items() if _root(child, ties) == main}
    sheet, joined = _grown(main, clean, belongs, tool)
    sheet, emptied = without_empty(sheet)
    if not sheet.rows or not sheet.columns:
        raise ReadingError("No row of the file has an answer that counts: see that some are filled and approved.")
    headings = distinct(sheet.headings)
    others = tuple(sorted(clean.keys() - {main, *belongs}))
    notes = (
        *headed[main][1],
        *tagged[main],
        *reviewed,
        *joined,
        *[Note(Doubt.REPEATS_JOINED, names=tuple(sorted(belongs)))] * bool(belongs),
        *emptied,
        *[Note(Doubt.HEADINGS_NUMBERED)] * (headings != sheet.headings),
        *[Note(Doubt.SHEETS_LEFT_OUT, names=others)] * bool(others),
    )
    if not notes and headings == found[main].headings:
        return Form(sheets[main], tool)
    table = closed(replace(sheet, headings=headings), sheets[main], sheets[main].notes)
    return Form(table, tool, notes)


def _readable(headings: Iterable[str]) -> tuple[str, ...]:
    return tuple(readable(heading) or f"Column {place}" for place, heading in enumerate(headings, start=1))


def _rank(sheet: Sheet) -> tuple[bool, bool, int]:
    return link(sheet) is None, tool_of(sheet.headings) != "plain", sheet.rows * len(sheet.columns)


def _grown(
    name: str, sheets: Mapping[str, Sheet], belongs: Mapping[str, str], tool: Tool
) -> tuple[Sheet, tuple[Note, ...]]:
    """A sheet with its choices joined and its repeats, themselves grown, attached; and notes on its own choices."""
    sheet, notes = together(sheets[name], SEPARATORS[tool])
    if tool != "plain":
        sheet, more = split_names(sheet)
        notes = (*notes, *more)
    for child, parent in belongs.items():
        if parent == name:
            grown, _ = _grown(child, sheets, belongs, tool)
            sheet = attach(sheet, grown, child)
    return sheet, notes


def _root(name: str, belongs: Mapping[str, str]) -> str | None:
    """The sheet a repeat belongs to in the end; None if sheets belong to each other in a ring."""
    for _ in range(len(belongs) + 1):
        if name not in belongs:
            return name
        name = belongs[name]
    return None
