import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from data.reading import ReadingError, excel, read_table, sheets, text
from tests.said import in_words


def rows(content: bytes) -> list[list[str]]:
    return read_table(content, "file").frame.to_numpy().tolist()


def book(frame: pd.DataFrame) -> bytes:
    sink = io.BytesIO()
    frame.to_excel(sink, index=False)
    return sink.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_separator_gives_the_same_cells(separator: str) -> None:
    written = f'a{separator}b\n1{separator}"x{separator}\ny"\n\n2{separator}\n'
    table = read_table(written.encode(), "file")
    assert table.frame.to_numpy().tolist() == [["a", "b"], ["1", f"x{separator}\ny"], ["2", ""]]
    assert len(table.notes) == (separator != ",")
    assert set(table.frame.dtypes.astype(str)) == {"str"}
    assert list(table.frame.columns) == [0, 1]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", ""), ("utf-8-sig", ""), ("utf-16", ""), ("cp1252", "Windows-1252")],
)
def test_letters_survive_the_encoding(encoding: str, named: str) -> None:
    table = read_table("pays,âge\nCôte d’Ivoire,1\n".encode(encoding), "file")
    assert table.frame.to_numpy().tolist() == [["pays", "âge"], ["Côte d’Ivoire", "1"]]
    assert named in " ".join(in_words(table.notes))
    assert bool(table.notes) == bool(named)


def test_latin_1_where_windows_1252_has_no_letter() -> None:
    table = read_table(b"a,b\n\x81,\xe9\n", "file")
    assert table.frame.iloc[1, 1] == "é"
    assert "Latin-1" in in_words(table.notes)[0]


def test_lines_of_different_length_are_filled_up_and_blank_ones_dropped() -> None:
    assert rows(b"Extracted:,x\n\na,b,c\n1,2,3\n,,\n") == [["Extracted:", "x", ""], ["a", "b", "c"], ["1", "2", "3"]]


def test_no_word_is_missing_by_itself() -> None:
    assert rows(b"host,x\nNA,NULL\n") == [["host", "x"], ["NA", "NULL"]]


def test_excel_and_parquet_give_the_cells_a_csv_would() -> None:
    frame = pd.DataFrame(
        {
            "wave": [1.0, float("nan")],
            "score": [0.25, 0.5],
            "day": pd.to_datetime(["2024-03-31", "2024-04-01"]),
            "host": ["NA", None],
        }
    )
    assert rows(book(frame)) == [
        ["wave", "score", "day", "host"],
        ["1", "0.25", "2024-03-31", "NA"],
        ["", "0.5", "2024-04-01", ""],
    ]
    sink = io.BytesIO()
    frame.assign(several=[[1], [2]], kind=pd.Categorical(["x", "y"])).to_parquet(sink)
    cells = rows(sink.getvalue())
    assert cells[0] == ["wave", "score", "day", "host", "several", "kind"]
    assert [cell[:10] for cell in cells[1]] == ["1", "0.25", "2024-03-31", "NA", "", "x"]
    assert [cell[:10] for cell in cells[2]] == ["", "0.5", "2024-04-01", "", "", "y"]


def test_only_the_first_sheet_is_read_and_that_is_said() -> None:
    sink = io.BytesIO()
    with pd.ExcelWriter(sink) as book:
        pd.DataFrame({"a": [1]}).to_excel(book, sheet_name="one", index=False)
        pd.DataFrame({"b": [2]}).to_excel(book, sheet_name="two", index=False)
    table = read_table(sink.getvalue(), "file")
    assert table.frame.to_numpy().tolist() == [["a"], ["1"]]
    assert "sheets after it: 1" in in_words(table.notes)[0]


