"""What the reader has said so far of a file's columns, and what is still to be said."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

import pandas as pd

from components.texts import say
from data.countries import resolve
from data.loading import Seen
from data.mapping import (
    FIELDS,
    KEEP,
    Field,
    Mapping,
    Only,
    Suggestion,
    changes,
    headings,
    missing,
    options,
    personal,
    propose,
    suggest,
    suggest_values,
    words,
)
from data.mapping.guess import CODED, COUNTRIES, YES_NO
from data.mapping.recode import among, recode
from data.mapping.sheet import key, locate, sheet
from data.mapping.suggest import coded
from data.notes import Mapped
from data.reading import ReadingError, Table
from data.reading.forms.sheet import SEVERAL
from data.vocabulary import CATEGORIES, POINTS

WAVE = "wave"
SAME = frozenset((*COUNTRIES, WAVE, *YES_NO, *CATEGORIES))
"""Fields that may be the same in every row."""


@dataclass
class Draft:
    """A mapping in the making: it changes with every click, and `used` is the mapping that the reader pressed for.

    `suggested` are the columns that may hold each field, `private` the columns that look personal, each with a reason;
    `told` and `refused` are sentences about the last mapping that was brought along, read or not.
    """

    table: Table
    mapping: Mapping
    suggested: dict[str, tuple[Suggestion, ...]]
    private: dict[str, Mapped]
    used: Mapping | None = None
    offer_private: bool = False
    told: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    _words: dict[str, pd.DataFrame] = field(default_factory=dict)
    _read: dict[tuple[Only, ...], int] = field(default_factory=dict)
    _opened: set[str] = field(default_factory=set)

    def get(self, name: str) -> Field | None:
        """How the field `name` is made; None where it is not."""
        return next((each for each in self.mapping.fields if each.field == name), None)

    def change(self, mapping: Mapping) -> None:
        """Take `mapping` for the one so far; what was pressed for before no longer holds."""
        if mapping != self.mapping:
            self.mapping, self.used = mapping, None

    def use(self) -> None:
        """Press for the mapping as it stands: it is made for this form from now on."""
        self.used = self.mapping = self.named()

    def named(self) -> Mapping:
        """The mapping as it stands, with the headings of this form."""
        return replace(self.mapping, headings=headings(self.table))

    def name(self, name: str) -> None:
        """Name the mapping; a blank name changes nothing."""
        if named := " ".join(name.split()):
            self.change(replace(self.mapping, name=named))

    def put(self, name: str, made: Field | None) -> None:
        """Make the field `name` so, or not at all."""
        others = [each for each in self.mapping.fields if each.field != name]
        fields = sorted([*others, *([self._listed(made)] if made else [])], key=lambda each: FIELDS.index(each.field))
        self.change(replace(self.mapping, fields=tuple(fields)))

    def alter(self, name: str, change: Callable[[Field], Field]) -> None:
        """Change the field `name` as it is now: between two drawings more than one click may come."""
        if made := self.get(name):
            self.put(name, change(made))

    def _listed(self, made: Field) -> Field:
        """The field with its words listed if it lists none but has a code for every other: else none would count."""
        if made.values or not made.columns or made.otherwise in (None, KEEP):
            return made
        return replace(made, values=tuple((word, made.otherwise) for word in self.spoken(made)["word"]))

    def choose(self, name: str, column: str) -> None:
        """Make the field `name` from `column`, with the codes that its words tell by themselves."""
        spoken = () if column in self.private else sheet(self.table).words(column)
        self.put(name, coded(name, column, spoken))

    def bring(self, mapping: Mapping) -> None:
        """Take a mapping made elsewhere, without the columns that this file has not, and tell what changed."""
        self.told = tuple(map(say, changes(mapping, self.table))) or ("The mapping fits: nothing in the form changed.",)
        self.refused = ()
        self.change(_fitted(mapping, self.table))

    def words(self, heading: str) -> pd.DataFrame:
        """The distinct words under `heading` with the rows that hold each, as `data.mapping.words` gives them."""
        if heading not in self._words:
            self._words[heading] = words(self.table, heading)
        return self._words[heading]

    def spoken(self, made: Field) -> pd.DataFrame:
        """The distinct words of the field's columns."""
        found = [self.words(column) for column in made.columns]
        return pd.concat(found, ignore_index=True).drop_duplicates("word", ignore_index=True)

    def several(self, made: Field) -> bool:
        """Whether cells of the field's columns hold several choices."""
        seen = sheet(self.table)
        tops = (seen.head[seen.headings.index(column)] for column in made.columns)
        return any(cells.str.contains(SEVERAL, regex=False).any() for cells in tops)

    def undecided(self, made: Field) -> tuple[str, ...]:
        """Words of the field's columns that have no code yet, and mean nothing by themselves."""
        if made.field not in CODED or not made.columns:
            return ()
        stays = made.otherwise == KEEP or not made.values
        asked = replace(made, otherwise=None) if stays else made
        spoken = self.spoken(made)["word"]
        if _known(spoken, asked):
            return ()
        free = tuple(word for word in spoken if not _known(pd.Series([word]), asked))
        return _without_sense(made.field, free) if stays else free

    def stays_open(self, place: str, *, wanted: bool) -> bool:
        """Whether words are laid open at `place`: where they were once wanted they do not fold under a click."""
        if wanted:
            self._opened.add(place)
        return place in self._opened

    def rows(self) -> int:
        """How many rows the mapping reads."""
        if self.mapping.only not in self._read:
            seen = sheet(self.table)
            kept = pd.Series(data=True, index=range(seen.rows))
            for only in self.mapping.only:
                kept &= among(seen.column(only.column), only)
            self._read[self.mapping.only] = int(kept.sum())
        return self._read[self.mapping.only]

    def all_rows(self) -> int:
        """How many rows of answers the file has."""
        return sheet(self.table).rows

    def given(self) -> set[str]:
        """The fields that are made, each from a column or from a code for all rows."""
        return {each.field for each in self.mapping.fields if each.columns or each.constant}

    def lacking(self) -> tuple[str, ...]:
        """One sentence for each thing that interviews need and the mapping does not tell yet."""
        return missing(self.given())


