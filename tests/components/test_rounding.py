"""One rule for how a number is written, wherever it stands."""

import pytest

from components.rounding import percent, signed, size, within, written


@pytest.mark.parametrize(
    ("share", "told"),
    [(0.216, "22%"), (0.22, "22%"), (0.0, "0%"), (0.004, "0.4%"), (0.0096, "1%"), (0.994, "99%"), (0.996, "99.6%")],
)
def test_a_share_is_whole_per_cents_unless_it_would_read_as_nobody_or_everybody(share: float, told: str) -> None:
    assert percent(share) == told
    assert written("share", share) == written("share_low95", share) == written("coverage", share) == told


def test_an_interval_of_a_share_has_one_sign() -> None:
    assert within(0.39, 0.431) == "39–43%"
    assert within(0.004, 0.02) == "0.4–2%"


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("people", 902_300, "902,300"),
        ("n_effective", 2515.4, "2,515"),
        ("mean", 0.5, "0.50"),
        ("low95", -0.049, "-0.05"),
        ("difference_high66", 0.126, "0.13"),
        ("slope_low95", -0.0152, "-0.015"),
        ("p", 0.0004, "under 0.001"),
        ("p", 0.0312, "0.031"),
        ("rank", 1.0, "1"),
        ("rank_high", 2.5, "2.5"),
        ("if_lower", 0.5, "0.50"),
    ],
)
def test_a_column_says_how_its_numbers_are_written(column: str, value: float, told: str) -> None:
    assert written(column, value) == told


@pytest.mark.parametrize(
    ("amount", "told"), [(0.4, "0.40"), (-0.012, "0.01"), (0.006, "0.006"), (-0.0004, "less than 0.001")]
)
def test_small_amounts_have_digits_enough(amount: float, told: str) -> None:
    assert size(amount) == told


def test_a_change_has_its_sign() -> None:
    assert (signed(0.04), signed(-0.006), signed(0.0)) == ("+0.04", "−0.006", "less than 0.001")
