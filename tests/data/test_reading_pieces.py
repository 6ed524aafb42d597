"""A long file is read in pieces: the same cells as in one go, in bounded memory, with progress and a way to stop."""

import errno
import gc
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from data.cohort import Cohort
from data.reading import ReadingError, parquet, pieces, read, read_table, tables, text
from data.reading.table import LongTable, Table
from data.vocabulary import POINTS
from tests.said import in_words

ROOT = Path(__file__).parents[2]


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is long, and read in pieces of a few lines."""
    for module in (tables, parquet):
        monkeypatch.setattr(module, "LONG", 0)
    monkeypatch.setattr(parquet, "_CELLS_AT_ONCE", 30)
    monkeypatch.setattr(text, "PIECE", 2000)


def frame(rows: int = 200) -> pd.DataFrame:
    draw = np.random.default_rng(0)
    return pd.DataFrame(
        {
            "person": [f"k-{number // 2}" for number in range(rows)],
            "host": draw.choice(["Germany", "Türkiye"], rows),
            "country of return": draw.choice(["AF", "Côte d’Ivoire"], rows),
            "band": draw.choice(["forced", "obliged"], rows),
            "wave": np.arange(rows) % 2 + 1,
            "area": draw.choice(["Herat, old town", 'the "west"', "two\nlines", None], rows),
            "nothing": "",
            "colour": ["", "red"] * (rows // 2),
            **{point: draw.choice([0, 0.25, 1, None], rows) for point in POINTS},
        }
    )


def as_csv(**how: Any) -> Callable[[], bytes]:
    return lambda: frame().to_csv(index=False, **how).encode(how.get("encoding", "utf-8"))


def as_parquet() -> bytes:
    sink = io.BytesIO()
    frame().assign(band=pd.Categorical(frame()["band"])).to_parquet(sink)
    return sink.getvalue()


def with_blank_rows() -> bytes:
    lines = as_csv()().decode().replace("two\nlines", "two").split("\n")
    return "\n\n".join([*lines[:50], "," * 37, *lines[50:]]).encode()


def tagged() -> bytes:
    tags = pd.DataFrame([[f"#tag{place}" for place in range(38)]], columns=frame().columns)
    return pd.concat([tags, frame().astype("object")]).to_csv(index=False).encode()


FORMS = {
    "csv": as_csv(),
    "quoted": as_csv(quoting=1, sep=";"),
    "byte order mark": lambda: b"\xef\xbb\xbf" + as_csv()(),
    "windows": as_csv(encoding="cp1252", lineterminator="\r\n"),
    "latin-1": lambda: (
        as_csv()().replace("Türkiye".encode(), "T\xfcrkiye\x81".encode("latin-1")).replace("’".encode(), b"'")
    ),
    "utf-16": as_csv(encoding="utf-16", sep="\t"),
    "blank rows": with_blank_rows,
    "tags": tagged,
    "parquet": as_parquet,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.usefixtures("small_pieces")
def test_pieces_give_the_same_table(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = FORMS[form]()
    long = read_table(content, "file")
    assert isinstance(long, LongTable)
    monkeypatch.undo()
    short = read_table(content, "file")
    assert type(short) is Table
    assert_frame_equal(long.frame, short.frame)
    assert_frame_equal(long.head, short.head)
    assert (long.headings, long.rows, long.filled, long.notes) == (
        short.headings, short.rows, short.filled, short.notes,
    )  # fmt: skip
    for place in range(len(long.headings)):
        assert long.column(place).equals(short.column(place))


@pytest.mark.parametrize("form", ["csv", "tags", "parquet"])
@pytest.mark.usefixtures("small_pieces")
def test_pieces_give_the_same_cohort(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = FORMS[form]()
    long = read(content, "file")
    monkeypatch.undo()
    short = read(content, "file")
    assert isinstance(long, Cohort)
    assert_frame_equal(long.frame, short.frame)
    assert long.doubts == short.doubts
    assert "'colour'." in " ".join(in_words(long.doubts))


def test_more_than_64_mb_are_long_and_less_are_not(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    line = b"x" * 999 + b",\n"
    for count, kind in ((67_000, Table), (67_200, LongTable)):
        file.write_bytes(b"a,b\n" + line * count)
        table = read_table(file, "a.csv")
        assert type(table) is kind
        assert table.rows == count


@pytest.mark.usefixtures("small_pieces")
def test_recorded_returns_may_be_long_too() -> None:
    lines = [f"Germany,Afghanistan,{2000 + n % 20},{n}" for n in range(500)]
    flows = read("\n".join(["host,country of return,year,people", *lines]).encode(), "file")
    assert flows.frame["people"].sum() == 500 * 499 / 2


@pytest.mark.usefixtures("small_pieces")
def test_progress_rises_piece_by_piece() -> None:
    for content in (as_csv()(), as_parquet()):
        told: list[float] = []
        read(content, "file", progress=lambda share, _, told=told: told.append(share))
        assert told == sorted(told)
        assert (told[0], told[-1]) == (0, 1)
        assert len([share for share in told if 0 < share < 0.3]) > 5


class StopItError(Exception):
    """The reader has thought better of it."""


@pytest.mark.parametrize("at", [0.01, 0.15, 0.5, 0.9])
@pytest.mark.usefixtures("small_pieces")
def test_raising_from_progress_stops_it_and_leaves_nothing(
    at: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tell(share: float, _: str) -> None:
        if share >= at:
            raise StopItError

    made = temporary_files(tmp_path, monkeypatch)
    with pytest.raises(StopItError):
        read_table(as_csv()(), "file", tell)
    assert all(file.closed for file in made)
    assert list(tmp_path.iterdir()) == []


def temporary_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The temporary files that are made from now on, in `folder`."""
    made: list[Any] = []
    real = tempfile.TemporaryFile
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda: made.append(real(dir=folder)) or made[-1])
    return made


