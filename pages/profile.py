"""What is known about one corridor?"""

import pandas as pd
import streamlit as st

from components import citations, datasets
from components.figures import PAGES
from components.figures.profile import choose
from components.figures.recorded import FLOWS
from components.frame import enter
from components.page import head, key_figures
from components.show import show_all
from data.grouping import Grouping
from data.labels import label
from data.summaries import offered, returns

NOTHING = pd.DataFrame({"year": [], "people": []})

top = st.container()
asked = choose(enter())
frame, flows, corridor = asked.frame, asked[FLOWS], asked.view.place
with top:
    head(f"What is known about {label('corridor', corridor)}?", frame, fixed=("place",))
show_all(PAGES["profile"], asked)

reach = asked.ask(offered.reach)
latest = NOTHING
if flows:
    lone = Grouping("corridor", (corridor,))
    over_time = datasets.ask(returns.by_year, flows.source, frame.view, flows.basis, lone)
    latest = over_time.rows.dropna(subset=["people"]).tail(1)
key_figures(
    {"people": reach.people, "interviews": reach.interviews, "waves": reach.waves}
    | {f"returns recorded in {year}": count for year, count in zip(latest["year"], latest["people"], strict=True)}
)
citations.cited_returns(*corridor.split("-"))
st.caption(
    "To print this page or save it as PDF, use your browser’s Print (Ctrl+P, on a Mac Cmd+P). The link on each card "
    "opens the same page again."
)
