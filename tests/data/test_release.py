from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.disclosure import (
    ALL_ROWS,
    NO_TOTALS,
    Context,
    Count,
    Flag,
    Released,
    as_may_be_said,
    release,
    release_published,
    released_interviews,
    released_people,
    rounded,
    shown,
)
from data.notes import Doubt, Note

THRESHOLD = 10
MADE = "nobody of a test is weighed"
CONTEXT = Context("All corridors", "made for a test", "none", "supplied", synthetic=True, version="0" * 8)


def hidden(counts: Sequence[int], *margins: Sequence[object]) -> list[bool]:
    """Which of `counts` may not be shown, where those with the same code in one of `margins` add up to a total."""
    raw = pd.DataFrame({"n": [*counts], **{str(place): [*codes] for place, codes in enumerate(margins)}})
    return (~shown(raw, [[str(place)] for place in range(len(margins))] or [ALL_ROWS], MADE)).tolist()


def asked(raw: pd.DataFrame) -> dict[str, object]:
    """What the door is asked of groups and their means."""
    people = Count(int(raw["n"].sum()))
    return {"name": "t", "keys": ["group"], "values": ["mean"], "people": people, "context": CONTEXT}


def released(raw: pd.DataFrame, **more: object) -> Released:
    wanted = {**asked(raw), "margins": [ALL_ROWS], "unweighted": MADE}
    return release(raw.assign(people_seed=0), **{**wanted, **more})


def test_value_count_and_interval_are_masked_together() -> None:
    raw = pd.DataFrame({"group": ["a", "b", "c"], "n": [9, 4, 40], "mean": [0.1, 0.2, 0.3], "low95": [0.0, 0.1, 0.2]})
    found = released(raw, values=["mean", "low95"])
    assert found.rows.loc[:1, ["people", "mean", "low95"]].isna().all().all()
    assert (found.flags.loc[:1] == Flag.CONFIDENTIAL).all().all()
    assert found.rows.loc[2, ["people", "mean", "low95"]].tolist() == [40, 0.3, 0.2]
    assert found.shown["group"].tolist() == ["c"]
    assert found.suppressed == 2


def test_nothing_exact_is_left_behind() -> None:
    raw = pd.DataFrame({"group": ["a"], "n": [43], "mean": [0.123456], "wx": [5.3]})
    found = released(raw)
    assert list(found.rows) == ["group", "people", "mean"]
    assert found.rows.loc[0].tolist() == ["a", 45, 0.123]


@given(st.lists(st.integers(0, 60), min_size=1, max_size=12))
def test_no_hidden_count_can_be_found_from_the_total(counts: list[int]) -> None:
    found = hidden(counts)
    assert all(found[place] for place, n in enumerate(counts) if n < THRESHOLD)
    behind = pd.Series(counts)[found]
    if behind.between(1, THRESHOLD - 1).any() and sum(counts) >= THRESHOLD:
        assert len(behind) > 1
        assert behind.sum() >= THRESHOLD


def test_a_lone_small_count_takes_the_next_smallest_with_it_within_its_margin() -> None:
    assert hidden([3, 12, 80, 30, 40], ["x", "x", "x", "y", "y"]) == [True, True, False, False, False]


def test_empty_groups_take_nobody_with_them() -> None:
    assert hidden([0, 0, 50]) == [True, True, False]


def test_without_totals_only_few_people_are_hidden() -> None:
    raw = pd.DataFrame({"group": ["a", "b", "c"], "n": [3, 12, 80]})
    assert shown(raw, NO_TOTALS, MADE).tolist() == [False, True, True]


def test_a_group_of_few_people_takes_another_group_with_it() -> None:
    """The total of the five would follow from everyone less the other groups, whose shares tell their size."""
    raw = pd.DataFrame({"group": [*"aabbcc"], "part": ["x", "y"] * 3, "n": [2, 3, 30, 40, 60, 70]})
    assert shown(raw, [["group"], ALL_ROWS], MADE).tolist() == [False] * 4 + [True] * 2
    assert shown(raw, [["group"]], MADE).tolist() == [False] * 2 + [True] * 4


def test_a_running_sum_is_shown_only_where_it_tells_of_enough_people() -> None:
    raw = pd.DataFrame({"bin": range(8), "n": [4, 30, 20, 20, 20, 20, 40, 50], "mean": 0.5})
    cells = released(raw, keys=["bin"], running="bin")
    sums = released(raw, keys=["bin"], upto="bin")
    assert cells.rows["people"].isna().tolist() == [True, False, True, False, False, False, False, False]
    assert sums.rows["people"].isna().tolist() == [True, True, False, False, False, False, False, False]
    assert sums.rows["people"].tolist()[2:] == [55, 75, 95, 115, 155, 205]


def test_rows_of_nobody_who_was_asked_are_not_available() -> None:
    raw = pd.DataFrame({"group": ["a", "b"], "n": [0, 40], "mean": [None, 0.5], "no": [True, False]})
    assert released(raw, not_asked="no").flags["people"].tolist() == [Flag.NOT_AVAILABLE, Flag.SHOWN]


