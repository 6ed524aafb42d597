"""Recorded returns being loaded: what was counted, and the band of each source category, for the reader to change."""

import pandas as pd
import streamlit as st

from components import words
from data.flows import Flows, band_table, returns_only, with_bands
from data.labels import COLUMN_LABELS, label
from data.release import FLOOR
from data.vocabulary import ReturnBand

CAUTION = (
    "“Voluntary” in official statistics mostly means that people obeyed an order to leave: on the spectrum that is "
    "obliged. Change a band here if you know better; every figure will note that bands were set by hand. To change one "
    "later, load the file again."
)


def counted(flows: Flows) -> str:
    """How many people, in which years and with how many footnotes, in words."""
    frame = flows.frame
    people = _shown(frame["people"].sum(min_count=1))
    what = "people returned" if returns_only(frame).any() else "people counted (not returns)"
    noted = int((frame["note"] != "").sum())
    footnoted = f", {words.plural(noted, 'row')} with a footnote" if noted else ""
    years = "–".join(str(year) for year in sorted({frame["year"].min(), frame["year"].max()}))
    return f"{people} {what}, {years}{footnoted}"


def bands(flows: Flows, key: str) -> Flows:
    """`flows` with the bands that the reader gives to the source's categories, in a table shown here.

    `key` tells the table of one file from that of another. A category with several bands in one file has them row by
    row, from the file itself: it stays as it is.
    """
    table = band_table(flows)
    several = table["category"].duplicated(keep=False)
    table = table[~several].reset_index(drop=True)
    st.markdown("**Categories of the source, and the band each is placed in**")
    st.caption(CAUTION)
    if several.any():
        st.caption("Categories that the file itself places in several bands are not listed and stay as they are.")
    edited = st.data_editor(
        table.assign(people=[_shown(people) for people in table["people"]]),
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
    return with_bands(flows, dict(zip(edited["category"], edited["band"], strict=True)))


def _shown(people: object) -> str:
    if pd.isna(people):
        return "[x]"
    return "[c]" if 0 < people < FLOOR else f"{people:,}"
