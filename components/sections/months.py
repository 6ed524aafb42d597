"""By month: where interviews come at any time since return, a smooth line, windows of months, and paired change."""

import streamlit as st

from components import controls, datasets, headline
from components.card import card
from components.charts.differences import differences
from components.charts.scores import scores
from components.charts.smooth import smooth as smooth_chart
from components.frame import Frame
from components.sections.waves import ICON, choose_groups
from components.texts import say
from data.summaries.timing import by_window, paired_windows, smooth, timing_refusal, windows
from data.view import score_label
from data.vocabulary import SCORES

TOLERANCES = {"1 month": 1.0, "2 months": 2.0, "3 months": 3.0}
MOST = 4


def by_month(frame: Frame) -> None:
    """Scores by months since return, whatever the programme's waves."""
    source, view = frame.source, frame.view
    by, groups = choose_groups(frame)
    one = len(groups) < 2
    line = datasets.ask(smooth, source, view, view.score, "" if one else by, () if one else groups[:MOST])
    card(
        headline.smoothed(line),
        line,
        smooth_chart(line),
        title=f"Mean {score_label(view)} by months since return, everyone seen, smoothed",
        kind="Smooth line with bands",
        drawn="mean",
        made_by=smooth,
    )
    tolerance = TOLERANCES[controls.one("Windows reach to either side", "tolerance", tuple(TOLERANCES))]
    targets = datasets.ask(windows, source, view, tolerance)
    if not targets:
        return
    left, right = st.columns(2)
    with left:
        seen = datasets.ask(by_window, source, view, targets, tolerance, SCORES)
        card(
            headline.lie_between(seen, view.score),
            seen,
            scores(seen, view.line),
            title="Mean score of everyone seen around each month since return: different people, so no path",
            kind="Dots with intervals",
            drawn="mean",
            made_by=by_window,
        )
    with right:
        changed = datasets.ask(paired_windows, source, view, targets, tolerance, (view.score,))
        if changed.people is None:
            reason = datasets.ask(timing_refusal, source, view, targets, tolerance)
            st.info(say(reason) if reason else "", icon=ICON)
            return
        card(
            headline.changed_since_month(changed, view.score, targets[0]),
            changed,
            differences(changed),
            title=f"Mean change in the {score_label(view)} since month {targets[0]}, of people interviewed around both",
            kind="Dots with intervals",
            drawn="difference",
            made_by=paired_windows,
        )
