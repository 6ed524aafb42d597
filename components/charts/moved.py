"""Changes within the same people, element by element or by indicator: dots about zero, largest change first."""

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.differences import NONE, TICKS, in_short
from components.charts.marks import axis_names, dots, noted
from components.charts.panels import look
from components.charts.points_lost import in_words
from components.charts.rows import LINE, PHONE, ROW, fitted, names_over, row_axis
from components.charts.stack import axis_of, stack, with_legend
from data.disclosure import Released
from data.instrument import elements
from data.labels import label
from data.vocabulary import DIMENSIONS

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
    ends = pd.concat(panels)[["difference_low95", "difference_high95"]] if panels else pd.DataFrame()
    reach = ROOM * ends.abs().max().max()
    reach = reach if reach > 0 else 0.1
    drawn = [_panel(rows, -reach, first=place == 0) for place, rows in enumerate(panels)]
    most = max((len(rows) for rows in panels), default=0)
    row = ROW + LINE * any(len(name) > PHONE - len(NONE) for rows in panels for name in rows["name"])
    titles = [f"<b>{name}</b>" if len(groups) > 1 else "" for name in axis_names(by, groups, wrap=False)]
    figure = stack(drawn, titles, row * most, 0, "no change", (-reach, reach))
    for place, (axis, rows) in enumerate(zip(figure.select_yaxes(), panels, strict=False), start=1):
        names = rows["name"].tolist()
        words = ["" if pd.isna(row["difference"]) else in_short(row) for _, row in rows.iterrows()]
        axis.update(row_axis(names))
        noted(figure, *names_over(fitted(names, words), words, axis_of(place)))
    figure.update_xaxes(range=[-reach, reach], **TICKS)
    return with_legend(figure)


def _rows(released: Released) -> pd.DataFrame:
    """The rows of one group, the largest change first, with `name`, `dimension` and the `flag` of the change."""
    _, part = released.keys
    rows = released.rows.assign(
        name=axis_names(part, released.rows[part].tolist(), wrap=False),
        dimension=released.rows[part].map(_DIMENSION),
        flag=released.flags["difference"],
        size=released.rows["difference"].abs(),
    )
    return rows.sort_values("size", ascending=False, kind="stable", na_position="last").head(MOST)


def _panel(rows: pd.DataFrame, start: float, first: bool) -> list[dict[str, object]]:
    seen, hidden = rows[rows["difference"].notna()], rows[rows["difference"].isna()]
    traces: list[dict[str, object]] = []
    for dimension in DIMENSIONS:
        mine = seen[seen["dimension"] == dimension]
        *still, points = dots(mine, "difference", *look("score", dimension), "difference_", "+.2f")
        named = {"name": label("score", dimension), "legendgroup": dimension.value, "showlegend": first}
        traces += [*({**each, "showlegend": False} for each in still), {**points, **named}]
    return [*traces, in_words(hidden["name"].tolist(), hidden["flag"].tolist(), start)]
