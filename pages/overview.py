"""What do the data say about return and reintegration?"""

import streamlit as st

from components import datasets, link
from components.figure import Asked
from components.figures import PAGES
from components.frame import enter
from components.page import doubts, head, key_figures
from components.show import show_all
from data.summaries import offered

QUESTIONS = {
    "corridors": "How do return corridors compare?",
    "returns": "How many returns are recorded, and from where to where?",
    "profile": "What is known about one corridor?",
    "spectrum": "Does the kind of return matter?",
    "distributions": "How are scores spread among people?",
    "trajectories": "How does reintegration unfold over time?",
    "cohorts": "Load your own cohort or recorded returns",
    "methods": "How is each figure made?",
}

frame = enter()
head("What do the data say about return and reintegration?", frame)

show_all(PAGES["overview"], Asked(frame))

reach = datasets.ask(offered.reach, frame.source, frame.view)
key_figures(
    {
        "people": reach.people,
        "interviews": reach.interviews,
        "corridors with people enough to show": reach.corridors,
        "waves": reach.waves,
    }
)

st.header("Where to go next", anchor=False)
for name, question in QUESTIONS.items():
    st.page_link(f"pages/{name}.py", label=question, query_params=link.asked())

st.header("Data quality notes", anchor=False)
doubts(frame)
