from itertools import count

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from data.disclosure import Released
from data.engine import Source
from data.estimate import DIFFERENCE
from data.grouping import Grouping
from data.labels import COLUMN_LABELS
from data.notes import Said
from data.summaries.offered import choices
from data.summaries.parity import benchmark, has_community, parity
from data.view import View, sentence, without
from data.vocabulary import CATEGORIES, SCORES, ReturnBand
from tests.conftest import Open
from tests.data.recount import breaches, chosen, difference, differs, families, kish, latest, mean, people
from tests.said import of_codes

QUARTILES = {"q25": 0.25, "median": 0.5, "q75": 0.75}
CASES = [
    (View(), "corridor", None),
    (View(), "band", tuple(ReturnBand)),
    (View(sex="female", age="35-49", months="0-6"), "assistance", tuple(CATEGORIES["assistance"])),
    (View(place="DEU-AFG", band="compulsory"), "sex", ("female", "male")),
    (View(), "country_of_return", ("AFG", "ETH", "NGA", "TUN")),
    (View(place="USA-SLV"), "band", ("forced", "obliged")),
]
_numbers = count()


OF_RETURNEES = ("place", "band", "assistance", "months", "year")
"""Filters that narrow returnees only; not read from the program, which might have it wrong."""


def community(raw: pd.DataFrame, view: View) -> pd.DataFrame:
    theirs = latest(chosen(raw, without(view, *OF_RETURNEES), "community"))
    returned = people(raw, view)["country_of_return"].value_counts()
    return theirs[theirs["country_of_return"].isin(returned.index[returned >= 10])]


def side(rows: pd.DataFrame, score: str) -> tuple[float, float, float]:
    """Mean of people with a score, its standard error and degrees of freedom, as a regression has them."""
    fit = sm.WLS(rows[score], np.ones(len(rows)), weights=rows["weight"]).fit(cov_type="HC0")
    known = kish(rows["weight"])
    return fit.params.iloc[0], fit.bse.iloc[0] * (known / (known - 1)) ** 0.5, known - 1


def gap(mine: pd.DataFrame, theirs: pd.DataFrame, score: str, family: int) -> dict[str, float]:
    """Mean of the group, of its communities weighted country by country, and the gap with its intervals."""
    mean, se, df = side(mine, score)
    mix = mine.groupby("country_of_return")["weight"].sum() / mine["weight"].sum()
    each = {code: side(theirs[theirs["country_of_return"] == code], score) for code in mix.index}
    other = sum(mix[code] * each[code][0] for code in each)
    parts = [(se**2, df), *(((mix[code] * each[code][1]) ** 2, each[code][2]) for code in each)]
    # Of the community alone first, then of both sides, as Welch has it for two.
    inner = sum(part for part, _ in parts[1:])
    inner_df = inner**2 / sum(part**2 / of for part, of in parts[1:])
    welch = (se**2 + inner) ** 2 / (se**4 / df + inner**2 / inner_df)
    levels = {95: 1 - 0.05 / family, 66: 0.66}
    ends = {name: stats.t.interval(of, welch, mean - other, (se**2 + inner) ** 0.5) for name, of in levels.items()}
    intervals = {
        f"difference_{end}{level}": ends[level][at] for level in ends for at, end in enumerate(("low", "high"))
    }
    return {"mean": mean, "community": other, "difference": mean - other, **intervals}


