from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import library
from data.cohort import Cohort, conform
from data.disclosure import Released
from data.engine import Source, open_cohorts, without_noise
from data.grouping import Grouping
from data.instrument import INDICATORS, elements, indicators
from data.labels import COLUMN_LABELS, label
from data.notes import Note, Said
from data.scoring import DOCUMENTED, EQUAL, Profile, score
from data.summaries.contributions import LOST, Level, _losses, _parts, contributions
from data.summaries.offered import choices
from data.view import View, sentence
from data.vocabulary import DIMENSIONS, POINTS, SCORES, Score
from tests.data.recount import breaches, differs, mean, people
from tests.said import of_codes

LEVELS: tuple[Level, ...] = ("dimension", "indicator", "element")
GROUPS = ("forced", "obliged")
STEPS = np.array([0, 0.25, 0.5, 0.75, 1])


def made(points: pd.DataFrame, profile: Profile, folder: Path, **columns: object) -> Source:
    """A cohort scored from its points with `profile`, opened."""
    usual = {"host": "DEU", "country_of_return": "AFG", "band": "forced", "wave": 1, "profile": profile.key}
    frame = pd.DataFrame({"person": [f"p{place}" for place in range(len(points))], **usual, **columns})
    cohort = Cohort(conform(frame.join(points).join(score(points, profile))), "A", "made for a test", scored_by=profile)
    kept = library.keep(cohort, folder)
    return without_noise(open_cohorts([(kept, library.path(kept, folder))]))


def drawn(n: int, missing: float, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    points = pd.DataFrame(rng.choice(STEPS, (n, 30)), columns=[*POINTS])
    return points.mask(rng.random((n, 30)) < missing)


def weights_of(profile: Profile, of: Score) -> dict[str, float]:
    """The weights of a score as `scoring` uses them, by element."""
    mine = {
        element.column: (profile.composite_weights if of is Score.COMPOSITE else profile.dimension_weights)[place]
        for place, element in enumerate(elements())
        if of in (Score.COMPOSITE, element.dimension)
    }
    return {name: weight / max(1.0, sum(mine.values())) for name, weight in mine.items()}


def losses(points: pd.DataFrame, weights: dict[str, float]) -> pd.DataFrame:
    """What each person loses with each element, person by person."""
    part = pd.Series(weights)
    mine = points[[*weights]]
    share = mine.notna().mul(part).sum(axis=1) / part.sum()
    return (1 - mine).mul(part).div(share, axis=0)


def parts_of(level: Level, of: Score) -> dict[str, list[str]]:
    names = {"dimension": "dimension", "indicator": "indicator", "element": "column"}
    mine = [element for element in elements() if of in (Score.COMPOSITE, element.dimension)]
    found: dict[str, list[str]] = {}
    for element in mine:
        found.setdefault(str(getattr(element, names[level])), []).append(element.column)
    return found


def wrong(found: Released, everyone: pd.DataFrame, by: str, of: Score, level: Level, profile: Profile) -> list[object]:
    """Shown rows that are not those of the people's own losses."""
    weights = weights_of(profile, of)
    lost = losses(everyone[everyone[of].notna()], weights).fillna(0.0)
    parts, differing = parts_of(level, of), []
    for _, row in found.rows[found.flags["lost"] == ""].iterrows():
        mine = everyone[of].notna() & (everyone[by] == row[by])
        x = lost.loc[everyone.index[mine], parts[row["part"]]].sum(axis=1)
        wanted = mean(x, everyone.loc[mine, "weight"])
        wanted = {"lost" if name == "mean" else f"lost_{name}": value for name, value in wanted.items() if name != "sd"}
        differing.append(differs(row, wanted | {"full": sum(weights[name] for name in parts[row["part"]])}))
    return [each for each in differing if each]


OWN = Profile(
    "own table",
    "own table of weights",
    tuple(1.03 * weight for weight in EQUAL.dimension_weights),
    tuple(1.03 * weight for weight in EQUAL.composite_weights),
)


@settings(max_examples=12)
@given(
    seed=st.integers(0, 10**6),
    missing=st.floats(0, 0.3),
    sums=st.sampled_from([0.97, 1.0, 1.03]),
    of=st.sampled_from([*Score]),
    level=st.sampled_from(LEVELS),
)
def test_losses_add_up_to_the_full_score_less_the_mean(
    tmp_path_factory: pytest.TempPathFactory, seed: int, missing: float, sums: float, of: Score, level: Level
) -> None:
    rng = np.random.default_rng(seed)
    dimension = [element.dimension for element in elements()]
    drawn_weights = rng.uniform(0, 1, (2, 30))
    each = pd.Series(drawn_weights[0]).groupby(dimension).transform(lambda part: sums * part / part.sum())
    profile = Profile("own table", "", tuple(each), tuple(sums * drawn_weights[1] / drawn_weights[1].sum()), 0.5)
    points = drawn(40, missing, seed)
    weight = rng.uniform(0.2, 5, 40)
    source = made(points, profile, tmp_path_factory.mktemp("library"), weight=weight, band=["forced", "obliged"] * 20)
    raw = _losses(source, View(score=of), Grouping("band", GROUPS), _parts(of, level)).fillna({"lost": 0.0})
    scored = score(points, profile)[of]
    full = min(sums, 1.0)
    assert raw.groupby("band")["full"].sum().to_numpy() == pytest.approx(full, abs=1e-9)
    for place, group in enumerate(GROUPS):
        known = scored[place::2].dropna()
        gap = full - np.average(known, weights=weight[known.index])
        assert raw.loc[raw["band"] == group, "lost"].sum() == pytest.approx(gap, abs=1e-9)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("view", "by", "groups", "of"),
    [
        (View(), "corridor", None, Score.COMPOSITE),
        (View(sex="female"), "band", ("solicited", "obliged", "forced"), Score.SOCIAL),
        (View(year="2019"), "age_group", ("0-17", "18-24", "50+"), Score.ECONOMIC),
    ],
)
def test_points_lost_are_those_of_the_raw_rows_and_give_nobody_away(
    source: Source,
    raw: pd.DataFrame,
    view: View,
    by: str,
    groups: tuple[str, ...] | None,
    of: Score,
    level: Level,
) -> None:
    groups = groups or choices(source).corridors
    everyone = raw.loc[people(raw, view).index]
    found = contributions(source, replace(view, score=of), Grouping(by, groups), level)
    assert found.rows[[by, "part"]].to_numpy().tolist() == [
        [one, part] for one in groups for part in parts_of(level, of)
    ]
    assert (found.flags["lost"] == "").any()
    assert not wrong(found, everyone, by, of, level, DOCUMENTED)
    counts = everyone.loc[everyone[of].notna(), by].value_counts()
    exact = counts.reindex(found.rows[by], fill_value=0).tolist()
    assert not breaches(found, exact, within=["part"])
    total = counts.reindex(groups, fill_value=0).sum()
    assert found.people == 5 * round(total / 5)


