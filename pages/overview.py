"""What do the data say about return and reintegration?"""

import streamlit as st

from components import datasets, figures, link
from components.compared import difference
from components.frame import enter
from components.page import doubts, head, key_figures
from data.grouping import Grouping
from data.summaries import people
from data.summaries.comparison import compare
from data.summaries.trajectories import refusal

STARTING = 5
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
view, source = frame.view, frame.source

reach = datasets.ask(people.reach, source, view)
key_figures(
    {
        "People": reach.people,
        "Interviews": reach.interviews,
        "Corridors": reach.corridors,
        "Waves": reach.waves,
    }
)

st.header("Three findings", anchor=False)
figures.by_band(source, view, "cohort", frame.groups("cohort"), frame.groups("band"))
left, right = st.columns(2)
corridors = (view.corridors or frame.choices.corridors)[:STARTING]
if len(corridors) > 1:
    with left:
        compared = datasets.ask(compare, source, view, Grouping("corridor", corridors), corridors[0], (view.score,))
        difference(compared, view.score, corridors[0])
waves = frame.choices.waves
if len(waves) > 1 and not datasets.ask(refusal, source, view):
    with right:
        figures.change_since(source, view, waves, (view.score,))

st.header("Where to go next", anchor=False)
for name, question in QUESTIONS.items():
    st.page_link(f"pages/{name}.py", label=question, query_params=link.asked())

st.header("Doubts about the data", anchor=False)
doubts(frame)
