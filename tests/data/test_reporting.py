import re
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.texts.report_page import Section, as_html, as_text, sections
from components.texts.template import amount
from data.cohort import Cohort, conform
from data.demo import demo_cohort
from data.mapping import Field, Mapping
from data.notes import Doubt, Note, Vague
from data.report import Report, report
from data.report.counts import Counts, hashed, percent, said
from data.scoring import DOCUMENTED, score
from data.vocabulary import POINTS, SCORES


@pytest.fixture(scope="module")
def demo() -> Cohort:
    return demo_cohort()


@pytest.fixture(scope="module")
def told(demo: Cohort) -> Report:
    return report(demo)


def section(told: Report, title: str) -> Section:
    [found] = [section for section in sections(told) if section.title == title]
    return found


def cells(told: Report, title: str) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in section(told, title).rows}


def five(count: float) -> str:
    return f"{5 * round(count / 5):,}"


def made(count: int = 100, **columns: Any) -> Cohort:
    """People whose answers differ at random, each interviewed once; the rest as given."""
    rng = np.random.Generator(np.random.PCG64(6))
    points = {name: rng.choice([0, 0.25, 0.5, 0.75, 1], count) for name in POINTS}
    usual = {"person": [f"P-{number}" for number in range(count)], "host": "DEU", "country_of_return": "AFG",
             "band": "forced", "wave": 1, **points}  # fmt: skip
    frame = pd.DataFrame({**usual, **columns})
    frame = frame.assign(**score(frame, DOCUMENTED), profile="documented")
    return Cohort(conform(frame), "Made", "made for a test", scored_by=DOCUMENTED)


def test_people_interviews_and_waves_are_those_that_pandas_counts(told: Report, demo: Cohort) -> None:
    frame = demo.frame
    first = section(told, "People, interviews and waves")
    assert (
        f"{five(frame['person'].nunique())} people and {five(len(frame))} interviews, in 5 waves"
        in (first.sentences[0])
    )
    members = frame.loc[frame["respondent"] == "community", "person"].nunique()
    assert first.sentences[1] == f"Members of the community among them: {five(members)}."
    by_wave = frame.groupby("wave")["person"].agg(["nunique", "size"])
    assert cells(told, first.title) == {
        str(wave): (five(row["nunique"]), five(row["size"])) for wave, row in by_wave.iterrows()
    }


def test_corridors_are_shown_only_with_enough_people(told: Report, demo: Cohort) -> None:
    returnees = demo.frame[demo.frame["respondent"] == "returnee"]
    people = returnees.groupby(["host", "country_of_return"])["person"].nunique()
    shown = people[people >= 10].sort_values(ascending=False)
    assert len(shown) < len(people)
    assert [row[1] for row in section(told, "Corridors").rows] == [five(count) for count in shown]
    assert f"{len(shown)} corridors with people enough" in section(told, "Corridors").sentences[0]


def test_corridors_are_ordered_and_cut_off_by_what_may_be_seen_of_them() -> None:
    sizes = {"AUT": 11, "BEL": 12, "CHE": 10, **{f"Z{letter}Z": 15 for letter in "ABCDEFGHIJKLMNOPQR"}, "DEU": 30}
    cohort = made(sum(sizes.values()), host=[host for host, n in sizes.items() for _ in range(n)])
    [told] = [part for part in report(cohort).sections if part.title == "report_corridors"]
    hosts = [cell.code[:3] for cell, *_ in told.rows]
    assert hosts == ["DEU", *(f"Z{letter}Z" for letter in "ABCDEFGHIJKLMNOPQR"), "AUT"]  # 10, as BEL and CHE are


def test_fewer_than_ten_people_do_not_decide_which_column_helps_most() -> None:
    """Two people are alone, and one of them is not if sex or band is left out: that is too few to be told."""
    few = made(sex=["male"] + ["female"] * 99, band=["forced"] * 99 + ["obliged"])
    told = section(report(few), "How easily people can be recognised").sentences
    assert told[-1] == "No single column, left out, would make people harder to recognise."
    many = made(sex=["male"] + ["female"] * 99, area=[f"A{n}" for n in range(40)] + ["B"] * 60)
    told = section(report(many), "How easily people can be recognised").sentences
    assert told[-1] == "If one column is to be left out, area helps most."


