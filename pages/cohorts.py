"""Which data are here, and how to add one's own."""

import streamlit as st

from components.frame import enter
from components.kept import kept, kept_mappings
from components.upload import load

enter()
st.title("Which data are here, and how to add your own?", anchor=False)
load()
st.header("Kept data", anchor=False)
kept()
st.header("Kept mappings", anchor=False)
kept_mappings()
