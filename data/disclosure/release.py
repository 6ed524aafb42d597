"""The door itself: a summary goes in with exact numbers, and what may be seen of it comes out."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.disclosure import noise
from data.disclosure.flags import Flag
from data.disclosure.noise import Count
from data.disclosure.released import Context, Released
from data.disclosure.running import along
from data.disclosure.suppression import Margins, suppressed
from data.disclosure.threshold import (
    DIGITS,
    QUANTILES,
    enough,
    extreme,
    few,
    released_people,
    rounded,
)
from data.disclosure.weight import Unweighted, part, rest, too_few, weighed
from data.notes import Note, Said, noted


def release(
    raw: pd.DataFrame,
    *,
    name: str,
    keys: Sequence[str],
    values: Sequence[str],
    people: Count,
    context: Context,
    margins: Margins,
    unweighted: Unweighted | None = None,
    running: str = "",
    upto: str = "",
    shares: Mapping[str, Sequence[str]] | None = None,
    needs: Mapping[str, Sequence[str]] | None = None,
    reasons: Mapping[str, pd.Series] | None = None,
    not_asked: str = "",
    notes: Sequence[Note | Said] = (),
    who: str = "",
) -> Released:
    """Release the rows of a summary.

    `raw` has the `keys`, the exact number of distinct people `n` and the `values`, with their noise in them; and of
    these people's weights the sum `w`, the sum of squares `ww` and the `heaviest`, unless the figure is `unweighted`,
    which says why; and what seeds their noise, `people_seed` and, unless unweighted, `interviews_seed`: 0 where they
    are told without, and missing only where nobody is.
    `people` is the exact number behind the whole figure, with what seeds its noise.
    `margins` are the sets of columns whose rows add up to a total
    that is shown or can be known, the whole of which shares are told first; or `ALL_ROWS` among them, or `NO_TOTALS`.

    `running` names a key along which running sums are shown too; or `upto` one whose rows are those sums: `n` is then
    of the people between a row and the one before, and all below are told. `shares` maps a column with an exact number
    of people (say `above`) to the value columns it stands behind: they are hidden unless it and n less it reach the
    threshold, and where they would give away such a number, for both add up in the margins as n does; `needs` maps one
    to columns that are hidden where it is one to nine people. The weights of people counted in `above` are `w_above`,
    `ww_above` and `heaviest_above`; `heaviest_not_above` is of the others of the row. `reasons` gives, row by row, a
    flag for a value column that the row itself would show. Columns named in `QUANTILES` follow the quantile rule. A
    value that is missing in `raw` is flagged not available, and so is a whole row of nobody where the column
    `not_asked` says that of enough people nobody was asked: that tells nothing about any of them. `who` says who is
    counted.
    """
    raw = weighed(raw.reset_index(drop=True), unweighted)
    for name_of_seed in noise.SEEDS[:1] if unweighted else noise.SEEDS:
        if name_of_seed not in raw or (raw[name_of_seed].isna() & (raw["n"] > 0)).any():
            raise ValueError(f"Rows of people say nothing of what seeds their noise ({name_of_seed}).")
    if running or upto:
        group = [key for key in keys if key != (running or upto)]
        cells, sums = along(raw, group, margins)
        hidden = sums if upto else cells
        raw = _up_to(raw, group) if upto else raw
    else:
        hidden = suppressed(raw, margins)
    flags = _flags({name: raw[name] for name in values}, hidden, reasons)
    for counted, columns in (needs or {}).items():
        flags.loc[~hidden & too_few(part(raw, counted, unweighted)), list(columns)] = Flag.CONFIDENTIAL
    for counted, columns in (shares or {}).items():
        sides = (part(raw, counted, unweighted), rest(raw, counted, unweighted))
        flags.loc[_on_few(sides, margins, hidden), list(columns)] = Flag.CONFIDENTIAL
    for column in set(values) & set(QUANTILES):
        flags.loc[extreme(raw["n"], QUANTILES[column]), column] = Flag.CONFIDENTIAL
    if not_asked:
        flags = flags.mask(raw[not_asked], Flag.NOT_AVAILABLE)
    people_told = told_counts(raw["n"], raw["people_seed"])
    return Released(
        name, _rows(raw, people_told, keys, values, flags), flags, tuple(keys),
        tuple(values), told(people), context, tuple(map(noted, notes)), who,
    )  # fmt: skip


def release_published(
    raw: pd.DataFrame,
    *,
    name: str,
    keys: Sequence[str],
    values: Sequence[str] = (),
    context: Context,
    margins: Margins,
    people: float | None = None,
    reasons: Mapping[str, pd.Series] | None = None,
    notes: Sequence[Note | Said] = (),
) -> Released:
    """Release counts that a statistical office has itself published, such as recorded returns.

    They are shown as published, not rounded again. A count of one to nine people is still hidden, for a published cell
    can be one person, and so is what would give it away in one of `margins`, as in `release`. A published zero is
    shown, and a missing count is not available. `people` is the number behind the whole figure where that is more than
    its rows (else their sum); it is the same whatever is hidden, so that two figures of the same view tell the same.
    """
    raw = raw.reset_index(drop=True)
    counted = raw["n"].astype("float64")
    some = (counted > 0).to_numpy()
    hidden = np.zeros(len(raw), dtype=bool)
    hidden[some] = suppressed(weighed(raw[some], Unweighted.PUBLISHED), margins)
    flags = _flags({"people": raw["n"], **{name: raw[name] for name in values}}, hidden, reasons)
    whole = counted.sum() if people is None or pd.isna(people) else people
    behind = None if few(whole) else int(whole)
    rows = _rows(raw, raw["n"].astype("Int64"), keys, values, flags)
    return Released(name, rows, flags, tuple(keys), tuple(values), behind, context, tuple(map(noted, notes)))


def noisy(people: Count) -> float:
    """How many people there are, with their noise but not rounded: for what is made of it, never for a screen."""
    return float(noise.people(people.n, people.seed))


def told(people: Count) -> int | None:
    """How many people there are, as it may be seen: with noise, rounded to 5; None below the threshold."""
    return released_people(noisy(people)) if enough(people.n) else None


def told_counts(n: pd.Series, seed: pd.Series) -> pd.Series:
    """Numbers of people as they may be seen where they may: with the noise of their `seed`, rounded to 5."""
    return rounded(pd.Series(noise.people(n, seed.fillna(0)), n.index))


def _up_to(raw: pd.DataFrame, group: Sequence[str]) -> pd.DataFrame:
    """`raw` with the people of each row and of all before it in its `group`, and what they seed."""
    by = [*group, "_all"]
    raw = raw.assign(_all=0)
    seed = noise.running(raw, by, "people_seed")
    return raw.assign(n=raw.groupby(by, sort=False)["n"].cumsum(), people_seed=seed)


def _on_few(sides: Sequence[pd.DataFrame], margins: Margins, hidden: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where a share of the people of a row would tell of few on one of its `sides`, the others too; as rows are."""
    few, others = (suppressed(side, margins, hidden) for side in sides)
    return hidden | few | others


def _flags(
    found: Mapping[str, pd.Series],
    hidden: NDArray[np.bool_],
    reasons: Mapping[str, pd.Series] | None,
) -> pd.DataFrame:
    """Flags of `people` and of each column `found`: all of a hidden row, a number that is missing, and `reasons`."""
    flags = pd.DataFrame({name: np.where(hidden, Flag.CONFIDENTIAL, Flag.SHOWN) for name in ("people", *found)})
    for name, column in found.items():
        flags[name] = flags[name].mask(column.isna() & ~hidden, Flag.NOT_AVAILABLE)
    for name, reason in (reasons or {}).items():
        flags[name] = flags[name].mask((reason != Flag.SHOWN).to_numpy() & ~hidden, reason.to_numpy())
    return flags


def _rows(
    raw: pd.DataFrame, people: pd.Series, keys: Sequence[str], values: Sequence[str], flags: pd.DataFrame
) -> pd.DataFrame:
    """The keys with the numbers that may be seen, values in `DIGITS` digits."""
    told = {name: raw[name].astype("float64").round(DIGITS) for name in values}
    shown = {name: each.where(flags[name] == Flag.SHOWN) for name, each in {"people": people, **told}.items()}
    return raw[list(keys)].assign(**shown)
