"""Differences to a reference group as dots with intervals around zero, one panel per score."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import chart
from components.charts.marks import axis_names, dots, noted
from components.charts.panels import in_place, panels
from components.charts.rows import fitted, names_over, row_axis, row_for
from components.charts.stack import stack, with_legend
from components.theme import GREY, STRONG
from data.disclosure import Released
from data.estimate import shows_difference
from data.labels import label
from data.standardise import Method
from data.vocabulary import FLAGS_IN_SHORT

STEP = 0.05
ROOM = 1.1
"""The widest interval ends a little before the edge of the chart."""

NONE = "no difference shown"
SYMBOLS = {Method.STANDARDISED: "circle", Method.OBSERVED: "circle-open", Method.ADJUSTED: "diamond-open"}
"""Filled is what is told: like for like. Hollow is what it is read beside."""

TICKS = {"tickformat": "+.2~f", "nticks": 6, "tickangle": 0, "labelalias": {"+0": "0"}}


@chart("Dots with intervals", "difference")
def differences(released: Released, panel: str = "score") -> go.Figure:
    """Draw `difference` with its intervals for each group but the reference, a panel per code of column `panel`.

    A difference that is shown has the strong colour and one that is not is grey, and each is told in words. Of
    differences taken by several methods, each group has one row: like for like with its intervals, the others beside.
    """
    widest = released.rows[["difference_low95", "difference_high95"]].abs().max().max()
    reach = STEP * (1 + (STEP if pd.isna(widest) else ROOM * widest) // STEP)
    named, span = against(released, panel), (-reach, reach)
    if "method" in released.keys:
        figure = _alike(released, named, span)
    else:
        figure = panels(released, "difference", "difference_", 0, panel, named, span, in_short, _drawn)
    return figure.update_xaxes(range=[*span], **TICKS)


def in_short(row: pd.Series) -> str:
    """A difference in words: by how much one is higher or lower, where that is shown."""
    if not shows_difference(row["difference_low95"], row["difference_high95"]):
        return NONE
    return f"{abs(row['difference']):.2f} {'higher' if row['difference'] > 0 else 'lower'}"


def against(released: Released, panel: str) -> str:
    """What zero is called: the group that the others are compared with, where it is one of the table."""
    [by] = {"corridor"} if "method" in released.keys else {*released.keys} - {panel}
    base = released.rows[~released.is_applicable("difference")][by].unique()
    return axis_names(by, base[:1], wrap=False)[0] if len(base) == 1 else "no difference"


def _drawn(rows: pd.DataFrame, _code: object) -> list[dict[str, Any]]:
    clear = pd.Series(
        [shows_difference(*ends) for ends in rows[["difference_low95", "difference_high95"]].to_numpy()],
        rows.index,
        "bool",
    )
    parts = ((rows[clear], STRONG), (rows[~clear], GREY))
    return [
        trace for part, colour in parts if len(part) for trace in dots(part, "difference", colour, "circle",
                                                                      "difference_", "+.2f")
    ]  # fmt: skip


def _alike(released: Released, named: str, span: tuple[float, float]) -> go.Figure:
    """A row per corridor: like for like with its intervals, and the same difference by the other methods beside it."""
    apt = released.rows[released.is_applicable("difference")]
    codes = [*dict.fromkeys(apt["corridor"])]
    plain = dict(zip(codes, axis_names("corridor", codes, wrap=False), strict=True))
    rows = apt.assign(name=apt["corridor"].map(plain))
    main = rows[rows["method"] == Method.STANDARDISED]
    seen, hidden = main.dropna(subset=["difference"]), main[main["difference"].isna()]
    why = [FLAGS_IN_SHORT[flag] for flag in released.flags.loc[hidden.index, "difference"]]
    traces = [
        *({**trace, "showlegend": False} for trace in _drawn(seen, None)),
        in_place(hidden["name"].tolist(), why, span[0]),
        *(_beside(rows, method) for method in SYMBOLS if method != Method.STANDARDISED),
    ]
    keys = [_key(method) for method in SYMBOLS if method in {*rows["method"]}]
    told = {row["name"]: in_short(row) for _, row in seen.iterrows()}
    names = [*plain.values()]
    words = [told.get(name, "") for name in names]
    shown = fitted(names, words)
    figure = stack([[*traces, *keys]], [""], row_for(shown) * len(names), 0, named, span).update_yaxes(row_axis(names))
    return with_legend(noted(figure, *names_over(shown, words)))


def _beside(rows: pd.DataFrame, method: Method) -> dict[str, Any]:
    mine = rows[(rows["method"] == method) & rows["difference"].notna()]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": mine["difference"].tolist(),
        "y": mine["name"].tolist(),
        "marker": {"color": GREY, "symbol": SYMBOLS[method], "size": 10, "line": {"width": 2}},
        "customdata": mine[["difference_low95", "difference_high95"]].to_numpy().tolist(),
        "hovertemplate": f"%{{y}}<br>{label('method', method)}: %{{x:+.2f}} "
        "(95%: %{customdata[0]:+.2f} to %{customdata[1]:+.2f})<extra></extra>",
        "showlegend": False,
    }


def _key(method: Method) -> dict[str, Any]:
    """What a method's mark means: an entry of the legend, which has no colour of its own."""
    marker = {"color": GREY, "symbol": SYMBOLS[method], "size": 10, "line": {"width": 2}}
    look = {"type": "scatter", "mode": "markers", "x": [None], "y": [None], "marker": marker}
    return {**look, "name": label("method", method), "showlegend": True, "hoverinfo": "skip"}
