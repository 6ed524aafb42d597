"""How are scores spread among people?"""

import streamlit as st

from components import controls, datasets, headline
from components.card import card
from components.charts.histogram import histogram
from components.charts.shares import shares
from components.frame import enter
from components.page import head
from data.labels import COLUMN_LABELS, label
from data.summaries.distributions import binned, spread
from data.vocabulary import SCORES

GROUPINGS = ("cohort", "band", "corridor", "sex", "age_group", "assistance")
MOST = 7

frame = enter()
head("How are scores spread among people?", frame)
view, source = frame.view, frame.source

by = controls.one("Group people by", "group", GROUPINGS, COLUMN_LABELS.__getitem__, first=1)
groups = frame.groups(by)[:MOST]
spreads = datasets.ask(spread, source, view, by, groups, SCORES)
bins = datasets.ask(binned, source, view, by, groups, SCORES)
for pair in (SCORES[:2], SCORES[2:]):
    for column, score in zip(st.columns(2), pair, strict=True):
        with column:
            mine = bins.only("score", score)
            card(
                headline.above_line(spreads, score, view.line),
                mine,
                histogram(mine, score, view.line),
                title=f"{label('score', score)} score: share of people per tenth of the scale",
                kind="Histogram",
                drawn="share",
                made_by=binned,
            )
card(
    f"Who scores {view.line:.2f} or more",
    spreads,
    shares(spreads),
    title="Share of people at or above your reference line, with quartiles in the table",
    kind="Dots with intervals",
    drawn="share",
    made_by=spread,
)
