"""How many returns are recorded, and from where to where?"""

import streamlit as st

from components import citations, datasets, headline, maps, recorded
from components.card import card
from components.charts.bands_by_year import bands_by_year
from components.charts.coverage import coverage
from components.charts.matrix import matrix
from components.charts.sankey import sankey
from components.frame import enter
from components.page import head
from data.summaries import movements

frame = enter()
head("How many returns are recorded, and from where to where?", frame)
view = frame.view

if flows := recorded.choose():
    source, basis = flows.source, flows.basis
    by_year = datasets.ask(movements.bands_by_year, source, view, basis)
    card(
        headline.recorded(by_year, basis),
        by_year,
        bands_by_year(by_year),
        title="People by year and band of the return spectrum",
        kind="Stacked bars",
        drawn="people",
        made_by=movements.bands_by_year,
    )
    year = recorded.year(flows)
    if year is not None:
        st.header("From where to where", anchor=False)
        maps.recorded(flows, view, year)
        years = recorded.years(flows, year)
        pairs = datasets.ask(movements.matrix, source, view, basis, years)
        card(
            headline.largest_pair(pairs, basis),
            pairs,
            matrix(pairs),
            title="People by host country (rows) and country of return (columns)",
            kind="Table of cells",
            drawn="people",
            made_by=movements.matrix,
        )
        banded = datasets.ask(movements.by_band, source, view, basis, years)
        card(
            headline.recorded_compulsory(banded, basis),
            banded,
            sankey(banded),
            title="People from host countries, by band, to countries of return",
            kind="Sankey diagram",
            drawn="people",
            made_by=movements.by_band,
        )

    if basis.returns:
        st.header("What the cohort can speak for", anchor=False)
        both = datasets.ask(movements.coverage, frame.source, view, source, basis)
        card(
            headline.covered(both),
            both,
            coverage(both),
            title="People interviewed per 1,000 recorded, and under it people interviewed (n), by year of return",
            kind="Table of cells",
            drawn="per_thousand",
            made_by=movements.coverage,
        )

citations.cited_returns()
