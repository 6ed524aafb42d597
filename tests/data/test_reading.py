import io
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from data.cohort import Cohort, conform
from data.flows.schema import Flows
from data.library import keep
from data.notes import Doubt, Note
from data.reading import ReadingError, read
from data.scoring import EQUAL, Profile
from data.vocabulary import CATEGORIES, POINTS, SCORES
from tests.said import in_words

FIXTURES = Path(__file__).parents[1] / "fixtures"
REAL = Path(__file__).parents[1] / "fixtures" / "real"


def file(**columns: object) -> pd.DataFrame:
    """Four sound interviews of two people, changed by `columns`; one given as None is left out."""
    base: dict[str, object] = {
        "person_id": ["k-7391", "k-7391", "k-5520", "k-5520"],
        "Host country": "Germany",
        "Country of return": "AF",
        "band": ["forced", "forced", "Obliged", "Obliged"],
        "wave": [1, 2, 1, 2],
        "composite": [0.4137, 0.5, 0.61, 0.7],
    }
    return pd.DataFrame({name: cells for name, cells in (base | columns).items() if cells is not None})


def csv(frame: pd.DataFrame, **how: object) -> bytes:
    return frame.to_csv(index=False, **how).encode()


def load(frame: pd.DataFrame) -> Cohort:
    cohort = read(csv(frame), "answers.csv")
    assert isinstance(cohort, Cohort)
    return cohort


def problems(content: bytes | pd.DataFrame) -> tuple[str, ...]:
    data = csv(content) if isinstance(content, pd.DataFrame) else content
    with pytest.raises(ReadingError) as raised:
        read(data, "answers.csv")
    assert "7391" not in str(raised.value)
    assert "5520" not in str(raised.value)
    assert "4137" not in str(raised.value)
    assert all(sentence.endswith(".") and "\n" not in sentence for sentence in raised.value.problems)
    return raised.value.problems


def test_a_sound_file() -> None:
    cohort = read(csv(file()), "autumn.csv", source="Survey", licence="CC BY 4.0")
    assert isinstance(cohort, Cohort)
    assert (cohort.name, cohort.source, cohort.licence) == ("autumn", "Survey", "CC BY 4.0")
    assert not cohort.synthetic
    assert cohort.doubts == ()
    expected = conform(
        pd.DataFrame(
            {
                "person": ["k-7391", "k-7391", "k-5520", "k-5520"],
                "host": "DEU",
                "country_of_return": "AFG",
                "band": ["forced", "forced", "obliged", "obliged"],
                "band_rule": "given",
                "wave": [1, 2, 1, 2],
                "composite": [0.4137, 0.5, 0.61, 0.7],
            }
        )
    )
    assert_frame_equal(cohort.frame, expected)


def test_progress_rises_to_one() -> None:
    told: list[float] = []
    read(csv(file()), "answers.csv", progress=lambda share, _: told.append(share))
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0, 1)


@pytest.mark.parametrize(
    "content",
    [
        csv(file(), sep=";"),
        csv(file(), sep=";", decimal=","),
        csv(file(), sep="\t", lineterminator="\r\n"),
        b"\xef\xbb\xbf" + csv(file()),
        csv(file(), quoting=1),
    ],
)
def test_the_same_file_in_other_clothes(content: bytes) -> None:
    assert_frame_equal(read(content, "answers.csv").frame, load(file()).frame)


def test_latin_1_letters_are_read_and_noted() -> None:
    frame = file(**{"Host country": "Côte d'Ivoire", "area": "Béoumi"})
    cohort = read(frame.to_csv(index=False).encode("latin-1"), "answers.csv")
    assert set(cohort.frame["host"]) == {"CIV"}
    assert set(cohort.frame["area"]) == {"Béoumi"}
    assert in_words(cohort.doubts) == ("The file is not UTF-8; its letters were read as Windows-1252.",)


def test_namibia_is_not_missing() -> None:
    cohort = load(file(**{"Country of return": ["NA", "NA", "", "Unknown"]}))
    assert cohort.frame["country_of_return"].tolist() == ["NAM", "NAM", "UNK", "UNK"]
    assert "The country of return is not known in 2 rows." in in_words(cohort.doubts)
    assert "NA in column 'Country of return' was read as Namibia in 2 rows." in in_words(cohort.doubts)


