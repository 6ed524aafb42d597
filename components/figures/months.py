"""By month: where interviews come at any time since return, a smooth line, windows of months, and paired change."""

from components import controls
from components.charts.differences import differences
from components.charts.scores import scores
from components.charts.smooth import smooth as smooth_chart
from components.figure import About, Asked, Control, Figure, Section
from components.figures.choices import PEOPLE
from components.figures.finding import TOO_FEW, clear, of_score, span_of_means, than
from components.texts import say
from data.disclosure import Released
from data.grouping import Grouping
from data.summaries.timing import Windows, by_window, paired_windows, smooth, timing_refusal, windows
from data.view import score_label
from data.vocabulary import SCORES, Score

TOLERANCES = {"1": "1 month", "2": "2 months", "3": "3 months"}
MOST = 4


def smoothed(released: Released) -> str:
    """Where the smooth line begins and ends, and how far it clearly dips or peaks between; of several, at the end."""
    rows = released.rows.dropna(subset=["mean"])
    if rows.empty:
        return "Too few interviews at different months to draw a line"
    if released.keys[0] != "month" and rows[released.keys[0]].nunique() > 1:
        at_end = rows[rows["month"] == rows["month"].max()]
        return f"At month {rows['month'].max():g} the lines stand at {span_of_means(at_end['mean'])}"
    first, last = rows.loc[rows["month"].idxmin()], rows.loc[rows["month"].idxmax()]
    start, end = f"{first['mean']:.2f} at month {first['month']:g}", f"{last['mean']:.2f} at month {last['month']:g}"
    low = rows.loc[rows["mean"].idxmin()]
    # The lowest of many months is chosen after a look at all: so twice the interval, which is for one month, is asked.
    if 2 * low["high95"] - low["mean"] < min(2 * each["low95"] - each["mean"] for each in (first, last)):
        return f"Scores dip from {start} to {low['mean']:.2f} at month {low['month']:g}, end at {last['mean']:.2f}"
    return f"The smooth line runs from {start} to {end}"


def around(released: Released, score: Score) -> str:
    """Between which means the people seen around each month lie: different people, so no change."""
    means = released.only("score", score).rows["mean"].dropna()
    return (
        f"Around the months shown, mean scores lie at {span_of_means(means)}{of_score(score)}"
        if len(means)
        else TOO_FEW
    )


def changed_since_month(released: Released, score: Score, first: int) -> str:
    """How the same people's score changed from the first window of months to the last."""
    rows = released.only("score", score).rows.dropna(subset=["difference"])
    if rows.empty:
        return TOO_FEW
    last = rows.iloc[-1]
    if clear(rows.iloc[[-1]]).empty:
        when = f"between months {first} and {last['window']}"
        return f"No change in the same people's score is shown {when}{of_score(score)}"
    how = than(last["difference"])
    return f"The same people scored {how} around month {last['window']} than around month {first}{of_score(score)}"


def _lines(asked: Asked) -> Grouping | None:
    people = asked[PEOPLE]
    return Grouping(people.by, people.groups[:MOST]) if len(people.groups) > 1 else None


def _windows(asked: Asked) -> Windows | None:
    tolerance = float(
        controls.choose_one("How far around each month", "tolerance", tuple(TOLERANCES), TOLERANCES.__getitem__)
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
    title=lambda asked: (
        f"Mean {score_label(asked.view)} by months since return: everyone interviewed, as a smooth line"
    ),
    about=About(
        "The mean score by months since return, from every interview in view, as a smooth line.",
        "A spline through all interviews with 95% and 66% bands; the people of a month are those interviewed within "
        "one month of it. A group with too few people for its line is masked.",
        "How any one person fares: different people were interviewed early and late.",
    ),
)

SEEN = Figure(
    key="around-a-month",
    name="Scores around a month",
    summary=by_window,
    asks=lambda asked: (asked[AROUND], SCORES),
    chart=scores,
    drawn=lambda asked: (asked.view.line,),
    headline=lambda found, asked: around(found, asked.view.score),
    title=lambda _: "Mean score of everyone interviewed around each month since return: different people each time",
    about=About(
        "The mean score of everyone interviewed around each of a few months since return.",
        "A window reaches as far to either side as you chose; of a person’s interviews in it the one nearest to the "
        "month counts. Weighted means with 95% and 66% t-intervals.",
        "How people changed: those interviewed around one month are not those interviewed around another.",
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
        "How people fared who were interviewed around only one of the months.",
    ),
    controls=(AROUND,),
    unless=_not_around_both,
)

SECTION = Section(key="months", title="By month", rows=(SMOOTH, (SEEN, CHANGED)), controls=(PEOPLE,))
