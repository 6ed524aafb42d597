import numpy as np
import pandas as pd
import pytest
from scipy import stats

from data.disclosure import Released
from data.engine import Source
from data.estimate import DIFFERENCE
from data.grouping import Grouping
from data.labels import COLUMN_LABELS
from data.summaries.offered import choices
from data.summaries.quantiles import BOX, DECILES, DOTS, quantile_differences, quantiles
from data.view import View, sentence
from data.vocabulary import CATEGORIES, SCORES, ReturnBand
from tests.conftest import Open
from tests.data.recount import breaches, differs, families, people

AT = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
Z = 1.959963984540054
CASES = [
    (View(), "corridor", None),
    (View(line=0.65), "band", tuple(ReturnBand)),
    (View(band="forced", sex="female", months="0-6"), "age_group", tuple(CATEGORIES["age_group"])),
    (View(age="0-17"), "sex", tuple(CATEGORIES["sex"])),
]


def at(x: np.ndarray, w: np.ndarray, q: float) -> float:
    """The first score of the ordered row with at least the share q of the weight up to it."""
    order = np.argsort(x, kind="stable")
    return float(x[order][np.argmax(np.cumsum(w[order]) / w.sum() >= q - 1e-9)])


def known(everyone: pd.DataFrame, by: str, group: object, score: str) -> tuple[np.ndarray, np.ndarray]:
    mine = everyone[(everyone[by] == group) & everyone[score].notna()]
    return mine[score].to_numpy(), mine["weight"].to_numpy()


def outer(w: np.ndarray, q: float) -> tuple[float, float]:
    half = Z * np.sqrt(q * (1 - q) * (w**2).sum()) / w.sum()
    return q - half, q + half


def difference(
    one: tuple[np.ndarray, np.ndarray], other: tuple[np.ndarray, np.ndarray], q: float, family: int
) -> dict[str, float]:
    """The wanted values at a decile, or {} where a bound may not be seen."""
    variance = 0.0
    for x, w in (one, other):
        low, high = outer(w, q) if len(x) else (0.0, 1.0)
        if len(x) * min(low, 1 - high) < 10 - 1e-9:
            return {}
        variance += ((at(x, w, high) - at(x, w, low)) / (2 * Z)) ** 2
    apart = at(*one, q) - at(*other, q)
    if not variance:
        return {"difference": apart}
    levels = {95: 1 - 0.05 / family, 66: 0.66}
    ends = {name: stats.norm.interval(level, apart, np.sqrt(variance)) for name, level in levels.items()}
    sides = {f"difference_{end}{level}": ends[level][n] for level in ends for n, end in enumerate(("low", "high"))}
    return {"difference": apart, **sides}


def groups_of(source: Source, groups: tuple[str, ...] | None) -> tuple[str, ...]:
    return groups or choices(source).corridors


def frame(scores: list[float], **columns: object) -> pd.DataFrame:
    names = [f"p{place}" for place in range(len(scores))]
    return pd.DataFrame({"person": names, "wave": 1, "composite": scores, **columns})


@pytest.mark.parametrize(("view", "by", "groups"), CASES)
def test_quantiles_are_those_of_the_raw_rows_and_give_nobody_away(
    source: Source, raw: pd.DataFrame, view: View, by: str, groups: tuple[str, ...] | None
) -> None:
    groups, everyone = groups_of(source, groups), people(raw, view)[[by, "weight", *SCORES]]
    found = quantiles(source, view, Grouping(by, groups), SCORES, AT)
    keys = [[group, score, q] for group in groups for score in SCORES for q in AT]
    assert found.rows[[by, "score", "q"]].to_numpy().tolist() == keys
    exact = [len(known(everyone, by, group, score)[0]) for group, score, _ in keys]
    assert not breaches(found, exact, within=["score", "q"])
    for (place, row), n in zip(found.rows.iterrows(), exact, strict=True):
        q = row["q"]
        may = found.flags.loc[place, "people"] == "" and n * min(q, 1 - q) >= 10 - 1e-9
        assert (found.flags.loc[place, "quantile"] == "") == may
        assert not may or not differs(row, {"quantile": at(*known(everyone, by, row[by], row["score"]), q)})


@pytest.mark.parametrize(("view", "by", "groups"), CASES)
def test_differences_are_those_of_the_raw_rows_and_give_nobody_away(
    source: Source, raw: pd.DataFrame, view: View, by: str, groups: tuple[str, ...] | None
) -> None:
    groups, everyone = groups_of(source, groups), people(raw, view)[[by, "weight", *SCORES]]
    scores, reference = ("composite", "economic"), groups[1]
    found = quantile_differences(source, view, Grouping(by, groups), reference, scores)
    keys = [[group, score, q] for group in groups for score in scores for q in DECILES]
    assert found.rows[[by, "score", "q"]].to_numpy().tolist() == keys
    assert not breaches(
        found, [len(known(everyone, by, group, score)[0]) for group, score, _ in keys], within=["score", "q"]
    )
    hidden = found.flags["people"] == "c"
    family = families(found)
    base_hidden = hidden[found.rows[by] == reference].any()
    for place, row in found.rows[~hidden].iterrows():
        marks = found.flags.loc[place, [*DIFFERENCE]]
        if row[by] == reference:
            assert {*marks} == {"z"}
            continue
        one, base = (known(everyone, by, group, row["score"]) for group in (row[by], reference))
        wanted = {} if base_hidden else difference(one, base, row["q"], family[place])
        assert not differs(row, wanted)
        assert {*marks.index[marks == ""]} == {*wanted}


