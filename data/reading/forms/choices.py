"""Questions with several answers: their choice columns and space-joined cells → one column per question.

The shapes are those KoBoToolbox and ODK Central write (formpack, `schema/fields.py`; ODK Central,
"Split select multiples").
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from data.notes import Doubt, Note
from data.reading.columns import normalised
from data.reading.forms.headings import is_element, is_field
from data.reading.forms.sheet import SEVERAL, TEXT, Column, Sheet, filled, lower, made, series, text

TICKED: Final = ("1", "true", "1.0")
UNTICKED: Final = ("0", "false", "0.0")
MOST_NAMES: Final = 80
"""A question has at most so many choices; free text has more words."""

_NAME: Final = re.compile(r"[^\WA-Z]+(?:[.-][^\WA-Z]+)*|\w*[_\d]\w*")
_SYSTEM: Final = re.compile(r"_.*|start|end|today|deviceid|phonenumber|simserial|KEY|SubmissionDate|meta.instance.*")

Questions = dict[tuple[str, int | None, int], list[int]]
"""The places of a question's choices, by its heading, the place of its own column, and which of its like it is."""


def together(sheet: Sheet, separators: str) -> tuple[Sheet, tuple[Note, ...]]:
    """Return `sheet` with one column for each question whose choices have columns of their own, and notes.

    A choice column is headed question, one of `separators`, choice, and holds 1/0, TRUE/FALSE or the choice's own words
    or nothing else. It is told from a question in a group by the question's own column; or, without one, where all of
    two or more columns of one prefix are such columns, filled in the same rows (or holding their own words), and none
    bears the name of a field of the project. Signs other than "/" are trusted only where the question's own cell
    names each choice ticked. The chosen choices, joined by " | ", take the place of the question's column, or of the
    first choice. Where none is chosen the cell is blank, like that of a question not asked; a note counts those where
    every choice was marked as not chosen. A question's own cell stays where its choice columns are blank.
    """
    candidates = dict(_candidates(sheet, separators))
    questions = _questions(sheet, candidates, separators)
    if not questions:
        return sheet, ()
    columns, headings = list(sheet.columns), list(sheet.headings)
    taken: set[int] = set()
    none = 0
    for (question, own, _), places in questions.items():
        words = [_words(sheet.headings[place], question) for place in places]
        ticks = [candidates[place] for place in places]
        home = places[0] if own is None else own
        joined = made(partial(_joined, words), *ticks)
        columns[home] = joined if own is None else made(partial(_or_own, words), joined, sheet.columns[own])
        headings[home] = question
        taken |= {*places} - {home}
        none += _none_chosen([sheet.columns[place] for place in places], columns[home])
    joined_sheet = Sheet(tuple(headings), tuple(columns), sheet.rows)
    notes = (Note(Doubt.CHOICES_JOINED, count=len(questions)), *[Note(Doubt.NO_CHOICE, count=none)] * bool(none))
    return joined_sheet.only(place for place in range(len(headings)) if place not in taken), notes


def split_names(sheet: Sheet) -> tuple[Sheet, tuple[Note, ...]]:
    """Return `sheet` with " | " between the choices of cells that hold several XML names, and notes.

    A column is taken for such only if some cell holds several words, all words are names (no capitals, unless with
    a digit or underscore), none twice in a cell, at most 80 in all, and either half of them also stand alone in a cell
    or all of those in company have a digit or underscore; so free text and labels stay as they are.
    """
    found = {
        place
        for place, column in enumerate(sheet.columns)
        if not _SYSTEM.fullmatch(sheet.headings[place]) and _holds_names(column)
    }
    if not found:
        return sheet, ()
    columns = tuple(made(_split, column) if place in found else column for place, column in enumerate(sheet.columns))
    return replace(sheet, columns=columns), (Note(Doubt.SEVERAL_CHOICES, count=len(found)),)


def _words(heading: str, question: str) -> str:
    return " ".join(heading[len(question) :].lstrip()[1:].split()).replace("|", "/")


def _candidates(sheet: Sheet, separators: str) -> Iterator[tuple[int, Column]]:
    """The places of the columns that may be choices, each with a column of whether the row chose it."""
    for place, (heading, column) in enumerate(zip(sheet.headings, sheet.columns, strict=True)):
        choices = [heading[at + 1 :] for at in _cuts(heading, separators)]
        if not choices or is_element(normalised(choices[-1])):
            continue
        own = {word for choice in choices for word in (" ".join(choice.lower().split()), normalised(choice))}
        chosen = pa.array([*TICKED, *own.difference(UNTICKED, [""])], TEXT)
        allowed = pa.concat_arrays([chosen, pa.array([*UNTICKED, ""], TEXT)])
        if column.all(partial(_among, allowed)):
            yield place, made(partial(_among, chosen), column)


