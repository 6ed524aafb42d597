import numpy as np
import pandas as pd
import pytest

from data.disclosure import Released
from data.engine import Source
from data.estimate import SHARE
from data.grouping import Grouping
from data.labels import COLUMN_LABELS
from data.notes import Said
from data.summaries.composition import compose
from data.summaries.offered import choices
from data.view import View, sentence
from data.vocabulary import CATEGORIES, ReturnBand
from tests.conftest import Open
from tests.data.recount import breaches, differs, people, share, told
from tests.said import of_codes

BANDS = tuple(ReturnBand)
CASES = [
    (View(), "corridor", "band"),
    (View(place="DEU-GHA"), "corridor", "band"),
    (View(band="compulsory", months="0-6"), "corridor", "age_group"),
    (View(sex="other"), "band", "assistance"),
    (View(year="2020", assistance="health"), "sex", "perceived_choice"),
    (View(place="LBY-GMB", age="0-17"), "cohort", "band"),
]


def codes(source: Source, raw: pd.DataFrame, column: str) -> tuple[str, ...]:
    if column == "corridor":
        return choices(source).corridors
    return tuple(CATEGORIES.get(column, raw[column].unique()))


def counted(found: Released, everyone: pd.DataFrame) -> list[int]:
    by, of = found.keys
    return [((everyone[by] == row[by]) & (everyone[of] == row[of])).sum() for _, row in found.rows.iterrows()]


def wrong(found: Released, everyone: pd.DataFrame) -> list[object]:
    """Shown shares that differ from the recounted ones."""
    by, of = found.keys
    differing = []
    for _, row in found.shown.iterrows():
        whole = everyone[(everyone[by] == row[by]) & everyone[of].notna()]
        part = whole.loc[whole[of] == row[of], "weight"].sum() / whole["weight"].sum()
        differing.append(differs(row, share(part, whole["weight"])))
    return [each for each in differing if each]


@pytest.mark.parametrize(("view", "by", "of"), CASES)
def test_shares_are_those_of_the_raw_rows_and_give_nobody_away(
    source: Source, raw: pd.DataFrame, view: View, by: str, of: str
) -> None:
    everyone, groups, parts = people(raw, view), codes(source, raw, by), codes(source, raw, of)
    found = compose(source, view, Grouping(by, groups), Grouping(of, parts))
    assert found.rows[[by, of]].to_numpy().tolist() == [[group, part] for group in groups for part in parts]
    assert not wrong(found, everyone)
    exact = counted(found, everyone)
    assert not breaches(found, exact, within=[by])
    assert found.people == told(pd.Series(exact).groupby(found.rows[by].astype("str")).sum(), by)


def test_shares_of_a_group_add_up_to_one(source: Source) -> None:
    found = compose(source, View(), Grouping("corridor", ("PAK-AFG", "LBY-NGA")), Grouping("band", BANDS))
    assert found.flags["share"].eq("").all()
    assert found.rows.groupby("corridor")["share"].sum().tolist() == pytest.approx([1, 1], abs=0.0035)


def test_a_figure_says_what_it_is(source: Source) -> None:
    view = View(sex="female")
    found = compose(
        source, view, Grouping("age_group", ("18-24",)), Grouping("perceived_choice", ("free", "some", "none"))
    )
    assert found.name == "perceived-choice-by-age-group"
    assert found.context == source.context(sentence(view))
    assert found.notes == of_codes(Said.DESIGN_WEIGHTS)
    assert {*found.keys, "people", *found.values} <= {*COLUMN_LABELS}


def test_cohorts_together_keep_their_people_apart(both: Source, raw_both: pd.DataFrame) -> None:
    everyone = people(raw_both, View())
    found = compose(both, View(), Grouping("cohort", tuple(raw_both["cohort"].unique())), Grouping("band", BANDS))
    assert not wrong(found, everyone)
    assert not breaches(found, counted(found, everyone), within=["cohort"])
    assert found.people == 5 * round(len(everyone) / 5)


def test_community_members_are_in_no_share(source: Source, raw: pd.DataFrame) -> None:
    """All of them are unclassified, so they would show there."""
    found = compose(source, View(), Grouping("corridor", ("PAK-AFG",)), Grouping("band", BANDS)).rows
    returnees = raw[(raw["respondent"] == "returnee") & (raw["corridor"] == "PAK-AFG")]
    n = returnees.loc[returnees["band"] == "unclassified", "person"].nunique()
    assert found["people"].tolist()[-1] == 5 * round(n / 5)


@pytest.fixture
def sexes() -> pd.DataFrame:
    """14 women, 20 men, 6 of another gender and 10 people of whom it is not known."""
    sex = np.repeat(["female", "male", "other", None], [14, 20, 6, 10])
    return pd.DataFrame({"person": [f"p{place}" for place in range(50)], "wave": 1, "sex": sex})


def test_with_equal_weights_shares_are_counts(opened: Open, sexes: pd.DataFrame) -> None:
    sexes = sexes[sexes["sex"] != "other"]
    found = compose(opened(sexes), View(), Grouping("band", ("forced",)), Grouping("sex", ("female", "male")))
    assert found.rows[["people", "share"]].to_numpy().tolist() == [[15, 0.412], [20, 0.588]]
    assert not differs(found.rows.iloc[0], share(14 / 34, np.ones(34)))
    assert found.people == 35  # those whose sex is missing are apart


def test_the_next_smallest_part_hides_a_lone_small_one(opened: Open, sexes: pd.DataFrame) -> None:
    """Else 1 less the shares that are shown would tell it."""
    found = compose(
        opened(sexes), View(), Grouping("band", ("forced", "obliged")), Grouping("sex", tuple(CATEGORIES["sex"]))
    )
    assert found.shown[["band", "sex", "people"]].to_numpy().tolist() == [["forced", "male", 20]]
    assert found.rows.loc[0, [*SHARE]].isna().all()
    assert not breaches(found, [14, 20, 6, 0, 0, 0], within=["band"])


def test_an_empty_part_has_a_count_of_nobody_and_hides_nobody_else(opened: Open, sexes: pd.DataFrame) -> None:
    frame = sexes[sexes["sex"].isin(["female", "male"])]
    found = compose(opened(frame), View(), Grouping("band", ("forced",)), Grouping("sex", tuple(CATEGORIES["sex"])))
    assert found.shown["sex"].tolist() == ["female", "male"]


def test_one_person_or_none_shows_nothing(opened: Open, sexes: pd.DataFrame) -> None:
    found = compose(
        opened(sexes.head(1)), View(), Grouping("band", ("forced", "obliged")), Grouping("sex", ("female", "male"))
    )
    assert not breaches(found, [1, 0, 0, 0], within=["band"])
    assert (len(found.shown), found.people) == (0, None)
