"""What stands in CI of `make attack`: its cells are the app's own numbers, and closed choices isolate few people."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data import keys, places
from data.disclosure import noise
from data.engine import Source
from data.filters import MOST, names
from data.grouping import Grouping
from data.summaries.comparison import compare
from data.summaries.offered import choices
from data.view import View
from tests.attack import along, cells, everything
from tests.attack.__main__ import MOST_ISOLATED, attacked, every_view, scanned
from tests.attack.padding import padded


@pytest.fixture(scope="module")
def keyed_raw(raw: pd.DataFrame) -> pd.DataFrame:
    return keys.keyed(raw, keys.PUBLIC)


@pytest.fixture(scope="module")
def counted(keyed_raw: pd.DataFrame) -> pd.DataFrame:
    """Every cell of the demo that two filters make."""
    returnees = cells.ordered(keyed_raw[keyed_raw["respondent"] == "returnee"])
    return cells.cells(returnees, cells.nodes(returnees, dict(places.regions())), 2)


def test_the_cells_attacked_are_what_the_app_shows_or_hides(as_told: Source, counted: pd.DataFrame) -> None:
    may_be_shown = cells.shown(counted)
    tried = pd.concat(
        [counted[may_be_shown].sample(12, random_state=1), counted[~may_be_shown].sample(6, random_state=1)]
    )
    offered = choices(as_told)
    for place, row in tried.iterrows():
        values = {name: row[name] for name in names() if row[name]}
        if not all(value in getattr(offered, name) for name, value in values.items()):
            assert not may_be_shown[place]
            continue
        cohort = Grouping("cohort", (as_told.manifests[0].name,))
        found = compare(as_told, View(**values), cohort, cohort.groups[0], ("composite",)).rows.iloc[0]
        assert pd.notna(found["mean"]) == may_be_shown[place]
        if may_be_shown[place]:
            assert abs(found["people"] - row["n"]) <= 7  # rounded to 5, its noise under 4
            assert found["mean"] == cells.means(counted.loc[[place]]).item()


def test_every_closed_view_is_a_view_and_no_other(source: Source) -> None:
    offered = choices(source)
    views = [*every_view(offered)]
    assert len({*views}) == len(views) > 10_000
    assert {len(view.values) for view in views} == set(range(MOST + 1))


def test_two_choices_isolate_few_people_and_read_none_better_than_a_guess(keyed_raw: pd.DataFrame) -> None:
    asked, may, best, average = attacked(keyed_raw, 2)
    assert asked > may > 500
    assert best.isolated <= MOST_ISOLATED
    assert best.read <= best.guessed
    assert average.read <= average.guessed


def test_all_views_of_two_choices_together_make_nobody_sure(keyed_raw: pd.DataFrame) -> None:
    returnees = cells.ordered(keyed_raw[keyed_raw["respondent"] == "returnee"])
    found = everything.inferred(returnees, cells.nodes(returnees, dict(places.regions())), 2)
    assert found.people > 5_000
    assert found.sure == 0
    assert found.read - found.guessed < 0.05 * found.people
    assert along.inferred(returnees, cells.nodes(returnees, dict(places.regions())), 2).sure == 0


def test_without_noise_the_attacks_would_read_people(keyed_raw: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noise, "MEAN", 0.0)
    _, _, best, _ = attacked(keyed_raw, 2)
    assert best.read > 0.8 * best.isolated > 0


def test_the_attack_finds_whom_it_can(keyed_raw: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would see one that is there: a wave of eleven in a year of its own, of whom one is forced."""
    monkeypatch.setattr(noise, "MEAN", 0.0)
    alone = keyed_raw[keyed_raw["respondent"] == "returnee"].drop_duplicates("person").head(11).reset_index(drop=True)
    alone = alone.assign(
        person=[f"p{n}" for n in range(11)], return_year=1999, weight=1.0, composite=np.linspace(0, 1, 11)
    )
    alone["sex"], alone["host"], alone["country_of_return"] = "female", "DEU", "AFG"
    alone["band"] = ["forced"] + ["obliged"] * 10
    _, _, best, _ = attacked(keys.keyed(alone, keys.PUBLIC), 2)
    assert best.isolated == best.read == 1


def test_padding_and_scanning_find_nothing(raw: pd.DataFrame, tmp_path: Path) -> None:
    assert padded(raw, tmp_path) == (40, 40)
    assert scanned() == 0
