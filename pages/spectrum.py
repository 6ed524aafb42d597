"""Does the kind of return matter?"""

import streamlit as st

from components import figures
from components.compared import choose_reference, side_by_side
from components.frame import enter
from components.page import head
from data.labels import label
from data.vocabulary import BAND_MEANINGS

frame = enter()
head("Does the kind of return matter?", frame)
view, source = frame.view, frame.source

bands = frame.groups("band")
figures.by_band(source, view, "cohort", frame.groups("cohort"), bands)
reference = choose_reference("band", bands, "reference-band", first=min(1, len(bands) - 1))
side_by_side(frame, "band", bands, reference)

st.header("What the bands mean", anchor=False)
for band, meaning in BAND_MEANINGS.items():
    st.markdown(f"**{label('band', band)}** – {meaning}")
st.caption(
    "After MPI, Balancing Acts (2018), Figure 1, in our own words. “Voluntary” in official statistics often means that "
    "a person complied with an order to leave; on this spectrum that return is obliged."
)
