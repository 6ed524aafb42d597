import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.nonparametric import rank_compare_2indep

from data.engine import Source
from data.grouping import Grouping
from data.labels import COLUMN_LABELS
from data.summaries.comparison import compare
from data.summaries.effects import EFFECTS, effects
from data.summaries.offered import choices
from data.view import View
from data.vocabulary import SCORES
from tests.conftest import Open
from tests.data.recount import breaches, differs, people


@pytest.fixture(scope="module")
def three() -> pd.DataFrame:
    """Three groups of 40, 25 and 15 people with many ties, each person with a weight of one."""
    rng = np.random.default_rng(3)
    sex = np.repeat(["female", "male", "other"], [40, 25, 15])
    composite = (rng.beta(4, 4, 80) + 0.1 * (sex == "male")).clip(0, 1).round(1)
    return pd.DataFrame({"person": np.arange(80).astype(str), "wave": 1, "sex": sex, "composite": composite})


def of(frame: pd.DataFrame, sex: str) -> tuple[np.ndarray, np.ndarray]:
    mine = frame[frame["sex"] == sex]
    return mine["composite"].to_numpy(), mine.get("weight", pd.Series(1.0, mine.index)).to_numpy()


def test_effects_of_unweighted_people_are_those_of_scipy_and_statsmodels(opened: Open, three: pd.DataFrame) -> None:
    found = effects(opened(three), View(), Grouping("sex", ("female", "male", "other")), "female", ("composite",))
    reference, _ = of(three, "female")
    p = [stats.ttest_ind(of(three, sex)[0], reference, equal_var=False).pvalue for sex in ("male", "other")]
    for (_, row), wanted_p in zip(found.rows.iloc[1:].iterrows(), np.multiply(p, 8).clip(max=1), strict=True):
        x, _ = of(three, row["sex"])
        ranks = rank_compare_2indep(x, reference, use_t=True)
        low, high = ranks.conf_int(alpha=0.05 / 8)  # two groups, four scores
        wanted = {"superiority": ranks.prob1, "superiority_low95": low, "superiority_high95": high, "p": wanted_p}
        assert not differs(row, wanted)


def test_superiority_of_weighted_people_is_that_of_all_pairs(opened: Open, three: pd.DataFrame) -> None:
    weighted = three.assign(weight=np.random.default_rng(4).uniform(0.2, 5, len(three)))
    found = effects(opened(weighted), View(), Grouping("sex", ("female", "male")), "female", ("composite",)).rows.iloc[
        1
    ]
    (x, w), (y, v) = of(weighted, "male"), of(weighted, "female")
    won = sum(
        w[i] * v[j] * (1.0 if x[i] > y[j] else 0.5 if x[i] == y[j] else 0.0)
        for i in range(len(x))
        for j in range(len(y))
    )
    assert not differs(found, {"superiority": won / (w.sum() * v.sum())})


def test_effects_of_the_demo_cohort_are_those_of_its_rows(source: Source, raw: pd.DataFrame) -> None:
    corridors, reference = choices(source).corridors, "KEN-SOM"
    found = effects(source, View(), Grouping("corridor", corridors), reference)
    everyone = people(raw, View())
    scored = {
        (code, score): everyone.loc[everyone["corridor"] == code, score].dropna()
        for code in corridors
        for score in SCORES
    }
    exact = [len(scored[code, score]) for code, score in found.rows[["corridor", "score"]].to_numpy()]
    assert not breaches(found, exact, within=["score"])
    assert {*found.keys, "people", *found.values} <= {*COLUMN_LABELS}
    shown = found.shown[found.shown["corridor"] != reference]
    assert len(shown) > 30
    weight = everyone["weight"]
    for _, row in shown.iterrows():
        mine, theirs = (scored[code, row["score"]] for code in (row["corridor"], reference))
        won = np.sign(mine.round(3).to_numpy()[:, None] - theirs.round(3).to_numpy()) / 2 + 0.5
        by_person = won @ weight[theirs.index] / weight[theirs.index].sum()
        assert not differs(row, {"superiority": np.average(by_person, weights=weight[mine.index])})


def test_only_groups_that_may_be_seen_count_in_the_adjustment(source: Source) -> None:
    few = effects(source, View(), Grouping("host", ("PAK", "KEN")), "PAK", ("composite",))
    more = effects(source, View(), Grouping("host", ("PAK", "KEN", "NLD", "AUT")), "PAK", ("composite",))
    assert more.suppressed == 2
    assert few.rows["p"][1] == more.rows["p"][1] > 0


@pytest.mark.parametrize("reference", ["NLD", "AUT"])
def test_nothing_is_compared_with_a_masked_group(source: Source, reference: str) -> None:
    found = effects(source, View(), Grouping("host", ("PAK", "USA", "NLD", "AUT")), reference)
    assert (found.flags[[*EFFECTS]] == "c").all(axis=None)


def test_effects_and_comparison_count_the_same_people(source: Source) -> None:
    asked = (source, View(sex="female"), Grouping("band", ("obliged", "forced")), "obliged")
    pd.testing.assert_series_equal(effects(*asked).rows["people"], compare(*asked).rows["people"])
