"""Colour and type of every chart: six ordered band colours, one hue per score, readable on light and on dark."""

from typing import Final

import plotly.graph_objects as go
import plotly.io as pio

from data.vocabulary import ReturnBand, Score

BAND_COLOURS: Final = {
    ReturnBand.SOLICITED: "#30a68d",
    ReturnBand.VOLUNTARY: "#009bb6",
    ReturnBand.RELUCTANT: "#3988cd",
    ReturnBand.PRESSURED: "#6c6cd7",
    ReturnBand.OBLIGED: "#9c47c9",
    ReturnBand.FORCED: "#c12c83",
    ReturnBand.UNCLASSIFIED: "#7b8187",
}
"""From teal to magenta and from lighter to darker, so that the order survives a grey print."""

SCORE_COLOURS: Final = {
    Score.COMPOSITE: "#5c6a7d",
    Score.ECONOMIC: "#bb731b",
    Score.SOCIAL: "#499537",
    Score.PSYCHOSOCIAL: "#d64938",
}
SCORE_SYMBOLS: Final = {
    Score.COMPOSITE: "diamond",
    Score.ECONOMIC: "circle",
    Score.SOCIAL: "square",
    Score.PSYCHOSOCIAL: "triangle-up",
}
GREY: Final = "#7b8187"
"""For what is not data: reference lines, masked parts, the grid of a print."""

LINE_COLOURS: Final = ("#2f7fb0", "#b5651d", "#4b8f3a", "#c0417c", "#7a66c9", "#7b8187")
"""For up to five named groups and "other", which have no order and no colour of their own."""

SHADES: Final = ("#479ace", "#3692c9", "#3389bd", "#2d79a8", "#276991")
"""One hue from little to much, for cells with a text in them: none so middling that both inks are hard to read."""

DASHES: Final = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")

TEMPLATE: Final = "return_spectrum"

pio.templates[TEMPLATE] = go.layout.Template(
    layout={
        "hovermode": "closest",
        "dragmode": False,
        "bargap": 0.12,
        "xaxis": {"automargin": True, "zeroline": False, "fixedrange": True},
        "yaxis": {"automargin": True, "zeroline": False, "fixedrange": True},
        "font": {"size": 13},
        "hoverlabel": {"align": "left"},
    }
)

CONFIG: Final = {
    "displayModeBar": False,
    "showSendToCloud": False,
    "responsive": True,
    "topojsonURL": "/app/static/topojson/",
}
"""Plotly's own buttons are off: what leaves the app leaves it through the card. The map is the app's own file."""

MARGIN: Final = {"l": 8, "r": 28, "t": 32, "b": 8}
"""Set on each figure, for Streamlit's theme replaces a template's margin; the right one keeps the last tick."""

LEGEND: Final = {
    "orientation": "h",
    "xref": "container",
    "x": 0,
    "yref": "container",
    "y": 1,
    "yanchor": "top",
    "traceorder": "normal",
    "maxheight": 0.8,
    "font": {"size": 12},
    "title": {"text": ""},
}
"""Above the chart over its whole width, in columns, so that a phone shows it in a few rows."""

INKS: Final = ("#ffffff", "#11161d")


def ink(ground: str) -> str:
    """The one of `INKS` that is easier to read on a coloured ground."""
    return max(INKS, key=lambda text: contrast(text, ground))


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21, as WCAG 2.2 defines it; both as "#rrggbb"."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def finish(figure: go.Figure, height: int, **layout: object) -> go.Figure:
    """`figure` with the house's template, margin, legend and height."""
    return figure.update_layout(template=TEMPLATE, height=height, margin=MARGIN, legend=LEGEND, **layout)
