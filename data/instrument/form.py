"""The survey as an XLSForm, with which a new programme can start collecting in the right shape.

XLSForm is the format of KoBoToolbox and ODK alike (xlsform.org). `data.mapping.own_form` reads its exports.
"""

import io
from collections.abc import Iterator, Sequence
from typing import Final

from openpyxl import Workbook

from data.instrument import grouping_note
from data.instrument.questions import WORDING_NOTE, Question, answers, groups

TITLE: Final = "Reintegration survey (Return Spectrum)"
FORM_ID: Final = "return_spectrum_survey"
VERSION: Final = "1"

SURVEY: Final = (
    "type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message", "appearance",
    "default",
)  # fmt: skip


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
