import io
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.instrument import elements
from data.scoring import (
    DOCUMENTED,
    EQUAL,
    PROFILES,
    SUPPLIED,
    Profile,
    ScoringError,
    all_zero,
    from_share,
    own_table,
    score,
)
from data.vocabulary import DIMENSIONS, POINTS, SCORES

STEPS = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])
ANSWERS = st.lists(STEPS, min_size=30, max_size=30)
PARTLY = st.lists(st.none() | STEPS, min_size=30, max_size=30)
COMPUTED = st.sampled_from([DOCUMENTED, EQUAL])


def one(points: list[float | None], profile: Profile) -> pd.Series:
    return score(pd.DataFrame([points], columns=list(POINTS), dtype="float64"), profile).iloc[0]


def by_hand(points: list[float | None], profile: Profile) -> dict[str, float]:
    """The rule of the docstring, element by element, in plain Python."""
    result = {}
    for name in SCORES:
        used = [
            (point, weight)
            for point, element, dimension_weight, composite_weight in zip(
                points, elements(), profile.dimension_weights, profile.composite_weights, strict=True
            )
            if name == "composite" or element.dimension == name
            for weight in [composite_weight if name == "composite" else dimension_weight]
        ]
        full = math.fsum(weight for _, weight in used)
        answered = math.fsum(weight for point, weight in used if point is not None)
        enough = answered / full >= profile.minimum_answered - 1e-12
        total = math.fsum(point * weight for point, weight in used if point is not None)
        result[str(name)] = total * full / answered if enough else math.nan
    return result


def table(**changed: dict[int, float]) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "number": np.arange(1, 31),
            "dimension_weight": EQUAL.dimension_weights,
            "composite_weight": EQUAL.composite_weights,
        }
    )
    for column, values in changed.items():
        for number, value in values.items():
            frame.loc[frame["number"] == number, column] = value
    return frame


def test_figure_3_example() -> None:
    points = [0.75] + [0.0] * 29
    scored = one(points, DOCUMENTED)
    assert scored["economic"] == 0.1125  # .75 * .15
    # Figure 3 prints ".75 * .05 = 0.06"; that is a misprint, the product is .0375
    assert scored["composite"] == 0.0375
    assert scored["social"] == scored["psychosocial"] == 0


def test_documented_keeps_the_six_published_weights_and_shares_the_rest_equally() -> None:
    dimension = dict(zip(range(1, 31), DOCUMENTED.dimension_weights, strict=True))
    composite = dict(zip(range(1, 31), DOCUMENTED.composite_weights, strict=True))
    published = (1, 3, 10, 12, 21, 22)
    assert [dimension[n] for n in published] == [0.15, 0.08, 0.10, 0.11, 0.12, 0.05]
    assert [composite[n] for n in published] == [0.05, 0.02, 0.03, 0.03, 0.04, 0.03]
    rest = {n: dimension[n] for n in range(1, 31) if n not in published}
    assert [rest[n] for n in (2, 11, 30)] == pytest.approx([0.77 / 7, 0.79 / 9, 0.83 / 8])
    assert len(set(rest.values())) == 3
    assert {composite[n] for n in rest} == {composite[2]}
    assert composite[2] == pytest.approx(0.8 / 24)


@pytest.mark.parametrize("profile", [DOCUMENTED, EQUAL])
def test_full_points_give_exactly_one(profile: Profile) -> None:
    assert list(profile.sums().values()) == pytest.approx([1, 1, 1, 1], abs=1e-12)
    assert list(one([1.0] * 30, profile)) == [1, 1, 1, 1]


def test_no_profile_passes_for_the_official_score() -> None:
    assert set(PROFILES) == {"supplied", "documented", "equal"}
    assert "6 of 30 weights published; not the official IOM score" in DOCUMENTED.label
    assert "not the IOM score" in EQUAL.label


def test_composite_is_not_the_mean_of_the_dimensions() -> None:
    scored = one([1.0] * 9 + [0.0] * 21, DOCUMENTED)
    assert scored["composite"] == pytest.approx(0.05 + 0.02 + 7 * 0.8 / 24)
    assert abs(scored["composite"] - scored[list(DIMENSIONS)].mean()) > 0.02


