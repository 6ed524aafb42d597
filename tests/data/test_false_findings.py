"""Where a label means nothing, the figures of a page seldom say that it does: in one of twenty cohorts at most.

Cohorts are made in which corridor, band and assistance are given to people by lot and the answers of two waves are
noise. A finding is then false. The figures of a page are taken together: any interval of 95% that leaves out zero.
"""

from typing import Final, NamedTuple

import numpy as np
import pandas as pd
import pytest

from data.disclosure import Released
from data.estimate import DIFFERENCE, SUMS, differences, intervals, means, together
from data.grouping import Grouping
from data.standardise import Method, adjusted, standardised
from data.summaries.comparison import compare
from data.summaries.moved import what_moved
from data.summaries.standardised import KINDS, like_for_like
from data.summaries.trend import SLOPE, _line, trend
from data.view import View
from data.vocabulary import BANDS, CATEGORIES, POINTS
from tests.conftest import Open
from tests.data.recount import differs

SEEDS, PEOPLE = 100, 450
CORRIDORS = tuple(f"{host}-{country}" for host in ("DEU", "FRA", "NLD") for country in ("AFG", "IRQ", "NGA"))
GROUPS = {"corridor": CORRIDORS, "band": tuple(map(str, BANDS)), "assistance": tuple(CATEGORIES["assistance"])}
ENDS = [*DIFFERENCE]


class Figures(NamedTuple):
    """Differences of all cohorts, each by itself, and how many may be looked at in the figure of a cohort."""

    alone: pd.DataFrame
    family: pd.Series

    @property
    def shown(self) -> pd.DataFrame:
        return together(self.alone, self.family, prefix="difference_")


@pytest.fixture(scope="module")
def cohorts() -> pd.DataFrame:
    """All people of all cohorts (`seed`), who differ by sex and age and not by what the lot gave them."""
    rng = np.random.default_rng(95)
    n = SEEDS * PEOPLE
    drawn = {name: rng.choice([*of], n) for name, of in GROUPS.items()}
    sex, age = rng.choice(["female", "male"], n), rng.choice(["18-24", "25-34", "35-49"], n)
    score = (rng.beta(4, 4, n) + 0.15 * (sex == "male") - 0.1 * (age == "18-24")).clip(0, 1)
    facts = {"sex": sex, "age_group": age, "months": rng.choice([6.0, 18.0, 30.0], n), "composite": score}
    made = pd.DataFrame({"seed": np.repeat(np.arange(SEEDS), PEOPLE), **drawn, **facts})
    return made.assign(weight=rng.lognormal(0, 0.5, n))


@pytest.fixture(scope="module")
def answers() -> np.ndarray:
    """Points of all people at two waves: wave, seed, person and element."""
    return np.random.default_rng(96).integers(0, 5, (2, SEEDS, PEOPLE, len(POINTS))) / 4


def sums(x: np.ndarray | pd.Series, w: np.ndarray | pd.Series) -> dict[str, np.ndarray | pd.Series]:
    """What each person adds to each of `SUMS`."""
    return dict(zip(SUMS, (0 * x + 1, w, w**2, w * x, w * x**2, w**2 * x, w**2 * x**2), strict=True))


