"""The front door: `streamlit run app.py` draws the frame that all pages share and runs the page asked for.

Streamlit runs this file anew for each click, by the name `__main__`. Its server imports it once, by the file's own
name, and finds the app with its own routes.
"""

import streamlit as st

from components import figures, frame
from components.card import assets

if __name__ == "__main__":
    frame.draw(figures.in_links).run()
else:
    app = st.App(__file__, routes=assets.ROUTES)
