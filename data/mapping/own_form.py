"""The mappings of the project's own form of the survey: one for each way in which KoBoToolbox and ODK export it.

`data/mapping/shipped` holds them as files, so that an export loads without a click.
"""

from typing import Final

from data.instrument.form import TITLE
from data.instrument.questions import Group, Question, answers, groups
from data.mapping.model import FIELDS, Field, Mapping, Only
from data.mapping.sheet import key

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


def form_mapping(way: str) -> Mapping:
    """Return the mapping of the form's exports in one of `WAYS`: answers to codes, people who agreed alone."""
    tool = "odk" if way == "odk" else "kobo"
    asked = [(_heading(group, question, way), question) for group in groups() for question in group.questions]
    fields = tuple(_field(heading, question) for heading, question in asked if question.name in FIELDS)
    consent = next(heading for heading, question in asked if question.name == "consent")
    headings = (*(heading for heading, _ in asked), *SYSTEM[tool])
    return Mapping(f"{TITLE}: {WAYS[way]}", fields, headings, (Only(consent, ("yes",)),))


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