def test_what_a_file_lacks_is_said_at_once() -> None:
    (sentence,) = problems(pd.DataFrame({"colour": ["k-7391"], "size": ["0.4137"]}))
    assert "2 filled columns" in sentence
    for words in ("person", "host", "country_of_return", "band", "wave or months", "a score"):
        assert f"none for {words}" in sentence


def test_a_file_without_headings_shows_none_of_its_cells() -> None:
    (sentence,) = problems(csv(file(), header=False))
    assert "none for person" in sentence


def test_an_unknown_survey_of_564_columns() -> None:
    (sentence,) = problems(pd.DataFrame({f"question {number}": ["k-7391"] for number in range(564)}))
    assert "564 filled columns" in sentence


def test_needed_columns_are_found_among_564() -> None:
    cohort = load(file(**{f"q{number:03d}": "some words" for number in range(1, 559)}))
    assert_frame_equal(cohort.frame, load(file()).frame)
    (note,) = in_words(cohort.doubts)
    assert "558" in note
    assert "'q001', 'q002', 'q003', 'q004', 'q005'." in note
    assert "some words" not in note


def test_two_columns_for_one_field() -> None:
    (sentence,) = problems(file(host="Germany"))
    assert sentence == "Columns 'Host country' and 'host' all mean host: keep one and rename the rest."


def test_a_blank_column_claims_nothing() -> None:
    assert_frame_equal(load(file(host="", sex="")).frame, load(file()).frame)


def test_weaker_headings_give_way_to_stronger_ones() -> None:
    frame = load(file(**{"Country of origin": "Iraq", "_uuid": "u-1"})).frame
    assert set(frame["country_of_return"]) == {"AFG"}
    assert set(frame["person"]) == {"k-7391", "k-5520"}


def test_a_uuid_may_tell_interviews_apart_and_that_is_said() -> None:
    cohort = load(file(person_id=None, _uuid=["a", "b", "c", "d"]))
    assert cohort.frame["person"].nunique() == 4
    assert in_words(cohort.doubts)[0].startswith("Column '_uuid' was taken for the person")


def test_every_problem_is_told_together() -> None:
    told = problems(
        file(band="deportation", composite=[41.37, 50, 61, 70], wave="last", person_id=["k-7391", "", "", "b"])
    )
    assert len(told) == 4
    assert "Column 'composite' runs to about 100" in " ".join(told)
    assert "Column 'person_id' has 2 rows without a person" in " ".join(told)


def test_scores_of_zero_to_100_are_refused_and_never_rescaled() -> None:
    (sentence,) = problems(file(composite=[41.37, 50, 61, 70]))
    assert sentence == "Column 'composite' runs to about 100 and not from 0 to 1: divide by 100 and load again."


def test_mixed_dates_are_refused() -> None:
    (sentence,) = problems(file(return_date=["2024-03-31", "31/03/2024", "31/03/2024", ""]))
    assert "1 row" in sentence
    assert "2 rows" in sentence


def test_a_row_of_tags_is_left_out() -> None:
    frame = file()
    tagged = pd.concat([pd.DataFrame([[f"#tag{number}" for number in range(6)]], columns=frame.columns), frame])
    cohort = load(tagged)
    assert len(cohort.frame) == 4
    assert in_words(cohort.doubts) == ("The row of HXL tags under the heading was left out.",)


def test_a_blank_band_is_unclassified_and_counted() -> None:
    cohort = load(file(band=["forced", "", "Don't know", "unclassified"]))
    assert cohort.frame["band"].tolist() == ["forced", "unclassified", "unclassified", "unclassified"]
    assert in_words(cohort.doubts) == ("The band is blank in 2 rows and no facts place it: shown as unclassified.",)
    assert cohort.frame["band_rule"].tolist() == ["given", "facts_missing", "facts_missing", "given"]


def test_community_members_need_no_band() -> None:
    assert (
        in_words(
            load(file(band=["forced", "forced", "", ""], respondent=["", "", "Community members", "community"])).doubts
        )
        == ()
    )


def facts(**changed: object) -> pd.DataFrame:
    """Four returns with their facts and no band, by own decision unless `changed`."""
    calm = {
        "Removed by force": "no",
        "Right to remain": "yes",
        "Ordered to leave": "no",
        "Pushed": "no",
        "Against preference": "no",
        "Invited": "no",
    }
    return file(**{"band": None, **calm, **changed})


