from datetime import datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.reading import ReadingError, values
from data.vocabulary import CATEGORIES


def column(*cells: str) -> pd.Series:
    return values.cells(pd.Series(cells, dtype="str", name="Heading"))


def said(parser: values.Parser, *cells: str) -> str:
    with pytest.raises(ReadingError) as raised:
        parser(column(*cells))
    (sentence,) = raised.value.problems
    assert sentence.startswith("Column 'Heading' ")
    return sentence


@pytest.mark.parametrize("word", ["", " ", "NA", "n/a", "Don't know", "Don’t know", "REFUSED", "Not applicable", "."])
def test_words_for_missing_are_missing(word: str) -> None:
    assert column(word, "########", " x ").isna().tolist() == [True, True, False]


def test_na_is_a_country_among_countries() -> None:
    cells = values.cells(pd.Series(["NA", "na", "n/a", " Pakistan "], dtype="str"), country=True)
    assert values.countries(cells).fillna("").tolist() == ["NAM", "NAM", "", "PAK"]


def test_unknown_countries_are_spelt_out_but_nothing_with_a_digit() -> None:
    sentence = said(values.countries, "Atlantis", "Atlantis", "Lemuria", "P-1234", "FRA")
    assert "4 rows" in sentence
    assert "'Atlantis', 'Lemuria':" in sentence
    assert "1234" not in sentence


def test_numbers_with_a_point_or_throughout_a_comma() -> None:
    assert values.numbers(column("0.5", "1e-1", "-2", "+3.")).tolist() == [0.5, 0.1, -2, 3]
    assert values.numbers(column("0,5", "1", "0,750")).tolist() == [0.5, 1, 0.75]
    assert values.numbers(column("1", "")).isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("0,5", "0.5", "0.7"), ("decimal commas in 1 row ", "decimal points in 2 rows")),
        (("1,200", "2,500"), ("2 rows", "decimals or thousands")),
        (("1", "two", "inf", "nine"), ("3 rows with something else than a number",)),
        (("1,2,3", "1"), ("1 row with something else",)),
    ],
)
def test_numbers_that_could_mean_two_things_are_refused(cells: tuple[str, ...], words: tuple[str, ...]) -> None:
    sentence = said(values.numbers, *cells)
    assert all(word in sentence for word in words)


@given(st.lists(st.floats(-1e9, 1e9), min_size=1))
def test_numbers_survive_being_written(numbers: list[float]) -> None:
    assert values.numbers(column(*map(repr, numbers))).tolist() == numbers


def test_numbers_stay_within_their_limits() -> None:
    months = values.numbers_within(0, 1200)
    assert months(column("0", "1200", "2.5", "")).dropna().tolist() == [0, 1200, 2.5]
    assert "2 rows without a number from 0 to 1200" in said(months, "-1", "1201", "3")
    assert "1 row without a whole number" in said(values.numbers_within(0, 9, whole=True), "1.5", "2.0")


def test_waves_may_carry_a_word() -> None:
    assert values.waves(column("1", "2.0", "W3", "Round 4", "q5", "wave_6")).tolist() == [1, 2, 3, 4, 5, 6]
    assert "1 row" in said(values.waves, "baseline")


def test_weights_are_above_zero() -> None:
    assert values.weights(column("0.2", "3")).tolist() == [0.2, 3]
    assert "2 rows with a weight of 0 or less" in said(values.weights, "0", "-1", "1")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("55", "71.5", "12"), "runs to about 100 and not from 0 to 1: divide by 100 and load again."),
        (("5.5", "7.1", "0.2"), "runs to about 10 and not from 0 to 1: divide by 10 and load again."),
        (("1", "2", "5"), "runs to about 5 and not from 0 to 1: write answers in five steps"),
        (("0.5", "0.6", "71"), "1 row outside 0 to 1"),
        (("-1", "0.5", "-1"), "2 rows outside 0 to 1"),
        (("700", "800"), "2 rows outside 0 to 1"),
    ],
)
def test_other_scales_are_refused_and_never_rescaled(cells: tuple[str, ...], words: str) -> None:
    assert words in said(values.unit, *cells)


def test_scores_from_zero_to_one_are_read_as_they_are() -> None:
    assert values.unit(column("0", "1", "0.333", "")).fillna(-1).tolist() == [0, 1, 0.333, -1]


@pytest.mark.parametrize(
    "cells",
    [
        ("2024-03-31", "2024-04-01"),
        ("2024/3/31", "2024/4/1"),
        ("2024-03-31T10:00:00.000+03:00", "2024-04-01 00:00:00"),
        ("31/03/2024", "01/04/2024"),
        ("31.3.2024", "1.4.2024"),
        ("03/31/2024", "04/01/2024"),
    ],
)
def test_dates_whose_order_shows(cells: tuple[str, ...]) -> None:
    dates = values.dates(column(*cells, ""))
    assert str(dates.dtype) == "datetime64[s]"
    assert dates.dropna().tolist() == [datetime(2024, 3, 31), datetime(2024, 4, 1)]
    assert pd.isna(dates.iloc[2])


def test_dates_with_equal_day_and_month_need_no_order() -> None:
    assert values.dates(column("05/05/2024")).tolist() == [datetime(2024, 5, 5)]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("2024-03-31", "31/03/2024", "30/03/2024"), ("with the year (1 row)", "with it (2 rows)", "2024-03-31")),
        (("31/03/2024", "03/31/2024", "01/02/2024"), ("day first (1 row)", "month first (1 row)")),
        (("01/02/2024", "03/04/2024", "05/05/2024", ""), ("whether day or month comes first (2 rows)",)),
        (("2024-02-31", "1024-01-01", "2024-01-01"), ("2 rows with a date that does not exist",)),
        (("yesterday", "43831", "12/24"), ("3 rows with something else than a date",)),
    ],
)
def test_dates_are_not_guessed(cells: tuple[str, ...], words: tuple[str, ...]) -> None:
    sentence = said(values.dates, *cells)
    assert all(word in sentence for word in words)


def test_booleans() -> None:
    assert values.booleans(column("Yes", "FALSE", "1", "0.0", "")).fillna(False).tolist() == [
        True,
        False,
        True,
        False,
        False,
    ]
    assert "1 row with another word than yes or no" in said(values.booleans, "perhaps")


@pytest.mark.parametrize("field", CATEGORIES)
def test_codes_and_labels_of_every_category_are_read(field: str) -> None:
    codes = list(CATEGORIES[field])
    parser = values.categories(field)
    assert parser(column(*(f" {code.upper()} " for code in codes))).tolist() == codes
    assert parser(column(*CATEGORIES[field].values())).tolist() == codes


def test_a_few_more_words() -> None:
    assert values.categories("sex")(column("F", "Woman", "m", "BOY")).tolist() == ["female", "female", "male", "male"]


def test_a_deportation_is_not_a_band() -> None:
    sentence = said(values.categories("band"), "deportation", "Assisted voluntary return", "forced")
    assert "2 rows" in sentence
    assert "column named label" in sentence
    assert "deportation" not in sentence
