from collections.abc import Sequence
from dataclasses import replace

import ibis
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.bootstrap import BLOCKS
from data.disclosure import Released
from data.engine import Source, run
from data.estimate import INTERVALS
from data.grouping import Grouping
from data.labels import COLUMN_LABELS, label
from data.notes import Said
from data.summaries.paths import CLEAR, SHAPES, Lowest, lowest, setbacks, shape, shapes, turning
from data.summaries.transitions import Levels
from data.view import View, sentence
from data.vocabulary import SCORES, ReturnBand, Score
from tests.conftest import Open
from tests.data.recount import breaches, chosen, differs, latest, mean, share
from tests.said import of_codes

BANDS = tuple(ReturnBand)
ALL = (1, 2, 3, 4, 5)
CASES = [
    (View(), ALL, "band", BANDS, Score.COMPOSITE, 0.4, 0.6, 0.1),
    (View(place="DEU-AFG"), (1, 3, 5), "sex", ("female", "male"), Score.ECONOMIC, 0.5, 0.5, 0.05),
    (View(sex="female", months="0-6"), (2, 3, 4), "band", BANDS, Score.SOCIAL, 0.3, 0.7, 0.2),
    (View(), (1, 5), "respondent", ("returnee",), Score.PSYCHOSOCIAL, 0.4, 0.6, 0.1),
]
NINE = 1_000_000_000
SIZES = [0, 0.1, 0.2, 0.1 + 0.2, 0.3, 0.7 - 0.4, 0.4, 0.5, 0.6, 0.3 + 0.3, 0.7, 0.8 - 0.1, 0.9, 1]


def fitting(path: Sequence[float], low: float, high: float, setback: float) -> list[str]:
    """The shapes whose own words fit a path, in whole thousand-millionths; of the last three, no other shape's do."""
    v, low, high, least = [round(x * NINE) for x in path], *(round(x * NINE) for x in (low, high, setback))
    drops = [place for place in range(1, len(v)) if v[place - 1] - v[place] >= least]
    fits = []
    if not drops and v[-1] - v[0] >= least:
        fits.append("rises")
    if drops and v[-1] > max(v[: drops[-1]]) - least:
        fits.append("recovers")
    if v[0] - v[-1] >= least:
        fits.append("falls")
    if not fits and min(v) >= high:
        fits.append("stays_high")
    if not fits and max(v) < low:
        fits.append("stays_low")
    return fits or ["otherwise"]


def shaped(paths: Sequence[Sequence[float]], low: float = 0.4, high: float = 0.6, setback: float = 0.1) -> list[str]:
    names = [f"v{place}" for place in range(len(paths[0]))]
    table = ibis.memtable(pd.DataFrame([*paths], columns=names, dtype="float64").assign(place=range(len(paths))))
    found = table.select("place", shape=shape([table[name] for name in names], Levels(low, high), setback))
    return run(found).sort_values("place")["shape"].tolist()


def wide(raw: pd.DataFrame, view: View, waves: Sequence[int], score: str, by: str) -> pd.DataFrame:
    """One row per person in view at the first wave who has the score in all: `weight`, `by` and a column per wave."""
    asked, everyone = chosen(raw, view), chosen(raw, View())
    base = latest(asked[asked["wave"] == waves[0]])
    rows = latest(everyone[everyone["wave"].isin(waves)], by=["wave"])
    paths = rows.pivot(index="person", columns="wave", values=score).dropna()
    return base.set_index("person")[["weight", by]].join(paths, how="inner")


@given(
    st.integers(2, 5).flatmap(
        lambda waves: st.lists(
            st.lists(
                st.one_of(st.sampled_from(SIZES), st.integers(0, 1000).map(lambda n: n / 1000)),
                min_size=waves,
                max_size=waves,
            ),
            min_size=1,
            max_size=60,
        )
    ),
    st.sampled_from([(0.4, 0.6), (0.5, 0.5), (0.1 + 0.2, 0.8 - 0.1)]),
    st.sampled_from([0.1, 0.3 - 0.2, 0.05, 0.25]),
)
@settings(max_examples=25)
def test_every_path_has_exactly_one_shape(paths: list[list[float]], lines: tuple[float, float], setback: float) -> None:
    wanted = [fitting(path, *lines, setback) for path in paths]
    assert {len(fits) for fits in wanted} == {1}
    assert shaped(paths, *lines, setback) == [fits[0] for fits in wanted]
    if len(paths[0]) == 2:
        assert ["recovers"] not in wanted


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ([0.3, 0.4, 0.4, 0.5], "rises"),
        ([0.1, 0.05, 0.1 + 0.2], "rises"),  # dips by less than a setback
        ([0.5, 0.3, 0.6], "recovers"),
        ([0.5, 0.3, 0.41], "recovers"),
        ([0.5, 0.3, 0.4], "falls"),  # a whole setback under where it stood
        ([0.8, 0.2, 0.3, 0.2], "falls"),
        ([0.5, 0.45, 0.4], "falls"),
        ([0.5, 0.3, 0.8, 0.72, 0.65], "recovers"),  # measured from before the setback, not from the later height
        ([0.7, 0.9, 0.75], "stays_high"),
        ([0.6, 0.6, 0.3 + 0.3], "stays_high"),
        ([0.39, 0.31, 0.35], "stays_low"),
        ([0.3, 0.2, 0.25, 0.15, 0.21], "recovers"),  # again less than a setback under .3, low as it is
        ([0.4, 0.4, 0.4], "otherwise"),
        ([0.4, 0.6, 0.45], "otherwise"),
    ],
)
def test_shapes_are_what_their_words_say(path: list[float], wanted: str) -> None:
    assert shaped([path]) == [wanted]


