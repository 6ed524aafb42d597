from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.optimize import linprog

from data.disclosure import Released
from data.engine import Source
from data.estimate import SHARE
from data.grouping import Grouping
from data.labels import COLUMN_LABELS
from data.notes import Said
from data.summaries.distributions import binned, cumulated, spread
from data.summaries.offered import choices
from data.view import View, sentence
from data.vocabulary import CATEGORIES, SCORES, ReturnBand
from tests.conftest import Open
from tests.data.recount import breaches, differs, mean, people, share
from tests.said import of_codes

EDGES = np.arange(11) / 10
QUARTILES = {"q25": 0.25, "median": 0.5, "q75": 0.75}
BANDS = tuple(ReturnBand)
CASES = [
    (View(), "corridor", None),
    (View(line=0.65), "band", BANDS),
    (View(sex="female", line=0.3), "host", ("NOR", "AUT", "NLD")),
    (View(band="forced", sex="female", months="0-6", line=0.4), "age_group", tuple(CATEGORIES["age_group"])),
    (View(year="2019", place="LBY-GMB"), "assistance", tuple(CATEGORIES["assistance"])),
    (View(age="0-17"), "sex", tuple(CATEGORIES["sex"])),
]


def known(everyone: pd.DataFrame, row: pd.Series, by: str) -> tuple[np.ndarray, np.ndarray]:
    """Scores and weights of the people of a row's group who have the row's score."""
    mine = everyone[(everyone[by] == row[by]) & everyone[row["score"]].notna()]
    return mine[row["score"]].to_numpy(), mine["weight"].to_numpy()


def histogram(everyone: pd.DataFrame, row: pd.Series, by: str) -> tuple[int, float, int]:
    """People and weighted share of a row's bin, and people of its group."""
    x, w = known(everyone, row, by)
    place = round(10 * row["bin"])
    n, weight = np.histogram(x.round(9), EDGES)[0], np.histogram(x.round(9), EDGES, weights=w)[0]
    return n[place], weight[place] / w.sum() if len(w) else np.nan, len(x)


def below(everyone: pd.DataFrame, row: pd.Series, by: str) -> tuple[int, dict[str, float]]:
    """People of a row's group below its end, and what the row must show."""
    x, w = known(everyone, row, by)
    if row["upto"] == 1:
        return len(x), {"share": 1, "total": 5 * round(len(x) / 5)}
    part = x.round(9) < row["upto"]
    shown = share(np.average(part, weights=w), w) if len(x) else {}
    return int(part.sum()), {**shown, "total": 5 * round(len(x) / 5)}


def least_width(bins: Released, ends: Released, counts: pd.DataFrame) -> dict[str, float]:
    """How closely a reader of both figures can tell a masked bin of 1 to 9 people, over all groups; how many there are.

    The reader is given every shown number exactly, before it was rounded; `counts` has the people of each group in
    each bin.
    """
    by = bins.keys[0]
    widths, edges = [], 0
    for group, exact in zip(counts.index, counts.to_numpy(), strict=True):
        seen = (bins.flags["people"] == "")[bins.rows[by] == group].to_numpy()
        end = (ends.flags["people"] == "")[ends.rows[by] == group].to_numpy()
        edges += int(end[:-1].sum())
        facts = np.vstack([np.eye(10)[seen], np.tri(10)[end], *([np.ones((1, 10))] if seen.any() else [])])
        for place in np.flatnonzero(~seen & (exact > 0) & (exact < 10)):
            low, high = (
                linprog(sign * np.eye(10)[place], A_eq=facts, b_eq=facts @ exact, bounds=(0, 10_000)).fun * sign
                for sign in (1, -1)
            )
            widths.append(high - low)
    return {"width": min(widths), "masked": len(widths), "edges": edges}


def wrong_bins(found: Released, everyone: pd.DataFrame, by: str) -> list[object]:
    differing = []
    for _, row in found.shown.iterrows():
        _, part, total = histogram(everyone, row, by)
        differing.append(differs(row, {"share": part, "total": 5 * round(total / 5)}))
    return [each for each in differing if each]


