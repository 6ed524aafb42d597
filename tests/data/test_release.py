import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from data.disclosure import (
    FLOOR,
    Context,
    Released,
    as_may_be_said,
    masked,
    release,
    release_published,
    released_people,
    rounded,
)
from data.notes import Doubt, Note
from data.vocabulary import Mark

CONTEXT = Context("All corridors", "made for a test", "none", "supplied", synthetic=True, version="0" * 8)


def released(raw: pd.DataFrame, **more: object) -> Released:
    wanted = {"name": "t", "keys": ["group"], "values": ["mean"], "people": int(raw["n"].sum()), "context": CONTEXT}
    return release(raw, **{**wanted, **more})


def test_value_count_and_interval_are_masked_together() -> None:
    raw = pd.DataFrame({"group": ["a", "b", "c"], "n": [9, 4, 40], "mean": [0.1, 0.2, 0.3], "low95": [0.0, 0.1, 0.2]})
    found = released(raw, values=["mean", "low95"])
    assert found.rows.loc[:1, ["people", "mean", "low95"]].isna().all().all()
    assert (found.marks.loc[:1] == Mark.CONFIDENTIAL).all().all()
    assert found.rows.loc[2, ["people", "mean", "low95"]].tolist() == [40, 0.3, 0.2]
    assert found.shown["group"].tolist() == ["c"]
    assert found.masked == 2


def test_nothing_exact_is_left_behind() -> None:
    raw = pd.DataFrame({"group": ["a"], "n": [43], "mean": [0.123456], "wx": [5.3]})
    found = released(raw)
    assert list(found.rows) == ["group", "people", "mean"]
    assert found.rows.loc[0].tolist() == ["a", 45, 0.123]


@given(st.lists(st.integers(0, 60), min_size=1, max_size=12))
def test_no_masked_count_can_be_found_from_the_total(counts: list[int]) -> None:
    hidden = masked(pd.Series(counts))
    assert all(hidden[place] for place, n in enumerate(counts) if n < FLOOR)
    behind = pd.Series(counts)[hidden]
    if behind.between(1, FLOOR - 1).any() and len(counts) > 1:
        assert len(behind) > 1
        assert behind.sum() >= FLOOR or hidden.all()


def test_a_lone_small_count_takes_the_next_smallest_with_it_within_its_block() -> None:
    n = pd.Series([3, 12, 80, 30, 40])
    block = pd.Series(["x", "x", "x", "y", "y"])
    assert masked(n, block).tolist() == [True, True, False, False, False]


def test_empty_groups_take_nobody_with_them() -> None:
    assert masked(pd.Series([0, 0, 50])).tolist() == [True, True, False]


@given(st.integers(0, 10_000))
def test_people_are_rounded_to_five_and_floored(n: int) -> None:
    people = released_people(n)
    assert people is None if n < FLOOR else people is not None and people % 5 == 0 and abs(people - n) <= 2


def test_rounded_keeps_missing() -> None:
    assert rounded(pd.Series([11, 13, None])).tolist()[:2] == [10, 15]


@pytest.mark.parametrize(("n", "shown"), [(19, False), (20, True)])
def test_a_median_needs_ten_people_on_either_side(n: int, shown: bool) -> None:
    found = released(pd.DataFrame({"group": ["a"], "n": [n], "median": [0.5]}), values=["median"])
    assert found.rows["median"].notna().tolist() == [shown]
    assert found.marks["people"].tolist() == [Mark.SHOWN]


@pytest.mark.parametrize(("n", "shown"), [(39, False), (40, True)])
def test_a_quartile_needs_forty_people(n: int, shown: bool) -> None:
    found = released(pd.DataFrame({"group": ["a"], "n": [n], "q25": [0.5]}), values=["q25"])
    assert found.rows["q25"].notna().tolist() == [shown]


@pytest.mark.parametrize(("above", "mark"), [(9, "c"), (10, ""), (30, ""), (31, "c"), (0, "c")])
def test_a_share_needs_ten_people_on_either_side(above: int, mark: str) -> None:
    raw = pd.DataFrame({"group": ["a"], "n": [40], "above": [above], "share": [above / 40]})
    found = released(raw, values=["share"], shares={"above": ["share"]})
    assert found.marks["share"].tolist() == [mark]


def test_missing_values_are_not_available_and_reasons_are_kept() -> None:
    raw = pd.DataFrame({"group": ["a", "b", "c"], "n": [40, 40, 2], "mean": [None, 0.2, 0.3]})
    reason = pd.Series([Mark.SHOWN, Mark.NOT_APPLICABLE, Mark.NOT_APPLICABLE])
    found = released(raw, reasons={"mean": reason})
    assert found.marks["mean"].tolist() == ["c", "z", "c"]  # the lone small group took "a" with it
    assert found.rows["mean"].isna().all()


def test_published_counts_stay_as_published_but_not_below_the_floor() -> None:
    """The total of all is told, so the three people take the next smallest row with them."""
    raw = pd.DataFrame({"group": ["a", "b", "c", "d", "e"], "n": pd.array([17_821, 3, 0, None, 40], "Int64")})
    found = release_published(raw, name="t", keys=["group"], context=CONTEXT)
    assert found.rows["people"].tolist()[:1] == [17_821]
    assert found.marks["people"].tolist() == ["", "c", "", "x", "c"]
    assert found.people == 17_864
    assert release_published(raw[:3], name="t", keys=["group"], within=["group"], context=CONTEXT).masked == 1
    assert release_published(raw[1:3], name="t", keys=["group"], context=CONTEXT).people is None


@pytest.mark.parametrize("seed", range(20))
def test_no_masked_cell_of_a_table_follows_from_its_margins(seed: int) -> None:
    """What linear programming can find out of all counts shown and all totals of rows and columns."""
    rng = np.random.default_rng(seed)
    rows, columns = (int(size) for size in rng.integers(2, 7, 2))
    n = pd.Series(rng.poisson(rng.gamma(1, 20, rows * columns)))
    margins = [pd.Series(np.repeat(range(rows), columns)), pd.Series(np.tile(range(columns), rows))]
    hidden = masked(n, *margins)
    assert hidden[n < FLOOR].all()
    cells = n.index[hidden]
    known = [(margin[cells] == place).to_numpy(float) for margin in margins for place in margin.unique()]
    totals = [part @ n[cells] for part in known]
    for place in np.flatnonzero(n[cells].between(1, FLOOR - 1)):
        aim = np.eye(len(cells))[place]
        least, most = (linprog(sign * aim, A_eq=known, b_eq=totals).fun * sign for sign in (1, -1))
        assert most - least >= 1


@pytest.mark.parametrize(("rows", "seen"), [(1, None), (9, None), (10, 10), (1203, 1205), (None, None)])
def test_counts_of_rows_in_a_doubt_follow_the_floor(rows: int | None, seen: int | None) -> None:
    doubt = Note(Doubt.ROWS_NOT_PICKED, rows=rows, of=4007)
    assert as_may_be_said(doubt) == Note(Doubt.ROWS_NOT_PICKED, rows=seen, of=4007)
    assert as_may_be_said(Note(Doubt.NO_WAVES)) == Note(Doubt.NO_WAVES)
