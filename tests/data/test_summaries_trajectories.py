from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from components.texts import say
from data.disclosure import Released
from data.engine import Source
from data.estimate import INTERVALS
from data.follow_up import LOWER
from data.grouping import Grouping
from data.labels import COLUMN_LABELS
from data.notes import Note, Refused, Said
from data.summaries.attrition import retention
from data.summaries.follow_up import TOLD, weights_shown
from data.summaries.trajectories import JOINED, PANELS, Panel, by_wave, change, duplicates, refusal, three_lines
from data.view import View, sentence
from data.vocabulary import SCORES, ReturnBand
from tests.conftest import Open
from tests.data.recount import breaches, chosen, differs, families, latest, mean
from tests.data.recount import change as changed
from tests.said import of_codes

VIEWS = [
    View(),
    View(place="NOR-ETH"),
    View(band="compulsory", age="18-24", year="2020"),
    View(place="other"),
    View(months="0-6"),
]
ALL = (1, 2, 3, 4, 5)
BANDS = tuple(ReturnBand)
PLAIN: tuple[Panel, ...] = ("same", "seen")
"""The panels without a model; the third is recounted in a test of its own."""

CASES = [*((view, ALL) for view in VIEWS), (View(), (1, 3)), (View(assistance="housing"), (2, 4, 5))]


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


def wrong_changes(
    found: Released, moved: dict[tuple[int, str], tuple[pd.Series, pd.Series]], family: pd.Series
) -> list[object]:
    """Shown values that differ from the recounted ones."""
    differing = []
    for place, row in found.shown.iterrows():
        differing.append(differs(row, changed(*moved[row["wave"], row["score"]], family[place])))
    return [each for each in differing if each]


@pytest.mark.parametrize("panel", PLAIN)
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
    assert not wrong_changes(found, moved, families(found))
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
    found = change(both, View(), waves)
    assert not wrong_changes(found, changes(rows, waves), families(found))


def test_figures_say_what_they_are(source: Source) -> None:
    view = View(sex="female")
    lines = [by_wave(source, view, (1, 2), panel, ("social",)) for panel in ("same", "seen", "weighted")]
    figures = [
        *lines,
        change(source, view, (1, 2), ("social",)),
        by_wave(source, view, (1, 2), "seen", ("social",), grouping=Grouping("age_group", ("18-24",))),
        change(source, view, (1, 2), ("social",), Grouping("band", ("forced",))),
        weights_shown(source, view, (1, 2), ("social",)),
    ]
    assert [(found.name, found.notes) for found in figures] == [
        (
            "scores-by-wave-same",
            of_codes(Said.SAME_PEOPLE),
        ),
        (
            "scores-by-wave-seen",
            of_codes(Said.EVERYONE_SEEN),
        ),
        (
            "scores-by-wave-weighted",
            of_codes(Said.FOLLOWED_WEIGHTED, Said.WHAT_IF, Said.WEIGHTS_HELD, Said.WEIGHTS_MODEL, Said.WEIGHTS_LIMITS),
        ),
        ("change-since-first-wave", of_codes(Said.SAME_PEOPLE, Said.TOGETHER)),
        ("scores-by-wave-seen-by-age-group", of_codes(Said.EVERYONE_SEEN, Said.GROUP_AT_FIRST)),
        ("change-since-first-wave-by-band", of_codes(Said.SAME_PEOPLE, Said.TOGETHER, Said.GROUP_AT_FIRST)),
        ("weights-for-follow-up", of_codes(Said.WEIGHTS_MODEL, Said.WEIGHTS_LIMITS)),
    ]
    for found in figures:
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
        ends = paired.confidence_interval({95: 1 - 0.05 / 4, 66: 0.66}[level])  # one change, four scores
        wanted |= {f"difference_low{level}": ends.low, f"difference_high{level}": ends.high}
    assert not differs(found, wanted)


def test_the_weight_is_that_of_the_later_interview(opened: Open) -> None:
    made = panel(30).assign(weight=np.random.default_rng(7).uniform(0.1, 6, 60))
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
    same, seen = (by_wave(source, View(), (1, 2), which, ("composite", "social")).rows for which in PLAIN)
    assert same["people"].tolist() == [20, 25, 20, 25]
    assert seen["people"].tolist() == [20, 25, 25, 25]
    assert change(source, View(), (1, 2), ("composite", "social")).rows["people"].tolist() == [20, 25]


