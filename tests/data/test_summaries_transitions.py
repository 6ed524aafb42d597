from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from data.disclosure import Released
from data.engine import Source
from data.estimate import SHARE
from data.grouping import Grouping
from data.labels import COLUMN_LABELS, label
from data.notes import Note, Said
from data.summaries.transitions import AFTER, LEVELS, Levels, chance_of_moving, transitions
from data.view import View, sentence
from data.vocabulary import ReturnBand, Score
from tests.conftest import Open
from tests.data.recount import HALF_A_DIGIT, breaches, chosen, differs, latest, share

BANDS = tuple(ReturnBand)
FROM, TO = ("low", "middle", "high"), ("low", "middle", "high", "remigrated", "not_interviewed", "no_score")
CASES = [
    (View(), Score.COMPOSITE, 1, 5, 0.4, 0.6, "", ()),
    (View(), Score.COMPOSITE, 1, 3, 0.5, 0.5, "sex", ("female", "male", "other")),
    (View(place="DEU-AFG", months="0-6"), Score.ECONOMIC, 1, 2, 0.3, 0.7, "band", BANDS),
    (View(sex="female"), Score.SOCIAL, 2, 4, 0.4, 0.5, "band", ("obliged", "forced")),
    (View(place="NOR-ETH"), Score.PSYCHOSOCIAL, 1, 4, 0.4, 0.6, "", ()),
]


def followed(raw: pd.DataFrame, view: View, score: str, first: int, last: int, low: float, high: float) -> pd.DataFrame:
    """One row per person in view with the score at wave `first`: its columns of then, `from` and `to`."""
    rows, then = latest(chosen(raw, View()), by=["wave"]), latest(chosen(raw, view), by=["wave"])
    rows = rows[rows["wave"].between(first, last)].sort_values("wave")
    base = then[(then["wave"] == first) & then[score].notna()].set_index("person")
    told = rows.dropna(subset="remigration").groupby("person")["remigration"].last().reindex(base.index)
    ended = rows.groupby("person")[["wave", "loss_reason"]].agg(lambda x: x.iloc[-1]).reindex(base.index)
    end = rows[rows["wave"] == last].set_index("person")[score].reindex(base.index)
    seen = ended["wave"] == last
    left = told.isin(["choice", "necessity"]) | (~seen & (ended["loss_reason"] == "remigrated"))
    to = level(end, low, high).where(end.notna(), "no_score").where(seen, "not_interviewed").mask(left, "remigrated")
    return base.assign(**{"from": level(base[score], low, high), "to": to})


def level(scores: pd.Series, low: float, high: float) -> pd.Series:
    x = scores.round(9)
    return pd.Series(np.where(x < low, "low", np.where(x < high, "middle", "high")), scores.index)


def least_width(found: Released, n: Sequence[int], whole: Released | None = None) -> tuple[float, int]:
    """How closely a reader can tell a masked cell of one to nine people; how many there are.

    The reader is given every shown count exactly; the people of each row of which a cell is shown; each total of rows
    and of columns, within a group and over all, unless a total beside it has fewer than ten people; and the same of the
    table of all groups together, `whole`, if there is one.
    """
    rows = found.rows.reset_index(drop=True)
    exact, hidden = np.array(n), (found.flags["people"] == "c").to_numpy()
    by = [key for key in found.keys if key not in ("from", "to")]
    facts = [*np.eye(len(rows))[~hidden]]
    for keys in ([*by, "from"], [*by, "to"], ["from"], ["to"], by):
        members = (
            [(rows.groupby(keys).ngroup() == place).to_numpy(float) for place in range(rows.groupby(keys).ngroups)]
            if keys
            else [np.ones(len(rows))]
        )
        if min(part @ exact for part in members if part @ exact > 0) >= 10:
            facts += members
        elif keys == [*by, "from"]:
            facts += [part for part in members if (part * ~hidden).any()]
    if whole is not None:
        for cell in whole.shown[["from", "to"]].to_numpy():
            facts.append((rows[["from", "to"]] == cell).all(axis=1).to_numpy(float))
    known = np.array(facts)
    widths = []
    for place in np.flatnonzero(hidden & (exact > 0) & (exact < 10)):
        aim = np.eye(len(rows))[place]
        low, high = (linprog(sign * aim, A_eq=known, b_eq=known @ exact).fun * sign for sign in (1, -1))
        widths.append(high - low)
    return min(widths, default=np.inf), len(widths)


def counts(found: Released, people: pd.DataFrame) -> list[int]:
    keys = [*found.keys]
    return people.groupby(keys).size().reindex(pd.MultiIndex.from_frame(found.rows[keys]), fill_value=0).tolist()


