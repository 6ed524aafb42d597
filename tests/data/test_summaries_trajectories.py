from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from data.engine import Source
from data.estimate import DIFFERENCE, INTERVALS
from data.labels import COLUMN_LABELS
from data.release import Released
from data.summaries.trajectories import PANELS, SAME, SEEN, Panel, by_wave, change, refusal
from data.view import View, sentence
from data.vocabulary import SCORES
from tests.conftest import Open
from tests.data.recount import breaches, chosen, differs, latest, mean

VIEWS = [
    View(),
    View(corridors=("NOR-ETH", "DEU-GHA"), sexes=("female", "male")),
    View(bands=("obliged", "forced"), ages=("18-24",), years=(2020, 2021)),
    View(corridors=("NLD-MAR",)),
    View(months=(0, 13)),
]
ALL = (1, 2, 3, 4, 5)
CASES = [*((view, ALL) for view in VIEWS), (View(), (1, 3)), (View(assistance=("housing",)), (2, 4, 5))]


def interviews(raw: pd.DataFrame, view: View, waves: Sequence[int]) -> pd.DataFrame:
    """One row per person and wave."""
    rows = chosen(raw, view)
    return latest(rows[rows["wave"].isin(waves)], by=["wave"])


def whole(rows: pd.DataFrame, score: str, waves: Sequence[int]) -> pd.DataFrame:
    """The interviews with a score of people who have it in all of `waves`."""
    known = rows[rows[score].notna()].set_index(["cohort", "person"])
    times = known.groupby(level=[0, 1])["wave"].nunique()
    return known[known.index.isin(times.index[times == len(waves)])]


def behind(rows: pd.DataFrame, waves: Sequence[int], panel: Panel) -> dict[tuple[int, str], pd.DataFrame]:
    """The interviews behind each wave and score."""
    of = {score: whole(rows, score, waves) if panel == "same" else rows[rows[score].notna()] for score in SCORES}
    return {(wave, score): mine[mine["wave"] == wave] for score, mine in of.items() for wave in waves}


def changes(rows: pd.DataFrame, waves: Sequence[int]) -> dict[tuple[int, str], tuple[pd.Series, pd.Series]]:
    """For each later wave and score: the change of each person since the first wave, and the weight at the later."""
    mine = behind(rows, waves, "same")
    found = {}
    for wave, score in [(wave, score) for wave in waves[1:] for score in SCORES]:
        later = mine[wave, score]
        moved = later[score] - mine[waves[0], score][score].reindex(later.index)
        found[wave, score] = moved, later["weight"]
    return found


def wrong_means(found: Released, mine: dict[tuple[int, str], pd.DataFrame]) -> list[object]:
    """Shown values that differ from the recounted ones."""
    differing = []
    for _, row in found.shown.iterrows():
        of = mine[row["wave"], row["score"]]
        wanted = mean(of[row["score"]], of["weight"]) | {"months": of["months"].mean()}
        differing.append(differs(row, {name: wanted[name] for name in ("mean", *INTERVALS, "months")}))
    return [each for each in differing if each]


def wrong_changes(found: Released, moved: dict[tuple[int, str], tuple[pd.Series, pd.Series]]) -> list[object]:
    """Shown values that differ from the recounted ones."""
    differing = []
    for _, row in found.shown.iterrows():
        wanted = mean(*moved[row["wave"], row["score"]])
        names = dict(zip(DIFFERENCE, ("mean", *INTERVALS), strict=True))
        differing.append(differs(row, {name: wanted[of] for name, of in names.items()}))
    return [each for each in differing if each]


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize(("view", "waves"), CASES)
def test_means_by_wave_are_those_of_the_raw_rows_and_give_nobody_away(
    source: Source, raw: pd.DataFrame, view: View, waves: tuple[int, ...], panel: Panel
) -> None:
    rows = interviews(raw, view, waves)
    found = by_wave(source, view, waves, panel)
    assert found.rows[["wave", "score"]].to_numpy().tolist() == [[wave, score] for wave in waves for score in SCORES]
    mine = behind(rows, waves, panel)
    assert not wrong_means(found, mine)
    exact = [len(mine[wave, score]) for wave in waves for score in SCORES]
    assert not breaches(found, exact, within=["score"])
    people = max(exact) if panel == "same" else rows["person"].nunique()
    assert found.people == (5 * round(people / 5) if people >= 10 else None)


