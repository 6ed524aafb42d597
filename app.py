"""The front door: `streamlit run app.py` draws the frame that all pages share and runs the page asked for."""

from components import figures, frame

frame.draw(figures.in_links).run()
