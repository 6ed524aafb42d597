import ibis
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from data.engine import Source, run
from data.filters import every
from data.grouping import Grouping
from data.summaries.offered import Choices, Reach, choices, emptied_by, reach
from data.summaries.people import complete, count, grouped, in_view, largest, latest
from data.view import View
from tests.conftest import Open
from tests.data.recount import chosen, people
from tests.data.recount import latest as latest_interviews
from tests.data.test_view import views


@settings(max_examples=15, deadline=None)
@given(views())
def test_each_person_in_view_is_there_once_with_the_latest_interview(
    source: Source, raw: pd.DataFrame, view: View
) -> None:
    found = run(in_view(source, view).select("person", "interview"))
    assert found["person"].is_unique
    assert sorted(found["interview"]) == sorted(people(raw, view)["interview"])


def test_the_latest_interview_is_the_one_in_view(source: Source) -> None:
    """With a choice of months the latest one among those chosen, not the latest of all."""
    found = run(in_view(source, View(months="0-6")))
    assert found["months"].max() <= 7
    assert (found["wave"] == 2).sum() > 1000


def test_two_cohorts_together_keep_people_apart(both: Source, raw_both: pd.DataFrame) -> None:
    found = run(in_view(both, View()))
    assert sorted(found.groupby("cohort").size()) == [900, 5966]
    assert len(found) == len(people(raw_both, View()))


def interview(**columns: list[object]) -> pd.DataFrame:
    """Interviews of one person, and which of them counts is told by the score."""
    rows = len(next(iter(columns.values())))
    return pd.DataFrame({"person": ["a"] * rows, "composite": [place / 10 for place in range(rows)], **columns})


@pytest.mark.parametrize(
    ("frame", "counts"),
    [
        (interview(months=[3, 24, 12]), 1),
        (interview(wave=[1, 3, 2]), 1),  # months missing: the wave tells
        (interview(wave=[2, 2, 1]), 1),  # twice in one wave: the later row
        (interview(wave=[1, 2, 3], months=[6, 6, None]), 2),  # the wave before months, which may be missing
        (interview(wave=[2, 2], months=[6, 6]), 1),
        (interview(wave=[None, 1], months=[9, 3]), 1),
        (interview(wave=[None, None], months=[None, None]), 1),
    ],
)
def test_which_interview_is_the_latest(opened: Open, frame: pd.DataFrame, counts: int) -> None:
    assert run(in_view(opened(frame), View()))["composite"].tolist() == [counts / 10]


def test_one_row_per_person_and_wave(opened: Open) -> None:
    frame = interview(wave=[1, 2, 1, 2], months=[3, 6, 3, 5])
    found = run(latest(opened(frame).table, by=["wave"]).order_by("wave"))
    assert found["composite"].tolist() == [0.2, 0.1]


def test_the_interview_is_taken_before_the_score_is_looked_at(opened: Open) -> None:
    """Who has no score in the latest interview has none: an older one does not take its place."""
    found = run(in_view(opened(interview(wave=[1, 2]).assign(composite=[0.4, None])), View()))
    assert found["composite"].isna().tolist() == [True]


def test_community_members_are_never_counted_as_returnees(source: Source, raw: pd.DataFrame) -> None:
    by_hand = raw.groupby("respondent")["person"].nunique()
    assert (by_hand["community"], by_hand["returnee"]) == (540, 5966)
    assert count(source, View()).n == 5966
    assert reach(source, View()) == Reach(5965, 22_660, 10, 5)
    assert choices(source).corridors[0] == "PAK-AFG"


def test_only_community_members_are_nobody(opened: Open) -> None:
    alone = opened(pd.DataFrame({"person": [f"p{n}" for n in range(20)], "wave": 1, "respondent": "community"}))
    assert reach(alone, View()) == Reach(None, None, 0, 0)
    assert choices(alone) == Choices()


@settings(max_examples=15, deadline=None)
@given(views())
def test_reach_counts_people_rounded_and_floored(source: Source, raw: pd.DataFrame, view: View) -> None:
    rows = chosen(raw, view)
    n = rows["person"].nunique()
    found = reach(source, view)
    assert count(source, view).n == n
    assert found.people == (5 * round(n / 5) if n >= 10 else None)
    assert found.interviews == (5 * round(len(rows) / 5) if n >= 10 else None)
    enough = [rows.groupby(column)["person"].nunique().ge(10) for column in ("corridor", "wave")]
    corridors, waves = ({*each.index[each]} if n >= 10 else set() for each in enough)
    assert (found.corridors, found.waves) == (len(corridors - {"other"}), len(waves))


@pytest.mark.parametrize("corridor", ["NLD-MAR", "AUT-TUN", "FRA-MLI", "NLD-AFG"])
def test_a_corridor_below_the_floor_is_as_one_that_is_not_there(
    source: Source, raw: pd.DataFrame, corridor: str
) -> None:
    by_hand = raw[(raw["respondent"] == "returnee") & (raw["host"] + "-" + raw["country_of_return"] == corridor)]
    assert by_hand["person"].nunique() == {"NLD-MAR": 9, "AUT-TUN": 6}.get(corridor, 0)
    assert count(source, View(place=corridor)).n == 0
    assert reach(source, View(place=corridor)) == Reach(None, None, 0, 0)