def wrong_spreads(found: Released, everyone: pd.DataFrame, by: str, line: float) -> list[object]:
    """Shown values that differ from the recounted ones, and values shown or marked against the rules of release."""
    differing: list[object] = []
    for place, row in found.shown.iterrows():
        x, w = known(everyone, row, by)
        above = int((x >= line).sum())
        wanted = mean(x, w)
        if found.flags.loc[place, "share"] == "":
            wanted |= share(np.average(x >= line, weights=w), w)
            differing += [few for few in (above, len(x) - above) if few < 10]
        for name, q in QUARTILES.items():
            if len(x) * min(q, 1 - q) >= 10:
                wanted[name] = np.quantile(x, q, weights=w, method="inverted_cdf")
        marks = found.flags.loc[place, [*found.values]]
        differing += [differs(row, wanted), {*marks.index[marks == ""]} ^ {*wanted}]
    return [each for each in differing if each]


def groups_of(source: Source, groups: tuple[str, ...] | None) -> tuple[str, ...]:
    return groups or choices(source).corridors


@pytest.mark.parametrize(("view", "by", "groups"), CASES)
def test_bins_are_those_of_the_raw_rows_and_give_nobody_away(
    source: Source, raw: pd.DataFrame, view: View, by: str, groups: tuple[str, ...] | None
) -> None:
    groups, scores = groups_of(source, groups), ("composite", "social")
    everyone = people(raw, view)[[by, "weight", *scores]]
    found = binned(source, view, Grouping(by, groups), scores)
    keys = [[group, score, place / 10] for group in groups for score in scores for place in range(10)]
    assert found.rows[[by, "score", "bin"]].to_numpy().tolist() == keys
    assert not wrong_bins(found, everyone, by)
    exact = [histogram(everyone, row, by)[0] for _, row in found.rows.iterrows()]
    assert not breaches(found, exact, within=[by, "score"])
    total = max(everyone.loc[everyone[by].isin(groups), score].notna().sum() for score in scores)
    assert found.people == (5 * round(total / 5) if total >= 10 else None)


@pytest.mark.parametrize(("view", "by", "groups"), CASES)
def test_spreads_are_those_of_the_raw_rows_and_give_nobody_away(
    source: Source, raw: pd.DataFrame, view: View, by: str, groups: tuple[str, ...] | None
) -> None:
    groups, everyone = groups_of(source, groups), people(raw, view)[[by, "weight", *SCORES]]
    found = spread(source, view, Grouping(by, groups), SCORES)
    assert found.rows[[by, "score"]].to_numpy().tolist() == [[group, score] for group in groups for score in SCORES]
    assert not wrong_spreads(found, everyone, by, view.line)
    exact = [len(known(everyone, row, by)[0]) for _, row in found.rows.iterrows()]
    assert not breaches(found, exact, within=["score"])


@pytest.mark.parametrize(("view", "by", "groups"), CASES)
def test_cumulated_shares_are_those_of_the_raw_rows_and_give_nobody_away(
    source: Source, raw: pd.DataFrame, view: View, by: str, groups: tuple[str, ...] | None
) -> None:
    groups, scores = groups_of(source, groups), ("composite", "social")
    everyone = people(raw, view)[[by, "weight", *scores]]
    found = cumulated(source, view, Grouping(by, groups), scores)
    keys = [[group, score, end / 10] for group in groups for score in scores for end in range(1, 11)]
    assert found.rows[[by, "score", "upto"]].to_numpy().tolist() == keys
    wanted = [below(everyone, row, by) for _, row in found.rows.iterrows()]
    assert not breaches(found, [n for n, _ in wanted], within=[by, "score", "upto"])
    for place, row in found.shown.iterrows():
        assert not differs(row, wanted[place][1])
        last = row["upto"] == 1
        assert {*found.flags.loc[place, [*SHARE[1:]]]} == {"z" if last else ""}
    spreads = spread(source, view, Grouping(by, groups), scores)
    shown = {tuple(group) for group in spreads.shown[[by, "score"]].to_numpy()}
    assert {tuple(group) for group in found.shown[[by, "score"]].to_numpy()} == shown
    assert found.people == binned(source, view, Grouping(by, groups), scores).people