@pytest.mark.usefixtures("small_pieces")
def test_the_temporary_file_is_this_users_and_goes_with_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = temporary_files(tmp_path, monkeypatch)
    table = read_table(as_csv()(), "file")
    assert oct(os.fstat(made[0].fileno()).st_mode & 0o777) == "0o600"
    assert table.column(0)[0] == "k-0"
    del table
    gc.collect()
    assert made[0].closed
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            ["a,b", *["1,2"] * 900, "7391,7391,7391"],
            "its first splits into 2 and line 902 (blank lines not counted) into 3",
        ),
        (["a,b", *["1,2"] * 900, "7391", "1,2"], "line 902 (blank lines not counted) into 1"),
        (["a,b", *["1,2"] * 9, '1,"7391', *["1,2"] * 9000], "a quotation mark is opened and never closed"),
        (["a,b", *["1,2"] * 900, "1,\x00"], "cannot be read as a table"),
        (["a,b", *[","] * 900], "has no rows"),
        ([" ", *[""] * 9000], "cannot be read as a table"),
    ],
)
@pytest.mark.usefixtures("small_pieces")
def test_what_is_wrong_with_a_long_file_is_told_in_one_sentence(lines: list[str], said: str) -> None:
    with pytest.raises(ReadingError) as raised:
        read_table("\n".join(lines).encode(), "long.csv")
    (sentence,) = raised.value.problems
    assert said in sentence
    assert sentence.startswith("long.csv ")
    assert sentence.endswith(".")
    assert "7391" not in sentence


@pytest.mark.parametrize("limit", ["MOST_ROWS", "MOST_TEXT"])
@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.usefixtures("small_pieces")
def test_what_unpacks_to_too_much_is_refused(limit: str, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, limit, 150)
    with pytest.raises(ReadingError, match=r"^big holds more than .*: split it, such as by year"):
        read_table(FORMS[form](), "big")


def test_a_tiny_parquet_file_of_very_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    sink = io.BytesIO()
    pd.DataFrame({"a": pd.Categorical.from_codes(np.zeros(12_000_000, "int8"), ["x"])}).to_parquet(sink)
    assert len(sink.getvalue()) < 50_000
    monkeypatch.setattr(pieces, "MOST_ROWS", 11_000_000)
    with pytest.raises(ReadingError, match="holds more than"):
        read_table(sink.getvalue(), "bomb")


@pytest.mark.usefixtures("small_pieces")
def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.BytesIO):
        def write(self, _: Any) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", Full)
    with pytest.raises(ReadingError, match="the disk has no room for it: free some space"):
        read_table(as_csv()(), "file")


