from collections.abc import Callable
from itertools import product

import numpy as np
import pandas as pd
import pycountry
import pytest

from data.disclosure import Released
from data.engine import Source
from data.flows.basis import Basis, Unit
from data.flows.schema import Flows, conform
from data.labels import COLUMN_LABELS, OTHER, basis_label, label
from data.notes import Doubt, Note
from data.summaries import movements, returns
from data.view import View
from data.vocabulary import UNKNOWN_COUNTRY
from tests.conftest import Open
from tests.said import in_words

BASIS, REFUGEES = Basis(Unit.RECORDED), Basis(Unit.UNHCR)

YEARS = (2018, 2022)
SIDES = ["host", "country_of_return"]
CODES = sorted(country.alpha_3 for country in pycountry.countries)[:37]


def flows(rows: pd.DataFrame | list[tuple[str, str, int, int | None, str]], category: str = "Returned") -> Flows:
    frame = pd.DataFrame(rows, columns=["host", "country_of_return", "year", "people", "band"])
    return Flows(
        conform(pd.DataFrame({"category": category, "note": "", **frame})),
        "Returns",
        "made",
        doubts=(Note(Doubt.TEXT, text="A doubt."),),
    )


def cells(found: Released) -> dict[tuple[object, ...], int | str]:
    """Each row's count, or the mark in its place, by its keys."""
    keys = found.rows[[*found.keys]].itertuples(index=False, name=None)
    people = zip(found.rows["people"], found.flags["people"], strict=True)
    return {key: mark or int(n) for key, (n, mark) in zip(keys, people, strict=True)}


def as_shown(n: float) -> int | str:
    return "x" if pd.isna(n) else "c" if 0 < n < 10 else int(n)


@pytest.fixture(scope="module")
def many() -> pd.DataFrame:
    """1,331 corridors of 37 countries over the years, with unknown ends, zeros, small and missing counts."""
    random = np.random.default_rng(7)
    pairs = [pair for pair in product([*CODES[:36], UNKNOWN_COUNTRY], CODES) if pair[0] != pair[1]][:1331]
    rows = pd.DataFrame(pairs, columns=SIDES).merge(pd.DataFrame({"year": range(2017, 2024)}), how="cross")
    rows = rows.merge(pd.DataFrame({"band": ["unclassified", "forced", "obliged"]}), how="cross")
    people = random.choice([0, 1, 2, 4, 9, 10, 200], len(rows), p=[0.5, 0.2, 0.1, 0.1, 0.05, 0.03, 0.02])
    return rows.assign(people=pd.Series(people, dtype="Int64").mask(random.random(len(rows)) < 0.3))


@pytest.fixture(scope="module")
def source(many: pd.DataFrame, opened_flows: Open) -> Source:
    return opened_flows(flows(many))


def recount(rows: pd.DataFrame, by: list[str], top: int) -> pd.Series:
    rows = rows[rows["year"].between(*YEARS)].astype({"people": "float64"})
    named = {}
    for side in SIDES:
        totals = rows.groupby(side)["people"].sum().reset_index().sort_values(["people", side], ascending=[False, True])
        named[side] = rows[side].where(rows[side].isin(totals[side].head(top)), OTHER)
    return rows.assign(**named).groupby(by)["people"].sum(min_count=1)


def test_1331_corridors_become_a_matrix_of_the_largest_and_the_rest(many: pd.DataFrame, source: Source) -> None:
    assert len(many[SIDES].drop_duplicates()) == 1331
    found = movements.matrix(source, View(), BASIS, YEARS)
    by_hand = recount(many, SIDES, 8)
    shown = cells(found)
    assert {*shown} == {*by_hand.index}
    assert all(shown[key] == as_shown(n) for key, n in by_hand.items() if shown[key] != "c")
    for side in (0, 1):  # other figures tell the totals of rows and columns
        for code in {key[side] for key in shown}:
            few = [by_hand[key] for key, n in shown.items() if key[side] == code and n == "c"]
            assert not any(0 < n < 10 for n in few) or (sum(few) >= 10 and len(few) > 1)
    assert found.rows[SIDES].nunique().tolist() == [9, 9]
    assert len(found.rows) <= 81
    assert found.people == by_hand.sum()
    assert found.context.sentence == f"Recorded, {basis_label(BASIS)}: All corridors, all bands, 2018–2022"
    assert in_words(found.notes) == ("Other countries are all beyond the 8 with most people, on each side.", "A doubt.")


