import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from hypothesis import given
from hypothesis import strategies as st

from data.estimate import INTERVALS
from data.smooth import APART, LEAST, MOST, banded, basis, grid, knots, lines

COUNTS = st.dictionaries(st.integers(0, 300), st.integers(1, 50), min_size=1, max_size=40).map(
    lambda found: dict(sorted(found.items()))
)


def tables(frame: pd.DataFrame, block: str) -> tuple[list[int], np.ndarray, np.ndarray]:
    """Months, and Σw and Σwx of each block in each month, of interviews in rows."""
    frame = frame.assign(wx=frame["w"] * frame["x"])
    w, wx = (frame.pivot_table(index=block, columns="month", values=v, aggfunc="sum").fillna(0.0) for v in ("w", "wx"))
    return w.columns.tolist(), w.to_numpy(), wx.to_numpy()


def interviews(seed: int, people: int = 300) -> pd.DataFrame:
    """People interviewed three times at irregular months, on a wave of their own height: what is true is `truth`."""
    rng = np.random.default_rng(seed)
    person = np.repeat(np.arange(people), 3)
    month = rng.integers(1, 25, 3 * people)
    x = truth(month) + np.repeat(rng.normal(0, 0.12, people), 3) + rng.normal(0, 0.08, 3 * people)
    return pd.DataFrame({"person": person, "month": month, "w": 1.0, "x": x})


def truth(month: np.ndarray) -> np.ndarray:
    return 0.5 + 0.1 * np.sin(np.asarray(month) / 4)


@given(COUNTS)
def test_knots_are_months_in_order_and_apart_and_the_grid_is_even(n: dict[int, int]) -> None:
    at, told = knots([*n], [*n.values()]), grid([*n], [*n.values()])
    assert set(at) <= {*n}
    assert (np.diff(at) >= APART).all()
    assert at[0] == told[0]
    assert 1 <= len(told) <= MOST
    everyone = np.repeat([*n], [*n.values()])
    assert (everyone < told[0]).mean() <= 0.05
    assert (everyone > told[-1]).mean() <= 0.05 or told.step > 1


def test_nothing_has_no_knots_and_no_grid() -> None:
    assert (knots([], []), len(grid([], []))) == ((), 0)


def test_knots_stand_at_the_quantiles_of_interviews() -> None:
    assert knots([*range(101)], [1] * 101) == (5, 20, 35, 50, 65, 80, 95)
    assert knots([3, 4, 6, 12, 18, 24], [30, 5, 30, 30, 30, 30]) == (3, 6, 12, 18, 24)


def test_each_column_is_one_at_its_knot_and_straight_beyond_the_ends() -> None:
    at = (2, 6, 11, 18, 24)
    assert basis(at, at) == pytest.approx(np.eye(5), abs=1e-12)
    for beyond in ([-2, -1, 0, 1, 2], [24, 25, 26, 27]):
        assert np.diff(basis(beyond, at), n=2, axis=0) == pytest.approx(0, abs=1e-12)


def test_the_fit_to_sums_is_that_to_the_interviews() -> None:
    """Statsmodels and patsy on every row, with the same knots."""
    frame = interviews(1).assign(w=np.random.default_rng(2).uniform(0.2, 5, 900))
    at, told = (2, 6, 11, 18, 24), np.arange(1, 25)
    spline = "x ~ cr(month, knots=(6, 11, 18), lower_bound=2, upper_bound=24) - 1"
    fit = smf.wls(spline, frame, weights=frame["w"]).fit()
    months, w, wx = tables(frame, "person")
    found = lines(w.sum(axis=0), wx.sum(axis=0), months, at, told)
    assert found == pytest.approx(fit.predict(pd.DataFrame({"month": told})).to_numpy(), abs=1e-9)


def test_a_straight_truth_is_found_exactly() -> None:
    """A straight line is a natural spline: with no noise the line and its band lie on it."""
    months = [*range(1, 25)]
    w = np.random.default_rng(0).uniform(1, 2, (40, 24))
    found = banded(w, w * (0.2 + 0.01 * np.array(months)), months, (2, 8, 15, 23), months)
    for column in ("mean", *INTERVALS):
        assert found[column].to_numpy() == pytest.approx(0.2 + 0.01 * np.array(months), abs=1e-9)


def test_too_few_knots_give_no_line() -> None:
    found = banded(np.ones((30, 2)), np.ones((30, 2)), [3, 12], (3, 12), range(3, 13))
    assert len((3, 12)) < LEAST
    assert found["month"].tolist() == [*range(3, 13)]
    assert found[["mean", *INTERVALS]].isna().all(axis=None)


def test_the_band_holds_the_truth_as_often_as_it_says() -> None:
    """40 worlds of repeated interviews; a band that forgot who was interviewed again would be too narrow."""
    told, at = [4, 8, 12, 16, 20], (2, 6, 10, 13, 17, 20, 24)
    covered: dict[str, list[float]] = {"95": [], "66": [], "alone": []}
    for seed in range(40):
        frame = interviews(seed, 120).assign(row=np.arange(360))
        for block, name in (("person", ""), ("row", "alone")):
            months, w, wx = tables(frame, block)
            found = banded(w, wx, months, at, told)
            for level in ("95", "66") if not name else ("95",):
                inside = (found[f"low{level}"] <= truth(told)) & (truth(told) <= found[f"high{level}"])
                covered[name or level].append(inside.mean())
    shares = {name: np.mean(inside) for name, inside in covered.items()}
    assert 0.89 <= shares["95"] <= 0.99
    assert 0.55 <= shares["66"] <= 0.77
    assert shares["alone"] < shares["95"]
