from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.optimize import linprog

from data.disclosure import Released
from data.engine import Source, run
from data.estimate import DIFFERENCE
from data.grouping import Grouping
from data.labels import COLUMN_LABELS, WORDS
from data.summaries.attrition import LEAVING, LOSS, kept_and_lost, reasons, remigration, retention
from data.summaries.offered import choices
from data.summaries.states import STATES, outcomes, states
from data.view import View, sentence
from data.vocabulary import CATEGORIES, SCORES, ReturnBand
from tests.conftest import Open
from tests.data.recount import (
    HALF_A_DIGIT,
    breaches,
    chosen,
    difference,
    differs,
    families,
    latest,
    mean,
    share,
)

BANDS = tuple(ReturnBand)
WAVES = (1, 2, 3, 4, 5)
CASES = [
    (View(), "corridor", None, WAVES),
    (View(sex="female", months="0-6"), "band", BANDS, (1, 3, 5)),
    (View(sex="male"), "host", ("NOR", "AUT", "NLD"), (1, 2)),
    (View(band="forced"), "age_group", tuple(CATEGORIES["age_group"]), (2, 4)),
]


Told = tuple[int, object, object]
"""Wave, remigration and reason for loss of an interview."""


def state(told: Sequence[Told], wave: int) -> str:
    """Where one person stands, from the person's interviews in order, read one after another."""
    left = lost = seen = False
    for at, again, loss in told:
        if at <= wave:
            left = again in ("choice", "necessity") if isinstance(again, str) else left
            lost, seen = loss == "remigrated", at == wave
    if left or (lost and not seen):
        return "remigrated"
    return "interviewed" if seen else "not_interviewed"


def follow(raw: pd.DataFrame, view: View, waves: tuple[int, ...]) -> pd.DataFrame:
    """One row per person of the baseline: what it says, and where the person stands at each wave."""
    everyone = latest(raw[raw["respondent"] == "returnee"], ["wave"]).sort_values("wave", kind="stable")
    everyone = everyone[everyone["wave"].between(waves[0], waves[-1])]
    base = chosen(everyone[everyone["wave"] == waves[0]], view).set_index("person")
    told: dict[str, list[Told]] = {person: [] for person in base.index}
    for person, *each in everyone[["person", "wave", "remigration", "loss_reason"]].itertuples(index=False):
        if person in told:
            told[person].append(tuple(each))
    for wave in waves:
        base[f"at{wave}"] = [state(told[person], wave) for person in base.index]
    base["last_reason"] = [told[person][-1][2] for person in base.index]
    known = [[each for _, each, _ in told[person] if isinstance(each, str)] for person in base.index]
    return base.assign(last_known=[each[-1] if each else None for each in known])


def parts(found: Released, base: pd.DataFrame, by: str) -> list[tuple[int, dict[str, float]]]:
    """People and share of each row, recounted."""
    counted = []
    for _, row in found.rows.iterrows():
        group = base[base[by] == row[by]]
        mine = group[f"at{row['wave']}"] == row["state"]
        wanted = share(group.loc[mine, "weight"].sum() / group["weight"].sum(), group["weight"]) if len(group) else {}
        counted.append((int(mine.sum()), wanted | {"total": 5 * round(len(group) / 5)}))
    return counted


@pytest.mark.parametrize(("view", "by", "groups", "waves"), CASES)
def test_retention_is_that_of_the_raw_rows_and_gives_nobody_away(
    source: Source, raw: pd.DataFrame, view: View, by: str, groups: tuple[str, ...] | None, waves: tuple[int, ...]
) -> None:
    groups, base = groups or choices(source).corridors, follow(raw, view, waves)
    found = retention(source, view, Grouping(by, groups), waves)
    keys = [[group, wave, one] for group in groups for wave in waves[1:] for one in STATES]
    assert found.rows[[by, "wave", "state"]].to_numpy().tolist() == keys
    counted = parts(found, base, by)
    assert not [wrong for place, row in found.shown.iterrows() if (wrong := differs(row, counted[place][1]))]
    exact = pd.Series([n for n, _ in counted])
    assert not breaches(found, exact, within=[by, "wave"])
    assert (exact.groupby([found.rows[by], found.rows["wave"]]).sum() == base[by].value_counts().reindex(
        found.rows[by].unique(), fill_value=0).repeat(len(waves) - 1).sort_index().to_numpy()).all()  # fmt: skip
    total = int(base[by].isin(groups).sum())
    assert found.people == (5 * round(total / 5) if total >= 10 else None)


