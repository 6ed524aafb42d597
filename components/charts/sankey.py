"""From host countries through the bands of the return spectrum to countries of return."""

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import axis_names, largest_first
from components.theme import BAND_COLOURS, GREY, MARGIN, finish
from data.disclosure import Released
from data.vocabulary import ReturnBand

GLASS = "59"
"""A third of the ground covered, so that names stay readable: the last two digits of a link's colour."""

ROW, PAD = 44, 12
EDGE = 0.01


@chart("Sankey diagram", "people")
def sankey(released: Released) -> go.Figure:
    """Links as wide as `people`, in the colour of their band: host → band → country of return.

    Bands stand in their order, countries by people with the rest last. What may not be seen is in no link, so both
    sides of a band hold the same people.
    """
    rows = released.rows[released.rows["people"].notna()]
    orders = {key: largest_first(rows, key) for key in released.keys}
    orders["band"] = orders["band"].reindex([band for band in ReturnBand if band in orders["band"].index])
    codes = [(key, code) for key, order in orders.items() for code in order.index]
    number = {code: place for place, code in enumerate(codes)}
    host, band, to = released.keys
    links = pd.concat([_links(rows, host, band, number), _links(rows, band, to, number)])
    most = max(len(order) for order in orders.values())
    inner = ROW * max(most, 3)
    colours = [BAND_COLOURS[ReturnBand(code)] if key == band else GREY for key, code in codes]
    figure = go.Figure(
        go.Sankey(
            arrangement="fixed",
            node={
                "label": [name for key, order in orders.items() for name in axis_names(key, order.index, wrap=False)],
                "color": colours,
                "x": [{host: EDGE, band: 0.5, to: 1 - EDGE}[key] for key, _ in codes],
                "y": [y for order in orders.values() for y in middles(order, PAD / inner, most)],
                "pad": PAD,
                "thickness": 14,
                "line": {"width": 0},
                "hovertemplate": "%{label}: %{value:,} people<extra></extra>",
            },
            link=links.to_dict("list")
            | {"hovertemplate": "%{source.label} → %{target.label}: %{value:,} people<extra></extra>"},
        )
    )
    return finish(figure, inner + MARGIN["t"] + MARGIN["b"])


def _links(rows: pd.DataFrame, start: str, end: str, number: dict[tuple[str, str], int]) -> pd.DataFrame:
    """People between the nodes of two columns, one of them the band's, as Plotly names what a link has."""
    sums = rows.groupby([start, end], as_index=False)["people"].sum()
    return pd.DataFrame(
        {
            "source": [number[start, code] for code in sums[start]],
            "target": [number[end, code] for code in sums[end]],
            "value": sums["people"].astype("int64"),
            "color": [BAND_COLOURS[ReturnBand(code)] + GLASS for code in sums["band"]],
        }
    )


def middles(people: pd.Series, gap: float, most: int) -> list[float]:
    """Where the middles of a column's nodes stand, 0 to 1 from the top, `gap` apart; `most` is the longest column."""
    heights = people.astype("float64") / people.sum() * (1 - gap * (most - 1))
    tops = heights.cumsum() - heights + gap * pd.Series(range(len(people)), people.index)
    start = gap * (most - len(people)) / 2
    return (start + tops + heights / 2).round(3).tolist()
