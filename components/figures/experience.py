"""Label and experience: what a return is called, where it stands on the spectrum, and how much choice there was."""

from dataclasses import replace

from components import controls
from components.charts.experience import experience, outcome_differences, outcomes
from components.figure import About, Asked, Control, Figure, Onward, Section
from components.figures.finding import (
    TOO_FEW,
    Said,
    clear,
    fitting,
    furthest,
    of_score,
    shares_told,
    span,
    span_of_means,
    sure_of,
    than,
)
from components.figures.naming import capital, group
from data.disclosure import Released
from data.grouping import Grouping
from data.labels import label
from data.summaries.experience import choice_by, label_band_choice, outcomes_by_choice
from data.summaries.people import largest
from data.view import score_label
from data.vocabulary import SCORES, Score

MOST_LABELS = 6


def no_choice(released: Released) -> str:
    """How many people say they had no choice: of those called voluntary where a label says so, else as a range."""
    by = released.keys[-2]
    rows = released.only("perceived_choice", "none").rows.dropna(subset=["share"])
    if rows.empty:
        return TOO_FEW
    called = rows[rows["label"].str.contains(r"\bvoluntary", case=False)] if "label" in rows else rows.iloc[:0]
    if by == "label" and len(called):
        top = called.loc[called["people"].idxmax()]
        told = f"{sure_of(top)} of people recorded as"
        return fitting(f"{told} “{top['label']}” say they had no choice", f"{told} voluntary say they had no choice")
    if "label" in rows and by != "label" and len(rows) > 1:  # the bands of a label are few: their shares are just told
        return f"{span(rows['share'])} of each band say they had no choice"
    lone_row = f"{{}} {group(by, rows[by].iloc[0]).among} say they had no choice"
    if len(rows) == 1:
        return fitting(lone_row.format(sure_of(rows.iloc[0])), f"{sure_of(rows.iloc[0])} say they had no choice")
    return shares_told(
        released,
        rows,
        Said(
            "{} say they had no choice",
            "{high} say they had no choice; {low} do",
            "{} of each group say they had no choice",
            "No group is shown to say more often than another that there was no choice",
        ),
    )


def choice_matters(released: Released, score: Score) -> str:
    """In which band people who had no choice score most differently from those who had a free one."""
    rows = released.only("perceived_choice", "none").rows.dropna(subset=["difference"])
    if rows.empty:
        return TOO_FEW
    found = clear(rows)
    if found.empty:
        return f"Within each band, no difference between free and no choice is shown{of_score(score)}"
    top = furthest(found)
    who, how = group("band", top["band"]).name, than(top["difference"])
    return capital(f"{who} without a choice score {how} than those with a free one{of_score(score)}")


def means_without(released: Released) -> str:
    """Between which scores people lie who had no choice, band by band: a description."""
    means = released.only("perceived_choice", "none").rows["mean"].dropna()
    if means.empty:
        return TOO_FEW
    return f"Within bands, people without a choice score {span_of_means(means)} on average"


def _not_asked(asked: Asked) -> str:
    if asked.frame.choices.perceived:
        return ""
    return "Nobody in view was asked how much choice they had, so label and experience cannot be compared."


def _called(asked: Asked) -> tuple[str, ...]:
    found: tuple[str, ...] = asked.ask(largest, "label", MOST_LABELS)
    return found


LABEL = Control(
    ("label",), lambda asked: controls.choose_one("Label", "label", called) if (called := _called(asked)) else None
)

CHOICE = About(
    "How much choice people say they had, against what their return is called or where it stands on the spectrum.",
    "Of the people who were asked: weighted shares with 95% and 66% Wilson intervals, each person with the latest "
    "interview. Numbers from which few people could be worked out are masked.",
    "How free a return was in law: that is what the band says. This is what people say, and not everyone was asked.",
)

BY_LABEL = Figure(
    key="choice-by-label",
    name="Perceived choice by label or band",
    summary=choice_by,
    asks=lambda asked: (Grouping("label", _called(asked)),),
    chart=experience,
    headline=lambda found, _: no_choice(found),
    title=lambda _: "How much choice people say they had, by the programme’s label",
    about=CHOICE,
    when=lambda asked: bool(_called(asked)),
)

BY_BAND = replace(
    BY_LABEL,
    key="choice-by-band",
    asks=lambda asked: (asked.groups("band"),),
    title=lambda _: "How much choice people say they had, by band of the return spectrum",
    when=lambda asked: bool(asked.groups("band").groups),
)

ON_OVERVIEW = replace(
    BY_LABEL, key="choice-by-label-at-a-glance", unless=_not_asked, onward=Onward("pages/spectrum.py", "Spectrum")
)

WITHIN = Figure(
    key="choice-within-label",
    name="Perceived choice within label and band",
    summary=label_band_choice,
    asks=lambda asked: (_called(asked), asked.groups("band").groups),
    part=lambda found, asked: found.only("label", asked[LABEL]),
    chart=experience,
    headline=lambda found, _: no_choice(found),
    title=lambda asked: (
        f"How much choice people say they had, by band, among returns labelled “{label('label', asked[LABEL])}”"
    ),
    about=CHOICE,
    controls=(LABEL,),
    when=lambda asked: bool(_called(asked)),
)

SCORED = About(
    "Whether people who had less choice score differently from people of the same band who had a free one.",
    "Means and differences within each band (Welch), by design weight; 95% intervals hold for all differences shown "
    "at once.",
    "Whether choice made the difference: people who had it may differ in much else.",
)

DIFFERENCES = Figure(
    key="less-choice-differences",
    name="Scores by perceived choice",
    summary=outcomes_by_choice,
    asks=lambda asked: (asked.groups("band").groups, SCORES),
    part=lambda found, asked: found.only("score", asked.view.score),
    chart=outcome_differences,
    headline=lambda found, asked: choice_matters(found, asked.view.score),
    title=lambda asked: (
        f"Difference in the {score_label(asked.view)} from people of the same band who had a free choice"
    ),
    about=SCORED,
)

MEANS = replace(
    DIFFERENCES,
    key="scores-by-choice",
    chart=outcomes,
    drawn=lambda asked: (asked.view.line,),
    headline=lambda found, _: means_without(found),
    title=lambda asked: (
        f"Mean {score_label(asked.view)} by band and choice, 0 (worst) to 1 (best), with your reference line"
    ),
)

SECTION = Section(
    key="experience",
    title="Label and experience",
    rows=(BY_LABEL, (BY_BAND, WITHIN), (DIFFERENCES, MEANS)),
    unless=_not_asked,
)
