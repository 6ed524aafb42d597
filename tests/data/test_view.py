import pickle
from dataclasses import replace
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.engine import Source, run
from data.filters import MOST, names
from data.view import DEFAULT_LINE, View, active, divided_by, narrowed, score_label, select, sentence, without
from data.vocabulary import CATEGORIES, COMMUNITY, SCORES, Score
from tests.conftest import Open
from tests.data.recount import chosen

VALUES = {
    "place": ("PAK-AFG", "DEU-AFG", "other", "AFG", "034", "NLD-MAR"),
    "band": (*CATEGORIES["band"], "compulsory", "not_compulsory"),
    "sex": tuple(CATEGORIES["sex"]),
    "age": tuple(CATEGORIES["age_group"]),
    "assistance": tuple(CATEGORIES["assistance"]),
    "months": ("0-6", "7-12", "13-24", "25-"),
    "year": ("2018", "2019", "2021"),
}
FULL = View(place="DEU-AFG", band="compulsory", months="0-6", score=Score.SOCIAL, line=0.7)


@st.composite
def views(draw: st.DrawFn) -> View:
    which = draw(st.lists(st.sampled_from([*VALUES]), max_size=MOST, unique=True))
    return View(**{name: draw(st.sampled_from(VALUES[name])) for name in which})


@settings(max_examples=40, deadline=None)
@given(views(), st.sampled_from(["returnee", "community"]))
def test_a_view_selects_what_a_pandas_filter_selects(source: Source, raw: pd.DataFrame, view: View, who: str) -> None:
    found = run(select(source.table, view, who).select("interview"))["interview"]
    assert sorted(found) == sorted(chosen(raw, view, who)["interview"])


def test_the_open_view_selects_every_returnee_and_nobody_else(source: Source, raw: pd.DataFrame) -> None:
    found = run(select(source.table, View()).select("interview", "respondent"))
    assert set(found["respondent"]) == {"returnee"}
    assert sorted(found["interview"]) == sorted(raw.loc[raw["respondent"] == "returnee", "interview"])


def test_community_members_are_asked_for_by_name(source: Source) -> None:
    assert set(run(select(source.table, View(), COMMUNITY))["respondent"]) == {COMMUNITY}
    with pytest.raises(ValueError, match="returnee or community"):
        select(source.table, View(), "neighbour")


def test_months_are_rounded_into_fixed_windows_and_a_missing_one_is_left_out(opened: Open) -> None:
    months = [0, 6, 6.4, 6.5, 12, 12.5, 24.4, 24.5, 300, None]
    table = opened(pd.DataFrame({"person": [*"abcdefghij"], "months": months, "wave": 1})).table
    found = ["".join(sorted(run(select(table, View(months=window)))["person"].str[-1])) for window in VALUES["months"]]
    assert found == ["abc", "de", "fg", "hi"]


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (View(), "All corridors, all bands"),
        (
            View(place="DEU-AFG", band="compulsory", months="0-6"),
            "Germany → Afghanistan, compulsory (obliged and forced), 0–6 months after return",
        ),
        (View(place="AFG", sex="female"), "To Afghanistan, all bands, women"),
        (View(place="034"), "To Southern Asia, all bands"),
        (View(place="other"), "Other corridors, all bands"),
        (View(band="not_compulsory"), "All corridors, not compulsory (solicited to pressured)"),
        (View(band="unclassified"), "All corridors, unclassified"),
        (View(age="0-17"), "All corridors, all bands, aged 0–17"),
        (View(assistance="none"), "All corridors, all bands, no assistance"),
        (
            View(months="25-", year="2020"),
            "All corridors, all bands, more than 24 months after return, returned in 2020",
        ),
    ],
)
def test_a_view_says_itself_in_english(view: View, words: str) -> None:
    assert sentence(view) == words


def test_every_choice_that_narrows_shows_in_the_sentence() -> None:
    said = [sentence(View(**{name: value})) for name, values in VALUES.items() for value in values]
    assert len({sentence(View()), *said}) == 1 + len(said)
    both = combinations(VALUES, MOST)
    assert all(sentence(View(**{name: VALUES[name][0] for name in which})).count(",") >= 2 for which in both)


def test_only_closed_choices_make_a_view() -> None:
    for name in names():
        for value in ("nowhere", "DEU-AFG,PAK-AFG", "0-7", "forced,obliged", "999", "20201", "-"):
            with pytest.raises(ValueError, match="no such value"):
                View(**{name: value})
    for four in combinations(VALUES, MOST + 1):
        with pytest.raises(ValueError, match="at most 3 choices"):
            View(**{name: VALUES[name][0] for name in four})
    for line in (0.503, -0.05, 1.05):
        with pytest.raises(ValueError, match="on steps of"):
            View(line=line)
    assert [View(line=place / 20).line for place in range(21)] == [round(place / 20, 2) for place in range(21)]


def test_a_view_knows_its_narrowing_choices() -> None:
    assert active(View(score=Score.SOCIAL, line=0.7)) == ()
    assert active(FULL) == ("place", "band", "months")


def test_choices_can_be_opened_again_one_by_one_or_together_and_be_changed() -> None:
    for choice in active(FULL):
        assert active(without(FULL, choice)) == tuple(other for other in active(FULL) if other != choice)
    assert without(FULL, *names()) == View(score=Score.SOCIAL, line=0.7)
    assert narrowed(without(FULL, "months"), band="forced", sex="male").values == (
        ("place", "DEU-AFG"),
        ("band", "forced"),
        ("sex", "male"),
    )
    with pytest.raises(ValueError, match="at most 3"):
        narrowed(FULL, sex="male")


def test_filters_and_groupings_divide_people_together() -> None:
    assert divided_by(View(), ()) == 0
    assert divided_by(FULL, ("sex", "wave")) == 5
    assert divided_by(FULL, ("band", "corridor")) == 3  # these are narrowed already


def test_a_view_is_a_value() -> None:
    assert pickle.loads(pickle.dumps(FULL)) == FULL == replace(FULL) == replace(FULL, values=FULL.values[::-1])
    assert len({FULL, replace(FULL), View(sex=""), View()}) == 2
    assert (FULL.band, FULL.months, View().band) == ("compulsory", "0-6", "")
    with pytest.raises(TypeError, match="no filter is called bands"):
        View(bands="forced")
    with pytest.raises(AttributeError):
        _ = FULL.bands


def test_the_score_in_focus_has_a_name_and_the_line_starts_in_the_middle() -> None:
    assert [score_label(View(score=score)) for score in SCORES] == [
        "composite score",
        "economic score",
        "social score",
        "psychosocial score",
    ]
    assert View().line == DEFAULT_LINE == 0.5
