import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from statsmodels.stats.multitest import multipletests

from data.engine import Source
from data.estimate import DIFFERENCE
from data.labels import COLUMN_LABELS
from data.release import Released
from data.standardise import Method
from data.summaries.people import choices
from data.summaries.standardised import Verdict, like_for_like, verdict
from data.view import View
from tests.conftest import Open
from tests.data.recount import breaches, differs, people

GROUP, REFERENCE = "DEU-AFG", "DEU-IRQ"


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
    return found.rows[place].iloc[0], found.marks[place].iloc[0]


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
    assert (marks[[*DIFFERENCE, "p"]] == "x").all()
    assert values["coverage"] == pytest.approx(0.35)  # 40 of 110
    assert (row(found, Method.OBSERVED)[1].drop("coverage") == "").all()


def test_half_covered_is_enough(opened: Open) -> None:
    found = compared(opened, {"forced": (20, 0.5), "obliged": (20, 0.4)}, {"forced": (20, 0.5), "solicited": (20, 0.4)})
    assert (row(found, Method.STANDARDISED)[1] == "").all()


def test_fewer_people_compared_than_the_floor_are_confidential(opened: Open) -> None:
    found = compared(opened, {"forced": (8, 0.5), "obliged": (4, 0.4)}, {"forced": (100, 0.5)})
    _, marks = row(found, Method.STANDARDISED)
    assert (marks[[*DIFFERENCE, "p", "coverage"]] == "c").all()
    assert (row(found, Method.OBSERVED)[1].drop("coverage") == "").all()


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


@pytest.mark.parametrize("view", [View(), View(sexes=("female",), years=(2018, 2020))])
def test_figures_are_those_of_the_raw_rows(source: Source, raw: pd.DataFrame, view: View) -> None:
    reference, corridors = "PAK-AFG", ("LBY-NGA", "PAK-AFG", "SAU-ETH")
    found = like_for_like(source, view, corridors, reference)
    p = []
    for corridor in ("LBY-NGA", "SAU-ETH"):
        rows = recounted(raw, corridor, reference, view)
        kinds = ["band", "sex", "age_group", "since", "assisted"]
        used = [kind for _, kind in rows.groupby(kinds) if min(kind["mine"].sum(), (1 - kind["mine"]).sum()) >= 2]
        of_all = sum(map(len, used)) / len(rows)
        values, marks = row(found, Method.STANDARDISED, corridor)
        assert marks["difference"] == ("" if of_all >= 0.5 else "x")
        assert values["coverage"] == pytest.approx(of_all, abs=0.0251)
        if of_all >= 0.5:
            means = [kind.groupby("mine").apply(lambda side: np.average(side["y"], weights=side["w"])) for kind in used]
            apart = np.average([mean[1] - mean[0] for mean in means], weights=[kind["w"].sum() for kind in used])
            assert not differs(values, {"difference": apart})
        terms = " + ".join(kind for kind in kinds if rows[kind].nunique() > 1)
        fit = smf.wls(f"y ~ mine + {terms}", rows, weights=rows["w"]).fit(cov_type="HC1", use_t=True)
        low, high = fit.conf_int().loc["mine"]
        wanted = {"difference": fit.params["mine"], "difference_low95": low, "difference_high95": high}
        assert not differs(row(found, Method.ADJUSTED, corridor)[0], wanted)
        p.append(fit.pvalues["mine"])
        observed = row(found, Method.OBSERVED, corridor)[0]
        sides = [rows[rows["mine"] == side] for side in (1, 0)]
        assert not differs(
            observed, {"difference": np.subtract(*(np.average(side["y"], weights=side["w"]) for side in sides))}
        )
    wanted_p = multipletests(p, method="holm")[1]
    told = found.rows[(found.rows["method"] == Method.ADJUSTED) & (found.rows["corridor"] != reference)]["p"]
    assert told.tolist() == pytest.approx(wanted_p, abs=0.0006)


def test_nobody_is_given_away(source: Source, raw: pd.DataFrame) -> None:
    corridors = choices(source).corridors
    everyone = people(raw, View())
    for reference in ("PAK-AFG", "NLD-MAR"):
        found = like_for_like(source, View(), corridors, reference)
        known = everyone[everyone["composite"].notna()]["corridor"].value_counts()
        assert not breaches(found, known.reindex(found.rows["corridor"], fill_value=0).tolist(), within=["method"])
        if reference == "NLD-MAR":
            assert (found.marks[[*DIFFERENCE, "p", "coverage"]] == "c").all(axis=None)
            assert {verdict(found, corridor) for corridor in corridors} == {None}


def test_what_the_others_are_changes_no_interval(source: Source) -> None:
    few = like_for_like(source, View(), ("LBY-NGA", "PAK-AFG"), "PAK-AFG")
    more = like_for_like(source, View(), ("LBY-NGA", "PAK-AFG", "USA-SLV", "KEN-SOM"), "PAK-AFG")
    for method in Method:
        assert row(few, method, "LBY-NGA")[0][[*DIFFERENCE]].equals(row(more, method, "LBY-NGA")[0][[*DIFFERENCE]])


def test_a_figure_says_what_it_is(source: Source) -> None:
    found = like_for_like(source, View(), ("LBY-NGA", "PAK-AFG"), "PAK-AFG", "social")
    assert {*found.keys, "people", *found.values} <= {*COLUMN_LABELS}
    assert (found.only("corridor", "PAK-AFG").marks.drop(columns="people") == "z").all(axis=None)
    assert row(found, Method.ADJUSTED, "LBY-NGA")[1]["coverage"] == "z"


def test_one_corridor_or_nobody_compares_nothing(source: Source) -> None:
    for view, corridors in ((View(), ("PAK-AFG",)), (View(years=(1950, 1951)), ("PAK-AFG", "LBY-NGA"))):
        assert like_for_like(source, view, corridors, "PAK-AFG").rows["difference"].isna().all()
