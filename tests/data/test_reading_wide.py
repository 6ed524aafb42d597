import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.notes import Doubt, Note
from data.reading.table import LongTable, Table
from data.reading.tables import read_table
from data.reading.wide import is_wide, lengthen

READ = Note(Doubt.FIRST_SHEET, count=1)


def table(*rows: list[str]) -> Table:
    return Table(pd.DataFrame(list(rows), dtype="str"), (READ,))


def cells(one: Table) -> list[list[str]]:
    return one.frame.to_numpy().tolist()


WIDE = [
    ["person", "composite_w1", "composite_w2", "mood_w2", "host"],
    ["a", ".1", ".2", "x", "DEU"],
    ["b", ".3", "", " ", "FRA"],
    ["c", "", "", "", "FRA"],
    ["d", "", "", "y", "DEU"],
]
LONG = [
    ["person", "host", "composite", "mood", "wave"],
    ["a", "DEU", ".1", "", "1"],
    ["a", "DEU", ".2", "x", "2"],
    ["b", "FRA", ".3", "", "1"],
    ["d", "DEU", "", "y", "2"],
]


def test_a_column_per_wave_becomes_a_row_per_person_and_wave() -> None:
    long = lengthen(table(*WIDE))
    assert cells(long) == LONG
    assert long.notes == (
        READ,
        Note(Doubt.WAVES_STACKED, count=3, unit="wave", times=(1, 2)),
        Note(Doubt.NOTHING_IN_WAVES, rows=1),
    )


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["economic_w1", "economic_w2"], ["economic", "wave", "1", "2"]),
        (["w1_economic", "w2_economic"], ["economic", "wave", "1", "2"]),
        (["economic (wave 2)", "economic (wave 1)"], ["economic", "wave", "1", "2"]),
        (["Round 1 - social", "Round 3 - social"], ["social", "wave", "1", "3"]),
        (["economic.1", "economic.2"], ["economic", "wave", "1", "2"]),
        (["composite1", "composite2"], ["composite", "wave", "1", "2"]),
        (["p01_1", "p01_2"], ["p01", "wave", "1", "2"]),
        (["Social score T1", "Social score T2"], ["Social score", "wave", "1", "2"]),
        (["scores/social_r1", "scores/social_r2"], ["scores/social", "wave", "1", "2"]),
        (["baseline_social", "endline_social"], ["social", "wave", "1", "2"]),
        (["social baseline", "social midline", "social endline"], ["social", "wave", "1", "2", "3"]),
        (["composite_3m", "composite_12m"], ["composite", "months", "3", "12"]),
        (["composite_m3", "composite_m12"], ["composite", "months", "3", "12"]),
        (["composite 3 months after return", "composite 6 months after return"], ["composite", "months", "3", "6"]),
        (["interview_date_w1", "interview_date_w2"], ["interview_date", "wave", "1", "2"]),
    ],
)
def test_ways_to_write_a_wave(headings: list[str], expected: list[str]) -> None:
    stem, unit, *times = expected
    assert is_wide(["person", *headings])
    long = lengthen(table(["person", *headings], ["a", *(f"of {heading}" for heading in headings)]))
    assert long.headings == ("person", stem, unit)
    assert long.column(2).tolist() == times
    assert sorted(long.column(1)) == sorted(f"of {heading}" for heading in headings)


@pytest.mark.parametrize(
    "headings",
    [
        ["p01", "p02", "p03"],
        ["p1", "p2"],
        ["element 1", "element 2"],
        ["assistance_1", "assistance_2"],
        ["q1_host", "q2_sex", "q3_band"],
        ["economic", "economic.1"],
        ["economic_w1"],
        ["economic_w1", "social_w2"],
        ["mood_w1", "mood_w2"],
        ["wave", "social_w1", "social_w2"],
        ["Months since return", "social_3m", "social_6m"],
        ["economic_w1", "w1_economic", "economic_w2"],
        ["member_1_sex", "member_2_sex"],
        ["w1", "w2"],
        ["date_1", "date_2"],
    ],
)
def test_files_that_are_not_wide_stay_as_they_are(headings: list[str]) -> None:
    assert not is_wide(headings)
    plain = table(headings, ["x"] * len(headings))
    assert lengthen(plain) is plain


def test_with_a_bare_number_only_columns_of_the_same_waves_follow() -> None:
    long = lengthen(
        table(["id", "social.1", "social.2", "mood.1", "mood.2", "child.1"], ["a", "1", "0", "x", "y", "z"])
    )
    assert cells(long) == [
        ["id", "child.1", "social", "mood", "wave"],
        ["a", "z", "1", "x", "1"],
        ["a", "z", "0", "y", "2"],
    ]


def test_a_long_table_stays_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    content = "\n".join(",".join(row) for row in WIDE[:1] + WIDE[1:] * 2_000).encode()
    whole = lengthen(read_table(content, "wide.csv"))
    monkeypatch.setattr("data.reading.tables.LONG", 1_000)
    wide = read_table(content, "wide.csv")
    assert isinstance(wide, LongTable)
    monkeypatch.setattr(LongTable, "frame", property(lambda _: pytest.fail("the whole table was read")))
    long = lengthen(wide)
    assert (long.headings, long.rows, long.filled) == (whole.headings, whole.rows, whole.filled)
    pd.testing.assert_frame_equal(long.frame, whole.frame)
    assert len(long.head) <= len(wide.head) * 2
    pd.testing.assert_frame_equal(long.head, whole.frame.head(len(long.head)))


HEADINGS = st.builds(
    lambda stem, gap, wave, first: f"{wave}{gap}{stem}" if first else f"{stem}{gap}{wave}",
    st.sampled_from(["economic", "social", "mood", "p01", "", "/"]),
    st.sampled_from(["_", " ", "", ".", " - "]),
    st.sampled_from(["w1", "w2", "wave 3", "1", "2", "(round 1)", "3m", "baseline", "endline", "", "٣"]),
    st.booleans(),
) | st.text(max_size=8)


@settings(max_examples=300)
@given(st.lists(HEADINGS, min_size=1, max_size=7), st.lists(st.sampled_from(["", "1", " "]), min_size=1, max_size=7))
def test_no_answer_is_lost_or_made(headings: list[str], answers: list[str]) -> None:
    row = [answers[place % len(answers)] for place in range(len(headings))]
    wide = table(headings, row, ["x"] * len(headings))
    long = lengthen(wide)
    if long is wide:
        assert not is_wide(headings)
        return
    assert long.headings[-1] in ("wave", "months")
    moved = len(headings) - sum(heading in headings for heading in long.headings[:-1])
    fixed = len(headings) - moved
    full = long.frame.iloc[1:, fixed:-1]
    assert int((full.map(str.strip) == "x").sum().sum()) == moved
