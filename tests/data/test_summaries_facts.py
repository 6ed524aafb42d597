"""Facts that headlines tell: shares of several rows, and the groups furthest apart."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from data.disclosure import Fact, Released
from data.engine import Source
from data.grouping import Grouping
from data.summaries.attrition import retention
from data.summaries.composition import COMPULSION, compose
from data.summaries.distributions import spread
from data.summaries.facts import APART, apart, furthest, means_apart, shared
from data.summaries.paths import setbacks
from data.view import View
from data.vocabulary import BANDS, SCORES, ReturnBand
from tests.components import made
from tests.data.recount import people

ALL_BANDS = tuple(band.value for band in ReturnBand)


def groups(**shares: tuple[float, float]) -> pd.DataFrame:
    rows = [(name, share, n) for name, (share, n) in shares.items()]
    return pd.DataFrame(rows, columns=["group", "share", "n_effective"])


def test_overlapping_intervals_may_show_a_difference() -> None:
    """Of 1,000 people each, 50% and 55.8% are 2.6 standard errors apart, though their own intervals overlap."""
    rows = groups(a=(0.5, 1000.0), b=(0.558, 1000.0))
    (_, high), (low, _) = (proportion_confint(1000 * share, 1000, method="wilson") for share in (0.5, 0.558))
    assert low < high
    [fact] = furthest(rows, "group")
    ends = confint_proportions_2indep(558, 1000, 500, 1000, method="newcomb", compare="diff")
    assert (fact.value, fact.low, fact.high) == pytest.approx((0.058, *ends), abs=5e-4)
    assert fact.between == ("a", "b")
    assert fact.low > 0


def test_the_pair_is_chosen_after_a_look_at_all_so_all_pairs_are_accounted_for() -> None:
    rows = groups(a=(0.5, 1000.0), c=(0.52, 1000.0), b=(0.558, 1000.0), d=(0.53, 1000.0))
    [fact] = furthest(rows, "group", looks=4)
    alpha = 0.05 / (6 * 4)
    ends = confint_proportions_2indep(558, 1000, 500, 1000, method="newcomb", compare="diff", alpha=alpha)
    assert (fact.low, fact.high) == pytest.approx(ends, abs=5e-4)
    assert fact.low < 0 < fact.high


def test_in_groups_that_are_alike_one_in_twenty_claims_at_most() -> None:
    """The highest and lowest of eight groups of one and the same share, in 400 draws."""
    drawn = np.random.default_rng(4).binomial(200, 0.4, (400, 8)) / 200
    names = [*"abcdefgh"]
    found = [
        furthest(pd.DataFrame({"group": names, "share": shares, "n_effective": 200.0}), "group")[0] for shares in drawn
    ]
    spread_out = drawn.max(axis=1) - drawn.min(axis=1)
    unadjusted = spread_out / np.sqrt(2 * 0.4 * 0.6 / 200) > stats.norm.isf(0.025)
    assert unadjusted.mean() > 0.3
    assert np.mean([fact.low > 0 for fact in found]) <= 0.05


@pytest.mark.parametrize("rows", [groups(), groups(a=(0.4, 100.0))])
def test_fewer_than_two_groups_are_not_apart(rows: pd.DataFrame) -> None:
    assert furthest(rows, "group") == ()


def test_what_is_masked_is_no_fact() -> None:
    released = made.shared({"female": (100, 0.4), "male": (100, 0.6), "other": (12, 0.02)})
    raw = pd.DataFrame(
        {"sex": ["female", "male", "other"], "share": [0.4, 0.6, 0.02], "n_effective": [100.0, 100.0, 12]}
    )
    [fact] = apart(released, raw, "sex")
    assert fact.between == ("female", "male")


def test_a_share_of_several_rows_has_wilsons_interval() -> None:
    fact = shared("code", 0.41, 500.0, "group")
    ends = proportion_confint(205, 500, method="wilson")
    assert fact == Fact("code", 0.41, round(ends[0], 3), round(ends[1], 3), "group")


def facts_of(released: Released, code: str) -> dict[str, Fact]:
    return {fact.of: fact for fact in released.facts if fact.code == code}


def test_compulsory_shares_of_the_demo_are_those_of_its_raw_rows(source: Source, raw: pd.DataFrame) -> None:
    everyone, corridors = people(raw, View()), ("PAK-AFG", "USA-SLV", "LBY-NGA", "DEU-AFG")
    found = compose(source, View(), Grouping("corridor", corridors), Grouping("band", ALL_BANDS))
    told = facts_of(found, COMPULSION)
    for corridor in told:
        mine = everyone[everyone["corridor"] == corridor]
        w = mine["weight"].to_numpy()
        part = w[mine["band"].isin(["obliged", "forced"])].sum() / w.sum()
        n = w.sum() ** 2 / (w**2).sum()
        ends = proportion_confint(part * n, n, method="wilson")
        assert (told[corridor].value, told[corridor].low, told[corridor].high) == pytest.approx((part, *ends), abs=6e-4)
    assert len(told) >= 2
    [furthest_apart] = facts_of(found, APART).values()
    ranked = sorted(told.values(), key=lambda fact: fact.value)
    assert furthest_apart.between == (ranked[0].of, ranked[-1].of)


def test_only_bands_with_both_sides_have_a_compulsory_share(source: Source) -> None:
    assert compose(source, View(), Grouping("sex", ("female",)), Grouping("band", ("obliged", "forced"))).facts == ()
    assert compose(source, View(), Grouping("corridor", ("PAK-AFG",)), Grouping("sex", ("female", "male"))).facts == ()
    assert facts_of(compose(source, View(), Grouping("sex", ("female",)), Grouping("band", tuple(BANDS))), COMPULSION)


def test_figures_of_shares_tell_the_groups_furthest_apart(source: Source) -> None:
    sexes, waves = ("female", "male"), (1, 2, 3)
    spreads = spread(source, View(), Grouping("sex", sexes), SCORES)
    assert {*facts_of(spreads, APART)} == {*SCORES}
    assert spread(source, View(), Grouping("wave", waves), SCORES).facts == ()  # the same people are in several waves
    for found in (
        retention(source, View(), Grouping("sex", sexes), waves),
        setbacks(source, View(), waves, Grouping("sex", sexes)),
    ):
        [fact] = found.facts
        assert {*fact.between} == {*sexes}
        assert fact.low <= fact.value <= fact.high


def test_the_means_furthest_apart_have_an_interval_for_every_pair_of_every_score() -> None:
    """Welch's, of three pairs on four scores: t at 1 − .05/24 of each side, worked by SciPy."""
    released = made.compared({"DEU-AFG": (60, 0.50), "PAK-AFG": (60, 0.62), "DEU-IRQ": (60, 0.47)})
    estimates = released.rows[["corridor", "score"]].assign(mean=[0.50, 0.62, 0.47], se=0.013, df=59.0)
    [fact] = means_apart(released, estimates, "corridor", "composite", len(SCORES))
    half = stats.t.isf(0.025 / 12, 118) * np.hypot(0.013, 0.013)
    assert (fact.value, fact.low, fact.high) == pytest.approx((0.15, 0.15 - half, 0.15 + half), abs=6e-4)
    assert (fact.of, fact.between) == ("composite", ("DEU-IRQ", "PAK-AFG"))
    few = made.compared({"DEU-AFG": (60, 0.50), "PAK-AFG": (9, 0.9)})
    assert means_apart(few, estimates.head(2), "corridor", "composite") == ()  # nine people are not told of