def test_links_through_the_bands_add_up_to_the_matrix_and_tell_no_small_number(
    many: pd.DataFrame, source: Source
) -> None:
    view = View(place="AFG")
    chosen = many[many["country_of_return"] == "AFG"]
    by_hand = recount(chosen, ["host", "band", "country_of_return"], 8)
    by_hand = by_hand[by_hand > 0]
    found = movements.by_band(source, view, BASIS, YEARS)
    shown = cells(found)
    assert {*shown} == {*by_hand.index}
    assert {n for n in shown.values() if isinstance(n, str)} == {"c"}
    assert all(n in ("c", by_hand[key]) for key, n in shown.items())
    pairs = cells(movements.matrix(source, view, BASIS, YEARS))
    for (host, to), total in pairs.items():
        links = {key: n for key, n in shown.items() if (key[0], key[2]) == (host, to)}
        hidden = [by_hand[key] for key, n in links.items() if n == "c"]
        assert not hidden or total == "c" or (sum(hidden) >= 10 and len(hidden) > 1)
    masked = sum(n == "c" for n in shown.values())
    assert masked > 0
    assert (
        in_words(found.notes)[0] == f"Links left out that are of fewer than 10 people, or would tell of such: {masked}."
    )


@pytest.mark.parametrize(
    ("rest", "shown"), [([4, 5], "c"), ([4, 6], 10), ([0, 0], 0), ([None, None], "x"), ([None, 3], "c")]
)
def test_other_countries_clear_the_floor(opened_flows: Open, rest: list[int | None], shown: int | str) -> None:
    rows = [("DEU", to, 2020, n, "forced") for to, n in zip(["AFG", "GHA", "IRQ"], [90, *rest], strict=True)]
    found = movements.matrix(opened_flows(flows(rows)), View(), BASIS, (2020, 2020), top=1)
    # A lone masked pair takes the other with it, for the total of both is told.
    assert cells(found) == {("DEU", "AFG"): "c" if shown == "c" else 90, ("DEU", OTHER): shown}
    assert label("country_of_return", OTHER) == "Other countries"
    assert found.context.sentence.endswith(", 2020")


def test_two_countries_with_returns_both_ways_have_both(opened_flows: Open) -> None:
    source = opened_flows(flows([("SDN", "SSD", 2020, 50, "forced"), ("SSD", "SDN", 2020, 20, "forced")]))
    assert cells(movements.matrix(source, View(), BASIS, YEARS)) == {("SDN", "SSD"): 50, ("SSD", "SDN"): 20}
    links = cells(movements.by_band(source, View(), BASIS, YEARS))
    assert {*links} == {("SDN", "forced", "SSD"), ("SSD", "forced", "SDN")}


def test_bands_by_year_are_complete_and_in_order(opened_flows: Open) -> None:
    rows = [("DEU", "AFG", 2020, 40, "forced"), ("DEU", "GHA", 2020, None, "unclassified")]
    rows += [("DEU", "AFG", 2022, 9, "obliged"), ("DEU", "IRQ", 2022, 0, "unclassified")]
    found = movements.bands_by_year(opened_flows(flows(rows)), View(), BASIS)
    assert cells(found) == {
        (2020, "obliged"): "x", (2020, "forced"): 40, (2020, "unclassified"): "x",
        (2021, "obliged"): "x", (2021, "forced"): "x", (2021, "unclassified"): "x",  # no line runs through a gap
        (2022, "obliged"): "c", (2022, "forced"): "x", (2022, "unclassified"): 0,
    }  # fmt: skip
    assert [*cells(found)] == [*product([2020, 2021, 2022], ["obliged", "forced", "unclassified"])]


@pytest.mark.parametrize("ask", [movements.matrix, movements.by_band])
def test_a_choice_without_returns_gives_no_rows(recorded: Source, ask: Callable[..., Released]) -> None:
    found = ask(recorded, View(place="DEU-IRQ"), REFUGEES, YEARS)
    assert (len(found.rows), found.people) == (0, 0)


def orders(mixed: bool) -> Flows:
    counted = flows([("DEU", "AFG", 2019, 900, "unclassified")], "ordered to leave").frame
    counted = counted.assign(basis=Unit.EU_ORDERED, returns=False)
    returned = flows([("DEU", "AFG", 2020, 40, "forced")]).frame
    return Flows(pd.concat([counted, returned]) if mixed else counted, "Orders", "made")


def test_what_is_no_return_is_not_counted_with_returns(opened_flows: Open) -> None:
    source = opened_flows(orders(mixed=True))
    assert returns.bases(source) == (BASIS, Basis(Unit.EU_ORDERED, returns=False))  # returns first, though fewer people
    assert returns.years(source, BASIS) == (2020,)
    assert returns.fullest_year(source, BASIS) == 2020
    assert returns.largest(source, View(), BASIS, "corridor", 9) == ("DEU-AFG",)
    assert returns.by_country(source, View(), BASIS, 2019).rows.empty
    assert cells(movements.matrix(source, View(), BASIS, (2019, 2020))) == {("DEU", "AFG"): 40}
    assert cells(movements.bands_by_year(source, View(), BASIS)) == {(2020, "forced"): 40}


