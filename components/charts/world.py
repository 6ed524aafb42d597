"""World maps from the app's own files: recorded returns with their main hosts, and outcomes by country of return."""

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.theme import DEEP, GREY, LINE_COLOURS, PALE, finish
from data.disclosure import Released
from data.labels import label
from data.notes import Note, Said
from data.vocabulary import Score

COUNTRY = "country_of_return"
MAP = Path(__file__).parents[2] / "static" / "topojson" / "world_50m.json"
HEIGHT = 400
STEP = 0.1
"""A scale of means begins and ends at a multiple of this."""
DOT = 7
"""A dot on each country keeps small island states in sight."""


@chart("World map", "people")
def returns(released: Released) -> go.Figure:
    """People returned per country of return (`people`) on a logarithmic scale, and a line from its largest `host`."""
    rows = _placed(released)
    seen = rows[rows["people"].notna() & (rows["people"] > 0)]
    amount = [round(math.log10(people), 2) for people in seen["people"]]
    told = [f"{label('country_of_return', code)}: {n:,} people" for code, n in seen[[COUNTRY, "people"]].to_numpy()]
    powers = [*range(math.floor(min(amount, default=0)), math.ceil(max(amount, default=1)) + 1)]
    figure = _map(seen[COUNTRY].tolist(), amount, told, powers, [f"{10**power:,}" for power in powers])
    pairs = [[host, country, None] for host, country in seen[["host", COUNTRY]].dropna().to_numpy() if host in places()]
    figure.add_scattergeo(
        locations=[place for pair in pairs for place in pair],
        mode="lines",
        line={"width": 1, "color": LINE_COLOURS[1]},
        opacity=0.7,
        hoverinfo="skip",
    )
    return _finish(figure, rows[rows["people"].isna()][COUNTRY].tolist())


@chart("World map", "mean")
def outcomes(released: Released, score: Score) -> go.Figure:
    """Mean of `score` per country of return (first key); the scale runs over the means there are."""
    rows = _placed(released.only("score", score))
    seen = rows[rows["mean"].notna()]
    told = [
        f"{label('country_of_return', row[COUNTRY])}: {row['mean']:.2f} (95%: {row['low95']:.2f} to "
        f"{row['high95']:.2f}), {row['people']:,} people"
        for _, row in seen.iterrows()
    ]
    low, high = (seen["mean"].min(), seen["mean"].max()) if len(seen) else (0.0, 1.0)
    steps = range(math.floor(low / STEP), math.ceil(high / STEP + 0.01) + 1)
    ticks = [round(step * STEP, 1) for step in steps]
    figure = _map(seen[COUNTRY].tolist(), seen["mean"].tolist(), told, ticks, [f"{tick:.1f}" for tick in ticks])
    return _finish(figure, rows[rows["mean"].isna()][COUNTRY].tolist())


def bounded(released: Released) -> Released:
    """With the note that every map of borders carries, and the countries that the map has no place for."""
    missing = off_the_map(released)
    note = Note(Said.BORDERS_AND_MISSING, countries=missing) if missing else Note(Said.BORDERS)
    return replace(released, notes=(note, *released.notes))


def off_the_map(released: Released) -> tuple[str, ...]:
    """The countries (ISO3) that the map has no place for."""
    return tuple(code for code in dict.fromkeys(released.rows[COUNTRY]) if code not in places())


@cache
def places() -> frozenset[str]:
    """The ISO3 codes that the map has a place for."""
    world = json.loads(MAP.read_text("utf-8"))
    return frozenset(shape["id"] for shape in world["objects"]["countries"]["geometries"] if "id" in shape)


def _placed(released: Released) -> pd.DataFrame:
    return released.rows[released.rows[COUNTRY].isin(places())]


def _map(codes: list[str], amount: list[float], told: list[str], ticks: Sequence[float], words: list[str]) -> go.Figure:
    bar = {"orientation": "h", "y": -0.02, "yanchor": "top", "thickness": 10, "len": 0.8, "tickvals": [*ticks]}
    figure = go.Figure(
        go.Choropleth(
            locations=codes,
            z=amount,
            text=told,
            hovertemplate="%{text}<extra></extra>",
            marker={"line": {"width": 0.4}},
            coloraxis="coloraxis",
        )
    )
    figure.add_scattergeo(
        locations=codes,
        mode="markers",
        marker={"size": DOT, "color": amount, "coloraxis": "coloraxis", "line": {"width": 1, "color": DEEP}},
        hoverinfo="skip",
    )
    return figure.update_coloraxes(
        colorscale=[[0, PALE], [1, DEEP]], cmin=ticks[0], cmax=ticks[-1], colorbar={**bar, "ticktext": words}
    )


def _finish(figure: go.Figure, hidden: list[str]) -> go.Figure:
    figure.add_scattergeo(
        locations=hidden,
        mode="text",
        text=["[c]"] * len(hidden),
        hoverinfo="skip",
    )
    figure.update_geos(
        resolution=50,
        projection_type="natural earth",
        showcountries=True,
        countrycolor=GREY,
        countrywidth=0.4,
        showcoastlines=True,
        coastlinecolor=GREY,
        coastlinewidth=0.4,
        showland=True,
        landcolor="rgba(128,128,128,0.12)",
        showframe=False,
        bgcolor="rgba(0,0,0,0)",
        lataxis_range=[-58, 84],
    )
    return finish(figure, HEIGHT, showlegend=False)
