import pickle
from dataclasses import replace
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.engine import Source, run
from data.filters import names
from data.view import DEFAULT_LINE, View, active, score_label, select, sentence, without
from data.vocabulary import BANDS, CATEGORIES, COMMUNITY, COMPULSORY, SCORES, Score
from tests.conftest import Open
from tests.data.recount import chosen

CORRIDORS = ("PAK-AFG", "DEU-AFG", "USA-SLV", "NLD-MAR", "AUT-TUN", "FRA-MLI")
FULL = View(
    corridors=("DEU-AFG",),
    bands=COMPULSORY,
    sexes=("female",),
    ages=("18-24", "25-34"),
    assistance=("cash", "business"),
    months=(0, 24),
    years=(2019, 2021),
)


def some(codes: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(codes), max_size=3, unique=True).map(tuple)


def span(first: int, last: int) -> st.SearchStrategy[tuple[int, int] | None]:
    return st.none() | st.tuples(st.integers(first, last), st.integers(first, last)).map(
        lambda ends: (min(ends), max(ends))
    )


VIEWS = st.builds(
    View,
    corridors=some(CORRIDORS),
    bands=some(tuple(CATEGORIES["band"])),
    sexes=some(tuple(CATEGORIES["sex"])),
    ages=some(tuple(CATEGORIES["age_group"])),
    assistance=some(tuple(CATEGORIES["assistance"])),
    months=span(0, 26),
    years=span(2018, 2024),
)


@settings(max_examples=40, deadline=None)
@given(VIEWS, st.sampled_from(["returnee", "community"]))
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


def test_ranges_hold_their_ends_and_a_missing_value_is_left_out(opened: Open) -> None:
    table = opened(
        pd.DataFrame(
            {"person": [*"abcd"], "months": [0, 6, 6.1, None], "wave": 1, "sex": ["female", None, "male", None]}
        )
    ).table
    found = {
        view: sorted(run(select(table, view))["person"].str[-1])
        for view in (View(months=(0, 6)), View(months=(6, 6)), View(sexes=("female", "male")), View())
    }
    assert [*found.values()] == [["a", "b"], ["b"], ["a", "c"], ["a", "b", "c", "d"]]


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (View(), "All corridors, all bands"),
        (
            View(corridors=("DEU-AFG",), bands=("obliged", "forced"), sexes=("female",), months=(0, 24)),
            "Germany → Afghanistan, obliged and forced (compulsory), women, 0–24 months after return",
        ),
        (View(bands=("forced", "obliged", "solicited")), "All corridors, solicited, obliged and forced"),
        (View(bands=BANDS), "All corridors, all six bands"),
        (View(bands=("unclassified",)), "All corridors, unclassified"),
        (
            View(corridors=("PAK-AFG", "LBY-NGA"), sexes=("other", "male")),
            "Pakistan → Afghanistan and Libya → Nigeria, all bands, men and another gender",
        ),
        (View(corridors=CORRIDORS[:4]), "4 corridors, all bands"),
        (View(ages=("50+", "0-17")), "All corridors, all bands, aged 0–17 and 50 and over"),
        (
            View(assistance=("cash", "none", "training")),
            "All corridors, all bands, no assistance, cash and training or job placement",
        ),
        (
            View(months=(12, 12), years=(2020, 2020)),
            "All corridors, all bands, 12 months after return, returned in 2020",
        ),
        (View(years=(2019, 2021)), "All corridors, all bands, returned in 2019–2021"),
    ],
)
def test_a_view_says_itself_in_english(view: View, words: str) -> None:
    assert sentence(view) == words


def test_every_choice_that_narrows_shows_in_the_sentence() -> None:
    said = [sentence(without(FULL, *left)) for size in range(len(names()) + 1) for left in combinations(names(), size)]
    assert len({*said}) == 2 ** len(names())


def test_a_view_knows_its_narrowing_choices() -> None:
    assert active(View(cohorts=("demo",), score=Score.SOCIAL, line=0.7)) == ()
    assert active(FULL) == names()
    assert active(View(months=(0, 0))) == ("months",)


def test_choices_can_be_opened_again_one_by_one_or_together() -> None:
    for choice in names():
        assert active(without(FULL, choice)) == tuple(other for other in names() if other != choice)
    assert without(FULL, *names()) == View()
    kept = View(cohorts=("demo",), months=(0, 6), score=Score.SOCIAL, line=0.7)
    assert without(kept, "months") == View(cohorts=("demo",), score=Score.SOCIAL, line=0.7)
    assert replace(kept, months=None, sexes=["male"]) == View(("demo",), sexes=("male",), score=Score.SOCIAL, line=0.7)


def test_a_view_is_a_value() -> None:
    assert pickle.loads(pickle.dumps(FULL)) == FULL == View(values=FULL.values)
    assert len({FULL, View(values=FULL.values[::-1]), replace(FULL), View(months=None), View(bands=())}) == 2
    assert (FULL.bands, FULL.months, View().bands, View().months) == (COMPULSORY, (0, 24), (), ())
    with pytest.raises(TypeError, match="no filter is called band"):
        View(band=("forced",))
    with pytest.raises(AttributeError):
        _ = FULL.band


def test_the_score_in_focus_has_a_name_and_the_line_starts_in_the_middle() -> None:
    assert [score_label(View(score=score)) for score in SCORES] == [
        "composite score",
        "economic score",
        "social score",
        "psychosocial score",
    ]
    assert View().line == DEFAULT_LINE == 0.5