@given(ANSWERS)
def test_equal_is_the_plain_mean(points: list[float]) -> None:
    scored = one(points, EQUAL)
    parts = {"composite": points, "economic": points[:9], "social": points[9:20], "psychosocial": points[20:]}
    assert scored.to_dict() == pytest.approx({name: float(np.mean(part)) for name, part in parts.items()})


@given(PARTLY, COMPUTED)
def test_scores_follow_the_rule_element_by_element(points: list[float | None], profile: Profile) -> None:
    assert one(points, profile).to_dict() == pytest.approx(by_hand(points, profile), nan_ok=True, abs=1e-11)


@given(PARTLY, COMPUTED)
def test_scores_stay_in_range(points: list[float | None], profile: Profile) -> None:
    scored = one(points, profile).dropna()
    assert scored.between(0, 1).all()


@given(PARTLY, st.permutations(list(POINTS)))
def test_order_of_elements_does_not_matter(points: list[float | None], order: list[str]) -> None:
    frame = pd.DataFrame([points], columns=list(POINTS), dtype="float64")
    pd.testing.assert_frame_equal(score(frame[order], DOCUMENTED), score(frame, DOCUMENTED), check_exact=True)


@given(ANSWERS, st.integers(0, 29), STEPS, COMPUTED)
def test_a_better_answer_never_lowers_a_score(points: list[float], at: int, new: float, profile: Profile) -> None:
    low, high = sorted([points[at], new])
    worse, better = (one([*points[:at], value, *points[at + 1 :]], profile) for value in (low, high))
    assert (worse <= better).all()
    assert low == high or worse["composite"] < better["composite"]


def test_rows_keep_their_index_and_do_not_touch_each_other() -> None:
    rng = np.random.default_rng(3)
    frame = pd.DataFrame(rng.random((50, 30)), columns=list(POINTS), index=range(100, 150))
    together = score(frame, DOCUMENTED)
    assert together.index.equals(frame.index)
    assert list(together.columns) == list(SCORES)
    pd.testing.assert_frame_equal(together, pd.concat([score(frame.loc[[i]], DOCUMENTED) for i in frame.index]))


@pytest.mark.parametrize(("missing", "scored"), [(2, True), (3, False)])
def test_four_fifths_of_the_weight_must_be_answered(missing: int, scored: bool) -> None:
    result = one([0.5] * 20 + [None] * missing + [0.5] * (10 - missing), EQUAL)  # 10 psychosocial elements: 8 suffice
    assert result["psychosocial"] == 0.5 if scored else math.isnan(result["psychosocial"])
    assert result["economic"] == result["social"] == result["composite"] == 0.5


def test_the_share_is_one_of_weight_not_of_questions() -> None:
    without_first = one([None] + [1.0] * 29, DOCUMENTED)  # leaves .85 of the economic weight
    without_two = one([None, None] + [1.0] * 28, DOCUMENTED)  # leaves .74, though 7 of 9 are answered
    assert without_first["economic"] == 1
    assert math.isnan(without_two["economic"])
    assert without_two["composite"] == 1


def test_no_answer_is_no_score_whatever_the_minimum() -> None:
    weights = DOCUMENTED.dimension_weights, DOCUMENTED.composite_weights
    assert one([None] * 30, Profile("lenient", "", *weights, minimum_answered=0.0)).isna().all()


def test_an_absent_column_counts_as_not_answered() -> None:
    frame = pd.DataFrame([[1.0] * 9], columns=list(POINTS[:9]))
    scored = score(frame, DOCUMENTED).iloc[0]
    assert scored["economic"] == 1
    assert scored.drop("economic").isna().all()


def test_supplied_scores_are_read_as_they_are() -> None:
    frame = pd.DataFrame({"p01": [1.0, 0.0], "economic": [0.3, np.nan], "composite": [0.9, 0.1]})
    scored = score(frame, SUPPLIED)
    pd.testing.assert_frame_equal(
        scored,
        pd.DataFrame(
            {"composite": [0.9, 0.1], "economic": [0.3, np.nan], "social": [np.nan] * 2, "psychosocial": [np.nan] * 2}
        ),
        check_column_type=False,
    )


