import numpy as np
import pandas as pd
import pytest
from scipy import stats

from data.disclosure import Released
from data.engine import Source
from data.estimate import DIFFERENCE
from data.grouping import Grouping
from data.labels import COLUMN_LABELS
from data.notes import Said
from data.summaries.comparison import compare
from data.summaries.offered import choices
from data.view import View, sentence
from data.vocabulary import CATEGORIES, SCORES, ReturnBand
from tests.conftest import Open
from tests.data.recount import breaches, difference, differs, families, mean, people, told
from tests.said import of_codes

BANDS = tuple(ReturnBand)
SMALL = ("LBY", "NOR", "KEN", "NLD", "AUT")
CASES = [
    (View(), "corridor", None, "PAK-AFG"),
    (View(), "host", SMALL, "NOR"),
    (View(), "host", ("NOR", "AUT"), "NOR"),
    (View(), "band", BANDS, "voluntary"),
    (View(place="NOR-ETH"), "band", BANDS, "obliged"),
    (View(band="compulsory", sex="female", months="0-6"), "age_group", None, "25-34"),
    (View(age="0-17", year="2019"), "sex", None, "male"),
    (View(assistance="cash"), "assistance", None, "none"),
]


def groups_of(source: Source, by: str, groups: tuple[str, ...] | None) -> tuple[str, ...]:
    return groups or (choices(source).corridors if by == "corridor" else tuple(CATEGORIES[by]))


def scored(everyone: pd.DataFrame, row: pd.Series, by: str, group: str | None = None) -> tuple[pd.Series, pd.Series]:
    """Scores and weights of the people of a row's group (or another) who have the row's score."""
    mine = everyone[(everyone[by] == (group or row[by])) & everyone[row["score"]].notna()]
    return mine[row["score"]], mine["weight"]


def wrong(released: Released, everyone: pd.DataFrame, by: str, reference: str) -> list[object]:
    """Shown values that differ from the recounted ones."""
    found, family = [], families(released)
    for place, row in released.shown.iterrows():
        group = scored(everyone, row, by)
        wanted = mean(*group)
        if released.flags.loc[place, "difference"] == "":
            wanted |= difference(*group, *scored(everyone, row, by, reference), family[place])
        found.append(differs(row, wanted))
    return [each for each in found if each]


@pytest.mark.parametrize(("view", "by", "groups", "reference"), CASES)
def test_means_and_differences_are_those_of_the_raw_rows_and_give_nobody_away(
    source: Source, raw: pd.DataFrame, view: View, by: str, groups: tuple[str, ...] | None, reference: str
) -> None:
    groups, everyone = groups_of(source, by, groups), people(raw, view)[[by, "weight", *SCORES]]
    found = compare(source, view, Grouping(by, groups), reference)
    assert found.rows[[by, "score"]].to_numpy().tolist() == [[group, score] for group in groups for score in SCORES]
    assert not wrong(found, everyone, by, reference)
    exact = [len(scored(everyone, row, by)[0]) for _, row in found.rows.iterrows()]
    assert not breaches(found, exact, within=["score"])
    total = max(everyone.loc[everyone[by].isin(groups), score].notna().sum() for score in SCORES)
    assert found.people == (5 * round(total / 5) if total >= 10 else None)


def test_a_figure_says_what_it_is(source: Source) -> None:
    view = View(place="PAK-AFG")
    found = compare(source, view, Grouping("age_group", ("18-24", "25-34")), "18-24")
    assert found.name == "scores-by-age-group"
    assert found.context == source.context(sentence(view))
    assert found.notes == of_codes(Said.CASE_MIX, Said.TOGETHER)
    assert {*found.keys, "people", *found.values} <= {*COLUMN_LABELS}


def test_only_the_scores_asked_for_are_compared(source: Source) -> None:
    found = compare(source, View(), Grouping("sex", ("female", "male")), "male", ("social",))
    assert found.rows["score"].tolist() == ["social", "social"]


def test_two_cohorts_are_compared_as_different_people(both: Source, raw_both: pd.DataFrame) -> None:
    names = tuple(raw_both["cohort"].unique())
    found = compare(both, View(), Grouping("cohort", names), names[0])
    assert not wrong(found, people(raw_both, View()), "cohort", names[0])
    everyone = people(raw_both, View())
    apart = everyone[[*SCORES]].notna().groupby(everyone["cohort"]).sum()
    assert 6700 < apart.sum().max() < 5966 + 900
    assert found.people == max(told(apart[score], "cohort") for score in SCORES)


def test_a_difference_to_itself_has_no_meaning(source: Source) -> None:
    found = compare(source, View(), Grouping("sex", ("female", "male")), "male")
    marks = found.flags[found.rows["sex"] == "male"]
    assert (marks[[*DIFFERENCE]] == "z").all(axis=None)
    assert (marks.drop(columns=[*DIFFERENCE]) == "").all(axis=None)


