"""Headlines of distributions, the spectrum and paths: what they say, and that they claim nothing an interval denies."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from inspect import isfunction

import pandas as pd
import pytest

from components.figures import (
    along,
    attrition,
    children,
    community,
    dimensions,
    experience,
    finding,
    levels,
    moved,
    path,
    placing,
    points_lost,
    shapes,
    tenths,
)
from data.disclosure import Fact, Released
from data.instrument import Element, elements
from data.summaries.facts import APART
from data.summaries.together import PARTED
from data.summaries.transitions import LEFT_LOW
from data.vocabulary import Score
from tests.components.made import around, made

COMPOSITE = Score.COMPOSITE


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every headline made here has at most fifteen words."""
    for of_page in (
        along,
        children,
        community,
        dimensions,
        experience,
        levels,
        attrition,
        moved,
        path,
        placing,
        shapes,
        tenths,
    ):
        for name, make in [*vars(of_page).items()]:
            if name not in ("three_ways", "lowest_point") and is_headline(make):  # these are captions
                monkeypatch.setattr(of_page, name, partial(said_briefly, make))


def is_headline(make: object) -> bool:
    """Whether a name of a module is a function that makes words of released numbers."""
    says = make.__annotations__ if isfunction(make) else {}
    return [*says.items()][:1] == [("released", Released)] and says["return"] is str


def said_briefly(make: Callable[..., str], *about: object) -> str:
    told = make(*about)
    assert len(told.split()) <= finding.MOST_WORDS, told
    return told


def of(keys: Sequence[str], value: str, rows: Mapping[tuple[object, ...], float | None], **more: float) -> Released:
    """A figure with `value` and its intervals for each combination of the keys, each of sixty people."""
    raw = pd.DataFrame([{**dict(zip(keys, codes, strict=True)), "n": 60, **around(value, number), **more}
                        for codes, number in rows.items()])  # fmt: skip
    return made(raw, [*keys], [name for name in raw if name not in (*keys, "n")], [])


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        ({("a", "economic"): 0.20, ("a", "social"): 0.10}, "Economic costs the most points: 0.20"),
        ({("a", "economic"): 0.13, ("a", "social"): 0.10}, "No one part is shown to cost the most points"),
        (
            {("a", "economic"): 0.2, ("a", "social"): 0.1, ("b", "economic"): 0.2, ("b", "social"): 0.1},
            "Economic costs the most points: 0.20 in each group",
        ),
        (
            {("a", "economic"): 0.2, ("a", "social"): 0.1, ("b", "economic"): 0.1, ("b", "social"): 0.2},
            "No one part costs the most points in every group",
        ),
        ({("a", "economic"): None}, "How many points each part costs is not known"),
    ],
)
def test_points_lost(lost: dict[tuple[object, ...], float | None], told: str) -> None:
    assert points_lost.costs_most(of(["cohort", "part"], "lost", lost, full=0.3)) == told


def test_along_the_distribution() -> None:
    deciles = [("forced", "composite", q / 10) for q in range(1, 10)]
    some = of(["band", "score", "q"], "difference", {code: -0.1 if code[2] < 0.4 else 0.0 for code in deciles})
    assert tenths.along_the_distribution(some, "voluntary") == (
        "Among low scorers, forced returnees score 0.10 lower than voluntary"
    )
    none = of(["band", "score", "q"], "difference", dict.fromkeys(deciles, 0.03))
    assert tenths.along_the_distribution(none, "voluntary") == (
        "No difference from voluntary returnees is shown anywhere in the distribution"
    )


