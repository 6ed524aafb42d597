"""Rows of a chart with names over them: a name needs no room beside its row, so that a phone keeps its width."""

from collections.abc import Sequence
from typing import Any, Final

from components.charts.marks import lines_in, wrapped

ROW, LINE = 46, 17
"""Pixels of a row with its name over it, and of each further line of a name."""

LEFT_TO, LEFT = 15, 30
"""Names up to this long stand left of their rows, which are then this high."""

OVER_DOTS, OVER_BARS = 0.16, 0.21
"""Where a name begins, in rows over the middle of its own: over a dot, and over a bar with `BAR_GAP`."""

BAR_GAP: Final = 0.6
"""What of a row is no bar, so that there is room for a name."""

PHONE = 46
"""Letters in a line across a phone, nearly."""


def row_axis(names: Sequence[str]) -> dict[str, Any]:
    """An axis with a row for each of `names`, the first on top, whose names stand over the rows."""
    room = {"range": [-0.45, len(names) - 0.25]} if names else {}
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": [*names][::-1],
        "showticklabels": False,
        "showgrid": False,
        **room,
    }


def names_over(
    names: Sequence[str], words: Sequence[str] = (), axis: str = "y", over: float = OVER_DOTS
) -> list[dict[str, Any]]:
    """For all rows of an axis from the top: the name at a row's left end and the words at its right, over the row."""
    here = {"xref": "paper", "yref": axis, "showarrow": False, "yanchor": "bottom", "borderpad": 0}
    left, right = {"x": 0, "xanchor": "left", "align": "left"}, {"x": 1, "xanchor": "right", "align": "right"}
    return [
        {**here, **side, "y": round(len(texts) - 1 - place + over, 3), "text": text}
        for texts, side in ((names, left), (words, right))
        for place, text in enumerate(texts)
        if text
    ]


def row_for(names: Sequence[str]) -> int:
    """Pixels of a row that has room for each of `names`."""
    return ROW + LINE * (max(map(lines_in, names), default=1) - 1)


def fitted(names: Sequence[str], words: Sequence[str]) -> list[str]:
    """Names that leave room for the words beside them on a phone: broken where they would not."""
    return [wrapped(name, PHONE - len(told)) for name, told in zip(names, words, strict=True)]


def stand_over(names: Sequence[str]) -> bool:
    """Whether names are too long to stand left of their rows on a phone."""
    return any(len(line) > LEFT_TO for name in names for line in name.split("<br>"))
