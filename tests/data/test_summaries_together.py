from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.weightstats import DescrStatsW

from data.disclosure import Released
from data.engine import Source
from data.grouping import Grouping
from data.labels import COLUMN_LABELS, label
from data.notes import Said
from data.summaries.offered import choices
from data.summaries.together import correlations, discrepancy, thirds
from data.view import View, sentence
from data.vocabulary import CATEGORIES, DIMENSIONS, ReturnBand, Score
from tests.conftest import Open
from tests.data.recount import breaches, differs, people, share, told
from tests.said import of_codes

THIRDS = ("low", "middle", "high")
PAIRS = {
    "economic-social": "Economic and social",
    "economic-psychosocial": "Economic and psychosocial",
    "social-psychosocial": "Social and psychosocial",
}
CASES = [
    (View(), "corridor", None),
    (View(), "band", tuple(ReturnBand)),
    (View(band="forced", sex="female", months="0-6"), "age_group", tuple(CATEGORIES["age_group"])),
    (View(year="2019", place="LBY-GMB"), "assistance", tuple(CATEGORIES["assistance"])),
    (View(sex="male"), "host", ("NOR", "AUT", "NLD")),
]


def complete(raw: pd.DataFrame, view: View) -> pd.DataFrame:
    return people(raw, view).dropna(subset=[*DIMENSIONS])


def placed(everyone: pd.DataFrame) -> pd.DataFrame:
    """The third of each person on each dimension, by the weight below and half of that beside."""
    where = everyone.copy()
    for score in DIMENSIONS:
        weight = everyone.groupby(everyone[score].round(3))["weight"].sum()
        level = ((weight.cumsum() - weight / 2) / weight.sum()).round(9)
        third = pd.cut(level, [0, 0.333333333, 0.6666666669, 1], labels=[*THIRDS])
        where[score] = everyone[score].round(3).map(third.astype("str"))
    return where


def frame(values: dict[str, list[float] | np.ndarray], **columns: object) -> pd.DataFrame:
    made = pd.DataFrame(values)
    return made.assign(person=[f"p{n}" for n in range(len(made))], **{"wave": 1, "sex": "female", **columns})


def groups_of(source: Source, groups: tuple[str, ...] | None) -> tuple[str, ...]:
    return groups or choices(source).corridors


def counts(found: Released, everyone: pd.DataFrame, by: str) -> list[int]:
    return [int((everyone[by] == group).sum()) for group in found.rows[by]]


@pytest.mark.parametrize(("view", "by", "groups"), CASES)
def test_correlations_are_those_of_the_raw_rows_and_give_nobody_away(
    source: Source, raw: pd.DataFrame, view: View, by: str, groups: tuple[str, ...] | None
) -> None:
    groups, everyone = groups_of(source, groups), complete(raw, view)
    found = correlations(source, view, Grouping(by, groups))
    assert found.rows[[by, "pair"]].to_numpy().tolist() == [[group, pair] for group in groups for pair in PAIRS]
    assert not breaches(found, counts(found, everyone, by), within=["pair"])
    for _, row in found.shown.iterrows():
        mine = everyone[everyone[by] == row[by]]
        r = DescrStatsW(mine[row["pair"].split("-")], weights=mine["weight"]).corrcoef[0, 1]
        assert not differs(row, {"r": r})
        assert row["r_low95"] < row["r_low66"] < r < row["r_high66"] < row["r_high95"]
    assert found.people == told(everyone[by].value_counts().reindex([*groups], fill_value=0), by)


def test_with_equal_weights_correlation_and_intervals_are_scipys(opened: Open) -> None:
    rng = np.random.default_rng(4)
    made = frame(dict(zip(DIMENSIONS, rng.beta(2, 2, (3, 12)), strict=True)))
    made["psychosocial"] = (made["psychosocial"] + 2 * made["economic"]) / 3
    rows = correlations(opened(made), View(), Grouping("sex", ("female",))).rows.set_index("pair")
    for pair in PAIRS:
        one, other = pair.split("-")
        wanted = stats.pearsonr(made[one], made[other])
        # All three pairs of the one group are looked at.
        ends = {level: wanted.confidence_interval(of) for level, of in {95: 1 - 0.05 / 3, 66: 0.66}.items()}
        lows, highs = ({f"r_{end}{level}": getattr(ends[level], end) for level in ends} for end in ("low", "high"))
        assert not differs(rows.loc[pair], {"r": wanted.statistic, **lows, **highs})


