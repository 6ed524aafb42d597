import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests

from data.disclosure import ALL_ROWS, Released, shown
from data.engine import Source
from data.labels import COLUMN_LABELS
from data.notes import Note, Said
from data.summaries.trend import trend
from data.view import View, sentence
from data.vocabulary import BANDS, SCORES
from tests.conftest import Open
from tests.data.recount import HALF_A_DIGIT, kish, people

STEPS = {band.value: step for step, band in enumerate(BANDS, 1)}


def used(everyone: pd.DataFrame, score: str) -> pd.DataFrame:
    """The people with a score in bands whose number of people may be seen, by the rule of release."""
    mine = everyone[everyone[score].notna() & everyone["band"].isin(STEPS)]
    n = mine["band"].value_counts().reindex([*STEPS], fill_value=0)
    return mine[mine["band"].isin(n.index[shown(n.reset_index(name="n"), [ALL_ROWS], "weights are near 1").to_numpy()])]


def robust(mine: pd.DataFrame, score: str) -> tuple[dict[str, float], float]:
    """The slope with its intervals, and p, by statsmodels from the people themselves."""
    x = sm.add_constant(mine["band"].map(STEPS).to_numpy(float))
    fit = sm.WLS(mine[score].to_numpy(), x, weights=mine["weight"].to_numpy()).fit(cov_type="HC0")
    slope, known = fit.params[1], kish(mine["weight"])
    se = fit.bse[1] * (known / (known - 2)) ** 0.5
    levels = {95: 1 - 0.05 / 4, 66: 0.66}  # four scores
    ends = {name: stats.t.interval(level, known - 2, slope, se) for name, level in levels.items()}
    found = {f"slope_{end}{name}": ends[name][place] for name in ends for place, end in enumerate(("low", "high"))}
    return {"slope": slope, **found}, 2 * stats.t.sf(abs(slope) / se, known - 2)


def agrees(found: Released, everyone: pd.DataFrame) -> None:
    wanted = {score: robust(used(everyone, score), score) for score in found.rows["score"]}
    adjusted = multipletests([p for _, p in wanted.values()], method="bonferroni")[1]
    assert len(adjusted) == 4
    for (_, row), (values, _), p in zip(found.rows.iterrows(), wanted.values(), adjusted, strict=True):
        for name, value in {**values, "p": p}.items():
            assert abs(row[name] - value) <= HALF_A_DIGIT, name
        mine = used(everyone, row["score"])
        assert row["people"] == 5 * round(len(mine) / 5)
        assert row["bands"] == mine["band"].nunique()


@pytest.mark.parametrize(
    "view",
    [
        View(),
        View(sex="female", months="0-6"),
        View(place="DEU-AFG"),
        View(band="not_compulsory"),
        View(place="DEU-IRQ"),  # with masked bands
    ],
)
def test_slopes_are_those_of_a_robust_regression_on_the_raw_rows(source: Source, raw: pd.DataFrame, view: View) -> None:
    found = trend(source, view)
    assert found.rows["slope"].notna().all()
    agrees(found, people(raw, view))
    assert found.context == source.context(sentence(view))
    assert Note(Said.SLOPE) in found.notes
    assert Note(Said.TOO_FEW_BANDS) not in found.notes


def test_two_cohorts_together(both: Source, raw_both: pd.DataFrame) -> None:
    agrees(trend(both, View()), people(raw_both, View()))


def frame(counts: dict[str, int], score: np.ndarray, **columns: object) -> pd.DataFrame:
    band = np.repeat([*counts], [*counts.values()])
    return pd.DataFrame(
        {"person": np.arange(len(band)).astype(str), "wave": 1, "band": band, "composite": score, **columns}
    )


def test_unweighted_the_slope_is_scipys_and_its_intervals_hc1_of_statsmodels(opened: Open) -> None:
    rng = np.random.default_rng(4)
    counts = {"solicited": 15, "voluntary": 40, "pressured": 30, "forced": 60}
    made = frame(counts, rng.beta(3, 3, 145))
    [row] = trend(opened(made), View(), ("composite",)).rows.itertuples()
    line = stats.linregress(made["band"].map(STEPS), made["composite"])
    assert abs(row.slope - line.slope) <= HALF_A_DIGIT
    fit = sm.OLS(made["composite"], sm.add_constant(made["band"].map(STEPS))).fit(cov_type="HC1", use_t=True)
    for level, alpha in ((95, 0.05 / 4), (66, 0.34)):
        ends = fit.conf_int(alpha).loc["band"]
        assert [getattr(row, f"slope_{end}{level}") for end in ("low", "high")] == pytest.approx(ends, abs=HALF_A_DIGIT)
    assert row.bands == 4


def test_a_straight_fall_is_steady(opened: Open) -> None:
    counts = dict.fromkeys(STEPS, 20)
    scores = np.concatenate([0.8 - 0.05 * step + np.tile([-0.1, 0.1], 10) for step in STEPS.values()])
    [row] = trend(opened(frame(counts, scores)), View(), ("composite",)).rows.itertuples()
    assert (row.slope, row.steady, row.bands) == (-0.05, 1, 6)
    assert row.slope_low95 < row.slope_low66 < row.slope < row.slope_high66 < row.slope_high95 < 0


def test_steps_against_the_slope_are_not_steady(opened: Open) -> None:
    """Means .7, .8, .5, .4: two of three steps fall."""
    scores = np.repeat([0.7, 0.8, 0.5, 0.4], 20) + np.tile([-0.1, 0.1], 40)
    made = frame(dict.fromkeys(["voluntary", "reluctant", "obliged", "forced"], 20), scores)
    assert trend(opened(made), View(), ("composite",)).rows["steady"].tolist() == [0.667]


def test_bands_that_may_not_be_seen_change_nothing(opened: Open) -> None:
    """Four people, and the band masked with them, are in no slope, whatever their scores."""
    counts = {"solicited": 4, "voluntary": 12, "reluctant": 30, "obliged": 40, "forced": 50}
    rng = np.random.default_rng(1)
    scores = rng.beta(3, 3, 136)
    others = np.concatenate([1 - scores[:16], scores[16:]])
    one, other = (trend(opened(frame(counts, of)), View(), ("composite",)) for of in (scores, others))
    assert one.rows.equals(other.rows)
    assert one.rows[["people", "bands"]].to_numpy().tolist() == [[120, 3]]


@pytest.mark.parametrize(
    ("counts", "mark"),
    [({"voluntary": 30, "forced": 30}, "x"), ({"unclassified": 90}, "c"), ({"voluntary": 30, "forced": 3}, "c")],
)
def test_fewer_than_three_bands_have_no_trend(opened: Open, counts: dict[str, int], mark: str) -> None:
    found = trend(opened(frame(counts, np.linspace(0, 1, sum(counts.values())))), View(), ("composite",))
    assert found.rows["slope"].isna().all()
    assert found.flags["slope"].tolist() == [mark]
    assert Note(Said.TOO_FEW_BANDS) in found.notes


def test_scores_without_spread_have_a_slope_of_zero_and_no_p(opened: Open) -> None:
    made = frame(dict.fromkeys(["voluntary", "obliged", "forced"], 20), np.full(60, 0.5))
    found = trend(opened(made), View(), ("composite",))
    assert found.rows["slope"].tolist() == [0]
    assert found.flags["p"].tolist() == ["x"]


def test_every_column_has_its_words(source: Source) -> None:
    found = trend(source, View(), SCORES)
    assert {*found.keys, "people", *found.values} <= {*COLUMN_LABELS}
    assert found.rows["score"].tolist() == [*SCORES]
