from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from scipy import stats

from data.disclosure import Released
from data.engine import Source
from data.grouping import Grouping
from data.labels import COLUMN_LABELS
from data.notes import Note, Refused
from data.smooth import knots
from data.summaries.timing import Windows, by_window, paired_windows, smooth, timing_refusal, windows
from data.view import View, sentence
from data.vocabulary import Score
from tests.conftest import Open
from tests.data.recount import breaches, change, chosen, differs, families, mean
from tests.said import in_words

TARGETS = (3, 6, 12, 18, 24)
SEXES = ("female", "male", "other")
CASES = [
    (View(), TARGETS, 1.0, "", ()),
    (View(band="forced"), (4, 12), 2.5, "", ()),
    (View(), TARGETS, 0.7, "sex", SEXES),
    (View(sex="male"), TARGETS, 1.0, "host", ("NOR", "AUT", "NLD")),
    (View(months="7-12"), (6, 18), 1.0, "age_group", ("18-24", "50+")),
]


def in_windows(raw: pd.DataFrame, view: View, targets: tuple[int, ...], tolerance: float) -> pd.DataFrame:
    """Each person's interview nearest to each target."""
    parts = []
    for target in targets:
        rows = chosen(raw, view)
        rows = rows.assign(window=target, away=(rows["months"] - target).abs().round(9))
        rows = rows[rows["away"] <= tolerance].sort_values(["months", "interview"], ascending=False)
        parts.append(rows.sort_values("away", kind="stable").drop_duplicates("person"))
    return pd.concat(parts)


def known(seen: pd.DataFrame, row: pd.Series, keys: tuple[str, ...]) -> pd.DataFrame:
    """The interviews behind a row."""
    for key in {*keys} - {"score"}:
        seen = seen[seen[key] == row[key]]
    return seen[seen[row["score"]].notna()] if "score" in keys else seen


def monthly(raw: pd.DataFrame, view: View, score: str) -> pd.DataFrame:
    rows = chosen(raw, view).dropna(subset=["months", score])
    return rows.assign(month=np.floor(rows["months"] + 0.5).astype(int))


def fitted(rows: pd.DataFrame, score: str, months: pd.Series) -> np.ndarray:
    """Statsmodels' line on raw rows, with the knots of the summary."""
    n = rows.groupby("month").size()
    first, *inner, last = knots(n.index.tolist(), n.tolist())
    spline = f"{score} ~ cr(month, knots={inner}, lower_bound={first}, upper_bound={last}) - 1"
    fit = smf.wls(spline, rows, weights=rows["weight"]).fit()
    return fit.predict(pd.DataFrame({"month": months})).to_numpy()


def nearby(rows: pd.DataFrame, month: int) -> int:
    return rows.loc[rows["month"].between(month - 1, month + 1), "person"].nunique()


@pytest.mark.parametrize(("view", "targets", "tolerance", "by", "groups"), CASES)
def test_windows_are_those_of_the_raw_rows_and_give_nobody_away(
    source: Source, raw: pd.DataFrame, view: View, targets: tuple[int, ...], tolerance: float, by: str,
    groups: tuple[str, ...],
) -> None:  # fmt: skip
    scores = ("composite", "social")
    found = by_window(source, view, Windows(targets, tolerance), scores, Grouping(by, groups) if by else None)
    seen = in_windows(raw, view, targets, tolerance)
    keys = [(*group, target, score) for group in ([(g,) for g in groups] if by else [()])
            for target in targets for score in scores]  # fmt: skip
    assert [*found.rows[[*found.keys]].itertuples(index=False, name=None)] == keys
    mine = [known(seen, row, found.keys) for _, row in found.rows.iterrows()]
    for (place, row), rows in zip(found.rows.iterrows(), mine, strict=True):
        if found.flags.loc[place, "people"] == "":
            wanted = mean(rows[row["score"]], rows["weight"])
            del wanted["sd"]
            assert not differs(row, wanted)
    assert len(found.shown)
    within = ["window", "score"] if by else ["score"]
    assert not breaches(found, [rows["person"].nunique() for rows in mine], within=within)
    everyone = seen[seen[by].isin(groups)] if by else seen
    assert found.people == 5 * round(everyone["person"].nunique() / 5)