def test_dimensions_together() -> None:
    pairs = ["economic-social", "social-psychosocial"]
    clear = of(["cohort", "pair"], "r", {("a", pairs[0]): 0.3, ("a", pairs[1]): 0.5})
    assert dimensions.move_together(clear) == (
        "People high on one dimension tend to be high on others (correlation 0.30 to 0.50)"
    )
    none = of(["cohort", "pair"], "r", {("a", pairs[0]): 0.03, ("a", pairs[1]): -0.02})
    assert dimensions.move_together(none) == "The dimensions are not shown to move together"
    cells = {(one, other): 0.05 for one in ("low", "middle", "high") for other in ("low", "middle", "high")}
    crossed = of(["third", "other_third"], "share", cells)
    assert dimensions.parted(crossed, "economic", "social") == (
        "Too few people to tell who scores high on economic and low on social"
    )
    told = replace(crossed, facts=(Fact(PARTED, 0.1, 0.08, 0.13),))
    assert dimensions.parted(told, "economic", "social") == (
        "10% (8–13%) score high on economic but low on social, or the reverse"
    )


def test_parity() -> None:
    gaps = {("a", "composite"): -0.1, ("b", "composite"): 0.1, ("c", "composite"): 0.01}
    assert community.gap(of(["cohort", "score"], "difference", gaps), COMPOSITE) == (
        "People in a score 0.10 lower than community members, b 0.10 higher"
    )
    one = of(["cohort", "score"], "difference", {("a", "composite"): -0.1})
    assert community.gap(one, COMPOSITE) == "Returnees score 0.10 lower than community members"
    none = of(["cohort", "score"], "difference", {("a", "composite"): -0.01})
    assert community.gap(none, COMPOSITE) == "No gap to community members is shown"


@pytest.mark.parametrize(
    ("slope", "told"),
    [
        (-0.05, "Scores are 0.050 lower with each band towards forced"),
        (0.05, "Scores are 0.050 higher with each band towards forced"),
        (0.03, "No trend along the bands is shown"),
        (None, "Too few bands for a trend: three are needed"),
    ],
)
def test_trend(slope: float | None, told: str) -> None:
    assert along.goes_along(of(["score"], "slope", {("composite",): slope}), COMPOSITE) == told


def test_no_choice_speaks_of_those_called_voluntary() -> None:
    shares = {("Deportation", "none"): 0.8, ("Assisted voluntary return", "none"): 0.42, ("Involuntary", "none"): 0.9}
    assert experience.no_choice(of(["label", "perceived_choice"], "share", shares)) == (
        "42% (38–46%) of people recorded as “Assisted voluntary return” say they had no choice"
    )
    by_band = of(["band", "perceived_choice"], "share", {("obliged", "none"): 0.4, ("forced", "none"): 0.83})
    apart = Fact(APART, 0.43, 0.3, 0.5, between=("obliged", "forced"))
    assert experience.no_choice(replace(by_band, facts=(apart,))) == (
        "83% of forced returnees say they had no choice; 40% of obliged do"
    )
    unclear = replace(apart, low=-0.01)
    assert experience.no_choice(replace(by_band, facts=(unclear,))) == (
        "No group is shown to say more often than another that there was no choice"
    )


def test_less_choice_within_bands() -> None:
    keys = ["band", "perceived_choice", "score"]
    told = of(keys, "difference", {("obliged", "none", "composite"): -0.1, ("forced", "none", "composite"): 0.01})
    assert experience.choice_matters(told, COMPOSITE) == (
        "Obliged returnees without a choice score 0.10 lower than those with a free one"
    )


def test_a_path_s_headlines_follow_the_paired_change() -> None:
    rose = of(
        ["band", "wave", "score"], "difference", {("obliged", 5, "composite"): 0.1, ("forced", 5, "composite"): 0.0}
    )
    assert path.change_of_groups(rose, 1) == "Obliged returnees scored 0.10 higher at wave 5 than at wave 1"
    assert path.change_at_the_end(rose, (1, 5)) == ("Obliged returnees scored 0.10 higher at wave 5 than at wave 1")
    still = of(["band", "wave", "score"], "difference", {("obliged", 5, "composite"): 0.02})
    assert path.change_of_groups(still, 1) == "No group's change since wave 1 is shown to be more than chance"
    assert path.change_at_the_end(still, (1, 5)) == "In no group is a change in the same people shown (waves 1 to 5)"


