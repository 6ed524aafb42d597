import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.meta_analysis import effectsize_smd
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.nonparametric import rank_compare_2indep

from data.effects import adjusted, hedges, p_values, superiority
from data.estimate import differences, means


def estimates(x: np.ndarray) -> pd.DataFrame:
    one = {"n": len(x), "w": len(x), "ww": len(x), "wx": x.sum(), "wwx": x.sum()}
    one |= {"wxx": (x**2).sum(), "wwxx": (x**2).sum()}
    sums = pd.DataFrame([one])
    return sums.join(means(sums))


ONE = pd.Series([1])
"""A family of one difference."""


@pytest.fixture
def two() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(14)
    return rng.beta(4, 4, 80).round(1), rng.beta(5, 3, 35).round(1)


def test_p_is_that_of_welchs_test(two: tuple[np.ndarray, np.ndarray]) -> None:
    x, y = two
    found = p_values(differences(estimates(x), estimates(y)))
    assert found[0] == pytest.approx(stats.ttest_ind(x, y, equal_var=False).pvalue, rel=1e-9)


def test_p_of_one_person_is_missing() -> None:
    assert p_values(differences(estimates(np.array([0.5])), estimates(np.array([0.1, 0.4])))).isna().all()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_p_of_a_family_agrees_with_statsmodels(p: list[float]) -> None:
    names = [f"group {place}" for place in range(len(p))]
    found = adjusted(pd.Series(p, names), pd.Series(len(p), names))
    assert found.tolist() == pytest.approx(multipletests(p, method="bonferroni")[1].tolist(), abs=1e-12)


def test_p_of_families_by_hand_and_missing_values() -> None:
    found = adjusted(pd.Series([0.04, np.nan, 0.01, 0.4]), pd.Series([1, 4, 4, 4]))
    assert found.drop(1).tolist() == pytest.approx([0.04, 0.04, 1])
    assert pd.isna(found[1])


def test_hedges_g_by_hand() -> None:
    group = pd.DataFrame({"n": [12], "n_effective": [12.0], "mean": [0.6], "sd": [0.1]})
    reference = pd.DataFrame({"n": [10], "n_effective": [10.0], "mean": [0.5], "sd": [0.1]})
    found = hedges(group, reference, ONE).iloc[0]
    # d = .1/.1 = 1; J = 1 − 3/(4·22 − 9) = 76/79; variance = 1/12 + 1/10 + (76/79)²/44 = .2043672, its root .4520699
    assert found["g"] == pytest.approx(76 / 79)
    assert found["g_low95"] == pytest.approx(76 / 79 - 1.959964 * 0.4520699, abs=1e-6)
    assert found["g_high95"] == pytest.approx(76 / 79 + 1.959964 * 0.4520699, abs=1e-6)
    three = hedges(group, reference, pd.Series([3])).iloc[0]  # the normal deviate of .025/3 is 2.393980
    assert [three["g"], three["g_high95"]] == pytest.approx([76 / 79, 76 / 79 + 2.393980 * 0.4520699], abs=1e-6)


def test_hedges_g_agrees_with_statsmodels(two: tuple[np.ndarray, np.ndarray]) -> None:
    x, y = two
    found = hedges(estimates(x), estimates(y), ONE).iloc[0]
    g, variance = effectsize_smd(x.mean(), x.std(ddof=1), len(x), y.mean(), y.std(ddof=1), len(y))
    assert found["g"] == pytest.approx(g)
    assert found["g_high95"] - found["g"] == pytest.approx(1.959964 * variance**0.5, rel=0.002)  # they take n − 3.94


def test_hedges_g_of_scores_all_alike_is_missing() -> None:
    assert hedges(estimates(np.full(12, 0.5)), estimates(np.full(10, 0.5)), ONE).isna().all(axis=None)


def test_fewer_effective_people_widen_g() -> None:
    usual = pd.DataFrame({"n": [50], "n_effective": [50.0], "mean": [0.6], "sd": [0.1]})
    narrow, wide = (hedges(usual, usual.assign(n_effective=m), ONE).iloc[0] for m in (50.0, 20.0))
    assert wide["g"] == narrow["g"] == 0
    assert wide["g_high95"] > narrow["g_high95"]


def placements(x: np.ndarray, y: np.ndarray) -> pd.DataFrame:
    return estimates((np.sign(x[:, None] - y[None, :]) / 2 + 0.5).mean(axis=1))


def test_superiority_agrees_with_scipy_and_statsmodels(two: tuple[np.ndarray, np.ndarray]) -> None:
    x, y = two
    found = superiority(placements(x, y), placements(y, x), ONE).iloc[0]
    theirs = rank_compare_2indep(x, y, use_t=True)
    assert found["superiority"] == pytest.approx(stats.mannwhitneyu(x, y).statistic / (len(x) * len(y)))
    assert found["superiority"] == pytest.approx(theirs.prob1)
    assert found[["superiority_low95", "superiority_high95"]].tolist() == pytest.approx(theirs.conf_int(alpha=0.05))
    many = superiority(placements(x, y), placements(y, x), pd.Series([12])).iloc[0]
    ends = many[["superiority_low95", "superiority_high95"]]
    assert ends.tolist() == pytest.approx(theirs.conf_int(alpha=0.05 / 12))
    clear = found["superiority_high95"] < 0.5
    assert clear == (stats.brunnermunzel(x, y).pvalue < 0.05)


def test_superiority_and_its_turn_round_add_up_to_one(two: tuple[np.ndarray, np.ndarray]) -> None:
    x, y = two
    sides = placements(x, y), placements(y, x)
    there, back = superiority(*sides, ONE), superiority(*reversed(sides), ONE)
    assert there["superiority"][0] + back["superiority"][0] == pytest.approx(1)
    assert there["superiority_low95"][0] + back["superiority_high95"][0] == pytest.approx(1)


def test_superiority_without_overlap_has_no_interval() -> None:
    x, y = np.array([0.8, 0.9, 0.7]), np.array([0.1, 0.2, 0.3, 0.15])
    found = superiority(placements(x, y), placements(y, x), ONE).iloc[0]
    assert found["superiority"] == 1
    assert found[["superiority_low95", "superiority_high95"]].isna().all()
