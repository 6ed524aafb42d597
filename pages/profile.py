"""What is known about one corridor?"""

from dataclasses import replace

import pandas as pd
import streamlit as st

from components import citations, controls, datasets, figures, headline, recorded, words
from components.card import card
from components.charts.histogram import histogram
from components.charts.recorded import by_year
from components.compared import side_by_side
from components.frame import enter
from components.page import head, key_figures
from components.texts import say
from data.labels import label
from data.summaries import people, returns
from data.summaries.distributions import binned, spread
from data.summaries.trajectories import refusal

PAPER = 1000
"""Pixels. A printed chart keeps its width on screen; half of this fits on A4 beside the sidebar, more is cut off."""

NOTHING = pd.DataFrame({"year": [], "people": []})

frame = enter()
source, corridors = frame.source, frame.choices.corridors
sheet = st.container(width=PAPER)
left, middle, right = sheet.columns(3)
with left:
    first = corridors.index(frame.view.corridors[0]) if frame.view.corridors else 0
    corridor = controls.one("Corridor", "of", corridors, lambda code: label("corridor", code), first=first)
view = replace(frame.view, corridors=(corridor,))
with middle:
    others = tuple(code for code in corridors if code != corridor) or (corridor,)
    reference = controls.one("Compare with", "against", others, lambda code: label("corridor", code))
with right:
    having = (m for m in datasets.flows() if recorded.counts(m, view))
    flows = recorded.choose(first=next((manifest.key for manifest in having), ""))
over_time = flows and datasets.ask(returns.by_year, flows.source, view, flows.basis, "corridor", (corridor,))
latest = over_time.rows.dropna(subset=["people"]).tail(1) if over_time else NOTHING

with sheet:
    head(f"What is known about {label('corridor', corridor)}?", replace(frame, view=view), fixed=("corridors",))
    reach = datasets.ask(people.reach, source, view)
    key_figures(
        {"People": reach.people, "Interviews": reach.interviews, "Waves": reach.waves}
        | {f"Recorded in {year}": count for year, count in zip(latest["year"], latest["people"], strict=True)}
    )

left, right = sheet.columns(2)
with left:
    figures.by_band(source, view, "corridor", (corridor,), frame.groups("band"))
with right:
    if over_time and len(latest):
        card(
            headline.recorded(over_time, flows.basis),
            over_time,
            by_year(over_time),
            title="People recorded by year",
            kind="Lines",
            drawn="people",
            made_by=returns.by_year,
        )
    elif flows:
        name = words.plain(flows.source.manifests[0].name)
        st.info(f"“{name}” has no numbers for this corridor, these bands and years.", icon=":material/query_stats:")
with sheet:
    pair = tuple(dict.fromkeys((corridor, reference)))
    side_by_side(replace(frame, view=replace(view, corridors=pair)), "corridor", pair, reference)
left, right = sheet.columns(2)
with left:
    sexes = frame.groups("sex")
    spreads = datasets.ask(spread, source, view, "sex", sexes, (view.score,))
    bins = datasets.ask(binned, source, view, "sex", sexes, (view.score,))
    card(
        headline.above_line(spreads, view.score, view.line),
        bins,
        histogram(bins, view.score, view.line),
        title=f"{label('score', view.score)} score: share of people per tenth of the scale",
        kind="Histogram",
        drawn="share",
        made_by=binned,
    )
with right:
    waves = frame.choices.waves
    reason = datasets.ask(refusal, source, view)
    if reason:
        st.info(say(reason), icon=":material/timeline:")
    else:
        figures.change_since(source, view, waves, (view.score,))
with sheet:
    citations.cited_returns(*corridor.split("-"))
st.caption(
    "To print this page or save it as PDF, use your browser’s Print (Ctrl+P, on a Mac Cmd+P). The link on each card "
    "opens the same page again."
)
