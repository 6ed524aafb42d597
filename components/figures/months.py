"""By month: where interviews come at any time since return, a smooth line, windows of months, and paired change."""

from components import controls
from components.charts.differences import differences
from components.charts.scores import scores
from components.charts.smooth import smooth as smooth_chart
from components.figure import About, Asked, Control, Figure, Section
from components.figures.choices import PEOPLE
from components.figures.compared import lie_between
from components.figures.finding import TOO_FEW, clear, size
from components.texts import say
from data.disclosure import Released
from data.grouping import Grouping
from data.summaries.timing import Windows, by_window, paired_windows, smooth, timing_refusal, windows
from data.view import score_label
from data.vocabulary import SCORES, Score

TOLERANCES = {"1": "1 month", "2": "2 months", "3": "3 months"}
MOST = 4


def smoothed(released: Released) -> str:
    """Where the smooth line begins and ends, as a description."""
    rows = released.rows.dropna(subset=["mean"])
    if rows.empty:
        return "Too few interviews at different months to draw a line"
    first, last = rows["month"].min(), rows["month"].max()
    return f"Smoothed means from month {first} to month {last} since return"


def changed_since_month(released: Released, score: Score, first: int) -> str:
    """How the same people's score changed from the first window of months to the last."""
    rows = released.only("score", score).rows.dropna(subset=["difference"])
    if rows.empty:
        return TOO_FEW
    last = rows.iloc[-1]
    when = f"between months {first} and {last['window']}"
    if clear(rows.iloc[[-1]]).empty:
        return f"No change in the same people's {score} score is shown {when}"
    verb = "rose" if last["difference"] > 0 else "fell"
    return f"The same people's {score} score {verb} by {size(last['difference'])} {when}"


def _lines(asked: Asked) -> Grouping | None:
    people = asked[PEOPLE]
    return Grouping(people.by, people.groups[:MOST]) if len(people.groups) > 1 else None


def _windows(asked: Asked) -> Windows | None:
    tolerance = float(
        controls.choose_one("Windows reach to either side", "tolerance", tuple(TOLERANCES), TOLERANCES.__getitem__)
    )
    found = asked.ask(windows, tolerance)
    return found if found.targets else None


AROUND = Control(("tolerance",), _windows, lambda *_: TOLERANCES)
"""Windows of months since return; None where there are no interviews to choose any by."""

SMOOTH = Figure(
    key="smooth-line",
    name="Smooth line over months",
    summary=smooth,
    asks=lambda asked: (asked.view.score, _lines(asked)),
    chart=smooth_chart,
    headline=lambda found, _: smoothed(found),
    title=lambda asked: f"Mean {score_label(asked.view)} by months since return, everyone seen, smoothed",
    about=About(
        "The mean score by months since return, from every interview in view, as a smooth line.",
        "A spline through all interviews with 95% and 66% bands; the people of a month are those interviewed within "
        "one month of it. A group with too few people for its line is masked.",
        "A path of the same people: early and late months are of different people.",
    ),
)

SEEN = Figure(
    key="around-a-month",
    name="Scores around a month",
    summary=by_window,
    asks=lambda asked: (asked[AROUND], SCORES),
    chart=scores,
    drawn=lambda asked: (asked.view.line,),
    headline=lambda found, asked: lie_between(found, asked.view.score),
    title=lambda _: "Mean score of everyone seen around each month since return: different people, so no path",
    about=About(
        "The mean score of everyone interviewed around each of a few months since return.",
        "A window reaches as far to either side as you chose; of a person’s interviews in it the one nearest to the "
        "month counts. Weighted means with 95% and 66% t-intervals.",
        "Change: the people around one month are not those around another.",
    ),
    controls=(AROUND,),
)


def _not_around_both(asked: Asked) -> str:
    """Why no change between windows can be told; "" where one can."""
    reason = asked.ask(timing_refusal, asked[AROUND])
    return say(reason) if reason else ""


CHANGED = Figure(
    key="change-between-months",
    name="Change between months",
    summary=paired_windows,
    asks=lambda asked: (asked[AROUND], (asked.view.score,)),
    chart=differences,
    headline=lambda found, asked: changed_since_month(found, asked.view.score, asked[AROUND].targets[0]),
    title=lambda asked: (
        f"Mean change in the {score_label(asked.view)} since month {asked[AROUND].targets[0]}, of "
        "people interviewed around both"
    ),
    about=About(
        "How much the score changed, within the same people, from the first of these months to each later one.",
        "Only people interviewed around both months count; mean of each person’s own change with t-intervals, 95% "
        "intervals holding for all changes shown at once.",
        "How people fared who were interviewed around one of the months only.",
    ),
    controls=(AROUND,),
    unless=_not_around_both,
)

SECTION = Section(key="months", title="By month", rows=(SMOOTH, (SEEN, CHANGED)), controls=(PEOPLE,))