def test_months_missing_are_not_available(opened: Open) -> None:
    found = by_wave(opened(panel(12).drop(columns="months")), View(), (1, 2), "seen", ("composite",))
    assert found.flags["months"].tolist() == ["x", "x"]
    assert found.rows["mean"].notna().all()


@pytest.mark.parametrize(("known", "mark"), [(1, "c"), (9, "c"), (10, "")])
def test_the_months_of_a_few_people_are_masked(opened: Open, known: int, mark: str) -> None:
    """Twelve people have the score, so the mean is shown; that of their months would tell of fewer."""
    made = panel(12, waves=(1,)).assign(months=lambda frame: frame["months"].where(frame.index < known))
    for seen in PANELS:
        found = by_wave(opened(made), View(), (1,), seen, ("composite",))
        assert found.flags[["people", "mean", "months"]].to_numpy().tolist() == [["", "", mark]]
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
    assert refusal(opened(made), View()) == Note(Refused.NOT_AGAIN)


def test_one_wave_is_not_a_path(opened: Open) -> None:
    reason = refusal(opened(panel(40, waves=(1,))), View())
    assert reason == Note(Refused.ONE_WAVE)
    twice = pd.concat([panel(40, waves=(1,)), panel(40, waves=(1,), seed=5)])
    without = panel(40).drop(columns="wave")
    assert reason == refusal(opened(twice), View()) == refusal(opened(without), View())


@pytest.mark.parametrize(("again", "refused"), [(9, True), (10, False)])
def test_a_path_needs_ten_people_interviewed_again(opened: Open, again: int, refused: bool) -> None:
    made = panel(40)
    later = made.index[made["wave"] == 2][again:]
    assert bool(refusal(opened(made.drop(later)), View())) is refused


def test_a_view_can_leave_no_path(source: Source) -> None:
    assert refusal(source, View()) is None
    assert refusal(source, View(months="0-6", year="1950")) is not None
    assert refusal(source, View(place="other", sex="female")) is not None
    assert refusal(source, View(place="FRA-MLI")) is not None


def test_community_members_make_no_path(opened: Open) -> None:
    assert refusal(opened(panel(40).assign(respondent="community")), View()) is not None


def grouped_interviews(raw: pd.DataFrame, view: View, waves: Sequence[int], by: str) -> pd.DataFrame:
    """One row per person and wave, with the group of the person's first interview of these waves."""
    rows = interviews(raw, view, waves).sort_values("wave")
    first = rows.drop_duplicates(["cohort", "person"]).set_index(["cohort", "person"])[by]
    return rows.assign(**{by: first.reindex(pd.MultiIndex.from_frame(rows[["cohort", "person"]])).to_numpy()})


GROUPED = [
    (View(), ALL, "band", BANDS),
    (View(place="DEU-GHA"), (1, 3), "corridor", ("NOR-ETH", "DEU-GHA")),
    (View(band="forced"), (2, 4), "assistance", ("none", "cash", "housing")),
    (View(age="50+"), (1, 2, 3), "sex", ("female", "male", "other")),
]


@pytest.mark.parametrize("panel", PLAIN)
@pytest.mark.parametrize(("view", "waves", "by", "groups"), GROUPED)
def test_means_of_groups_are_those_of_the_raw_rows_and_give_nobody_away(
    source: Source,
    raw: pd.DataFrame,
    view: View,
    waves: tuple[int, ...],
    by: str,
    groups: tuple[str, ...],
    panel: Panel,
) -> None:
    rows = grouped_interviews(raw, view, waves, by)
    found = by_wave(source, view, waves, panel, SCORES, grouping=Grouping(by, groups))
    by_group = change(source, view, waves, SCORES, Grouping(by, groups))
    exact, moved, family = [], [], families(by_group)
    for group in groups:
        mine = behind(rows[rows[by] == group], waves, panel)
        assert not wrong_means(found.only(by, group), mine)
        exact += [len(mine[wave, score]) for wave in waves for score in SCORES]
        of = changes(rows[rows[by] == group], waves)
        assert not wrong_changes(by_group.only(by, group), of, family)
        moved += [len(of[wave, score][0]) for wave in waves[1:] for score in SCORES]
    assert not breaches(found, exact, within=["wave", "score"])
    assert not breaches(by_group, moved, within=["wave", "score"])
    assert len(found.shown) > 0


