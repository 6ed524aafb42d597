"""Eurostat's enforcement statistics, whichever file they come in: what each table counts, and how it is narrowed.

Tables: returned following an order to leave (`migr_eirtn`), left the territory by type of return (`migr_eirt_vol` and
its kin), and two that count no returns and are kept apart: orders to leave (`migr_eiord`), refusals (`migr_eirfs`).
"""

import re
from typing import Final

import pandas as pd

from data.countries import resolve
from data.flows.assemble import assemble
from data.flows.basis import Unit
from data.flows.cells import MOST, amounts
from data.flows.coverage import by_quarter, covered, holes
from data.flows.left_out import LeftOut, Reason, left_out
from data.flows.schema import Flows
from data.notes import Note, Recorded
from data.vocabulary import NOT_RETURNS, UNKNOWN_COUNTRY, ReturnBand

RETURNED: Final = "Returned following an order to leave"
LEFT: Final = "Left the territory"
TABLES: Final = {
    "migr_eirtn": RETURNED,
    "migr_eirt": LEFT,
    "migr_eiord": "ordered to leave",
    "migr_eirfs": "refused entry at the border",
}
"""What each Eurostat table counts, by how its code begins; the first that fits is meant."""

APART: Final = {TABLES["migr_eiord"], TABLES["migr_eirfs"]}
"""What is no return."""

UNITS: Final = {
    "migr_eirtn": (Unit.EU_RETURNED, Unit.EU_RETURNED_BY_TYPE),
    "migr_eirt": (Unit.EU_LEFT, Unit.EU_LEFT_BY_TYPE),
    "migr_eiord": (Unit.EU_ORDERED, Unit.EU_ORDERED_BY_TYPE),
    "migr_eirfs": (Unit.EU_REFUSED, Unit.EU_REFUSED_BY_TYPE),
}
"""What one person counted is, by how a table's code begins: in all, and where types of return are told apart."""

BANDS: Final = {
    "Voluntary return": ReturnBand.OBLIGED,
    "Enforced return": ReturnBand.FORCED,
    "Other forced return": ReturnBand.FORCED,
    **dict.fromkeys(TABLES.values(), ReturnBand.UNCLASSIFIED),
}
_TYPES: Final = {"vol": "Voluntary return", "enf": "Enforced return", "oth.*forc": "Other forced return"}
"""How the code or label of a type of return begins (a pattern, lower case), and its category."""

ROLES: Final = ("geo", "time_period", "obs_value", "obs_flag", "conf_status")
"""The columns every table has, besides its dimensions; the last two may lack."""

_TOTALS: Final = ("TOTAL", "T", "Total")
_PREFERRED: Final = {"freq": ("A", "Annual"), "unit": ("PER", "Person", "Persons")}
_NO_COUNTRY: Final = ("RNC", "UK_OCT", "Recognised non-citizens")
"""Citizenships of people whose country of return cannot be told, besides unknown and stateless."""

_FLAGS: Final = {
    "b": "break in time series", "c": "confidential", "d": "definition differs", "e": "estimated", "f": "forecast",
    "n": "not significant", "p": "provisional", "r": "revised", "s": "Eurostat estimate", "u": "low reliability",
    "z": "not applicable",
}  # fmt: skip
"""Eurostat's observation flags: https://ec.europa.eu/eurostat/data/database/information."""


def from_long(long: pd.DataFrame, updated: str = "") -> Flows:
    """Recorded returns from text columns table, geo, time_period, obs_value, obs_flag, conf_status and dimensions.

    A dimension is narrowed to its total. The country of return is the citizenship or, where the file has only the
    total of that, the destination. Totals of several countries are left out. Raises ValueError, in words for the user.
    """
    whole_file = _people(long)
    long, counted, lost = _one_table(long)
    doubts: tuple[Note, ...] = ()
    title = str(long["category"].iloc[0])
    returns = title not in APART
    towards = next((side for side in ("citizen", "c_dest") if side in long and _is_broken_down(long[side])), None)
    dimensions = [str(name) for name in long if name not in {"table", "category", towards, *ROLES}]
    kind = next((name for name in dimensions if _types(long[name]).notna().any()), None)
    again = pd.Series("", index=long.index, dtype="str")
    for name in dimensions:
        part, said = (~long[name].isin(_TOTALS), ()) if name == kind else _narrowed(long[name])
        again = again.mask((again == "") & ~part, long[name])
        doubts += said
    lost += left_out(Reason.AGAIN, _people(long)[again != ""], again[again != ""])
    long = long[again == ""]
    if kind:
        long = long.assign(category=_types(long[kind]).fillna(long[kind]))
    host = _countries(long["geo"])
    back = _countries(long[towards]) if towards else pd.Series(UNKNOWN_COUNTRY, index=long.index)
    single = host.notna() & back.notna()
    several = long["geo"].where(host.isna(), long[towards] if towards else "")
    lost += left_out(Reason.SEVERAL_COUNTRIES, _people(long)[~single], several[~single])
    periods = _periods(long)
    rows = pd.DataFrame(
        {
            "host": host,
            "country_of_return": back,
            "year": long["time_period"].str.extract(r"^(\d{4})", expand=False),
            "covers": covered(periods),
            "category": long["category"],
            "basis": next(units for start, units in UNITS.items() if counted.startswith(start))[kind is not None],
            "returns": returns,
            "people": long["obs_value"].mask(long["obs_value"].isin([":", "NaN"]), ""),
            "note": _notes(long),
        }
    )
    codes = {
        Recorded.EU_ORDERS: counted.startswith("migr_eiord"),
        Recorded.EU_REFUSALS: counted.startswith("migr_eirfs"),
        Recorded.EU_ALL_ORDERED: counted.startswith("migr_eirtn"),
        Recorded.EU_VOLUNTARY: kind,
        Recorded.EU_CITIZENSHIPS: towards == "citizen",
        Recorded.EU_NO_CITIZENSHIP: towards is None,
        Recorded.EU_ROUNDED: whole_file.ge(0).any() and (whole_file.dropna() % 5 == 0).all(),
    }
    return assemble(
        rows[single],
        BANDS,
        title=title if returns else NOT_RETURNS + title,
        source=f"Eurostat, {counted}" + (f", last updated {updated}" if updated else ""),
        doubts=(*(Note(code) for code, applies in codes.items() if applies), *holes(periods), *doubts),
        before=lost,
    )


