import numpy as np
import pandas as pd
import pytest

from data import weighting
from data.engine import Source
from data.instrument import elements
from data.labels import COLUMN_LABELS
from data.notes import Note, Said
from data.scoring import DOCUMENTED, EQUAL, Profile, score
from data.summaries.offered import choices
from data.summaries.robustness import HOLDS, does_it_hold
from data.view import View
from data.vocabulary import DIMENSIONS, POINTS
from data.weighting import Weighting
from tests.conftest import Open
from tests.data.recount import breaches, people
from tests.said import of_codes

CORRIDORS = ("DEU-AFG", "DEU-IRQ", "DEU-GHA")


def interviews(raw: pd.DataFrame) -> pd.DataFrame:
    """The latest interview of each person with a composite, with the points."""
    latest = people(raw, View())
    return raw.loc[latest.index[latest["composite"].notna()]]


@pytest.fixture(scope="module")
def small() -> pd.DataFrame:
    """Three corridors of 40 people whose points differ little, a few answers missing."""
    rng = np.random.default_rng(11)
    points = pd.DataFrame(rng.choice([0, 0.25, 0.5, 0.75, 1], (120, 30)), columns=[*POINTS])
    points = points.mask(rng.random((120, 30)) < 0.02)
    facts = {"person": [f"p{place}" for place in range(120)], "wave": 1}
    where = {"country_of_return": np.repeat(["AFG", "IRQ", "GHA"], 40), "weight": rng.uniform(0.5, 2, 120)}
    return pd.DataFrame({**facts, **where}).join(points).join(score(points, DOCUMENTED))


def mean_by_corridor(frame: pd.DataFrame, profile: Profile) -> list[float]:
    scored = score(frame, profile)["composite"]
    return [
        np.average(scored[mine], weights=frame.loc[mine, "weight"])
        for mine in (frame["country_of_return"] == corridor[-3:] for corridor in CORRIDORS)
    ]


def profile(weights: np.ndarray) -> Profile:
    return Profile("test", "", DOCUMENTED.dimension_weights, tuple(weights / weights.sum()), 0.0)


def test_figures_are_those_of_scoring_each_person_again(opened: Open, small: pd.DataFrame) -> None:
    found = does_it_hold(opened(small), View(), CORRIDORS, "DEU-IRQ").rows.set_index(["corridor", "weighting"])
    usual, of = np.array(DOCUMENTED.composite_weights), [element.dimension for element in elements()]
    again = {
        Weighting.EQUAL: [mean_by_corridor(small, EQUAL)],
        Weighting.DIMENSION: [
            mean_by_corridor(small, profile(np.where([one == left for one in of], 0, usual))) for left in DIMENSIONS
        ],
        Weighting.ELEMENT: [
            mean_by_corridor(small, profile(np.where(np.arange(30) == left, 0, usual))) for left in range(30)
        ],
    }
    geometric = small[[*DIMENSIONS]].prod(axis=1) ** (1 / 3)
    known = small[[*DIMENSIONS]].notna().all(axis=1)
    again[Weighting.GEOMETRIC] = [
        [
            np.average(geometric[mine], weights=small.loc[mine, "weight"])
            for mine in (known & (small["country_of_return"] == corridor[-3:]) for corridor in CORRIDORS)
        ]
    ]
    finding = mean_by_corridor(small, DOCUMENTED)
    for name, means in again.items():
        for place, corridor in enumerate(CORRIDORS):
            row = found.loc[(corridor, name)]
            ranks = [1 + sum(other > mean[place] for other in mean) for mean in means]
            assert row["weightings"] == len(means)
            assert row["rank"] == 1 + sum(other > finding[place] for other in finding)
            assert row["rank_low"] == np.percentile(ranks, 5, method="lower")
            assert row["rank_high"] == np.percentile(ranks, 95, method="higher")
            if corridor != "DEU-IRQ":
                kept = [(mean[place] > mean[1]) == (finding[place] > finding[1]) for mean in means]
                assert row["holds"] == pytest.approx(np.mean(kept), abs=0.0006)
    assert (found.xs(Weighting.ALL, level="weighting")["weightings"] == 535).all()
    assert (found.xs(Weighting.NOISE, level="weighting")["holds"].dropna() < 1).any()


