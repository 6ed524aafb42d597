import hashlib
from collections.abc import Iterable

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from data.cohort import Cohort
from data.demo import demo_cohort, second_cohort
from data.instrument import elements
from data.scoring import DOCUMENTED, all_zero, score
from data.vocabulary import BANDS, DIMENSIONS, POINTS, SCORES

CORRIDOR = ["host", "country_of_return"]
WOMEN_LACK = ["p06", "p07", "p10", "p14", "p15", "p16", "p18", "p24"]
BASES = {
    "country_of_return": "NGA",
    "band": "obliged",  # the nearest band: forced must stand lower even than these
    "sex": "male",
    "assistance": "none",
    "assistance_level": "individual",
    "assistance_route": "direct",
}


@pytest.fixture(scope="module")
def cohort() -> Cohort:
    return demo_cohort()


@pytest.fixture(scope="module")
def returnees(cohort: Cohort) -> pd.DataFrame:
    return cohort.frame[cohort.frame["respondent"] == "returnee"]


@pytest.fixture(scope="module")
def first(returnees: pd.DataFrame) -> pd.DataFrame:
    return returnees[returnees["wave"] == 1]


def design(frame: pd.DataFrame, without: Iterable[str] = ()) -> pd.DataFrame:
    """Indicator columns such as band=forced, each against the base of its column."""
    parts = [
        pd.get_dummies(frame[name].fillna(base), prefix=name, prefix_sep="=", dtype=float).drop(
            columns=f"{name}={base}"
        )
        for name, base in BASES.items()
        if name not in without
    ]
    return sm.add_constant(pd.concat(parts, axis=1))


def fit(frame: pd.DataFrame, outcome: str, without: Iterable[str] = ()) -> sm.regression.linear_model.RegressionResults:
    known = frame.dropna(subset=outcome)
    return sm.OLS(known[outcome], design(known, without)).fit()


def digest(cohort: Cohort) -> str:
    text = cohort.frame.to_csv(index=False, float_format="%.6f", date_format="%Y-%m-%d", lineterminator="\n")
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def test_the_same_people_on_every_machine(cohort: Cohort) -> None:
    assert digest(cohort) == "2b1bc53482b3e2e2", "the demo cohort has changed: pin the new digest if that was meant"
    assert digest(second_cohort()) == "330421651bd9e8c4", (
        "the second cohort has changed: pin the new digest if that was meant"
    )


def test_another_seed_draws_others(cohort: Cohort) -> None:
    assert not demo_cohort(seed=3).frame[list(SCORES)].equals(cohort.frame[list(SCORES)])


def test_it_says_that_it_is_synthetic(cohort: Cohort) -> None:
    for made in (cohort, second_cohort()):
        assert made.synthetic
        assert "synthetic" in made.name
        assert "no real person" in made.source


def test_every_column_holds_something(cohort: Cohort) -> None:
    empty = [name for name in cohort.frame if cohort.frame[name].isna().all()]
    assert empty == []


def test_corridors_are_of_very_unequal_size(first: pd.DataFrame) -> None:
    sizes = first.groupby(CORRIDOR)["person"].nunique().sort_values()
    assert len(sizes) == 12
    assert list(sizes.iloc[:2]) == [6, 9]  # both under the floor of 10 people
    assert sizes.iloc[-1] == 2000
    assert 5500 <= sizes.sum() <= 6500


def test_six_bands_and_some_unclassified(first: pd.DataFrame) -> None:
    counts = first["band"].value_counts()
    assert set(counts.index) == {*BANDS, "unclassified"}
    assert counts.min() >= 100


def test_person_and_wave_name_one_interview(cohort: Cohort) -> None:
    assert not cohort.frame.duplicated(["person", "wave"]).any()
    steady = [*CORRIDOR, "area", "label", "band", "perceived_choice", "sex", "age_group", "assistance", "weight"]
    assert (cohort.frame.groupby("person")[[*steady, "return_date"]].nunique(dropna=False) == 1).all(axis=None)


def test_dates_months_and_waves_agree(returnees: pd.DataFrame) -> None:
    between = (returnees["interview_date"] - returnees["return_date"]).dt.days / 30.4375
    assert (between - returnees["months"]).abs().max() < 0.01
    planned = returnees["wave"].map({1: 3, 2: 6, 3: 12, 4: 18, 5: 24}).astype(float)
    assert 0.3 < (returnees["months"] - planned).abs().max() < 0.85
    assert (returnees["return_year"] == returnees["return_date"].dt.year).all()
    assert returnees["return_date"].min() >= pd.Timestamp("2019-01-01")
    assert returnees["interview_date"].max() <= pd.Timestamp("2025-12-31")


