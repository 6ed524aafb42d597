"""What data are loaded, and how to add one's own."""

import streamlit as st

from components.frame import enter
from components.kept import kept, kept_mappings
from components.page import title
from components.upload import load

enter()
title("What data are loaded, and how do I add mine?")
load()
st.header("Your data", anchor=False)
kept()
st.header("Your mappings", anchor=False)
kept_mappings()