def grouped(cohorts: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    terms = cohorts[keys].assign(**sums(cohorts["composite"], cohorts["weight"]), heaviest=cohorts["weight"])
    found = terms.groupby(keys, as_index=False).agg({**dict.fromkeys(SUMS, "sum"), "heaviest": "max"})
    return found.assign(people_seed=0, interviews_seed=0, score="composite")  # told without noise


def compared(cohorts: pd.DataFrame, by: str) -> Figures:
    """The first group against each other one, as `compare` has them for one of four scores."""
    groups = GROUPS[by]
    cells = grouped(cohorts, ["seed", by])
    assert len(cells) == SEEDS * len(groups)
    assert cells["n"].min() >= 10
    estimates = cells.join(means(cells))
    base = estimates[estimates[by] == groups[0]].set_index("seed").loc[cells["seed"]]
    apart = cells[["seed", by]].join(differences(estimates, base))[cells[by] != groups[0]]
    return Figures(apart, pd.Series(4 * (len(groups) - 1), apart.index))


def alike(cohorts: pd.DataFrame) -> Figures:
    """Each corridor against the first by each method, as `like_for_like` has them for one of four scores."""
    since = cohorts["months"].map({6.0: "0", 18.0: "1", 30.0: "2"})
    facts = cohorts.assign(since_return=since, assisted=(cohorts["assistance"] != "none").astype("str"))
    cells = grouped(facts, ["seed", "corridor", *KINDS])
    quick = cells.astype(dict.fromkeys(KINDS, "category"))  # which the regression takes apart sooner
    by_seed = [
        adjusted(*_sides(of), "corridor", [*KINDS]).assign(seed=seed).set_index("seed", append=True)
        for seed, of in quick.groupby("seed")
    ]
    methods = {Method.OBSERVED: compared(cohorts, "corridor").alone, Method.STANDARDISED: _standardised(cells),
               Method.ADJUSTED: pd.concat(by_seed).reset_index()}  # fmt: skip
    told = pd.concat([of.assign(method=method) for method, of in methods.items()], ignore_index=True)
    told = told.dropna(subset="difference").reset_index(drop=True)
    return Figures(told, 4 * told.groupby(["seed", "method"])["difference"].transform("size"))


def _sides(cells: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return cells[cells["corridor"] != CORRIDORS[0]], cells[cells["corridor"] == CORRIDORS[0]]


def _standardised(cells: pd.DataFrame) -> pd.DataFrame:
    """All cohorts at once, the cohort being part of a kind, on as many characteristics as cover half of the people."""
    cells = cells.assign(corridor=cells["seed"].astype("str") + ":" + cells["corridor"])
    n = cells.groupby("corridor")["n"].sum()
    found: list[pd.DataFrame] = []
    for size in (5, 4, 3, 2, 1):
        kinds = ["seed", *[*KINDS][:size]]
        sides = cells.groupby(["corridor", *kinds], as_index=False)[[*SUMS]].sum()
        is_base = sides["corridor"].str.endswith(CORRIDORS[0])
        each = standardised(sides[~is_base], sides[is_base], "corridor", kinds)
        each["seed"], names = each.index.str.split(":").str[0].astype(int), each.index.str.split(":").str[1]
        # The base of the one cohort, where `standardised` has that of all.
        base = n.reindex(each["seed"].astype("str") + ":" + CORRIDORS[0]).to_numpy()
        compared_people = each["everyone"] - each["left_out"]
        enough = (2 * compared_people >= n.reindex(each.index) + base) & (each["used"] >= 10)
        found.append(each.assign(corridor=names)[enough])
    every = pd.concat(found)
    return every[~every.index.duplicated()]


def slopes(cohorts: pd.DataFrame) -> Figures:
    """The slope along the bands, as `trend` has it, here called a difference; of four scores."""
    cells = grouped(cohorts, ["seed", "band"])
    cells["band"] = pd.Categorical(cells["band"], GROUPS["band"])
    cells = cells.sort_values(["seed", "band"]).astype({"band": "str"})
    lines = pd.DataFrame([{"seed": seed, **_line(of, GROUPS["band"])} for seed, of in cells.groupby("seed")])
    lines = lines.rename(columns={"slope": "difference"})
    return Figures(
        lines.join(intervals(lines["difference"], lines["se"], lines["df"]).add_prefix("difference_")),
        pd.Series(4, lines.index),
    )


def changed(cohorts: pd.DataFrame, answers: np.ndarray) -> Figures:
    """The change of each element in one group, as `what_moved` has it."""
    weight = cohorts["weight"].to_numpy().reshape(SEEDS, PEOPLE, 1)
    each = {name: of.sum(axis=1).ravel() for name, of in sums(answers[1] - answers[0], weight + 0 * answers[0]).items()}
    names = {"seed": np.repeat(np.arange(SEEDS), len(POINTS)), "element": [*POINTS] * SEEDS}
    found = means(pd.DataFrame(each)).rename(columns={"mean": "difference"})
    found = found.rename(columns={end: f"difference_{end}" for end in ("low95", "high95", "low66", "high66")})
    return Figures(pd.DataFrame(names).join(found), pd.Series(len(POINTS), found.index))


def found_anything(*figures: pd.DataFrame) -> float:
    """In what share of cohorts any of the 95% intervals of the figures leaves out zero."""
    page = pd.concat(figures)
    false = (page["difference_low95"] > 0) | (page["difference_high95"] < 0)
    return float(false.groupby(page["seed"]).any().mean())


@pytest.fixture(scope="module")
def pages(cohorts: pd.DataFrame, answers: np.ndarray) -> dict[str, list[Figures]]:
    return {
        "corridors": [compared(cohorts, "corridor"), alike(cohorts)],
        "spectrum": [compared(cohorts, "band"), slopes(cohorts)],
        "assistance": [compared(cohorts, "assistance")],
        "what moved": [changed(cohorts, answers)],
    }


UNADJUSTED: Final = {"corridors": 0.3, "spectrum": 0.15, "assistance": 0.2, "what moved": 0.6}
"""Without the widening, pages would say something false at least this often: the cohorts could show it."""


@pytest.mark.parametrize("page", [*UNADJUSTED])
def test_a_label_that_means_nothing_is_seldom_said_to_mean_something(
    pages: dict[str, list[Figures]], page: str
) -> None:
    alone = found_anything(*(figure.alone for figure in pages[page]))
    shown = found_anything(*(figure.shown for figure in pages[page]))
    rates = f"{page}: {alone:.0%} of cohorts with a false finding if each interval stood alone, {shown:.0%} as shown"
    print(rates)  # noqa: T201 - for `pytest -rP`: what the widening is worth
    assert alone > UNADJUSTED[page]
    assert shown <= 0.05


def agrees(found: Released, wanted: pd.DataFrame, keys: list[str], names: list[str]) -> None:
    """Every difference shown is the wanted one, and no wanted one is missing."""
    rows = found.rows.dropna(subset=names[0]).set_index(keys)
    assert len(rows) == len(wanted)
    for _, row in wanted.iterrows():
        values = dict(zip(names, row[ENDS], strict=True))
        assert not differs(rows.loc[tuple(row[keys]) if len(keys) > 1 else row[keys[0]]], values)


@pytest.mark.parametrize("seed", [0, 1])
def test_the_figures_of_a_cohort_are_these(
    opened: Open, cohorts: pd.DataFrame, answers: np.ndarray, pages: dict[str, list[Figures]], seed: int
) -> None:
    people = cohorts[cohorts["seed"] == seed].reset_index(drop=True)
    ends = people["corridor"].str.split("-", expand=True)
    people = people.assign(
        person=[f"p{place}" for place in range(PEOPLE)], host=ends[0], country_of_return=ends[1]
    ).drop(columns=["seed", "corridor"])
    waves = [people.join(pd.DataFrame(answers[wave, seed], columns=[*POINTS])).assign(wave=wave + 1) for wave in (0, 1)]
    source, score = opened(pd.concat([waves[0].assign(composite=0.5), waves[1]])), ("composite",)
    wanted = {page: [figure.shown[lambda of: of["seed"] == seed] for figure in of] for page, of in pages.items()}
    for page, by in (("corridors", "corridor"), ("spectrum", "band"), ("assistance", "assistance")):
        groups = GROUPS[by]
        agrees(compare(source, View(), Grouping(by, groups), groups[0], score), wanted[page][0], [by], ENDS)
    like = like_for_like(source, View(), CORRIDORS, CORRIDORS[0])
    agrees(like, wanted["corridors"][1], ["corridor", "method"], ENDS)
    agrees(trend(source, View(), score), wanted["spectrum"][1].assign(score="composite"), ["score"], [*SLOPE])
    moved = what_moved(source, View(), Grouping("cohort", ("Cohort 1",)), (1, 2), "element")
    agrees(moved, wanted["what moved"][0], ["element"], ENDS)
