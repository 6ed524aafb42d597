"""The kinds of files of recorded returns: how each is told by its content, read, and placed in bands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from data.flows import (
    eurostat,
    eurostat_browser,
    eurostat_table,
    frontex,
    hxl,
    iom_guatemala,
    iom_mexico,
    plain,
    uk,
    unhcr,
)
from data.flows.choices import Choice
from data.flows.schema import Flows
from data.vocabulary import ReturnBand


def _nothing(_raw: pd.DataFrame) -> tuple[Choice, ...]:
    return ()


@dataclass(frozen=True)
class Kind:
    """One kind of file.

    `recognises` and `read` take the table as `data.reading.read_table` hands it over: all text, no header. `read`
    raises ValueError in words for the user; it also takes the table of a separate footnotes file where
    `takes_footnotes`, and `choices`, from key to option, where `asks` names any for the table. `bands` is the source's
    table from category to band; a category it lacks is unclassified.
    """

    key: str
    recognises: Callable[[pd.DataFrame], bool]
    read: Callable[..., Flows]
    bands: Mapping[str, ReturnBand]
    takes_footnotes: bool = False
    asks: Callable[[pd.DataFrame], tuple[Choice, ...]] = _nothing


KINDS: Final = (
    Kind("unhcr", unhcr.is_unhcr, unhcr.read_unhcr, unhcr.BANDS, takes_footnotes=True),
    Kind("uk", uk.is_uk, uk.read_uk, uk.BANDS),
    Kind("frontex", frontex.is_frontex, frontex.read_frontex, frontex.BANDS),
    Kind("mexico", iom_mexico.is_mexico, iom_mexico.read_mexico, iom_mexico.BANDS),
    Kind(
        "guatemala",
        iom_guatemala.is_guatemala,
        iom_guatemala.read_guatemala,
        iom_guatemala.BANDS,
    ),
    Kind("eurostat", eurostat.is_eurostat, eurostat.read_eurostat, eurostat_table.BANDS),
    Kind(
        "eurostat-browser",
        eurostat_browser.is_browser,
        eurostat_browser.read_browser,
        eurostat_table.BANDS,
    ),
    Kind("hxl", hxl.is_hxl, hxl.read_hxl, {}, asks=hxl.hxl_choices),
    Kind("plain", plain.is_plain, plain.read_plain, {}),
)
"""Every kind; those with headings of their own come before those that take many."""


def recognise(raw: pd.DataFrame) -> Kind | None:
    """The kind of recorded returns in `raw`; None where it holds something else, such as interviews."""
    return next((kind for kind in KINDS if kind.recognises(raw)), None)


def by_key(key: str) -> Kind:
    """The kind with this key; KeyError for any other."""
    return {kind.key: kind for kind in KINDS}[key]
