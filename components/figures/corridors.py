"""Corridors compared: is a difference real, how large, and how do countries of return stand on the map?"""

from dataclasses import replace

import streamlit as st

from components.charts import world
from components.charts.differences import differences
from components.charts.ranks import ranks
from components.charts.superiority import superiority
from components.figure import About, Asked, Control, Figure, Onward, Section, labels
from components.figures import bands
from components.figures.compared import ABOUT, Compared, means_range, side_by_side, with_reference
from components.figures.finding import TOO_FEW, apart_from, fitting, furthest, of_score, span, than
from components.figures.naming import group
from components.page import remark
from data.countries import in_sentence
from data.disclosure import Released
from data.estimate import shows_difference
from data.grouping import Grouping
from data.labels import brief
from data.standardise import Method
from data.summaries.comparison import compare
from data.summaries.effects import effects
from data.summaries.robustness import does_it_hold
from data.summaries.standardised import Verdict, like_for_like, verdict
from data.view import score_label
from data.vocabulary import Score
from data.weighting import Weighting

MOST = 12
STARTING = 5


def alike(released: Released, score: Score, reference: str) -> str:
    """Which corridor differs most from the reference when people of the same kind are compared; what turned is told."""
    corridors = [code for code in dict.fromkeys(released.rows["corridor"]) if code != reference]
    verdicts = {code: found for code in corridors if (found := verdict(released, code))}
    if not verdicts:
        return "Too few people of the same kinds to compare like with like"
    rows = released.only("method", Method.STANDARDISED).rows.dropna(subset=["difference"])
    told = apart_from(rows, "corridor", group("corridor", reference).name, score, "Among similar people, ")
    turned = [code for code, found in verdicts.items() if found == Verdict.SIGN_CHANGES]
    if len(corridors) > 1 and turned:
        return fitting(f"{told}; for {brief('corridor', turned[0])} the difference turns round", told)
    if turned:
        how = than(rows["difference"].iloc[0])
        return f"Among similar people the difference turns round: it is {how}{of_score(score)}"
    if [*verdicts.values()] == [Verdict.LOSES_CLARITY]:
        return f"Among similar people, no difference is shown any more{of_score(score)}"
    return told


def holds(released: Released, reference: str) -> str:
    """In how many of the weightings tried the signs of all differences hold."""
    rows = released.only("weighting", Weighting.ALL).rows
    shares = rows[rows["corridor"] != reference]["holds"].dropna()
    if shares.empty:
        return "Other weights cannot be tried on these data: no answers to weigh"
    which = "the difference" if len(shares) == 1 else "each difference"
    return f"The direction of {which} holds in {span(shares)} of other weightings"


def in_pairs(released: Released, score: Score, reference: str) -> str:
    """How often a person of one corridor outscores one of another, of the pair of corridors furthest apart."""
    rows = released.only("score", score).rows.dropna(subset=["superiority"])
    if rows.empty:
        return TOO_FEW
    found = rows[
        [shows_difference(row.superiority_low95 - 0.5, row.superiority_high95 - 0.5) for row in rows.itertuples()]
    ]
    if found.empty:
        return f"In pairs of people, no corridor is shown to outscore another{of_score(score)}"
    top = furthest(found, "superiority", 0.5)
    share, pair = top["superiority"], (str(top["corridor"]), reference)
    who, whom = _people_of(*(pair if share > 0.5 else pair[::-1]))
    pairs = f"in {100 * max(share, 1 - share):.0f} of 100 pairs{of_score(score)}"
    return fitting(f"{who} outscores {whom} {pairs}", f"One from a corridor outscores one from another {pairs}")


def _people_of(one: str, other: str) -> tuple[str, str]:
    """A person of each of two corridors, told apart by the host country, or where that is one by that of return."""
    if "-" not in one or "-" not in other:
        return f"One on {brief('corridor', one)}", f"one on {brief('corridor', other)}"
    hosts, returns = zip(one.split("-"), other.split("-"), strict=True)
    way, (first, second) = ("from", hosts) if hosts[0] != hosts[1] else ("to", returns)
    return f"A returnee {way} {in_sentence(first)}", f"one {way} {in_sentence(second)}"


def _corridors(asked: Asked) -> Compared | None:
    corridors = asked.frame.groups("corridor")
    if not asked.frame.corridors and len(corridors) > STARTING:
        corridors = corridors[:STARTING]
        remark(f"The {len(corridors)} corridors with most people. Choose others under “Side by side”.")
    elif len(corridors) > MOST:
        remark(f"The first {MOST} of the {len(corridors)} chosen corridors.")
    if not corridors:
        st.info("No corridor in view has enough people to be shown by itself.", icon=":material/group_off:")
        return None
    return with_reference(Grouping("corridor", corridors[:MOST]), "reference")


def _largest(asked: Asked) -> Compared | None:
    corridors = asked.frame.groups("corridor")[:STARTING]
    return Compared(Grouping("corridor", corridors), corridors[0]) if corridors else None


