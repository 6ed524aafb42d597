"""A column of text → a column of values, one parser per kind of field.

Every parser takes trimmed cells (`str`, missing where a cell says nothing; the series' name is the column's heading)
and raises `ReadingError` with one sentence when some cannot be read. None of them guesses.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from data.countries import resolve_all
from data.reading.problems import ReadingError, rows
from data.vocabulary import CATEGORIES

Parser = Callable[[pd.Series], pd.Series]

MISSING: Final = (
    "", ".", "-", "na", "n/a", "nan", "null", "don't know", "don’t know", "dont know", "do not know", "refused",
    "not applicable", "not available", "unknown",
)  # fmt: skip
"""What stands for a missing answer, in capitals or not."""

TOO_NARROW: Final = "##"
"""How a cell begins that Excel exported too narrow for its date; missing too."""

NAMIBIA: Final = "na"
"""Missing everywhere but among countries, where it is Namibia."""

WORDS: Final[dict[str, dict[str, str]]] = {
    "perceived_choice": {"free": "free", "full choice": "free", "some": "some", "none": "none"},
    "sex": {"f": "female", "woman": "female", "girl": "female", "m": "male", "man": "male", "boy": "male",
            "x": "other", "other": "other", "non-binary": "other"},
    "age_group": {"under 18": "0-17", "<18": "0-17", "50 or over": "50+", "50 and older": "50+", ">=50": "50+"},
    "respondent": {"returnees": "returnee", "community member": "community", "host community": "community",
                   "local community": "community"},
    "assistance": {"no": "none", "small business": "business", "microbusiness": "business",
                   "job placement": "training", "health": "health", "psychosocial": "psychosocial", "other": "other"},
    "assistance_route": {"directly": "direct", "referred": "referral"},
    "remigration": {"by choice": "choice", "by necessity": "necessity"},
}  # fmt: skip
"""Words for a code besides the code itself and its label."""

BOOLEANS: Final = {
    **dict.fromkeys(("yes", "y", "true", "1", "1.0"), True),
    **dict.fromkeys(("no", "n", "false", "0", "0.0"), False),
}
SCALES: Final = {
    5: "write answers in five steps as 1, .75, .5, .25, 0",
    10: "divide by 10",
    100: "divide by 100",
}
"""Where other scales than 0…1 end, and how to leave them."""

_ISO: Final = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?", re.DOTALL)
_OTHER: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ].*)?", re.DOTALL)


def cells(column: pd.Series, country: bool = False) -> pd.Series:
    """Trim a column's cells; those that say nothing become missing. Among countries NA says Namibia."""
    trimmed = column.str.strip()
    silent = [word for word in MISSING if not (country and word == NAMIBIA)]
    return trimmed.mask(trimmed.str.lower().isin(silent) | trimmed.str.startswith(TOO_NARROW))


def numbers(column: pd.Series) -> pd.Series:
    """Numbers with a decimal point, or throughout with a decimal comma."""
    commas = column.str.contains(",", regex=False, na=False)
    if commas.any():
        written = column[commas]
        points = column.str.contains(".", regex=False, na=False)
        if points.any():
            raise ReadingError(
                f"Column {column.name!r} has decimal commas in {rows(int(commas.sum()))} and decimal points in "
                f"{rows(int(points.sum()))}: write all of them with a point, without separators for thousands."
            )
        if written.str.fullmatch(r"[+-]?[1-9]\d{0,2}(,\d{3})+").all():
            raise ReadingError(
                f"Column {column.name!r} has commas in {rows(len(written))} that may be decimals or thousands: "
                "write decimals with a point and thousands without a separator."
            )
        column = column.str.replace(",", ".", regex=False)
    try:
        parsed = column.astype("double[pyarrow]").astype("float64")  # ten times as fast as the other, but all or none
    except pa.ArrowInvalid:
        parsed = pd.to_numeric(column, errors="coerce").astype("float64")
    if wrong := int((column.notna() & ~np.isfinite(parsed)).sum()):
        raise ReadingError(
            f"Column {column.name!r} has {rows(wrong)} with something else than a number: mend or empty those cells."
        )
    return parsed


def numbers_within(low: float, high: float, whole: bool = False) -> Parser:
    """Return the parser of numbers from `low` to `high`, whole ones if so said."""

    def parse(column: pd.Series) -> pd.Series:
        parsed = numbers(column)
        outside = (parsed < low) | (parsed > high) | (whole & (parsed % 1 != 0) & parsed.notna())
        if wrong := int(outside.sum()):
            kind = "whole number" if whole else "number"
            limits = f"from {low:g} to {high:g}" if np.isfinite(high) else f"of {low:g} or more"
            raise ReadingError(
                f"Column {column.name!r} has {rows(wrong)} without a {kind} {limits}: mend or empty those cells."
            )
        return parsed

    return parse


def waves(column: pd.Series) -> pd.Series:
    """Wave numbers, bare or after a word or letter: 2, W2, "Round 2", Q2."""
    bare = column.str.replace(r"^(?:wave|round|quarter|w|r|q)[ _]?(?=\d)", "", case=False, regex=True)
    return numbers_within(0, 1000, whole=True)(bare)