@pytest.mark.parametrize(
    ("view", "waves", "shows"),
    [(*case, shows) for case, shows in zip(CASES, [True, True, True, False, False, True, True], strict=True)],
)
def test_changes_are_those_of_the_same_people_and_give_nobody_away(
    source: Source, raw: pd.DataFrame, view: View, waves: tuple[int, ...], shows: bool
) -> None:
    rows = interviews(raw, view, waves)
    found = change(source, view, waves)
    assert bool(len(found.shown)) is shows
    assert found.rows[["wave", "score"]].to_numpy().tolist() == [
        [wave, score] for wave in waves[1:] for score in SCORES
    ]
    moved = changes(rows, waves)
    assert not wrong_changes(found, moved)
    exact = [len(moved[wave, score][0]) for wave in waves[1:] for score in SCORES]
    assert not breaches(found, exact, within=["score"])
    assert found.people == (5 * round(max(exact) / 5) if max(exact) >= 10 else None)


def test_in_a_complete_panel_the_change_is_the_difference_of_the_means(source: Source) -> None:
    means = by_wave(source, View(), ALL).rows.set_index(["wave", "score"])["mean"]
    for row in change(source, View(), ALL).rows.itertuples():
        apart = means[row.wave, row.score] - means[1, row.score]
        assert row.difference == pytest.approx(apart, abs=0.0016)


def test_two_cohorts_together_keep_people_apart(both: Source, raw_both: pd.DataFrame) -> None:
    waves = (1, 2, 3)
    rows = interviews(raw_both, View(), waves)
    assert not wrong_means(by_wave(both, View(), waves), behind(rows, waves, "same"))
    assert not wrong_changes(change(both, View(), waves), changes(rows, waves))


def test_figures_say_what_they_are(source: Source) -> None:
    view = View(sexes=("female",))
    same, seen = (by_wave(source, view, (1, 2), panel, ("social",)) for panel in PANELS)
    changed = change(source, view, (1, 2), ("social",))
    assert [found.name for found in (same, seen, changed)] == [
        "scores-by-wave-same",
        "scores-by-wave-seen",
        "change-since-first-wave",
    ]
    assert [found.notes for found in (same, seen, changed)] == [(SAME,), (SEEN,), (SAME,)]
    for found in (same, seen, changed):
        assert found.context == source.context(sentence(view))
        assert {*found.keys, "people", *found.values} <= {*COLUMN_LABELS}


def panel(people: int, waves: Sequence[int] = (1, 2), seed: int = 2) -> pd.DataFrame:
    """Each of `people` interviewed at each of `waves`, with random scores; by person, then wave."""
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "person": np.repeat([f"p{place}" for place in range(people)], len(waves)),
            "wave": np.tile(waves, people),
            "months": np.tile(waves, people) * 3.0,
            "composite": rng.random(people * len(waves)).round(3),
        }
    )


def test_with_equal_weights_the_change_is_scipys_paired_test(opened: Open) -> None:
    made = panel(11)
    before, after = (made.loc[made["wave"] == wave, "composite"].to_numpy() for wave in (1, 2))
    found = change(opened(made), View(), (1, 2), ("composite",)).rows.iloc[0]
    paired = stats.ttest_rel(after, before)
    wanted = {"difference": (after - before).mean(), "people": 10}
    for level in (95, 66):
        ends = paired.confidence_interval(level / 100)
        wanted |= {f"difference_low{level}": ends.low, f"difference_high{level}": ends.high}
    assert not differs(found, wanted)


def test_the_weight_is_that_of_the_later_interview(opened: Open) -> None:
    made = panel(12).assign(weight=np.random.default_rng(7).uniform(0.1, 6, 24))
    before, after = (made[made["wave"] == wave].reset_index() for wave in (1, 2))
    found = change(opened(made), View(), (1, 2), ("composite",)).rows.iloc[0]
    moved = after["composite"] - before["composite"]
    assert found["difference"] == pytest.approx(np.average(moved, weights=after["weight"]), abs=0.0005)
    assert abs(found["difference"] - np.average(moved, weights=before["weight"])) > 0.01


def test_of_two_interviews_in_a_wave_the_later_row_counts(opened: Open) -> None:
    made = panel(12)
    again = made[made["wave"] == 2].assign(composite=1.0)
    for seen in PANELS:
        found = by_wave(opened(pd.concat([made, again])), View(), (1, 2), seen, ("composite",))
        assert found.rows["people"].tolist() == [10, 10]
        assert found.rows["mean"].tolist() == [round(made.loc[made["wave"] == 1, "composite"].mean(), 3), 1]