def test_points_stand_on_the_steps_of_their_element(cohort: Cohort) -> None:
    for element in elements():
        assert set(cohort.frame[element.column].dropna()) == {points for _, points in element.answers}


def test_scores_are_those_of_the_documented_profile(cohort: Cohort) -> None:
    assert set(cohort.frame["profile"]) == {"documented"}
    again = score(cohort.frame[list(POINTS)], DOCUMENTED)
    np.testing.assert_allclose(cohort.frame[list(SCORES)], again, atol=6e-7)
    assert all_zero(cohort.frame) == 0


def test_scores_spread_as_scores_do(cohort: Cohort) -> None:
    composite = cohort.frame["composite"]
    assert 0.5 < composite.mean() < 0.6
    assert 0.13 < composite.std() < 0.17
    assert composite.quantile(0.005) < 0.2
    assert composite.quantile(0.995) > 0.88


def test_some_answers_are_missing_and_stay_so(cohort: Cohort) -> None:
    missing = cohort.frame[list(POINTS)].isna().mean()
    assert missing.between(0.005, 0.25).all()
    assert missing["p13"] > 5 * missing["p01"]
    unscored = cohort.frame[list(SCORES)].isna().mean()
    assert unscored.between(0.002, 0.06).all()


def test_label_band_and_perceived_choice_are_three_things(first: pd.DataFrame) -> None:
    forced = first[first["band"] == "forced"]
    assert (forced["perceived_choice"] != "none").mean() == pytest.approx(1 / 6, abs=0.03)
    independent = first[first["label"].isin(["Self-organised", "Spontaneous return"])]
    assert (independent["perceived_choice"] == "none").mean() > 0.05
    called_voluntary = first[first["label"].str.startswith("Assisted voluntary", na=False)]
    assert called_voluntary["band"].mode().item() == "obliged"
    assert (called_voluntary["band"] == "forced").any()
    assert first["label"].isna().any()


@pytest.mark.parametrize("outcome", ["composite", *DIMENSIONS])
def test_country_matters_most(first: pd.DataFrame, outcome: str) -> None:
    full = fit(first, outcome).rsquared
    lost = {name: full - fit(first, outcome, without=[name]).rsquared for name in BASES}
    assert max(lost, key=lost.__getitem__) == "country_of_return"


@pytest.mark.parametrize(
    ("outcome", "term", "sign"),
    [
        ("economic", "band=forced", -1),
        ("psychosocial", "band=forced", -1),
        ("social", "sex=female", -1),
        *(
            (dimension, f"assistance={kind}", 1)
            for dimension in DIMENSIONS
            for kind in ("cash", "business", "training")
        ),
        *((score_, "assistance_level=community", -1) for score_ in SCORES),
        ("economic", "assistance_route=referral", -1),
        ("social", "assistance_route=referral", -1),
    ],
)
def test_directions_of_the_texts(first: pd.DataFrame, outcome: str, term: str, sign: int) -> None:
    model = fit(first, outcome)
    assert sign * model.params[term] > 0.02
    assert model.pvalues[term] < 0.001


@pytest.mark.parametrize("column", WOMEN_LACK)
def test_women_report_less_access_and_safety(first: pd.DataFrame, column: str) -> None:
    model = fit(first, column)
    assert model.params["sex=female"] < -0.05
    assert model.pvalues["sex=female"] < 0.001


def test_debt_weighs_on_psychosocial_standing_more_than_other_hardship_does(first: pd.DataFrame) -> None:
    known = first.dropna(subset=["p02", "p05", "psychosocial"])
    model = sm.OLS(known["psychosocial"], design(known).assign(food=known["p02"], debt=known["p05"])).fit()
    more = model.t_test("debt - food = 0")
    assert more.effect.item() > 0
    assert more.pvalue.item() < 0.001


