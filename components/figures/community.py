"""Beside the community: how far returnees are from community members of the country they returned to."""

from components.charts.differences import differences
from components.figure import About, Asked, Figure, Section
from components.figures.choices import GROUP_BY
from components.figures.finding import apart_from, clear, lone, of_score, than
from data.disclosure import Released
from data.summaries.parity import has_community, parity
from data.vocabulary import SCORES, Score

NOBODY = (
    "These data hold too few interviews with community members of the countries of return in view, so parity with them "
    "cannot be shown. A file brings them as rows with respondent “community”."
)


def gap(released: Released, score: Score) -> str:
    """Who scores clearly below or above community members, and how far."""
    rows = released.only("score", score).rows.dropna(subset=["difference"])
    if rows.empty:
        return "Too few community members to compare with"
    found = clear(rows)
    if found.empty:
        return f"No gap to community members is shown{of_score(score)}"
    if lone(released):
        return f"Returnees score {than(found['difference'].iloc[0])} than community members{of_score(score)}"
    return apart_from(rows, released.keys[0], "community members", score)


def _nobody(asked: Asked) -> str:
    return "" if asked.ask(has_community) else NOBODY


PARITY = Figure(
    key="parity-with-the-community",
    name="Parity with the community",
    summary=parity,
    asks=lambda asked: (asked[GROUP_BY], SCORES),
    chart=differences,
    headline=lambda found, asked: gap(found, asked.view.score),
    title=lambda _: "Mean score of returnees less that of community members in the same countries of return",
    about=About(
        "Whether returnees do as well as the people they live among: a gap of 0 is parity.",
        "Each group’s mean less that of community members, mixed as the group is over countries of return; countries "
        "with too few community members are left out on both sides, and “coverage” says how many people remain. "
        "Welch’s intervals, 95% for all gaps shown at once.",
        "Whether the community fares well: parity can be parity in hardship.",
    ),
)

SECTION = Section(key="community", title="Beside the community", rows=(PARITY,), controls=(GROUP_BY,), unless=_nobody)
