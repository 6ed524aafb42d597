import datetime as dt
import subprocess
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from data.reading import labelled
from data.reading.labelled import is_labelled, read_labelled
from data.reading.problems import ReadingError

FRAME = pd.DataFrame(
    {
        "pid": ["A1", "Bé", "", "C "],
        "q7": [1.0, 2.0, None, 9.0],
        "p01": [0.1, 1.0, None, 0.25],
        "seen": [dt.date(2024, 3, 31), None, None, dt.date(2024, 4, 1)],
        "sent": pd.to_datetime(["2024-03-31 10:00", "2024-03-31 00:00", None, None]),
        "v3": [1.0, 5.0, None, -99.0],
        "sex": [1.0, 2.0, None, 2.0],
    }
)
WORDS = {"q7": {1: "Deportation", 2: "Own decision", 9: "Refused"}, "v3": {1: "Yes"}, "sex": {1: "Male", 2: "Female"}}
LABELS = {"pid": "Person ID", "q7": "<b>How</b> did you\nreturn?", "p01": "Satisfied", "v3": "v3", "sex": "Q1 sex"}

ROWS = [
    ["Person ID", "q7 · How did you return?", "p01", "seen", "sent", "v3", "sex"],
    ["A1", "Deportation", "0.1", "2024-03-31", "2024-03-31 10:00:00", "Yes", "Male"],
    ["Bé", "Own decision", "1", "", "2024-03-31", "5", "Female"],
    ["C ", "Refused", "0.25", "2024-04-01", "", "-99", "Female"],
]
SPSS_ROWS = [*ROWS[:3], ["C", "Refused", "0.25", "2024-04-01", "", "", "Female"]]


def spss(folder: Path, packed: bool = False) -> bytes:
    path = folder / "made.sav"
    pyreadstat.write_sav(
        FRAME, path, column_labels=LABELS, variable_value_labels=WORDS, missing_ranges={"v3": [-99]}, compress=packed
    )
    return path.read_bytes()


def stata(folder: Path, version: int = 15) -> bytes:
    path = folder / "made.dta"
    pyreadstat.write_dta(FRAME, path, column_labels=LABELS, variable_value_labels=WORDS, version=version)
    return path.read_bytes()


@pytest.mark.parametrize("packed", [False, True])
def test_spss_gives_words_for_codes_and_blanks_for_what_was_declared_missing(tmp_path: Path, packed: bool) -> None:
    content = spss(tmp_path, packed)
    assert is_labelled(content[:12])
    assert read_labelled(content, "made.sav").frame.to_numpy().tolist() == SPSS_ROWS


@pytest.mark.parametrize("version", [8, 15])
def test_stata_gives_words_for_codes(tmp_path: Path, version: int) -> None:
    content = stata(tmp_path, version)
    assert is_labelled(content[:12])
    table = read_labelled(content, "made.dta")
    assert table.frame.to_numpy().tolist() == ROWS
    assert set(table.frame.dtypes.astype(str)) == {"str"}
    assert list(table.frame) == list(range(len(FRAME.columns)))


def test_numbers_of_four_bytes_and_letters_of_an_old_stata_file(tmp_path: Path) -> None:
    path = tmp_path / "old.dta"
    frame = pd.DataFrame({"host": ["Côte d'Ivoire", "Mali"], "social": pd.Series([0.1, 0.7], dtype="float32")})
    frame.to_stata(path, write_index=False, version=114)
    assert b"C\xf4te" in path.read_bytes()
    assert read_labelled(path, "old.dta").frame.to_numpy().tolist() == [
        ["host", "social"],
        ["Côte d'Ivoire", "0.1"],
        ["Mali", "0.7"],
    ]


@pytest.mark.parametrize("head", [b"", b"PK\x03\x04", b"PAR1", b"person,host\n", b"r", b"rs,host,band\n", b"<xml>"])
def test_other_files_are_not_taken_for_labelled_ones(head: bytes) -> None:
    assert not is_labelled(head)


def test_a_damaged_file_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"made\.sav cannot be read as a SPSS file") as error:
        read_labelled(spss(tmp_path)[:400], "made.sav")
    assert error.value.__cause__ is None
    with pytest.raises(ReadingError, match=r"made\.dta cannot be read as a Stata file"):
        read_labelled(stata(tmp_path)[:200], "made.dta")


def test_a_crash_of_the_library_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = tmp_path / "reader.py"
    reader.write_text("import os\nos.abort()\n")
    monkeypatch.setattr(labelled, "READER", reader)
    with pytest.raises(ReadingError, match="cannot be read"):
        read_labelled(b"$FL2", "made.sav")


def test_a_file_that_takes_for_ever_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = tmp_path / "reader.py"
    reader.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(labelled, "READER", reader)
    monkeypatch.setattr(labelled, "PATIENCE", 0.2)
    with pytest.raises(ReadingError, match="cannot be read"):
        read_labelled(b"$FL2", "made.sav")


def test_nothing_stays_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        read_labelled(b"$FL2", "made.sav")
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_rows_is_said_to_be_so(tmp_path: Path) -> None:
    path = tmp_path / "none.sav"
    pyreadstat.write_sav(FRAME.head(0)[["pid"]], path)
    with pytest.raises(ReadingError, match="has no rows"):
        read_labelled(path, "none.sav")
