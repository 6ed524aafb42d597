"""Colour and type of every chart, where one colour means one thing: bands, scores, groups, answers, levels, shapes.

Every colour is declared here, and `tests/components/test_theme.py` computes how far they are apart, to readers with a
colour-vision deficiency and in greyscale too, and how they stand out from a light and a dark ground. Words wear the
colour of the theme's text, which a chart leaves alone, or `ink` where they stand on a coloured ground.
"""

from typing import Any, Final

import plotly.graph_objects as go

from data.vocabulary import ReturnBand, Score

GREY: Final = "#7b8187"
"""For what is no group: reference lines, what is masked, unclassified or not followed. Never for text."""

BAND_COLOURS: Final = {
    ReturnBand.SOLICITED: "#cfdeaf",
    ReturnBand.VOLUNTARY: "#99c8bb",
    ReturnBand.RELUCTANT: "#00b6d0",
    ReturnBand.PRESSURED: "#3187ba",
    ReturnBand.OBLIGED: "#544fb4",
    ReturnBand.FORCED: "#653268",
    ReturnBand.UNCLASSIFIED: GREY,
}
"""A ramp in lightness, L* 86 to 30, from pale green to dark purple: the order survives a grey print. No two neighbours
are nearer than ΔE 12 (CIEDE2000), to readers with a colour-vision deficiency too. The unclassified are hatched."""

BAND_LINES: Final = {
    ReturnBand.SOLICITED: "#879964",
    ReturnBand.VOLUNTARY: "#4ea08d",
    ReturnBand.RELUCTANT: "#00a0b7",
    ReturnBand.PRESSURED: "#3187ba",
    ReturnBand.OBLIGED: "#6d64cd",
    ReturnBand.FORCED: "#955f97",
    ReturnBand.UNCLASSIFIED: GREY,
}
"""The same hues for lines and dots, which have no outline and must stand out from a light and a dark ground."""

SCORE_COLOURS: Final = {
    Score.COMPOSITE: "#66727f",
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

STRONG: Final = "#1a7a8d"
"""For one series alone, and for a difference that is shown; one that is not is `GREY`."""

LINE_COLOURS: Final = (STRONG, "#9f5b2d", "#888300", "#bf417c", "#a95ed7", GREY)
"""For up to five named groups and "other", which have no order and no colour of their own."""

LEVEL_COLOURS: Final = {
    "low": "#a7562c",
    "middle": "#8d7f41",
    "high": "#2b7488",
    "remigrated": "#a95ed7",
    "not_interviewed": GREY,
    "no_score": GREY,
}
"""Levels of a score at a wave, and what became of people."""

STATE_COLOURS: Final = {"interviewed": STRONG, "remigrated": "#a95ed7", "not_interviewed": GREY}
"""What became of the people of a first wave."""

ANSWER_COLOURS: Final = {1.0: "#00768d", 0.75: "#6b96a4", 0.5: "#8e8f96", 0.25: "#ac8765", 0.0: "#a7582d"}
"""By points, from the best answer to the worst. The ends are the darkest."""

SHAPE_COLOURS: Final = {
    "rises": "#00768d",
    "recovers": "#6b96a4",
    "stays_high": "#559a91",
    "otherwise": "#8e8f96",
    "stays_low": "#ac8765",
    "falls": "#a7582d",
}
"""From petrol for what rises or stays high over grey to brown for what stays low or falls: order, not judgement."""

CHOICE_COLOURS: Final = {"free": "#a0952f", "some": "#987c3a", "none": "#8f6143"}
"""Free, some and no choice: from lighter to darker."""

SHADES: Final = ("#6f9c9f", "#55949a", "#3f8c94", "#1f818c", "#007a87")
"""One hue from little to much, for cells with a text in them: none so middling that both inks are hard to read."""

PALE, DEEP = "#cfe3e6", "#0d5f70"
"""The ends of a map's scale, of the same hue."""

OUTLINE: Final = "rgba(255,255,255,0.9)"
"""Between two filled pieces, and around a dark one on a dark ground."""

DASHES: Final = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")

TEXT: Final = 13
"""Pixels of the smallest text in a chart."""

MARGIN: Final = {"l": 8, "r": 20, "t": 28, "b": 8}
"""The right one keeps the last tick."""

LEGEND: Final = {
    "orientation": "h",
    "xref": "container",
    "x": 0,
    "yref": "container",
    "y": 1,
    "yanchor": "top",
    "traceorder": "normal",
    "maxheight": 0.8,
    "font": {"size": TEXT},
    "title": {"text": ""},
}
"""Above the chart over its whole width, in columns, so that a phone shows it in a few rows."""

VISIBLE: Final = 3.0
"""Contrast of what is drawn with its ground, at least (WCAG 2.2, 1.4.11)."""

EMPTY: Final = "rgba(0,0,0,0)"
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


def filled(colour: str) -> dict[str, Any]:
    """The look of a filled piece (Plotly's `marker`): set off from its neighbours, and outlined on every ground.

    A colour too pale for a white ground has a grey outline; all others have a white one, which is a gap on white and
    keeps the dark ones in sight on dark.
    """
    edge = GREY if contrast(colour, INKS[0]) < VISIBLE else OUTLINE
    return {"color": colour, "line": {"color": edge, "width": 1}}


def unclassified() -> dict[str, Any]:
    """The look of what could not be placed on the spectrum: grey and hatched, for it has no place in the ramp."""
    pattern = {"shape": "\\", "bgcolor": GREY, "fgcolor": "rgba(255,255,255,0.45)", "size": 9, "solidity": 0.2}
    return {**filled(GREY), "pattern": pattern}


def of_band(band: ReturnBand) -> dict[str, Any]:
    """The look of a piece that stands for a band."""
    return unclassified() if band == ReturnBand.UNCLASSIFIED else filled(BAND_COLOURS[band])


def hatched() -> dict[str, Any]:
    """The look of what may not be seen: an empty piece, hatched the other way than the unclassified."""
    return {
        "color": EMPTY,
        "line": {"color": GREY, "width": 1},
        "pattern": {"shape": "/", "bgcolor": EMPTY, "fgcolor": GREY, "size": 7, "solidity": 0.2},
    }


def finish(figure: go.Figure, height: int, **layout: object) -> go.Figure:
    """`figure` with the house's margin, legend and height; what else it looks like is up to the card (`card.js`)."""
    return figure.update_layout(template="none", height=height, margin=MARGIN, legend=LEGEND, **layout)
