"""Group against group: at which points of the distribution two groups differ."""

from collections.abc import Mapping

import streamlit as st

from components.charts.quantile_difference import quantile_difference
from components.figure import About, Asked, Control, Figure, Section, labels
from components.figures.choices import GROUP_BY, ICON
from components.figures.compared import Compared, with_reference
from components.figures.finding import TOO_FEW, clear, fitting, furthest, of_score, than
from components.figures.naming import group
from data.disclosure import Released
from data.filters import MOST, groupings
from data.summaries.offered import Choices
from data.summaries.quantiles import quantile_differences
from data.view import score_label
from data.vocabulary import CATEGORIES, Score

COMPARABLE = (*groupings(), "area")
WAVES = (
    "Waves hold the same people, so they are not compared as if they were different groups; Trajectories shows how the "
    "same people changed."
)


def along_the_distribution(released: Released, reference: str) -> str:
    """Which group differs most from the reference at some tenth of the distribution, and where that is."""
    by = released.keys[0]
    rows = released.rows.dropna(subset=["difference"])
    if rows.empty:
        return TOO_FEW
    found, other = clear(rows), group(by, reference)
    if found.empty:
        return fitting(
            f"No difference from {other.name} is shown anywhere in the distribution",
            "No difference is shown anywhere in the distribution",
        )
    top, of = furthest(found), of_score(Score(rows["score"].iloc[0]))
    who, how = group(by, top[by]), than(top["difference"])
    where = f"{_where(top['q'])}, "
    return fitting(
        f"{where}{who.does('score')} {how} than {other.short}{of}",
        f"{where}{who.does('score')} {how} than the reference{of}",
        f"{where}one group scores {how} than the reference{of}",
    )


def _where(q: float) -> str:
    """A place in the distribution: its lower, middle and upper third of tenths."""
    return "among low scorers" if q < 0.35 else "in the middle" if q < 0.65 else "among high scorers"


def _key(by: str) -> str:
    return f"against-{by.replace('_', '-')}"


def _against(asked: Asked) -> Compared | None:
    found = asked[GROUP_BY]
    if found.over_waves:
        st.info(WAVES, icon=ICON)
        return None
    return with_reference(found, _key(found.by), first=1)


def _words(name: str, choices: Choices) -> Mapping[str, str]:
    """Of cohorts and regions only the data hold the words."""
    by = next(by for by in COMPARABLE if _key(by) == name)
    return labels(by, choices.corridors) if by == "corridor" else CATEGORIES.get(by, {})


AGAINST = Control(tuple(map(_key, COMPARABLE)), _against, _words)

ALONG = Figure(
    key="along-the-distribution",
    name="Difference along the distribution",
    summary=quantile_differences,
    most=MOST,
    asks=lambda asked: (asked[AGAINST].grouping, asked[AGAINST].reference, (asked.view.score,)),
    chart=quantile_difference,
    drawn=lambda asked: (asked.view.score,),
    headline=lambda found, asked: along_the_distribution(found, asked[AGAINST].reference),
    title=lambda asked: (
        f"Difference in the {score_label(asked.view)} from {asked[AGAINST].name}, from lowest to highest scorers"
    ),
    about=About(
        "Where two groups differ: among those who score lowest, in the middle, or among those who score highest.",
        "Each tenth of a group’s distribution less that of the group you compare with (weighted deciles; intervals "
        "after Woodruff); 95% intervals hold for all points shown at once.",
        "How any one person would fare in the other group: it compares places in two distributions.",
    ),
    when=lambda asked: len(asked[AGAINST].groups) > 1,
)

SECTION = Section(key="against", title="Group against group", rows=(ALONG,), controls=(GROUP_BY, AGAINST))
