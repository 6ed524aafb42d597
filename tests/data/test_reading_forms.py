import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.reading.forms import Form, archive, tidy, tool_of
from data.reading.forms.headings import distinct, readable
from data.reading.problems import ReadingError
from data.reading.table import LongTable, Table
from data.reading.tables import read_table, sheets
from tests.data import made_forms
from tests.said import in_words


def table(*rows: list[str]) -> Table:
    return Table(pd.DataFrame(list(rows), dtype="str"))


def cells(form: Form) -> list[list[str]]:
    return form.table.frame.to_numpy().tolist()


def tidied(*rows: list[str]) -> Form:
    return tidy({"sheet": table(*rows)})


KOBO = ["_id", "_uuid"]


def test_kobo_with_names_groups_both_forms_of_choices_and_tags() -> None:
    form = tidy({"form": read_table(made_forms.kobo_names(), "form.csv")})
    assert cells(form) == made_forms.KOBO_NAMES
    assert form.tool == "kobo"
    assert in_words(form.table.notes) == ("The file's columns are separated by semicolons.",)
    assert in_words(form.notes) == (
        "The row of HXL tags under the heading was left out.",
        "1 row marked as not approved left out.",
        "1 row sent again later left out; the later one stays.",
        "Choices in columns of their own were joined to one column for each question; questions: 1.",
        "Cells left blank because every choice of the question was marked as not chosen: 1.",
        "128 empty columns left out.",
    )


def test_kobo_with_labels_in_several_languages() -> None:
    form = tidy(sheets(made_forms.kobo_labels(), "form.xlsx"))
    assert cells(form) == made_forms.KOBO_LABELS
    assert form.tool == "kobo"
    assert "Columns with one and the same heading were numbered." in in_words(form.notes)


def test_repeat_groups_and_those_within_them_become_columns_of_the_form() -> None:
    form = tidy(sheets(made_forms.kobo_repeats(), "form.xlsx"))
    assert cells(form) == made_forms.KOBO_REPEATS
    assert "Sheets of repeat groups were joined to the rows they belong to: 2 ('child', 'school')." in in_words(
        form.notes
    )
    assert "Other sheets of the file were left out: 1 ('codes')." in in_words(form.notes)


def test_odk_central_with_split_choices_a_repeat_and_a_rejected_row() -> None:
    content = made_forms.odk_central()
    assert archive.is_archive(content)
    form = tidy(archive.unpacked(content, "return.zip"))
    assert cells(form) == made_forms.ODK_CENTRAL
    assert form.tool == "odk"


def test_an_excel_file_is_no_archive_and_a_broken_one_says_so() -> None:
    assert not archive.is_archive(made_forms.kobo_labels())
    assert not archive.is_archive(b"PK\x03\x04")
    with pytest.raises(ReadingError, match=r"a\.zip cannot be unpacked"):
        archive.unpacked(b"PK\x03\x04", "a.zip")
    with pytest.raises(ReadingError, match="no CSV file with rows"):
        archive.unpacked(made_forms.as_archive({"a.csv": b"person,host\n", "b.txt": b"x"}), "a.zip")


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_UNPACKED", 100)
    with pytest.raises(ReadingError, match="unpacks to more than"):
        archive.unpacked(made_forms.as_archive({"a.csv": b"a,b\n" * 30}), "a.zip")


def test_choices_without_a_question_of_their_own_are_joined_only_where_they_must_be_choices() -> None:
    form = tidied(
        [
            "why/work",
            "why/kin",
            "econ/p07",
            "econ/p09",
            "facts/minor",
            "facts/weight",
            "skip/a",
            "skip/b",
            "x/a",
            *KOBO,
        ],
        ["1", "0", "1", "0", "1", "0", "1", "", "1", "1", "u1"],
        ["1", "1", "0", "0", "0", "1", "", "1", "0", "2", "u2"],
        ["", "", "1", "1", "1", "1", "1", "0", "1", "3", "u3"],
    )
    assert cells(form)[0] == [
        "why",
        "econ/p07",
        "econ/p09",
        "facts/minor",
        "facts/weight",
        "skip/a",
        "skip/b",
        "x/a",
        *KOBO,
    ]
    assert [row[0] for row in cells(form)] == ["why", "work", "work | kin", ""]


def test_a_question_with_a_column_of_its_own_takes_even_one_choice_but_no_other_answers() -> None:
    form = tidied(
        ["why", "why/work", "why/note", "why/p01", *KOBO],
        ["work", "TRUE", "some words", "1", "1", "u1"],
        ["other", "FALSE", "", "0", "2", "u2"],
    )
    assert cells(form) == [
        ["why", "why/note", "why/p01", *KOBO],
        ["work", "some words", "1", "1", "u1"],
        ["other", "", "0", "2", "u2"],
    ]
    assert not any("not chosen" in note for note in in_words(form.notes))


