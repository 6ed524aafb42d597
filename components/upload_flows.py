"""Recorded returns being loaded: what was counted, and the band of each source category, for the reader to change."""

import pandas as pd
import streamlit as st

from components import words
from components.texts import say
from data.disclosure import few
from data.flows import Flows, band_table, by_basis, by_key, with_bands
from data.labels import COLUMN_LABELS, basis_label, label
from data.vocabulary import NOT_RETURNS, ReturnBand

CAUTION = (
    "“Voluntary” in official statistics mostly means that people obeyed an order to leave: on the spectrum that is "
    "obliged. Change a band here if you know better; every figure will note that bands were set by hand. To change one "
    "later, load the file again."
)


def counted(flows: Flows) -> str:
    """How many people on which basis, in which years and corridors, and with how many footnotes, in words.

    Corridors and years in which nobody is counted do not count.
    """
    frame = flows.frame
    people = "; ".join(
        f"{basis_label(basis)}{' (not returns)' * (not basis.returns)}, {say(told)}"
        for basis, told in by_basis(flows).items()
    )
    corridors = len(frame.loc[frame["people"] > 0, ["host", "country_of_return"]].drop_duplicates())
    noted = int((frame["note"] != "").sum())
    footnoted = f", {words.plural(noted, 'row')} with a footnote" if noted else ""
    return f"{people}; {words.plural(corridors, 'corridor')}{footnoted}"


def choose(kind: str, raw: pd.DataFrame, key: str) -> dict[str, str]:
    """What the reader says of a table that leaves something open, from choice to option; shows nothing where it does
    not.

    A choice without a default is left out until it is made: reading the table then says what is missing.
    """
    try:
        asked = by_key(kind).asks(raw)
    except ValueError:  # no table of this kind: reading it says so
        return {}
    said = {}
    for choice in asked:
        options = [*choice.options]
        option = st.radio(
            choice.title,
            options,
            index=None if choice.default is None else options.index(choice.default),
            format_func=choice.options.__getitem__,
            key=f"{key}-{choice.key}",
        )
        if option is not None:
            said[choice.key] = option
    return said


def bands(flows: Flows, key: str) -> Flows:
    """`flows` with the bands that the reader gives to the source's categories, in a table shown here.

    `key` tells the table of one file from that of another. A category with several bands in one file has them row by
    row, from the file itself: it stays as it is.
    """
    table = band_table(flows)
    several = table["category"].duplicated(keep=False)
    table = table[~several].reset_index(drop=True)
    apart = "" if flows.frame["returns"].any() else NOT_RETURNS
    st.markdown("**Categories of the source, and the band each is placed in**")
    st.caption(CAUTION)
    if several.any():
        st.caption("Categories that the file itself places in several bands are not listed and stay as they are.")
    edited = st.data_editor(
        table.assign(category=apart + table["category"], people=[_shown(people) for people in table["people"]]),
        key=key,
        hide_index=True,
        disabled=["category", "people"],
        column_config={
            "category": COLUMN_LABELS["category"],
            "band": st.column_config.SelectboxColumn(
                COLUMN_LABELS["band"],
                options=[band.value for band in ReturnBand],
                format_func=lambda band: label("band", band),
                required=True,
            ),
            "people": COLUMN_LABELS["people"],
        },
        alt="Source categories with their band, which can be changed, and their people",
    )
    return with_bands(flows, dict(zip(table["category"], edited["band"], strict=True)))


def _shown(people: object) -> str:
    if pd.isna(people):
        return "[x]"
    return "[c]" if few(people) else f"{people:,}"