def test_a_person_stays_in_the_group_of_the_first_interview(opened: Open) -> None:
    made = panel(40).assign(assistance=["none", "cash"] * 40)
    source = opened(made)
    for which in PANELS:
        found = by_wave(
            source, View(), (1, 2), which, ("composite",), grouping=Grouping("assistance", ("none", "cash"))
        )
        assert found.rows["people"].fillna(0).tolist() == [40, 40, 0, 0]
    assert change(source, View(), (1, 2), ("composite",), Grouping("assistance", ("none",))).rows[
        "people"
    ].tolist() == [40]
    # Who had no assistance on record at first does not join a group later.
    unknown = made.assign(assistance=[None, "cash"] * 40)
    found = by_wave(
        opened(unknown), View(), (1, 2), "seen", ("composite",), grouping=Grouping("assistance", ("none", "cash"))
    )
    assert found.people is None


def test_cohorts_can_be_set_side_by_side(both: Source, raw_both: pd.DataFrame) -> None:
    names = tuple(raw_both["cohort"].unique())
    rows = interviews(raw_both, View(), (1, 2))
    found = by_wave(both, View(), (1, 2), "same", ("social",), grouping=Grouping("cohort", names))
    for name in names:
        assert not wrong_means(found.only("cohort", name), behind(rows[rows["cohort"] == name], (1, 2), "same"))
    weighted = by_wave(both, View(), (1, 2), "weighted", ("social",), grouping=Grouping("cohort", names))
    assert weighted.rows["mean"].notna().all()


def followed(raw: pd.DataFrame, score: str, waves: Sequence[int]) -> pd.DataFrame:
    """Everyone with the score at the first wave, person by person; at each later wave the score and the full weight.

    Both are missing from the first wave on at which the score is. Each wave has a model of the people there so far.
    """
    rows = interviews(raw, View(), waves)
    rows = rows[rows[score].notna()].set_index(["cohort", "person"])
    first = rows[rows["wave"] == waves[0]]
    people = first[["weight"]].assign(**{f"x{waves[0]}": first[score], f"v{waves[0]}": 1.0})
    for before, wave in pairwise(waves):
        so_far = people[people[f"v{before}"].notna()]
        now = rows.loc[rows["wave"] == wave, score].reindex(so_far.index)
        levels = first.loc[so_far.index, ["band", "corridor", "sex", "age_group"]].fillna("not known")
        for name in levels:
            levels[name] = levels[name].where(levels.groupby(name)[name].transform("size") >= 10, "other")
        dummies = pd.get_dummies(levels, drop_first=True, dtype=float).to_numpy()

        def known(latest: pd.Series, start: pd.Series, wave: int = wave, dummies: np.ndarray = dummies) -> np.ndarray:
            scores = [latest, latest**2, *([start] if wave != waves[1] else [])]
            return np.column_stack([np.ones(len(latest)), *scores, dummies])

        latest, start = so_far[f"x{before}"], so_far[f"x{waves[0]}"]
        stepped = known(np.floor(latest / 0.05 + 0.5) * 0.05, np.floor(start / 0.1 + 0.5) * 0.1)
        there = now.notna().to_numpy()
        added = stepped.shape[1] / len(so_far)
        part = np.concatenate([there + added * there.mean(), 1 - there + added * (1 - there.mean())])
        both = np.vstack([stepped, stepped]), np.repeat([1.0, 0.0], len(so_far))
        chance = sm.GLM(both[1], both[0], family=sm.families.Binomial(), freq_weights=part).fit()
        weight = so_far[f"v{before}"] * there.mean() / chance.predict(known(latest, start))
        people = people.assign(**{f"x{wave}": now, f"v{wave}": weight.where(there)})
    return people