def test_who_was_lost() -> None:
    kept = of(["state", "score"], "difference", {("interviewed", "composite"): 0.1})
    assert attrition.stood_otherwise(kept, COMPOSITE) == "People we lost had started 0.10 lower than those we kept"
    alike = of(["state", "score"], "difference", {("interviewed", "composite"): 0.02})
    assert attrition.stood_otherwise(alike, COMPOSITE) == (
        "People we lost and people we kept are not shown to have started differently"
    )
    states = {("a", 5, "interviewed"): 0.5, ("b", 5, "interviewed"): 0.6, ("a", 5, "remigrated"): 0.1}
    found = of(["cohort", "wave", "state"], "share", states)
    apart = Fact(APART, 0.1, 0.02, 0.18, between=("a", "b"))
    assert attrition.retained(replace(found, facts=(apart,)), 5) == "60% in b were interviewed at wave 5; 50% in a were"
    assert attrition.retained(replace(found, facts=(replace(apart, low=-0.02),)), 5) == (
        "No group is shown to be interviewed again more often than another (wave 5)"
    )
    assert attrition.retained(found.only("cohort", "a"), 5) == ("50% (46–54%) were interviewed at wave 5")


REASONS = {("not_found",): 0.5, ("declined",): 0.3, ("not_recorded",): 0.9}


def test_a_reason_is_called_the_most_frequent_only_where_it_is_shown_to_be() -> None:
    assert attrition.why_lost(of(["loss_reason"], "share", REASONS)) == (
        "Main reason for losing contact: could not be found (50%)"
    )
    close = of(["loss_reason"], "share", {**REASONS, ("declined",): 0.45})
    assert attrition.why_lost(close) == "No one reason for losing contact is shown to be the main one"


@pytest.mark.parametrize("element", elements(), ids=lambda element: element.column)
def test_what_moved_says_better_or_worse_of_every_element(element: Element) -> None:
    """Points are more is better: of signs of distress a fall in points is not a fall in distress."""
    for change, verb in ((-0.09, "worse"), (0.09, "better")):
        told = moved.moved_most(of(["cohort", "element"], "difference", {("a", element.column): change}))
        assert told in (f"{element.name} got {verb} by 0.09 points", f"One element got {verb} by 0.09 points")
        assert not re.search(r"\b(rose|fell|most)\b", told)


def test_what_moved_claims_no_more_than_the_intervals_carry() -> None:
    several = of(["cohort", "element"], "difference", {("a", "p01"): 0.1, ("a", "p27"): -0.2, ("a", "p03"): 0.03})
    assert moved.moved_most(several) == "Frequency of experiencing signs of distress got worse by 0.20 points"
    two = of(["band", "indicator"], "difference", {("forced", "housing"): 0.1, ("obliged", "health"): 0.03})
    assert moved.moved_most(two) == "Among forced returnees, housing got better by 0.10 points"
    both_ways = of(["cohort", "indicator"], "difference", {("a", "housing"): 0.1, ("a", "health"): -0.2})
    assert moved.moved_most(both_ways) == "Health got worse by 0.20 points, housing better by 0.10"
    still = of(["cohort", "element"], "difference", {("a", "p01"): 0.03})
    assert moved.moved_most(still) == "No change is shown in any of them within the same people"


def test_turning_points_that_are_not_clear_are_not_told() -> None:
    def turning(surety: float) -> Released:
        raw = pd.DataFrame(
            {"cohort": "a", "score": "composite", "wave": [1, 2, 3], "n": 60, "mean": [0.6, 0.5, 0.6]}
            | {"turn": [None, -1.0, None], "surety": [None, surety, None], "lowest": 0.5}
        )
        return made(raw, ["cohort", "score", "wave"], ["mean", "turn", "surety", "lowest"], [])

    assert shapes.turns(turning(0.99), COMPOSITE) == "The mean path has a clear low at wave 2"
    assert shapes.turns(turning(0.6), COMPOSITE) == "No clear turning point is shown in the mean path"


