import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from scipy import stats

from data.disclosure import Released
from data.engine import Source
from data.estimate import DIFFERENCE
from data.labels import COLUMN_LABELS
from data.notes import Said
from data.standardise import Method
from data.summaries.offered import choices
from data.summaries.standardised import Verdict, like_for_like, verdict
from data.view import View
from tests.conftest import Open
from tests.data.recount import breaches, difference, differs, kish, people
from tests.said import in_words, of_codes

GROUP, REFERENCE = "DEU-AFG", "DEU-IRQ"
KINDS = ["band", "since", "sex", "age_group", "assisted"]


def group(name: str, country: str, kinds: dict[str, tuple[int, float]], spread: float = 0.05) -> pd.DataFrame:
    """People of one corridor: of each band so many, with that mean score."""
    band = np.repeat([*kinds], [n for n, _ in kinds.values()])
    around = np.concatenate([np.linspace(-spread, spread, n) + mean for n, mean in kinds.values()])
    who = [f"{name}{place}" for place in range(len(band))]
    facts = {"sex": "male", "age_group": "25-34", "months": 6.0, "assistance": "none", "wave": 1}
    return pd.DataFrame({"person": who, "country_of_return": country, "band": band, "composite": around, **facts})


def compared(opened: Open, mine: dict[str, tuple[int, float]], theirs: dict[str, tuple[int, float]]) -> Released:
    both = pd.concat([group("a", "AFG", mine), group("b", "IRQ", theirs)], ignore_index=True)
    return like_for_like(opened(both), View(), (GROUP, REFERENCE), REFERENCE)


def row(found: Released, method: Method, corridor: str = GROUP) -> tuple[pd.Series, pd.Series]:
    place = (found.rows["corridor"] == corridor) & (found.rows["method"] == method)
    return found.rows[place].iloc[0], found.flags[place].iloc[0]


def test_a_planted_confounder_turns_the_ranking_round(opened: Open) -> None:
    found = compared(
        opened, {"forced": (80, 0.45), "voluntary": (20, 0.75)}, {"forced": (20, 0.4), "voluntary": (80, 0.7)}
    )
    assert row(found, Method.OBSERVED)[0]["difference"] == pytest.approx(-0.13)
    for method in (Method.STANDARDISED, Method.ADJUSTED):
        assert row(found, method)[0]["difference"] == pytest.approx(0.05)
        assert row(found, method)[0]["difference_low95"] > 0
    assert row(found, Method.STANDARDISED)[0]["coverage"] == 1
    assert verdict(found, GROUP) is Verdict.SIGN_CHANGES
    assert verdict(found, REFERENCE) is None


@pytest.mark.parametrize(
    ("mine", "theirs", "wanted"),
    [
        ({"forced": (50, 0.5)}, {"forced": (50, 0.4)}, Verdict.SAME),
        ({"forced": (50, 0.5)}, {"forced": (50, 0.5)}, Verdict.SAME),
        (
            {"forced": (80, 0.4), "voluntary": (20, 0.7)},
            {"forced": (20, 0.4), "voluntary": (80, 0.7)},
            Verdict.LOSES_CLARITY,
        ),
        (
            {"forced": (67, 0.5), "voluntary": (33, 0.8)},
            {"forced": (33, 0.4), "voluntary": (67, 0.7)},
            Verdict.GAINS_CLARITY,
        ),
        ({"forced": (50, 0.5)}, {"voluntary": (50, 0.4)}, None),
    ],
)
def test_the_verdict(
    opened: Open, mine: dict[str, tuple[int, float]], theirs: dict[str, tuple[int, float]], wanted: Verdict | None
) -> None:
    assert verdict(compared(opened, mine, theirs), GROUP) is wanted


def test_below_half_covered_there_is_no_like_for_like_figure(opened: Open) -> None:
    found = compared(opened, {"forced": (20, 0.5), "obliged": (40, 0.4)}, {"forced": (20, 0.5), "solicited": (30, 0.4)})
    values, marks = row(found, Method.STANDARDISED)
    assert (marks[[*DIFFERENCE, "p", "alike_in"]] == "x").all()
    assert values["coverage"] == pytest.approx(0.35)  # 40 of 110
    assert (row(found, Method.OBSERVED)[1].drop(["coverage", "alike_in"]) == "").all()