def test_the_weighted_line_is_that_of_a_model_of_single_people(source: Source, raw: pd.DataFrame) -> None:
    waves = (1, 2, 4)
    found = by_wave(source, View(), waves, "weighted", ("social",)).rows.set_index("wave")
    shown = weights_shown(source, View(), waves, ("social",)).rows.set_index("wave")
    people = followed(raw, "social", waves)
    assert len(people) > people["v2"].count() > people["v4"].count()
    for wave in waves:
        again = people[people[f"v{wave}"].notna()]
        full = again[f"v{wave}"]
        weight = full.clip(upper=full.quantile(0.99))
        wanted = mean(again[f"x{wave}"], weight * again["weight"])
        wanted["if_lower"] = wanted["mean"] - LOWER * (1 - again["weight"].sum() / people["weight"].sum())
        names = ("mean", *INTERVALS, "if_lower")
        assert {**found.loc[wave, [*names]]} == pytest.approx({name: wanted[name] for name in names}, abs=0.0011)
        assert found.loc[wave, "people"] == 5 * round(len(again) / 5)
        if wave == waves[0]:
            continue
        quantiles = weight.quantile([*TOLD.values()]).to_numpy()
        assert shown.loc[wave, [*TOLD]].to_numpy("float64") == pytest.approx(quantiles, abs=0.002)
        assert shown.loc[wave, "trimmed"] == pytest.approx((full > weight).mean(), abs=0.0006)
        assert shown.loc[wave, "people"] == found.loc[wave, "people"]
        by = weight * again["weight"]
        assert shown.loc[wave, "n_effective"] == pytest.approx(by.sum() ** 2 / (by**2).sum(), abs=4)


def test_where_all_are_found_again_the_weighted_line_is_that_of_the_same_people(opened: Open) -> None:
    source = opened(panel(40, waves=(1, 2, 3)))
    same, weighted = (by_wave(source, View(), (1, 2, 3), which, ("composite",)) for which in ("same", "weighted"))
    pd.testing.assert_frame_equal(same.rows, weighted.rows.drop(columns="if_lower"))
    shown = weights_shown(source, View(), (1, 2, 3), ("composite",))
    assert (shown.rows["weight_median"] == 1).all()
    # That nobody was lost, or whose few weights were cut, is not told.
    assert weighted.flags["if_lower"].tolist() == ["", "c", "c"]
    assert (shown.flags[["trimmed", "weight_q10", "weight_q90"]] == "c").all(axis=None)


def test_who_is_lost_once_is_not_counted_later(opened: Open) -> None:
    made = panel(60, waves=(1, 2, 3))
    source = opened(made.drop(made.index[made["wave"] == 2][:20]))
    assert by_wave(source, View(), (1, 2, 3), "seen", ("composite",)).rows["people"].tolist() == [60, 40, 60]
    assert by_wave(source, View(), (1, 2, 3), "weighted", ("composite",)).rows["people"].tolist() == [60, 40, 40]
    assert by_wave(source, View(), (1, 3), "weighted", ("composite",)).rows["people"].tolist() == [60, 60]


def test_the_band_is_a_tenth_of_the_share_of_weight_lost(opened: Open) -> None:
    """Of 40 people 10, of design weight 3, are lost: 30 of 60 parts of the weight; so the band is 0.05 deep."""
    made = panel(40)
    lost = made["person"].isin(made["person"].unique()[:10])
    source = opened(made.assign(weight=np.where(lost, 3.0, 1.0))[~lost | (made["wave"] == 1)])
    found = by_wave(source, View(), (1, 2), "weighted", ("composite",)).rows
    assert (found["mean"] - found["if_lower"]).to_numpy() == pytest.approx([0, LOWER / 2], abs=0.0011)


def test_only_the_weighted_of_the_three_lines_has_a_band(source: Source) -> None:
    found = three_lines(source, View(), (1, 2, 3), ("social",))
    marks = found.flags["if_lower"].groupby(found.rows["panel"], sort=False).agg(list).to_dict()
    assert marks == {"same": ["z"] * 3, "seen": ["z"] * 3, "weighted": [""] * 3}
    alone = by_wave(source, View(), (1, 2, 3), "weighted", ("social",)).rows
    pd.testing.assert_frame_equal(
        found.only("panel", "weighted").rows.drop(columns="panel").reset_index(drop=True), alone
    )
    assert "if_lower" not in by_wave(source, View(), (1, 2, 3), "same", ("social",)).values