def test_the_rules_that_placed_people_are_counted(told: Report, demo: Cohort) -> None:
    returnees = demo.frame[demo.frame["respondent"] == "returnee"]
    people = returnees.groupby("band")["person"].nunique()
    rows = section(told, "Return bands, and what placed people in them").rows
    assert {band.lower(): count for _, band, count in rows} == {band: five(count) for band, count in people.items()}


def test_a_number_that_would_give_another_away_is_not_shown() -> None:
    bands = ["forced"] * 60 + ["obliged"] * 37 + ["pressured"] * 3
    rows = section(report(made(band=bands, band_rule="given")), "Return bands, and what placed people in them").rows
    assert {band: people for _, band, people in rows} == {"Forced": "60", "Obliged": "[c]", "Pressured": "[c]"}


def test_missing_answers_are_shares_of_interviews(told: Report, demo: Cohort) -> None:
    shares = demo.frame[list(POINTS)].isna().mean()
    rows = section(told, "Missing answers, by element").rows
    assert [row[2] for row in rows] == [f"{100 * shares[name]:.0f}%" for name in POINTS]


def test_an_element_that_nobody_answered_was_not_asked() -> None:
    few = [np.nan] * 4 + [0.5] * 96
    told = report(made(p04=np.nan, p05=few, p06=few[::-1], p07=[np.nan] * 96 + [1.0] * 4))
    rows = {row[0]: row[2] for row in section(told, "Missing answers, by element").rows}
    assert (rows["3"], rows["4"], rows["5"], rows["6"]) == ("none", "not asked", "fewer than 10", "fewer than 10")
    assert rows["7"] == "all but fewer than 10"
    assert section(told, "Missing answers, by element").sentences[0].startswith("29 of the 30 elements")


def test_who_has_a_score_and_who_loses_it(told: Report, demo: Cohort) -> None:
    frame = demo.frame
    inside = {"composite": POINTS, "economic": POINTS[:9], "social": POINTS[9:20], "psychosocial": POINTS[20:]}
    for name, (has, lost) in cells(told, "Scores").items():
        score_of = frame[name.lower()]
        without = frame["person"].nunique() - frame.loc[score_of.notna(), "person"].nunique()
        assert has == ("all but fewer than 10" if 0 < without < 10 else five(frame["person"].nunique() - without))
        some = frame[list(inside[name.lower()])].notna().any(axis=1)
        assert lost == five(frame.loc[some & score_of.isna(), "person"].nunique())


def test_scores_that_came_with_the_file_lose_nothing_that_is_known() -> None:
    rng = np.random.Generator(np.random.PCG64(1))
    given_scores = {name: rng.random(40) for name in SCORES}
    frame = conform(pd.DataFrame({"person": [f"P{n}" for n in range(40)], "host": "DEU", "country_of_return": "AFG",
                                  "band": "forced", "wave": 1, **given_scores}))  # fmt: skip
    told = report(Cohort(frame, "Four scores", "made for a test"))
    assert {row[1:] for row in section(told, "Scores").rows} == {("40", "[z]")}
    assert section(told, "Missing answers, by element").rows == ()
    assert "cannot be checked" in section(told, "Answers that repeat").sentences[0]


def test_odd_dates_and_ages_are_counted() -> None:
    interview = pd.Series(pd.to_datetime(["2024-06-01"] * 100))
    returned = pd.Series(pd.to_datetime(["2024-01-01"] * 60 + ["2024-06-15"] * 12 + ["2024-01-01"] * 28))
    interview[0:20] = pd.Timestamp("2024-06-10")
    told = report(
        made(
            interview_date=interview,
            return_date=returned,
            months=[5.0] * 60 + [0.0] * 12 + [5.0] * 3 + [12.0] * 25,
            child=[True] * 30 + [False] * 70,
            age_group=["0-17"] * 15 + ["18-24"] * 85,
        )
    )
    assert {words: row[0] for words, row in cells(told, "Dates, ages and ranges").items()} == {
        "Interview before the return": "10",  # 12, rounded
        "Return later than the last interview of the file": "10",
        "Months since return differ from the dates by more than 2": "25",
        "Under 18 (the survey is made for adults)": "30",
        "Under 18 in one column and not in the other": "15",
        "All four scores exactly 0": "none",
    }