def test_the_note_says_how_many_interviews_fall_in_no_window(source: Source, raw: pd.DataFrame) -> None:
    left = ~chosen(raw, View())["months"].between(2.5, 3.5)
    notes = in_words(by_window(source, View(), Windows((3,), 0.5), ("composite",)).notes)
    assert notes[1].startswith(f"About {5 * round(left.sum() / 5):,} interviews fall in no window")


@pytest.mark.parametrize(
    ("people", "each", "words"), [(9, 3, "Those of fewer than 10"), (10, 3, "About 30 interviews")]
)
def test_interviews_outside_are_counted_only_where_enough_people_have_them(
    opened: Open, people: int, each: int, words: str
) -> None:
    outside = [(f"o{person}", 8.0 + time) for person in range(people) for time in range(each)]
    source = opened(frame([(f"p{person}", 3.0) for person in range(30)] + outside))
    assert in_words(by_window(source, View(), Windows((3,), 1), ("composite",)).notes)[1].startswith(words)


def test_of_several_interviews_in_a_window_the_nearest_counts_then_the_later(opened: Open) -> None:
    """Twenty people: at 2.5 (score .1), 3.4 (.4), 2.6 (.2): the last two are as near. Ends belong to the window."""
    times = [(f"p{person}", months) for person in range(20) for months in (2.5, 3.4, 2.6)]
    source = opened(frame(times, composite=[0.1, 0.4, 0.2] * 20))
    assert by_window(source, View(), Windows((3,), 0.5), ("composite",)).rows["mean"].tolist() == [0.4]
    assert by_window(source, View(), Windows((2,), 0.6), ("composite",)).rows["mean"].tolist() == [0.1]
    edge = opened(frame([(f"p{person}", 3.3) for person in range(20)]))
    assert by_window(edge, View(), Windows((3,), 0.3), ("composite",)).rows["people"].tolist() == [20]


@pytest.mark.parametrize(("targets", "tolerance"), [((3, 6), 2), ((3, 6), 1.5), ((6, 3), 1), ((3, 3), 0)])
def test_windows_that_overlap_are_refused(source: Source, targets: tuple[int, ...], tolerance: float) -> None:
    for draw in (by_window, paired_windows):
        with pytest.raises(ValueError, match="overlap with a tolerance"):
            draw(source, View(), Windows(targets, tolerance), ("composite",))


def test_no_windows_are_refused(source: Source) -> None:
    with pytest.raises(ValueError, match="at least one month"):
        by_window(source, View(), Windows((), 1), ("composite",))


def test_default_windows_hold_enough_people_and_never_overlap(source: Source, opened: Open) -> None:
    assert windows(source, View()) == Windows(TARGETS)
    assert windows(source, View(), 2) == Windows((3, 12, 18, 24), 2)  # the windows around 3 and 6 would overlap
    assert windows(source, View(months="7-12")).targets == (6, 12)
    few = [(f"p{person}", months) for person in range(9) for months in (3.0, 3.1)]
    assert windows(opened(frame(few + [(f"q{person}", 12.0) for person in range(10)])), View()).targets == (12,)
    assert windows(opened(frame([("p1", np.nan)], wave=1)), View()).targets == ()


def test_paired_changes_are_scipy_s(opened: Open) -> None:
    rng = np.random.default_rng(4)
    before, after = rng.beta(3, 3, 40), rng.beta(4, 3, 40)
    times = [(f"p{person}", months) for person in range(40) for months in (3.3, 11.8)]
    alone = [(f"q{person}", 6.0) for person in range(30)] + [(f"r{person}", 12.0) for person in range(30)]
    source = opened(frame(times + alone, composite=[*np.column_stack([before, after]).ravel(), *[0.9] * 60]))
    found = paired_windows(source, View(), Windows((3, 6, 12), 1), ("composite",))
    shown = found.rows.iloc[1]
    test = stats.ttest_rel(after, before)
    low, high = test.confidence_interval(1 - 0.05 / 4)  # of the two windows one is shown, of four scores
    assert not differs(
        shown, {"difference": (after - before).mean(), "difference_low95": low, "difference_high95": high}
    )
    assert (shown["people"], found.people) == (40, 40)
    assert not breaches(found, [0, 40], within=["score"])


