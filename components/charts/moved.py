"""Changes within the same people, element by element or by indicator: dots about zero, largest change first."""

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import axis_names, dots
from components.charts.points_lost import in_words
from components.charts.stack import stack
from components.theme import SCORE_COLOURS, SCORE_SYMBOLS
from data.disclosure import Released
from data.instrument import elements
from data.labels import label
from data.vocabulary import DIMENSIONS

ROW = 34
LEGEND_ROW = 40
ROOM = 1.05
MOST = 15

_DIMENSION = {part: element.dimension for element in elements() for part in (element.indicator, element.column)}


@chart("Dots with intervals", "difference")
def moved(released: Released) -> go.Figure:
    """Draw `difference` with its intervals, a panel per group (first key), the `MOST` largest changes of each.

    Each row is an element or an indicator (second key) in its dimension's colour and symbol; what may not be seen, or
    was not asked, comes last and says why.
    """
    by, _ = released.keys
    groups = [*dict.fromkeys(released.rows[by])]
    panels = [_rows(released.only(by, group)) for group in groups]
    drawn = [_panel(rows, first=place == 0) for place, rows in enumerate(panels)]
    most = max((len(rows) for rows in panels), default=0)
    figure = stack(drawn, axis_names(by, groups, wrap=False), ROW * most, 0)
    for axis, rows in zip(figure.select_yaxes(), panels, strict=False):
        axis.update(categoryorder="array", categoryarray=rows["name"].tolist()[::-1], range=[-0.6, len(rows) - 0.4])
    ends = pd.concat(panels)[["difference_low95", "difference_high95"]] if panels else pd.DataFrame()
    reach = ROOM * ends.abs().max().max()
    figure.update_xaxes(range=[-reach, reach] if reach > 0 else [-0.1, 0.1], tickformat="+.2~f", nticks=7)
    return figure.update_layout(showlegend=True, height=figure.layout.height + LEGEND_ROW)


def _rows(released: Released) -> pd.DataFrame:
    """The rows of one group, the largest change first, with `name`, `dimension` and the `flag` of the change."""
    _, part = released.keys
    rows = released.rows.assign(
        name=axis_names(part, released.rows[part].tolist()),
        dimension=released.rows[part].map(_DIMENSION),
        flag=released.flags["difference"],
        size=released.rows["difference"].abs(),
    )
    return rows.sort_values("size", ascending=False, kind="stable", na_position="last").head(MOST)


def _panel(rows: pd.DataFrame, first: bool) -> list[dict[str, object]]:
    seen, hidden = rows[rows["difference"].notna()], rows[rows["difference"].isna()]
    traces: list[dict[str, object]] = []
    for dimension in DIMENSIONS:
        mine = seen[seen["dimension"] == dimension]
        *still, points = dots(mine, "difference", SCORE_COLOURS[dimension], SCORE_SYMBOLS[dimension], "difference_")
        named = {"name": label("score", dimension), "legendgroup": dimension.value, "showlegend": first}
        traces += [*({**each, "showlegend": False} for each in still), {**points, **named}]
    return [*traces, in_words(hidden["name"].tolist(), hidden["flag"].tolist())]