def test_what_a_file_does_not_bring_cannot_be_checked() -> None:
    odd = cells(report(made()), "Dates, ages and ranges")
    assert [row[0] for row in odd.values()] == ["cannot be checked"] * 5 + ["none"]
    assert "there are no dates" in section(report(made()), "Answers that repeat").sentences[1]


def test_duplicates_are_found_whatever_their_code() -> None:
    clean = made()
    assert "same wave: none." in section(report(clean), "Duplicates").sentences[0]
    assert "person’s code: none." in section(report(clean), "Duplicates").sentences[1]
    twins = clean.frame.iloc[:11].assign(person=[f"T-{number}" for number in range(11)])
    again = clean.frame.iloc[50:62].assign(p01=0.1)
    told = report(replace(clean, frame=conform(pd.concat([clean.frame, twins, again]))))
    assert "same wave: 10." in section(told, "Duplicates").sentences[0]
    assert "person’s code: 20." in section(told, "Duplicates").sentences[1]  # 11 people and their 11 twins


def test_answers_that_are_all_alike_are_found() -> None:
    clean = made(200, interview_date=pd.Timestamp("2024-06-01"), area=["Herat"] * 100 + ["Kabul"] * 100)
    frame = clean.frame.copy()
    frame.loc[:24, [*POINTS]] = 0.5
    frame.loc[100:111, [*POINTS]] = frame.loc[100, [*POINTS]].to_numpy("float64")
    frame.loc[150:152, [*POINTS]] = frame.loc[150, [*POINTS]].to_numpy("float64")  # three are too few for a pattern
    told = section(report(replace(clean, frame=conform(frame))), "Answers that repeat")
    assert "the same points: 25; as a share: 12%." in told.sentences[0]
    assert "in one area: fewer than 10; people in them: 35." in told.sentences[1]


def test_k_anonymity_is_what_pandas_counts(told: Report, demo: Cohort) -> None:
    known = {"host": "Host country", "country_of_return": "Country of return", "area": "Area", "sex": "Sex",
             "age_group": "Age group", "return_year": "Year of return", "band": "Band"}  # fmt: skip
    last = demo.frame.groupby("person", sort=False).tail(1)

    def small(columns: list[str]) -> tuple[str, ...]:
        sizes = last.groupby(columns, dropna=False)["person"].transform("size")
        return tuple(f"{100 * (sizes < size).mean():.0f}%" for size in (2, 5, 10))

    rows = cells(told, "How easily people can be recognised")
    assert rows.pop("Nothing") == small([*known])
    assert rows == {words: small([other for other in known if other != name]) for name, words in known.items()}
    alone = {words: int(row[0].removesuffix("%")) for words, row in rows.items()}
    best = min(alone, key=lambda words: alone[words])
    assert f"left out, {best.lower()} helps most" in section(told, "How easily people can be recognised").sentences[3]


def test_of_a_very_small_file_nothing_is_told() -> None:
    told = report(made(9))
    assert [one.title for one in sections(told)] == [
        "The data", "People, interviews and waves",
        "Data quality notes: what was done to the file, and what is doubtful",
    ]  # fmt: skip
    assert "fewer than 10 people" in sections(told)[1].sentences[0]


def test_doubts_are_told_with_released_counts() -> None:
    doubts = (Note(Doubt.NOT_APPROVED, rows=3), Note(Doubt.ROWS_NOT_PICKED, rows=1203, of=2001))
    doubts += (Note(Doubt.EMPTY_COLUMNS, count=12),)
    told = sections(report(replace(made(), doubts=doubts)))[-1]
    assert told.sentences == (
        "fewer than 10 rows marked as not approved left out.",
        "The mapping left out 1,205 rows of 2,000, which it does not pick.",
        "12 empty columns left out.",
    )


def test_the_mapping_is_told_without_its_words() -> None:
    mapping = Mapping("Mine", (Field("sex", ("Q 4",), (("Secretly", "female"),)), Field("wave", constant="1")))
    told = sections(report(made(), mapping))[-1]
    assert told.rows == (("sex", "Q 4", "1"), ("wave", "the same in every row", "–"))
    assert "Secretly" not in as_html(report(made(), mapping))