@pytest.mark.parametrize("name", SCORES)
@pytest.mark.parametrize("everyone", [True, False], ids=["all found", "found at all five waves"])
def test_the_mean_path_is_a_w(returnees: pd.DataFrame, name: str, everyone: bool) -> None:
    waves = returnees.groupby("person")["wave"].transform("max")
    means = (returnees if everyone else returnees[waves == 5]).groupby("wave")[name].mean()
    assert list(np.sign(np.diff(means))) == [-1, 1, -1, 1]
    assert np.abs(np.diff(means)).min() > 0.03


@pytest.mark.parametrize("wave", [1, 2, 3, 4])
def test_those_lost_stood_lower(returnees: pd.DataFrame, wave: int) -> None:
    now = returnees[returnees["wave"] == wave].dropna(subset="composite")
    found = now["person"].isin(returnees.loc[returnees["wave"] == wave + 1, "person"])
    assert 0.05 < (~found).mean() < 0.25
    test = stats.ttest_ind(now.loc[found, "composite"], now.loc[~found, "composite"], equal_var=False)
    assert test.statistic > 0
    assert test.pvalue < 1e-6


def test_leaving_again_is_by_choice_or_necessity_and_lasts(returnees: pd.DataFrame) -> None:
    assert set(returnees["remigration"]) == {"no", "choice", "necessity"}
    assert (returnees.loc[returnees["wave"] == 1, "remigration"] == "no").all()
    gone = (returnees["remigration"] != "no").astype(int)
    assert (gone.groupby(returnees["person"]).diff().dropna() >= 0).all()
    wish = {reason: part["p30"].dropna() for reason, part in returnees.groupby("remigration")}
    assert stats.ttest_ind(wish["necessity"], wish["no"], alternative="less").pvalue < 1e-6
    assert stats.ttest_ind(wish["choice"], wish["no"], alternative="greater").pvalue < 1e-3


def test_community_members_stand_beside_returnees_of_their_corridor(cohort: Cohort, first: pd.DataFrame) -> None:
    community = cohort.frame[cohort.frame["respondent"] == "community"]
    assert len(community.groupby(CORRIDOR)) == 3
    assert set(community["wave"]) == {1}
    assert set(community["band"]) == {"unclassified"}
    assert community[["months", "return_date", "label", "assistance", "remigration"]].isna().all(axis=None)
    assert set(community["person"]).isdisjoint(first["person"])
    beside = first.merge(community[CORRIDOR].drop_duplicates()).groupby(CORRIDOR)["composite"].mean()
    assert (community.groupby(CORRIDOR)["composite"].mean() > beside).all()


def test_assistance_reaches_some_and_is_described_for_those(first: pd.DataFrame) -> None:
    none = first["assistance"] == "none"
    assert 0.35 < none.mean() < 0.6
    described = ["assistance_level", "assistance_route", "assistance_provider", "assistance_months"]
    assert first.loc[none, [*described, "assistance_value"]].isna().all(axis=None)
    assert first.loc[~none, described].notna().all(axis=None)
    assert (first["assistance_value"].dropna() > 0).all()


def test_children_are_flagged(cohort: Cohort) -> None:
    assert (cohort.frame["child"] == (cohort.frame["age_group"] == "0-17")).all()
    assert 0.02 < cohort.frame["child"].mean() < 0.08


def test_design_weights_are_mildly_unequal(first: pd.DataFrame) -> None:
    assert first["weight"].mean() == pytest.approx(1, abs=0.02)
    assert 0.1 < first["weight"].std() < 0.3


def test_second_cohort_is_a_later_programme_with_a_higher_economic_start(first: pd.DataFrame) -> None:
    later = second_cohort().frame
    assert later["person"].nunique() == 900
    assert later["person"].str.startswith("T").all()
    assert set(later["wave"]) == {1, 2, 3}
    shared = later[CORRIDOR].drop_duplicates().merge(first[CORRIDOR].drop_duplicates())
    assert len(shared) == len(later[CORRIDOR].drop_duplicates()) == 4
    assert later["return_date"].min() > first["return_date"].min() + pd.Timedelta(days=365)
    both = pd.concat([first.merge(shared).assign(later=0.0), later[later["wave"] == 1].assign(later=1.0)])
    country = pd.get_dummies(both["country_of_return"], dtype=float)
    known = both["economic"].notna()
    model = sm.OLS(both["economic"][known], country.assign(later=both["later"])[known]).fit()
    assert model.params["later"] > 0.05
    assert model.pvalues["later"] < 0.001
