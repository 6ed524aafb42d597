"""Which rows of a tagged table count people once: one administrative level, and one round of a stock in a year."""

from typing import Final

import pandas as pd

from data.flows.cells import stripped
from data.flows.choices import Choice
from data.flows.hxl_tags import Tag

LEVELS: Final = "level"
ROUNDS: Final = "rounds"
LATEST: Final = "latest"
ADDED: Final = "added"

_STOCK_OF: Final = ("#operation", "#cause", "#crisis", "#event")
"""Tags that tell stocks of one place apart: people displaced by a flood are not those displaced by a war."""

_NOT_FILLED: Final = ("", "nan", "na", "n/a", "none", "not available", "not applicable", "total", "all")


def levels(body: pd.DataFrame, tags: list[Tag]) -> pd.Series:
    """The administrative level of each row: the finest whose name or code is filled, 0 for a whole country.

    Where people came from is no level of the place that counts them.
    """
    level = pd.Series(0, index=body.index)
    for tag in sorted(_places(tags), key=lambda tag: tag.base):
        level = level.mask(_filled(body[tag.place]), int(tag.base.removeprefix("#adm")))
    return level


def level_choice(level: pd.Series, unit: pd.Series, moment: pd.Series, people: pd.Series) -> Choice | None:
    """What is to be said of the level; None where all rows have one.

    By itself the coarsest level is read that has every unit (country, operation, year …) of the table.
    """
    found = sorted(int(each) for each in level.unique())
    if len(found) < 2:
        return None
    whole = next((each for each in found if unit[level == each].nunique() == unit.nunique()), None)
    clear = whole is not None and _holds_all(level, unit.str.cat(moment.astype("str"), sep="|"), people, whole)
    return Choice(
        LEVELS,
        "The file counts people at several administrative levels; which is read",
        {f"adm{each}": "whole countries (adm0)" if each == 0 else f"adm{each}" for each in found},
        f"adm{whole}" if clear else None,
    )


def _holds_all(level: pd.Series, count: pd.Series, people: pd.Series, whole: int) -> bool:
    """Whether nowhere more people are counted at a finer level than at this one, in one and the same count.

    Where they are, rows of this level may be those whose place nobody wrote down.
    """
    sums = people.groupby([count, level]).sum().unstack()
    finer = sums[[each for each in level.unique() if each > whole]].max(axis=1)
    return not (sums[whole] < finer).any()


def rounds_choice(body: pd.DataFrame, tags: list[Tag], stock: pd.Series) -> Choice | None:
    """What is to be said of rounds of counting returns: whether they are counts of the same people again."""
    if latest(body, tags, stock).all():
        return None
    return Choice(
        ROUNDS,
        "The file counts returns in several rounds a year",
        {LATEST: "the latest round of a year counts everyone", ADDED: "each round counts other people: add them"},
        LATEST,
    )


def stocks(body: pd.DataFrame, tags: list[Tag]) -> pd.Series:
    """What tells apart the stocks of one country: place, operation and cause, capitals aside; one text per row."""
    telling = [tag for tag in tags if tag.base in _STOCK_OF and "status" not in tag.attributes]
    return _joined(body, [*_places(tags), *telling])


def operations(body: pd.DataFrame, tags: list[Tag]) -> pd.Series:
    """The operation and cause of each row, which a level must hold whole."""
    return _joined(body, [tag for tag in tags if tag.base in _STOCK_OF and "status" not in tag.attributes])


def has_rounds(tags: list[Tag]) -> bool:
    """Whether the rounds of counting are tagged."""
    return any("round" in (tag.base.removeprefix("#"), *tag.attributes) for tag in tags)


def latest(body: pd.DataFrame, tags: list[Tag], stock: pd.Series) -> pd.Series:
    """Whether each row is of the latest round of its stock (place, operation, cause and year); bool.

    Rounds are told by their number where every row has one, else by their date; where neither differs, all are latest.
    """
    when = moments(body, tags)
    return when.isna() | when.eq(when.groupby(stock).transform("max"))


def moments(body: pd.DataFrame, tags: list[Tag]) -> pd.Series:
    """When each row was counted, as a number that grows: its round or, without one, its date; 0 where neither is."""
    for tag in tags:
        if "round" in (tag.base.removeprefix("#"), *tag.attributes):
            number = pd.to_numeric(body[tag.place].str.extract(r"(\d+)", expand=False), errors="coerce")
            if number.notna().all():
                return number.astype("float64")
    dates = [tag for tag in tags if tag.base == "#date" and not {"year", "month"} & tag.attributes]
    for tag in dates:
        day = pd.to_datetime(body[tag.place].str.strip(), errors="coerce", format="ISO8601")
        if day.notna().any():
            return day.astype("int64").where(day.notna()).astype("float64")
    return pd.Series(0.0, index=body.index)


def _places(tags: list[Tag]) -> list[Tag]:
    return [
        tag for tag in tags if tag.base.startswith("#adm") and tag.base[4:].isdigit() and "origin" not in tag.attributes
    ]


def _filled(column: pd.Series) -> pd.Series:
    return ~stripped(column).fillna("").str.casefold().isin(_NOT_FILLED)


def _joined(body: pd.DataFrame, tags: list[Tag]) -> pd.Series:
    text = pd.Series("", index=body.index, dtype="str")
    for tag in tags:
        text = text + "|" + stripped(body[tag.place]).fillna("").str.casefold()
    return text