def _among(words: pa.Array, cells: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.is_in(lower(cells), words)


def _cuts(heading: str, separators: str) -> list[int]:
    return [at for at, sign in enumerate(heading) if sign in separators and heading[:at].strip()]


def _questions(sheet: Sheet, candidates: Mapping[int, Column], separators: str) -> Questions:
    homes: dict[str, list[int]] = {}
    for place, heading in enumerate(sheet.headings):
        if place not in candidates:
            homes.setdefault(heading, []).append(place)
    inferred = _inferred(sheet, candidates, homes)
    found: Questions = {}
    seen: Counter[str] = Counter()
    for place, ticks in candidates.items():
        heading = sheet.headings[place]
        seen[heading] += 1
        for at in reversed(_cuts(heading, separators)):
            question = heading[:at].strip()
            own = _home(homes.get(question, ()), place)
            if own is not None and (heading[at] == "/" or _agrees(sheet.columns[own], ticks, heading[at + 1 :])):
                found.setdefault((question, own, 1), []).append(place)
                break
            if heading[at] == "/" and question in inferred:
                found.setdefault((question, None, seen[heading]), []).append(place)
                break
    return found


def _home(homes: Sequence[int], place: int) -> int | None:
    """The nearest of the columns headed by a question, to the left: its choices stand behind it."""
    return max((home for home in homes if home < place), default=min(homes, default=None))


def _agrees(own: Column, ticks: Column, choice: str) -> bool:
    """Whether the question's own cell names the choice wherever it is ticked, and it is ticked somewhere."""
    ticked = ticks.whole()
    named = pc.match_substring(lower(own.whole()), " ".join(choice.lower().split()))
    return bool(pc.any(ticked).as_py() and pc.all(pc.or_(named, pc.invert(ticked))).as_py())


def _inferred(sheet: Sheet, candidates: Mapping[int, Column], homes: Mapping[str, list[int]]) -> set[str]:
    """The questions without a column of their own."""
    families: dict[str, list[int]] = {}
    for place, heading in enumerate(sheet.headings):
        prefix = heading.rpartition("/")[0].strip()
        if prefix and prefix not in homes:
            families.setdefault(prefix, []).append(place)
    return {
        prefix
        for prefix, places in families.items()
        if len(places) > 1
        and all(place in candidates for place in places)
        and not any(is_field(normalised(sheet.headings[place].rpartition("/")[2])) for place in places)
        and _answered_together([sheet.columns[place] for place in places])
    }


def _answered_together(columns: Sequence[Column]) -> bool:
    """Whether some cell is filled, and where marks are used every column is filled in the same rows."""
    marks = pa.array([*TICKED, *UNTICKED], TEXT)
    there = [filled(column.whole()) for column in columns]
    if any(pc.any(_among(marks, column.whole())).as_py() for column in columns):
        return all(cells.equals(there[0]) for cells in there[1:])
    return any(pc.any(cells).as_py() for cells in there)


def _joined(words: Sequence[str], *ticks: pa.ChunkedArray) -> pa.ChunkedArray:
    joined = pa.chunked_array([pa.repeat(pa.scalar("", TEXT), len(ticks[0]))])
    for word, ticked in zip(words, ticks, strict=True):  # Arrow's join of many loses rows that are missing throughout
        first, further = pa.scalar(word, TEXT), pa.scalar(SEVERAL + word, TEXT)
        more = pc.binary_join_element_wise(
            joined, pc.if_else(pc.equal(joined, ""), first, further), pa.scalar("", TEXT)
        )
        joined = pc.if_else(ticked, more, joined)
    return joined


def _or_own(words: Sequence[str], joined: pa.ChunkedArray, own: pa.ChunkedArray) -> pa.ChunkedArray:
    """The question's own cells where nothing is joined, split if each of their words is one of its choices."""
    cells = series(own).str.strip()
    told = {cell: SEVERAL.join(cell.split()) if {*cell.split()} <= {*words} else cell for cell in cells.unique()}
    return pc.if_else(pc.equal(joined, ""), text(cells.map(told)), joined)


def _none_chosen(choices: Sequence[Column], joined: Column) -> int:
    """How many rows have every choice filled and none chosen."""
    silent = pc.equal(joined.whole(), "")
    for choice in choices:
        silent = pc.and_(silent, filled(choice.whole()))
    return int(pc.sum(silent, min_count=0).as_py())


def _split(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.replace_substring_regex(pc.utf8_trim_whitespace(cells), r"\s+", SEVERAL)


MODIFIERS: Final = frozenset(("very", "not", "no", "too", "quite", "rather", "somewhat", "fairly", "a", "at", "all"))
"""Words that make a label of several words and are hardly ever choices by themselves."""


def _holds_names(column: Column) -> bool:
    return _are_names(column.head) is not False and _are_names(column.whole()) is True


def _are_names(cells: pa.ChunkedArray) -> bool | None:
    """Whether cells hold choices by their XML names; None if each holds one word at most."""
    answers = [cell.split() for cell in cells.unique().to_pylist()]
    company = [words for words in answers if len(words) > 1]
    names = {word for words in answers for word in words}
    if not all(map(_NAME.fullmatch, names)) or any(len({*words}) < len(words) for words in company):
        return False
    if not company:
        return None
    alone = {words[0] for words in answers if len(words) == 1}
    coded = all(re.search(r"[_\d]", word) and not word.isdigit() for words in company for word in words)
    spoken = not MODIFIERS.isdisjoint(word for words in company for word in words)  # "very poor" is one label
    return len(names) <= MOST_NAMES and (coded or (not spoken and 2 * len(names & alone) >= len(names)))
