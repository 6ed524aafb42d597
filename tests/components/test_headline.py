import re
from dataclasses import replace
from itertools import pairwise, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.figures import bands, compared, finding, recorded, spread, turning
from data.countries import ALIASES, NAMES
from data.demo.plan import CORRIDORS
from data.disclosure import Released
from data.flows import Basis
from data.labels import label
from data.vocabulary import CATEGORIES, SCORES, Score
from tests.components import made

COMPOSITE = Score.COMPOSITE
REAL = [f"{corridor.host}-{corridor.country_of_return}" for corridor in CORRIDORS]
LONG = ["COD-CAF", "CAF-ARE", "VCT-TTO", "BIH-COD"]
LABELLED = {
    "corridor": [*REAL, *LONG],
    "country_of_return": [code for code in {*NAMES, *ALIASES} if code != "UNK"],
    "cohort": ["Demo cohort (synthetic)", "Second round of the northern programme for families, spring to autumn 2023"],
    **{column: [*CATEGORIES[column]] for column in ("band", "sex", "age_group", "assistance")},
}


def words(sentence: str) -> int:
    return len(sentence.split())


COUNTRIES = [*{words(label("host", code)): code for code in LABELLED["country_of_return"]}.values()]
"""A country for each number of words that a name of one has."""


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (
            {"DEU-AFG": (60, 0.50), "PAK-AFG": (60, 0.62)},
            "Pakistan → Afghanistan scores 0.12 higher than Germany → Afghanistan",
        ),
        (
            {"DEU-AFG": (60, 0.50), "PAK-AFG": (60, 0.38)},
            "Pakistan → Afghanistan scores 0.12 lower than Germany → Afghanistan",
        ),
        (
            {"DEU-AFG": (60, 0.50), "PAK-AFG": (60, 0.53)},
            "No difference from Germany → Afghanistan is shown",
        ),
        (
            {"DEU-AFG": (60, 0.50), "PAK-AFG": (60, 0.62), "DEU-IRQ": (60, 0.52), "NOR-ETH": (60, 0.3)},
            "Norway → Ethiopia scores 0.20 lower than Germany → Afghanistan, Pakistan → Afghanistan 0.12 higher",
        ),
        (
            {"DEU-AFG": (60, 0.50), "PAK-AFG": (60, 0.62), "NLD-MAR": (9, 0.9), "AUT-TUN": (6, 0.9)},
            "Pakistan → Afghanistan scores 0.12 higher than Germany → Afghanistan",
        ),
        ({"DEU-AFG": (60, 0.50), "NLD-MAR": (9, 0.9)}, finding.TOO_FEW),
        ({"DEU-AFG": (6, 0.50), "PAK-AFG": (60, 0.62)}, finding.TOO_FEW),
        ({"DEU-AFG": (60, 0.50)}, finding.TOO_FEW),
    ],
)
def test_difference(groups: dict[str, tuple[int, float]], expected: str) -> None:
    assert compared.difference(made.compared(groups), COMPOSITE, next(iter(groups))) == expected


def test_difference_speaks_of_the_score_in_focus() -> None:
    released = made.compared({"DEU-AFG": (60, 0.50), "PAK-AFG": (60, 0.62)}, scores=("composite", "economic"))
    assert compared.difference(released, Score.ECONOMIC, "DEU-AFG").endswith("than Germany → Afghanistan (economic)")
    assert compared.difference(released, Score.SOCIAL, "DEU-AFG") == finding.TOO_FEW


def test_an_interval_that_ends_at_zero_shows_no_difference() -> None:
    released = made.compared({"DEU-AFG": (60, 0.50), "PAK-AFG": (60, 0.54)})  # 0.04, give or take 0.04
    assert released.rows["difference_low95"].iloc[1] == 0
    assert compared.difference(released, COMPOSITE, "DEU-AFG").startswith("No difference")


