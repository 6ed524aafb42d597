"""How does reintegration unfold over time?"""

import streamlit as st

from components import controls, datasets, figures, headline
from components.card import card
from components.charts.waves import waves as waves_chart
from components.frame import enter
from components.page import head
from data.labels import label
from data.summaries.trajectories import PANELS, by_wave, change, refusal
from data.vocabulary import SCORES

frame = enter()
head("How does reintegration unfold over time?", frame)
view, source = frame.view, frame.source

reason = datasets.ask(refusal, source, view)
if reason:
    st.info(reason, icon=":material/timeline:")
    st.stop()

left, right = st.columns(2)
with left:
    panel = controls.one("Who is counted", "panel", tuple(PANELS), PANELS.__getitem__)
with right:
    waves = controls.several("Waves", "waves", frame.choices.waves, lambda wave: label("wave", wave))
if len(waves) < 2:
    st.info("Choose at least two waves to see a path.", icon=":material/timeline:")
    st.stop()

changed = datasets.ask(change, source, view, waves, SCORES)
means = datasets.ask(by_wave, source, view, waves, panel)
card(
    headline.change(changed, view.score, waves[0]),
    means,
    waves_chart(means, joined=panel == "same"),
    title=f"Mean score by wave: {PANELS[panel].lower()}",
    kind="Lines by wave",
    drawn="mean",
    made_by=by_wave,
)
figures.change_since(source, view, waves, SCORES, f"Change since wave {waves[0]}, person by person")
st.caption(
    "Reintegration is often not linear: highs and lows are expected (Migration Policy Practice IX(1), 2019). A drop is "
    "not by itself failure, and neither is leaving again: what counts is whether it was a choice or a necessity."
)
