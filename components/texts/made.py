"""Words that need more than a template: what is said depends on how many there are, or on which."""

from collections.abc import Iterable
from typing import Final

from components.texts.template import CATALOGUE, Words, amount, filled
from components.texts.template import people as as_people
from data.cohort import TYPES
from data.flows.basis import Basis
from data.flows.left_out import Reason
from data.labels import PANELS_AT_LENGTH, basis_label
from data.notes import Code, Doubt, Mapped, Note, Recorded, Reported, Said
from data.report.model import Amount

LEFT_OUT: Final = CATALOGUE["left_out"]
"""Why rows are left out, by the code of the reason."""

KNOWN: Final = CATALOGUE["known"]
"""What others may know of a person, by column."""

SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}

_TAKEN: Final = {
    "host": "the country of asylum as the host",
    "country_of_return": "the country of origin or nationality as the country of return",
}


def _empty(count: int) -> str:
    return "1 empty column left out." if count == 1 else f"{count:,} empty columns left out."


def _not_used(count: int, personal: int) -> str:
    looks = f", {personal} of which look{'s' * (personal == 1)} personal" * bool(personal)
    return f"Columns left out because the mapping does not use them: {count:,}{looks}."


def _separator(separator: str) -> str:
    return f"The file's columns are separated by {SEPARATORS[separator]}."


def _panel(panel: str, codes: tuple[Said, ...]) -> str:
    """How one of the three lines is counted."""
    return f"{PANELS_AT_LENGTH[panel]}: {' '.join(filled(CATALOGUE['figures'][code], Note(code)) for code in codes)}"


def _recorded_is(unit: str, stock: bool) -> str:
    return f"Recorded is: {basis_label(Basis(unit, stock=stock))}."


def _left_out(reason: str, count: int, people: float | None, names: tuple[str, ...], more: int) -> str:
    which = (
        "Rows with a country that we do not recognise, counted as unknown"
        if reason == Reason.UNRECOGNISED
        else f"Rows left out because {LEFT_OUT[reason]}"
    )
    with_people = "" if people == 0 else f", with {as_people(people)}"
    told = ", ".join(names) + (f" and {more:,} more" if more else "")
    return f"{which}: {count:,}{with_people}" + (f" ({told})." if names else ".")


def _level(level: str) -> str:
    which = "whole countries (adm0)" if level == "adm0" else level
    return f"The file has several administrative levels; what is read: {which}."


def _countries(columns: tuple[str, ...]) -> str:
    return f"The file was read with {' and '.join(_TAKEN[column] for column in columns)}."


def _counted(first: int, last: int, people: float | None) -> str:
    return f"{first if first == last else f'{first}–{last}'}: {as_people(people)}"


def _holds(people: Amount, interviews: Amount, waves: int) -> str:
    told = f"The file holds {amount(people)} people and {amount(interviews)} interviews"
    return f"{told}, in {waves or 'no'} wave{'s' * (waves != 1)}."


def _corridors_found(count: int) -> str:
    return (
        f"Returnees by host country and country of return: {count:,} corridor{'s' * (count != 1)} with people enough "
        "to show a number. Others there may be are not told."
    )


def _known(columns: tuple[str, ...], alone: Amount, few: tuple[Amount, ...], fewer_than: tuple[int, ...]) -> str:
    known = ", ".join(KNOWN[name].lower() for name in columns)
    first, second = (f"of fewer than {size}: {amount(part)}" for size, part in zip(fewer_than, few, strict=True))
    return (
        f"Known of each person: {known}. Alone in their combination: {amount(alone)} of the people; in a combination "
        f"{first}; {second}."
    )


def _best_left_out(column: str) -> str:
    return f"If one column is to be left out, {KNOWN[column].lower()} helps most."


def _look_like(field: str) -> str:
    dates, countries = field in TYPES and "date" in field, field in ("host", "country_of_return")
    return f"its values look like {'dates' if dates else 'countries' if countries else f'{field} words'}"


MADE: Final[dict[Code, Words]] = {
    Doubt.SEPARATOR: _separator,
    Doubt.EMPTY_COLUMNS: _empty,
    Doubt.COLUMNS_NOT_USED: _not_used,
    Mapped.VALUES_LOOK_LIKE: _look_like,
    Recorded.LEFT_OUT: _left_out,
    Recorded.TAGS_LEVEL: _level,
    Recorded.OWN_COUNTRIES: _countries,
    Recorded.COUNTED: _counted,
    Said.PANEL: _panel,
    Said.RECORDED_IS: _recorded_is,
    Reported.HOLDS: _holds,
    Reported.CORRIDORS_FOUND: _corridors_found,
    Reported.KNOWN: _known,
    Reported.BEST_LEFT_OUT: _best_left_out,
}


def because(reasons: Iterable[Note]) -> str:
    """Why a column may be a field, in one line."""
    return "; ".join(
        filled(MADE.get(Mapped(reason.code)) or CATALOGUE["mapping"][reason.code], reason) for reason in reasons
    )


def total(basis: Basis, counted: Note) -> str:
    """How many people a basis counts: "Registered refugees, 2014–2016: 1,205 people."."""
    words = {**CATALOGUE["recorded"], Recorded.COUNTED: _counted}
    told = f"{basis_label(basis)}, {filled(words[counted.code], counted)}."
    return told[0].upper() + told[1:]
