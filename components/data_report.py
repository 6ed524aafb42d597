"""The data report on screen: what a loaded file holds and what is odd in it, to read and to download as one page."""

import pandas as pd
import streamlit as st

from components import words
from components.once import once
from components.texts.report_page import as_html, sections
from data.cohort import Cohort
from data.mapping import Mapping
from data.report import report

REPORT = "data-report"
"""Where the session holds the report."""


def data_report(cohort: Cohort, mapping: Mapping | None, asked: tuple[object, ...]) -> None:
    """Offer the report on a cohort that was read, by way of `mapping` if there was one; `asked` says which that is."""
    with st.expander("Data report", icon=":material/fact_check:", key="data-report-part"):
        if not st.toggle("Draw up the report", key="report-wanted"):
            st.caption(
                "People, duplicates, missing answers, odd dates, patterns, and how easily people are recognised."
            )
            return
        made = once(REPORT, asked, lambda: report(cohort, mapping))
        st.download_button(
            "The report as one page (HTML)",
            data=as_html(made).encode(),
            file_name="data-report.html",
            mime="text/html",
            icon=":material/download:",
            on_click="ignore",
        )
        for section in sections(made):
            st.markdown(f"**{words.escaped(section.title)}**")
            for sentence in section.sentences:
                st.markdown(f"- {words.escaped(sentence)}")
            if section.rows:
                frame = pd.DataFrame(section.rows, columns=[*section.headings])
                st.dataframe(frame, hide_index=True, width="content", alt=f"Table: {section.title}")
