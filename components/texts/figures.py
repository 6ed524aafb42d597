"""What is said beside figures."""

from typing import Final

from components.texts.template import Words
from data import bootstrap
from data.flows.basis import Basis
from data.follow_up import LOWER
from data.instrument import grouping_note
from data.labels import PANELS_AT_LENGTH, basis_label
from data.notes import Said
from data.smooth import APART, KNOTS
from data.summaries.paths import CLEAR
from data.summaries.trend import FEWEST
from data.weighting import DRAWS

_BORDERS: Final = (
    "The boundaries and names shown on this map do not imply official endorsement or acceptance by the United Nations."
)


def _panel(panel: str, codes: tuple[Said, ...]) -> str:
    """How one of the three lines is counted."""
    return f"{PANELS_AT_LENGTH[panel]}: {' '.join(str(FIGURES[code]) for code in codes)}"


def _recorded_is(unit: str, stock: bool) -> str:
    return f"Recorded is: {basis_label(Basis(unit, stock=stock))}."


FIGURES: Final[dict[Said, Words]] = {
    # Shares and means
    Said.DESIGN_WEIGHTS: "Shares use the design weights; counts are people, unweighted and rounded to 5.",
    Said.ANSWERED: (
        "Shares are of the people who answered the element, by design weight; counts are people, unweighted and "
        "rounded to 5."
    ),
    Said.FROM_POINTS: (
        "Answers are read from their points: points between two answers are counted under the nearest one. The words "
        "of most answers are the project’s own; the official wording is not available."
    ),
    Said.LINE: (
        "The reference line is the reader's own choice; no published source gives a threshold for sustainable "
        "reintegration."
    ),
    Said.IN_NO_GROUP: "{share:.0%} of people in view have no {of:or} of these; they are not in these shares.",
    Said.NOT_ASKED: (
        "{share:.0%} of the people in these groups were not asked or did not answer; they are not in these shares."
    ),
    Said.BAND_IN_FILE: (
        "A band that stands in the file was chosen by whoever made the file. No exact count of returns by band is "
        "possible (MPI, p. 6)."
    ),
    # Differences
    Said.CASE_MIX: (
        "Groups differ in who is in them (band, sex, age, assistance, time since return); these differences are as "
        "observed, not adjusted, and are no ranking."
    ),
    Said.TOGETHER: (
        "The 95% intervals of differences, and p, are widened for the number of differences that can be looked at in "
        "the figure, whichever of the four scores is in focus (Bonferroni): in 95 of 100 such figures all of them hold "
        "at once. The inner, 66% intervals are for one difference by itself."
    ),
    Said.CHANGES_TOGETHER: (
        "The 95% intervals and p are widened for the number of changes in the figure (Bonferroni): in 95 of 100 such "
        "figures all of them hold at once. The inner, 66% intervals are for one change by itself."
    ),
    Said.PAIRS: (
        "“In 58 of 100 pairs” means: draw one person from each group at random, many times; in 58 of 100 such pairs "
        "the first has the higher score, ties counted half. 50 of 100 is no difference."
    ),
    Said.HEDGES: (
        "Hedges’ g is the difference counted in standard deviations of the people in the two groups, corrected for "
        "small numbers; it says how large a difference is, not how sure."
    ),
    Said.SLOPE: (
        "The slope is the difference of the score from one band to the next towards forced, on a straight line through "
        "the bands shown. It says that band and score go together, not that the kind of return makes the score."
    ),
    Said.TOO_FEW_BANDS: f"A trend needs at least {FEWEST} bands whose people may be shown.",
    # Like for like, and other weights
    Said.LIKE_FOR_LIKE: (
        "Like for like: people of the same band, time since return (first year, second, later), sex, age group and "
        "assistance (yes or no) are compared, and the differences averaged over the mix of both corridors taken "
        "together. “Not known” counts as a kind of its own."
    ),
    Said.COVERAGE: (
        "Kinds with fewer than two people in one of the two corridors cannot be compared and are left out. Coverage is "
        "the share of people of both who are of kinds that can be, to the nearest 5%. Where it is below 50% with all "
        "five characteristics, the last of them is dropped, until it is not; where band alone does not do, no "
        "like-for-like figure is given [x]."
    ),
    Said.REGRESSION: (
        "By regression: a linear model of the score on corridor and the same five characteristics, for the two "
        "corridors compared; each person counts once, with the latest interview, and standard errors are robust (HC1, "
        "here the same as clustered by person). Where corridor and characteristics cannot be told apart, none is given "
        "[x]."
    ),
    Said.NOT_REMOVED: (
        "Neither removes differences that are not in these five, such as country, region or year of return."
    ),
    Said.FEWER_KINDS: (
        "{corridors:corridors}: compared on {alike_in:kinds} only, for want of people alike in all five "
        "characteristics."
    ),
    Said.WEIGHED_OTHERWISE: (
        "The finding is the composite score as it stands in the data. Beside it the same people’s answers are weighed "
        f"otherwise: {DRAWS} times with every weight of the documented profile (6 of 30 weights published) up to 25% "
        "more or less, with equal weights, with each dimension and each element left out in turn, and by the "
        "geometric mean of the three dimension scores."
    ),
    Said.SIGN: (
        "Weights are only one reason for doubt: that a sign holds under all of them does not mean that it is not "
        "chance. Read it with the interval of the difference."
    ),
    Said.RANKS: (
        "Ranks are among the corridors shown here that have enough people, 1 the highest; the rank interval runs from "
        "the 5th to the 95th of 100 weightings. Corridors differ in who is in them; a rank is not a judgement."
    ),
    Said.BY_DIMENSION: (
        "These data have the three dimension scores but not the answers to the 30 elements, so only the dimensions are "
        "weighed otherwise; single elements cannot be left out [x]."
    ),
    Said.NOT_WEIGHABLE: (
        "These data have neither the answers to the 30 elements nor all three dimension scores beside the composite, "
        "so other weights cannot be tried [x]."
    ),
    # Parts of scores
    Said.GROUPING: grouping_note,
    Said.POINTS_LOST: (
        "Points lost are what the answers of a part fall short of the full points, by their weight in the score: the "
        "mean over the people who have the score. Over all parts they add up to the full score less the mean score."
    ),
    Said.CARRIED: (
        "Where a person did not answer an element, the answered ones carry its weight, as they do in the score; so a "
        "part can lose a little more than its own weight."
    ),
    Said.WEIGHTS_UNKNOWN: (
        "How much a part weighs in these scores is not known [x]: a file brought them, or they were made with "
        "different weights. Load the file with the points of the 30 elements and choose one scoring profile."
    ),
    Said.ALL_THREE: "Only people who have all three dimension scores are counted here.",
    Said.THIRDS: (
        "Thirds are those of all people in view who have all three scores, so they say who stands lower or higher than "
        "others here, not who does badly or well. Equal scores are always in the same third, which can make thirds "
        "unequal."
    ),
    # The community
    Said.PARITY: (
        "The gap is the mean of returnees less that of community members of the same countries of return, these "
        "weighted to the group's own mix of countries. Only countries with at least 10 community members count; "
        "coverage is the share of the group's people in such countries, to the nearest 5%, and the means are of those. "
        "Choices of sex and age narrow both sides, all others only returnees."
    ),
    Said.PARITY_LIMITS: (
        "Parity is not by itself sustainable reintegration: services and safety may be lacking for all, and it is open "
        "which part of the local population is the right comparison (Migration Policy Practice IX(1), 2019)."
    ),
    Said.COMMUNITY: (
        "Community members of all countries of return in view together, not weighted to the returnees' mix of "
        "countries; the parity gap is."
    ),
    # Waves
    Said.PANEL: _panel,
    Said.SAME_PEOPLE: (
        "The same people, each with the score, in every wave: nobody enters or leaves the line. Where people with "
        "lower scores are harder to find again, it stands too high from the first wave on, and its changes are those "
        "of the people who stayed."
    ),
    Said.EVERYONE_SEEN: (
        "Everyone interviewed, with the score, in a wave. Where people with lower scores are harder to find again, "
        "later points stand too high, so a rise may only mean that others were found: the points are not joined as one "
        "group's path."
    ),
    Said.GROUP_AT_FIRST: (
        "A person belongs throughout to the group of their first interview in these waves, so that nobody changes "
        "group."
    ),
    Said.ONE_A_WAVE: (
        "Of several interviews of a person in one wave the later counts: the one with most months since return, then "
        "the later row."
    ),
    Said.FOLLOWED_WEIGHTED: (
        "Everyone of the first wave, followed whatever the filters say of later interviews. At a wave those count who "
        "were interviewed, with the score, at all of these waves so far, weighted to stand also for people like them "
        "who were lost. This cures loss that depends on what was known at the interviews before, not loss because of "
        "what happened since: the band shows how much that could matter."
    ),
    Said.WHAT_IF: (
        "The band under the line is the reader’s “what if”, not an estimate: it ends where the mean would be if those "
        f"lost scored {LOWER} lower than people like them who were found. It is {LOWER} times the share of the first "
        "wave’s people, by design weight, who do not count at the wave."
    ),
    Said.WEIGHTS_HELD: (
        "Intervals take the weights as known. In 400 simulated surveys of 900 people and four waves, where loss "
        "depended on the latest score and the band alone, 95% intervals held the truth in 96 or 97 of 100 at each "
        "wave: they are a little too wide, which about makes up for the bias that cut weights leave. Where loss "
        "depended also on what had happened since, so that those lost scored 0.07 lower than people like them, they "
        "held it in none."
    ),
    Said.WEIGHTS_MODEL: (
        "Weights are 1 / the chance of having been interviewed again, multiplied over the waves so far. Each wave, "
        "score and cohort has a logistic regression of its own, among the people interviewed at all of these waves "
        "before, on their latest score (linear and squared), their score at the first wave, band, corridor, sex and "
        "age group; “not known” is a level of its own, and levels of fewer than 10 people are taken together. Weights "
        "above their 99th percentile are cut to it, which steadies the line and leaves a little of the bias."
    ),
    Said.WEIGHTS_LIMITS: (
        "Where people are lost because of what happened after their last interview, the line still stands too high, or "
        "too low, and where nobody of a kind was found again, nobody stands for them. The intervals say nothing of "
        "that."
    ),
    Said.BOTH_WAVES: (
        "Only people interviewed at both waves are compared, each with themselves, on what they answered both times; "
        "those found again are not like those lost. A person is of the group of the earlier interview."
    ),
    Said.LEVELS: "Low is under {low:g}, middle from there to under {high:g}, high from {high:g} on.",
    Said.MOVED: (
        "People interviewed, with the score, at both waves. Moved up: of those who stood low or middle at first; moved "
        "down: of those who stood middle or high. Those lost, and those who had left again, are in neither."
    ),
    Said.PATHS: (
        "Only people interviewed, with the score, in all of these waves are counted, in the group and with the design "
        "weight of the first; where people who do worse are harder to find again, too few of their paths are here."
    ),
    Said.SHAPES: (
        "Rises: no drop of {setback:g} or more between two waves, and at least {setback:g} higher at the end. Dips and "
        "recovers: such a drop, but at the end less than {setback:g} under the highest score before the last one. "
        "Falls: at least {setback:g} lower at the end. Stays high: never under {high:g}; stays low: always under "
        "{low:g}. The first that fits counts, in the order rises, recovers, falls, high, low; the lines are the "
        "reader's own choice."
    ),
    Said.SETBACK: "A setback is a drop of {setback:g} or more between two waves.",
    Said.NOT_FAILURE: (
        "A drop is not by itself failure: reintegration is often non-linear, with highs and lows (MPP, “Measuring "
        "sustainable reintegration”)."
    ),
    Said.TURNING_POINT: (
        f"How sure a turning point is: the share of {bootstrap.DRAWS:,} bootstrap draws over people (seed "
        f"{bootstrap.SEED}) that have it too; from {CLEAR:.0%} on it is called clear. Groups of more than "
        f"{bootstrap.BLOCKS:,} people are drawn as {bootstrap.BLOCKS:,} random blocks of people."
    ),
    # Who was lost
    Said.FOLLOWED: (
        "Everyone interviewed at the first of these waves, in view then, is followed, whatever the filters say of "
        "later interviews. A person has left again where the latest interview up to a wave says so, by remigration or "
        "as the reason why none followed, until a later interview says otherwise; loss itself is never read as leaving."
    ),
    Said.LOST: (
        "People known to have left the country again are not among the lost; they are counted as an outcome of their "
        "own."
    ),
    Said.AT_FIRST: (
        "Scores are those of the first of these waves, when everybody here was interviewed: those lost are compared as "
        "they stood before anybody was. People without the score then are not counted."
    ),
    Said.LEAVING: (
        "Leaving again is not by itself failure: what counts is choice or necessity. Where only the reason for loss "
        "tells that someone left, neither is known."
    ),
    Said.WISH: (
        "Element 30, need versus wish to remigrate: more points mean less need. They are of the latest interview "
        "before the one that tells of leaving, and of the latest of all for those who stayed, so not all of one wave. "
        "The 95% intervals of its differences are widened for all differences in the table (Bonferroni)."
    ),
    Said.CHILDREN_FOLLOWED: (
        "Children are to be followed for 24 months after return at the least (Migration Policy Practice IX(1), 2019, "
        "p. 20 ff., “Implementing voluntary return with the best interests of the child at its heart”). Followed means "
        "interviewed at 23 months since return or later: a month early counts."
    ),
    Said.CHILDREN_PASSED: (
        "Counted are children for whom 24 months have passed between return and the latest interview of their cohort; "
        "children whose date of return is not known are left out."
    ),
    Said.CHILDREN: (
        "Children are people who were under 18 in any interview in view, and so at return; they are followed whatever "
        "the filters say of later interviews."
    ),
    # Months since return
    Said.WINDOWS: (
        "Everyone seen: of a person's interviews in a window the one nearest to its target month counts, of two as "
        "near the later. Different windows hold different people, so the points are no path."
    ),
    Said.BOTH_WINDOWS: (
        "Each change is that of the same people, interviewed in the first window and in the later one; each later "
        "window has its own people, and those interviewed again are not like those lost. Of a person's interviews in a "
        "window the one nearest to its month counts, of two as near the later."
    ),
    Said.IN_NO_WINDOW: (
        "{interviews:interviews} fall in no window, or their months since return are not known; they are left out."
    ),
    Said.GROUP_AT_EARLIEST: "A person belongs throughout to the group of their earliest interview in view.",
    Said.SMOOTH: (
        "Every interview counts, at its nearest whole month since return. The line mixes different people unless the "
        "same were interviewed again, so it is no path of anyone."
    ),
    Said.HARDLY_TWICE: "Hardly anyone here was interviewed twice: different people at different times are not a path.",
    Said.TWICE: "{percent:about} people were interviewed at least twice, in different months.",
    Said.SPLINE: (
        f"A natural cubic regression spline with knots at percentiles {', '.join(f'{100 * q:g}' for q in KNOTS)} of "
        f"the interviews' months, at least {APART} months apart; dips between two knots are smoothed away. It is drawn "
        f"from the first of these percentiles to the last, where 10 people or more were interviewed within a "
        "month."
    ),
    Said.BOOTSTRAP: (
        f"The band comes from {bootstrap.DRAWS:,} bootstrap draws over people (seed {bootstrap.SEED}), each with all "
        f"their interviews; groups of more than {bootstrap.BLOCKS:,} people are drawn as {bootstrap.BLOCKS:,} random "
        "blocks of people."
    ),
    # Recorded returns, and maps
    Said.YEAR_IN_PART: "{year} is not covered whole ({part:part}).",
    Said.YEAR_LEFT_OUT: "{year} is left out, for the source does not cover it whole ({part:part}): {people:people}.",
    Said.NOT_WHOLE: "Not covered whole by the source – {years:parts}.",
    Said.YEARS_LEFT_OUT: "Left out, for the source does not cover them whole – {years:parts}.",
    Said.LINKS_LEFT_OUT: "Links left out that are of fewer than 10 people, or would tell of such: {count:,}.",
    Said.OTHER_COUNTRIES: "Other countries are all beyond the {top} with most people, on each side.",
    Said.RECORDED_IS: _recorded_is,
    Said.COUNTED_DIFFERENTLY: (
        "Sources count differently (people or returns, months or years), so more may be interviewed than recorded. "
        "Recorded returns are narrowed by corridor, band and year alone."
    ),
    Said.FOOTNOTE: "Note of the source: {text}",
    Said.MORE_FOOTNOTES: "The source has {count} more notes on these numbers, in the file itself.",
    Said.BORDERS: _BORDERS,
    Said.BORDERS_AND_MISSING: _BORDERS + " In the table but not on the map: {countries:countries}.",
}