def test_half_covered_is_enough(opened: Open) -> None:
    found = compared(opened, {"forced": (20, 0.5), "obliged": (20, 0.4)}, {"forced": (20, 0.5), "solicited": (20, 0.4)})
    assert (row(found, Method.STANDARDISED)[1] == "").all()


def test_fewer_people_compared_than_the_floor_are_confidential(opened: Open) -> None:
    found = compared(opened, {"forced": (8, 0.5), "obliged": (4, 0.4)}, {"forced": (100, 0.5)})
    _, marks = row(found, Method.STANDARDISED)
    assert (marks[[*DIFFERENCE, "p", "coverage", "alike_in"]] == "c").all()
    assert (row(found, Method.OBSERVED)[1].drop(["coverage", "alike_in"]) == "").all()


@pytest.mark.parametrize(("others", "mark"), [(95, "c"), (195, "")])
def test_coverage_does_not_tell_of_fewer_people_than_the_floor(opened: Open, others: int, mark: str) -> None:
    found = compared(opened, {"forced": (20, 0.5), "obliged": (4, 0.4)}, {"forced": (others, 0.5)})
    values, marks = row(found, Method.STANDARDISED)
    assert (marks[[*DIFFERENCE, "p"]] == "").all()
    assert marks["coverage"] == mark
    assert values["coverage"] == 1 or mark


def recounted(raw: pd.DataFrame, corridor: str, reference: str, view: View) -> pd.DataFrame:
    rows = people(raw, view)
    rows = rows[rows["corridor"].isin([corridor, reference]) & rows["composite"].notna()].reset_index(drop=True)
    since = pd.cut(rows["months"], [0, 12, 24, np.inf], right=False).astype("str").fillna("missing")
    assisted = rows["assistance"].ne("none").astype("str").where(rows["assistance"].notna(), "missing")
    known = rows[["band", "sex", "age_group"]].fillna("missing")
    facts = {"y": rows["composite"], "w": rows["weight"], "mine": (rows["corridor"] == corridor).astype("float64")}
    return known.assign(since=since, assisted=assisted, **facts)


def usable(rows: pd.DataFrame, kinds: list[str]) -> pd.DataFrame:
    """The people of kinds with at least two people in each corridor."""
    least = rows.groupby(kinds)["mine"].transform(lambda mine: min(mine.sum(), (1 - mine).sum()))
    return rows[least >= 2]


def compared_on(rows: pd.DataFrame) -> list[str]:
    """The characteristics that leave half of the people, and ten of each corridor, in usable kinds; [] if none do."""
    for size in (5, 4, 3, 2, 1):
        used = usable(rows, KINDS[:size])
        if len(used) >= len(rows) / 2 and used["mine"].value_counts().reindex([0, 1], fill_value=0).min() >= 10:
            return KINDS[:size]
    return []


def alike(rows: pd.DataFrame, kinds: list[str], family: int) -> dict[str, float]:
    """The difference standardised over `kinds` with its intervals, kind by kind from the people."""
    used = usable(rows, kinds)
    variances, dfs, apart = [], [], 0.0
    for (*_, side), of in used.groupby([*kinds, "mine"]):
        w = of["w"] / of["w"].sum()
        share = used.loc[(used[kinds] == of[kinds].iloc[0]).all(axis=1), "w"].sum() / used["w"].sum()
        mean, known = np.average(of["y"], weights=w), kish(w)
        variances.append(share**2 * (w**2 @ (of["y"] - mean) ** 2) * known / (known - 1))
        dfs.append(known - 1)
        apart += share * mean * (1 if side else -1)
    # Satterthwaite's degrees of freedom of the sum of all.
    df, se = sum(variances) ** 2 / sum(np.square(variances) / dfs), sum(variances) ** 0.5
    levels = {95: 1 - 0.05 / family, 66: 0.66}
    ends = {name: stats.t.interval(level, df, apart, se) for name, level in levels.items()}
    told = {f"difference_{end}{name}": ends[name][at] for name in ends for at, end in enumerate(("low", "high"))}
    return {"difference": apart, **told, "p": min(1.0, 2 * family * stats.t.sf(abs(apart) / se, df))}