@pytest.mark.parametrize(
    ("inside", "level"), [("education", "element"), ("social", "indicator"), ("social", "element")]
)
def test_inside_a_part_stand_its_own_parts_with_the_same_numbers(source: Source, inside: str, level: Level) -> None:
    whole = contributions(source, View(), Grouping("sex", ("female", "male")), level)
    found = contributions(source, View(), Grouping("sex", ("female", "male")), level, inside)
    columns = [element.column for element in elements() if inside in (element.dimension, element.indicator)]
    wanted = columns if level == "element" else [*dict.fromkeys(INDICATORS[Score.SOCIAL])]
    assert {*found.rows["part"]} == {*wanted}
    same = whole.rows[whole.rows["part"].isin(wanted)].reset_index(drop=True)
    pd.testing.assert_frame_equal(found.rows.reset_index(drop=True), same)


def test_weights_that_add_up_to_more_than_one_count_as_in_the_score(tmp_path: Path) -> None:
    points = drawn(60, 0.05, 4)
    source = made(points, OWN, tmp_path)
    everyone = points.join(score(points, OWN)).assign(weight=1.0, band="forced")
    for level in LEVELS:
        found = contributions(source, View(), Grouping("band", ("forced",)), level)
        assert not wrong(found, everyone, "band", Score.COMPOSITE, level, OWN)
        assert found.rows["full"].sum() == pytest.approx(1, abs=0.02)


