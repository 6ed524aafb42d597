import csv
import io
import tempfile
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal, assert_series_equal

from data.cohort import Cohort
from data.mapping import KEEP, Field, Mapping, Only, apply, find, headings, missing, propose, read_mapped
from data.mapping.model import FIELDS
from data.mapping.recode import recode
from data.reading import ReadingError, Table, sheets
from data.reading.forms import tidy
from data.reading.table import LongTable
from data.scoring import EQUAL
from data.vocabulary import POINTS
from tests.data.mapping_survey import SURVEY, finished, survey
from tests.said import in_words

FEW = replace(EQUAL, key="few", label="few elements", minimum_answered=0.3)


def table(**columns: list[str]) -> Table:
    cells = [[heading, *body] for heading, body in columns.items()]
    return Table(pd.DataFrame(dict(enumerate(cells)), dtype="str"))


SMALL = table(
    who=["a", "b", "c", "d"],
    part=["1", "1", "2", ""],
    year=["2023", "2024", "2024", "2023"],
    quarter=["Q4", "Q1", "Q2", "Q4"],
    came_from=["Germany", "", "France", ""],
    else_from=["Italy", "Chad", "", ""],
    why=["cash | other thing", "Deported ", "", "refused"],
    score=["0.5", "0.25", "1", "0"],
)
NEEDED = (
    Field("person", ("who",)),
    Field("wave", constant="1"),
    Field("host", constant="DEU"),
    Field("country_of_return", constant="AFG"),
    Field("band", constant="forced"),
    Field("composite", ("score",)),
)


def made(*fields: Field, only: tuple[Only, ...] = ()) -> pd.DataFrame:
    """The mapped table of `SMALL`, by field; `fields` are put on those that any interview needs."""
    others = tuple(field for field in NEEDED if field.field not in {own.field for own in fields})
    mapped = apply(Mapping("small", (*others, *fields), only=only), SMALL)
    frame = mapped.frame
    for place in range(len(mapped.headings)):
        assert_series_equal(mapped.column(place), frame[place].iloc[1:].reset_index(drop=True), check_names=False)
    assert tuple(frame.iloc[0]) == mapped.headings
    assert mapped.rows == len(frame) - 1
    assert mapped.filled == tuple((frame.iloc[1:] != "").sum())
    assert_frame_equal(mapped.head, frame)
    return frame.iloc[1:].set_axis(list(mapped.headings), axis=1).reset_index(drop=True)


def problems(*fields: Field, only: tuple[Only, ...] = ()) -> tuple[str, ...]:
    with pytest.raises(ReadingError) as raised:
        made(*fields, only=only)
    assert not [word for word in ("Germany", "cash", "other thing", "Deported") if word in str(raised.value)]
    return raised.value.problems


def loaded() -> Cohort:
    return read_mapped(finished(propose(survey(), "Survey")), survey(), "export.csv", profile=FEW)


POINTS_BY_HAND = {
    "p01": [1, 0.25, 0.5, 0.75, None],
    "p03": [1, 0, 1, 0, 1],
    "p04": [1, 0.25, 0, 0.75, 0.5],
    "p07": [0, 1, 0, 1, 1],
    "p09": [0, 1, 1, 1, 1],
    "p10": [1, 0.25, 0.75, 0.5, 0],
    "p12": [1, 0.75, 0.5, 0.25, 0],
    "p16": [0.75, 0.5, 0.25, 0, None],
    "p21": [0, 0.25, 0.5, 0.75, 1],
    "p23": [0, 0.25, 0.5, 0.75, 1],
    "p26": [1, 0.75, 0.5, 0.25, 0],
}
BY_HAND = {
    "wave": [1, 1, 1, 1, 1],
    "months": [366 / 30.4375, 121 / 30.4375, 182 / 30.4375, None, None],
    "host": ["DEU", "DEU", "PAK", "IRN", "PAK"],
    "country_of_return": ["AFG", "AFG", "AFG", "AFG", "AFG"],
    "label": ["Deportation", "Assisted return", "Spontaneous", "expulsion", "Assisted return"],
    "band": ["forced", "obliged", "reluctant", "forced", "unclassified"],
    "band_rule": ["removed_by_force", "ordered_to_leave", "against_preference", "removed_by_force", "facts_missing"],
    "perceived_choice": ["none", "some", "free", "none", None],
    "sex": ["female", "male", "female", "male", None],
    "age_group": ["0-17", "18-24", "35-49", "50+", None],
    "child": [True, False, False, False, None],
    "assistance": ["business", "training", "none", "business", None],
    "composite": [6.75 / 11, 5.25 / 11, 5.5 / 11, 6 / 11, 5.5 / 9],
    **POINTS_BY_HAND,
}
"""The first five interviews; the sixth gave no consent, and then the same answers come from five other people."""