def test_a_dataset_without_returns_is_shown_as_what_it_is(opened_flows: Open) -> None:
    source = opened_flows(orders(mixed=False))
    [basis] = returns.bases(source)
    assert not basis.returns
    found = movements.matrix(source, View(), basis, (2019, 2020))
    assert cells(found) == {("DEU", "AFG"): 900}
    assert found.context.sentence == "Recorded, people ordered to leave: All corridors, all bands, 2019–2020"


@pytest.fixture(scope="module")
def interviewed(opened: Open) -> Source:
    """60 people of DEU → AFG in 2020 and 24 in 2021, 12 of DEU → GHA in 2020, 8 of DEU → IRQ, 15 without a year."""
    groups = [("AFG", 2020, 60), ("AFG", 2021, 24), ("GHA", 2020, 12), ("IRQ", 2020, 8), ("AFG", None, 15)]
    rows = [(to, year) for to, year, n in groups for _ in range(n)]
    frame = pd.DataFrame(rows, columns=["country_of_return", "return_year"])
    frame = frame.assign(person=[f"p{n}" for n in range(len(frame))], wave=1, composite=0.5)
    return opened(pd.concat([frame, frame.assign(wave=2)]))  # two interviews each: people are counted, not rows


@pytest.fixture(scope="module")
def official(opened_flows: Open) -> Source:
    return opened_flows(flows([
        ("DEU", "AFG", 2020, 2000, "forced"), ("DEU", "AFG", 2020, 2000, "obliged"), ("DEU", "AFG", 2021, 0, "forced"),
        ("DEU", "GHA", 2020, 5, "forced"), ("DEU", "IRQ", 2020, 800, "forced"),
    ]))  # fmt: skip


def test_coverage_sets_the_interviewed_beside_the_recorded(interviewed: Source, official: Source) -> None:
    found = movements.coverage(interviewed, View(), official, BASIS)
    expected = {
        ("DEU-AFG", 2020): (60, 4000, 15.0), ("DEU-AFG", 2021): (25, 0, "x"),
        ("DEU-GHA", 2020): (10, "c", "c"), ("DEU-GHA", 2021): ("c", "c", "c"),
    }  # fmt: skip
    columns = ["people", "recorded", "per_thousand"]
    by_key = zip(
        found.rows[[*found.keys]].itertuples(index=False, name=None),
        found.rows[columns].itertuples(index=False, name=None),
        found.flags[columns].itertuples(index=False, name=None),
        strict=True,
    )
    shown = {key: tuple(mark or n for n, mark in zip(row, marks, strict=True)) for key, row, marks in by_key}
    assert shown == expected
    assert found.people == 95  # 94 with a year, on two corridors with people enough
    assert found.context.sentence == "All corridors, all bands"
    assert found.context.source == "made for a test; made"
    assert found.context.version == f"{interviewed.version}+{official.version}"
    assert in_words(found.notes)[0] == f"Recorded is: {basis_label(BASIS)}."
    assert in_words(found.notes)[1].startswith("Sources count differently")
    assert in_words(found.notes)[2:] == ("A doubt.",)


def test_coverage_follows_the_view(interviewed: Source, official: Source) -> None:
    view = View(place="DEU-AFG", band="forced", year="2020")
    [row] = movements.coverage(interviewed, view, official, BASIS).rows.to_dict("records")
    assert row == {"corridor": "DEU-AFG", "year": 2020, "people": 60, "recorded": 2000.0, "per_thousand": 30.0}


def test_coverage_of_years_that_nobody_recorded(interviewed: Source, recorded: Source) -> None:
    found = movements.coverage(interviewed, View(), recorded, REFUGEES)
    assert found.flags["per_thousand"].isin(["x", "c"]).all()
    assert found.rows["people"].notna().any()


def test_every_column_has_words(interviewed: Source, official: Source) -> None:
    for found in (
        movements.coverage(interviewed, View(), official, BASIS),
        movements.matrix(official, View(), BASIS, YEARS),
        movements.by_band(official, View(), BASIS, YEARS),
        movements.bands_by_year(official, View(), BASIS),
    ):
        assert [*found.rows] == [*found.keys, "people", *found.values]
        assert {*found.rows} <= {*COLUMN_LABELS}