CORRIDORS = Control(("reference",), _corridors, lambda _, choices: labels("corridor", choices.corridors))
LARGEST = Control((), _largest)
"""The corridors with most people, against the first."""


def _several(asked: Asked) -> bool:
    return len(asked[CORRIDORS].groups) > 1


ALIKE = Figure(
    key="corridors-like-for-like",
    name="Corridors like for like",
    summary=like_for_like,
    asks=lambda asked: (asked[CORRIDORS].groups, asked[CORRIDORS].reference, asked.view.score),
    chart=differences,
    drawn=lambda _: ("corridor",),
    headline=lambda found, asked: alike(found, asked.view.score, asked[CORRIDORS].reference),
    title=lambda asked: (
        f"Difference in the {score_label(asked.view)} from {asked[CORRIDORS].name}: as observed, among similar people, "
        "and by regression"
    ),
    about=About(
        "What is left of a difference between corridors when similar people are compared: of the same band, time since "
        "return, sex, age group and assistance, as far as a corridor has people enough.",
        "Each corridor is compared with the reference alone: as observed, standardised to the people both have, and by "
        "a regression on the same characteristics. “Coverage” is the share of people who have somebody alike to be "
        "compared with; 95% intervals hold for all corridors shown at once.",
        "Whether people differ in what was not recorded. Where a difference disappears, it was one of who returned, "
        "not of where to.",
    ),
    when=_several,
)

PAIRS = Figure(
    key="corridors-in-pairs",
    name="Effect sizes, pairs of people",
    summary=effects,
    asks=lambda asked: (asked[CORRIDORS].grouping, asked[CORRIDORS].reference, (asked.view.score,)),
    chart=superiority,
    headline=lambda found, asked: in_pairs(found, asked.view.score, asked[CORRIDORS].reference),
    title=lambda asked: (
        "Of 100 pairs of people, one from each corridor: how often the first scores higher than the one on "
        f"{asked[CORRIDORS].name}"
    ),
    about=About(
        "How large a difference is among people: take one from each corridor, how often does the first score higher? "
        "In 50 of 100 pairs means that neither corridor does better.",
        "The probability of superiority, ties counted half, with intervals adjusted for all pairs shown; the table "
        "also holds Hedges’ g and the adjusted p of Welch’s test. By design weight, the latest interview of each.",
        "Why they differ; and a clear difference can still be a small one.",
    ),
    when=_several,
)

HOLDS = Figure(
    key="finding-holds",
    name="Does the finding hold with other weights?",
    summary=does_it_hold,
    asks=lambda asked: (asked[CORRIDORS].groups, asked[CORRIDORS].reference),
    chart=ranks,
    headline=lambda found, asked: holds(found, asked[CORRIDORS].reference),
    title=lambda _: (
        "Rank by composite score: as scored (diamond), and under other weights (from the 5th to the 95th in 100)"
    ),
    about=About(
        "Whether a difference in the composite score depends on how its parts are weighed: how often its "
        "direction, and each corridor’s rank, hold under other weights.",
        "Everyone is scored again under many weightings of the survey’s elements, or of its three dimensions where few "
        "people have single answers; the range is from the 5th to the 95th percentile of ranks.",
        "Which weights are right. A rank is shown only to see whether it holds: corridors hold different people, so it "
        "is no league table.",
    ),
    when=_several,
)

BANDS = bands.of("bands-of-corridors", lambda asked: asked[CORRIDORS].grouping)


def _countries(asked: Asked) -> tuple[object, ...]:
    countries = asked.groups("country_of_return")
    return countries, countries.groups[0], (asked.view.score,)


MAP = Figure(
    key="scores-on-the-map",
    name="Corridors and bands compared",
    summary=compare,
    asks=_countries,
    part=lambda found, _: world.bounded(found),
    chart=world.outcomes,
    drawn=lambda asked: (asked.view.score,),
    headline=lambda found, asked: means_range(found, asked.view.score),
    title=lambda asked: f"Mean {score_label(asked.view)} by country of return",
    about=ABOUT,
)

LARGEST_COMPARED = replace(
    ALIKE,
    key="largest-corridors",
    asks=lambda asked: (asked[LARGEST].groups, asked[LARGEST].reference, asked.view.score),
    headline=lambda found, asked: alike(found, asked.view.score, asked[LARGEST].reference),
    title=lambda asked: f"Difference in the {score_label(asked.view)} to {asked[LARGEST].name}, like for like",
    controls=(LARGEST,),
    when=lambda asked: len(asked[LARGEST].groups) > 1,
    onward=Onward("pages/corridors.py", "Corridors"),
)

SECTION = Section(
    key="compared",
    title="",
    rows=(ALIKE, (PAIRS, HOLDS), side_by_side("corridors", CORRIDORS), BANDS, MAP),
    controls=(CORRIDORS,),
)