def test_states_of_each_wave_add_up_to_the_people_at_the_first(source: Source) -> None:
    table = states(source, View(), WAVES, ["band"])
    counted = run(
        table.group_by("wave").aggregate(n=table.count(), people=table.person.nunique(), w=table.weight.sum())
    )
    assert len(counted) == len(WAVES)
    assert counted["n"].nunique() == 1
    assert (counted["n"] == counted["people"]).all()
    assert np.ptp(counted["w"]) < 1e-6


@pytest.mark.parametrize("wave", [2, 5])
def test_no_masked_state_follows_from_the_margins(source: Source, raw: pd.DataFrame, wave: int) -> None:
    """What linear programming can find out of all counts shown and all totals of groups and states."""
    found = retention(source, View(), Grouping("corridor", choices(source).corridors), WAVES)
    base = follow(raw, View(), WAVES)
    rows = found.rows[found.rows["wave"] == wave]
    n = np.array(
        [((base["corridor"] == row.corridor) & (base[f"at{wave}"] == row.state)).sum() for row in rows.itertuples()]
    )
    hidden = (found.flags.loc[rows.index, "people"] == "c").to_numpy()
    cells, n = rows[hidden], n[hidden]
    known = [(cells[key] == code).to_numpy(float) for key in ("corridor", "state") for code in cells[key].unique()]
    totals = [part @ n for part in known]
    small = np.flatnonzero((n > 0) & (n < 10))
    assert len(small)
    for place in small:
        aim = np.eye(len(n))[place]
        least, most = (linprog(sign * aim, A_eq=known, b_eq=totals).fun * sign for sign in (1, -1))
        assert most - least >= 1


def test_kept_and_lost_are_those_of_the_raw_rows(source: Source, raw: pd.DataFrame) -> None:
    base = follow(raw, View(), (1, 4))
    found = kept_and_lost(source, View(), (1, 4))
    exact, family = [], families(found)
    assert {*family} == {8}  # two states against the lost, four scores
    for place, row in found.rows.iterrows():
        known = base[base[row["score"]].notna()]
        mine, lost = known[known["at4"] == row["state"]], known[known["at4"] == "not_interviewed"]
        wanted = mean(mine[row["score"]], mine["weight"])
        wanted.pop("sd")
        if row["state"] != "not_interviewed":
            wanted |= difference(mine[row["score"]], mine["weight"], lost[row["score"]], lost["weight"], family[place])
        assert not differs(row, wanted)
        exact.append(len(mine))
    assert not breaches(found, exact, within=["score"])
    assert (found.flags.loc[found.rows["state"] == "not_interviewed", [*DIFFERENCE]] == "z").all(axis=None)
    # The demo loses those whose standing is weaker: no number that a mistake of sign would leave as it is.
    kept = found.rows[found.rows["state"] == "interviewed"]
    assert (kept["difference_low95"] > 0).all()


def test_kept_less_lost_is_welchs_where_all_weigh_the_same(opened: Open) -> None:
    rng = np.random.default_rng(3)
    scores = rng.random(60).round(3)
    first = pd.DataFrame({"person": [f"p{n}" for n in range(60)], "wave": 1, "social": scores})
    found = kept_and_lost(opened(pd.concat([first, first.iloc[:25].assign(wave=2)])), View(), (1, 2), ["social"])
    row = found.rows.iloc[0]
    welch = stats.ttest_ind(scores[:25], scores[25:], equal_var=False)
    ends = welch.confidence_interval(1 - 0.05 / 4)  # one difference, four scores
    assert abs(row["difference_low95"] - ends.low) <= HALF_A_DIGIT
    assert abs(row["difference_high95"] - ends.high) <= HALF_A_DIGIT
    assert found.flags["people"].tolist() == ["", "c", ""]  # nobody left


