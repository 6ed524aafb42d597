import numpy as np
import pandas as pd
import pytest

from components.texts import say
from data.engine import Source
from data.grouping import Grouping
from data.labels import COLUMN_LABELS
from data.notes import Note, Said
from data.summaries.children import adult_scores_on_children, followed
from data.view import View, sentence
from data.vocabulary import SCORES, ReturnBand
from tests.conftest import Open
from tests.data.recount import breaches, chosen, differs, share

QUARTILES = {"q25": 0.25, "median": 0.5, "q75": 0.75}


def children(raw: pd.DataFrame, view: View) -> pd.DataFrame:
    """One row per child in view: first interview, longest and possible months."""
    rows = chosen(raw, view)
    young = rows[rows["child"].fillna(False).astype(bool) | (rows["age_group"] == "0-17")]
    first = young.sort_values(["wave", "months", "interview"]).drop_duplicates("person").set_index("person")
    every = raw[raw["respondent"] == "returnee"]
    mine = every[every["person"].isin(first.index)].groupby("person")
    days = (every["interview_date"].max() - mine["return_date"].first()).dt.days
    return first.assign(longest=mine["months"].max(), possible=days / 30.4375)


@pytest.mark.parametrize("view", [View(), View(months="0-6"), View(place="PAK-AFG", sex="female")])
@pytest.mark.parametrize(("by", "groups"), [("band", tuple(ReturnBand)), ("sex", ("female", "male", "other"))])
def test_children_followed_are_those_of_the_raw_rows(
    source: Source, raw: pd.DataFrame, view: View, by: str, groups: tuple[str, ...]
) -> None:
    everyone, found, exact = children(raw, view), followed(source, view, Grouping(by, groups)), []
    for place, row in found.rows.iterrows():
        group = everyone[everyone[by] == row[by]]
        due = group[group["possible"] >= 24]
        exact.append(len(due))
        if found.flags.loc[place, "people"]:
            continue
        reached = due["longest"] >= 23
        wanted = {"total": 5 * round(len(group) / 5)}
        beside = found.flags.drop(place)["share"].isin(["c"]).any()  # few of another group take a second one with them
        if 10 <= reached.sum() <= len(due) - 10 and not (beside and pd.isna(row["share"])):
            wanted |= share(np.average(reached, weights=due["weight"]), due["weight"])
        for name, q in QUARTILES.items():
            if len(due) * min(q, 1 - q) >= 10:
                wanted[name] = np.quantile(due["longest"], q, weights=due["weight"], method="inverted_cdf")
        assert not differs(row, wanted)
        marks = found.flags.loc[place, [*found.values]]
        assert {*marks.index[marks == ""]} == {*wanted}
    assert not breaches(found, exact)


def made(returned: list[str], longest: list[float]) -> pd.DataFrame:
    """Children who returned on these days and were last seen after so many months; data end on 1 January 2024."""
    frame = pd.DataFrame({"return_date": pd.to_datetime(returned), "months": longest}).assign(child=True, sex="female")
    frame["person"], frame["wave"], frame["social"] = [f"p{n:03}" for n in range(len(frame))], 2, 0.5
    first = frame.assign(wave=1, months=1.0)
    return pd.concat([first, frame]).assign(interview_date=pd.Timestamp("2024-01-01"))


def test_only_children_who_could_have_been_followed_are_counted_and_a_month_early_will_do(opened: Open) -> None:
    returned = ["2020-05-01"] * 40 + ["2023-01-01"] * 12
    found = followed(
        opened(made(returned, [23.0] * 15 + [22.9] * 25 + [11.0] * 12)), View(), Grouping("sex", ("female",))
    )
    row = found.rows.iloc[0]
    assert row[["people", "share", "total"]].tolist() == [40, 0.375, 50]
    assert row[["q25", "median", "q75"]].tolist() == [22.9, 22.9, 23.0]
    assert found.people == 40


def test_a_few_for_whom_time_has_not_passed_are_not_told_by_the_total(opened: Open) -> None:
    found = followed(
        opened(made(["2020-05-01"] * 40 + ["2023-01-01"] * 4, [24.0] * 44)), View(), Grouping("sex", ("female",))
    )
    assert found.flags.loc[0, ["people", "total", "share"]].tolist() == ["", "c", "c"]


def test_children_without_a_date_of_return_are_left_out(opened: Open) -> None:
    frame = made(["2020-05-01"] * 20, [24.0] * 20).assign(return_date=None)
    found = followed(opened(frame), View(), Grouping("sex", ("female",)))
    assert found.people is None
    assert found.shown.empty


def test_adult_scores_on_children_are_counted_once_each(source: Source, raw: pd.DataFrame, opened: Open) -> None:
    rows = chosen(raw, View())
    young = rows[(rows["child"] | (rows["age_group"] == "0-17")) & rows[[*SCORES]].notna().any(axis=1)]
    assert adult_scores_on_children(source, View()) == 5 * round(young["person"].nunique() / 5)
    assert adult_scores_on_children(source, View(age="25-34")) is None
    nine = opened(made(["2020-05-01"] * 9, [24.0] * 9))
    assert adult_scores_on_children(nine, View()) is None
    unscored = made(["2020-05-01"] * 12, [24.0] * 12).assign(
        social=[0.5] * 12 + [None] * 12, child=[False] * 12 + [True] * 12
    )
    assert adult_scores_on_children(opened(unscored), View()) is None


def test_the_figure_says_what_it_is(source: Source) -> None:
    found = followed(source, View(band="forced"), Grouping("sex", ("female",)))
    assert found.context == source.context(sentence(View(band="forced")))
    assert "24 months" in say(Note(Said.CHILDREN_FOLLOWED))
    assert Note(Said.CHILDREN_FOLLOWED) in found.notes
    assert {*found.keys, "people", *found.values} <= {*COLUMN_LABELS}