MIXED = {"solicited": 10, "voluntary": 30, "obliged": 40, "forced": 20}
MASKED = {"voluntary": 60, "obliged": 40, "forced": 4}


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ({"DEU-AFG": MIXED}, "60% (50–69%) of people interviewed were obliged or forced"),
        (
            {"DEU-AFG": {**MIXED, "unclassified": 25}},
            "48% (39–57%) of people interviewed were obliged or forced; 20% could not be placed",
        ),
        ({"DEU-AFG": MASKED}, "Too few people to tell how many were obliged or forced"),
        ({"DEU-AFG": {"voluntary": 60}}, "100% of the people shown are voluntary"),
        (
            {"DEU-AFG": MIXED, "PAK-AFG": {"voluntary": 80, "obliged": 10, "forced": 10}},
            "Compulsory returns range from 20% (Pakistan → Afghanistan) to 60% (Germany → Afghanistan)",
        ),
        (
            {"DEU-AFG": MIXED, "PAK-AFG": {"voluntary": 45, "obliged": 30, "forced": 25}},
            "No group is shown to be more often obliged or forced than another",
        ),
        (
            {"DEU-AFG": {"obliged": 25, "forced": 75}},
            "75% (71–79%) of people interviewed were forced, the others obliged",
        ),
        ({"DEU-AFG": MIXED, "PAK-AFG": MASKED}, "Too few people to tell how many were obliged or forced"),
    ],
)
def test_compulsory(groups: dict[str, dict[str, int]], expected: str) -> None:
    assert bands.compulsory(made.composed(groups)) == expected


def test_the_groups_furthest_apart_are_named_where_there_is_room() -> None:
    pair = {"female": MIXED, "male": {"voluntary": 80, "obliged": 10, "forced": 10}}
    assert bands.compulsory(made.composed(pair, by="sex")) == "Compulsory returns range from 20% (Men) to 60% (Women)"


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ({"female": (100, 0.40), "male": (100, 0.60)}, "60% of men reach 0.50; 40% of women do"),
        ({"female": (100, 0.50), "male": (100, 0.55)}, "No difference between groups is shown in who reaches 0.50"),
        ({"female": (100, 0.40)}, "40% (36–44%) of people reach 0.50"),
        ({"female": (100, 0.40), "male": (12, 0.5), "other": (12, 0.5)}, "40% (36–44%) of women reach 0.50"),
        ({"female": (9, 0.40)}, "Too few people on one side of 0.50 to tell the share"),
        ({"female": (100, 0.95)}, "Too few people on one side of 0.50 to tell the share"),
    ],
)
def test_above_line(groups: dict[str, tuple[int, float]], expected: str) -> None:
    assert spread.above_line(made.shared(groups), COMPOSITE, 0.5) == expected


@pytest.mark.parametrize(
    ("waves", "expected"),
    [
        ({3: (90, 0.06)}, "The same people scored 0.06 higher at wave 3 than at wave 1"),
        ({2: (90, 0.03), 3: (90, -0.06)}, "The same people scored 0.06 lower at wave 3 than at wave 1"),
        ({2: (90, 0.03), 3: (90, 0.03)}, "No change in the same people's score is shown between waves 1 and 3"),
        ({2: (90, -0.2), 3: (90, 0.06)}, "Scores fell 0.20 by wave 2 and ended 0.06 higher"),
        ({2: (90, 0.2), 3: (90, 0.18), 4: (90, 0.03)}, "Scores rose 0.20 by wave 2 and ended with no change shown"),
        ({2: (90, 0.2), 3: (90, 0.25), 4: (90, 0.24)}, "Scores rose 0.25 by wave 3 and ended 0.24 higher"),
        ({2: (9, 0.2), 3: (8, 0.3)}, finding.TOO_FEW),
        ({}, finding.TOO_FEW),
    ],
)
def test_a_path_is_told_by_its_clear_turns(waves: dict[int, tuple[int, float]], expected: str) -> None:
    """Each change is known to 0.04, so that two of them are clearly apart where they differ by more than 0.08."""
    assert turning.told(made.changed(waves), COMPOSITE, 1) == expected


def test_the_w_of_the_demo_is_told_in_one_sentence() -> None:
    w = {2: (90, -0.107), 3: (90, -0.012), 4: (90, -0.105), 5: (90, 0.006)}
    sure = made.changed(w, half=0.125)  # within 0.005
    assert turning.told(sure, COMPOSITE, 1) == (
        "Scores fell 0.11 by wave 2, recovered by 3, fell again, ended where they began"
    )
    unsure = made.changed(w, half=0.8)  # within 0.032: turns are clear, and nowhere is it shown to be as before
    assert turning.told(unsure, COMPOSITE, 1) == (
        "Scores fell 0.11 by wave 2, rose 0.10, fell again, ended with no change shown"
    )
    assert turning.told(made.changed(w, half=3.0), COMPOSITE, 1).startswith("No change")


