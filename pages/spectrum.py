"""Does the kind of return matter?"""

import streamlit as st

from components import datasets, headline
from components.card import card
from components.charts.composition import composition
from components.compared import choose_reference, side_by_side
from components.frame import enter
from components.page import head
from data.labels import label
from data.summaries.composition import compose
from data.vocabulary import BAND_MEANINGS

frame = enter()
head("Does the kind of return matter?", frame)
view, source = frame.view, frame.source

bands = frame.groups("band")
all_bands = datasets.ask(compose, source, view, "cohort", frame.groups("cohort"), "band", bands)
card(
    headline.compulsory(all_bands),
    all_bands,
    composition(all_bands),
    title="People by band of the return spectrum, from most to least voluntary",
    kind="Stacked bars",
    drawn="share",
    made_by=compose,
)
reference = choose_reference("band", bands, "reference-band", first=min(1, len(bands) - 1))
side_by_side(frame, "band", bands, reference)

st.header("What the bands mean", anchor=False)
for band, meaning in BAND_MEANINGS.items():
    st.markdown(f"**{label('band', band)}** – {meaning}")
st.caption(
    "After MPI, Balancing Acts (2018), Figure 1, in our own words. “Voluntary” in official statistics often means that "
    "a person complied with an order to leave; on this spectrum that return is obliged."
)
