from dataclasses import asdict, replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.spectrum import BAND_EXAMPLES, FACT_LABELS, FACTS, RULES, Facts, Placement, classify, place, table
from data.vocabulary import BANDS, CATEGORIES, ReturnBand

EVERY = [Facts(*answers) for answers in product((None, False, True), repeat=6)]
KNOWN = [facts for facts in EVERY if None not in asdict(facts).values()]
CALM = Facts(False, True, False, False, False, False)
"""A return by own decision of somebody who might have stayed."""


def told(facts: Facts) -> str:
    """The band by the words of DOMAIN §1 and the choices in the docstring of `place`, all facts known."""
    if facts.removed_by_force:
        return "forced"
    if facts.ordered_to_leave:
        return "pressured" if facts.right_to_remain else "obliged"
    if facts.pushed:
        return "pressured"
    if facts.against_preference:
        return "reluctant" if facts.right_to_remain else "unclassified"
    return "solicited" if facts.invited else "voluntary"


def settled(facts: Facts) -> list[Facts]:
    """All returns with all facts known that `facts` could be."""
    known = {fact: answer for fact, answer in asdict(facts).items() if answer is not None}
    return [one for one in KNOWN if asdict(one).items() >= known.items()]


def test_known_facts_give_the_band_that_the_words_say() -> None:
    assert [place(facts).band.value for facts in KNOWN] == [told(facts) for facts in KNOWN]


@pytest.mark.parametrize(
    ("changed", "band", "rule"),
    [
        ({}, "voluntary", "own_decision"),
        ({"invited": True}, "solicited", "invited"),
        ({"against_preference": True, "invited": True}, "reluctant", "against_preference"),
        ({"pushed": True, "against_preference": True}, "pressured", "pushed"),
        ({"pushed": True, "right_to_remain": False}, "pressured", "pushed"),
        ({"ordered_to_leave": True}, "pressured", "pushed"),
        ({"ordered_to_leave": True, "right_to_remain": False, "pushed": True}, "obliged", "ordered_to_leave"),
        ({"removed_by_force": True, "ordered_to_leave": True}, "forced", "removed_by_force"),
        ({"right_to_remain": False}, "voluntary", "own_decision"),
        ({"right_to_remain": False, "against_preference": True}, "unclassified", "facts_missing"),
    ],
)
def test_a_return_has_the_band_of_the_first_rule_that_applies(changed: dict[str, bool], band: str, rule: str) -> None:
    found = place(replace(CALM, **changed))
    assert (found.band, found.rule) == (band, rule)


def test_every_combination_is_placed_or_not_with_a_reason() -> None:
    for facts in EVERY:
        found = place(facts)
        assert found.rule in CATEGORIES["band_rule"]
        assert (found.band is ReturnBand.UNCLASSIFIED) == (found.rule == "facts_missing")
        assert found.reason[0].isupper()
        assert found.reason[-1] in ".?"


def test_a_band_is_given_exactly_where_no_answer_could_change_it() -> None:
    for facts in EVERY:
        bands = {told(one) for one in settled(facts)}
        assert place(facts).band == (bands.pop() if len(bands) == 1 else "unclassified")


@given(st.sampled_from(EVERY), st.sampled_from(FACTS), st.booleans())
def test_another_fact_never_contradicts_a_band(facts: Facts, fact: str, answer: bool) -> None:
    found = place(facts)
    if getattr(facts, fact) is None and found.band is not ReturnBand.UNCLASSIFIED:
        assert place(replace(facts, **{fact: answer})) == found


def test_the_reason_names_the_questions_that_decide_and_no_others() -> None:
    for facts in EVERY:
        ends = {one: told(one) for one in settled(facts)}
        deciding = {
            question
            for fact, question in FACT_LABELS.items()
            if getattr(facts, fact) is None
            and any(ends[one] != ends[replace(one, **{fact: not getattr(one, fact)})] for one in ends)
        }
        assert {question for question in FACT_LABELS.values() if question in place(facts).reason} == deciding


def test_a_reason_reads_well() -> None:
    assert place(replace(CALM, invited=None)) == Placement(
        ReturnBand.UNCLASSIFIED,
        "facts_missing",
        "It could be solicited or voluntary. Not known: Did the country of return invite the person to come back?",
    )
    assert place(Facts(removed_by_force=True)).band is ReturnBand.FORCED


def test_a_whole_file_is_classified_as_each_return_is() -> None:
    frame = pd.DataFrame([asdict(facts) for facts in EVERY], dtype="boolean", index=np.arange(729) * 2)
    found = classify(frame.assign(label="deportation", perceived_choice="none"))
    assert [*found] == ["band", "band_rule"]
    assert found.index.equals(frame.index)
    places = [place(facts) for facts in EVERY]
    assert found["band"].tolist() == [each.band.value for each in places]
    assert found["band_rule"].tolist() == [each.rule for each in places]


def test_a_file_with_some_of_the_facts_or_none() -> None:
    frame = pd.DataFrame({"removed_by_force": [True, False]})
    assert classify(frame)["band"].tolist() == ["forced", "unclassified"]
    assert classify(frame[[]])["band"].tolist() == ["unclassified"] * 2
    assert classify(frame.iloc[:0]).empty


def test_the_table_tells_every_rule_in_order() -> None:
    rows = table()
    assert rows["rule"].tolist() == [*(rule.code for rule in RULES), "facts_missing", "given"]
    assert {*rows["rule"]} == {*CATEGORIES["band_rule"]}
    assert {*rows["band"]} == {*ReturnBand, ""}
    words = dict(zip(rows["rule"][:4], rows["conditions"][:4], strict=True))
    assert words == {
        "removed_by_force": "removed by force",
        "ordered_to_leave": "no right to remain and ordered to leave",
        "pushed": "pushed by the host country, or a right to remain and ordered to leave",
        "against_preference": "a right to remain and left against preference",
    }
    assert rows["conditions"][6] == "none of the above"
    assert rows.map(type).eq(str).all(axis=None)


def test_every_fact_has_its_question_and_every_band_its_example() -> None:
    assert [*FACT_LABELS] == [*FACTS]
    assert [*BAND_EXAMPLES] == [*ReturnBand]
    assert {rule.band for rule in RULES} == {*BANDS, ReturnBand.UNCLASSIFIED}
    assert all("MPI" in example.source for example in BAND_EXAMPLES.values())
