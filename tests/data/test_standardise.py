import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from scipy import stats

from data.standardise import adjusted, observed, standardised
from tests.data.recount import kish

KINDS = ["band", "sex"]


def sums(rows: pd.DataFrame) -> pd.DataFrame:
    x, w = rows["x"], rows["w"]
    terms = {"n": 1, "ww": w**2, "wx": w * x, "wxx": w * x**2, "wwx": w**2 * x, "wwxx": w**2 * x**2}
    return rows.assign(**terms).groupby(["group", *KINDS], as_index=False)[["n", "w", *[*terms][1:]]].sum()


def split(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    cells = sums(rows)
    return cells[cells["group"] != "base"], cells[cells["group"] == "base"]


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    """300 people in two groups and a base whose mix of kinds differs, with design weights."""
    rng = np.random.default_rng(6)
    group = rng.choice(["left", "right", "base"], 300, p=[0.3, 0.2, 0.5])
    forced = rng.random(300) < np.where(group == "base", 0.3, 0.6)
    sex = rng.choice(["female", "male", "not known"], 300, p=[0.5, 0.45, 0.05])
    x = (0.5 - 0.1 * forced + 0.05 * (sex == "male") + 0.04 * (group == "left") + rng.normal(0, 0.1, 300)).clip(0, 1)
    band = np.where(forced, "forced", "voluntary")
    return pd.DataFrame({"group": group, "band": band, "sex": sex, "x": x, "w": rng.uniform(0.3, 4, 300)})


def test_the_observed_difference_is_welchs(rows: pd.DataFrame) -> None:
    found = observed(*split(rows.assign(w=1.0)), "group")
    base = rows.loc[rows["group"] == "base", "x"]
    for group in ("left", "right"):
        welch = stats.ttest_ind(rows.loc[rows["group"] == group, "x"], base, equal_var=False)
        interval = welch.confidence_interval(0.95)
        ends = found.loc[group, ["difference_low95", "difference_high95"]]
        assert ends.tolist() == pytest.approx([interval.low, interval.high])


def test_standardisation_by_hand() -> None:
    group = pd.DataFrame(
        {
            "group": ["left"] * 7,
            "band": ["forced"] * 4 + ["obliged"] * 2 + ["pressured"],
            "sex": "male",
            "x": [0.5, 0.7, 0.5, 0.7, 0.3, 0.5, 0.9],
            "w": 1.0,
        }
    )
    base = pd.DataFrame(
        {
            "group": ["base"] * 8,
            "band": ["forced"] * 2 + ["obliged"] * 4 + ["voluntary"] * 2,
            "sex": "male",
            "x": [0.4, 0.6, 0.4, 0.5, 0.4, 0.5, 0.9, 0.8],
            "w": 1.0,
        }
    )
    found = standardised(sums(group), sums(base), "group", KINDS).loc["left"]
    # forced .6 − .5 and obliged .4 − .45, each half of the mix (6 of 12); pressured and voluntary are on one side only
    assert found["difference"] == pytest.approx(0.5 * 0.1 - 0.5 * 0.05)
    # s²/n: forced .04/3/4 and .02/2; obliged .02/2 and .01/3/4; each by (1/2)²
    assert found["se"] == pytest.approx(0.5 * (0.04 / 12 + 0.01 + 0.01 + 0.01 / 12) ** 0.5)
    parts = [(0.04 / 12, 3), (0.01, 1), (0.01, 1), (0.01 / 12, 3)]
    assert found["df"] == pytest.approx(sum(v for v, _ in parts) ** 2 / sum(v**2 / df for v, df in parts))
    assert found[["everyone", "left_out", "used"]].tolist() == [15, 3, 6]


def test_weighted_standardisation_is_that_of_the_rows(rows: pd.DataFrame) -> None:
    found = standardised(*split(rows), "group", KINDS)
    for group in ("left", "right"):
        both = rows[rows["group"].isin([group, "base"])]
        kinds = [kind for _, kind in both.groupby(KINDS) if (kind["group"].value_counts() >= 2).sum() == 2]
        whole = sum(kind["w"].sum() for kind in kinds)
        difference = variance = 0.0
        for kind in kinds:
            share = kind["w"].sum() / whole
            for sign, side in ((1, kind[kind["group"] == group]), (-1, kind[kind["group"] == "base"])):
                mean = np.average(side["x"], weights=side["w"])
                scatter = ((side["w"] * (side["x"] - mean) / side["w"].sum()) ** 2).sum()
                spread = scatter * kish(side["w"]) / (kish(side["w"]) - 1)
                difference, variance = difference + sign * share * mean, variance + share**2 * spread
        assert found.loc[group, "difference"] == pytest.approx(difference)
        assert found.loc[group, "se"] == pytest.approx(variance**0.5)
        assert found.loc[group, "left_out"] == len(both) - sum(map(len, kinds))


def test_the_same_mix_on_both_sides_changes_nothing(rows: pd.DataFrame) -> None:
    base = rows[rows["sex"] != "not known"].assign(group="base", w=1.0)
    both = pd.concat([base, base.assign(group="left", x=base["x"] + 0.1)])
    found = standardised(*split(both), "group", KINDS).loc["left"]
    assert found["difference"] == pytest.approx(0.1)
    assert found["left_out"] == 0


def test_groups_without_a_kind_in_common_have_no_figure() -> None:
    cells = sums(
        pd.DataFrame({"group": list("llbb"), "band": list("ffvv"), "sex": "m", "x": [0.1, 0.2, 0.3, 0.4], "w": 1})
    )
    mine, base = cells[cells["group"] == "l"], cells[cells["group"] == "b"]
    found = standardised(mine, base, "group", KINDS).iloc[0]
    assert pd.isna(found["difference"])
    assert found[["everyone", "left_out", "used"]].tolist() == [4, 4, 0]
    assert pd.isna(adjusted(mine, base, "group", KINDS).iloc[0]["difference"])


def test_regression_on_cells_is_statsmodels_on_rows_and_clustered_by_person(rows: pd.DataFrame) -> None:
    found = adjusted(*split(rows), "group", KINDS)
    for group in ("left", "right"):
        both = rows[rows["group"].isin([group, "base"])].reset_index(drop=True)
        model = smf.wls("x ~ I(group != 'base') + C(band) + C(sex)", both, weights=both["w"])
        name = "I(group != 'base')[T.True]"
        robust = model.fit(cov_type="HC0")
        by_person = {"groups": np.arange(len(both)), "use_correction": False}
        clustered = model.fit(cov_type="cluster", cov_kwds=by_person)
        people, coefficients = kish(both["w"]), len(robust.params)
        factor = (people / (people - coefficients)) ** 0.5
        assert found.loc[group, "difference"] == pytest.approx(robust.params[name], rel=1e-9)
        assert found.loc[group, "se"] == pytest.approx(robust.bse[name] * factor, rel=1e-9)
        assert found.loc[group, "se"] == pytest.approx(clustered.bse[name] * factor, rel=1e-9)
        assert found.loc[group, "df"] == pytest.approx(people - coefficients)
        ends = found.loc[group, ["difference_low95", "difference_high95"]]
        wanted = stats.t.interval(0.95, people - coefficients, robust.params[name], robust.bse[name] * factor)
        assert ends.tolist() == pytest.approx(wanted, rel=1e-9)


def test_regression_of_people_who_weigh_the_same_is_hc1_of_statsmodels(rows: pd.DataFrame) -> None:
    found = adjusted(*split(rows.assign(w=1.0)), "group", KINDS).loc["left"]
    both = rows[rows["group"] != "right"]
    fit = smf.ols("x ~ I(group != 'base') + C(band) + C(sex)", both).fit(cov_type="HC1", use_t=True)
    name = "I(group != 'base')[T.True]"
    assert [found["se"], found["df"]] == pytest.approx([fit.bse[name], fit.df_resid], rel=1e-9)


def test_no_more_people_than_coefficients_give_no_regression() -> None:
    people = pd.DataFrame(
        {"group": ["left", "base", "left"], "band": list("aab"), "sex": "m", "x": [0.1, 0.2, 0.4], "w": 1}
    )
    assert pd.isna(adjusted(*split(people), "group", KINDS).loc["left", "se"])


def test_no_groups_give_no_rows(rows: pd.DataFrame) -> None:
    _, base = split(rows)
    for found in (
        observed(base[:0], base, "group"),
        standardised(base[:0], base, "group", KINDS),
        adjusted(base[:0], base, "group", KINDS),
    ):
        assert len(found) == 0
