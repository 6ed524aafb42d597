import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from data.effects import adjusted, p_values
from data.estimate import differences, intervals, means, share_differences, shows_difference, together, wilson


def terms(x: np.ndarray, w: np.ndarray) -> dict[str, np.ndarray]:
    """What each person adds to each sum."""
    each = {"n": np.ones_like(x), "w": w, "ww": w**2}
    return {**each, "wx": w * x, "wxx": w * x**2, "wwx": w**2 * x, "wwxx": w**2 * x**2}


def sums(x: np.ndarray, w: np.ndarray) -> dict[str, float]:
    return {name: each.sum() for name, each in terms(x, w).items()}


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
    fit = sm.WLS(x, np.ones(len(x)), weights=w).fit(cov_type="HC0")
    people = w.sum() ** 2 / (w**2).sum()
    assert people < 70
    assert found["mean"] == pytest.approx(fit.params[0])
    assert found["se"] == pytest.approx(fit.bse[0] * (people / (people - 1)) ** 0.5)
    assert found[["n_effective", "df"]].tolist() == pytest.approx([people, people - 1])
    ends = stats.t.interval(0.95, people - 1, fit.params[0], found["se"])
    assert found[["low95", "high95"]].tolist() == pytest.approx(ends)


def covered(n: int, spread: float, draws: int = 4_000) -> float:
    """How often the 95% interval of `n` people with lognormal weights of that spread holds the true mean, .5."""
    rng = np.random.default_rng(31)
    x, w = rng.beta(4, 4, (draws, n)), rng.lognormal(0, spread, (draws, n))
    found = means(pd.DataFrame({name: of.sum(axis=1) for name, of in terms(x, w).items()}))
    return float(((found["low95"] < 0.5) & (found["high95"] > 0.5)).mean())


@pytest.mark.parametrize(("n", "least"), [(10, 0.92), (20, 0.925), (100, 0.93)])
def test_intervals_hold_as_often_as_they_say_also_under_heavy_weights(n: int, least: float) -> None:
    """With n − 1 in place of effective people it was 87% for ten people."""
    assert least <= covered(n, spread=1) <= 0.97
    assert 0.94 <= covered(n, spread=0) <= 0.96


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


Z = {1: 1.959964, 3: 2.393980, 20: 3.023341}
"""Normal deviates of 95% for one, three and twenty differences at once: of .025, .05/6 and .05/40, from a table."""


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 60), st.integers(0, 60))
def test_differences_of_shares_agree_with_statsmodels(n: int, m: int, k: int, j: int) -> None:
    k, j = min(k, n), min(j, m)
    rows, reference = (pd.DataFrame({"share": [a / b], "n_effective": [float(b)]}) for a, b in ((k, n), (j, m)))
    found = share_differences(rows, reference).iloc[0]
    theirs = confint_proportions_2indep(k, n, j, m, method="newcomb", compare="diff")
    assert found["difference"] == pytest.approx(k / n - j / m, abs=1e-12)
    assert found[["difference_low95", "difference_high95"]].tolist() == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("family", [*Z])
def test_differences_of_shares_by_hand(family: int) -> None:
    """Newcombe's first example, 56 of 70 less 48 of 80: .2, and at 95% .0524 to .3339."""
    rows = pd.DataFrame({"share": [56 / 70], "n_effective": [70.0]})
    reference = pd.DataFrame({"share": [48 / 80], "n_effective": [80.0]})
    found = share_differences(rows, reference, family).iloc[0]
    z = Z[family]
    # Wilson's ends are the roots of (p − x)² = z²·x(1 − x)/n.
    low, high = np.sort(np.roots([1 + z**2 / 70, -(2 * 0.8 + z**2 / 70), 0.8**2]))
    other_low, other_high = np.sort(np.roots([1 + z**2 / 80, -(2 * 0.6 + z**2 / 80), 0.6**2]))
    ends = [0.2 - np.hypot(0.8 - low, other_high - 0.6), 0.2 + np.hypot(high - 0.8, 0.6 - other_low)]
    assert found[["difference_low95", "difference_high95"]].tolist() == pytest.approx(ends, abs=1e-6)
    if family == 1:
        assert ends == pytest.approx([0.0524, 0.3339], abs=0.00005)


def frame(**columns: list[float]) -> pd.DataFrame:
    """Differences with what their intervals are made of."""
    made = pd.DataFrame(columns, dtype="float64")
    return made.join(intervals(made["difference"], made["se"], made["df"]).add_prefix("difference_"))


def test_the_intervals_of_a_family_by_hand() -> None:
    made = frame(difference=[0.1, 0.1, -0.2], se=[0.02, 0.02, 0.05], df=[10, 10, 30])
    found = together(made, pd.Series([1, 5, 5]), prefix="difference_")
    # t of .025 and of .025/5 = .005 with 10 degrees of freedom, and of .005 with 30, from a table
    half = [2.228139 * 0.02, 3.169273 * 0.02, 2.749996 * 0.05]
    assert (found["difference_high95"] - found["difference"]).tolist() == pytest.approx(half, abs=1e-6)
    assert (found["difference"] - found["difference_low95"]).tolist() == pytest.approx(half, abs=1e-6)
    kept = ["difference", "se", "df", "difference_low66", "difference_high66"]
    pd.testing.assert_frame_equal(found[kept], made[kept])
    pd.testing.assert_series_equal(found.loc[0], made.loc[0])


@given(
    st.lists(st.tuples(st.floats(-1, 1), st.floats(0.001, 1), st.floats(0.5, 500)), min_size=1, max_size=8),
    st.integers(1, 400),
)
def test_p_is_under_5_percent_just_where_the_interval_leaves_out_zero(
    rows: list[tuple[float, float, float]], family: int
) -> None:
    apart, se, df = ([*column] for column in zip(*rows, strict=True))
    made = frame(difference=apart, se=se, df=df)
    size = pd.Series(family, made.index)
    found, p = together(made, size, prefix="difference_"), adjusted(p_values(made), size)
    for (_, row), told in zip(found.iterrows(), p, strict=True):
        half = stats.t.isf(0.025 / family, row["df"]) * row["se"]
        ends = row[["difference_low95", "difference_high95"]].tolist()
        assert ends == pytest.approx([row["difference"] - half, row["difference"] + half])
        if told != pytest.approx(0.05, abs=1e-9):
            assert shows_difference(*ends) == (told < 0.05)


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