def test_without_a_band_the_facts_place_a_return() -> None:
    cohort = load(facts(**{"Removed by force": ["yes", "", "no", "no"], "Right to remain": ["", "1", "FALSE", "y"],
                           "Ordered to leave": ["", "0", "TRUE", "n"], "label": "Deportation",
                           "perceived_choice": "none"}))  # fmt: skip
    assert cohort.frame["band"].tolist() == ["forced", "unclassified", "obliged", "voluntary"]
    rules = ["removed_by_force", "facts_missing", "ordered_to_leave", "own_decision"]
    assert cohort.frame["band_rule"].tolist() == rules
    assert in_words(cohort.doubts) == ("The band is blank in 1 row and no facts place it: shown as unclassified.",)


def test_one_fact_may_be_enough_of_a_file() -> None:
    frame = load(file(band=None, **{"Detained and deported": ["yes", "yes", "no", ""]})).frame
    assert frame["band"].tolist() == ["forced", "forced", "unclassified", "unclassified"]


def test_the_files_own_band_stays_and_is_counted_where_facts_contradict_it() -> None:
    cohort = load(facts(band=["voluntary", "forced", "", "unclassified"], Pushed=["no", "no", "yes", "yes"]))
    assert cohort.frame["band"].tolist() == ["voluntary", "forced", "pressured", "unclassified"]
    assert cohort.frame["band_rule"].tolist() == ["given", "given", "pushed", "given"]
    assert in_words(cohort.doubts) == ("In 1 row the band is another than the facts give: the file’s band is kept.",)


def test_community_members_did_not_return_so_no_rule_places_them() -> None:
    frame = load(facts(band=["", "", "", "forced"], respondent=["community", "community", "", "returnee"])).frame
    assert frame["band"].tolist() == ["unclassified", "unclassified", "voluntary", "forced"]
    assert frame["band_rule"].fillna("none").tolist() == ["none", "none", "own_decision", "given"]


def test_a_fact_is_yes_or_no() -> None:
    (sentence,) = problems(facts(Invited=["yes", "k-7391", "maybe", "no"]))
    assert "Column 'Invited' has 2 rows with another word than yes or no" in sentence


def test_a_blank_weight_weighs_one() -> None:
    cohort = load(file(weight=["2", "", "0.5", "1"]))
    assert cohort.frame["weight"].tolist() == [2, 1, 0.5, 1]
    assert in_words(cohort.doubts) == ("The weight is blank in 1 row: taken as 1.",)


@pytest.mark.parametrize(
    ("weights", "rows"),
    [([1, 1, 1, 20], 0), ([1, 1, 1, 0.05], 0), ([1, 1, 1, 20.1], 1), ([3, 3, 3, 0.149], 1), ([1e-9, 1, 1, 30], 2)],
)
def test_weights_far_from_the_median_are_doubted(weights: list[float], rows: int) -> None:
    assert load(file(weight=weights)).doubts == (Note(Doubt.WEIGHT_FAR, rows=rows),) * bool(rows)


def test_a_blank_weight_is_far_from_weights_that_are_no_ones() -> None:
    assert Note(Doubt.WEIGHT_FAR, rows=1) in load(file(weight=["", 900, 1000, 1100])).doubts


def test_how_many_weights_are_far_is_told_rounded(tmp_path: Path) -> None:
    people = {"person_id": [f"k-{n}" for n in range(60)], "wave": [1] * 60, "composite": [0.5] * 60}
    plain = {"Host country": ["Germany"] * 60, "Country of return": ["AF"] * 60, "band": ["forced"] * 60}
    for far, seen in ((13, 15), (4, None)):
        cohort = load(file(**people, **plain, weight=[1e-6] * far + [1] * (60 - far)))
        assert cohort.doubts == (Note(Doubt.WEIGHT_FAR, rows=far),)
        assert keep(cohort, tmp_path).doubts == (Note(Doubt.WEIGHT_FAR, rows=seen),)


def test_doubtful_rows_are_counted() -> None:
    zeros = {score: [0, 0.1, 0.2, 0] for score in SCORES}
    cohort = load(
        file(
            **zeros,
            wave=[1, 1, 1, 1],
            age=[17, 30, 12, ""],
            interview_date="2024-01-31",
            return_date=["2024-02-01", "2024-01-01", "2024-01-31", ""],
        )
    )
    assert in_words(cohort.doubts) == (
        "In 1 row the interview is dated before the return.",
        "In 2 rows all four scores are exactly 0, which some systems write for missing scores.",
        "In 2 rows a person is interviewed again in the same wave.",
        "In 2 rows the person is under 18: the survey is made for adults.",
    )


