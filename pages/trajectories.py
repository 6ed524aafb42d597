"""How does reintegration unfold over time?"""

import streamlit as st

from components.figures import PAGES
from components.frame import enter
from components.page import head
from components.show import show_one

frame = enter()
head("How does reintegration unfold over time?", frame)
show_one("trajectories", PAGES["trajectories"], frame)

st.caption(
    "Reintegration is often not linear: highs and lows are expected (Migration Policy Practice IX(1), 2019). A drop is "
    "not by itself failure, and neither is leaving again: what counts is whether it was a choice or a necessity."
)
