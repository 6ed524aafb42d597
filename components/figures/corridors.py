"""Corridors compared: is a difference real, how large, and how do countries of return stand on the map?"""

import streamlit as st

from components.charts import world
from components.charts.differences import differences
from components.charts.ranks import ranks
from components.charts.superiority import superiority
from components.figure import About, Asked, Control, Figure, Section, labels
from components.figures import bands
from components.figures.compared import ABOUT, Compared, difference_to, lie_between, side_by_side, with_reference
from components.figures.finding import TOO_FEW, clear, short_enough, span, than
from data.disclosure import Released
from data.grouping import Grouping
from data.labels import label
from data.standardise import Method
from data.summaries.comparison import compare
from data.summaries.effects import effects
from data.summaries.robustness import does_it_hold
from data.summaries.standardised import Verdict, like_for_like, verdict
from data.view import score_label
from data.vocabulary import SCORE_LABELS, Score
from data.weighting import Weighting

MOST = 12
STARTING = 5


def alike(released: Released, score: Score, reference: str) -> str:
    """What is left of the differences to the reference when people of the same kind are compared."""
    corridors = [code for code in dict.fromkeys(released.rows["corridor"]) if code != reference]
    verdicts = [found for code in corridors if (found := verdict(released, code))]
    if not verdicts:
        return "Too few people of the same kinds to compare like with like"
    rows = released.only("method", Method.STANDARDISED).rows.dropna(subset=["difference"])
    found = clear(rows)
    name, what = label("corridor", reference), f"{SCORE_LABELS[score].lower()} score"
    if len(corridors) > 1:
        turned, lost = verdicts.count(Verdict.SIGN_CHANGES), verdicts.count(Verdict.LOSES_CLARITY)
        also = f"; {turned} changed sign" if turned else f"; {lost} no longer clear" if lost else ""
        if found.empty:
            return f"Like for like, no difference is shown in the {what}{also}"
        told = f"Like for like, {len(found)} of {len(verdicts)} differ"
        return short_enough(f"{told} from {name} ({what}){also}", f"{told} in the {what}{also}")
    if verdicts == [Verdict.LOSES_CLARITY]:
        return short_enough(
            f"Like for like, the difference from {name} is no longer clear ({what})",
            f"Like for like, the difference is no longer clear ({what})",
        )
    if found.empty:
        return f"Like for like, no difference is shown in the {what}"
    how = than(found["difference"].iloc[0])
    if verdicts == [Verdict.SIGN_CHANGES]:
        return f"Like for like, the difference changes sign: {how} ({what})"
    return short_enough(
        f"Like for like, {label('corridor', corridors[0])} scores {how} than {name}",
        f"Like for like, a difference to the reference is shown: {how}",
    )


def holds(released: Released, reference: str) -> str:
    """In how many of the weightings tried the signs of all differences hold."""
    rows = released.only("weighting", Weighting.ALL).rows
    shares = rows[rows["corridor"] != reference]["holds"].dropna()
    if shares.empty:
        return "Other weights cannot be tried on these data"
    what = "sign of the difference holds" if len(shares) == 1 else "signs of the differences hold"
    return f"The {what} in {span(shares)} of other weightings"


def in_pairs(released: Released, score: Score, reference: str) -> str:
    """The probability of superiority over the reference in words."""
    rows = released.only("score", score).rows
    shares = 100 * rows["superiority"].dropna()
    if shares.empty:
        return TOO_FEW
    name = label(released.keys[0], reference)
    told = span(shares, ".0f")
    return short_enough(
        f"In {told} of 100 pairs, the other person scores higher than {name}'s",
        f"In {told} of 100 pairs, the other person scores higher",
    )


def _corridors(asked: Asked) -> Compared | None:
    corridors = asked.frame.groups("corridor")
    if not asked.frame.corridors and len(corridors) > STARTING:
        corridors = corridors[:STARTING]
        st.caption(
            f"The {len(corridors)} corridors with most people. Choose others under “Side by side” to compare them."
        )
    elif len(corridors) > MOST:
        st.caption(f"The first {MOST} of the {len(corridors)} chosen corridors.")
    if not corridors:
        st.info("No corridor here has people enough to be shown by itself.", icon=":material/group_off:")
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
        f"Difference in the {score_label(asked.view)} to {asked[CORRIDORS].name}: as observed, for "
        "people of the same kind, and by regression"
    ),
    about=About(
        "What is left of a difference between corridors when people of the same kind are compared: of the same band, "
        "sex, age and so on, as far as the corridor has people enough.",
        "Each corridor is compared with the reference alone: as observed, standardised to the people both have, and by "
        "a regression on the same characteristics. “Coverage” is the share of people who have somebody alike to be "
        "compared with; 95% intervals hold for all corridors shown at once.",
        "Differences in what was not recorded. Where a difference disappears, it was one of who returned, not of where "
        "to.",
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
        "Of 100 pairs of people, one from each corridor: how often the one of the other corridor "
        f"scores higher than the one of {asked[CORRIDORS].name}"
    ),
    about=About(
        "How large a difference is among people: take one from each corridor, how often does the other score higher? "
        "50 of 100 means that neither does.",
        "The probability of superiority, ties counted half, with intervals adjusted for all pairs shown; the table "
        "also holds Hedges’ g and the adjusted p of Welch’s test. By design weight, the latest interview of each.",
        "Why they differ; and a clear difference can still be a small one.",
    ),
    when=_several,
)

HOLDS = Figure(
    key="finding-holds",
    name="Does the finding hold?",
    summary=does_it_hold,
    asks=lambda asked: (asked[CORRIDORS].groups, asked[CORRIDORS].reference),
    chart=ranks,
    headline=lambda found, asked: holds(found, asked[CORRIDORS].reference),
    title=lambda _: (
        "Rank of the composite score: as scored (diamond), and 5th to 95th percentile under other weightings"
    ),
    about=About(
        "Whether a difference in the composite score depends on how its parts are weighed: how often its sign, and "
        "each corridor’s rank, hold under other weights.",
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
    headline=lambda found, asked: lie_between(found, asked.view.score),
    title=lambda asked: f"Mean {score_label(asked.view)} by country of return",
    about=ABOUT,
)

LARGEST_COMPARED = difference_to("largest-corridors", LARGEST, lambda asked: (asked.view.score,))

SECTION = Section(
    key="compared",
    title="",
    rows=(ALIKE, (PAIRS, HOLDS), side_by_side("corridors", CORRIDORS), BANDS, MAP),
    controls=(CORRIDORS,),
)