def weights(column: pd.Series) -> pd.Series:
    """Design weights: above 0."""
    parsed = numbers(column)
    if wrong := int((parsed <= 0).sum()):
        raise ReadingError(
            f"Column {column.name!r} has {rows(wrong)} with a weight of 0 or less: give weights above 0."
        )
    return parsed


def unit(column: pd.Series) -> pd.Series:
    """Scores or points, 0…1. Another scale is refused, never rescaled."""
    parsed = numbers(column)
    outside = (parsed < 0) | (parsed > 1)
    if not outside.any():
        return parsed
    scale = next((scale for scale in SCALES if parsed.max() <= scale), None)
    if scale and parsed.median() > 1:
        raise ReadingError(
            f"Column {column.name!r} runs to about {scale} and not from 0 to 1: {SCALES[scale]} and load again."
        )
    raise ReadingError(
        f"Column {column.name!r} has {rows(int(outside.sum()))} outside 0 to 1: mend those cells, or empty them where "
        "there is no answer."
    )


def dates(column: pd.Series) -> pd.Series:
    """Dates as year-month-day, or as day/month/year or month/day/year where the column shows which."""
    iso, other = (_parts(column, pattern) for pattern in (_ISO, _OTHER))
    unread = int((column.notna() & iso[0].isna() & other[0].isna()).sum())
    if unread:
        raise ReadingError(
            f"Column {column.name!r} has {rows(unread)} with something else than a date: write dates as 2024-03-31."
        )
    if iso[0].notna().any() and other[0].notna().any():
        raise ReadingError(
            f"Column {column.name!r} mixes dates that begin with the year ({rows(int(iso[0].count()))}) and dates that "
            f"end with it ({rows(int(other[0].count()))}): write all of them as 2024-03-31."
        )
    year, month, day = _day_or_month_first(other, column.name) if other[0].notna().any() else (iso[0], iso[1], iso[2])
    parts = pd.DataFrame({"year": year, "month": month, "day": day})
    parsed = pd.to_datetime(parts, errors="coerce").where(year.between(1900, 2100))
    if wrong := int((column.notna() & parsed.isna()).sum()):
        raise ReadingError(
            f"Column {column.name!r} has {rows(wrong)} with a date that does not exist or lies outside 1900 to 2100: "
            "mend or empty those cells."
        )
    return parsed.astype("datetime64[s]")


def _parts(column: pd.Series, pattern: re.Pattern[str]) -> pd.DataFrame:
    """The three numbers of each date; distinct cells are matched once."""
    found = {cell: match.groups() for cell in column.dropna().unique() if (match := pattern.fullmatch(cell))}
    numbers = pd.DataFrame.from_dict(found, orient="index", columns=[0, 1, 2], dtype="float64")
    return numbers.reindex(column).set_axis(column.index)


def _day_or_month_first(parts: pd.DataFrame, heading: Hashable) -> tuple[pd.Series, pd.Series, pd.Series]:
    first, second, year = parts[0], parts[1], parts[2]
    day_first, month_first = int((first > 12).sum()), int((second > 12).sum())
    if day_first and month_first:
        raise ReadingError(
            f"Column {heading!r} mixes dates with the day first ({rows(day_first)}) and with the month first "
            f"({rows(month_first)}): write all of them as 2024-03-31."
        )
    unsure = int((first != second).sum() - first.isna().sum())
    if not day_first and not month_first and unsure:
        raise ReadingError(
            f"Column {heading!r} does not show whether day or month comes first ({rows(unsure)}): "
            "write dates as 2024-03-31."
        )
    return (year, first, second) if month_first else (year, second, first)


def booleans(column: pd.Series) -> pd.Series:
    """Yes or no."""
    return _translated(column, BOOLEANS, "yes or no").astype("boolean")


def categories(field: str) -> Parser:
    """Return the parser of a category: its codes, their labels and a few more words.

    Only the words of the six bands are bands: a deportation is a programme's label, and the band follows from facts.
    """
    codes = CATEGORIES[field]
    words = {
        **{label.lower().replace("–", "-"): code for code, label in codes.items()},
        **{code: code for code in codes},
        **WORDS.get(field, {}),
    }
    advice = ", ".join(codes)
    if field == "band":
        advice += " (a programme's own word for the return belongs in a column named label)"

    def parse(column: pd.Series) -> pd.Series:
        return _translated(column, words, advice).astype("str")

    return parse


def _translated(column: pd.Series, words: Mapping[str, object], advice: str) -> pd.Series:
    translated = column.str.lower().str.replace("–", "-", regex=False).map(dict(words))
    if wrong := int((column.notna() & translated.isna()).sum()):
        raise ReadingError(
            f"Column {column.name!r} has {rows(wrong)} with another word than {advice}: replace or empty those cells."
        )
    return translated


def countries(column: pd.Series) -> pd.Series:
    """Countries as ISO3, from names or codes. Unknown spellings are shown, save those with a digit."""
    codes = resolve_all(column)
    unknown = column[column.notna() & codes.isna()]
    if len(unknown):
        spelt = [repr(word) for word in sorted(unknown.unique()) if not re.search(r"\d|.{41}", word)][:5]
        raise ReadingError(
            f"Column {column.name!r} has {rows(len(unknown))} with a country that is not known"
            f"{', such as ' * bool(spelt)}{', '.join(spelt)}: write its English name or ISO code."
        )
    return codes


def text(column: pd.Series) -> pd.Series:
    """Text as it is."""
    return column
