"""The released table on screen and in files: the same cells everywhere, marks in place of masked numbers."""

import csv
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from components import download, table, words
from components.download import as_csv, as_xlsx, file_name
from components.texts import say
from data.disclosure import Flag, Released
from data.notes import Doubt, Note, Said
from data.vocabulary import FLAG_MEANINGS
from tests.components import made

TITLE = "3 of 5 differ – Mean scores"
HOSTILE = (
    *('=HYPERLINK("http://example.org","x")', "+1+1", "-1+1", "@SUM(A1)", "=1,2"),
    *("\t=1+1", "\r=1+1", "\n=1+1", 'a"b', "plain"),
)


def mixed() -> Released:
    """A reference, a group that is shown, and two that are masked."""
    return made.compared({"DEU-AFG": (1234, 0.5), "PAK-AFG": (60, 0.62), "NLD-MAR": (9, 0.9), "AUT-TUN": (6, 0.1)})


def csv_rows(released: Released) -> list[list[str]]:
    return [*csv.reader(io.StringIO(as_csv(released, TITLE).decode("utf-8-sig")))]


def sheet(released: Released) -> list[list[object]]:
    book = load_workbook(io.BytesIO(as_xlsx(released, TITLE)))
    assert len(book.sheetnames) == 1
    return [list(row) for row in book.active.iter_rows(values_only=True)]


def test_the_table_has_words_for_codes_and_marks_for_masked_numbers() -> None:
    frame = table.table(mixed())
    assert frame["Corridor"].tolist() == [
        "Germany → Afghanistan", "Pakistan → Afghanistan", "Netherlands → Morocco", "Austria → Tunisia"
    ]  # fmt: skip
    assert frame["People"].tolist() == [1235, 60, "[c]", "[c]"]
    assert frame["Mean"].tolist() == [0.5, 0.62, "[c]", "[c]"]
    assert frame["Difference"].tolist() == ["[z]", 0.12, "[c]", "[c]"]
    assert frame["95% interval, from"].tolist() == [0.46, 0.58, "[c]", "[c]"]
    assert not frame.isna().any(axis=None)


def test_the_screen_shows_the_same_cells_as_text() -> None:
    frame = table.shown(mixed())
    assert frame["People"].tolist() == ["1,235", "60", "[c]", "[c]"]
    assert frame["Mean"].tolist() == ["0.50", "0.62", "[c]", "[c]"]
    composed = table.shown(made.composed({"DEU-AFG": {"voluntary": 30, "obliged": 60, "forced": 2}}))
    assert composed["Share"].tolist() == ["[c]", "65%", "[c]"]  # 30 is masked with 2, or the total would tell
    assert table.shown(made.binned({"female": [40] * 10}))["People in the group"].tolist() == ["400"] * 10


def test_the_legend_explains_the_marks_that_occur_and_no_others() -> None:
    assert table.legend(mixed()) == (FLAG_MEANINGS[Flag.CONFIDENTIAL], FLAG_MEANINGS[Flag.NOT_APPLICABLE])
    assert table.legend(made.binned({"female": [40] * 10})) == ()
    published = made.recorded_by_year({(2015, "AFG"): 100, (2016, "AFG"): None})
    assert table.legend(published) == (FLAG_MEANINGS[Flag.NOT_AVAILABLE],)


def test_a_csv_file_holds_the_released_table_and_nothing_else() -> None:
    rows = csv_rows(mixed())
    head = [row for row in rows if row[0].startswith("# ")]
    frame = table.table(mixed())
    assert rows[: len(head)] == head  # the preamble is on top, one cell a line
    assert rows[len(head)] == [*frame.columns]
    assert rows[len(head) + 1 :] == frame.astype(str).to_numpy().tolist()
    assert as_csv(mixed(), TITLE).startswith(b"\xef\xbb\xbf# ")


def test_a_workbook_holds_the_released_table_and_nothing_else() -> None:
    rows = sheet(mixed())
    frame = table.table(mixed())
    start = next(place for place, row in enumerate(rows) if row[0] == "Corridor")
    assert [cell for cell in rows[start] if cell] == [*frame.columns]
    assert rows[start + 1 :] == frame.to_numpy().tolist()
    assert {type(cell) for row in rows[start + 1 :] for cell in row} <= {str, int, float}


@pytest.mark.parametrize("synthetic", [True, False])
def test_both_files_say_what_they_show_of_whom_and_from_where(synthetic: bool) -> None:
    released = replace(mixed(), context=replace(made.CONTEXT, synthetic=synthetic), notes=(Note(Said.LINE),))
    in_csv = [row[0].removeprefix("# ") for row in csv_rows(released) if row[0].startswith("# ")]
    in_xlsx = [str(row[0]) for row in sheet(released)][: len(in_csv)]
    assert in_csv == in_xlsx
    assert in_csv == [
        TITLE,
        *(["SYNTHETIC DATA: made by a program, no real person"] if synthetic else []),
        "View: Germany → Afghanistan, forced",
        "People: 1,310",
        "Source: Survey team (licence: CC BY 4.0; data version 0123456789ab)",
        "Scores: supplied",
        say(Note(Said.LINE)),
        FLAG_MEANINGS[Flag.CONFIDENTIAL],
        FLAG_MEANINGS[Flag.NOT_APPLICABLE],
    ]