@pytest.mark.parametrize(("view", "by", "groups"), CASES)
def test_masked_bins_do_not_follow_from_cumulated_shares(
    source: Source, raw: pd.DataFrame, view: View, by: str, groups: tuple[str, ...] | None
) -> None:
    groups, everyone = groups_of(source, groups), people(raw, view)[[by, "weight", *SCORES]]
    figures = [draw(source, view, Grouping(by, groups), ("composite",)) for draw in (binned, cumulated)]
    rows = figures[0].rows.assign(n=[histogram(everyone, row, by)[0] for _, row in figures[0].rows.iterrows()])
    counts = rows.pivot(index=by, columns="bin", values="n").loc[[*groups]]
    found = least_width(*figures, counts)
    assert found["width"] >= 1
    assert found["masked"] > 0


def test_masked_bins_of_made_up_groups_do_not_follow_either(opened: Open) -> None:
    """Bins of all sizes around the floor, in every order, without weights."""
    rng = np.random.default_rng(13)
    sizes = rng.choice([0, 1, 3, 5, 8, 9, 10, 12, 30], size=(40, 10), p=[0.2, *[0.1] * 8])
    counts = pd.DataFrame(sizes, index=[f"g{place}" for place in range(40)])
    names, places = np.repeat(counts.index, 10), np.tile(np.arange(10), 40)
    made = frame(list(np.repeat(places / 10 + 0.05, sizes.ravel())), area=np.repeat(names, sizes.ravel()))
    source, groups = opened(made), tuple(counts.index)
    found = least_width(
        *(draw(source, View(), Grouping("area", groups), ("composite",)) for draw in (binned, cumulated)), counts
    )
    assert found["width"] >= 1
    assert found["masked"] > 100
    assert found["edges"] > 50


def test_a_curve_that_shows_its_ends_without_care_would_be_found_out(opened: Open) -> None:
    """The check above sees it when a tail of 3 people stands beside an end that is shown."""
    source, counts = opened(frame([0.05] * 3 + [0.15] * 12 + [0.55] * 30)), [3, 12, 0, 0, 0, 30, 0, 0, 0, 0]
    bins, ends = (draw(source, View(), Grouping("band", ("forced",)), ("composite",)) for draw in (binned, cumulated))
    table = pd.DataFrame([counts], index=["forced"])
    assert least_width(bins, ends, table)["width"] >= 1
    careless = replace(ends, flags=ends.flags.assign(people=""))
    assert least_width(bins, careless, table)["width"] < 1e-6


def test_few_people_at_both_ends_leave_the_middle_of_the_curve(opened: Open) -> None:
    counts = [0, 3, 33, 97, 60, 50, 64, 49, 4, 0]
    source = opened(frame([place / 10 + 0.05 for place, n in enumerate(counts) for _ in range(n)]))
    bins, ends = (draw(source, View(), Grouping("band", ("forced",)), ("composite",)) for draw in (binned, cumulated))
    assert bins.shown["bin"].tolist() == [0.3, 0.4, 0.5, 0.6]
    assert ends.shown["upto"].tolist() == [0.3, 0.4, 0.5, 0.6, 0.7, 1.0]
    assert ends.shown["share"].tolist() == [0.1, 0.369, 0.536, 0.675, 0.853, 1.0]


def test_without_weights_a_cumulated_share_is_scipy_s(opened: Open) -> None:
    scores = np.random.default_rng(2).beta(2, 2, 900)
    found = cumulated(opened(frame(list(scores))), View(), Grouping("band", ("forced",)), ("composite",)).shown
    step = stats.ecdf(scores).cdf
    assert len(found) == 10
    assert found["share"].tolist() == pytest.approx(step.evaluate(found["upto"].to_numpy()).tolist(), abs=0.0005)