def test_all_zero_counts_rows_with_four_zeros_only() -> None:
    rows = [[0, 0, 0, 0], [0, 0, 0, np.nan], [0, 0, 0, 0.01], [0, 0, 0, 0], [np.nan] * 4]
    assert all_zero(pd.DataFrame(rows, columns=list(SCORES))) == 2


def test_own_table_in_any_row_order_scores_like_the_profile_it_copies() -> None:
    shuffled = table().sample(frac=1, random_state=1)
    profile = own_table(shuffled)
    points = list(np.random.default_rng(5).random(30))
    assert profile.key == "own table"
    assert one(points, profile).to_dict() == pytest.approx(one(points, EQUAL).to_dict())


@pytest.mark.parametrize("separator", [",", ";"])
def test_own_table_reads_a_csv(separator: str) -> None:
    text = "\ufeff" + table().to_csv(index=False, sep=separator)
    assert own_table(io.BytesIO(text.encode())) == own_table(table())


def test_own_weights_tell_their_sum_and_still_end_at_one() -> None:
    profile = own_table(table(dimension_weight={1: 1 / 9 + 0.01}))
    points = list(np.random.default_rng(6).random(30))
    plain = sum(p * w for p, w in zip(points[:9], profile.dimension_weights[:9], strict=True))
    assert one(points, profile)["economic"] == pytest.approx(plain / 1.01, abs=1e-11)
    assert one([1.0] * 30, profile)["economic"] == pytest.approx(1.0)
    assert "economic 1.01" in profile.label


def test_own_weights_below_one_are_left_as_they_are() -> None:
    profile = own_table(table(dimension_weight={1: 1 / 9 - 0.01}))
    points = list(np.random.default_rng(6).random(30))
    plain = sum(p * w for p, w in zip(points[:9], profile.dimension_weights[:9], strict=True))
    assert one(points, profile)["economic"] == pytest.approx(plain, abs=1e-11)


def test_own_sums_up_to_five_hundredths_over_are_taken() -> None:
    assert own_table(table(composite_weight={7: 1 / 30 + 0.05})).sums()["composite"] == pytest.approx(1.05)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (table(composite_weight={7: 1 / 30 + 0.06}), "composite weights in the table add up to 1.06"),
        (table(dimension_weight=dict.fromkeys(range(21, 31), 0.0)), "psychosocial weights in the table add up to 0.00"),
        (table(dimension_weight={4: -0.1}), "1 row with a weight below 0"),
        (table(dimension_weight={4: math.nan, 5: math.inf}), "Column dimension_weight .* 2 rows without a number"),
        (table().iloc[:28], "lacks element 29, 30;"),
        (table().replace({"number": {30: 31}}), "lacks element 30;"),
        (pd.concat([table(), table().iloc[:1]]), "0 rows outside 1 to 30 and 1 row repeated"),
        (pd.concat([table(), table().tail(1).assign(number=31)]), "1 row outside 1 to 30 and 0 rows repeated"),
        (table().drop(columns="composite_weight"), "no column composite_weight"),
        (table().astype({"dimension_weight": "str"}).assign(dimension_weight="0,1"), "decimal point"),
        (io.StringIO(""), "cannot be read"),
        (io.BytesIO(b"\xff\xfe\x00\x01"), "cannot be read"),
    ],
)
def test_a_wrong_table_is_refused_in_one_sentence(wrong: pd.DataFrame | io.BytesIO, message: str) -> None:
    with pytest.raises(ScoringError, match=message) as refused:
        own_table(wrong)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


def test_another_share_that_must_be_answered_is_told_in_the_label() -> None:
    points = pd.DataFrame([{f"p{number:02d}": 0.5 for number in range(1, 11)}])
    assert score(points, EQUAL)["composite"].isna().all()
    lower = from_share(EQUAL, 0.3)
    assert score(points, lower)["composite"].tolist() == [0.5]
    assert "30% of the weight" in lower.label
    assert lower.key not in PROFILES
    assert from_share(EQUAL, EQUAL.minimum_answered) is EQUAL