def test_reasons_are_those_of_the_last_interview(source: Source, raw: pd.DataFrame) -> None:
    base = follow(raw, View(), WAVES)
    lost = base[base["at5"] == "not_interviewed"]
    found = reasons(source, View(), WAVES)
    why = lost["last_reason"].fillna("not_recorded")
    exact = []
    for _, row in found.rows.iterrows():
        mine = why == row["loss_reason"]
        assert not differs(row, share(lost.loc[mine, "weight"].sum() / lost["weight"].sum(), lost["weight"]))
        exact.append(int(mine.sum()))
    assert sum(exact) == len(lost)
    assert found.people == 5 * round(len(lost) / 5)
    assert not breaches(found, exact)


def test_reasons_are_masked_where_retention_masks_the_lost(opened: Open) -> None:
    """Four left and twelve were lost: retention shows neither, so neither may their reasons."""
    people = pd.DataFrame({"person": [f"p{n:03}" for n in range(80)], "wave": 1, "social": 0.5})
    people["loss_reason"] = ["remigrated"] * 4 + ["not_found"] * 12 + [None] * 64
    cohort = opened(pd.concat([people, people.iloc[16:].assign(wave=2)]))
    kept = retention(cohort, View(), Grouping("host", ("DEU",)), (1, 2))
    assert kept.flags["people"].tolist() == ["", "c", "c"]
    assert reasons(cohort, View(), (1, 2)).shown.empty


@pytest.mark.parametrize("by", ["band", "corridor"])
def test_remigration_is_that_of_the_raw_rows(source: Source, raw: pd.DataFrame, by: str) -> None:
    groups = BANDS if by == "band" else choices(source).corridors
    base = follow(raw, View(), WAVES)
    told = latest(raw[raw["respondent"] == "returnee"], ["wave"]).sort_values("wave")
    told = told[~told["remigration"].isin(["choice", "necessity"]) & told["p30"].notna()]
    base["wish"] = told.groupby("person")["p30"].last()
    known = base["last_known"].where(base["last_known"].isin(["choice", "necessity"]), "not_known")
    base["leaving"] = known.where(base["at5"] == "remigrated").mask(base["at5"] == "interviewed", "stayed")
    found = remigration(source, View(), Grouping(by, groups), WAVES)
    told = int((found.flags["difference"] == "").sum())
    assert told > 3 or by == "corridor"
    exact, family = [], max(1, told)
    for place, row in found.rows.iterrows():
        group = base[base[by] == row[by]]
        mine, stayed = group[group["leaving"] == row["leaving"]], group[group["leaving"] == "stayed"]
        exact.append(len(mine))
        if found.flags.loc[place, "people"]:
            continue
        wish, theirs = (each[each["wish"].notna()] for each in (mine, stayed))
        wanted = mean(wish["wish"], wish["weight"]) if len(wish) >= 10 else {}
        wanted.pop("sd", None)
        if row["leaving"] != "stayed":
            left = group[group["at5"] == "remigrated"]
            wanted |= share(mine["weight"].sum() / left["weight"].sum(), left["weight"])
            if wanted.get("mean"):
                wanted |= difference(wish["wish"], wish["weight"], theirs["wish"], theirs["weight"], family)
        assert not differs(row, {name: value for name, value in wanted.items() if found.flags.loc[place, name] == ""})
        assert {name for name in wanted if found.flags.loc[place, name]} <= {*DIFFERENCE}
    kind = found.rows["leaving"].where(found.rows["leaving"] == "stayed", "left")
    assert not breaches(found, exact)
    shown = found.flags["people"] == ""
    assert shown.any()
    assert (found.flags.loc[kind == "stayed", "share"].isin(["z", "c"])).all()