@pytest.mark.parametrize("at", [1, 30, 199])
@pytest.mark.usefixtures("small_pieces")
def test_a_cell_that_no_part_of_a_piece_holds_is_read_with_the_rest(at: int) -> None:
    words = ["a few words"] * 200
    words[at] = "very many words " * 90
    table = read_table(pd.DataFrame({"place": range(200), "words": words}).to_csv(index=False).encode(), "file")
    assert isinstance(table, LongTable)
    assert table.column(0).tolist() == [str(place) for place in range(200)]
    assert table.column(1).tolist() == words


def test_reading_ahead_takes_few_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "PIECE", 2**20)
    content = as_csv()()
    heading, rows = content.split(b"\n", 1)
    source = pa.BufferReader(heading + b"\n" + rows * 1600)
    assert source.size() > 20 * text.PIECE
    counted = pa.proxy_memory_pool(pa.default_memory_pool())
    before = pa.default_memory_pool()
    pa.set_memory_pool(counted)
    try:
        found = sum(len(batch) for _, batch in text.long_text(source, "file", lambda *_: None).batches)
    finally:
        pa.set_memory_pool(before)
    assert found == 200 * 1600
    assert counted.max_memory() < 10 * text.PIECE


def test_columns_that_are_blank_throughout_share_their_memory() -> None:
    cohort = read(as_csv()(), "file")
    assert isinstance(cohort, Cohort)
    value, months = (cohort.frame[name] for name in ("assistance_value", "assistance_months"))
    assert value.isna().all()
    assert np.shares_memory(value.to_numpy(), months.to_numpy())


@pytest.mark.usefixtures("small_pieces")
def test_564_columns_are_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = pd.DataFrame({f"q{place}": ["some words"] * 740 for place in range(564)}).to_csv(index=False).encode()
    monkeypatch.setattr(text, "PIECE", 2_000_000)
    table = read_table(wide, "file")
    assert (len(table.headings), table.rows, set(table.filled)) == (564, 740, {740})


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([b"", b"PAR1", b"\xff\xfe", b'a,"b\n', b"a,b\n1,2\n" * 200]), st.binary(max_size=300))
def test_random_bytes_give_a_table_or_a_reading_error(start: bytes, rest: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "LONG", 0)
        patch.setattr(text, "PIECE", 300)
        try:
            table = read_table(start + rest, "file")
        except ReadingError:
            return
    assert table.rows >= 1
    assert not table.frame.isna().any(axis=None)


PEAK = """
import re, sys
from pathlib import Path
from data import library
from data.reading import read
cohort = read(Path(sys.argv[1]), "answers.csv")
library.keep(cohort, Path(sys.argv[2]))
status = Path("/proc/self/status").read_text()  # what getrusage tells would count the process that started this one
print(len(cohort.frame), re.search(r"VmHWM:\\s+(\\d+) kB", status)[1])
"""
ROWS = 150_000
BYTES_PER_ROW = 700
"""What an interview of 60 columns may take at the most, the one time the whole file is in memory."""

BEFORE = 400 * 2**20
"""What the program and the pieces of one file take, however long it is."""


FRUGAL = {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2"}
"""Memory that is free goes back to the system at once, so that the peak is what is needed and not what is hoarded."""


@pytest.mark.skipif(sys.platform != "linux", reason="reads peak memory in the unit that Linux gives it in")
def test_memory_stays_within_the_stated_bound(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    few = frame(1000).assign(area="Herat", **{f"question {number}": "in some words" for number in range(22)})
    many = pd.concat([few] * (ROWS // 1000), ignore_index=True)
    many["person"] = [f"case-{number // 2:08d}" for number in range(ROWS)]
    pacsv.write_csv(pa.Table.from_pandas(many), file)
    assert file.stat().st_size > pieces.LONG
    told = subprocess.run(
        [sys.executable, "-c", PEAK, str(file), str(tmp_path / "library")],
        cwd=ROOT, check=True, capture_output=True, text=True, timeout=600, env={**os.environ, **FRUGAL},
    ).stdout  # fmt: skip
    rows, peak = map(int, told.split())
    assert rows == ROWS
    assert peak * 1024 < BEFORE + BYTES_PER_ROW * ROWS


@pytest.mark.usefixtures("small_pieces")
def test_the_rows_read_so_far_are_told_rounded() -> None:
    told: list[str] = []
    read_table(as_csv()(), "long.csv", lambda _, stage: told.append(stage))
    counts = [int(stage.split()[3]) for stage in told if stage.startswith("Reading the file: ")]
    assert len(counts) > 2
    assert all(count >= 10 and count % 5 == 0 for count in counts)