def test_design_weights_widen_the_interval_to_kishs_number_of_people(opened: Open) -> None:
    rng = np.random.default_rng(5)
    made = frame(dict(zip(DIMENSIONS, rng.random((3, 40)), strict=True)), weight=rng.uniform(0.1, 9, 40))
    row = correlations(opened(made), View(), Grouping("sex", ("female",))).rows.iloc[0]
    r = DescrStatsW(made[["economic", "social"]], weights=made["weight"]).corrcoef[0, 1]
    kish = made["weight"].sum() ** 2 / (made["weight"] ** 2).sum()
    ends = np.tanh(stats.norm.interval(1 - 0.05 / 3, np.arctanh(r), (kish - 3) ** -0.5))
    assert kish < 35
    assert not differs(row, {"r": r, "r_low95": ends[0], "r_high95": ends[1]})


def test_a_score_that_does_not_vary_correlates_with_nothing(opened: Open) -> None:
    step = np.arange(30) / 30
    made = frame({"economic": step, "social": 1 - step, "psychosocial": np.full(30, 0.3)})
    found = correlations(opened(made), View(), Grouping("sex", ("female",)))
    assert found.rows[[*found.values]].iloc[0].tolist() == [-1] * 5
    assert (found.flags[[*found.values]].iloc[1:] == "x").all(axis=None)
    assert found.flags["people"].tolist() == [""] * 3


def test_people_without_one_of_the_scores_are_left_out(opened: Open) -> None:
    step = np.arange(30) / 30
    made = frame({"economic": step, "social": np.where(step > 0.6, np.nan, step), "psychosocial": step**2})
    known = int((step <= 0.6).sum())
    source = opened(made)
    assert not breaches(correlations(source, View(), Grouping("sex", ("female",))), [known] * 3, within=["pair"])
    assert thirds(source, View(), Score.ECONOMIC, Score.PSYCHOSOCIAL).people == 5 * round(known / 5)
    assert discrepancy(source, View(), Grouping("sex", ("female",))).people == 5 * round(known / 5)


def hidden_follows_from_margins(found: Released, exact: list[int]) -> bool:
    """Whether the margins of the table and the cells shown fix a masked cell that holds one to nine people."""
    hidden = (found.flags["people"] == "c").to_numpy()
    cells = np.flatnonzero(hidden)
    if not len(cells):
        return False
    margins = np.array([found.rows[key] == third for key in ("third", "other_third") for third in THIRDS], float)
    known = margins[:, cells]
    # A cell is fixed if its unit vector lies in the span of what is known.
    spans = [np.linalg.matrix_rank(np.vstack([known, unit])) for unit in np.eye(len(cells))]
    fixed = np.array(spans) == np.linalg.matrix_rank(known)
    return bool(any(1 <= exact[cell] <= 9 for cell in cells[fixed]))


@pytest.mark.parametrize("view", [case[0] for case in CASES] + [View(place="DEU-IRQ", band="forced")])
@pytest.mark.parametrize(("one", "other"), [("economic", "social"), ("psychosocial", "economic")])
def test_thirds_are_those_of_the_raw_rows_and_give_nobody_away(
    source: Source, raw: pd.DataFrame, view: View, one: str, other: str
) -> None:
    everyone = placed(complete(raw, view))
    found = thirds(source, view, Score(one), Score(other))
    cells = [(row, column) for row in THIRDS for column in THIRDS]
    assert [*found.rows[["third", "other_third"]].itertuples(index=False, name=None)] == cells
    exact = [int(((everyone[one] == row) & (everyone[other] == column)).sum()) for row, column in cells]
    for margin in ("third", "other_third"):
        assert not breaches(found, exact, within=[margin])
    assert not hidden_follows_from_margins(found, exact)
    w = everyone["weight"]
    for _, row in found.shown.iterrows():
        high, wide = everyone[one] == row["third"], everyone[other] == row["other_third"]
        wanted = share(np.average(high & wide, weights=w), w)
        wanted["expected"] = np.average(high, weights=w) * np.average(wide, weights=w)
        assert not differs(row, wanted)


def test_equal_scores_are_in_the_same_third(opened: Open) -> None:
    ranked = np.repeat([0.2, 0.4, 0.6, 1.0], [15, 11, 10, 24])
    made = frame({"economic": ranked, "social": np.full(60, 0.5), "psychosocial": ranked})
    found = thirds(opened(made), View(), Score.ECONOMIC, Score.PSYCHOSOCIAL)
    place = pd.cut((stats.rankdata(ranked) - 0.5) / 60, [0, 1 / 3, 2 / 3, 1], labels=[*THIRDS])
    assert place.value_counts()[[*THIRDS]].tolist() == [15, 21, 24]
    same = found.rows[found.rows["third"] == found.rows["other_third"]]
    assert same["people"].tolist() == [15, 20, 25]
    assert same["share"].tolist() == [0.25, 0.35, 0.4]
    assert same["expected"].tolist() == [round(part**2, 3) for part in (0.25, 0.35, 0.4)]
    level = thirds(opened(made), View(), Score.SOCIAL, Score.ECONOMIC)
    assert level.shown["third"].unique().tolist() == ["middle"]


