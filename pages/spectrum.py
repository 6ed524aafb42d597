"""Does the kind of return matter?"""

import streamlit as st

from components.figures import PAGES
from components.frame import enter
from components.page import head
from components.show import show_one
from data.labels import label
from data.spectrum import BAND_EXAMPLES
from data.vocabulary import BAND_MEANINGS

frame = enter()
head("Does the kind of return matter?", frame)
show_one("spectrum", PAGES["spectrum"], frame)

st.header("What the bands mean", anchor=False)
for band, meaning in BAND_MEANINGS.items():
    with st.expander(f"**{label('band', band)}** – {meaning}"):
        st.markdown(BAND_EXAMPLES[band].text)
        st.caption(BAND_EXAMPLES[band].source)
st.caption(
    "After MPI, Balancing Acts (2018), Figure 1, in our own words. “Voluntary” in official statistics often means that "
    "a person complied with an order to leave; on this spectrum that return is obliged."
)