def test_a_survey_becomes_the_expected_cohort_cell_by_cell() -> None:
    frame = loaded().frame
    assert frame["person"].tolist() == [f"B-{n:03d}" for n in (0, 1, 2, 3, 4, 6, 7, 8, 9, 10)]
    for column, cells in BY_HAND.items():
        expected = pd.Series(cells * 2).astype(frame[column].dtype)
        if column in ("months", "composite", *POINTS):
            np.testing.assert_allclose(frame[column], expected, atol=1e-9, err_msg=column)
        else:
            assert_series_equal(frame[column], expected, check_names=False, obj=column)
    assert frame["interview_date"].dt.strftime("%Y-%m-%d").tolist()[:4] == [
        "2024-05-01", "2024-05-02", "2024-05-02", "2024-06-01",
    ]  # fmt: skip
    assert frame["interview_date"].isna().tolist() == [False, False, False, False, True] * 2
    unasked = [point for point in POINTS if point not in POINTS_BY_HAND]
    assert frame[[*unasked, "area", "remigration", "loss_reason"]].isna().all(axis=None)


def test_the_cohort_tells_what_was_left_out() -> None:
    notes = in_words(loaded().doubts)
    assert "The mapping left out 2 rows of 12, which it does not pick." in notes
    assert any(note.startswith("Columns left out because the mapping does not use them: 3") for note in notes)
    assert any(note.endswith(" of which look personal.") for note in notes)


def test_messages_name_the_files_own_column() -> None:
    broken = survey(SURVEY | {"who/Age": ("17", "older")})
    with pytest.raises(ReadingError) as raised:
        read_mapped(finished(propose(survey(), "Survey")), broken, "export.csv", profile=FEW)
    assert raised.value.problems == (
        "Column 'who/Age' has 4 rows with something else than a number: mend or empty those cells.",
    )


def test_a_long_table_is_mapped_column_by_column() -> None:
    short = survey()
    body = pa.table({str(n): pa.array(short.column(n).tolist(), pa.string()) for n in range(len(short.headings))})
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the table closes it
    pq.write_table(body, file)
    long = LongTable(file, tuple(" ".join(heading.split()) for heading in short.headings), short.filled)
    mapping = finished(propose(long, "Survey"))
    assert mapping == finished(propose(short, "Survey"))
    assert_frame_equal(read_mapped(mapping, long, "export.csv", profile=FEW).frame, loaded().frame)


def test_a_field_of_several_columns() -> None:
    assert made(Field("person", ("who", "part")))["person"].tolist() == ["a-1", "b-1", "c-2", ""]
    assert made(Field("host", ("came_from", "else_from")))["host"].tolist() == ["Germany", "Chad", "France", ""]
    assert made(Field("wave", ("year", "quarter")))["wave"].tolist() == ["1", "2", "3", "1"]
    words = (("Germany", "DEU"), ("France", "FRA"), ("Chad", "TCD"), ("Italy", "ITA"))
    assert made(Field("host", ("came_from", "else_from"), words))["host"].tolist() == ["DEU", "TCD", "FRA", ""]


@pytest.mark.parametrize(
    ("values", "otherwise", "cells"),
    [
        ((("Deported", "forced"), ("other  THING", "obliged"), ("cash", "pushed")), "", ["obliged", "forced", "", ""]),
        ((("cash", "voluntary"),), "forced", ["voluntary", "forced", "", ""]),
        ((("deported", "forced"),), "", ["", "forced", "", ""]),
        ((("deported", "x"), ("refused", "none")), KEEP, ["cash | other thing", "x", "", "none"]),
        ((), None, ["cash | other thing", "Deported", "", "refused"]),
    ],
)
def test_words_become_codes(values: tuple[tuple[str, str], ...], otherwise: str | None, cells: list[str]) -> None:
    assert made(Field("area", ("why",), values, otherwise))["area"].tolist() == cells


@pytest.mark.parametrize(
    ("cell", "values", "code"),
    [
        ("cash | training", (("training", "training"), ("cash", "cash")), "training"),
        ("cash training", (("training", "training"), ("cash", "cash")), "training"),
        ("very | poor", (("poor", "0.25"), ("very poor", "0")), "0"),
        ("very poor", (("poor", "0.25"), ("very poor", "0")), "0"),
    ],
)
def test_choices_are_read_alike_with_bars_and_with_spaces(
    cell: str, values: tuple[tuple[str, str], ...], code: str
) -> None:
    assert recode(pd.Series([cell]), Field("any", ("column",), values)).tolist() == [code]