def test_paired_changes_of_the_demo_are_those_of_its_raw_rows(source: Source, raw: pd.DataFrame) -> None:
    view = View(band="obliged")
    found = paired_windows(source, view, Windows(TARGETS, 1), ("composite", "economic"))
    seen, exact, family = in_windows(raw, view, TARGETS, 1), [], families(found)
    for place, row in found.rows.iterrows():
        one, later = (seen[seen["window"] == at].set_index("person") for at in (3, row["window"]))
        moved = (later[row["score"]] - one[row["score"]]).dropna()
        exact.append(len(moved))
        assert not differs(row, change(moved, later.loc[moved.index, "weight"], family[place]))
    assert not breaches(found, exact, within=["score"])


@pytest.mark.parametrize(("again", "refused"), [(0, True), (9, True), (10, False)])
def test_a_change_needs_people_interviewed_in_two_windows(opened: Open, again: int, refused: bool) -> None:
    times = [(f"p{person}", 3.0) for person in range(50)] + [(f"q{person}", 12.0) for person in range(50)]
    twice = [(f"p{person}", 12.0) for person in range(again)] + [(f"p{person}", 3.5) for person in range(50)]
    source = opened(frame(times + twice))
    reason = Note(Refused.NOT_AGAIN_IN_WINDOWS, first=3, later=(12,))
    assert timing_refusal(source, View(), Windows((3, 12), 1)) == (reason if refused else None)
    assert paired_windows(source, View(), Windows((3, 12), 1), ("composite",)).people == (None if refused else 10)
    assert timing_refusal(source, View(), Windows((3,), 1)) == Note(Refused.ONE_WINDOW)


SMOOTHS = [
    (View(), "", ()),
    (View(band="forced"), "sex", SEXES),
    (View(sex="male"), "host", ("NOR", "AUT", "NLD")),
]


@pytest.mark.parametrize(("view", "by", "groups"), SMOOTHS)
def test_a_line_is_statsmodels_on_raw_rows_and_gives_nobody_away(
    source: Source, raw: pd.DataFrame, view: View, by: str, groups: tuple[str, ...]
) -> None:
    found = smooth(source, view, Score.SOCIAL, Grouping(by, groups) if by else None)
    rows, exact = monthly(raw, view, "social"), []
    assert found.keys == ((by, "month") if by else ("month",))
    for group in groups or ("",):
        mine = rows[rows[by] == group] if by else rows
        told = found.only(by, group) if by else found
        exact += [nearby(mine, month) for month in told.rows["month"]]
        inside = mine["month"].between(told.rows["month"].min(), told.rows["month"].max())
        assert inside.mean() >= 0.9
        shown = told.rows["mean"].notna()
        if shown.any():
            line = fitted(mine, "social", told.rows.loc[shown, "month"])
            assert told.rows.loc[shown, "mean"].to_numpy() == pytest.approx(line, abs=0.0005 + 1e-9)
    assert found.rows["mean"].notna().any()
    # Around a month each group stands alone: the months of groups differ, so they add up to nothing that is told.
    assert not breaches(found, exact, within=[*found.keys])
    bands = found.rows.dropna()
    assert ((bands["low95"] <= bands["low66"]) & (bands["low66"] <= bands["high66"])).all()
    assert ((bands["high66"] <= bands["high95"]) & (bands["low66"] <= bands["mean"])).all()


def test_people_drawn_with_all_their_interviews_make_the_band_wide(opened: Open) -> None:
    """Thirty people who never change, each interviewed at 20 months: the band is that of 30 people, not of 600."""
    height = np.random.default_rng(8).uniform(0.2, 0.8, 30)
    times = [(f"p{person}", float(month)) for person in range(30) for month in range(1, 21)]
    found = smooth(opened(frame(times, composite=np.repeat(height, 20))), View(), Score.COMPOSITE).rows
    assert found["mean"].tolist() == pytest.approx([height.mean()] * len(found), abs=0.0006)
    half = 1.96 * height.std() / 30**0.5
    assert ((found["high95"] - found["low95"]) / 2).to_numpy() == pytest.approx(half, rel=0.15)


def test_a_month_with_few_people_near_is_a_gap(opened: Open) -> None:
    months = [*range(1, 9)] * 20 + [12] * 9 + [*range(16, 24)] * 20
    found = smooth(opened(frame([(f"p{n}", float(month)) for n, month in enumerate(months)])), View(), Score.COMPOSITE)
    gap = found.rows.loc[found.flags["people"] == "c", "month"].tolist()
    assert gap == [10, 11, 12, 13, 14]
    assert "Hardly anyone here was interviewed twice" in in_words(found.notes)[1]