def test_other_signs_than_a_slash_are_believed_only_where_the_question_names_the_choice() -> None:
    form = tidied(
        ["why", "why-work", "why-kin", "child", "child-led", *KOBO],
        ["work kin", "1", "1", "1", "1", "1", "u1"],
        ["kin", "0", "1", "0", "1", "2", "u2"],
    )
    assert cells(form)[0] == ["why", "child", "child-led", *KOBO]
    assert [row[0] for row in cells(form)] == ["why", "work | kin", "kin"]


def test_two_questions_with_one_label_keep_their_own_choices() -> None:
    form = tidied(
        ["Why", "Why/A", "Why/B", "Why", "Why/A", "Why/C", *KOBO],
        ["A", "1", "0", "A C", "1", "1", "1", "u1"],
        ["B", "0", "1", "C", "0", "1", "2", "u2"],
    )
    assert cells(form) == [
        ["Why", "Why (2)", *KOBO],
        ["A", "A | C", "1", "u1"],
        ["B", "C", "2", "u2"],
    ]


@pytest.mark.parametrize(
    ("answers", "split"),
    [
        (["lost_job no_family", "no_family", "other"], ["lost_job | no_family", "no_family", "other"]),
        (["1 3", "3", "1"], ["1 | 3", "3", "1"]),
        (["work kin", "work", "kin"], ["work | kin", "work", "kin"]),
        (["very good", "good", "very bad"], None),
        (["Lost job", "Job", "Lost"], None),
        (["070 123 456", "070 321 654", ""], None),
        (["34.52 69.18 1800 4.2", "34.5 69.1 1801 4", ""], None),
        (["2024-05-01 10:00", "2024-05-02 11:00", ""], None),
        (["no no", "no", ""], None),
    ],
)
def test_names_in_one_cell_are_told_from_text(answers: list[str], split: list[str] | None) -> None:
    rows = [[answer, str(place), f"u{place}"] for place, answer in enumerate(answers)]
    assert [row[0] for row in cells(tidied(["why", *KOBO], *rows))[1:]] == (split or answers)


def test_a_plain_file_keeps_its_cells_but_not_its_choice_columns() -> None:
    form = tidied(["person", "why/work", "why/kin", "note"], ["a", "1", "1", "b c"], ["b", "0", "1", "c"])
    assert form.tool == "plain"
    assert cells(form) == [["person", "why", "note"], ["a", "work | kin", "b c"], ["b", "kin", "c"]]


def test_the_later_sending_stays_by_time_or_else_by_place() -> None:
    by_place = tidied(
        ["x", "_uuid", "_id", "_submission_time"],
        ["a", "u1", "1", "5/1/2024"],
        ["b", "u1", "1", "4/1/2024"],
    )  # fmt: skip
    assert [row[0] for row in cells(by_place)] == ["x", "b"]
    refused_later = tidied(
        ["x", "_uuid", "_validation_status"],
        ["a", "u1", "Approved"],
        ["b", "u1", "Not Approved"],
        ["c", "", ""],
        ["d", "", ""],
    )
    assert [row[0] for row in cells(refused_later)] == ["x", "a", "c", "d"]


def test_rows_that_repeat_a_key_rightly_stay() -> None:
    assert len(cells(tidied(["KEY", "wave"], ["a", "1"], ["a", "2"]))) == 3
    assert len(cells(tidied(["_uuid", "_parent_index", "_index"], ["u1", "1", "1"], ["u1", "1", "2"]))) == 3


def test_titles_above_the_heading_are_left_out() -> None:
    heading = ["person", "host", "sex", "economic", "label"]
    titles = [["Returnees 2024", *[None] * 4], [None] * 5, ["Extracted", "2024-05-01", *[None] * 3]]
    answers = [["a", "DEU", None, 0.5, "x"], ["b", "FRA", "male", 1, "y"]]
    form = tidy(sheets(made_forms.as_excel({"data": [*titles, heading, *answers]}), "titled.xlsx"))
    assert cells(form) == [heading, ["a", "DEU", "", "0.5", "x"], ["b", "FRA", "male", "1", "y"]]
    assert in_words(form.notes) == ("2 rows above the heading left out.",)


@pytest.mark.parametrize(
    "rows",
    [
        [["person", "", "", ""], ["a", "DEU", "x", "1"], ["b", "DEU", "y", "2"]],
        [["person", "host", "", ""], ["a", "DEU", "x", "1"], ["b", "DEU", "y", "2"]],
        [["Title", "", "", ""], ["person", "host", "sex", ""], ["a", "b", "c", "d"]],
        [["Title", "", "", ""], ["x", "x", "y", "z"], ["a", "b", "c", "d"]],
        [["Title", ""], ["person", "host"], ["a", "b"]],
    ],
)
def test_no_row_is_taken_for_a_title_where_that_might_lose_answers(rows: list[list[str]]) -> None:
    assert len(cells(tidied(*rows))) == len(rows)


def test_tags_may_stand_below_a_second_row_of_headings() -> None:
    form = tidied(["who", "host"], ["Person", "Country"], ["#meta", "#country+host"], ["a", "DEU"])
    assert cells(form) == [["who", "host"], ["a", "DEU"]]