def test_what_follows_from_other_columns_is_filled_in() -> None:
    cohort = load(
        file(
            wave=None,
            interview_date=["2024-07-01", "2024-12-31", "2024-07-01", ""],
            return_date="2024-01-01",
            age=["17", "18", "34.9", "50"],
        )
    )
    frame = cohort.frame
    assert frame["months"].round(2).fillna(-1).tolist() == [5.98, 11.99, 5.98, -1]  # 182 and 365 days of 30.4375
    assert frame["wave"].fillna(-1).tolist() == [1, 2, 1, -1]
    assert set(frame["return_year"]) == {2024}
    assert frame["age_group"].tolist() == ["0-17", "18-24", "25-34", "50+"]
    assert frame["child"].tolist() == [True, False, False, False]


def test_more_than_twelve_distinct_months_are_no_waves() -> None:
    frame = pd.concat([file(wave=None, months=[n, n + 0.5, n, n + 0.5]) for n in range(7)])
    cohort = load(frame)
    assert cohort.frame["wave"].isna().all()
    assert any("no waves" in doubt for doubt in in_words(cohort.doubts))
    assert load(frame.iloc[:24]).frame["wave"].max() == 12


@pytest.mark.parametrize("named", ["p{:02d}", "P{}", "element_{}", "e{}", "Q{:02d}"])
def test_points_are_scored_where_scores_are_missing(named: str) -> None:
    points = {named.format(number): [0.25, 0.5, 1, 0] for number in range(1, 31)}
    cohort = load(file(composite=None, **points))
    assert cohort.frame[list(SCORES)].to_numpy() == pytest.approx(np.repeat([[0.25], [0.5], [1], [0]], 4, axis=1))
    assert set(cohort.frame["profile"]) == {"documented"}


def test_points_beside_scores_leave_them_alone() -> None:
    cohort = load(file(**dict.fromkeys(POINTS, 1)))
    assert cohort.frame["composite"].tolist() == [0.4137, 0.5, 0.61, 0.7]
    assert set(cohort.frame["profile"]) == {"supplied"}
    assert cohort.frame["economic"].isna().all()


def test_the_profile_is_chosen() -> None:
    content = csv(file(composite=None, p01=0, **dict.fromkeys(POINTS[1:], 1)))
    frame = read(content, "answers.csv", profile="equal").frame
    assert frame["composite"].tolist() == pytest.approx([29 / 30] * 4)
    own = Profile("own table", "own table of weights", EQUAL.dimension_weights, EQUAL.composite_weights)
    assert set(read(content, "answers.csv", profile=own).frame["profile"]) == {"own table of weights"}


def test_weights_that_add_up_to_more_than_one_still_end_at_one() -> None:
    heavy = Profile("own table", "", EQUAL.dimension_weights, tuple(w * 1.04 for w in EQUAL.composite_weights))
    cohort = read(csv(file(composite=None, **dict.fromkeys(POINTS, 1))), "answers.csv", profile=heavy)
    assert cohort.frame["composite"].tolist() == [1.0] * 4


def test_too_few_points_for_any_score() -> None:
    assert "too few elements" in problems(file(composite=None, p01=1))[0]


def test_unhcr_tables_are_recorded_returns() -> None:
    flows = read(FIXTURES / "unhcr_preamble.csv", "solutions.csv", name="Mine")
    assert isinstance(flows, Flows)
    assert flows.name == "Mine"
    assert flows.source.startswith("UNHCR")


@pytest.mark.parametrize("name", ["unhcr_datafinder_preamble.csv", "unhcr_datafinder_dash.csv", "unhcr_package.csv"])
def test_unhcr_as_downloaded(name: str) -> None:
    assert isinstance(read(REAL / name, "solutions.csv"), Flows)


def test_a_file_of_footnotes_alone_is_told_what_it_lacks() -> None:
    with pytest.raises(ReadingError, match="there is none for person"):
        read(REAL / "unhcr_footnotes.csv", "file")


