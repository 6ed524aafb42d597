"""What was found, and done, when a file was read."""

from typing import Final

from components.texts.template import Words
from data.notes import Doubt

SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}


def _empty(count: int) -> str:
    return "1 empty column left out." if count == 1 else f"{count:,} empty columns left out."


def _not_used(count: int, personal: int) -> str:
    looks = f", {personal} of which look{'s' * (personal == 1)} personal" * bool(personal)
    return f"Columns left out because the mapping does not use them: {count:,}{looks}."


def _separator(separator: str) -> str:
    return f"The file's columns are separated by {SEPARATORS[separator]}."


DOUBTS: Final[dict[Doubt, Words]] = {
    Doubt.TEXT: "{text}",
    # The file
    Doubt.FIRST_SHEET: "Only the first sheet was read; sheets after it: {count}.",
    Doubt.LETTERS: "The file is not UTF-8; its letters were read as {letters}.",
    Doubt.SEPARATOR: _separator,
    Doubt.ABOVE_HEADING: "{rows:rows} above the heading left out.",
    Doubt.HXL_ROW: "The row of HXL tags under the heading was left out.",
    Doubt.NOT_APPROVED: "{rows:rows} marked as not approved left out.",
    Doubt.SENT_AGAIN: "{rows:rows} sent again later left out; the later one stays.",
    Doubt.CHOICES_JOINED: (
        "Choices in columns of their own were joined to one column for each question; questions: {count}."
    ),
    Doubt.NO_CHOICE: "Cells left blank because every choice of the question was marked as not chosen: {count:,}.",
    Doubt.SEVERAL_CHOICES: "Columns with several choices in a cell, which were told apart: {count}.",
    Doubt.REPEATS_JOINED: "Sheets of repeat groups were joined to the rows they belong to: {names:sheets}.",
    Doubt.EMPTY_COLUMNS: _empty,
    Doubt.HEADINGS_NUMBERED: "Columns with one and the same heading were numbered.",
    Doubt.SHEETS_LEFT_OUT: "Other sheets of the file were left out: {names:sheets}.",
    Doubt.WAVES_STACKED: "{count} columns for {unit} {times:list} were put below one another.",
    Doubt.NOTHING_IN_WAVES: "{rows:rows} without an answer in any of them left out.",
    Doubt.UNKNOWN_HEADINGS: "Columns left out because their heading is not known: {count}, such as {names:quoted}.",
    Doubt.ROWS_NOT_PICKED: "The mapping left out {rows:rows} of {of:,}, which it does not pick.",
    Doubt.COLUMNS_NOT_USED: _not_used,
    # The interviews in it
    Doubt.COUNTRY_UNKNOWN: "The {field:column} is not known in {rows:rows}.",
    Doubt.NAMIBIA: "NA in column {columns:headings} was read as Namibia in {rows:rows}.",
    Doubt.WEIGHT_BLANK: "The weight is blank in {rows:rows}: taken as 1.",
    Doubt.TAKEN_FOR_PERSON: (
        "Column {columns:headings} was taken for the person; if it tells interviews apart and not people, people "
        "interviewed more than once count more than once."
    ),
    Doubt.BAND_BLANK: "The band is blank in {rows:rows} and no facts place it: shown as unclassified.",
    Doubt.BAND_AGAINST_FACTS: "In {rows:rows} the band is another than the facts give: the file’s band is kept.",
    Doubt.BEFORE_RETURN: "In {rows:rows} the interview is dated before the return.",
    Doubt.ALL_ZERO: "In {rows:rows} all four scores are exactly 0, which some systems write for missing scores.",
    Doubt.TWICE_IN_WAVE: "In {rows:rows} a person is interviewed again in the same wave.",
    Doubt.UNDER_18: "In {rows:rows} the person is under 18: the survey is made for adults.",
    Doubt.NO_WAVES: (
        "There are no waves: the file has none, and months since return take too many values to number them by."
    ),
}