SEEN, LEFT, LOST = STATES
STORIES = {
    "came back": ([(1, "no", None), (2, "choice", None), (3, "no", None)], [SEEN, LEFT, SEEN]),
    "not asked again": ([(1, "no", None), (2, "choice", None), (3, None, None)], [SEEN, LEFT, LEFT]),
    "left, then lost": ([(1, "no", None), (2, "necessity", "not_found")], [SEEN, LEFT, LEFT]),
    "left by hearsay": ([(1, "no", "remigrated")], [SEEN, LEFT, LEFT]),
    "hearsay was wrong": ([(1, None, "remigrated"), (3, "no", None)], [SEEN, LEFT, SEEN]),
    "missed one": ([(1, None, None), (3, None, None)], [SEEN, LOST, SEEN]),
    "lost": ([(1, "no", "died")], [SEEN, LOST, LOST]),
    "left at first": ([(1, "choice", None)], [LEFT, LEFT, LEFT]),
    "later row counts": ([(1, "choice", None), (1, "no", None)], [SEEN, LOST, LOST]),
    "told between": ([(1, "no", None), (2, "no", "remigrated")], [SEEN, SEEN, LEFT]),
}  # fmt: skip


@pytest.mark.parametrize("waves", [(1, 2, 3), (1, 3)])
def test_stories_end_as_told(opened: Open, waves: tuple[int, ...]) -> None:
    rows = [
        {"person": person, "wave": wave, "remigration": left, "loss_reason": lost, "social": wave / 10}
        for person, (told, _) in STORIES.items()
        for wave, left, lost in told
    ]
    rows += [{"person": "late", "wave": 2, "social": 0.2}]
    found = run(states(opened(pd.DataFrame(rows)), View(), waves, ["band"])).sort_values("wave")
    for person, (told, ends) in STORIES.items():
        mine = found[found["person"].str.endswith(f":{person}")]
        assert mine["wave"].tolist() == [*waves]
        assert mine["state"].tolist() == [ends[wave - 1] for wave in waves], person
        seen = [wave in {each[0] for each in told} for wave in waves]
        assert mine["social"].notna().tolist() == seen
    assert found["person"].nunique() == len(STORIES)  # who was first seen later is not among them


def test_filters_choose_who_is_followed_and_are_no_loss(opened: Open) -> None:
    people = pd.DataFrame({"person": [f"p{n:03}" for n in range(40)], "social": 0.5})
    both = opened(pd.concat([people.assign(wave=1, months=1.0), people.assign(wave=2, months=12.0)]))
    found = retention(both, View(months="0-6"), Grouping("host", ("DEU",)), (1, 2))
    assert found.rows.loc[0, ["people", "share"]].tolist() == [40, 1.0]


def test_figures_say_what_they_are(source: Source) -> None:
    view = View(band="forced")
    figures = [
        retention(source, view, Grouping("sex", ("female", "male")), (1, 2)),
        kept_and_lost(source, view, (1, 2)),
        reasons(source, view, (1, 2)),
        remigration(source, view, Grouping("sex", ("female", "male")), (1, 2)),
    ]
    for found in figures:
        assert found.context == source.context(sentence(view))
        assert found.notes
        assert {*found.keys, "people", *found.values} <= {*COLUMN_LABELS}
    assert {*STATES} <= {*WORDS["state"]}
    assert {*LOSS} <= {*WORDS["loss_reason"]}
    assert {*LEAVING} <= {*WORDS["leaving"]}
    assert {*run(outcomes(source, view, (1, 2), [*SCORES]))} >= {"state", "loss_reason", "remigration", "p30", *SCORES}


def test_nobody_interviewed_makes_figures_of_nobody(source: Source) -> None:
    nobody = View(place="DEU-USA")
    assert retention(source, nobody, Grouping("sex", ("female",)), (1, 2)).shown.empty
    assert kept_and_lost(source, nobody, (1, 2)).shown.empty
    assert reasons(source, nobody, (1, 2)).shown.empty
    assert remigration(source, nobody, Grouping("sex", ("female",)), (1, 2)).shown.empty