@pytest.mark.parametrize(("view", "by", "groups"), CASES)
def test_gaps_are_those_of_the_raw_rows_and_give_nobody_away(
    source: Source, raw: pd.DataFrame, view: View, by: str, groups: tuple[str, ...] | None
) -> None:
    groups = groups or choices(source).corridors
    found, everyone, scores = parity(source, view, Grouping(by, groups), ("composite", "social")), people(raw, view), 2
    everyone_there, exact, family = community(raw, view), [], families(found)
    for place, row in found.rows.iterrows():
        score, marks = row["score"], found.flags.loc[place]
        mine = everyone[(everyone[by] == row[by]) & everyone[score].notna()]
        theirs = everyone_there.dropna(subset=[score])
        n = theirs["country_of_return"].value_counts()
        compared = mine[mine["country_of_return"].isin(n.index[n >= 10])]
        exact.append(len(mine))
        if marks["people"] == "c":
            continue
        if len(compared) == 0:
            assert (marks[["mean", "community", *DIFFERENCE]] == "x").all()
            assert row["coverage"] == 0
        elif len(compared) < 10 or (0 < len(mine) - len(compared) < 10 and len(mine) < 200):
            assert (marks[[*found.values]] == "c").all()
        else:
            assert (marks == "").all()
            assert not differs(row, gap(compared, theirs, score, family[place]))
            assert row["coverage"] == pytest.approx(len(compared) / len(mine), abs=0.0251)
    assert len(exact) == len(groups) * scores
    assert not breaches(found, exact, within=["score"])


@pytest.mark.parametrize("view", [view for view, _, _ in CASES])
def test_the_benchmark_is_that_of_the_raw_rows_and_gives_nobody_away(
    source: Source, raw: pd.DataFrame, view: View
) -> None:
    found, theirs = benchmark(source, view), community(raw, view)
    assert not breaches(found, [theirs[score].notna().sum() for score in SCORES], within=["score"])
    for _, row in found.shown.iterrows():
        known = theirs.dropna(subset=[row["score"]])
        x, w = known[row["score"]], known["weight"]
        wanted = mean(x, w)
        del wanted["sd"]
        told = {name: q for name, q in QUARTILES.items() if len(x) * min(q, 1 - q) >= 10}
        assert not differs(
            row, wanted | {name: np.quantile(x, q, weights=w, method="inverted_cdf") for name, q in told.items()}
        )
    assert has_community(source, view) == (theirs[[*SCORES]].notna().any(axis=1).sum() >= 10) == (len(found.shown) > 0)


def group(n: int, country: str = "AFG", around: float = 0.5, **more: object) -> pd.DataFrame:
    scores = np.linspace(-0.1, 0.1, n) + around if n > 1 else [around]
    who = [f"p{next(_numbers)}" for _ in range(n)]
    facts = {"country_of_return": country, "composite": scores, "wave": 1, "sex": "female", "weight": 1.0}
    return pd.DataFrame({"person": who, **facts, **more})


def local(n: int, country: str = "AFG", around: float = 0.6, **more: object) -> pd.DataFrame:
    return group(n, country, around, respondent="community", band="unclassified", **more)


def of_band(opened: Open, *parts: pd.DataFrame, view: View | None = None) -> Released:
    together = pd.concat(parts, ignore_index=True)
    rows = together.fillna({"band": "forced", "respondent": "returnee"}) if "band" in together else together
    return parity(opened(rows), view or View(), Grouping("band", ("forced",)), ("composite",))


def test_in_one_country_the_gap_is_welchs(opened: Open) -> None:
    mine, theirs = group(40), local(25)
    found = of_band(opened, mine, theirs)
    row = found.rows.iloc[0]
    assert not differs(row, difference(mine["composite"], mine["weight"], theirs["composite"], theirs["weight"], 4))
    welch = stats.ttest_ind(mine["composite"], theirs["composite"], equal_var=False)
    ends = welch.confidence_interval(1 - 0.05 / 4)  # one group, four scores
    assert not differs(row, {"difference_low95": ends.low, "difference_high95": ends.high})
    assert (row["mean"], row["community"], row["coverage"]) == (0.5, 0.6, 1)


def test_communities_are_weighted_to_the_mix_of_the_group(opened: Open) -> None:
    parts = [group(60, "AFG", 0.4), group(20, "IRQ", 0.8), local(10, "AFG", 0.5), local(50, "IRQ", 0.9)]
    row = of_band(opened, *parts).rows.iloc[0]
    assert [row["mean"], row["community"], row["difference"]] == [0.5, 0.6, -0.1]