def two_sheets_and_more() -> bytes:
    sink = io.BytesIO()
    with pd.ExcelWriter(sink) as writer:
        pd.DataFrame({"About": ["these data"]}).to_excel(writer, sheet_name="Cover", index=False)
        pd.DataFrame({"a": [1, None, 3], "b": "x"}).to_excel(writer, sheet_name="main", index=False)
        pd.DataFrame({"_parent_index": [1, 1]}).to_excel(writer, sheet_name="children", index=False)
        pd.DataFrame({"a": []}).to_excel(writer, sheet_name="empty", index=False)
        pd.DataFrame({"a": [9]}).to_excel(writer, sheet_name="secret", index=False)
        writer.sheets["secret"].sheet_state = "hidden"
    return sink.getvalue()


def test_every_sheet_that_is_seen_and_holds_rows_is_there_by_name() -> None:
    found = sheets(two_sheets_and_more(), "file")
    assert {name: table.frame.to_numpy().tolist() for name, table in found.items()} == {
        "main": [["a", "b"], ["1", "x"], ["", "x"], ["3", "x"]],
        "children": [["_parent_index"], ["1"], ["1"]],
    }
    assert [(table.headings, table.rows, table.filled) for table in found.values()] == [
        (("a", "b"), 3, (2, 3)),
        (("_parent_index",), 2, (2,)),
    ]
    assert found["main"].column(0).tolist() == ["1", "", "3"]


def test_a_file_without_sheets_is_one_and_a_book_without_rows_is_told() -> None:
    assert [*sheets(b"a,b\n1,2\n", "answers.csv")] == ["answers.csv"]
    with pytest.raises(ReadingError, match="no rows"):
        sheets(book(pd.DataFrame({"a": []})), "file")
    with pytest.raises(ReadingError, match="cannot be read"):
        sheets(renamed_zip(), "file")


def test_a_book_that_unpacks_to_much_more_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MOST_UNPACKED", 2_000_000)
    assert len(rows(book(pd.DataFrame({"a": ["x"]})))) == 2
    large = io.BytesIO()
    with zipfile.ZipFile(large, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 2_000_001)
    said = large.getvalue()
    lies = said.replace((2_000_001).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lies != said
    for content in (said, lies):
        with pytest.raises(ReadingError, match=r"^file unpacks to more than .* GB: save the sheet as CSV"):
            read_table(content, "file")


def test_a_cell_far_away_does_not_fill_the_memory() -> None:
    workbook = Workbook()
    workbook.active["A1"], workbook.active["XFD1048576"] = "a", "b"
    sink = io.BytesIO()
    workbook.save(sink)
    with pytest.raises(ReadingError, match="spans 1,048,576 rows and 16,384 columns"):
        read_table(sink.getvalue(), "file")


def renamed_zip() -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("data.csv", "a,b\n1,2\n")
    return sink.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b"a,b\n", "no rows"),
        (b"a,b\n,\n", "no rows"),
        (b"\x00\x01\x02", "cannot be read"),
        (bytes(range(256)) * 40, "cannot be read"),
        (b"PAR1 and no more", "cannot be read"),
        (renamed_zip(), "cannot be read"),
        (book(pd.DataFrame({"a": [1]}))[:500], "cannot be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "without a password"),
        (b"," * 20_000 + b"\n1\n", "cannot be read"),
        (b"a,b\n" * 9_999 + b"," * 9_990_000, "cannot be read"),
    ],
)
def test_what_is_no_table_is_told_in_one_sentence(content: bytes, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MOST_CELLS", 1_000_000)
    with pytest.raises(ReadingError, match=said) as raised:
        read_table(content, "answers.xlsx")
    (sentence,) = raised.value.problems
    assert sentence.startswith("answers.xlsx ")
    assert sentence.endswith(".")


def test_a_path_is_read_like_its_bytes(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"a,b\n1,2\n")
    assert read_table(file, "a.csv").frame.equals(read_table(b"a,b\n1,2\n", "a.csv").frame)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([b"", b"PAR1", b"PK\x03\x04", b"\xff\xfe", b'a,"b\n']), st.binary(max_size=300))
def test_random_bytes_give_a_table_or_a_reading_error(start: bytes, rest: bytes) -> None:
    try:
        table = read_table(start + rest, "file")
    except ReadingError:
        return
    assert len(table.frame) >= 2
    assert not table.frame.isna().any(axis=None)
