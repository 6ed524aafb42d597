"""What holds for every headline, whatever the view: it is short, tells something, and claims no more than is shown."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from components import datasets
from components.figures.finding import MOST_WORDS
from data.disclosure import Released
from tests.pages.test_every_page import LESS, every_page, every_screen, screen

COUNTED = re.compile(r"\b\d+ of (the )?\d+\b(?! pairs)")
"""A count of comparisons: "2 of 3 differ", "at 4 of the 9 points"."""

NEGATION = re.compile(r"\b(no|not|nobody|too few)\b", re.IGNORECASE)

CLAIM = re.compile(
    r"\b(higher|lower|more|less|fell|rose|recovered|better|worse|outscores|range|dip|tend|main|most)\b"
    r"|; \d+% \S+ .*\b(do|did|were)$",
    re.IGNORECASE,
)
"""Words of a difference, and two shares set against each other."""


def is_headline(told: str) -> bool:
    """Whether a sentence may be a headline."""
    tells = re.search(r"\d", told) or NEGATION.search(told)
    return bool(tells) and 0 < len(told.split()) <= MOST_WORDS and not COUNTED.search(told) and told[-1] != "."


def claims(told: str) -> bool:
    """Whether a sentence says that something differs; what stands after a negation is none."""
    claim, denied = CLAIM.search(told), NEGATION.search(told)
    return bool(claim) and not (denied and denied.start() < claim.start())


@every_screen
def test_every_headline_tells_something_in_few_words(page: str, view: str) -> None:
    for figure, asked, found in screen(page, view).answered:
        told = figure.headline(found, asked)
        assert is_headline(told), f"{figure.key}: {told}"


@every_page
@pytest.mark.parametrize("left", LESS)
def test_every_headline_of_less_tells_something_too(page: str, left: str) -> None:
    for figure, asked, found in screen(page, "everyone").answered:
        told = figure.headline(replace(LESS[left](found), facts=()), asked)
        assert is_headline(told), f"{figure.key}: {told}"


@every_page
def test_no_headline_claims_a_difference_that_no_interval_carries(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets, "ask", unsurely(datasets.ask))  # some headlines ask a summary of their own
    for figure, asked, found in screen(page, "everyone").answered:
        if any(name.endswith("low95") for name in found.values):
            told = figure.headline(unsure(found), asked)
            assert is_headline(told), f"{figure.key}: {told}"
            assert not claims(told), f"{figure.key}: {told}"


def unsurely(ask: Callable[..., Any]) -> Callable[..., Any]:
    def answer(*asked: Any, **named: Any) -> Any:
        found = ask(*asked, **named)
        return unsure(found) if isinstance(found, Released) else found

    return answer


def unsure(released: Released) -> Released:
    """The same numbers with intervals so wide that nothing differs from anything."""
    rows = released.rows.copy()
    for name in released.values:
        end = re.search(r"(low|high)(95|66)$", name)
        if end:
            rows[name] = rows[name].where(rows[name].isna(), -2.0 if end[1] == "low" else 2.0)
        elif name == "surety":
            rows[name] = 0.0
    facts = tuple(replace(fact, low=-2.0, high=2.0) for fact in released.facts)
    return replace(released, rows=rows, facts=facts)


@pytest.mark.parametrize(
    "told",
    [
        "3 of 4 differ from Pakistan → Afghanistan", "Differs at 4 of the 9 points", "Mean score of each group",
        "Who scores high", "US → El Salvador scores 0.20 higher than Pakistan → Afghanistan.",
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen 16",
    ],
)  # fmt: skip
def test_what_is_no_headline_is_known(told: str) -> None:
    assert not is_headline(told)


def test_what_is_a_claim_is_known() -> None:
    assert claims("Women score 0.04 higher than men; no other is shown to differ")
    assert claims("75% of voluntary returnees reach 0.50; 56% of unclassified do")
    assert not claims("No group is shown to move a level more often than another")
    assert not claims("50% (49–52%) were interviewed at wave 5; 41% were not reached, 9% left again")
