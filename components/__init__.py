"""What pages are made of. Streamlit and Plotly live here; every figure is drawn from a `Released`."""