def test_too_few_people_have_no_number_in_a_file() -> None:
    released = made.compared({"NLD-MAR": (4, 0.9)})
    assert "People: [c]" in download.preamble(released, TITLE)
    assert "4" not in "".join(cell for row in csv_rows(released) for cell in row if "data version" not in cell)


def test_published_counts_say_so() -> None:
    released = made.recorded_by_country({"AFG": (383_945, "PAK", 0.993)})
    assert "Counts as published by the source" in download.preamble(released, TITLE)
    assert csv_rows(released)[-1] == ["Afghanistan", "Pakistan", "383945", "0.993"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_looks_like_a_formula_stays_text(name: str) -> None:
    released = made.composed({name: {"voluntary": 40, "forced": 60}}, by="cohort")
    in_csv = [row[0] for row in csv_rows(released)][-2:]
    assert [cell.removeprefix("'") for cell in in_csv] == [name, name]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in in_csv)
    book = load_workbook(io.BytesIO(as_xlsx(released, name)))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    written = [
        " ".join(str(cell.value).split()) for cell in cells
    ]  # a title is one line, and XML knows one kind of end
    assert written.count(" ".join(name.split())) >= 3  # the title and two rows, else letter by letter


@pytest.mark.parametrize("break_", ["\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"])
def test_no_text_breaks_out_of_a_line_above_the_table(break_: str) -> None:
    text = f"Team{break_}=1+1"
    context = replace(made.CONTEXT, sentence=text, source=text, licence=text, profile=text, version=text)
    released = replace(mixed(), context=context, notes=(Note(Doubt.TEXT, text=text),))
    lines = as_csv(released, text).decode("utf-8-sig").splitlines()
    table_starts = next(place for place, line in enumerate(lines) if line.startswith("Corridor,"))
    assert table_starts == len(download.preamble(released, text))
    assert all(line.startswith(("# ", '"# ')) for line in lines[:table_starts])
    assert "# Scores: Team =1+1" in lines


@pytest.mark.parametrize("name", ["bell\x07 and null\x00", "two\nlines", "ends in space ", "Ü" * 300])
def test_odd_letters_in_a_name_do_not_stop_a_file(name: str) -> None:
    released = made.composed({name: {"voluntary": 40, "forced": 60}}, by="cohort")
    assert csv_rows(released)[-1][0] == name
    assert sheet(released)[-1][0] == re.sub(r"[\x00-\x08]", "", name)


MIXED = mixed()


@given(st.text(max_size=200))
def test_file_names_are_safe_on_every_system(sentence: str) -> None:
    released = replace(MIXED, context=replace(made.CONTEXT, sentence=sentence))
    for ending in ("csv", "xlsx"):
        name = file_name(released, ending)
        assert re.fullmatch(rf"[a-z0-9][a-z0-9_-]*\.{ending}", name)
        assert len(name) <= 150


def test_file_names_say_the_figure_the_view_and_the_mark() -> None:
    assert file_name(mixed(), "csv") == "made-for-a-test_germany-afghanistan-forced_synthetic.csv"
    real = replace(mixed(), context=replace(made.CONTEXT, synthetic=False, sentence="Côte d'Ivoire → Türkiye"))
    assert file_name(real, "xlsx") == "made-for-a-test_cote-d-ivoire-turkiye.xlsx"


def test_alternative_text_holds_what_the_eye_would_see() -> None:
    text = words.alt("Dots with intervals", "A finding", mixed(), "mean")
    assert text.startswith("Dots with intervals. A finding. ")
    assert text.endswith(" 1,310 people. Synthetic data, no real person.")
    assert "Pakistan → Afghanistan, Composite: 0.62" in text
    assert "[c]" not in text  # what is hidden is in the table, with the reason


def test_alternative_text_tells_the_highest_and_lowest_few() -> None:
    released = made.shared({name: (100, share / 10) for share, name in enumerate("abcdefgh", 1)})
    text = words.alt("Bars", "A finding", released, "share")
    told = [f"{number}0" for number in (8, 7, 6, 2, 1)]
    assert re.findall(r": (\d+)", text) == told
    assert len(words.alt("Bars", " ".join(["word"] * 45), released, "share").split()) <= words.WORDS_OF_ALT


def test_alternative_text_of_real_data_and_of_nothing() -> None:
    real = replace(mixed(), context=replace(made.CONTEXT, synthetic=False))
    assert "ynthetic" not in words.alt("Dots", "A finding", real, "mean")
    nothing = words.alt("Lines", "No recorded returns", made.recorded_by_year({}), "people")
    assert nothing == "Lines. No recorded returns. 0 people."


def test_people_in_words() -> None:
    assert words.count(None) == "fewer than 10 people"
    assert words.count(1235) == "1,235 people"