@given(st.integers(0, 10_000))
def test_people_are_rounded_to_five_and_floored(n: int) -> None:
    people = released_people(n)
    assert people is None if n < THRESHOLD else people is not None and people % 5 == 0 and abs(people - n) <= 2


def test_rounded_keeps_missing() -> None:
    assert rounded(pd.Series([11, 13, None])).tolist()[:2] == [10, 15]


@pytest.mark.parametrize(("n", "shown"), [(19, False), (20, True)])
def test_a_median_needs_ten_people_on_either_side(n: int, shown: bool) -> None:
    found = released(pd.DataFrame({"group": ["a"], "n": [n], "median": [0.5]}), values=["median"])
    assert found.rows["median"].notna().tolist() == [shown]
    assert found.flags["people"].tolist() == [Flag.SHOWN]


@pytest.mark.parametrize(("n", "shown"), [(39, False), (40, True)])
def test_a_quartile_needs_forty_people(n: int, shown: bool) -> None:
    found = released(pd.DataFrame({"group": ["a"], "n": [n], "q25": [0.5]}), values=["q25"])
    assert found.rows["q25"].notna().tolist() == [shown]


@pytest.mark.parametrize(("above", "mark"), [(9, "c"), (10, ""), (30, ""), (31, "c"), (0, "c")])
def test_a_share_needs_ten_people_on_either_side(above: int, mark: str) -> None:
    raw = pd.DataFrame({"group": ["a"], "n": [40], "above": [above], "share": [above / 40]})
    found = released(raw, values=["share"], shares={"above": ["share"]})
    assert found.flags["share"].tolist() == [mark]


def test_a_share_of_few_people_takes_another_with_it() -> None:
    """Everyone above less those of the other groups would be the four; so would those below."""
    raw = pd.DataFrame({"group": [*"abc"], "n": [40, 60, 90], "above": [4, 30, 20], "share": [0.1, 0.5, 0.222]})
    assert released(raw, values=["share"], shares={"above": ["share"]}).flags["share"].tolist() == ["c", "", "c"]
    apart = released(raw, values=["share"], shares={"above": ["share"]}, margins=NO_TOTALS)
    assert apart.flags["share"].tolist() == ["c", "", ""]


def test_missing_values_are_not_available_and_reasons_are_kept() -> None:
    raw = pd.DataFrame({"group": ["a", "b", "c"], "n": [40, 40, 2], "mean": [None, 0.2, 0.3]})
    reason = pd.Series([Flag.SHOWN, Flag.NOT_APPLICABLE, Flag.NOT_APPLICABLE])
    found = released(raw, reasons={"mean": reason})
    assert found.flags["mean"].tolist() == ["c", "z", "c"]  # the lone small group took "a" with it
    assert found.rows["mean"].isna().all()


def test_published_counts_stay_as_published_but_not_below_the_floor() -> None:
    """The total of all is told, so the three people take the next smallest row with them."""
    raw = pd.DataFrame({"group": ["a", "b", "c", "d", "e"], "n": pd.array([17_821, 3, 0, None, 40], "Int64")})
    found = release_published(raw, name="t", keys=["group"], margins=[ALL_ROWS], context=CONTEXT)
    assert found.rows["people"].tolist()[:1] == [17_821]
    assert found.flags["people"].tolist() == ["", "c", "", "x", "c"]
    assert found.people == 17_864
    assert release_published(raw[:3], name="t", keys=["group"], margins=NO_TOTALS, context=CONTEXT).suppressed == 1
    assert release_published(raw[1:3], name="t", keys=["group"], margins=[ALL_ROWS], context=CONTEXT).people is None


@pytest.mark.parametrize(("rows", "seen"), [(1, None), (9, None), (10, 10), (1203, 1205), (None, None)])
def test_counts_of_rows_in_a_doubt_follow_the_floor(rows: int | None, seen: int | None) -> None:
    doubt = Note(Doubt.ROWS_NOT_PICKED, rows=rows, of=4007)
    assert as_may_be_said(doubt) == Note(Doubt.ROWS_NOT_PICKED, rows=seen, of=4005)
    assert as_may_be_said(Note(Doubt.NO_CHOICE, count=rows)) == Note(Doubt.NO_CHOICE, count=seen)
    assert as_may_be_said(Note(Doubt.NO_WAVES)) == Note(Doubt.NO_WAVES)
    columns = Note(Doubt.EMPTY_COLUMNS, count=3)
    assert as_may_be_said(columns) == columns


@pytest.mark.parametrize(
    ("interviews", "people", "seen"), [(13, 13, 15), (60, 9, None), (1203, 400, 1205), (9, 9, None)]
)
def test_interviews_are_told_only_of_enough_people(interviews: int, people: int, seen: int | None) -> None:
    assert released_interviews(interviews, people) == seen