def test_a_kobo_export_is_tidied_and_mapped_to_the_same_cohort() -> None:
    lines = io.StringIO()
    csv.writer(lines, delimiter=";", quoting=csv.QUOTE_ALL).writerows(survey().frame.to_numpy().tolist())
    form = tidy(sheets(f"\ufeff{lines.getvalue()}".encode(), "export.csv"))
    assert form.tool == "kobo"
    mapping = finished(propose(survey(), "Survey"))
    assert find([mapping], headings(form.table)) is mapping
    assert_frame_equal(read_mapped(mapping, form.table, "export.csv", profile=FEW).frame, loaded().frame)


def test_words_that_are_not_known_are_counted_and_never_told() -> None:
    assert problems(Field("label", ("why",), (("deported", "x"),))) == (
        "Column 'why' has 1 row with 2 words that the mapping does not know for label: give each a code, or leave them "
        "out.",
    )


def test_only_rows_that_are_picked_are_read() -> None:
    assert made(only=(Only("year", ("2024",)),))["person"].tolist() == ["b", "c"]
    assert made(only=(Only("year", ("2024",)), Only("why", ("DEPORTED", "x"))))["person"].tolist() == ["b"]
    assert made(only=(Only("why", ("cash",)),))["person"].tolist() == ["a"]
    assert problems(only=(Only("year", ("2025",)),)) == (
        "No row has the words by which the mapping picks rows from 'year': pick others, or take all rows.",
    )


def test_every_problem_of_a_mapping_is_told_at_once() -> None:
    assert problems(
        Field("host", ("nowhere", "came_from")),
        Field("band", ("why",), (("deported", "deported"),), "gone"),
        Field("p01", constant="5"),
        only=(Only("approved", ("yes",)),),
    ) == (
        "The mapping gives band the code 'deported', which it does not take: use one of solicited, voluntary, "
        "reluctant, pressured, obliged, forced, unclassified.",
        "The mapping gives band the code 'gone', which it does not take: use one of solicited, voluntary, reluctant, "
        "pressured, obliged, forced, unclassified.",
        "The mapping gives p01 the code '5', which it does not take: use a number from 0 to 1.",
        "The file has no column 'approved', from which the mapping picks rows: choose another column for it.",
        "The file has no column 'nowhere', from which the mapping makes host: choose another column for it.",
    )


def test_what_interviews_need_must_be_made_from_filled_columns() -> None:
    assert missing({"person", "host", "country_of_return", "invited", "interview_date", "return_date", "p07"}) == ()
    assert len(missing(())) == 6
    assert problems(Field("host", ("part",), (("1", ""), ("2", "")))) == (
        "The mapping makes nothing that tells host: choose a column that is filled in for it.",
    )


def test_parts_of_a_wave_have_numbers() -> None:
    assert problems(Field("wave", ("year", "who"))) == (
        "Column 'who' has 4 rows without a number to order waves by: give its words numbers.",
    )


def test_a_column_is_found_in_other_capitals_and_signs() -> None:
    assert made(Field("area", ("Came from?",)))["area"].tolist() == ["Germany", "", "France", ""]


CELL = st.sampled_from(["", "a", "B ", "a | b", "Refused", "1", "0.5", "2024-01-31", "NA", "Chad", "yes", "########"])
NAME = st.sampled_from(["x", "X ", "y", "z", "", "x  y"])
WORDS = st.lists(st.tuples(CELL, st.sampled_from(["", "forced", "1", "CHD", "TCD", "yes", "no"])), max_size=4)
A_FIELD = st.builds(
    Field,
    st.sampled_from(FIELDS),
    st.lists(NAME, max_size=2).map(tuple),
    WORDS.map(tuple),
    st.sampled_from([None, "", KEEP, "forced", "0.5"]),
    st.sampled_from(["", "AFG", "1"]),
)
A_MAPPING = st.builds(
    Mapping,
    st.just("any"),
    st.lists(A_FIELD, max_size=6).map(lambda own: (*(f for f in own), *NEEDED[1:5])),
    st.lists(NAME, max_size=3).map(tuple),
    st.lists(st.builds(Only, NAME, st.lists(CELL, max_size=2).map(tuple)), max_size=1).map(tuple),
)


@given(A_MAPPING, st.lists(NAME, min_size=1, max_size=5), st.data())
def test_no_table_and_no_mapping_give_anything_but_a_reading_error(
    mapping: Mapping, names: list[str], data: st.DataObject
) -> None:
    rows = data.draw(st.lists(st.lists(CELL, min_size=len(names), max_size=len(names)), min_size=1, max_size=4))
    with suppress(ReadingError):
        read_mapped(mapping, Table(pd.DataFrame([names, *rows], dtype="str")), "any.csv")