def _one_table(long: pd.DataFrame) -> tuple[pd.DataFrame, str, tuple[LeftOut, ...]]:
    """The rows of the one table the file holds with their category, the table's code, and what was left out."""
    codes = long["table"].str.extract(r"(migr_ei[a-z0-9]*(?:_[a-z0-9]+)?)", expand=False).fillna("")
    meant = {code: next((TABLES[start] for start in TABLES if code.startswith(start)), None) for code in codes.unique()}
    category = codes.map(meant).astype("str")
    returns = category.notna() & ~category.isin(APART)
    chosen = returns if returns.any() else category.notna()
    found = list(codes[chosen].unique())
    if len(found) != 1:
        raise ValueError(
            f"This file holds {len(found)} Eurostat tables of returns, orders to leave or refused entries: load one "
            "table at a time, such as migr_eirtn, migr_eirt_vol or migr_eiord."
        )
    apart = category.fillna(codes)[~chosen]
    lost = left_out(Reason.NO_RETURNS, _people(long)[~chosen], apart)
    return long.assign(category=category)[chosen], str(found[0]), lost


def _people(long: pd.DataFrame) -> pd.Series:
    return amounts(long["obs_value"], MOST)


def _is_broken_down(column: pd.Series) -> bool:
    return any(resolve(value) not in (None, UNKNOWN_COUNTRY) for value in column.unique())


def _narrowed(column: pd.Series) -> tuple[pd.Series, tuple[Note, ...]]:
    """Which rows have the total of a dimension, or its only value, which is then said."""
    for wanted in (_PREFERRED.get(str(column.name), ()), _TOTALS):
        chosen = column.isin(wanted)
        if chosen.any():
            return chosen, ()
    if (values := column.nunique()) > 1:
        raise ValueError(
            f"Column {column.name!r} has {values} values and no total, and adding them could count people twice: "
            "download the table with the total chosen for it."
        )
    said = (Note(Recorded.EU_ONE_VALUE, dimension=str(column.name)),)
    return column.notna(), said * (column.name not in _PREFERRED)


def _types(column: pd.Series) -> pd.Series:
    """The category of each type of return; missing where the value names none."""
    told = {
        value: next((words for start, words in _TYPES.items() if re.match(start, value.casefold())), None)
        for value in column.unique()
    }
    return column.map(told).astype("str")


def _countries(column: pd.Series) -> pd.Series:
    """ISO3 or unknown; missing where a value is several countries together. Labels may end in brackets."""
    values = set(column.unique())

    def country(value: str) -> str | None:
        if value == "CN_X_HK":  # China without Hong Kong; with it, where the file has that too
            return None if "CN" in values else "CHN"
        if found := resolve(value) or resolve(re.sub(r" *\(.*", "", value)):
            return found
        lone = re.fullmatch("[A-Z]{2}", value) and value not in ("EU", "EA")
        return UNKNOWN_COUNTRY if lone or value in _NO_COUNTRY else None

    return column.map({value: country(value) for value in values}).astype("str")


def _periods(long: pd.DataFrame) -> pd.DataFrame:
    """The quarters that hold a number anywhere; a year without quarters is whole."""
    parts = long["time_period"].str.extract(r"^(\d{4})(?:-Q([1-4]))?").astype("float64")
    return by_quarter(parts[0], parts[1].mask(long["obs_value"].isin(["", ":", "NaN"])))


def _notes(long: pd.DataFrame) -> pd.Series:
    """What the source says of each number: not available, flags in words."""
    notes = pd.Series("", index=long.index).mask(long["obs_value"].isin(["", ":", "NaN"]), ": not available")
    for name in ("obs_flag", "conf_status"):
        if name in long:
            notes = notes + long[name].map({flags: f" {_flag(flags)}" for flags in long[name].unique()})
    return notes.str.strip()


def _flag(flags: str) -> str:
    """Flags in words; Eurostat writes several as "bp" or "b, p"."""
    return " ".join(f"{flag}: {_FLAGS[flag]}" if flag in _FLAGS else flag for flag in re.findall(r"\w", flags))