def begin(seen: Seen) -> Draft:
    """Begin with the mapping the file is read with or, if it has none, with what the columns tell of themselves."""
    table = seen.table
    mapping = _fitted(seen.mapping, table) if seen.mapping else propose(table, seen.filename.rsplit(".", 1)[0])
    suggested: dict[str, tuple[Suggestion, ...]] = {}
    for each in suggest(table):
        suggested[each.field] = (*suggested.get(each.field, ()), each)
    return Draft(table, mapping, suggested, personal(table))


def with_code(made: Field, word: str, code: str | None) -> Field:
    """Return the field with `code` for `word`, in the word's place; None takes the word off the list."""
    listed = {key(known): (known, given) for known, given in made.values}
    listed |= {key(word): (word, code or "")}
    if code is None:
        del listed[key(word)]
    return replace(made, values=tuple(listed.values()))


def with_rest(made: Field, rest: str | None) -> Field:
    """Return the field with `rest` for every word that is not listed, or that was listed as no other than the rest."""
    listed = tuple(pair for pair in made.values if made.otherwise is None or pair[1] != made.otherwise)
    return replace(made, otherwise=rest, values=listed)


def first(made: Field, word: str) -> Field:
    """Return the field with `word` before all others: of several choices in one cell the first listed counts."""
    return replace(made, values=tuple(sorted(made.values, key=lambda pair: key(pair[0]) != key(word))))


def code_of(made: Field, word: str) -> str | None:
    """The code the field lists for `word`; None where it lists none."""
    return next((code for listed, code in made.values if key(listed) == key(word)), None)


def silent(name: str, word: str) -> bool:
    """Whether a word that is not listed says nothing, such as "Refused", and is left out by itself."""
    return _known(pd.Series([word]), Field(name))


def starting(name: str) -> Field:
    """The field `name` as the same in all rows, before the reader says what it is."""
    return Field(name, constant="1" if name == WAVE else "")


def codes(made: Field) -> dict[str, str]:
    """The codes the field takes with their labels, and those it has besides them."""
    own = {*(code for _, code in made.values), made.constant, made.otherwise} - {"", None, KEEP}
    found = {**options(made.field), **{code: code for code in sorted(own - options(made.field).keys())}}
    return dict(sorted(found.items(), key=lambda pair: -float(pair[0]))) if made.field in POINTS else found


def yes_words(listed: Collection[str]) -> tuple[str, ...]:
    """Which of the words mean yes by themselves."""
    guessed = suggest_values(YES_NO[0], listed)
    return tuple(word for word in listed if guessed.get(word) == "yes")


def _fitted(mapping: Mapping, table: Table) -> Mapping:
    """The mapping without the columns that the table has not, and with the table's spelling of the others."""
    present = headings(table)
    fields = [
        replace(each, columns=columns)
        for each in mapping.fields
        if (columns := tuple(place for column in each.columns if (place := locate(column, present))))
        or not each.columns
    ]
    only = [replace(each, column=place) for each in mapping.only if (place := locate(each.column, present))]
    return replace(mapping, fields=tuple(fields), only=tuple(only))


def _known(spoken: pd.Series, made: Field) -> bool:
    try:
        recode(spoken.astype("str"), made)
    except ReadingError:
        return False
    return True


def _without_sense(name: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Which of the words that stay as they are will not be understood; a country's name is, and so are points."""
    if name in COUNTRIES:
        return tuple(word for word in words if resolve(word) is None)
    numbers = pd.to_numeric(pd.Series(words), errors="coerce")
    return () if name in POINTS and numbers.between(0, 1).all() else words