def test_the_lowest_point_and_its_dimension() -> None:
    raw = pd.DataFrame(
        [("forced", score, wave, mean) for score, means in (("composite", (0.6, 0.5)), ("economic", (0.5, 0.4)),
         ("social", (0.7, 0.6))) for wave, mean in enumerate(means, 1)],
        columns=["band", "score", "wave", "mean"],
    ).assign(n=60, lowest=0.97)  # fmt: skip
    turns = made(raw, ["band", "score", "wave"], ["mean", "lowest"], [])
    assert (
        shapes.lowest_point(turns, COMPOSITE)
        == "Forced: lowest at wave 2, in 97% of draws; of the dimensions, economic is lowest then."
    )


def test_levels_and_moves() -> None:
    ways = {("low", "middle"): 0.3, ("low", "high"): 0.1, ("low", "not_interviewed"): 0.6}
    found = replace(of(["from", "to"], "share", ways), facts=(Fact(LEFT_LOW, 0.4, 0.36, 0.44),))
    assert levels.between_levels(found, 1, 5) == ("Of people low at wave 1, 40% (36–44%) were middle or high at wave 5")
    moves = of(["cohort", "move"], "share", {("a", "up"): 0.24, ("a", "down"): 0.12})
    assert levels.moved_level(moves) == "Of those who could, 24% (20–28%) moved up and 12% (8–16%) down a level"
    ways = [("Demo cohort (synthetic)", "up"), ("Demo cohort (synthetic)", "down"), ("b", "up"), ("b", "down")]
    one_of_two = of(["cohort", "move"], "share", dict(zip(ways, (0.24, 0.12, None, None), strict=True)))
    told = "Of those who could in the group shown, 24% (20–28%) moved up, 12% (8–16%) down"
    assert levels.moved_level(one_of_two) == told


SHARES: dict[str, tuple[Callable[..., str], Released, str, str, str]] = {
    "setbacks": (
        shapes.fell_back,
        of(["sex"], "share", {("female",): 0.3, ("male",): 0.2}),
        "30% (26–34%) of people had at least one setback",
        "30% of women had at least one setback; 20% of men did",
        "Setbacks: no difference between groups is shown",
    ),
    "leaving again": (
        attrition.left_again,
        of(["sex", "leaving"], "share", {("female", "necessity"): 0.3, ("male", "necessity"): 0.2}),
        "Of those who left again, 30% (26–34%) did so by necessity",
        "Of those who left again, 30% of women did so by necessity, 20% of men",
        "Left again by necessity: no difference between groups is shown",
    ),
    "children": (
        children.followed_on,
        of(["sex"], "share", {("female",): 0.3, ("male",): 0.2}),
        "30% (26–34%) of children were followed for 24 months",
        "30% of girls were followed for 24 months; 20% of boys were",
        "No group's children are shown to be followed for 24 months more often",
    ),
}


@pytest.mark.parametrize("figure", SHARES)
def test_a_share_is_told_with_its_interval_and_groups_apart_only_where_they_are(figure: str) -> None:
    tell, both, one, two, none = SHARES[figure]
    assert tell(both.only("sex", "female")) == one
    apart = Fact(APART, 0.1, 0.02, 0.18, between=("male", "female"))
    assert tell(replace(both, facts=(apart,))) == two
    assert tell(replace(both, facts=(replace(apart, low=-0.02),))) == none


def test_what_could_not_be_placed_and_the_most_common_path_have_intervals_too() -> None:
    placed = of(["band_rule"], "share", {("facts_missing",): 0.11, ("given",): 0.89})
    assert placing.not_placed(placed) == "11% (7–15%) of people’s returns could not be placed by the facts recorded"
    paths = of(["cohort", "shape"], "share", {("a", "rises"): 0.4, ("a", "falls"): 0.2})
    assert shapes.shaped(paths) == "Most common path: rises steadily, 40% (36–44%)"
    alike = of(["cohort", "shape"], "share", {("a", "rises"): 0.3, ("a", "falls"): 0.28})
    assert shapes.shaped(alike) == "No one shape of path is shown to be the most common"