@pytest.mark.parametrize(("view", "waves", "by", "groups", "score", "low", "high", "setback"), CASES)
def test_shapes_and_setbacks_are_those_of_the_raw_rows_and_give_nobody_away(
    source: Source, raw: pd.DataFrame, view: View, waves: tuple[int, ...], by: str, groups: tuple[str, ...],
    score: Score, low: float, high: float, setback: float,
) -> None:  # fmt: skip
    people = wide(raw, view, waves, score, by)
    people = people[people[by].isin(groups)]
    kinds = pd.Series([fitting(path, low, high, setback)[0] for path in people[[*waves]].to_numpy()], people.index)
    fell = (people[[*waves]].diff(axis=1).round(9) <= -setback).any(axis=1)
    view = replace(view, score=score)
    found = shapes(source, view, waves, Grouping(by, groups), Levels(low, high), setback=setback)
    order = [code for code in SHAPES if len(waves) > 2 or code != "recovers"]
    assert found.rows[[by, "shape"]].to_numpy().tolist() == [[group, code] for group in groups for code in order]
    exact = [int(((people[by] == row[by]) & (kinds == row["shape"])).sum()) for _, row in found.rows.iterrows()]
    assert sum(exact) == len(people)
    assert not breaches(found, exact, within=[by])
    assert len(groups) == 1 or not breaches(found, exact, within=["shape"])
    for _, row in found.shown.iterrows():
        mine = people[by] == row[by]
        part = np.average(kinds[mine] == row["shape"], weights=people.loc[mine, "weight"])
        assert not differs(row, share(part, people.loc[mine, "weight"]))
    once = setbacks(source, view, waves, Grouping(by, groups), setback)
    exact = [int((people[by] == group).sum()) for group in groups]
    assert not breaches(once, exact) or len(groups) == 1
    for place, row in once.shown.iterrows():
        mine = people[by] == row[by]
        if once.flags.loc[place, "share"] == "":
            assert 10 <= fell[mine].sum() <= mine.sum() - 10
            part = np.average(fell[mine], weights=people.loc[mine, "weight"])
            assert not differs(row, share(part, people.loc[mine, "weight"]))
    assert len(found.shown) > 3
    assert found.people == once.people == 5 * round(len(people) / 5)


@pytest.mark.parametrize("view", [View(), View(place="DEU-AFG", sex="male")])
def test_means_and_turning_points_are_those_of_the_raw_rows(source: Source, raw: pd.DataFrame, view: View) -> None:
    found = turning(source, view, ALL, Grouping("sex", ("female", "male")))
    grid = [[sex, score, wave] for sex in ("female", "male") for score in SCORES for wave in ALL]
    assert found.rows[[*found.keys]].to_numpy().tolist() == grid
    paths = {score: wide(raw, view, ALL, score, "sex") for score in SCORES}
    mine = {(sex, score): paths[score].query("sex == @sex") for sex, score, _ in grid}
    exact = [len(mine[sex, score]) for sex, score, _ in grid]
    assert not breaches(found, exact, within=["score", "wave"])
    for place, row in found.shown.iterrows():
        people = mine[row["sex"], row["score"]]
        wanted = mean(people[row["wave"]], people["weight"])
        assert not differs(row, {name: wanted[name] for name in ("mean", *INTERVALS)})
        inner = 1 < row["wave"] < 5
        assert (found.flags.loc[place, "turn"] == "") == inner
        if inner:
            here, before, after = (
                np.average(people[row["wave"] + step], weights=people["weight"]).round(3) for step in (0, -1, 1)
            )
            assert row["turn"] == int(here > max(before, after)) - int(here < min(before, after))
            assert (found.flags.loc[place, "surety"] == "") == (row["turn"] != 0)
    assert len(found.shown) >= 20
    sums = found.shown.groupby(["sex", "score"])["lowest"].sum()
    assert sums.tolist() == pytest.approx([1] * len(sums), abs=0.003)