def test_a_cohort_has_a_model_of_its_own(opened: Open) -> None:
    """In one cohort those who stood low are lost, in the other those who stood high: each line stays where it is."""
    made = panel(600).sort_values(["person", "wave"])
    start = made.groupby("person")["composite"].transform("first")
    again = np.repeat(np.random.default_rng(1).random(600), 2)
    chance = np.where(start > start.median(), 0.9, 0.4)
    cohorts = [made[(made["wave"] == 1) | (again < each)] for each in (chance, 1.3 - chance)]
    names = ("Cohort 1", "Cohort 2")
    together = by_wave(
        opened(*cohorts), View(), (1, 2), "weighted", ("composite",), grouping=Grouping("cohort", names)
    ).rows
    for name, alone in zip(names, cohorts, strict=True):
        wanted = by_wave(opened(alone), View(), (1, 2), "weighted", ("composite",)).rows
        assert together.loc[together["cohort"] == name, "mean"].to_numpy() == pytest.approx(wanted["mean"], abs=0.002)


def test_everyone_in_view_at_first_is_followed_whatever_the_view_says_of_later_interviews(opened: Open) -> None:
    made = panel(40).assign(months=lambda rows: rows["wave"] * 6.0)
    source, view = opened(made), View(months="0-6")
    assert by_wave(source, view, (1, 2), "seen", ("composite",)).rows["people"].fillna(0).tolist() == [40, 0]
    assert by_wave(source, view, (1, 2), "weighted", ("composite",)).rows["people"].tolist() == [40, 40]
    assert "whatever the filters say of later interviews" in say(Note(Said.FOLLOWED_WEIGHTED))


def test_the_weighted_line_counts_those_whom_retention_calls_interviewed(opened: Open) -> None:
    """All have the score and nobody has left again, so both tell one share: there is one definition."""
    made = panel(200)
    source = opened(made.drop(made.index[made["wave"] == 2][:70]))
    kept = retention(source, View(), Grouping("band", ("forced",)), (1, 2)).only("state", "interviewed").rows
    counted = by_wave(source, View(), (1, 2), "weighted", ("composite",)).rows["people"]
    assert kept["share"].tolist() == [counted[1] / counted[0]] == [0.65]
    assert "share" not in weights_shown(source, View(), (1, 2), ("composite",)).values


def test_who_comes_later_is_not_in_the_weighted_line(opened: Open) -> None:
    made = panel(60)
    source = opened(made.drop(made.index[(made["wave"] == 1)][:20]))
    assert by_wave(source, View(), (1, 2), "seen", ("composite",)).rows["people"].tolist() == [40, 60]
    assert by_wave(source, View(), (1, 2), "weighted", ("composite",)).rows["people"].tolist() == [40, 40]


@pytest.mark.parametrize("lost", [0, 9, 10, 30, 31, 40])
def test_few_people_found_or_lost_are_not_told(opened: Open, lost: int) -> None:
    made = panel(40)
    source = opened(made.drop(made.index[(made["wave"] == 2)][:lost]))
    shown = weights_shown(source, View(), (1, 2), ("composite",))
    assert not breaches(shown, [40 - lost], within=["score"])
    weighted = by_wave(source, View(), (1, 2), "weighted", ("composite",))
    assert not breaches(weighted, [40, 40 - lost], within=["score"])
    # Ten people whose weights for follow-up differ count for fewer than ten.
    assert bool(weighted.rows["if_lower"].notna().iloc[1]) is (10 <= lost < 30)


def test_nobody_at_the_first_wave_shows_nothing(opened: Open) -> None:
    source = opened(panel(40, waves=(2, 3)))
    assert by_wave(source, View(), (1, 2), "weighted", ("composite",)).people is None
    assert len(weights_shown(source, View(), (1, 2), ("composite",)).shown) == 0


@pytest.mark.parametrize(("twice", "told"), [(0, None), (9, None), (10, 10), (23, 25)])
def test_people_with_several_interviews_in_a_wave_are_counted(opened: Open, twice: int, told: int | None) -> None:
    made = panel(40)
    again = made[made["wave"] == 2][:twice]
    assert duplicates(opened(pd.concat([made, again, again])), View()) == told


def test_points_are_joined_only_where_they_are_of_the_same_people() -> None:
    assert {*PANELS} - {*JOINED} == {"seen"}