def conformed(seed: int = 0, size: int = 60) -> pd.DataFrame:
    """A cohort with every column filled, in which whatever follows from another column does follow."""
    draw = np.random.default_rng(seed)
    categories = {name: draw.choice(list(codes), size) for name, codes in CATEGORIES.items()}
    days = draw.integers(0, 900, size)
    returned = pd.Timestamp("2021-05-01") + pd.to_timedelta(draw.integers(0, 500, size), unit="D")
    frame = pd.DataFrame(
        {
            **categories,
            "person": [f"p-{number // 2}" for number in range(size)],
            "wave": np.arange(size) % 2 + 1,
            "months": days / (365.25 / 12),
            "interview_date": returned + pd.to_timedelta(days, unit="D"),
            "return_date": returned,
            "return_year": returned.year,
            "host": draw.choice(["DEU", "NAM", "UNK"], size),
            "country_of_return": draw.choice(["AFG", "NAM"], size),
            "area": draw.choice(["Herat; old town", 'the "west"'], size),
            "label": draw.choice(["deportation", None], size),
            "child": categories["age_group"] == "0-17",
            "vulnerable": draw.choice([True, False], size),
            "assistance_provider": draw.choice(["Añadir", None], size),
            "assistance_value": draw.choice([0.0, 1250.5, np.nan], size),
            "assistance_months": draw.integers(0, 24, size),
            "weight": draw.uniform(0.1, 3, size),
            **{name: draw.choice([0, 0.25, 0.5, 0.75, 1, np.nan], size) for name in POINTS},
            **{name: draw.random(size) for name in SCORES},
            "profile": draw.choice(["supplied", "documented"], size),
        }
    )
    return conform(frame)


def as_excel(frame: pd.DataFrame) -> bytes:
    sink = io.BytesIO()
    frame.to_excel(sink, index=False)
    return sink.getvalue()


def as_parquet(frame: pd.DataFrame) -> bytes:
    sink = io.BytesIO()
    frame.to_parquet(sink, index=False)
    return sink.getvalue()


@pytest.mark.parametrize("written", [csv, as_excel, as_parquet])
def test_a_cohort_written_and_read_is_the_same_cohort(written: Callable[[pd.DataFrame], bytes]) -> None:
    frame = conformed()
    cohort = read(written(frame), "cohort")
    assert_frame_equal(cohort.frame, frame, rtol=1e-14)


CELLS = st.one_of(
    st.sampled_from(
        ["", "NA", "0.5", "55", "0,5", "forced", "deportation", "2024-01-31", "31/12/2024", "DE", "yes", "W2"]
    ),
    st.text(max_size=8),
)
HEADINGS = [
    "person",
    "host",
    "country_of_return",
    "band",
    "wave",
    "composite",
    "months",
    "return_date",
    "interview_date",
]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_random_tables_load_or_raise_a_reading_error(data: st.DataObject) -> None:
    headings = HEADINGS + data.draw(
        st.lists(st.sampled_from(["age", "sex", "p01", "weight", "child", "x"]), unique=True)
    )
    rows = data.draw(st.lists(st.tuples(*[CELLS] * len(headings)), min_size=1, max_size=5))
    with suppress(ReadingError):
        assert isinstance(read(csv(pd.DataFrame(rows, columns=headings)), "file"), Cohort)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.from_regex(r"id-[0-9]{6}", fullmatch=True), min_size=4, max_size=4, unique=True),
    st.lists(st.floats(0.100001, 0.999999).map(lambda x: round(x, 6)), min_size=4, max_size=4),
    st.sampled_from(list(file().columns)),
    st.sampled_from(["nonsense", "-7", "55", "2024-13-01", ""]),
)
def test_no_message_holds_a_persons_code_or_score(
    codes: list[str], scores: list[float], spoilt: str, cell: str
) -> None:
    frame = file(person_id=codes, composite=scores).astype("object")
    frame[spoilt] = [cell, *frame[spoilt][1:]]
    try:
        told = " ".join(in_words(load(frame).doubts))
    except ReadingError as error:
        told = str(error)
    assert not any(code in told for code in codes)
    assert not any(str(score) in told for score in scores)


def test_a_date_of_return_without_a_date_of_interview_is_enough_where_waves_are_given() -> None:
    text = "person,wave,host,country_of_return,band,composite,return_date\n" + "".join(
        f"{number},1,DEU,AFG,forced,0.5,2023-05-0{1 + number % 9}\n" for number in range(12)
    )
    cohort = read(text.encode(), "dates.csv")
    assert cohort.frame["months"].isna().all()
    assert (cohort.frame["return_year"] == 2023).all()
