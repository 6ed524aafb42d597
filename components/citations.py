"""Figures that the texts cite: told as they stand there, each counted in its own way; never drawn, added or joined."""

import pandas as pd
import streamlit as st

from data.flows import counts_of_returns
from data.labels import label

APART = "Each figure is counted in its own way, of its own people and years: they are cited here and never added up."


def cited_returns(host: str = "", country_of_return: str = "") -> None:
    """What the texts count of returns, of one corridor where one is named; nothing where they say nothing of it."""
    cited = counts_of_returns(host, country_of_return)
    if cited.empty:
        return
    st.header("Cited in the texts", anchor=False)
    st.caption(APART)
    table(cited)


def table(cited: pd.DataFrame) -> None:
    """Facts as `data.flows.facts` has them, one row each, with their source and place."""
    amounts = [f"{value:,.1f}".removesuffix(".0") for value in cited["value"]]
    st.dataframe(
        pd.DataFrame(
            {
                "Figure": cited["statement"],
                "Host country": [label("host", code) if code else "" for code in cited["host"]],
                "Country of return": [label("host", code) if code else "" for code in cited["country_of_return"]],
                "Period": cited["period"],
                "Value": (cited["qualifier"] + " " + amounts).str.strip(),
                "Unit": cited["unit"],
                "Source": cited["source"] + ", " + cited["place"],
            }
        ),
        hide_index=True,
        column_config={"Value": st.column_config.TextColumn(width=150)},
        alt="Published figures with their sources",
    )