def test_the_page_needs_nothing_else_and_escapes_what_files_say(demo: Cohort) -> None:
    told = report(replace(demo, name="<script>alert(1)</script> & co", source="http://example.org"))
    page = as_html(told)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in page
    assert not re.findall(r"""(?:src|href|url|@import)\s*[=(]""", page)
    assert "prefers-color-scheme: dark" in page
    assert "synthetic: no real person" in page
    assert page.count("<section>") == len(sections(told))


def test_the_text_holds_every_sentence_and_cell_and_no_person(told: Report, demo: Cohort) -> None:
    text, page = as_text(told), as_html(told)
    for one in sections(told):
        for sentence in one.sentences:
            assert sentence in text.splitlines()
        for row in one.rows:
            assert re.sub(" +", " ", " ".join(row)) in [re.sub(" +", " ", line) for line in text.splitlines()]
    for person in demo.frame["person"].head(50):
        assert not re.search(rf"\b{re.escape(person)}\b", text + page)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_no_word_for_a_number_gives_away_fewer_than_ten(part: int, rest: int) -> None:
    assert amount(said(part)) == ("none" if not part else "fewer than 10" if part < 10 else five(part))
    words = amount(percent(part, part + rest))
    if 0 < part < 10 or 0 < rest < 10:
        assert "%" not in words or min(part, rest) == 0
    if min(part, rest) >= 10:
        assert words.endswith("%")


COLUMNS = {
    "host": ["DEU", "FRA", "UNK"],
    "area": ["H", "K", None],
    "band": ["forced", "obliged", "unclassified"],
    "band_rule": ["given", "facts_missing", None],
    "wave": [1, 2, None],
    "months": [0.0, 6.0, None],
    "interview_date": pd.to_datetime(["2024-01-01", "2024-02-01", None]),
    "return_date": pd.to_datetime(["2023-07-01", "2024-03-01", None]),
    "return_year": [2023, 2024, None],
    "sex": ["female", "male", None],
    "child": [True, False, None],
    "age_group": ["0-17", "18-24", None],
    "respondent": ["returnee", "community", None],
    "composite": [0.0, 0.5, None],
    **{name: [0.0, 1.0, None] for name in POINTS[:12]},
}


@settings(max_examples=30)
@given(st.integers(0, 2**32), st.integers(1, 120), st.sets(st.sampled_from([*COLUMNS])))
def test_whatever_a_cohort_lacks_no_count_of_its_report_is_below_the_floor(
    seed: int, count: int, absent: set[str]
) -> None:
    rng = np.random.Generator(np.random.PCG64(seed))
    cells = {name: pd.Series(options).take(rng.integers(0, 3, count)).array for name, options in COLUMNS.items()}
    kept_anyway = {name: cells[name] for name in cells if name in ("host", "band") or name not in absent}
    person = [f"P{number}" for number in rng.integers(0, count, count)]
    told = report(
        Cohort(conform(pd.DataFrame({**kept_anyway, "person": person, "country_of_return": "AFG"})), "R", "-")
    )
    shown = {cell for one in sections(told)[1:-1] for row in one.rows for cell in row[1:] if cell[0].isdigit()}
    for cell in shown:
        number = int(cell.removesuffix("%").replace(",", ""))
        assert cell.endswith("%") or (number >= 10 and number % 5 == 0)
    assert as_html(told).count("<h2>") == len(sections(told))


def test_a_share_counts_the_people_behind_it() -> None:
    counts = Counts(pd.Series([*["A"] * 50, *(f"P{n}" for n in range(50))]))
    one_person = np.arange(100) < 50
    assert (counts.share(one_person), counts.told(one_person)) == (Vague.FEW, Vague.FEW)
    assert counts.share(~one_person) == Vague.ALL_BUT_FEW
    assert counts.share(np.arange(100) < 75) == 0.75


def test_rows_alike_have_one_number_and_others_have_not() -> None:
    columns = [pd.Series([0.5, 0.5, np.nan, 0.5, np.nan]), pd.Series(["a", "a", None, "b", None], dtype="str")]
    keys = hashed(columns)
    assert (keys[0] == keys[1], keys[2] == keys[4], len({*keys})) == (True, True, 3)