def test_sheets_that_name_each_other_as_parents_do_not_run_for_ever() -> None:
    def sheet(parent: str) -> Table:
        return table(["x", "_index", "_parent_index", "_parent_table_name"], ["a", "1", "1", parent])

    form = tidy({"a": sheet("b"), "b": sheet("a")})
    assert form.tool == "kobo"


def test_nothing_left_is_said() -> None:
    with pytest.raises(ReadingError, match="no sheet"):
        tidy({})
    with pytest.raises(ReadingError, match="No row"):
        tidied(["x", "_validation_status"], ["a", "Not approved"])


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("<b>Sex</b> of<br/>the person", "Sex of the person"),
        ("How old is ${name of child}?", "How old is …?"),
        ("Ready &amp; **willing**", "Ready & willing"),
        ("a < b and c > d", "a < b and c > d"),
        ("\ufeffid\n\tcode ", "id code"),
        ("__version__", "__version__"),
    ],
)
def test_headings_are_made_readable(heading: str, shown: str) -> None:
    assert readable(heading) == shown


@given(st.lists(st.sampled_from(["a", "a (2)", "a (3)", "b"])))
def test_headings_are_made_distinct_and_keep_their_beginning(headings: list[str]) -> None:
    found = distinct(headings)
    assert len(set(found)) == len(found)
    assert all(new.startswith(old) for new, old in zip(found, headings, strict=True))


WORDS = st.sampled_from(
    ["", " ", "a", "a/b", "a/c", "a-b", "/", "//", "a/", "1", "0", "TRUE", "x y", "b c", "#tag", "${q}", "<b>", "KEY",
     "PARENT_KEY", "SubmissionDate", "_index", "_parent_index", "_parent_table_name", "_uuid", "_id", "ReviewState",
     "_validation_status", "not approved", "p01", "p01_w1", "p01_w2", "wave 1 social", "social.2", "social.1"]
) | st.text(max_size=6)  # fmt: skip
TABLES = st.integers(1, 7).flatmap(
    lambda width: st.lists(st.lists(WORDS, min_size=width, max_size=width), min_size=2, max_size=6).map(
        lambda rows: table(*rows)
    )
)


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(["a", "b", "form"]), TABLES, min_size=1, max_size=3))
def test_any_sheets_are_tidied(found: dict[str, Table]) -> None:
    try:
        form = tidy(found)
    except ReadingError:
        return
    head = form.table.headings
    assert len(set(head)) == len(head)
    assert form.table.rows <= max(one.rows for one in found.values())


NAMES = st.text(st.characters(categories=["Ll", "Lu", "Nd"]), min_size=1, max_size=8)


@given(st.lists(NAMES, min_size=1, max_size=6, unique=True), st.lists(st.text(max_size=5), min_size=1, max_size=5))
def test_a_plain_table_comes_back_itself(headings: list[str], answers: list[str]) -> None:
    plain = table(headings, *([answer] * len(headings) for answer in answers), ["x"] * len(headings))
    assert tidy({"sheet": plain}).table is plain


def test_a_survey_of_564_columns_is_tidied_in_seconds() -> None:
    read = read_table(made_forms.survey(), "survey.csv")
    assert read.frame.shape == (741, 564)
    start = time.process_time()
    form = tidy({"survey": read})
    assert time.process_time() - start < 5  # half a second on an idle machine; a quadratic way takes minutes
    assert form.table.frame.shape == (741, 564 - 20 * 9 - made_forms.EMPTY_COLUMNS)
    assert form.table.column(3).tolist()[:2] == ["c3", "c4"]


def test_a_long_table_stays_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.reading.tables.LONG", 1_000)
    content = made_forms.kobo_names()
    whole = tidy({"survey": Table(read_table(content, "survey.csv").frame)})
    long = read_table(content, "survey.csv")
    assert isinstance(long, LongTable)
    monkeypatch.setattr(LongTable, "frame", property(lambda _: pytest.fail("the whole table was read")))
    form = tidy({"survey": long})
    assert form.notes == whole.notes
    assert form.table.headings == whole.table.headings
    assert form.table.rows == whole.table.rows
    assert form.table.filled == whole.table.filled
    pd.testing.assert_frame_equal(form.table.frame, whole.table.frame)
    pd.testing.assert_frame_equal(form.table.head, whole.table.head)


def test_a_long_plain_table_is_not_read_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.reading.tables.LONG", 1_000)
    long = read_table(b"person,economic\n" + b"a,0.5\n" * 1_000, "plain.csv")
    assert isinstance(long, LongTable)
    monkeypatch.setattr(LongTable, "column", lambda *_: pytest.fail("a column was read"))
    assert tidy({"plain": long}).table is long


@pytest.mark.parametrize(
    ("headings", "tool"),
    [
        (["_id", "_uuid", "x"], "kobo"),
        (["x", "_index"], "plain"),
        (["SubmissionDate", "KEY"], "odk"),
        (["KEY", "person"], "plain"),
    ],
)
def test_two_columns_tell_the_tool(headings: list[str], tool: str) -> None:
    assert tool_of(headings) == tool