def test_a_score_on_an_end_is_not_below_it(opened: Open) -> None:
    made = [0.05] * 20 + [0.7 - 0.4] * 10 + [0.1 + 0.2] * 10 + [0.55] * 40 + [1.0] * 20
    shown = cumulated(opened(frame(made)), View(), Grouping("band", ("forced",)), ("composite",)).shown
    assert dict(zip(shown["upto"], shown["share"], strict=True)) == {
        0.1: 0.2, 0.2: 0.2, 0.3: 0.2, 0.4: 0.4, 0.5: 0.4, 0.6: 0.8, 0.7: 0.8, 0.8: 0.8, 0.9: 0.8, 1.0: 1.0
    }  # fmt: skip


def test_a_group_masked_with_another_has_no_histogram_and_no_curve(opened: Open) -> None:
    """The 9 of one group would follow from the people in view less the 30 and the 60 of the others."""
    made = frame([0.45] * 99, area=["few"] * 9 + ["next"] * 30 + ["most"] * 60)
    for draw in (binned, cumulated, spread):
        found = draw(opened(made), View(), Grouping("area", ("few", "next", "most")), ("composite",))
        assert {*found.shown["area"]} == {"most"}


def test_two_cohorts_together_keep_people_apart(both: Source, raw_both: pd.DataFrame) -> None:
    names, everyone = tuple(raw_both["cohort"].unique()), people(raw_both, View())
    assert not wrong_bins(binned(both, View(), Grouping("cohort", names), ("economic",)), everyone, "cohort")
    assert not wrong_spreads(spread(both, View(), Grouping("cohort", names), ("economic",)), everyone, "cohort", 0.5)


def test_figures_say_what_they_are(source: Source) -> None:
    view = View(band="forced", line=0.6)
    bins = binned(source, view, Grouping("age_group", ("18-24",)), ("social",))
    spreads = spread(source, view, Grouping("age_group", ("18-24",)), ("social",))
    assert (bins.name, spreads.name) == ("distribution-by-age-group", "spread-by-age-group")
    assert bins.context == spreads.context == source.context(sentence(view))
    assert spreads.notes == of_codes(Said.LINE)
    ends = cumulated(source, view, Grouping("age_group", ("18-24",)), ("social",))
    assert (ends.name, ends.context) == ("cumulated-by-age-group", bins.context)
    for found in (bins, ends, spreads):
        assert {*found.keys, "people", *found.values} <= {*COLUMN_LABELS}


def frame(scores: list[float | None], times: int = 1, **columns: object) -> pd.DataFrame:
    repeated = np.repeat(np.array(scores, dtype="float64"), times)
    people = [f"p{place}" for place in range(len(repeated))]
    return pd.DataFrame({"person": people, "wave": 1, "composite": repeated, **columns})


def bins_of(source: Source) -> list[int]:
    rows = binned(source, View(), Grouping("band", ("forced",)), ("composite",)).rows
    return [0 if pd.isna(n) else n for n in rows["people"]]


def test_a_score_on_an_edge_falls_in_the_bin_that_starts_there(opened: Open) -> None:
    many = [10, 15, 20, 25, 30, 35, 40, 45, 50, 55]
    assert bins_of(opened(frame([place / 10 for place, n in enumerate(many) for _ in range(n)]))) == many


def test_the_last_bin_holds_one_and_the_first_zero(opened: Open) -> None:
    assert bins_of(opened(frame([0, 1, 0.95, 0.3], times=10))) == [10, 0, 0, 10, 0, 0, 0, 0, 0, 20]


def test_a_score_a_hair_off_an_edge_falls_where_its_reader_expects_it(opened: Open) -> None:
    made = [1 - 0.9] * 10 + [0.1 + 0.2] * 15 + [0.7 - 0.4] * 20 + [1 - 0.4] * 25 + [0.8 - 0.1] * 30
    assert 1 - 0.9 < 0.1
    assert 0.7 - 0.4 < 0.3 < 0.1 + 0.2
    assert bins_of(opened(frame(made))) == [0, 10, 0, 35, 0, 0, 25, 30, 0, 0]


