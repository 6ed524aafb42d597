"""People who count for too few: one heavy person, or many who weigh next to nothing, make no group that may be told."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.disclosure import ALL_ROWS, NO_TOTALS, WEIGHED, added, release, shown, too_few
from data.disclosure.weight import dominated, effective, light
from data.engine import Source
from data.grouping import Grouping
from data.summaries.comparison import compare
from data.summaries.composition import compose
from data.view import View
from data.vocabulary import CATEGORIES
from tests.conftest import Open
from tests.data import test_no_cell_follows as attack
from tests.data.test_no_cell_follows import Asked, arguments, cohort, flows, sides, standing, summaries
from tests.data.test_release import asked as wanted_of

asked = attack.asked

PADDED = 40
MODELLED = ("weights-for-follow-up", "scores-by-wave-weighted")
"""Figures whose weights are not those of the file alone."""


def people(*weights: float) -> dict[str, float]:
    """The sums of people of these weights."""
    w = np.array(weights)
    return {
        "n": len(w),
        "w": w.sum(),
        "ww": (w**2).sum(),
        "heaviest": w.max(initial=0),
        "people_seed": 0,
        "interviews_seed": 0,
    }


def rows(*groups: tuple[float, ...]) -> pd.DataFrame:
    return pd.DataFrame([people(*weights) for weights in groups]).assign(group=range(len(groups)))


def test_people_of_equal_weight_are_as_many_as_they_are() -> None:
    assert effective(10 * 0.3, 10 * 0.09) == pytest.approx(10)


def test_kishs_number_by_hand() -> None:
    # Weights 1, 1, 2: 4 squared over 6.
    assert effective(4.0, 6.0) == pytest.approx(16 / 6)


@pytest.mark.parametrize("weight", [1.0, 0.1, 0.3, 1 / 3, 7e5])
@pytest.mark.parametrize("n", [10, 11, 37])
def test_ten_people_of_equal_weight_are_enough(weight: float, n: int) -> None:
    assert not too_few(rows((weight,) * n)).any()


def test_one_person_may_have_a_fifth_of_the_weight_and_no_more() -> None:
    assert not dominated(5.0, 1.0)
    assert dominated(4.9, 1.0)
    # 60 people of weight 1, one of 15: a fifth of 75; Kish's number is 75² / 285 = 19.7.
    assert too_few(rows((1.0,) * 60 + (15.0,), (1.0,) * 60 + (15.1,))).tolist() == [False, True]


def test_many_people_can_count_for_fewer_than_ten() -> None:
    # Six of weight 1 and a hundred of 0.01: nobody has more than a fifth, and Kish's number is 7² / 6.01 = 8.2.
    heavy = people(*(1.0,) * 6, *(0.01,) * 100)
    assert not dominated(heavy["w"], heavy["heaviest"])
    assert light(heavy["w"], heavy["ww"], heavy["heaviest"])


def test_nobody_is_not_too_few() -> None:
    assert too_few(rows((), (1.0,) * 9, (1.0,) * 10)).tolist() == [False, True, False]


def test_weights_that_are_not_known_count_for_too_few() -> None:
    raw = pd.DataFrame({"n": [20, 20, 0], "w": [np.nan, 20, np.nan], "ww": [20, 20, np.nan], "heaviest": 1.0})
    assert too_few(raw).tolist() == [True, False, False]
    assert light(1e200, np.inf, 1e200)


def test_rows_are_added() -> None:
    raw = rows((1.0, 2.0), (3.0,), (5.0,)).assign(side=["a", "b", "a"])
    found = added(raw, ["side"]).set_index("side")
    assert found.loc["a"].to_dict() == people(1.0, 2.0, 5.0)
    assert found.loc["b"].to_dict() == people(3.0)


def test_padding_hides_a_person() -> None:
    raw = rows((1.0,) + (1e-9,) * 9, (1.0,) * 10)
    assert shown(raw, NO_TOTALS).tolist() == [False, True]


def test_a_row_hidden_for_its_weights_is_not_the_only_one_of_its_total() -> None:
    alone, others = (1.0,) + (1e-9,) * 9, [(1.0,) * n for n in (40, 12, 90)]
    assert shown(rows(alone, *others), [ALL_ROWS]).tolist() == [False, True, False, True]


def test_what_is_hidden_of_a_total_counts_for_enough_together() -> None:
    # What is left of the total, the second of them hidden too, would still be one person's.
    alone, nobodies, others = (1.0,) + (1e-9,) * 9, (1e-9,) * 11, (1.0,) * 30
    assert shown(rows(alone, nobodies, others, others), [ALL_ROWS]).tolist() == [False, False, False, True]


def test_all_of_a_total_that_counts_for_too_few_is_hidden() -> None:
    # 100 people of weight 1 and one of 1,000 who has nine of 1 beside: shares of that total are one person's.
    assert not shown(rows((1000.0,) + (1.0,) * 9, (1.0,) * 50, (1.0,) * 50), [ALL_ROWS]).any()


def given(raw: pd.DataFrame, **more: Any) -> dict[str, Any]:
    return {**wanted_of(raw), "margins": NO_TOTALS, **more}


def test_the_door_refuses_weighted_rows_without_the_heaviest_weight_or_a_seed() -> None:
    raw = rows((1.0,) * 20).assign(mean=0.5)
    for missing in WEIGHED:
        with pytest.raises(ValueError, match=missing):
            release(raw.drop(columns=missing), **given(raw))
    for missing in ("w", "ww", "heaviest"):
        with pytest.raises(ValueError, match=missing):
            shown(raw.drop(columns=missing), NO_TOTALS)


def test_the_door_refuses_rows_that_say_nothing_of_weights() -> None:
    raw = rows((1.0,) * 20).assign(mean=0.5)
    counted = raw.drop(columns=["w", "ww", "heaviest"])
    with pytest.raises(ValueError, match="nor why"):
        release(counted, **given(raw))
    assert release(counted, **given(raw, unweighted="nobody is weighed")).rows["people"].tolist() == [20]


def test_the_door_refuses_weights_of_people_who_are_not_weighed() -> None:
    raw = rows((1.0,) * 20).assign(mean=0.5)
    with pytest.raises(ValueError, match="nobody is weighed"):
        release(raw, **given(raw, unweighted="nobody is weighed"))


def test_the_door_refuses_parts_of_a_row_without_their_weights() -> None:
    raw = rows((1.0,) * 40).assign(mean=0.5, above=20, w_above=20.0, ww_above=20.0, heaviest_above=1.0)
    raw = raw.assign(people_seed_above=0, interviews_seed_above=0)
    with pytest.raises(ValueError, match="heaviest_not_above"):
        release(raw, **given(raw, shares={"above": ["mean"]}))
    for missing in WEIGHED:
        for of in ("shares", "needs"):
            with pytest.raises(ValueError, match=f"{missing}_above"):
                release(raw.drop(columns=f"{missing}_above"), **given(raw, **{of: {"above": ["mean"]}}))


@pytest.mark.parametrize("of", ["shares", "needs"])
def test_a_part_that_is_one_person_hides_what_it_tells(of: str) -> None:
    one, rest = people(1.0, *(1e-9,) * 9), people(*(1.0,) * 30)
    above = {"above": one["n"], **{f"{name}_above": one[name] for name in WEIGHED}}
    whole = {name: one[name] + rest[name] for name in ("n", "w", "ww")}
    raw = rows((1.0,)).assign(**whole, **above, heaviest_not_above=1.0, mean=0.5)
    found = release(raw, **given(raw, **{of: {"above": ["mean"]}}))
    assert found.is_shown().tolist() == [True]
    assert found.is_confidential("mean").tolist() == [True]


def test_the_rest_that_is_one_person_hides_a_share() -> None:
    one, most = people(1.0, *(1e-9,) * 9), people(*(1.0,) * 30)
    above = {"above": most["n"], **{f"{name}_above": most[name] for name in WEIGHED}}
    whole = {name: one[name] + most[name] for name in ("n", "w", "ww")}
    raw = rows((1.0,)).assign(**whole, **above, heaviest_not_above=1.0, mean=0.5)
    found = release(raw, **given(raw, shares={"above": ["mean"]}))
    assert found.is_confidential("mean").tolist() == [True]


@pytest.mark.parametrize("along", ["running", "upto"])
def test_an_order_is_not_told_around_a_cell_that_is_one_person(along: str) -> None:
    cells = [(1.0,) * 30] * 4 + [(1.0,) + (1e-9,) * 9] + [(1.0,) * 30] * 5
    raw = rows(*cells).assign(bin=range(10), group="a", mean=0.5)
    wanted = given(raw, keys=["group", "bin"], margins=[["group"]], **{along: "bin"})
    hidden = release(raw, **wanted).is_confidential().to_numpy()
    if along == "running":
        assert hidden[4]
        assert hidden.sum() == 2
    else:
        # The sum up to the cell less the one before it would be the cell.
        assert hidden[3] or hidden[4]
        assert not hidden[9]


def heavy(rng: np.random.Generator) -> pd.DataFrame:
    """Made-up interviews whose people weigh from next to nothing to far more than all others."""
    frame = cohort(rng)
    names = frame["person"].unique()
    weight = np.where(rng.random(len(names)) < 0.1, 1e-9, rng.lognormal(0, 1.2, len(names)))
    return frame.assign(weight=frame["person"].map(dict(zip(names, weight, strict=True))))


def all_asked(interviewed: Source, recorded: Source, asked: list[Asked], grouping: Grouping) -> list[Asked]:
    """What every summary sends through the door."""
    for summary in summaries():
        summary(**arguments(summary, interviewed, recorded, View(), grouping))
    return [each for each in asked if not each.published]


def told(each: Asked) -> Iterator[tuple[pd.DataFrame, np.ndarray]]:
    """Rows with their own people, and which of them are shown: those of the figure, and those that its shares count."""
    raw = standing(each)
    if each.given.get("upto"):
        along = raw.groupby([key for key in each.given["keys"] if key != each.given["upto"]], sort=False)
        raw = raw.assign(w=along["w"].cumsum(), ww=along["ww"].cumsum(), heaviest=along["heaviest"].cummax())
    yield raw, each.released.is_shown().to_numpy()
    for counted, (column, *_) in (each.given.get("shares") or {}).items():
        for side in sides(raw, counted):
            yield side, each.released.is_shown(column).to_numpy()


@pytest.mark.parametrize("seed", attack.COHORTS)
def test_no_row_of_a_summary_stands_for_few(
    opened: Open, opened_flows: Callable[..., Source], asked: list[Asked], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    interviewed, recorded = opened(heavy(rng)), opened_flows(flows(rng))
    weightless = 0
    for each in all_asked(interviewed, recorded, asked, attack.GROUPINGS[seed % len(attack.GROUPINGS)]):
        for raw, is_shown in told(each):
            n, w, ww, most = (raw[name].to_numpy(float) for name in ("n", "w", "ww", "heaviest"))
            few = (w**2 < 9.999 * ww) | (most > 0.2001 * w)
            assert not (is_shown & few).any(), each.released.name
            weightless += int((few & (n >= 10)).sum())
    assert weightless > 100  # many rows of people enough are hidden for their weights


def test_what_a_summary_says_of_weights_is_of_the_people_it_counts(
    opened: Open, opened_flows: Callable[..., Source], asked: list[Asked]
) -> None:
    rng = np.random.default_rng(7)
    interviewed, recorded = opened(cohort(rng).assign(weight=2.0)), opened_flows(flows(rng))
    seen = 0
    for each in all_asked(interviewed, recorded, asked, attack.GROUPINGS[0]):
        if each.given.get("unweighted") or each.released.name.startswith(MODELLED):
            continue
        for counted in ("", *(each.given.get("shares") or {}), *(each.given.get("needs") or {})):
            end = f"_{counted}" if counted else ""
            some = each.raw[each.raw[counted or "n"] > 0]
            n = some[counted or "n"].to_numpy(float)
            assert some[f"w{end}"].to_numpy(float) == pytest.approx(2 * n), each.released.name
            assert some[f"ww{end}"].to_numpy(float) == pytest.approx(4 * n), each.released.name
            assert (some[f"heaviest{end}"] == 2).all(), each.released.name
            seen += len(some)
    assert seen > 500


def test_nine_made_up_people_beside_one_do_not_tell_of_that_one(opened: Open, raw: pd.DataFrame) -> None:
    last = raw[raw["respondent"] == "returnee"].sort_values("wave").drop_duplicates("person", keep="last")
    cells = ["corridor", "band", "sex", "age_group", "return_year", "label"]
    alone = last[last.groupby(cells)["person"].transform("size") == 1].head(PADDED).reset_index(drop=True)
    assert len(alone) == PADDED
    alone["area"] = [f"cell {place}" for place in range(PADDED)]
    made_up = pd.concat([alone.assign(person=alone["person"] + f" {place}", weight=1e-9) for place in range(9)])
    made_up["composite"] = 0.0
    others = last[~last["person"].isin(alone["person"])].assign(area="elsewhere")
    source = opened(pd.concat([alone, made_up, others]))
    areas = Grouping("area", (*alone["area"], "elsewhere"))
    found = compare(source, View(), areas, "elsewhere").only("score", "composite")
    assert found.is_confidential().tolist() == [True] * PADDED + [False]
    assert found.rows["mean"].isna().tolist() == [True] * PADDED + [False]
    parts = compose(source, View(), areas, Grouping("band", tuple(CATEGORIES["band"])))
    assert parts.shown["area"].unique().tolist() == ["elsewhere"]
