"""What stands in CI of `make attack`: its cells are the app's own numbers, and closed choices isolate few people."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data import places
from data.engine import Source
from data.filters import MOST, names
from data.grouping import Grouping
from data.summaries.comparison import compare
from data.summaries.people import choices
from data.view import View
from tests.attack import cells
from tests.attack.__main__ import MOST_ISOLATED, attacked, every_view, scanned
from tests.attack.padding import padded


@pytest.fixture(scope="module")
def counted(raw: pd.DataFrame) -> pd.DataFrame:
    """Every cell of the demo that two filters make."""
    returnees = cells.ordered(raw[raw["respondent"] == "returnee"])
    return cells.cells(returnees, cells.nodes(returnees, dict(places.regions())), 2)


def test_the_cells_attacked_are_what_the_app_shows_or_hides(source: Source, counted: pd.DataFrame) -> None:
    may_be_shown = cells.shown(counted)
    tried = pd.concat(
        [counted[may_be_shown].sample(12, random_state=1), counted[~may_be_shown].sample(6, random_state=1)]
    )
    offered = choices(source)
    for place, row in tried.iterrows():
        values = {name: row[name] for name in names() if row[name]}
        if not all(value in getattr(offered, name) for name, value in values.items()):
            assert not may_be_shown[place]
            continue
        cohort = Grouping("cohort", (source.manifests[0].name,))
        found = compare(source, View(**values), cohort, cohort.groups[0], ("composite",)).rows.iloc[0]
        assert pd.notna(found["mean"]) == may_be_shown[place]
        if may_be_shown[place]:
            assert (found["people"], found["mean"]) == (
                5 * round(row["n"] / 5),
                pytest.approx(row["wx"] / row["w"], abs=6e-4),
            )


def test_every_closed_view_is_a_view_and_no_other(source: Source) -> None:
    offered = choices(source)
    views = [*every_view(offered)]
    assert len({*views}) == len(views) > 10_000
    assert {len(view.values) for view in views} == set(range(MOST + 1))


def test_two_choices_isolate_few_people(raw: pd.DataFrame) -> None:
    asked, may, best, _ = attacked(raw, 2)
    assert asked > may > 500
    assert best.isolated <= MOST_ISOLATED


def test_the_attack_finds_whom_it_can(raw: pd.DataFrame) -> None:
    """It would see one that is there: a wave of eleven in a year of its own, of whom one is forced."""
    alone = raw[raw["respondent"] == "returnee"].drop_duplicates("person").head(11).reset_index(drop=True)
    alone = alone.assign(
        person=[f"p{n}" for n in range(11)], return_year=1999, weight=1.0, composite=np.linspace(0, 1, 11)
    )
    alone["sex"], alone["host"], alone["country_of_return"] = "female", "DEU", "AFG"
    alone["band"] = ["forced"] + ["obliged"] * 10
    _, _, best, _ = attacked(alone, 2)
    assert best.isolated == best.read == 1


def test_padding_and_scanning_find_nothing(raw: pd.DataFrame, tmp_path: Path) -> None:
    assert padded(raw, tmp_path) == (40, 40)
    assert scanned() == 0