def test_a_third_of_few_people_does_not_follow_from_what_is_expected(opened: Open) -> None:
    ranked = np.r_[np.linspace(0, 0.1, 5), np.full(90, 0.5), np.linspace(0.9, 1, 5)]
    made = frame({"economic": ranked, "social": np.random.default_rng(1).permutation(100) / 100, "psychosocial": 0.5})
    found = thirds(opened(made), View(), Score.ECONOMIC, Score.SOCIAL)
    assert (found.flags["expected"] == "c").all()
    assert not hidden_follows_from_margins(found, [5, 0, 0, 30, 30, 30, 0, 0, 5])


@pytest.mark.parametrize(("view", "by", "groups"), CASES)
def test_discrepancies_are_those_of_the_raw_rows_and_give_nobody_away(
    source: Source, raw: pd.DataFrame, view: View, by: str, groups: tuple[str, ...] | None
) -> None:
    groups, everyone = groups_of(source, groups), placed(complete(raw, view))
    found = discrepancy(source, view, Grouping(by, groups))
    patterns = [f"{high}>{low}" for high, low in permutations(DIMENSIONS, 2)]
    assert found.rows[[by, "pattern"]].to_numpy().tolist() == [[group, each] for group in groups for each in patterns]
    assert not breaches(found, counts(found, everyone, by), within=["pattern"])
    for place, row in found.shown.iterrows():
        mine = everyone[everyone[by] == row[by]]
        high, low = row["pattern"].split(">")
        apart = (mine[high] == "high") & (mine[low] == "low")
        if min(apart.sum(), (~apart).sum()) < 10:
            assert (found.flags.loc[place, [*found.values]] == "c").all()
        elif found.flags.loc[place, "share"] == "":
            assert not differs(row, share(np.average(apart, weights=mine["weight"]), mine["weight"]))


def test_thirds_are_of_all_in_view_not_of_the_group(opened: Open) -> None:
    rising = np.arange(60) / 60
    made = frame({"economic": rising, "social": rising[::-1], "psychosocial": rising})
    made["sex"] = np.where(rising >= 0.5, "female", "male")
    found = discrepancy(opened(made), View(), Grouping("sex", ("female", "male"))).rows.set_index(["sex", "pattern"])[
        "share"
    ]
    assert found["female", "economic>social"] == found["male", "social>economic"] == round(20 / 30, 3)


def test_two_cohorts_together_keep_people_apart(both: Source, raw_both: pd.DataFrame) -> None:
    names, everyone = tuple(raw_both["cohort"].unique()), complete(raw_both, View())
    found = correlations(both, View(), Grouping("cohort", names))
    assert not breaches(found, counts(found, everyone, "cohort"), within=["pair"])


def test_nobody_and_one_person_show_nothing(opened: Open) -> None:
    alone = opened(frame({"economic": [0.4], "social": [0.5], "psychosocial": [0.6]}))
    for view, n in ((View(), 1), (View(sex="male"), 0)):
        assert not breaches(correlations(alone, view, Grouping("sex", ("female",))), [n] * 3, within=["pair"])
        assert not breaches(discrepancy(alone, view, Grouping("sex", ("female",))), [n] * 6, within=["pattern"])
        table = thirds(alone, view, Score.ECONOMIC, Score.SOCIAL)
        assert not breaches(table, [n if cell == 4 else 0 for cell in range(9)], within=["third"])
        assert table.people is None


def test_figures_say_what_they_are(source: Source) -> None:
    view = View(band="forced")
    figures = {
        "correlations-by-age-group": correlations(source, view, Grouping("age_group", ("18-24",))),
        "thirds-of-economic-and-social": thirds(source, view, Score.ECONOMIC, Score.SOCIAL),
        "discrepancy-by-age-group": discrepancy(source, view, Grouping("age_group", ("18-24",))),
    }
    for name, found in figures.items():
        assert found.name == name
        assert found.context == source.context(sentence(view))
        assert {*found.keys, "people", *found.values} <= {*COLUMN_LABELS}
        assert set(found.notes) <= {*of_codes(Said.ALL_THREE, Said.THIRDS)}
    assert {pair: label("pair", pair) for pair in PAIRS} == PAIRS
    assert label("pattern", "economic>psychosocial") == "High economic, low psychosocial"
    assert [label("third", third) for third in THIRDS] == ["Lowest third", "Middle third", "Highest third"]
