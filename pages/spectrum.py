"""Does the kind of return matter?"""

import streamlit as st

from components import controls
from components.frame import enter
from components.page import head
from components.sections import SECTIONS
from components.sections.along_bands import scores_along_the_bands
from components.sections.experienced import label_and_experience
from components.sections.placing import placing_a_return
from components.sections.returned import who_returned_how
from data.labels import label
from data.spectrum import BAND_EXAMPLES
from data.vocabulary import BAND_MEANINGS

frame = enter()
head("Does the kind of return matter?", frame)

draw = dict(
    zip(
        SECTIONS["spectrum"],
        (who_returned_how, scores_along_the_bands, label_and_experience, placing_a_return),
        strict=True,
    )
)
draw[controls.choose_section("spectrum", SECTIONS["spectrum"])](frame)

st.header("What the bands mean", anchor=False)
for band, meaning in BAND_MEANINGS.items():
    with st.expander(f"**{label('band', band)}** – {meaning}"):
        st.markdown(BAND_EXAMPLES[band].text)
        st.caption(BAND_EXAMPLES[band].source)
st.caption(
    "After MPI, Balancing Acts (2018), Figure 1, in our own words. “Voluntary” in official statistics often means that "
    "a person complied with an order to leave; on this spectrum that return is obliged."
)
