"""What is said while a file's columns are mapped."""

from collections.abc import Iterable
from typing import Final

from components.texts.template import Words, filled
from data.cohort import TYPES
from data.notes import Mapped, Note


def _look_like(field: str) -> str:
    dates, countries = field in TYPES and "date" in field, field in ("host", "country_of_return")
    return f"its values look like {'dates' if dates else 'countries' if countries else f'{field} words'}"


MAPPING: Final[dict[Mapped, Words]] = {
    # Why a column may be a field
    Mapped.HEADING_IS: "its heading is {words:headings}",
    Mapped.HEADING_ENDS_IN: "its heading ends in {words:headings}",
    Mapped.HEADING_HAS: "its heading has {words:headings}",
    Mapped.VALUES_LOOK_LIKE: _look_like,
    Mapped.VALUES_AGREE: "its values agree",
    Mapped.VALUES_DIFFER: "but its values do not look like it",
    # Why a column looks personal: it …
    Mapped.BIRTH: "tells a date of birth",
    Mapped.PHONES: "tells phone numbers",
    Mapped.EMAILS: "tells e-mail addresses",
    Mapped.PLACE: "tells where someone is",
    Mapped.ASKER: "tells who asked",
    Mapped.DEVICE: "tells the device",
    Mapped.DOCUMENTS: "tells document numbers",
    Mapped.ABOUT_THE_FORM: "is about the form and not about a person",
    Mapped.FREE_TEXT: "holds free text",
    Mapped.NAMES: "tells names",
    Mapped.LIKE_EMAILS: "holds what looks like e-mail addresses",
    Mapped.LIKE_PHONES: "holds what looks like phone numbers",
    Mapped.LIKE_COORDINATES: "holds what looks like coordinates",
    # What changed in a form
    Mapped.NEW_COLUMNS: "Columns that are new in the form: {count:,}, such as {names:quoted}.",
}


def because(reasons: Iterable[Note]) -> str:
    """Why a column may be a field, in one line."""
    return "; ".join(filled(MAPPING[Mapped(reason.code)], reason) for reason in reasons)