AMOUNTS = st.floats(-0.5, 0.5).map(lambda amount: round(amount, 3))
SAYS_MORE = re.compile(r"\b(higher|lower|fell|rose|recovered)\b")


@settings(max_examples=25)
@given(st.lists(st.floats(-0.039, 0.039), min_size=1, max_size=4))
def test_no_difference_is_told_whose_interval_holds_zero(apart: list[float]) -> None:
    means = {corridor: (60, 0.5 + by) for corridor, by in zip(REAL, [0.0, *apart], strict=False)}
    told = compared.difference(made.compared(means), COMPOSITE, REAL[0])
    assert told.startswith("No difference")
    assert not SAYS_MORE.search(told)


@given(st.lists(st.tuples(AMOUNTS, st.floats(0.001, 0.2)), min_size=1, max_size=6))
def test_the_turns_of_a_path_are_clear_each_from_the_last_and_go_up_and_down(path: list[tuple[float, float]]) -> None:
    later = [turning.Point(wave, by, by - half, by + half) for wave, (by, half) in enumerate(path, 2)]
    found = turning.turns([turning.Point(1), *later])
    ways = [after.above(before) for before, after in pairwise(found)]
    assert all(ways)
    assert all(one == -other for one, other in pairwise(ways))


@settings(max_examples=25)
@given(st.lists(AMOUNTS, min_size=1, max_size=6))
def test_a_path_that_is_everywhere_unsure_has_no_change(path: list[float]) -> None:
    waves = {wave: (90, by) for wave, by in enumerate(path, 2)}
    told = turning.told(made.changed(waves, half=25.0), COMPOSITE, 1)  # to within 1
    assert told.startswith("No change")
    assert not SAYS_MORE.search(told)


BASIS = Basis("refugees")


def test_most_returns() -> None:
    top = made.recorded_by_country({"AFG": (383_945, "PAK", 0.993), "SDN": (37_210, "TCD", 1.0)})
    assert recorded.most_returns(top, 2016, BASIS) == ("Afghanistan is counted most in 2016: 383,945 people (refugees)")
    for nothing in ({}, {"AFG": (9, "PAK", None)}, {"AFG": (None, None, None)}):
        found = recorded.most_returns(made.recorded_by_country(nothing), 2016, BASIS)
        assert found == "Nobody is counted in 2016 for this choice"


def test_recorded() -> None:
    """Of some groups, which are not all there is, no sum is told: the one with most is."""
    released = made.recorded_by_year({(2015, "AFG"): 100, (2015, "SDN"): 50, (2016, "AFG"): 120, (2016, "SDN"): None})
    assert recorded.most_in_a_year(released, BASIS) == "Most: Afghanistan in 2016, 120 people (refugees)"
    bands = made.published(["year", "band"], {(2015, "obliged"): 100, (2015, "forced"): 50, (2016, "forced"): 120})
    assert recorded.most_in_a_year(bands, BASIS) == "Recorded returns peaked in 2015: 150 people (refugees)"
    for nothing in ({}, {(2015, "AFG"): 4}):
        told = recorded.most_in_a_year(made.recorded_by_year(nothing), BASIS)
        assert told == "Nobody is counted in a whole year for this choice"


def everything() -> list[str]:
    """Each headline with the shortest and the longest names it can hold, in all pairs."""
    said = []
    for (by, every), score in product(LABELLED.items(), (Score.COMPOSITE, Score.PSYCHOSOCIAL)):
        codes = sorted(every, key=lambda code: words(label(by, code)))
        codes = [*codes[:2], *codes[-4:]]  # the shortest and the longest names
        for one, other in permutations(codes, 2) if by != "country_of_return" else ():
            for apart in (0.12, 0.0):
                pair: dict[str, Released] = {
                    "two": PAIRS[apart, score],
                    "three": TRIPLES[apart, score],
                }
                for released in pair.values():
                    named = rename(released, by, [one, other, codes[0]])
                    said.append(compared.difference(named, score, one))
            said.append(spread.above_line(rename(SHARES[score], by, [one, other]), score, 0.55))
        said.append(spread.above_line(rename(ONE[score], by, codes[:1]), score, 0.55))
    return said


def rename(released: Released, by: str, codes: list[str]) -> Released:
    """The same figure, of other groups."""
    rows = released.rows.rename(columns={released.keys[0]: by})
    rows[by] = codes[: len(rows)]
    return Released(released.name, rows, released.flags, (by, *released.keys[1:]), released.values, released.people,
                    released.context, facts=tuple(
                        replace(fact, between=(codes[0], codes[1])) for fact in released.facts))  # fmt: skip


