"""How a note becomes a sentence: a template with the note's parameters in it, or a function of these."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from string import Formatter
from typing import Any, Final, TypeAlias

from components.rounding import percent
from data import bootstrap
from data.countries import corridor_label, name
from data.disclosure import FEW, Flag
from data.filters import joined
from data.follow_up import LOWER
from data.labels import COLUMN_LABELS
from data.notes import Note, Vague
from data.smooth import APART, KNOTS
from data.summaries.paths import CLEAR
from data.summaries.standardised import KINDS
from data.summaries.trend import FEWEST
from data.vocabulary import FLAG_MEANINGS
from data.weighting import DRAWS

Words: TypeAlias = str | Callable[..., str]
"""A template in the manner of `str.format`, whose formats are also the names of `FORMATS`; or a function."""


VAGUE: Final = {
    Vague.FEW: FEW,
    Vague.ALL: "all",
    Vague.ALL_BUT_FEW: f"all but {FEW}",
    Vague.UNDER_ONE_PERCENT: "under 1%",
    Vague.OVER_99_PERCENT: "over 99%",
    Vague.UNTESTED: "cannot be checked",
}
"""What is said in place of a number."""

CATALOGUE: Final[dict[str, dict[str, str]]] = tomllib.loads(
    Path(__file__).with_name("english.toml").read_text(encoding="utf-8")
)
"""The words by side and code; another language is another file."""

CONSTANTS: Final[dict[str, object]] = {
    "FEW": FEW,
    "CONFIDENTIAL": FLAG_MEANINGS[Flag.CONFIDENTIAL],
    "LOWER": LOWER,
    "FEWEST": FEWEST,
    "DRAWS": DRAWS,
    "BOOTSTRAPS": bootstrap.DRAWS,
    "SEED": bootstrap.SEED,
    "BLOCKS": bootstrap.BLOCKS,
    "CLEAR": CLEAR,
    "KNOTS": ", ".join(f"{100 * q:g}" for q in KNOTS),
    "APART": APART,
}
"""What a template may say of the program, beside its parameters."""

MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                 "November", "December")  # fmt: skip


def rows(count: int | None) -> str:
    """A count of rows: "1 row", "1,200 rows"; None is fewer than ten."""
    return f"{FEW} rows" if count is None else f"{count:,} row{'s' * (count != 1)}"


def number(count: int | None) -> str:
    """A count alone: "1,200"; None is fewer than ten."""
    return FEW if count is None else f"{count:,}"


def people(count: float | None) -> str:
    """A number of people; it may be a fraction, where a file has such. None is fewer than ten."""
    if count is None:
        return f"{FEW} people"
    return f"{count:,.0f} people" if count % 1 == 0 else f"{count:,.1f} people"


def _interviews(count: int | None) -> str:
    return f"Those of {FEW} people" if count is None else f"About {count:,} interviews"


def _about(percent: int | None) -> str:
    return "Nearly all" if percent is None else f"About {percent}% of the"


def _part(part: tuple[str, int]) -> str:
    """What is covered of a year: its months ("01-04" is "January to April"), or that some host countries gave none."""
    covers, silent = part
    if not covers:
        return f"not all host countries: {silent} gave no number"
    first, last = (MONTHS[int(month) - 1] for month in covers.split("-"))
    return first if first == last else f"{first} to {last}"


def amount(value: float | Vague) -> str:
    """A count or a share of a data report, or what is said in its place."""
    if isinstance(value, Vague):
        return VAGUE[value]
    return percent(value) if isinstance(value, float) else f"{value:,}" if value else "none"


def _sheets(names: tuple[str, ...]) -> str:
    shown = ", ".join(repr(name[:40]) for name in names[:5])
    return f"{len(names)} ({shown}{', …' * (len(names) > 5)})"


FORMATS: Final[dict[str, Callable[[Any], str]]] = {
    "rows": rows,
    "number": number,
    "people": people,
    "amount": amount,
    "share": percent,
    "interviews": _interviews,
    "about": _about,
    "part": _part,
    "parts": lambda years: "; ".join(f"{year}: {_part(part)}" for year, part in years),
    "list": lambda each: ", ".join(map(str, each)),
    "or": lambda each: " or ".join(map(str, each)),
    "quoted": lambda each: ", ".join(map(repr, each)),
    "headings": lambda each: " and ".join(map(repr, each)),
    "sheets": _sheets,
    "column": lambda column: COLUMN_LABELS[column].lower(),
    "countries": lambda codes: ", ".join(map(name, codes)),
    "corridors": lambda codes: joined([corridor_label(code) for code in codes]),
    "kinds": lambda size: joined([*KINDS.values()][:size]),
}
"""What a template may call a parameter's form, beside the forms that Python knows."""


class _Formatter(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        made = FORMATS.get(format_spec)
        return made(value) if made else str(super().format_field(value, format_spec))


_FORMATTER: Final = _Formatter()


def filled(words: Words, note: Note) -> str:
    """The sentence of `note` in these words; LookupError, TypeError or ValueError where its parameters do not do."""
    given = {name: value for name, value in note.parameters if name in _fields(words)}
    return words(**given) if callable(words) else _FORMATTER.vformat(words, (), {**CONSTANTS, **given})


def fields(words: Mapping[Any, Words]) -> dict[Any, set[str]]:
    """For each code the names of the parameters that its words take."""
    return {code: _fields(each) for code, each in words.items()}


def _fields(words: Words) -> set[str]:
    if callable(words):
        return set(words.__code__.co_varnames[: words.__code__.co_argcount])
    return {field for _, field, _, _ in _FORMATTER.parse(words) if field is not None} - {*CONSTANTS}
