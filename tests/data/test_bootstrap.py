import numpy as np
import pytest
from scipy import stats

from data.bootstrap import DRAWS, drawn, means, turns


def test_as_many_blocks_are_drawn_as_there_are_and_each_time_the_same() -> None:
    times = drawn(40)
    assert times.shape == (DRAWS, 40)
    assert (times.sum(axis=1) == 40).all()
    assert (times == drawn(40)).all()
    assert len(np.unique(times, axis=0)) == DRAWS


def test_blocks_are_drawn_as_often_as_a_multinomial_says() -> None:
    """Each count is binomial(50, 1/50); 50,000 of them stand within 0.02 of its mean and variance."""
    times = drawn(50)
    assert times.mean() == pytest.approx(1)
    assert times.var() == pytest.approx(50 * 0.02 * 0.98, abs=0.02)
    assert stats.chisquare(times.sum(axis=0)).pvalue > 0.001


@pytest.mark.parametrize("weighted", [False, True])
def test_the_standard_error_is_scipys(weighted: bool) -> None:
    """Two bootstraps of 1,000 and 4,000 draws agree to about 1/√2000 ≈ 2%; 8% is more than three times that."""
    rng = np.random.default_rng(3)
    x, w = rng.beta(2, 3, 300), rng.uniform(0.5, 3, 300) if weighted else np.ones(300)
    found = means((w * x)[:, None], w)[:, 0]
    wanted = stats.bootstrap(
        (x, w), lambda x, w, axis: (x * w).sum(axis) / w.sum(axis), paired=True, vectorized=True,
        n_resamples=4_000, method="percentile", rng=np.random.default_rng(4),
    )  # fmt: skip
    assert found.std(ddof=1) == pytest.approx(wanted.standard_error, rel=0.08)
    assert np.percentile(found, [2.5, 97.5]) == pytest.approx([*wanted.confidence_interval], abs=0.004)


def test_blocks_of_people_give_the_standard_error_of_people() -> None:
    """A hundred blocks tell a spread to about 1/√200 ≈ 7%; 25% is more than three times that."""
    x = np.random.default_rng(5).beta(2, 3, 5_000)
    found = means(x.reshape(100, 50).sum(axis=1)[:, None], np.full(100, 50.0))[:, 0]
    assert found.std(ddof=1) == pytest.approx(stats.sem(x), rel=0.25)


def test_waves_of_the_same_people_are_drawn_together() -> None:
    x = np.random.default_rng(6).random(60)
    found = means(np.column_stack([x, x + 0.1, x]), np.ones(60))
    assert found[:, 1] - found[:, 0] == pytest.approx(np.full(DRAWS, 0.1))
    assert (found[:, 2] == found[:, 0]).all()


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ([0.5, 0.3, 0.6, 0.4, 0.7], [-1, 1, -1]),
        ([0.1, 0.2, 0.3, 0.3, 0.2], [0, 0, 0]),
        ([0.5, 0.4, 0.4, 0.5], [0, 0]),
        ([0.4, 0.4, 0.4], [0]),
        ([0.2, 0.3], []),
    ],
)
def test_a_wave_turns_where_both_neighbours_lie_on_one_side(path: list[float], wanted: list[int]) -> None:
    found = turns(np.array([path, path]))
    assert np.isnan(found[:, [0, -1]]).all()
    assert found[:, 1:-1].tolist() == [wanted, wanted]
