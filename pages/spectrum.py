"""Does the kind of return matter?"""

import streamlit as st

from components import controls, datasets, headline
from components.card import card
from components.charts.composition import composition
from components.charts.differences import differences
from components.charts.scores import scores
from components.frame import enter
from components.page import head
from data.labels import label
from data.summaries.comparison import compare
from data.summaries.composition import compose
from data.vocabulary import BAND_MEANINGS, ReturnBand

frame = enter()
head("Does the kind of return matter?", frame)
view, source = frame.view, frame.source

bands = tuple(band for band in ReturnBand if band in (view.bands or frame.choices.bands))
all_bands = datasets.ask(compose, source, view, "cohort", frame.groups("cohort"), "band", frame.groups("band"))
card(
    headline.compulsory(all_bands),
    all_bands,
    composition(all_bands),
    title="People by band of the return spectrum, from most to least voluntary",
    kind="Stacked bars",
    made_by=compose,
)
reference = controls.one(
    "Compare with", "reference-band", bands, lambda code: label("band", code), first=min(1, len(bands) - 1)
)
compared = datasets.ask(compare, source, view, "band", bands, reference)
left, right = st.columns(2)
with left:
    card(
        "Mean scores along the spectrum",
        compared,
        scores(compared, view.line),
        title="Mean score, 0 to 1, with your reference line",
        kind="Dots with intervals",
        made_by=compare,
    )
with right:
    if len(bands) > 1:
        card(
            headline.difference(compared, view.score, reference),
            compared,
            differences(compared),
            title=f"Difference in mean score to {label('band', reference)}",
            kind="Dots with intervals",
            made_by=compare,
        )
    else:
        st.info("Choose a second band to see differences.", icon=":material/compare_arrows:")

st.header("What the bands mean", anchor=False)
for band, meaning in BAND_MEANINGS.items():
    st.markdown(f"**{label('band', band)}** – {meaning}")
st.caption(
    "After MPI, Balancing Acts (2018), Figure 1, in our own words. “Voluntary” in official statistics often means that "
    "a person complied with an order to leave; on this spectrum that return is obliged."
)
