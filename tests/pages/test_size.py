"""What goes to the browser depends on groups and bins, never on how many people there are."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data import library
from data.cohort import conform
from data.demo import second_cohort
from tests.pages.conftest import use
from tests.pages.screen import PLACES, arrays, cards, open_page

TIMES = (10, 20)
"""From ten times on nothing is masked but what is empty, so that more people are the only thing that differs."""

LARGE_GROUPS = {"distributions/Group against group": {"group": "Corridor"}}
"""Where bands are too small even then: their outer deciles are masked once and shown twice the size."""


@pytest.fixture(scope="session")
def crowds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of one cohort with all its people ten times, and one with them twenty times."""
    place = tmp_path_factory.mktemp("crowds")
    cohort = second_cohort()
    for times in TIMES:
        copies = [cohort.frame.assign(person=cohort.frame["person"] + f"-{copy}") for copy in range(times)]
        library.keep(replace(cohort, frame=conform(pd.concat(copies)), name=f"{times} times"), place)
    return place


@pytest.fixture(autouse=True)
def kept(crowds: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    yield from use(crowds, monkeypatch)


def sizes(app: AppTest) -> list[tuple[tuple[int, int], int]]:
    """Of each card the shape of its table and how many points it draws, in however many colours."""
    return [
        (
            card.table.shape,
            sum(len(array) for trace in card.spec["data"] for array in [*arrays(trace.get("x", []))][:1]),
        )
        for card in cards(app)
    ]


@pytest.mark.parametrize("page", [pytest.param(page, id=f"{page}@crowds") for page in PLACES])
def test_twice_the_people_send_the_same(page: str) -> None:
    query = LARGE_GROUPS.get(page, {})
    once, twice = (open_page(page, {**query, "cohort": f"{times} times"}) for times in TIMES)
    assert not once.exception
    assert sizes(once) == sizes(twice)
    if cards(once):
        first = [next(card for card in cards(app) if not card.recorded) for app in (once, twice)]
        people = [int(card.people.split()[0].replace(",", "")) for card in first]
        assert people[1] == pytest.approx(2 * people[0], rel=0.01)
