import numpy as np
import pandas as pd
import pytest

from data.instrument import elements
from data.scoring import DOCUMENTED, EQUAL, Profile, score
from data.vocabulary import DIMENSIONS, POINTS
from data.weighting import DRAWS, Weighting, composites, sensitivity, weightings

BASE = np.array(DOCUMENTED.composite_weights)
DIMENSION = np.array([DIMENSIONS.index(element.dimension) for element in elements()])


def test_weightings_are_what_they_are_called() -> None:
    tried = weightings(BASE, DIMENSION)
    assert {name: weights.shape for name, weights in tried.items()} == {
        Weighting.NOISE: (30, DRAWS),
        Weighting.EQUAL: (30, 1),
        Weighting.DIMENSION: (30, 3),
        Weighting.ELEMENT: (30, 30),
    }
    noise = tried[Weighting.NOISE] / BASE[:, None]
    assert 0.75 <= noise.min() < 0.751
    assert 1.249 < noise.max() <= 1.25
    assert (tried[Weighting.DIMENSION] == 0).sum(axis=0).tolist() == [9, 11, 10]
    assert (tried[Weighting.ELEMENT] == 0).sum(axis=0).tolist() == [1] * 30
    assert np.array_equal(noise, weightings(BASE, DIMENSION)[Weighting.NOISE] / BASE[:, None])


def test_three_dimensions_have_no_element_to_leave_out() -> None:
    assert Weighting.ELEMENT not in weightings(np.array([0.3, 0.4, 0.3]), np.arange(3))


def test_composites_are_the_means_of_each_persons_score() -> None:
    rng = np.random.default_rng(2)
    points = rng.random((2500, 30))
    points[rng.random(points.shape) < 0.03] = np.nan
    weight, group = rng.uniform(0.5, 2, 2500), rng.integers(0, 3, 2500)
    tried = weightings(BASE, DIMENSION)
    families = (Weighting.EQUAL, Weighting.DIMENSION, Weighting.ELEMENT)
    by = np.hstack([BASE[:, None], *(tried[name] for name in families)])
    answered = (~np.isnan(points)).astype("float64")
    found = composites(np.nan_to_num(points) * weight[:, None], answered, weight, group, by)
    frame = pd.DataFrame(points, columns=[*POINTS])
    for column, weights in enumerate(by.T):
        profile = Profile("test", "", DOCUMENTED.dimension_weights, tuple(weights / weights.sum()), 0.0)
        one_by_one = score(frame, profile)["composite"]
        wanted = [np.average(one_by_one[group == number], weights=weight[group == number]) for number in range(3)]
        assert found[:, column].tolist() == pytest.approx(wanted, abs=1e-9)
    equal = score(frame, EQUAL)["composite"]
    assert found[0, 1] == pytest.approx(np.average(equal[group == 0], weights=weight[group == 0]), abs=1e-9)


def test_identical_weightings_have_no_sensitivity() -> None:
    means = np.array([0.31, 0.5, 0.5, 0.42])
    found = sensitivity(means, np.repeat(means[:, None], 7, axis=1), 1)
    assert found["holds"].tolist() == [1, 1, 1, 1]
    assert found["rank"].tolist() == found["rank_low"].tolist() == found["rank_high"].tolist() == [4, 1, 1, 3]
    assert found["weightings"].tolist() == [7, 7, 7, 7]


def test_a_hair_of_rounding_is_no_sensitivity() -> None:
    means = np.array([0.3, 0.3])
    found = sensitivity(means, np.array([[0.1 + 0.2, 0.3], [0.3, 0.1 + 0.2]]), 0)
    assert found["holds"].tolist() == [1, 1]
    assert found["rank_high"].tolist() == [1, 1]


def test_signs_and_rank_intervals_by_an_independent_loop() -> None:
    rng = np.random.default_rng(5)
    finding = rng.normal(0.5, 0.05, 8)
    tried = finding[:, None] + rng.normal(0, 0.05, (8, 400))
    found = sensitivity(finding, tried, 3)
    for place in range(8):
        ranks = sorted(1 + sum(other > column[place] for other in column) for column in tried.T)
        kept = [(column[place] > column[3]) == (finding[place] > finding[3]) for column in tried.T]
        assert found["holds"][place] == pytest.approx(sum(kept) / 400)
        assert found["rank"][place] == 1 + sum(finding > finding[place])
        assert found["rank_low"][place] == ranks[19]  # the 5th percentile lies between the 20th and the 21st of 400
        assert found["rank_high"][place] == ranks[380]


def test_without_a_reference_only_ranks_are_told() -> None:
    found = sensitivity(np.array([0.2, 0.4]), np.array([[0.3], [0.1]]), None)
    assert found["holds"].isna().all()
    assert found["rank_low"].tolist() == [1, 2]
