"""How do return corridors compare?"""

import streamlit as st

from components import datasets, figures, headline, maps, recorded
from components.card import card
from components.charts.recorded import by_country, by_year
from components.compared import choose_reference, is_it_real, side_by_side
from components.frame import enter
from components.page import head
from data.grouping import Grouping
from data.summaries import returns

MOST = 12
STARTING = 5
LINES = 6
"""More lines in one chart cannot be told apart."""
TOP = 10
PLURAL = {"corridor": "corridors", "country_of_return": "countries of return"}

frame = enter()
head("How do return corridors compare?", frame)
view, source = frame.view, frame.source

corridors = (view.corridors or frame.choices.corridors[:STARTING])[:MOST]
if not view.corridors:
    st.caption(
        f"The {len(corridors)} corridors with most people. Choose two or more under “Corridors” to compare others."
    )
elif len(view.corridors) > MOST:
    st.caption(f"The first {MOST} of the {len(view.corridors)} chosen corridors.")
reference = choose_reference("corridor", corridors, "reference")
if len(corridors) > 1:
    is_it_real(frame, corridors, reference)
side_by_side(frame, "corridor", corridors, reference)
figures.by_band(source, view, "corridor", corridors, frame.groups("band"))
maps.outcomes(frame)

st.header("Recorded returns", anchor=False)
flows = recorded.choose()
year = recorded.year(flows) if flows else None
if flows and year is not None:
    recorded_in, basis = flows.source, flows.basis
    left, right = st.columns(2)
    with left:
        top = datasets.ask(returns.by_country, recorded_in, view, basis, year)
        card(
            headline.most_returns(top, year, basis),
            top,
            by_country(top),
            title=f"The {TOP} countries of return with most people in {year}, and their largest host country",
            kind="Bars",
            drawn="share",
            made_by=returns.by_country,
        )
    with right:
        by = "corridor" if view.corridors else "country_of_return"
        groups = view.corridors[:LINES] or datasets.ask(returns.largest, recorded_in, view, basis, by, STARTING)
        over_time = datasets.ask(returns.by_year, recorded_in, view, basis, Grouping(by, groups))
        card(
            headline.recorded(over_time, basis),
            over_time,
            by_year(over_time),
            title=f"People by year: the {len(groups)} {PLURAL[by]} with most",
            kind="Lines",
            drawn="people",
            made_by=returns.by_year,
        )