def by_regression(rows: pd.DataFrame, family: int) -> dict[str, float]:
    terms = " + ".join(kind for kind in KINDS if rows[kind].nunique() > 1)
    fit = smf.wls(f"y ~ mine + {terms}", rows, weights=rows["w"]).fit(cov_type="HC0")
    known, apart = kish(rows["w"]), fit.params["mine"]
    df = known - len(fit.params)
    se = fit.bse["mine"] * (known / df) ** 0.5
    low, high = stats.t.interval(1 - 0.05 / family, df, apart, se)
    p = min(1.0, 2 * family * stats.t.sf(abs(apart) / se, df))
    return {"difference": apart, "difference_low95": low, "difference_high95": high, "p": p}


@pytest.mark.parametrize("view", [View(), View(sex="female", year="2020")])
def test_figures_are_those_of_the_raw_rows(source: Source, raw: pd.DataFrame, view: View) -> None:
    reference, corridors = "PAK-AFG", ("LBY-NGA", "PAK-AFG", "SAU-ETH", "DEU-IRQ")
    found = like_for_like(source, view, corridors, reference)
    told = found.flags["difference"] == ""
    family = {method: 4 * int(told[found.rows["method"] == method].sum()) for method in Method}
    assert min(family.values()) >= 4
    for corridor in {*corridors} - {reference}:
        rows = recounted(raw, corridor, reference, view)
        kinds = compared_on(rows)
        values, marks = row(found, Method.STANDARDISED, corridor)
        assert (marks["difference"] == "") == bool(kinds)
        if kinds:
            assert values["alike_in"] == len(kinds)
            assert not differs(values, alike(rows, kinds, family[Method.STANDARDISED]))
        covered = len(usable(rows, kinds or KINDS)) / len(rows)
        assert values["coverage"] == pytest.approx(covered, abs=0.0251) or marks["coverage"]
        assert not differs(row(found, Method.ADJUSTED, corridor)[0], by_regression(rows, family[Method.ADJUSTED]))
        sides = [rows[rows["mine"] == side] for side in (1, 0)]
        wanted = difference(*(side[name] for side in sides for name in ("y", "w")), family[Method.OBSERVED])
        assert not differs(row(found, Method.OBSERVED, corridor)[0], wanted)


@pytest.fixture(scope="module")
def of_many_kinds() -> pd.DataFrame:
    """60 people of one corridor and 200 of another, of 120 kinds, so that hardly anyone has a match in all five."""
    rng = np.random.default_rng(12)
    n, facts = 260, {"wave": 1, "respondent": "returnee", "host": "DEU"}
    codes = {"band": ["obliged", "forced"], "sex": ["female", "male"], "assistance": ["none", "cash"],
             "age_group": ["0-17", "18-24", "25-34", "35-49", "50+"], "months": [3.0, 15.0, 30.0]}  # fmt: skip
    made = pd.DataFrame({name: rng.choice(of, n) for name, of in codes.items()}).assign(**facts)
    country = np.where(np.arange(n) < 60, "AFG", "IRQ")
    who = {"person": [f"p{place}" for place in range(n)], "interview": range(n), "cohort": "Cohort 1"}
    where = {"country_of_return": country, "corridor": "DEU-" + country.astype(object)}
    return made.assign(**who, **where, weight=rng.uniform(0.5, 2, n), composite=rng.beta(4, 4, n).round(3))