def test_some_differences_are_shown_and_some_are_masked(source: Source) -> None:
    found = quantile_differences(source, View(), Grouping("sex", ("male", "female", "other")), "male", ("composite",))
    shown = found.flags["difference"] == ""
    assert shown[found.rows["sex"] == "female"].all()
    assert 0 < shown[found.rows["sex"] == "other"].sum() < 9


@pytest.mark.parametrize("q", AT)
def test_with_equal_weights_a_quantile_is_numpy_s_and_scipy_s(opened: Open, q: float) -> None:
    scores = np.random.default_rng(5).beta(2, 3, 517)
    found = quantiles(opened(frame([*scores])), View(), Grouping("band", ("forced",)), ("composite",), (q,)).rows.iloc[
        0
    ]
    step = stats.ecdf(scores).cdf
    assert not differs(found, {"quantile": np.quantile(scores, q, method="inverted_cdf")})
    assert not differs(found, {"quantile": step.quantiles[np.argmax(step.probabilities >= q)]})


def test_an_interval_is_as_wide_as_one_from_order_statistics(opened: Open) -> None:
    """Within a fifth: SciPy's ends are scores, which leave no choice between one place in the order and the next.

    Nine differences of four scores are looked at.
    """
    rng = np.random.default_rng(8)
    one, other = rng.beta(2, 3, 3000), rng.beta(3, 3, 2000)
    made = frame([*one, *other], band=["forced"] * 3000 + ["obliged"] * 2000)
    groups = ("forced", "obliged")
    found = quantile_differences(opened(made), View(), Grouping("band", groups), "obliged", ("composite",)).rows[:9]
    for row in found.to_dict("records"):
        ends = [stats.quantile_test(x, p=row["q"]).confidence_interval(1 - 0.05 / 36) for x in (one, other)]
        wide = np.hypot(*(end.high - end.low for end in ends))
        assert row["difference_high95"] - row["difference_low95"] == pytest.approx(wide, rel=0.2)


@pytest.mark.parametrize(
    ("n", "shown"),
    [(9, []), (19, []), (20, [0.5]), (40, [0.25, 0.5, 0.75]), (99, [0.25, 0.5, 0.75]), (100, [*BOX])],
)
def test_a_quantile_needs_ten_people_on_either_side(opened: Open, n: int, shown: list[float]) -> None:
    source = opened(frame([*(np.arange(n) / 100)]))
    found = quantiles(source, View(), Grouping("band", ("forced",)), ("composite",), BOX)
    assert found.rows.loc[found.flags["quantile"] == "", "q"].tolist() == shown


def test_a_difference_needs_ten_people_beyond_both_bounds_in_both_groups(opened: Open) -> None:
    """The median of 41 people has bounds at .347 and .653: 14.2 people beyond; that of 30 has 9.6."""
    for n, shown in ((30, False), (41, True)):
        made = frame([*np.linspace(0, 1, n), *np.linspace(0, 1, 900)], band=["forced"] * n + ["obliged"] * 900)
        for reference, group in (("forced", "obliged"), ("obliged", "forced")):
            found = quantile_differences(
                opened(made), View(), Grouping("band", ("forced", "obliged")), reference, ("composite",)
            )
            middle = (found.rows["band"] == group) & (found.rows["q"] == 0.5)
            assert (found.flags.loc[middle, "difference"] == "").all() == shown


def test_equal_scores_have_a_difference_and_no_interval(opened: Open) -> None:
    made = frame([0.4] * 100 + [0.1 + 0.2] * 50 + [0.3] * 50, band=["forced"] * 100 + ["obliged"] * 100)
    found = quantile_differences(
        opened(made), View(), Grouping("band", ("forced", "obliged")), "obliged", ("composite",)
    )
    row, marks = found.rows.iloc[4], found.flags.iloc[4]
    assert (row["difference"], marks["difference"], marks["difference_low95"]) == (0.1, "", "x")


def test_a_masked_reference_hides_all_differences(opened: Open) -> None:
    made = frame([*np.linspace(0, 1, 309)], band=["forced"] * 9 + ["obliged"] * 300)
    found = quantile_differences(
        opened(made), View(), Grouping("band", ("obliged", "forced")), "forced", ("composite",)
    )
    assert found.rows[[*DIFFERENCE]].isna().all(axis=None)


def test_waves_are_not_compared_as_if_they_were_different_people(source: Source) -> None:
    with pytest.raises(ValueError, match="waves hold the same people"):
        quantile_differences(source, View(), Grouping("wave", ("1", "2")), "1", ("composite",))


def test_two_cohorts_together_keep_people_apart(both: Source, raw_both: pd.DataFrame) -> None:
    names, everyone = tuple(raw_both["cohort"].unique()), people(raw_both, View())
    found = quantiles(both, View(), Grouping("cohort", names), ("social",), (0.5,))
    for row in found.rows.to_dict("records"):
        assert not differs(row, {"quantile": at(*known(everyone, "cohort", row["cohort"], "social"), 0.5)})


def test_figures_say_what_they_are(source: Source) -> None:
    view = View(band="forced")
    found: list[Released] = [
        quantiles(source, view, Grouping("age_group", ("18-24",)), ("social",), DOTS),
        quantile_differences(source, view, Grouping("age_group", ("18-24", "25-34")), "25-34", ("social",)),
    ]
    assert [each.name for each in found] == ["quantiles-by-age-group", "quantile-differences-by-age-group"]
    for each in found:
        assert each.context == source.context(sentence(view))
        assert {*each.keys, "people", *each.values} <= {*COLUMN_LABELS}
    assert DOTS[0] == 0.025
    assert np.diff(DOTS) == pytest.approx(0.05)
    assert sum(DOTS) == pytest.approx(10)
