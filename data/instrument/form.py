"""The survey as an XLSForm, with which a new programme can start collecting in the right shape, and its mappings.

XLSForm is the format of KoBoToolbox and ODK alike (xlsform.org). `data/mapping/shipped` holds a mapping for each way in
which those tools export the form, so that an export loads without a click.
"""

import io
from collections.abc import Iterator, Sequence
from typing import Final

from openpyxl import Workbook

from data.instrument import grouping_note
from data.instrument.questions import WORDING_NOTE, Group, Question, answers, groups
from data.mapping import FIELDS, Field, Mapping, Only
from data.mapping.sheet import key

TITLE: Final = "Reintegration survey (Return Spectrum)"
FORM_ID: Final = "return_spectrum_survey"
VERSION: Final = "1"

SURVEY: Final = (
    "type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message", "appearance",
    "default",
)  # fmt: skip

WAYS: Final = {
    "kobo": "KoBoToolbox, XML names with groups",
    "odk": "ODK Central",
    "names": "XML names without groups",
    "labels": "labels without groups",
}
"""How the form is exported: the key of each mapping, and in words."""

SYSTEM: Final = {
    "kobo": (
        "_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by", "__version__",
        "_tags", "_index",
    ),
    "odk": (
        "SubmissionDate", "meta-instanceID", "KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent",
        "AttachmentsExpected", "Status", "ReviewState", "DeviceID", "Edits", "FormVersion",
    ),
}  # fmt: skip
"""Columns that each tool adds to an export."""


def xlsform() -> bytes:
    """Return the survey as an Excel file that KoBoToolbox and ODK take: sheets survey, choices, settings and about.

    The wording of the questions is the project's own, as a note in the form and the sheet about say.
    """
    book = Workbook()
    book.remove(book.active)
    _fill(book, "survey", [SURVEY, *_survey()])
    choices = [(name, answer.name, answer.label) for name, several in answers().items() for answer in several]
    _fill(book, "choices", [("list_name", "name", "label"), *choices])
    settings = {"form_title": TITLE, "form_id": FORM_ID, "version": VERSION, "style": "pages"}
    _fill(book, "settings", [tuple(settings), tuple(settings.values())])
    _fill(book, "about", [(WORDING_NOTE,), (grouping_note,)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def form_mapping(way: str) -> Mapping:
    """Return the mapping of the form's exports in one of `WAYS`: answers to codes, people who agreed alone."""
    tool = "odk" if way == "odk" else "kobo"
    asked = [(_heading(group, question, way), question) for group in groups() for question in group.questions]
    fields = tuple(_field(heading, question) for heading, question in asked if question.name in FIELDS)
    consent = next(heading for heading, question in asked if question.name == "consent")
    headings = (*(heading for heading, _ in asked), *SYSTEM[tool])
    return Mapping(f"{TITLE}: {WAYS[way]}", fields, headings, (Only(consent, ("yes",)),))


def _fill(book: Workbook, name: str, rows: Sequence[Sequence[str]]) -> None:
    sheet = book.create_sheet(name)
    for row in rows:
        sheet.append(list(row))


def _survey() -> Iterator[tuple[str, ...]]:
    for group in groups():
        yield _row(type="begin_group", name=group.name, label=group.label, relevant=group.only_if)
        yield from map(_asked, group.questions)
        yield _row(type="end_group")


def _asked(question: Question) -> tuple[str, ...]:
    chosen = question.kind in answers()
    return _row(
        type=f"select_one {question.kind}" if chosen else question.kind,
        name=question.name,
        label=question.label,
        hint=question.hint,
        required="yes" if question.required else "",
        relevant=question.only_if,
        constraint=question.allowed,
        constraint_message=question.otherwise,
        appearance="minimal" if question.kind == "country" else "",
        default=question.default,
    )


def _row(**cells: str) -> tuple[str, ...]:
    return tuple(cells.get(column, "") for column in SURVEY)


def _heading(group: Group, question: Question, way: str) -> str:
    named = {"kobo": f"{group.name}/{question.name}", "odk": f"{group.name}-{question.name}", "names": question.name}
    return named.get(way, question.label)


def _field(heading: str, question: Question) -> Field:
    """A field by XML names and labels alike, but countries, whose names and codes are known anyway."""
    words = {} if question.kind == "country" else {
        key(word): (word, answer.code)
        for answer in answers().get(question.kind, ())
        for word in (answer.label, answer.name)
    }  # fmt: skip
    return Field(question.name, (heading,), tuple(words.values()))