def test_bins_with_few_people_hide_together(opened: Open) -> None:
    found = binned(
        opened(frame([0.05] * 3 + [0.15] * 12 + [0.55] * 30)), View(), Grouping("band", ("forced",)), ("composite",)
    )
    assert found.shown[["bin", "people", "share", "total"]].to_numpy().tolist() == [[0.5, 30, round(30 / 45, 3), 45]]
    assert not breaches(found, [3, 12, 0, 0, 0, 30, 0, 0, 0, 0], within=["score"])


def test_a_score_on_the_line_counts_as_reaching_it(opened: Open) -> None:
    source = opened(frame([0.5] * 10 + [0.49] * 20))
    found = spread(source, View(line=0.5), Grouping("band", ("forced",)), ("composite",)).rows.iloc[0]
    assert not differs(found, share(1 / 3, np.ones(30)))


@pytest.mark.parametrize("line", [0.3, 0.1 + 0.2])
def test_a_hair_decides_about_the_line_as_little_as_about_a_bin(opened: Open, line: float) -> None:
    source = opened(frame([0.3, 0.1 + 0.2, 0.7 - 0.4] * 5 + [0.29] * 30))
    found = spread(source, View(line=line), Grouping("band", ("forced",)), ("composite",)).rows.iloc[0]
    assert found["share"] == round(15 / 45, 3)


@pytest.mark.parametrize(("line", "shown"), [(0.15, False), (0.25, True), (0.35, True), (0.45, False)])
def test_a_share_that_tells_of_few_people_is_masked(opened: Open, line: float, shown: bool) -> None:
    """9 people below the first line, 10 below the second, 10 above the third, 9 above the fourth."""
    scores = [0.1] * 9 + [0.2] + [0.3] * 15 + [0.4] + [0.5] * 9
    found = spread(opened(frame(scores)), View(line=line), Grouping("band", ("forced",)), ("composite",))
    assert (found.flags[[*SHARE]] == ("" if shown else "c")).all(axis=None)
    assert not wrong_spreads(found, frame(scores, band="forced", weight=1.0), "band", line)


def test_with_equal_weights_quartiles_are_scores_of_the_ordered_row(opened: Open) -> None:
    scores = list(np.random.default_rng(3).permutation(np.arange(1, 41)) / 40)
    found = spread(opened(frame(scores)), View(), Grouping("band", ("forced",)), ("composite",)).rows.iloc[0]
    assert found[[*QUARTILES]].tolist() == [0.25, 0.5, 0.75]


def test_design_weights_move_quartiles_and_shares(opened: Open) -> None:
    rng = np.random.default_rng(6)
    made = frame(list(rng.beta(2, 3, 60)), weight=rng.uniform(0.1, 9, 60), band="forced")
    found = spread(opened(made), View(line=0.4), Grouping("band", ("forced",)), ("composite",))
    assert found.flags.eq("").all(axis=None)
    assert not wrong_spreads(found, made, "band", 0.4)
    assert not differs(
        found.rows.iloc[0],
        {"median": np.quantile(made["composite"], 0.5, weights=made["weight"], method="inverted_cdf")},
    )
    assert abs(found.rows["median"].iloc[0] - made["composite"].median()) > 0.01


@pytest.mark.parametrize("scores", [[0.4], [None], [None] * 20, [0.4] * 9])
def test_too_few_people_show_nothing(opened: Open, scores: list[float | None]) -> None:
    source, n = opened(frame(scores)), sum(score is not None for score in scores)
    spreads = spread(source, View(), Grouping("band", ("forced", "obliged")), ("composite",))
    bins = binned(source, View(), Grouping("band", ("forced",)), ("composite",))
    assert not breaches(spreads, [n, 0], within=["score"])
    assert not breaches(bins, [n if place == 4 else 0 for place in range(10)], within=["score"])
    assert (bins.people, spreads.people) == (None, None)
    assert len(bins.shown) == len(spreads.shown) == 0


def test_the_line_changes_nothing_but_the_share(source: Source) -> None:
    low, high = (
        spread(source, replace(View(), line=line), Grouping("sex", ("female", "male")), SCORES).rows.drop(
            columns=[*SHARE]
        )
        for line in (0.3, 0.7)
    )
    assert low.equals(high)