def test_only_countries_with_a_community_are_compared(opened: Open) -> None:
    parts = [
        group(60, "AFG", 0.4),
        group(40, "IRQ", 0.8),
        group(20, "SOM", 0.9),
        local(10, "AFG"),
        local(9, "IRQ", 0.1),
    ]
    found = of_band(opened, *parts)
    assert found.rows[["people", "mean", "community", "coverage"]].iloc[0].tolist() == [120, 0.4, 0.6, 0.5]


@pytest.mark.parametrize(
    ("parts", "mark"),
    [
        ([group(60)], "x"),
        ([group(60), local(9)], "x"),
        ([group(60), local(30, "IRQ")], "x"),
        ([group(60, "UNK"), local(30, "UNK")], "x"),
        ([group(60, "IRQ"), group(9), local(30)], "x"),
        ([group(60), group(9, "IRQ"), local(30)], "c"),
        ([group(60), group(10, "IRQ"), local(30)], ""),
        ([group(300), group(9, "IRQ"), local(30)], ""),
    ],
)
def test_what_is_compared_and_what_is_left_out_both_reach_the_floor(
    opened: Open, parts: list[pd.DataFrame], mark: str
) -> None:
    found = of_band(opened, *parts)
    assert (found.flags[["mean", "community", *DIFFERENCE]] == mark).all(axis=None)
    assert found.flags["coverage"].tolist() == ["c" if mark == "c" else ""]
    assert found.rows["people"].tolist() == [5 * round(sum(len(part) for part in parts if "band" not in part) / 5)]


def test_sex_and_age_narrow_both_sides_and_the_rest_only_returnees(opened: Open) -> None:
    returnees = [group(30, months=6.0, assistance="cash"), group(30, sex="male")]
    communities = [local(20, sex="female", host="FRA"), local(20, around=0.8, sex="male")]
    source = opened(
        pd.concat([*returnees, *communities]).fillna({"band": "forced", "respondent": "returnee", "host": "DEU"})
    )
    narrowed = View(place="DEU-AFG", assistance="cash", sex="female")
    assert parity(source, narrowed, Grouping("band", ("forced",))).rows["community"].iloc[0] == 0.6
    everyone = without(narrowed, "sex")
    assert parity(source, everyone, Grouping("band", ("forced",))).rows["community"].iloc[0] == 0.7
    assert benchmark(source, everyone, ("composite",)).rows[["people", "mean"]].iloc[0].tolist() == [40, 0.7]
    assert has_community(source, narrowed)


def test_without_community_members_there_is_no_benchmark(opened: Open) -> None:
    for parts in ([group(60)], [group(60), local(9)], [group(60), local(30, "IRQ")]):
        rows = pd.concat(parts).assign(band="forced")
        source = opened(rows if "respondent" not in rows else rows.fillna({"respondent": "returnee"}))
        assert not has_community(source, View())
        found = benchmark(source, View(), ("composite",))
        assert (len(found.shown), found.people) == (0, None)


def test_nobody_in_view_shows_nothing(source: Source) -> None:
    view = View(year="1950")
    assert not breaches(parity(source, view, Grouping("sex", ("female", "male"))), [0] * 8, within=["score"])
    assert not has_community(source, view)


def test_figures_say_what_they_are(source: Source) -> None:
    view = View(place="PAK-AFG")
    gaps, marker = parity(source, view, Grouping("age_group", ("18-24", "25-34"))), benchmark(source, view)
    assert (gaps.name, marker.name) == ("parity-by-age-group", "community-benchmark")
    assert gaps.context == source.context(sentence(view))
    assert marker.context.sentence.endswith(f"in view: {sentence(view)}")
    assert gaps.notes == of_codes(Said.PARITY, Said.TOGETHER, Said.PARITY_LIMITS)
    assert marker.notes == of_codes(Said.COMMUNITY)
    for found in (gaps, marker):
        assert {*found.keys, "people", *found.values} <= {*COLUMN_LABELS}
