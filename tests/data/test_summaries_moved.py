import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from data.disclosure import Released
from data.engine import Source
from data.grouping import Grouping
from data.instrument import indicators
from data.labels import COLUMN_LABELS, label
from data.summaries.moved import Level, what_moved
from data.view import View, sentence
from data.vocabulary import CATEGORIES, POINTS, ReturnBand
from tests.conftest import Open
from tests.data.recount import HALF_A_DIGIT, breaches, change, chosen, differs, latest

BANDS = tuple(ReturnBand)
CASES = [
    (View(), "band", BANDS, "indicator"),
    (View(place="NOR-ETH"), "corridor", ("LBY-GMB", "NOR-ETH", "DEU-GHA"), "element"),
    (View(sex="female"), "age_group", tuple(CATEGORIES["age_group"]), "element"),
]


def changes(raw: pd.DataFrame, view: View, first: int, last: int, level: Level) -> pd.DataFrame:
    """One row per person interviewed at both waves: change of each element or indicator, group and later weight."""
    rows = chosen(raw, view).join(raw[[*POINTS]])
    before, after = (latest(rows[rows["wave"] == wave]).set_index("person") for wave in (first, last))
    people = before.index.intersection(after.index)
    moved = after.loc[people, [*POINTS]] - before.loc[people, [*POINTS]]
    if level == "indicator":
        moved = pd.DataFrame(
            {name: moved[[e.column for e in parts]].mean(axis=1) for name, parts in indicators().items()}
        )
    facts = before.loc[people, ["band", "corridor", "age_group"]].assign(weight=after.loc[people, "weight"])
    return moved.join(facts)


def exact(found: Released, everyone: pd.DataFrame, by: str, level: Level) -> list[int]:
    return [int(everyone.loc[everyone[by] == row[by], row[level]].count()) for _, row in found.rows.iterrows()]


@pytest.mark.parametrize(("view", "by", "groups", "level"), CASES)
def test_changes_are_those_of_the_raw_rows_and_give_nobody_away(
    source: Source, raw: pd.DataFrame, view: View, by: str, groups: tuple[str, ...], level: Level
) -> None:
    everyone = changes(raw, view, 1, 3, level)
    found = what_moved(source, view, Grouping(by, groups), (1, 3), level)
    parts = [*POINTS] if level == "element" else [*indicators()]
    assert found.rows[[by, level]].to_numpy().tolist() == [[group, part] for group in groups for part in parts]
    for _, row in found.shown.iterrows():
        mine = everyone[(everyone[by] == row[by]) & everyone[row[level]].notna()]
        assert not differs(row, change(mine[row[level]], mine["weight"], len(found.shown)))
    n = exact(found, everyone, by, level)
    assert not breaches(found, n, within=[level])
    total = max(pd.Series(n).groupby(found.rows[level]).sum())
    assert found.people == (5 * round(total / 5) if total >= 10 else None)


@pytest.fixture
def points() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Points of 40 people at two waves who all weigh the same; nobody was asked element 13, few element 9."""
    rng = np.random.default_rng(5)
    before = pd.DataFrame(rng.choice([0, 0.25, 0.5, 0.75, 1], (40, 30)), columns=[*POINTS])
    shift = np.where(np.isin(POINTS, ("p01", "p22")), 0.25, 0.0)
    after = (before + shift + rng.choice([-0.25, 0, 0.25], (40, 30))).clip(0, 1)
    for wave in (before, after):
        wave["p13"] = np.nan
        wave.loc[5:, "p09"] = np.nan
    return before, after


def opened_at(opened: Open, points: tuple[pd.DataFrame, pd.DataFrame]) -> Source:
    rows = [each.assign(person=[f"p{n}" for n in range(40)], wave=wave) for wave, each in enumerate(points, 1)]
    return opened(pd.concat(rows))


def test_changes_agree_with_scipy_and_p_with_statsmodels(
    opened: Open, points: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    before, after = points
    found = what_moved(opened_at(opened, points), View(), Grouping("host", ("DEU",)), (1, 2), "element").rows.set_index(
        "element"
    )
    tests = {name: stats.ttest_rel(after[name], before[name]) for name in POINTS if name not in ("p09", "p13")}
    adjusted = multipletests([test.pvalue for test in tests.values()], method="bonferroni")[1]
    for (name, test), p in zip(tests.items(), adjusted, strict=True):
        for level in (95, 66):
            ends = test.confidence_interval({95: 1 - 0.05 / 28, 66: 0.66}[level])
            assert abs(found.loc[name, f"difference_low{level}"] - ends.low) <= HALF_A_DIGIT
            assert abs(found.loc[name, f"difference_high{level}"] - ends.high) <= HALF_A_DIGIT
        assert abs(found.loc[name, "p"] - p) <= HALF_A_DIGIT
    assert found.loc["p01", "p"] < 0.05


def test_what_was_not_asked_is_not_available_and_few_answers_are_masked(
    opened: Open, points: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    found = what_moved(opened_at(opened, points), View(), Grouping("host", ("DEU",)), (1, 2), "element")
    marks = found.flags.set_index(found.rows["element"])
    assert (marks.loc["p13"] == "x").all()
    assert (marks.loc["p09"] == "c").all()
    assert (marks.drop(["p09", "p13"]) == "").all(axis=None)


def test_an_indicator_is_the_mean_of_what_was_answered_both_times(
    opened: Open, points: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    before, after = points
    after.loc[:3, "p10"] = np.nan  # four people answered only the other element of housing again
    found = what_moved(opened_at(opened, points), View(), Grouping("host", ("DEU",)), (1, 2)).rows.set_index(
        "indicator"
    )
    asked = [element.column for element in indicators()["housing"]]
    assert len(asked) > 1
    test = stats.ttest_1samp((after[asked] - before[asked]).mean(axis=1), 0)
    assert found.loc["housing", "people"] == 40
    assert (
        abs(found.loc["housing", "difference_low95"] - test.confidence_interval(1 - 0.05 / len(found.dropna())).low)
        <= HALF_A_DIGIT
    )


def test_figures_say_what_they_are(source: Source) -> None:
    found = what_moved(source, View(band="forced"), Grouping("sex", ("female",)), (1, 2))
    assert found.name == "indicators-moved-by-sex"
    assert found.context == source.context(sentence(View(band="forced")))
    assert {*found.keys, "people", *found.values} <= {*COLUMN_LABELS}
    assert label("indicator", "food security") == "Food security"
    assert what_moved(source, View(place="DEU-USA"), Grouping("sex", ("female",)), (1, 2)).shown.empty
