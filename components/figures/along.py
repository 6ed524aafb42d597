"""Scores along the bands: whether they move from solicited to forced, and each band beside another."""

from components.charts.slopes import slopes
from components.figure import About, Control, Figure, Section
from components.figures.compared import side_by_side, with_reference
from components.figures.finding import of_score
from components.rounding import written
from data.disclosure import Released
from data.estimate import shows_difference
from data.summaries.trend import trend
from data.vocabulary import CATEGORIES, SCORES, Score


def goes_along(released: Released, score: Score) -> str:
    """Whether a score moves along the bands, and how much a step."""
    rows = released.only("score", score).rows.dropna(subset=["slope"])
    if rows.empty:
        return "Too few bands for a trend: three are needed"
    row = rows.iloc[0]
    if not shows_difference(row.slope_low95, row.slope_high95):
        return f"No trend along the bands is shown{of_score(score)}"
    goes = "lower" if row.slope < 0 else "higher"
    return f"Scores are {written('slope', abs(row.slope))} {goes} with each band towards forced{of_score(score)}"


BANDS = Control(
    ("reference-band",),
    lambda asked: with_reference(asked.groups("band"), "reference-band", first=1),
    lambda *_: CATEGORIES["band"],
)

TREND = Figure(
    key="trend-along-the-bands",
    name="Trend along the bands",
    summary=trend,
    asks=lambda _: (SCORES,),
    chart=slopes,
    headline=lambda found, asked: goes_along(found, asked.view.score),
    title=lambda _: (
        "Difference in score from one band to the next towards forced, on a straight line through the bands"
    ),
    about=About(
        "Whether scores move, step by step, from solicited to forced returns.",
        "A straight line through the bands’ people, weighted, with robust t-intervals; 95% intervals hold for all four "
        "scores at once. The table says in what share of steps the means move the same way. Unclassified returns are "
        "left out, and bands too small to be shown.",
        "That the kind of return causes it: bands differ in who is in them, and a line may hide a bend.",
    ),
)

SECTION = Section(key="along", title="Scores along the bands", rows=(TREND, side_by_side("bands", BANDS)))