def test_noise_of_nothing_is_no_sensitivity(opened: Open, small: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighting, "NOISE", 0.0)
    rows = does_it_hold(opened(small), View(), CORRIDORS, "DEU-IRQ").rows
    rows = rows[rows["weighting"] == Weighting.NOISE]
    assert rows["holds"].dropna().tolist() == [1, 1]
    assert (rows["rank_low"] == rows["rank"]).all()
    assert (rows["rank_high"] == rows["rank"]).all()


def test_without_points_the_dimensions_are_weighed(opened: Open, small: pd.DataFrame) -> None:
    found = does_it_hold(opened(small.drop(columns=[*POINTS])), View(), CORRIDORS, "DEU-IRQ")
    assert found.notes[0] == Note(Said.BY_DIMENSION)
    rows = found.rows.set_index(["weighting", "corridor"])
    assert rows["weightings"].dropna().groupby("weighting").first().to_dict() == {
        Weighting.ALL: 505,
        Weighting.NOISE: 500,
        Weighting.EQUAL: 1,
        Weighting.DIMENSION: 3,
        Weighting.GEOMETRIC: 1,
    }
    known = small[small[[*DIMENSIONS]].notna().all(axis=1) & small["composite"].notna()]
    means = known.assign(mean=known[[*DIMENSIONS]].mean(axis=1)).groupby("country_of_return")[["mean", "weight"]]
    plain = {f"DEU-{code}": np.average(mine["mean"], weights=mine["weight"]) for code, mine in means}
    ranked = pd.Series(plain).rank(ascending=False)
    assert rows.loc[Weighting.EQUAL, "rank_low"].to_dict() == ranked.to_dict()
    elements_out = found.only("weighting", Weighting.ELEMENT).flags
    assert (elements_out[["rank", "weightings"]] == "x").all(axis=None)
    assert elements_out["holds"].tolist() == ["x", "z", "x"]


def test_with_neither_nothing_can_be_tried(opened: Open, small: pd.DataFrame) -> None:
    bare = small.drop(columns=[*POINTS, *DIMENSIONS])
    found = does_it_hold(opened(bare), View(), CORRIDORS, "DEU-IRQ")
    assert found.notes[0] == Note(Said.NOT_WEIGHABLE)
    assert found.rows[[*HOLDS]].isna().all(axis=None)
    assert (found.flags["rank"] == "x").all()
    assert found.rows["people"].tolist() == [40] * 18


def test_nobody_is_given_away_and_masked_corridors_have_no_rank(source: Source, raw: pd.DataFrame) -> None:
    corridors = choices(source).corridors
    view = View(band="solicited")
    everyone = people(raw, view)
    counts = everyone[everyone["composite"].notna()]["corridor"].value_counts()
    for reference in ("PAK-AFG", "SAU-ETH"):
        found = does_it_hold(source, view, corridors, reference)
        assert not breaches(found, counts.reindex(found.rows["corridor"], fill_value=0).tolist(), within=["weighting"])
        assert found.rows["rank"].max() == found.shown["corridor"].nunique() < len(corridors)
        if reference == "SAU-ETH":
            assert (found.flags["holds"] == "c").all()
            assert found.notes == of_codes(Said.WEIGHED_OTHERWISE, Said.SIGN, Said.RANKS)


def test_a_figure_says_what_it_is(source: Source) -> None:
    found = does_it_hold(source, View(), ("PAK-AFG", "USA-SLV"), "PAK-AFG")
    assert {*found.keys, "people", *found.values} <= {*COLUMN_LABELS}
    assert (found.only("corridor", "PAK-AFG").flags["holds"] == "z").all()
    assert found.rows["weighting"].tolist() == [*Weighting] * 2


def test_nobody_in_view_tries_nothing(source: Source) -> None:
    found = does_it_hold(source, View(year="1950"), ("PAK-AFG", "USA-SLV"), "PAK-AFG")
    assert found.people is None
    assert (found.flags == "c").all(axis=None)