def test_a_group_with_few_more_people_than_knots_has_no_line(opened: Open) -> None:
    """Twelve people, each at every month: near every month are 12, but a line with 7 knots would tell too much."""
    times = [(f"p{person}", float(month)) for person in range(12) for month in range(1, 31)]
    found = smooth(opened(frame(times)), View(), Score.COMPOSITE)
    assert found.rows["people"].tolist() == [10] * len(found.rows)
    assert (found.flags["mean"] == "c").all()


def test_too_few_different_months_have_no_line(opened: Open) -> None:
    found = smooth(opened(frame([(f"p{n}", float(n % 2 * 9)) for n in range(80)])), View(), Score.COMPOSITE)
    assert {*found.flags.loc[found.flags["people"] == "", "mean"]} == {"x"}


@pytest.mark.parametrize(
    ("twice", "words"),
    [(9, "Hardly anyone"), (10, "About 10% of the people"), (63, "About 65% of the people"), (95, "Nearly all people")],
)
def test_the_note_says_how_many_were_interviewed_twice(opened: Open, twice: int, words: str) -> None:
    times = [(f"p{n}", float(n % 12)) for n in range(100)] + [(f"p{n}", n % 12 + 3.0) for n in range(twice)]
    assert in_words(smooth(opened(frame(times)), View(), Score.COMPOSITE).notes)[1].startswith(words)


def test_a_person_belongs_to_the_group_of_their_earliest_interview(opened: Open) -> None:
    times = [(f"p{person}", float(months)) for person in range(40) for months in (12, 3, 6)]
    source = opened(frame(times, area=["later", "first", "later"] * 40))
    found = by_window(source, View(), Windows((3, 12), 1), ("composite",), Grouping("area", ("first", "later")))
    assert found.only("area", "first").rows["people"].tolist() == [40, 40]
    assert {*smooth(source, View(), Score.COMPOSITE, Grouping("area", ("first", "later"))).rows["area"]} == {"first"}


def test_nobody_has_no_line(source: Source) -> None:
    nobody = View(place="DEU-DEU")
    for found in (
        smooth(source, nobody, Score.COMPOSITE),
        smooth(source, nobody, Score.COMPOSITE, Grouping("sex", SEXES)),
    ):
        assert (len(found.rows), found.people) == (0, None)
    assert windows(source, nobody).targets == ()
    assert by_window(source, nobody, Windows((3, 6), 1), ("composite",)).people is None


def test_two_cohorts_together_keep_people_apart(both: Source, raw_both: pd.DataFrame) -> None:
    rows = monthly(raw_both, View(), "composite")
    rows["person"] = rows["cohort"] + rows["person"]
    found = smooth(both, View(), Score.COMPOSITE)
    assert found.rows["people"].fillna(0).tolist() == [
        5 * round(n / 5) if n >= 10 else 0 for n in (nearby(rows, month) for month in found.rows["month"])
    ]


def test_figures_say_what_they_are(source: Source) -> None:
    view = View(band="forced")
    figures: list[Released] = [
        by_window(source, view, Windows(TARGETS, 1), ("composite",)),
        paired_windows(source, view, Windows(TARGETS, 1), ("composite",)),
        smooth(source, view, Score.COMPOSITE),
    ]
    assert [found.name for found in figures] == [
        "scores-by-window", "change-since-first-window", "smooth-composite-by-month"
    ]  # fmt: skip
    for found in figures:
        assert found.context == source.context(sentence(view))
        assert {*found.keys, "people", *found.values} <= {*COLUMN_LABELS}
    assert "1,000 bootstrap draws over people (seed 9)" in " ".join(in_words(figures[2].notes))
    assert smooth(source, replace(view), Score.COMPOSITE).rows.equals(figures[2].rows)


def frame(times: list[tuple[str, float]], composite: object = 0.5, **columns: object) -> pd.DataFrame:
    """An interview for each person and months since return."""
    person, months = zip(*times, strict=True)
    return pd.DataFrame({"person": person, "months": months, "composite": composite, **columns})
