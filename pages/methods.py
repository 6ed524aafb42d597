"""How is each figure made?"""

import pandas as pd
import streamlit as st

from components import citations, texts
from components.card import explain, tell
from components.figures import figures
from components.frame import enter
from components.page import title
from data import bootstrap, disclosure, estimate, follow_up, scoring, smooth, spectrum
from data.flows.reference import facts
from data.instrument import elements, grouping_note
from data.labels import label
from data.vocabulary import BAND_MEANINGS, FLAG_MEANINGS

RULES = {
    "Estimates and intervals": estimate,
    "Weights for loss, wave by wave": follow_up,
    "Bootstrap over people": bootstrap,
    "Smooth lines": smooth,
    "Which numbers are hidden": disclosure,
    "Noise": disclosure.noise,
}

enter()
title("How is each figure made?")

st.header("Figures", anchor=False)
for name, about in {figure.name: figure.about for figure in figures()}.items():
    with st.expander(name):
        tell(about)

st.header("Words we use", anchor=False)
st.table(pd.DataFrame({"Meaning": texts.glossary()}))

st.header("Rules for all figures", anchor=False)
for name, module in RULES.items():
    with st.expander(name):
        st.markdown(explain(module))
for meaning in FLAG_MEANINGS.values():
    st.caption(meaning)

st.header("How people are protected", anchor=False)
st.markdown(texts.protection())

st.header("The return spectrum", anchor=False)
st.table(pd.DataFrame({"Meaning": {label("band", band): meaning for band, meaning in BAND_MEANINGS.items()}}))
st.markdown(f"**How facts place a return.** {explain(spectrum.place)}")
rules = spectrum.table()
st.table(
    pd.DataFrame(
        {
            "Rule": rules["label"],
            "Where": rules["conditions"],
            "Band": [label("band", band) if band else "as in the file" for band in rules["band"]],
            "Reason": rules["reason"],
        }
    ).set_index("Rule")
)

st.header("The survey and its scores", anchor=False)
st.markdown(explain(scoring))
for profile in scoring.PROFILES.values():
    st.markdown(f"- **{profile.key}**: {profile.label}")
st.caption(grouping_note)
st.dataframe(
    pd.DataFrame(
        {
            "No.": element.number,
            "Dimension": label("score", element.dimension),
            "Indicator": element.indicator,
            "Element": element.name,
            "Dimension weight": "not published"
            if element.dimension_weight is None
            else f"{element.dimension_weight:.2f}",
            "Composite weight": "not published"
            if element.composite_weight is None
            else f"{element.composite_weight:.2f}",
        }
        for element in elements()
    ),
    hide_index=True,
    alt="The 30 measurement elements with dimension, indicator and published weights",
)

st.header("Figures from the texts", anchor=False)
citations.table(facts())
