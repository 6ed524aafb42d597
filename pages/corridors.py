"""How do return corridors compare?"""

import streamlit as st

from components import controls, datasets, headline
from components.card import card
from components.charts.composition import composition
from components.charts.recorded import by_country, by_year
from components.compared import side_by_side
from components.frame import enter
from components.page import head
from data.summaries import returns
from data.summaries.composition import compose

MOST = 6
STARTING = 5

frame = enter()
head("How do return corridors compare?", frame)
view, source = frame.view, frame.source

corridors = (view.corridors or frame.choices.corridors[:STARTING])[:MOST]
if not view.corridors:
    st.caption(
        f"The {len(corridors)} corridors with most people. Choose two to six under “Corridors” to compare others."
    )
elif len(view.corridors) > MOST:
    st.caption(f"The first {MOST} of the {len(view.corridors)} chosen corridors.")
side_by_side(frame, "corridor", corridors, "reference")
bands = datasets.ask(compose, source, view, "corridor", corridors, "band", frame.groups("band"))
card(
    headline.compulsory_range(bands),
    bands,
    composition(bands),
    title="Bands of the return spectrum in each corridor",
    kind="Stacked bars",
    drawn="share",
    made_by=compose,
)

st.header("Recorded returns", anchor=False)
kept = {manifest.key: manifest for manifest in datasets.flows()}
chosen = controls.one("Recorded returns from", "returns", tuple(kept), lambda key: kept[key].name)
recorded = datasets.open_flows(kept[chosen])
years = datasets.ask(returns.years, recorded)
year = controls.one(
    "Year", "returned-in", years[::-1], first=years[::-1].index(datasets.ask(returns.fullest_year, recorded))
)
left, right = st.columns(2)
with left:
    top = datasets.ask(returns.by_country, recorded, view, year)
    card(
        headline.most_returns(top, year),
        top,
        by_country(top),
        title=f"Countries of return with most recorded returns in {year}, and their largest host country",
        kind="Bars",
        drawn="share",
        made_by=returns.by_country,
    )
with right:
    by = "corridor" if view.corridors else "country_of_return"
    groups = view.corridors[:MOST] or datasets.ask(returns.largest, recorded, view, by, STARTING)
    over_time = datasets.ask(returns.by_year, recorded, view, by, groups)
    card(
        headline.recorded(over_time),
        over_time,
        by_year(over_time),
        title="Recorded returns by year",
        kind="Lines",
        drawn="people",
        made_by=returns.by_year,
    )