def test_a_small_corridor_of_many_kinds_is_compared_on_fewer_characteristics(
    opened: Open, of_many_kinds: pd.DataFrame
) -> None:
    found = like_for_like(opened(of_many_kinds), View(), (GROUP, REFERENCE), REFERENCE)
    rows = recounted(of_many_kinds, GROUP, REFERENCE, View())
    assert [len(usable(rows, KINDS[:size])) < len(rows) / 2 for size in (5, 4, 3)] == [True, True, False]
    values, marks = row(found, Method.STANDARDISED)
    assert (marks == "").all()
    assert (values["alike_in"], values["coverage"]) == (3, 1)
    assert not differs(values, alike(rows, ["band", "since", "sex"], family=4))
    assert in_words(found.notes)[0] == (
        "Germany → Afghanistan: compared on band, time since return and sex only, for want of people alike in all "
        "five characteristics."
    )
    # The regression keeps all five.
    assert not differs(row(found, Method.ADJUSTED)[0], by_regression(rows, family=4))


def test_where_all_five_will_do_no_note_is_made(opened: Open) -> None:
    found = compared(opened, {"forced": (50, 0.5)}, {"forced": (50, 0.4)})
    assert row(found, Method.STANDARDISED)[0]["alike_in"] == 5
    assert found.notes == of_codes(Said.LIKE_FOR_LIKE, Said.COVERAGE, Said.REGRESSION, Said.NOT_REMOVED, Said.TOGETHER)


def test_no_score_has_a_say_in_what_people_are_compared_on(opened: Open, of_many_kinds: pd.DataFrame) -> None:
    chosen = [
        row(like_for_like(opened(of_many_kinds.assign(composite=of)), View(), (GROUP, REFERENCE), REFERENCE),
            Method.STANDARDISED)[0]
        for of in (of_many_kinds["composite"], *(of_many_kinds["composite"].sample(frac=1, random_state=seed).to_numpy()
                                                 for seed in range(4)))
    ]  # fmt: skip
    assert {(of["alike_in"], of["coverage"]) for of in chosen} == {(3, 1)}
    assert len({of["difference"] for of in chosen}) > 1


def test_nobody_is_given_away(source: Source, raw: pd.DataFrame) -> None:
    corridors = choices(source).corridors
    view = View(band="solicited")
    everyone = people(raw, view)
    for reference in ("PAK-AFG", "SAU-ETH"):
        found = like_for_like(source, view, corridors, reference)
        known = everyone[everyone["composite"].notna()]["corridor"].value_counts()
        assert not breaches(found, known.reindex(found.rows["corridor"], fill_value=0).tolist(), within=["method"])
        if reference == "SAU-ETH":
            assert (found.flags[[*DIFFERENCE, "p", "coverage", "alike_in"]] == "c").all(axis=None)
            assert {verdict(found, corridor) for corridor in corridors} == {None}


def test_what_the_others_are_changes_no_figure_but_the_width_of_intervals(source: Source) -> None:
    few = like_for_like(source, View(), ("LBY-NGA", "PAK-AFG"), "PAK-AFG")
    more = like_for_like(source, View(), ("LBY-NGA", "PAK-AFG", "USA-SLV", "KEN-SOM"), "PAK-AFG")
    for method in Method:
        one, other = (row(found, method, "LBY-NGA")[0] for found in (few, more))
        same = ["difference", "difference_low66", "difference_high66", "coverage", "alike_in"]
        assert one[same].equals(other[same])
        wide = [of["difference_high95"] - of["difference_low95"] for of in (one, other)]
        assert wide[1] > 1.05 * wide[0]


def test_a_figure_says_what_it_is(source: Source) -> None:
    found = like_for_like(source, View(), ("LBY-NGA", "PAK-AFG"), "PAK-AFG", "social")
    assert {*found.keys, "people", *found.values} <= {*COLUMN_LABELS}
    assert (found.only("corridor", "PAK-AFG").flags.drop(columns="people") == "z").all(axis=None)
    assert row(found, Method.ADJUSTED, "LBY-NGA")[1]["coverage"] == "z"


def test_one_corridor_or_nobody_compares_nothing(source: Source) -> None:
    for view, corridors in ((View(), ("PAK-AFG",)), (View(year="1950"), ("PAK-AFG", "LBY-NGA"))):
        assert like_for_like(source, view, corridors, "PAK-AFG").rows["difference"].isna().all()
