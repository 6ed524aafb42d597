"""What must be known of recorded returns: how a source counts, and what was found in a file."""

from typing import Final

from components.texts.template import Words, filled
from components.texts.template import people as as_people
from data.flows.basis import Basis
from data.flows.left_out import Reason
from data.labels import basis_label
from data.notes import Note, Recorded

LEFT_OUT: Final = {
    Reason.SEVERAL_COUNTRIES: "they are totals of several countries",
    Reason.CATEGORY_TOTAL: "their category is a total of others",
    Reason.NO_NUMBER: "they hold no number of people",
    Reason.UNREADABLE: "the year or the number of people is none that can be read",
    Reason.FRACTION: "their number of people is a fraction, which somebody shared out and nobody counted",
    Reason.SAME_COUNTRY: "the host country is also the country of return",
    Reason.BOTH_UNKNOWN: "neither the host country nor the country of return is known",
    Reason.AT_PORT: "these people were refused entry at a port and had not stayed in the country",
    Reason.NO_RETURNS: "they count no returns (refusals, orders to leave, displaced people)",
    Reason.AGAIN: "they are parts of the numbers that are read, or totals over them",
    Reason.OTHER_LEVEL: "they count the same people at another administrative level than the one that is read",
    Reason.OTHER_ROUND: "they are earlier counts of the same people in the same year",
}
"""Why rows are left out."""

_TAKEN: Final = {
    "host": "the country of asylum as the host",
    "country_of_return": "the country of origin or nationality as the country of return",
}


def _left_out(reason: str, count: int, people: float | None, names: tuple[str, ...], more: int) -> str:
    which = (
        "Rows with a country that we do not recognise, counted as unknown"
        if reason == Reason.UNRECOGNISED
        else f"Rows left out because {LEFT_OUT[Reason(reason)]}"
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


RECORDED: Final[dict[Recorded, Words]] = {
    # Any table
    Recorded.LEFT_OUT: _left_out,
    Recorded.SIDE_UNKNOWN: "The {column:column} is not known for {people:people}.",
    Recorded.SPELLINGS_JOINED: "Spellings of a category that differ only in capitals were joined: {count:,}.",
    Recorded.CATEGORY_UNKNOWN: (
        "Shown as unclassified because the source's table of categories and bands does not know their category: "
        "{people:people}; categories: {count:,}."
    ),
    Recorded.MONTHS_MISSING: "The file has no rows for some months between the first and last of {years:list}.",
    Recorded.BY_HAND: (
        "Bands of this dataset were set by hand and may differ from those its source's categories stand for by default."
    ),
    # One source or kind of table
    Recorded.UK_VOLUNTARY: (
        "“Voluntary return” in UK statistics means that people without permission to stay left by themselves, so these "
        "returns are placed in obliged, not in voluntary."
    ),
    Recorded.UNHCR_NO_BAND: (
        "UNHCR does not record how freely refugees returned, so every return here is unclassified on the return "
        "spectrum."
    ),
    Recorded.FRONTEX_OPERATIONS: (
        "One operation takes people from several states to several countries: people add up over them, operations do "
        "not."
    ),
    Recorded.FRONTEX_CHARTERS: (
        "Charter operations are placed in forced. Operations of the types VRD, VDO and humanitarian voluntary return "
        "are departures by people ordered to leave and are placed in obliged."
    ),
    Recorded.FRONTEX_ITSELF: (
        "Rows that name Frontex itself in place of a state have no known host country: {count:,} ({people:people})."
    ),
    Recorded.GUATEMALA_NO_BAND: (
        "The source does not say how people returned, so every return here is unclassified on the return spectrum."
    ),
    Recorded.GUATEMALA_TOGETHER: "Women, men, adults and children are counted together.",
    Recorded.GUATEMALA_NO_HOST: (
        "The source leaves out which country {people:people} returned from ({years:list}); the United States is "
        "likely, but the host country is kept as unknown."
    ),
    Recorded.MEXICO_NATIONALITIES: (
        "The source counts nationalities: the country of return is taken to be the country of nationality."
    ),
    Recorded.MEXICO_ASSISTED: (
        "“Assisted return” in Mexico follows an order to leave and is placed in obliged; deportation is placed in "
        "forced."
    ),
    Recorded.EU_ORDERS: (
        "Orders to leave are no returns: they are kept apart and never added to returns, and an order and a return in "
        "one year need not be the same people."
    ),
    Recorded.EU_REFUSALS: (
        "People refused entry at the border had not stayed, so these are no returns: they are kept apart and never "
        "added to returns."
    ),
    Recorded.EU_ALL_ORDERED: (
        "Everyone counted here was ordered to leave; how many complied (obliged) and how many were removed (forced) is "
        "not said, so they are unclassified."
    ),
    Recorded.EU_VOLUNTARY: (
        "“Voluntary return” in EU statistics means complying with an order to leave, so it is placed in obliged. Types "
        "of return stand in place of their total: a country that gives only the total is missing."
    ),
    Recorded.EU_CITIZENSHIPS: (
        "The source counts citizenships: the country of return is taken to be that of citizenship."
    ),
    Recorded.EU_NO_CITIZENSHIP: ("The file counts all citizenships together, so no country of return is known."),
    Recorded.EU_ROUNDED: "Eurostat rounds counts to 5.",
    Recorded.EU_ONE_VALUE: "The file holds only one value of the dimension {dimension!r}, not the total.",
    Recorded.TAGS_NO_RETURNS: (
        "The tags count no returns from abroad: these numbers are kept apart and never added to returns."
    ),
    Recorded.TAGS_STOCK: (
        "These numbers say how many people there were at the latest count of a year, not how many came in it: the same "
        "people are counted again from year to year, so years must not be added."
    ),
    Recorded.TAGS_NO_HOST: "No column is tagged as the host country, so the host country is not known.",
    Recorded.TAGS_OTHER_PEOPLE: "Other columns tagged as people were left out: {count}.",
    Recorded.TAGS_NO_BAND: (
        "The tags do not say how people returned, so they are unclassified on the return spectrum."
    ),
    Recorded.TAGS_LEVEL: _level,
    Recorded.OWN_BANDS_UNKNOWN: "Rows whose band is none of the six, shown as unclassified: {count:,}.",
    Recorded.OWN_NO_BANDS: ("The file has no column of bands, so every return is unclassified on the return spectrum."),
    Recorded.OWN_NO_RETURNS: ("The file counts no returns: its numbers are kept apart and never added to returns."),
    Recorded.OWN_COUNTRIES: _countries,
    # How many a basis counts
    Recorded.COUNTED: _counted,
    Recorded.COUNTED_NOBODY: "no people",
    Recorded.COUNTED_NOTHING: "no numbers",
}


def total(basis: Basis, counted: Note) -> str:
    """How many people a basis counts: "Registered refugees, 2014–2016: 1,205 people."."""

    told = f"{basis_label(basis)}, {filled(RECORDED[Recorded(counted.code)], counted)}."
    return told[0].upper() + told[1:]
