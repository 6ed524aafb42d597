import numpy as np
import pandas as pd
import pytest

from data.disclosure import Released
from data.engine import Source
from data.grouping import Grouping
from data.instrument import elements
from data.labels import COLUMN_LABELS
from data.notes import Said
from data.summaries.answers import answers
from data.summaries.offered import choices
from data.view import View, sentence
from data.vocabulary import CATEGORIES, POINTS, ReturnBand
from tests.conftest import Open
from tests.data.recount import breaches, differs, people, share
from tests.said import of_codes

STEPS = {element.column: dict(element.answers) for element in elements()}


def given(everyone: pd.DataFrame, row: pd.Series, by: str) -> tuple[pd.Series, pd.Series]:
    """Of the people of a row's group who answered its element: who gave its answer, and their weights."""
    mine = everyone[(everyone[by] == row[by]) & everyone[row["element"]].notna()]
    return mine[row["element"]] == STEPS[row["element"]][row["answer"]], mine["weight"]


def wrong(found: Released, everyone: pd.DataFrame, by: str) -> list[object]:
    differing = []
    for _, row in found.shown.iterrows():
        mine, w = given(everyone, row, by)
        differing.append(differs(row, share(w[mine].sum() / w.sum(), w)))
    return [each for each in differing if each]


@pytest.mark.parametrize(
    ("view", "by", "groups", "asked"),
    [
        (View(), "corridor", None, ("p01", "p13", "p30")),
        (View(sex="female"), "band", tuple(ReturnBand), ("p09", "p22")),
        (View(year="2019"), "age_group", tuple(CATEGORIES["age_group"]), POINTS),
    ],
)
def test_answers_are_those_of_the_raw_rows_and_give_nobody_away(
    source: Source, raw: pd.DataFrame, view: View, by: str, groups: tuple[str, ...] | None, asked: tuple[str, ...]
) -> None:
    groups = groups or choices(source).corridors
    everyone = raw.loc[people(raw, view).index, [by, "weight", *POINTS]]
    found = answers(source, view, Grouping(by, groups), asked)
    keys = [[group, one, answer] for group in groups for one in asked for answer in STEPS[one]]
    assert found.rows[[by, "element", "answer"]].to_numpy().tolist() == keys
    assert len(found.shown)
    assert not wrong(found, everyone, by)
    exact = [int(given(everyone, row, by)[0].sum()) for _, row in found.rows.iterrows()]
    assert not breaches(found, exact, within=[by, "element"])
    assert found.people == 5 * round(max(everyone.loc[everyone[by].isin(groups), one].count() for one in asked) / 5)


def frame(points: list[float | None], times: int = 1, element: str = "p01", **columns: object) -> pd.DataFrame:
    repeated = np.repeat(np.array(points, dtype="float64"), times)
    names = [f"p{place}" for place in range(len(repeated))]
    return pd.DataFrame({"person": names, "wave": 1, element: repeated, **columns})


def counts(source: Source, element: str = "p01") -> dict[str, int]:
    rows = answers(source, View(), Grouping("band", ("forced",)), (element,)).shown
    return dict(zip(rows["answer"], rows["people"], strict=True))


def test_points_off_the_steps_count_under_the_nearest(opened: Open) -> None:
    made = [0.12, 0.13, 0.3, 0.7, 0.9, 1.0]
    wanted = {"very satisfied": 20, "satisfied": 10, "dissatisfied": 20, "very dissatisfied": 10}
    assert counts(opened(frame(made, 10))) == wanted


@pytest.mark.parametrize(
    ("element", "points", "answer"), [("p03", 0.5, "yes"), ("p03", 0.49, "no"), ("p01", 0.375, "neutral")]
)
def test_points_midway_count_under_the_better_answer(opened: Open, element: str, points: float, answer: str) -> None:
    assert counts(opened(frame([points], 20, element)), element) == {answer: 20}


def test_no_answer_is_no_part_of_the_share(opened: Open) -> None:
    rows = answers(opened(frame([1.0, 0.0, None], 20)), View(), Grouping("band", ("forced",)), ("p01",))
    assert rows.shown["share"].tolist() == [0.5, 0.5]
    assert rows.people == 40


def test_few_answers_hide_together(opened: Open) -> None:
    found = answers(
        opened(frame([1.0] * 3 + [0.75] * 12 + [0.0] * 30)), View(), Grouping("band", ("forced",)), ("p01",)
    )
    assert found.shown["answer"].tolist() == ["very dissatisfied"]
    assert not breaches(found, [3, 12, 0, 0, 30])


def test_what_was_not_asked_is_not_available_unless_it_tells_of_few_people(opened: Open) -> None:
    made = frame([1.0, 0.0], 20, band=["forced"] * 36 + ["obliged"] * 4)
    found = answers(opened(made), View(), Grouping("band", ("forced", "obliged", "pressured")), ("p01", "p02"))
    marks = found.flags.groupby([found.rows["band"], found.rows["element"]])["share"].agg(set).to_dict()
    assert marks == {
        ("forced", "p01"): {"", "c"},
        ("forced", "p02"): {"x"},
        **{(band, one): {"c"} for band in ("obliged", "pressured") for one in ("p01", "p02")},
    }
    assert found.rows.loc[found.flags["share"] == "x", ["people", "share"]].isna().all(axis=None)


def test_nobody_in_view_shows_nothing(source: Source) -> None:
    found = answers(source, View(year="1950"), Grouping("band", ("forced",)), ("p01",))
    assert found.people is None
    assert (found.flags == "c").all(axis=None)


def test_waves_are_groups_too(source: Source) -> None:
    assert len(answers(source, View(), Grouping("wave", (1, 2)), ("p03",)).shown) == 4


def test_a_figure_says_what_it_is(source: Source) -> None:
    view = View(band="forced")
    found = answers(source, view, Grouping("age_group", ("18-24",)), ("p01",))
    assert found.name == "answers-by-age-group"
    assert found.context == source.context(sentence(view))
    assert found.notes == of_codes(Said.ANSWERED, Said.FROM_POINTS)
    assert {*found.keys, "people", *found.values} <= {*COLUMN_LABELS}
