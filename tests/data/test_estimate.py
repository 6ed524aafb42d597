import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from data.estimate import differences, means, shows_difference, wilson


def sums(x: np.ndarray, w: np.ndarray) -> dict[str, float]:
    return {
        "n": len(x),
        "w": w.sum(),
        "ww": (w**2).sum(),
        "wx": (w * x).sum(),
        "wxx": (w * x**2).sum(),
        "wwx": (w**2 * x).sum(),
        "wwxx": (w**2 * x**2).sum(),
    }


@pytest.fixture
def two() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    return rng.beta(4, 4, 80), rng.beta(5, 3, 35)


def test_equal_weights_give_the_t_interval_of_scipy(two: tuple[np.ndarray, np.ndarray]) -> None:
    x, _ = two
    found = means(pd.DataFrame([sums(x, np.ones(len(x)))])).iloc[0]
    for level, suffix in ((0.95, "95"), (0.66, "66")):
        low, high = stats.t.interval(level, len(x) - 1, x.mean(), stats.sem(x))
        assert found[[f"low{suffix}", f"high{suffix}"]].tolist() == pytest.approx([low, high], abs=1e-12)
    assert found["sd"] == pytest.approx(x.std(ddof=1))
    assert found["n_effective"] == pytest.approx(len(x))


def test_weighted_mean_agrees_with_the_robust_regression_of_statsmodels(two: tuple[np.ndarray, np.ndarray]) -> None:
    x, _ = two
    w = np.random.default_rng(5).uniform(0.4, 3, len(x))
    found = means(pd.DataFrame([sums(x, w)])).iloc[0]
    fit = sm.WLS(x, np.ones(len(x)), weights=w).fit(cov_type="HC1", use_t=True)
    assert found["mean"] == pytest.approx(fit.params[0])
    assert found["se"] == pytest.approx(fit.bse[0])
    assert found[["low95", "high95"]].tolist() == pytest.approx(fit.conf_int()[0].tolist())
    assert found["n_effective"] == pytest.approx(w.sum() ** 2 / (w**2).sum())


def test_difference_is_welchs(two: tuple[np.ndarray, np.ndarray]) -> None:
    x, y = two
    estimates = means(pd.DataFrame([sums(x, np.ones(len(x))), sums(y, np.ones(len(y)))]))
    found = differences(estimates.iloc[[0]], estimates.iloc[[1]]).iloc[0]
    welch = stats.ttest_ind(x, y, equal_var=False)
    interval = welch.confidence_interval(0.95)
    assert found["difference"] == pytest.approx(x.mean() - y.mean())
    assert found["df"] == pytest.approx(welch.df)
    assert found[["difference_low95", "difference_high95"]].tolist() == pytest.approx([interval.low, interval.high])


@given(st.integers(1, 500), st.floats(0, 1))
def test_wilson_agrees_with_statsmodels(n: int, part: float) -> None:
    k = round(part * n)
    found = wilson(pd.Series([k / n]), pd.Series([float(n)])).iloc[0]
    for level, suffix in ((0.95, "95"), (0.66, "66")):
        theirs = proportion_confint(k, n, alpha=1 - level, method="wilson")
        assert found[[f"share_low{suffix}", f"share_high{suffix}"]].tolist() == pytest.approx(theirs, abs=1e-9)


def test_one_person_or_none_has_no_interval() -> None:
    one, none = np.array([0.4]), np.array([])
    found = means(pd.DataFrame([sums(one, np.ones(1)), sums(none, none)]))
    assert found[["se", "low95", "high66"]].isna().all().all()
    assert found["mean"].tolist()[0] == pytest.approx(0.4)


@pytest.mark.parametrize(("low", "high", "shown"), [(0.01, 0.2, True), (-0.2, -0.01, True), (-0.1, 0.1, False)])
def test_an_interval_across_zero_shows_no_difference(low: float, high: float, shown: bool) -> None:
    assert shows_difference(low, high) is shown


def test_missing_interval_shows_no_difference() -> None:
    assert not shows_difference(float("nan"), float("nan"))