def test_who_lacks_the_score_in_one_wave_is_not_among_the_same_people(opened: Open) -> None:
    made = panel(25)
    made.loc[:13:2, "composite"] = np.nan  # seven people at wave 1
    source = opened(made.assign(social=0.5))
    same, seen = (by_wave(source, View(), (1, 2), which, ("composite", "social")).rows for which in PANELS)
    assert same["people"].tolist() == [20, 25, 20, 25]
    assert seen["people"].tolist() == [20, 25, 25, 25]
    assert change(source, View(), (1, 2), ("composite", "social")).rows["people"].tolist() == [20, 25]


def test_months_missing_are_not_available(opened: Open) -> None:
    found = by_wave(opened(panel(12).drop(columns="months")), View(), (1, 2), "seen", ("composite",))
    assert found.marks["months"].tolist() == ["x", "x"]
    assert found.rows["mean"].notna().all()


@pytest.mark.parametrize(("known", "mark"), [(1, "c"), (9, "c"), (10, "")])
def test_the_months_of_a_few_people_are_masked(opened: Open, known: int, mark: str) -> None:
    """Twelve people have the score, so the mean is shown; that of their months would tell of fewer."""
    made = panel(12, waves=(1,)).assign(months=lambda frame: frame["months"].where(frame.index < known))
    for seen in PANELS:
        found = by_wave(opened(made), View(), (1,), seen, ("composite",))
        assert found.marks[["people", "mean", "months"]].to_numpy().tolist() == [["", "", mark]]
        assert not breaches(found, [12], within=["score"])


def test_waves_nobody_was_in_are_empty(opened: Open) -> None:
    source = opened(panel(12))
    assert not breaches(by_wave(source, View(), (1, 2, 3), "seen", ("composite",)), [12, 12, 0], within=["score"])
    assert not breaches(by_wave(source, View(), (1, 2, 3), "same", ("composite",)), [0, 0, 0], within=["score"])
    assert not breaches(change(source, View(), (1, 2, 3), ("composite",)), [0, 0], within=["score"])


def test_from_one_wave_there_is_no_change(opened: Open) -> None:
    found = change(opened(panel(12)), View(), (1,), ("composite",))
    assert (len(found.rows), found.people) == (0, None)


def test_one_person_shows_nothing(opened: Open) -> None:
    source = opened(panel(1))
    for found in (by_wave(source, View(), (1, 2), "seen", ("composite",)), change(source, View(), (1, 2), SCORES[:1])):
        assert not breaches(found, [1] * len(found.rows), within=["score"])
        assert found.people is None


def test_a_small_wave_takes_another_with_it(opened: Open) -> None:
    made = panel(40)
    found = by_wave(opened(made.drop(made.index[(made["wave"] == 2)][:33])), View(), (1, 2), "seen", ("composite",))
    assert not breaches(found, [40, 7], within=["score"])
    assert len(found.shown) == 0


def test_a_cross_section_is_not_a_path(opened: Open) -> None:
    made = panel(40).assign(person=[f"p{place}" for place in range(80)])
    assert refusal(opened(made), View()).startswith("Hardly anyone here was interviewed twice")


def test_one_wave_is_not_a_path(opened: Open) -> None:
    said = refusal(opened(panel(40, waves=(1,))), View())
    assert said.endswith("a path needs people interviewed again.")
    twice = pd.concat([panel(40, waves=(1,)), panel(40, waves=(1,), seed=5)])
    without = panel(40).drop(columns="wave")
    assert said == refusal(opened(twice), View()) == refusal(opened(without), View())


@pytest.mark.parametrize(("again", "refused"), [(9, True), (10, False)])
def test_a_path_needs_ten_people_interviewed_again(opened: Open, again: int, refused: bool) -> None:
    made = panel(40)
    later = made.index[made["wave"] == 2][again:]
    assert bool(refusal(opened(made.drop(later)), View())) is refused


def test_a_view_can_leave_no_path(source: Source) -> None:
    assert refusal(source, View()) == ""
    assert refusal(source, View(months=(0, 4))) != ""
    assert refusal(source, View(corridors=("AUT-TUN",))) != ""
    assert refusal(source, View(corridors=("FRA-MLI",))) != ""


def test_community_members_make_no_path(opened: Open) -> None:
    assert refusal(opened(panel(40).assign(respondent="community")), View()) != ""
