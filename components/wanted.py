"""What a file needs to be loaded, in words, and a survey form that brings it."""

import streamlit as st

from data.instrument.form import xlsform

WANTED = """
**Interviews**, one row each, from KoBoToolbox, ODK Central, Excel, CSV, Parquet, Stata or SPSS. What is needed:
**person** (any code that tells people apart), **host** country, **country of return**, **band** (or the facts that
place a return), **wave**, **months since return** or both dates, and one **score** (composite, economic, social,
psychosocial, each 0 to 1) or the **answers** to the survey's elements. Useful: sex, age, assistance, perceived choice,
design weight. Where the columns have other names, you say on screen which is which; that mapping is kept and reads the
next file of the same form by itself.

**Recorded returns**, as their source gives them: UNHCR's Refugee Data Finder (returned refugees), UK Home Office
(returns by destination), Frontex (return operations), IOM (tables of returns from Mexico and to Guatemala), Eurostat
(SDMX-CSV or the data browser's Excel), or any table with a row of **HXL tags**. A table of your own needs **host**,
**country of return**, **year** and **people**; useful: category, band, note. The app recognises a file from what is
in it.
"""


def wanted() -> None:
    """Say what a file needs, and offer the form."""
    with st.expander("What your file needs", icon=":material/help:"):
        st.markdown(WANTED)
        st.download_button(
            "A survey form in this shape, for KoBoToolbox and ODK (XLSForm)",
            data=xlsform,
            file_name="return-spectrum-survey.xlsx",
            icon=":material/assignment:",
            on_click="ignore",
        )