PAIRS = {
    (apart, score): made.compared({"a": (60, 0.5), "b": (60, 0.5 + apart)}, scores=(score,))
    for apart, score in product((0.12, 0.0), SCORES)
}
TRIPLES = {
    (apart, score): made.compared({"a": (60, 0.5), "b": (60, 0.5 + apart), "c": (60, 0.5 + apart)}, scores=(score,))
    for apart, score in product((0.12, 0.0), SCORES)
}
SHARES = {score: made.shared({"a": (1000, 0.21), "b": (1000, 0.78)}, score=score) for score in SCORES}
ONE = {score: made.shared({"a": (1000, 0.21)}, score=score) for score in SCORES}


def test_no_headline_has_more_than_fifteen_words() -> None:
    said = everything()
    assert max(map(words, said)) <= 15
    assert any(" → " in sentence and words(sentence) > 12 for sentence in said)
    for score in SCORES:
        for change in (0.2, -0.2, 0.0):
            assert words(turning.told(made.changed({12: (90, change)}, score), score, 1)) <= 15
    for code in COUNTRIES:
        top = made.recorded_by_country({code: (12_345_678, "PAK", 0.5)})
        assert words(recorded.most_returns(top, 2016, BASIS)) <= 15


def test_long_names_leave_the_headline_and_not_the_finding() -> None:
    far = made.compared({"VCT-TTO": (60, 0.5), "COD-CAF": (60, 0.62)})
    assert compared.difference(far, COMPOSITE, "VCT-TTO") == (
        "DR Congo → Central African Republic scores 0.12 higher than the reference"
    )
    assert spread.above_line(rename(SHARES[COMPOSITE], "cohort", LABELLED["cohort"]), COMPOSITE, 0.5) == (
        "21% to 78% of each group reach 0.50"
    )


def test_the_largest_pair_is_of_two_known_countries() -> None:
    sides = ["host", "country_of_return"]
    counts = {("OTHER", "OTHER"): 900, ("UNK", "IND"): 800, ("PAK", "AFG"): 700, ("IRN", "AFG"): 60, ("DEU", "AFG"): 5}
    assert recorded.largest_pair(made.published(sides, counts), BASIS) == (
        "Most from Pakistan to Afghanistan: 700 people (refugees)"
    )
    for nothing in ({}, {("DEU", "AFG"): 5}, {("UNK", "AFG"): 50}):
        assert recorded.largest_pair(made.published(sides, nothing), BASIS) == (
            "No counts by single host country for this choice"
        )
    for host, to in permutations(COUNTRIES, 2):
        assert words(recorded.largest_pair(made.published(sides, {(host, to): 7_526_715}), BASIS)) <= 15


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        (
            {"voluntary": 40, "obliged": 30, "forced": 30},
            "60% of those shown were obliged or forced (refugees)",
        ),
        (
            {"voluntary": 40, "reluctant": 12, "forced": 9},
            "0% of those shown were obliged or forced (refugees)",
        ),
        ({"obliged": 75, "forced": 25}, "25% of those shown were forced, the others obliged (refugees)"),
        ({"obliged": 75}, "0% of those shown were forced, the others obliged (refugees)"),
        ({"forced": 75}, "100% of those shown were forced (refugees)"),
        ({"unclassified": 75}, "Not one return shown can be placed on the spectrum (refugees)"),
        ({"voluntary": 40, "forced": 9}, "No counts by single host country for this choice"),
        ({"forced": 9}, "No counts by single host country for this choice"),
        ({}, "No counts by single host country for this choice"),
    ],
)
def test_recorded_compulsory(bands: dict[str, int], expected: str) -> None:
    links = made.published(
        ["host", "band", "country_of_return"], {("DEU", band, "AFG"): n for band, n in bands.items()}
    )
    assert recorded.recorded_compulsory(links, BASIS) == expected


def test_covered() -> None:
    both = made.covered({("DEU-AFG", 2020): (60, 4000), ("DEU-GHA", 2020): (60, None), ("DEU-IRQ", 2020): (9, 50)})
    assert (
        recorded.covered(both) == "Germany → Afghanistan: 15 people were interviewed per 1,000 recorded (returned 2020)"
    )
    none = made.covered({("DEU-GHA", 2020): (60, None)})
    assert recorded.covered(none) == "No corridor in view has recorded returns to compare with"