def test_what_was_not_asked_is_not_available_and_never_zero(tmp_path: Path) -> None:
    points = drawn(60, 0.0, 5)
    points[["p12", "p13", "p05"]] = np.nan
    source = made(points, DOCUMENTED, tmp_path)
    marks = {}
    for level in LEVELS:
        found = contributions(source, View(), Grouping("band", ("forced",)), level)
        marks |= dict(zip(found.rows["part"], found.flags["lost"], strict=True))
        assert (found.flags["people"] == "").all()
    assert {part for part, mark in marks.items() if mark == "x"} == {"education", "p05", "p12", "p13"}
    assert {part for part, mark in marks.items() if mark == "c"} == set()


@pytest.mark.parametrize("few", [1, 9])
def test_points_that_few_people_answered_follow_from_nothing_shown(tmp_path: Path, few: int) -> None:
    points = drawn(120, 0.0, 6)
    points.loc[few:39, "p01"] = np.nan  # 40 forced, 40 obliged, 40 pressured
    source = made(points, DOCUMENTED, tmp_path, band=np.repeat(["forced", "obliged", "pressured"], 40))
    bands = ("forced", "obliged", "pressured")
    inside = {
        level: contributions(source, View(), Grouping("band", bands), level).flags["lost"] == "c" for level in LEVELS
    }
    assert not inside["dimension"].any()
    found = contributions(source, View(), Grouping("band", bands), "element")
    economic = [element.column for element in elements() if element.dimension is Score.ECONOMIC]
    hidden = found.rows[inside["element"]]
    assert {*hidden["part"]} == {*economic}
    assert {"forced"} < {*hidden["band"]}  # with one more group, or the total of all groups would tell
    assert found.rows.loc[inside["element"], "people"].tolist() == [40] * len(hidden)
    satisfaction = contributions(source, View(), Grouping("band", bands), "indicator")
    assert {*satisfaction.rows[inside["indicator"]]["part"]} == {*INDICATORS[Score.ECONOMIC]}


def test_ten_answers_are_enough(tmp_path: Path) -> None:
    points = drawn(40, 0.0, 7)
    points.loc[10:, "p01"] = np.nan
    found = contributions(made(points, DOCUMENTED, tmp_path), View(), Grouping("band", ("forced",)), "element")
    assert (found.flags == "").all(axis=None)


@pytest.mark.parametrize("level", LEVELS)
def test_scores_from_a_file_have_no_known_parts_but_people(source: Source, level: Level) -> None:
    manifests = tuple(replace(one, dimension_weights=(), composite_weights=()) for one in source.manifests)
    supplied = replace(source, manifests=manifests)
    found = contributions(supplied, View(), Grouping("sex", ("female", "male")), level)
    known = contributions(source, View(), Grouping("sex", ("female", "male")), level)
    assert found.rows["people"].tolist() == known.rows["people"].tolist()
    assert (found.flags[[*LOST, "full"]] == "x").all(axis=None)
    assert found.notes[0] == Note(Said.WEIGHTS_UNKNOWN)


@pytest.mark.parametrize("n", [0, 9])
def test_too_few_people_show_nothing(tmp_path: Path, n: int) -> None:
    source = made(drawn(max(n, 1), 0.0, 8), DOCUMENTED, tmp_path)
    view = View() if n else View(year="1950")
    found = contributions(source, view, Grouping("band", GROUPS), "dimension")
    assert found.people is None
    assert not breaches(found, [n, n, n, 0, 0, 0], within=["part"])


def test_a_figure_says_what_it_is(source: Source) -> None:
    view = View(band="forced")
    found = contributions(source, view, Grouping("age_group", ("18-24",)), "element")
    assert found.name == "points-lost-by-age-group"
    assert found.context == source.context(sentence(view))
    assert found.notes == of_codes(Said.POINTS_LOST, Said.CARRIED)
    men, social = Grouping("sex", ("male",)), replace(view, score=Score.SOCIAL)
    assert contributions(source, social, men, "indicator").notes == of_codes(
        Said.POINTS_LOST, Said.CARRIED, Said.GROUPING
    )
    assert contributions(source, social, men, "element", "health").notes[-1] == Note(Said.GROUPING)
    assert {*found.keys, "people", *found.values} <= {*COLUMN_LABELS}


def test_every_part_has_a_name() -> None:
    codes = [*DIMENSIONS, *indicators(), *POINTS]
    names = [label("part", code) for code in codes]
    assert len({*names}) == len(codes)
    assert not {*names} & {*map(str, codes)}
    assert [label("part", name) for name in SCORES] == [label("score", name) for name in SCORES]