@pytest.mark.parametrize(("view", "score", "first", "last", "low", "high", "by", "groups"), CASES)
def test_transitions_are_those_of_the_raw_rows_and_give_nobody_away(
    source: Source, raw: pd.DataFrame, view: View, score: Score, first: int, last: int, low: float, high: float,
    by: str, groups: tuple[str, ...],
) -> None:  # fmt: skip
    people = followed(raw, view, score, first, last, low, high)
    people = people[people[by].isin(groups)] if by else people
    view = replace(view, score=score)
    found = transitions(source, view, (first, last), Levels(low, high), Grouping(by, groups) if by else None)
    after = [to for to in TO if to != "no_score" or (people["to"] == to).any()]
    grid = [[*group, start, to] for group, start, to in product([[g] for g in groups] or [[]], FROM, after)]
    assert found.rows[[*found.keys]].to_numpy().tolist() == grid
    exact = counts(found, people)
    assert sum(exact) == len(people)  # everyone of the earlier wave is somewhere in the rows
    group = [by] if by else []
    assert not breaches(found, exact, within=[*group, "from"])
    assert not breaches(found, exact, within=[*group, "to"])
    rows = people.groupby([*group, "from"])["weight"]
    for _, row in found.shown.iterrows():
        weights = rows.get_group(tuple(row[[*group, "from"]]))
        mine = people[(people[[*found.keys]] == row[[*found.keys]]).all(axis=1)]
        assert not differs(row, share(mine["weight"].sum() / weights.sum(), weights))
    whole = (
        transitions(source, view, (first, last), Levels(low, high))
        if len(groups) == people[by or "sex"].nunique()
        else None
    )
    assert least_width(found, exact, whole)[0] >= 1
    assert found.people == 5 * round(len(people) / 5)


@pytest.mark.parametrize("seed", range(8))
def test_no_masked_cell_follows_from_rows_columns_and_all_groups(opened: Open, seed: int) -> None:
    """What linear programming can find out, for tables with many cells around the floor, by group and all together."""
    rng = np.random.default_rng(seed)
    groups = ("female", "male", "other")[: int(rng.integers(1, 4))]
    n = rng.poisson(rng.gamma(1.2, 18, (len(groups), 3, 5)))
    source = opened(people_in(n, groups))
    whole = transitions(source, View(), (1, 2), Levels(0.4, 0.6))
    found = transitions(source, View(), (1, 2), Levels(0.4, 0.6), Grouping("sex", groups))
    assert [*found.rows["to"].unique()] == [*TO[:-1]]
    width, small = least_width(found, n.ravel().tolist(), whole)
    assert width >= 1
    assert small > 0
    assert least_width(whole, n.sum(axis=0).ravel().tolist())[0] >= 1
    assert len(found.shown) > 0


def test_a_table_masked_without_care_would_be_found_out(opened: Open) -> None:
    n = np.array([[[30, 4, 40, 30, 30], [50, 60, 70, 30, 40], [30, 30, 30, 30, 30]]])
    found = transitions(opened(people_in(n, ("female",))), View(), (1, 2), Levels(0.4, 0.6))
    assert found.suppressed == 4
    found.flags["people"] = np.where(n.ravel() < 10, "c", "")
    assert least_width(found, n.ravel().tolist())[0] < 1e-6


def test_a_lone_empty_cell_takes_nobody_with_it(opened: Open) -> None:
    n = np.array([[[30, 0, 40, 30, 30], [50, 60, 70, 30, 40], [30, 30, 30, 30, 30]]])
    assert transitions(opened(people_in(n, ("female",))), View(), (1, 2), Levels(0.4, 0.6)).suppressed == 1


def test_a_level_of_few_people_is_masked_with_another(opened: Open) -> None:
    """The 8 who stood low would follow from everyone less the rows that shares tell the size of."""
    n = np.array([[[8, 0, 0, 0, 0], [50, 60, 70, 30, 40], [20, 20, 20, 20, 20]]])
    found = transitions(opened(people_in(n, ("female",))), View(), (1, 2), Levels(0.4, 0.6))
    assert {*found.shown["from"]} == {"middle"}


@pytest.mark.parametrize("score", [0.4, 0.1 + 0.3, 0.7 - 0.3])
def test_a_score_on_a_line_is_above_it_whatever_a_hair_says(opened: Open, score: float) -> None:
    made = pd.DataFrame({"person": [f"p{n}" for n in range(20)] * 2, "wave": [1] * 20 + [2] * 20, "composite": score})
    found = transitions(opened(made), View(), (1, 2), Levels(0.4, 0.8)).shown
    assert found[["from", "to", "people", "share"]].to_numpy().tolist() == [["middle", "middle", 20, 1]]


