"""How does reintegration unfold over time?"""

import streamlit as st

from components import controls
from components.frame import enter
from components.page import head
from components.sections import SECTIONS
from components.sections.children import children
from components.sections.levels import between_levels
from components.sections.lost import who_was_lost
from components.sections.months import by_month
from components.sections.moved import what_moved_most
from components.sections.path import the_path
from components.sections.shapes import shapes_of_paths
from components.sections.waves import choose_waves

frame = enter()
head("How does reintegration unfold over time?", frame)

codes = tuple(SECTIONS["trajectories"])
over_waves = dict(zip(codes, (the_path, who_was_lost, shapes_of_paths, between_levels, what_moved_most), strict=False))
over_months = dict(zip(codes[len(over_waves) :], (by_month, children), strict=True))
section = controls.choose_section("trajectories", SECTIONS["trajectories"])
if section in over_months:
    over_months[section](frame)
elif waves := choose_waves(frame):
    over_waves[section](frame, waves)

st.caption(
    "Reintegration is often not linear: highs and lows are expected (Migration Policy Practice IX(1), 2019). A drop is "
    "not by itself failure, and neither is leaving again: what counts is whether it was a choice or a necessity."
)