def test_the_more_groups_are_compared_the_wider_are_the_differences(source: Source) -> None:
    few, more = (
        compare(source, View(), Grouping("host", hosts), "PAK").rows.query("host == 'KEN'")
        for hosts in (("PAK", "KEN"), ("PAK", "KEN", "USA", "LBY", "NLD", "AUT"))
    )
    wide = [(of["difference_high95"] - of["difference_low95"]).to_numpy() for of in (few, more)]
    # Normal deviates of .025/4 and of .025/12: one and three groups, for the last two may not be seen; four scores.
    assert wide[1] / wide[0] == pytest.approx(2.865 / 2.498, abs=0.02)
    same = ["mean", "low95", "high95", "difference", "difference_low66", "difference_high66"]
    assert few[same].to_numpy().tolist() == more[same].to_numpy().tolist()


@pytest.mark.parametrize("reference", ["NLD", "FRA"])
def test_a_difference_to_a_masked_group_would_give_it_away(source: Source, reference: str) -> None:
    found = compare(source, View(), Grouping("host", ("PAK", "USA", "NOR", reference)), reference)
    assert (found.flags[[*DIFFERENCE]] == "c").all(axis=None)
    shown = {"NLD": ["PAK", "USA"], "FRA": ["PAK", "USA", "NOR"]}
    assert found.shown["host"].unique().tolist() == shown[reference]
    assert found.shown["mean"].notna().all()


def test_a_lone_small_group_takes_the_next_with_it(source: Source) -> None:
    found = compare(source, View(), Grouping("host", ("PAK", "NOR", "AUT")), "PAK")
    assert found.shown["host"].unique().tolist() == ["PAK"]
    assert found.suppressed == 2 * len(SCORES)


@pytest.fixture(scope="module")
def dozen() -> pd.DataFrame:
    """Three groups of 12, 10 and 11 people; so few that n or n - 1 shows in three digits."""
    rng = np.random.default_rng(8)
    n = {"female": 12, "male": 10, "other": 11}
    sex = np.repeat([*n], [*n.values()])
    return pd.DataFrame(
        {
            "person": [f"p{place}" for place in range(len(sex))],
            "wave": 1,
            "sex": sex,
            "composite": rng.beta(2, 2, len(sex)),
            "social": np.where(np.arange(len(sex)) % 9 == 0, np.nan, rng.random(len(sex))),
            "cohort": "Cohort 1",
            "interview": range(len(sex)),
            "months": np.nan,
        }
    )


def test_design_weights_count_in_small_groups(opened: Open, dozen: pd.DataFrame) -> None:
    # Two dozen: of unequal weight, one does not count for the ten people that a row needs.
    more = pd.concat([dozen, dozen.assign(person=dozen["person"] + "+", composite=1 - dozen["composite"] ** 2)])
    weight = np.random.default_rng(9).uniform(0.2, 5, len(more))
    weighted = more.assign(weight=weight, interview=range(len(more))).reset_index(drop=True)
    groups = tuple(CATEGORIES["sex"])
    found = compare(opened(weighted), View(), Grouping("sex", groups), "female", ("composite",))
    assert len(found.shown) == 3
    assert not wrong(found, weighted, "sex", "female")


def test_equal_weights_of_one_are_scipys_welch(opened: Open, dozen: pd.DataFrame) -> None:
    found = compare(opened(dozen), View(), Grouping("sex", ("female", "male")), "female", ("composite",)).rows.iloc[1]
    y, x = (dozen.loc[dozen["sex"] == sex, "composite"] for sex in ("female", "male"))
    welch = stats.ttest_ind(x, y, equal_var=False)
    wanted = {"mean": x.mean(), "sd": x.std(), "difference": x.mean() - y.mean()}
    for level in (95, 66):
        of_mean = stats.t.interval(level / 100, len(x) - 1, x.mean(), stats.sem(x))
        of_difference = welch.confidence_interval({95: 1 - 0.05 / 4, 66: 0.66}[level])  # one group, four scores
        wanted |= {f"low{level}": of_mean[0], f"high{level}": of_mean[1]}
        wanted |= {f"difference_low{level}": of_difference.low, f"difference_high{level}": of_difference.high}
    assert not differs(found, wanted)


def test_people_without_a_score_are_not_counted_for_it(opened: Open, dozen: pd.DataFrame) -> None:
    found = compare(
        opened(dozen), View(), Grouping("sex", ("female", "male", "other")), "other", ("composite", "social")
    )
    known = dozen.groupby("sex")[["composite", "social"]].count()
    assert known["composite"].tolist() == [12, 10, 11]
    assert known["social"].tolist() == [10, 9, 10]
    assert not breaches(found, known.to_numpy().ravel().tolist(), within=["score"])
    assert found.flags["people"].tolist() == ["", "c", "", "c", "", ""]


def test_one_person_shows_nothing(opened: Open) -> None:
    alone = opened(pd.DataFrame({"person": ["a"], "wave": [1], "sex": ["female"], "composite": [0.4]}))
    found = compare(alone, View(), Grouping("sex", ("female", "male")), "female", ("composite",))
    assert not breaches(found, [1, 0], within=["score"])
    assert found.people is None
    assert len(found.shown) == 0


def test_scores_all_alike_have_an_interval_of_no_width(opened: Open, dozen: pd.DataFrame) -> None:
    rows = compare(
        opened(dozen.assign(composite=1.0)), View(), Grouping("sex", ("female", "male")), "male", ("composite",)
    ).rows
    assert rows["mean"].tolist() == rows["low95"].tolist() == rows["high66"].tolist() == [1, 1]
    assert rows["sd"].tolist() == [0, 0]
    assert rows["difference"].tolist()[0] == 0