def test_an_interview_without_the_score_is_not_called_lost(opened: Open) -> None:
    scores = [0.5] * 60 + [np.nan] * 20 + [0.5] * 10
    made = pd.DataFrame({"person": [f"p{n}" for n in range(60)] + [f"p{n}" for n in range(30)],
                         "wave": [1] * 60 + [2] * 30, "composite": scores})  # fmt: skip
    found = transitions(opened(made), View(), (1, 2), Levels(0.4, 0.8)).shown
    assert dict(zip(found["to"], found["people"], strict=True)) == {"middle": 10, "no_score": 20, "not_interviewed": 30}


@pytest.mark.parametrize(("view", "score", "first", "last", "low", "high", "by", "groups"), CASES[1:4])
def test_the_chance_to_move_is_of_those_who_can(
    source: Source, raw: pd.DataFrame, view: View, score: Score, first: int, last: int, low: float, high: float,
    by: str, groups: tuple[str, ...],
) -> None:  # fmt: skip
    people = followed(raw, view, score, first, last, low, high).query("to in @FROM")
    people = people[people[by].isin(groups)]
    rank = {name: place for place, name in enumerate(FROM)}
    step = people["to"].map(rank) - people["from"].map(rank)
    found = chance_of_moving(source, replace(view, score=score), (first, last), Levels(low, high), Grouping(by, groups))
    assert found.rows[[*found.keys]].to_numpy().tolist() == [
        [group, move] for group in groups for move in ("up", "down")
    ]
    exact = []
    for place, row in found.rows.iterrows():
        up = row["move"] == "up"
        able = (people[by] == row[by]) & (people["from"] != ("high" if up else "low"))
        did, weights = (step[able] > 0) if up else (step[able] < 0), people.loc[able, "weight"]
        exact.append(int(able.sum()))
        if found.flags.loc[place, "share"] == "":
            assert not differs(row, share(np.average(did, weights=weights), weights))
            assert 10 <= did.sum() <= able.sum() - 10
    assert not breaches(found.only("move", "up"), exact[::2])
    assert not breaches(found.only("move", "down"), exact[1::2])
    assert found.rows["share"].notna().any()


def test_a_row_s_shares_add_up_to_one(opened: Open) -> None:
    n = np.random.default_rng(2).integers(10, 90, (1, 3, 5))
    found = transitions(opened(people_in(n, ("female",))), View(), (1, 2), Levels(0.4, 0.6))
    assert found.suppressed == 0
    assert found.rows.groupby("from")["share"].sum().tolist() == pytest.approx([1] * 3, abs=5 * HALF_A_DIGIT)


def test_few_people_or_none_give_nothing_away(opened: Open) -> None:
    source = opened(people_in(np.array([[[3, 2, 1, 0, 0], [1, 0, 1, 0, 0], [0, 0, 0, 0, 1]]]), ("female",)))
    asked = (source, View(), (1, 2), Levels(0.4, 0.6))
    of_sexes = [chance_of_moving(*asked, Grouping("sex", (sex,))) for sex in ("female", "male")]
    for found in (transitions(*asked), *of_sexes):
        assert (len(found.shown), found.people) == (0, None)


def test_figures_say_what_they_are(source: Source) -> None:
    asked = (source, View(), (1, 5), Levels(0.4, 0.6), Grouping("sex", ("female", "male")))
    found = transitions(*asked), chance_of_moving(*asked)
    assert [each.name for each in found] == ["levels-from-wave-1-to-5-by-sex", "moved-from-wave-1-to-5-by-sex"]
    assert Note(Said.FOLLOWED) in found[0].notes
    assert Note(Said.MOVED) in found[1].notes
    for each in found:
        assert Note(Said.LINE) in each.notes
        assert each.context == source.context(sentence(View()))
        assert {*each.keys, "people", *each.values} <= {*COLUMN_LABELS}
    assert found[1].values == SHARE
    assert [*AFTER] == [*TO]
    assert [label("from", code) for code in LEVELS] == ["Low", "Middle", "High"]
    assert label("to", "not_interviewed") == "Not reached"


def people_in(n: np.ndarray, groups: Sequence[str]) -> pd.DataFrame:
    """Interviews at waves 1 and 2 of as many people as `n` (group, from, to) says; `to` without the last of `TO`."""
    score = {"low": 0.2, "middle": 0.5, "high": 0.9}
    cells = [(*cell, int(count)) for cell, count in zip(product(groups, FROM, TO[:-1]), n.ravel(), strict=True)]
    sex, start, end = (np.repeat([cell[place] for cell in cells], [cell[3] for cell in cells]) for place in range(3))
    base = pd.DataFrame({"person": [f"p{place}" for place in range(len(sex))], "sex": sex})
    first = base.assign(wave=1, composite=[score[code] for code in start])
    again = base.assign(wave=2, composite=[score.get(code) for code in end])
    again["remigration"] = np.where(end == "remigrated", "choice", "no")
    return pd.concat([first, again[end != "not_interviewed"]], ignore_index=True)