@pytest.mark.parametrize("people", [120, BLOCKS + 500])
def test_surety_is_that_of_a_bootstrap_over_people(opened: Open, people: int) -> None:
    """The wanted share is of 4,000 other draws; three standard errors are at most 3·√(¼/1000 + ¼/4000) ≈ .053."""
    rng = np.random.default_rng(8)
    course = np.array([0.5, 0.495, 0.51, 0.48, 0.6])
    scores = np.clip(course + rng.normal(0, 0.1 * (people / 120) ** 0.5, (people, 5)), 0, 1)
    found = turning(opened(panel(scores)), View(), ALL, Grouping("sex", ("female",)), (Score.COMPOSITE,)).rows
    drawn = np.array([scores[rng.integers(people, size=people)].mean(axis=0) for _ in range(4_000)])
    inner = np.sign(np.diff(drawn))
    turned = np.where(inner[:, :-1] == -inner[:, 1:], inner[:, :-1], 0)
    for place, (turn, surety) in enumerate(zip(found["turn"], found["surety"], strict=True)):
        if turn in (-1, 1):
            assert surety == pytest.approx((turned[:, place - 1] == turn).mean(), abs=0.053)
    assert found["turn"].isin([-1, 1]).sum() >= 2
    share_lowest = np.bincount(drawn.argmin(axis=1), minlength=5) / len(drawn)
    assert found["lowest"].tolist() == pytest.approx(share_lowest.tolist(), abs=0.053)


def test_a_deep_w_is_clear_and_its_lowest_point_has_a_dimension(opened: Open) -> None:
    rng = np.random.default_rng(9)
    course = np.array([0.7, 0.4, 0.6, 0.3, 0.8])
    made = panel(np.clip(course + rng.normal(0, 0.05, (40, 5)), 0, 1))
    made = made.assign(economic=made["composite"], social=made["composite"] / 2, psychosocial=made["composite"] ** 0.5)
    found = turning(opened(made), View(), ALL, Grouping("sex", ("female",)))
    mine = found.only("score", "composite").rows
    assert mine["turn"].tolist()[1:-1] == [-1, 1, -1]
    assert (mine["surety"].dropna() >= CLEAR).all()
    assert lowest(found.only("sex", "female")) == Lowest(4, 1.0, Score.SOCIAL)
    assert lowest(found.only("score", "composite")) == Lowest(4, 1.0, None)


def test_a_flat_path_turns_nowhere(opened: Open) -> None:
    made = panel(np.repeat(np.random.default_rng(1).random((30, 1)), 5, axis=1))
    found = turning(opened(made), View(), ALL, Grouping("sex", ("female",)), (Score.COMPOSITE,))
    assert found.rows["turn"].tolist()[1:-1] == [0, 0, 0]
    assert found.rows["lowest"].tolist() == [1, 0, 0, 0, 0]


def test_only_people_with_the_score_at_every_wave_are_counted(opened: Open) -> None:
    scores = np.full((40, 5), 0.5)
    scores[:15, 3] = np.nan
    source = opened(panel(scores))
    found = turning(source, View(), ALL, Grouping("sex", ("female",)), (Score.COMPOSITE, Score.SOCIAL))
    assert found.only("score", "composite").rows["people"].tolist() == [25] * 5
    assert found.only("score", "social").suppressed == 5
    assert shapes(source, View(), ALL, Grouping("sex", ("female",)), Levels(0.4, 0.6)).people == 25
    assert lowest(found.only("score", "social")) is None


def test_few_people_give_nothing_away(opened: Open) -> None:
    source = opened(panel(np.full((9, 5), 0.5)))
    for found in everything(source):
        assert (len(found.shown), found.people) == (0, None)


def test_no_groups_make_no_rows(source: Source) -> None:
    assert len(turning(source, View(), ALL, Grouping("band", ())).rows) == 0


def test_figures_say_what_they_are(source: Source) -> None:
    found = everything(source)
    assert [each.name for each in found] == ["shapes-of-paths-by-sex", "setbacks-by-sex", "turning-points-by-sex"]
    for each in found:
        assert each.context == source.context(sentence(View()))
        assert {*of_codes(Said.PATHS, Said.NOT_FAILURE)} <= {*each.notes}
        assert {*each.keys, "people", *each.values} <= {*COLUMN_LABELS}
    assert label("shape", "recovers") == "Dips and recovers"


def everything(source: Source) -> list[Released]:
    asked = (source, View(), ALL, Grouping("sex", ("female",)))
    return [shapes(*asked, Levels(0.4, 0.6)), setbacks(*asked), turning(*asked)]


def panel(scores: np.ndarray) -> pd.DataFrame:
    """A woman per row of `scores`, interviewed at as many waves as there are columns."""
    people, waves = scores.shape
    names = np.repeat([f"p{place}" for place in range(people)], waves)
    wave = np.tile(np.arange(1, waves + 1), people)
    return pd.DataFrame({"person": names, "wave": wave, "sex": "female", "composite": scores.ravel()})
