"""The path: mean scores by wave, counted in three honest ways, and how the same people changed."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from components import controls, datasets, figures, headline
from components.card import card
from components.charts.differences import differences
from components.charts.follow_up import follow_up
from components.charts.waves import BAND, group_waves
from components.charts.waves import waves as waves_chart
from components.frame import Frame
from components.sections.waves import choose_groups
from data.grouping import Grouping
from data.labels import COLUMN_LABELS, label
from data.summaries.follow_up import weights_shown
from data.summaries.trajectories import JOINED, PANELS, Panel, by_wave, change, three_lines
from data.view import score_label
from data.vocabulary import SCORES

ALL = "all"
WAYS = {ALL: "All three ways, side by side", **PANELS}


def the_path(frame: Frame, waves: Sequence[int]) -> None:
    """Mean scores at each of `waves`, of everyone or by group, and the change within the same people."""
    by, groups = choose_groups(frame)
    if len(groups) > 1:
        _of_groups(frame, waves, by, groups)
    else:
        _of_everyone(frame, waves)


def _of_everyone(frame: Frame, waves: Sequence[int]) -> None:
    source, view = frame.source, frame.view
    way = controls.one("Who is counted", "panel", tuple(WAYS), WAYS.__getitem__)
    changed = datasets.ask(change, source, view, waves, SCORES)
    finding = headline.change(changed, view.score, waves[0])
    if way == ALL:
        lines = datasets.ask(three_lines, source, view, waves, (view.score,))
        card(
            finding,
            lines,
            group_waves(lines, view.score, JOINED),
            title=f"Mean {score_label(view)} by wave: everyone seen, the same people, and everyone weighted for loss",
            kind=f"Lines by wave. {BAND}",
            drawn="mean",
            made_by=three_lines,
        )
        st.caption(headline.three_ways(lines, waves))
    else:
        means = datasets.ask(by_wave, source, view, waves, way)
        card(
            finding,
            means,
            waves_chart(means, joined=way in JOINED),
            title=f"Mean score by wave: {PANELS[way].lower()}",
            kind=_kind(way),
            drawn="mean",
            made_by=by_wave,
        )
    figures.change_since(source, view, waves, SCORES, f"Change since wave {waves[0]}, person by person")
    if way in (ALL, "weighted"):
        _weights(frame, waves)


def _of_groups(frame: Frame, waves: Sequence[int], by: str, groups: Sequence[str]) -> None:
    source, view = frame.source, frame.view
    way: Panel = controls.one("Who is counted", "panel-of-groups", tuple(PANELS), PANELS.__getitem__)
    means = datasets.ask(by_wave, source, view, waves, way, (view.score,), grouping=Grouping(by, groups))
    changed = datasets.ask(change, source, view, waves, (view.score,), Grouping(by, groups))
    last = changed.only("wave", waves[-1])
    card(
        headline.change_of_groups(last, waves),
        means,
        group_waves(means, view.score, groups if way in JOINED else ()),
        title=f"Mean {score_label(view)} by wave and {COLUMN_LABELS[by].lower()}: {PANELS[way].lower()}",
        kind=_kind(way),
        drawn="mean",
        made_by=by_wave,
    )
    card(
        f"Change of the same people, by {COLUMN_LABELS[by].lower()}",
        last,
        differences(replace(last, keys=(by, "score"))),
        title=f"Mean change of the same people's {score_label(view)}, {label('wave', waves[0])} to wave {waves[-1]}",
        kind="Dots with intervals",
        drawn="difference",
        made_by=change,
    )
    if way == "weighted":
        _weights(frame, waves)


def _kind(way: Panel) -> str:
    return f"Lines by wave. {BAND}" if way == "weighted" else "Lines by wave"


def _weights(frame: Frame, waves: Sequence[int]) -> None:
    shown = datasets.ask(weights_shown, frame.source, frame.view, waves, (frame.view.score,))
    card(
        headline.rests_on(shown),
        shown,
        follow_up(shown),
        title="Weights of the people the line counts: median, and from the 10th to the 90th person in 100",
        kind="Dots with ranges",
        drawn="weight_median",
        made_by=weights_shown,
    )