def test_with_and_without_a_small_corridor_a_cohort_offers_and_reaches_the_same(opened: Open) -> None:
    rng = np.random.default_rng(3)
    many = pd.DataFrame({"person": [f"p{n}" for n in range(120)], "country_of_return": ["AFG", "IRQ"] * 60})
    many = many.assign(wave=1, months=6, sex=rng.choice(["female", "male"], 120))
    few = many.iloc[:2].assign(person=["a", "b"], country_of_return="GHA", wave=7, months=30, sex="other")
    with_them, without_them = opened(pd.concat([many, few])), opened(many)
    assert choices(with_them) == choices(without_them)
    assert reach(with_them, View()) == reach(without_them, View()) == Reach(120, 120, 2, 1)


def test_which_choice_emptied_the_view(source: Source) -> None:
    assert emptied_by(source, View(place="NLD-MAR")) == ("place",)
    assert emptied_by(source, View(place="NLD-MAR", year="1950")) == ()  # one alone does not help
    assert emptied_by(source, View(band="forced", year="1950")) == ("year",)
    assert emptied_by(source, View()) == ()


def test_what_the_filters_offer(source: Source, raw: pd.DataFrame) -> None:
    rows = raw[raw["respondent"] == "returnee"]
    found = choices(source)
    n = rows.groupby("corridor")["person"].nunique().drop("other")
    assert found.corridors == tuple(sorted(n.index, key=lambda corridor: (-5 * round(n[corridor] / 5), corridor)))
    assert [found.place[0], found.place[-1]] == ["013", "other"]
    for each in (each for each in every() if each.declared or each.name in ("place", "year")):
        offered = getattr(found, each.name)
        there = {code for code in offered if people(raw, View(**{each.name: code}))["person"].nunique() >= 10}
        assert {*offered} == there
        assert [code for code in each.declared if code in there] == [*offered] or not each.declared
    assert not {"MAR", "TUN", "NLD-", "NLD-MAR"} & {*found.place}
    assert found.waves == (1, 2, 3, 4, 5)
    assert found.year == tuple(map(str, range(rows["return_year"].min(), rows["return_year"].max() + 1)))
    assert found.months == ("0-6", "7-12", "13-24", "25-")


def test_corridors_of_about_one_size_are_offered_by_code(opened: Open) -> None:
    hosts = ["USA"] * 12 + ["DEU"] * 11 + ["FRA"] * 10 + ["NOR"] * 14
    frame = pd.DataFrame({"person": [f"p{n}" for n in range(len(hosts))], "wave": 1, "host": hosts})
    assert choices(opened(frame)).corridors == ("NOR-AFG", "DEU-AFG", "FRA-AFG", "USA-AFG")


def test_what_a_cohort_does_not_hold_enough_of_is_not_offered(opened: Open) -> None:
    frame = pd.DataFrame({"person": [f"p{n}" for n in range(12)], "months": [0.5] * 11 + [12]})
    assert choices(opened(frame)) == Choices(
        corridors=("DEU-AFG",),
        place=("034", "AFG", "DEU-AFG"),
        band=("forced", "compulsory"),
        months=("0-6",),
    )
    assert choices(opened(frame.head(9))) == Choices()


def test_groups_without_people_have_none() -> None:
    raw = pd.DataFrame({"group": ["b"], "score": ["social"], "n": [7], "w": [7.5]})
    found = complete(raw, {"group": ["b", "a"], "score": ["social"]})
    assert found["group"].tolist() == ["b", "a"]
    assert found["n"].tolist() == [7, 0]
    assert found["w"].isna().tolist() == [False, True]


def test_the_largest_regions_in_view_and_none_below_the_floor(source: Source, raw: pd.DataFrame) -> None:
    view = View(band="forced")
    counted = people(raw, view)["area"].value_counts()
    assert (counted < 10).any()
    enough = [(-5 * round(n / 5), area) for area, n in counted.items() if n >= 10]
    wanted = [area for _, area in sorted(enough)]
    assert wanted != counted.index[: len(wanted)].tolist()  # the exact numbers would give another order
    assert list(largest(source, view, "area", 99)) == wanted
    for most in range(len(wanted)):
        assert list(largest(source, view, "area", most)) == wanted[:most]


def test_by_wave_a_person_counts_in_each_wave(source: Source, raw: pd.DataFrame) -> None:
    found = run(
        grouped(source, View(), Grouping("wave", (1, 3)), ("social",)).group_by("wave").aggregate(n=ibis._.count())
    )
    rows = latest_interviews(chosen(raw, View()), ["wave"])
    wanted = rows[rows["social"].notna()].groupby("wave").size()
    assert dict(zip(found["wave"], found["n"], strict=True)) == {1: wanted[1], 3: wanted[3]}
