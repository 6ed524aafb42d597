"""Tagged tables that count the same people more than once: administrative levels, rounds, years. Invented numbers."""

from pathlib import Path

import pytest

from data.flows import Basis, Flows, Unit, by_basis
from data.flows.hxl import hxl_choices, read_hxl
from data.flows.left_out import LeftOut, Reason
from data.labels import basis_label
from data.reading import read_table
from tests.said import in_words

FIXTURE = (Path(__file__).parents[1] / "fixtures" / "flows_hxl_levels.csv").read_text()
HEAD = FIXTURE.splitlines()[:2]
RETURNS = (
    "where,code,place,people,when,round\n#country+name,#country+code,#adm1+name,#affected+returnees,#date,#round\n"
)


def read(text: str, **choices: str) -> Flows:
    return read_hxl(read_table(text.encode(), "tagged.csv").frame, choices)


def by_year(flows: Flows) -> dict[int, int]:
    return {int(year): int(people) for year, people in flows.frame.groupby("year")["people"].sum().items()}


def test_one_level_and_the_latest_round_of_each_stock() -> None:
    """By hand: at country level 2016 has the earthquake's second round (900) and the hurricane (400); 2017 round 10."""
    flows = read(FIXTURE)
    assert by_year(flows) == {2016: 1300, 2017: 300}
    assert flows.left_out == (
        LeftOut(Reason.OTHER_LEVEL, 6, 2500, ("Haiti",)),
        LeftOut(Reason.OTHER_ROUND, 2, 1350, ("Haiti",)),
    )
    assert flows.frame["people"].sum() + 2500 + 1350 == sum(
        int(line.split(",")[6]) for line in FIXTURE.splitlines()[2:]
    )
    assert any("what is read: whole countries (adm0)." in doubt for doubt in in_words(flows.doubts))
    assert any("years must not be added" in doubt for doubt in in_words(flows.doubts))


def test_another_level_may_be_chosen() -> None:
    (choice,) = hxl_choices(read_table(FIXTURE.encode(), "tagged.csv").frame)
    assert (choice.key, [*choice.options], choice.default) == ("level", ["adm0", "adm1", "adm2"], "adm0")
    assert by_year(read(FIXTURE, level="adm1")) == {2016: 1300, 2017: 300}
    assert by_year(read(FIXTURE, level="adm2")) == {2016: 900}
    with pytest.raises(ValueError, match="choose one of adm0, adm1, adm2, not 'adm7'"):
        read(FIXTURE, level="adm7")


def test_a_level_that_lacks_an_operation_is_not_read() -> None:
    """Without the hurricane's row for the whole country the first level is the coarsest that has everyone."""
    lines = [line for line in FIXTURE.splitlines() if not line.startswith("Hurricane,Haiti,HTI,,,")]
    assert by_year(read("\n".join(lines))) == {2016: 1300, 2017: 300}
    flows = read("\n".join(lines))
    assert any("what is read: adm1." in doubt for doubt in in_words(flows.doubts))


def test_where_no_level_has_everyone_the_reader_is_asked() -> None:
    lines = [
        line
        for line in FIXTURE.splitlines()
        if not line.startswith("Hurricane") or line.startswith("Hurricane,Haiti,HTI,,,")
    ]
    country_only = "Flood,Chad,TCD,,,,50,2016-12-31,2016,1,Flood,,Active"
    place_only = "Flood,Mali,MLI,Gao,ML7,,70,2016-12-31,2016,1,Flood,,Active"
    text = "\n".join([*lines, country_only, place_only])
    with pytest.raises(ValueError, match=r"several administrative levels \(adm0, adm1, adm2\).*say which is read"):
        read(text)
    assert by_year(read(text, level="adm0")) == {2016: 1350, 2017: 300}


def test_rows_without_a_place_beside_more_people_in_places_are_no_country_total() -> None:
    rows = [
        "Flood,Chad,TCD,Lac,TD07,,500,2016-12-31,2016,1,Flood,,Active",
        "Flood,Chad,TCD,,,,20,2016-12-31,2016,1,Flood,,Active",
    ]
    with pytest.raises(ValueError, match="it is not clear that one of them counts everyone"):
        read("\n".join([*HEAD, *rows]))


def test_places_of_one_level_add_up() -> None:
    rows = [line for line in FIXTURE.splitlines()[2:] if line.split(",")[3] and not line.split(",")[5]]
    flows = read("\n".join([*HEAD, *rows]))
    assert by_year(flows) == {2016: 1300, 2017: 300}
    assert flows.left_out == ()


def test_without_round_numbers_the_latest_date_counts() -> None:
    bare = "\n".join(
        ",".join(cell for place, cell in enumerate(line.split(",")) if place != 9) for line in FIXTURE.splitlines()
    )
    assert by_year(read(bare)) == {2016: 1300, 2017: 300}


def test_a_stock_says_so_in_its_basis() -> None:
    [basis] = by_basis(read(FIXTURE))
    assert basis == Basis(Unit.DISPLACED, returns=False, stock=True)
    assert basis_label(basis) == "displaced people, at the latest count of a year"
    head = RETURNS.replace(",round", "").replace(",#round", "")
    flow = read(f"{head}Mali,MLI,Gao,30,2020-01-01\nMali,MLI,Gao,20,2020-06-01\n")
    assert not flow.frame["stock"].any()
    assert by_year(flow) == {2020: 50}  # returns in a year add up


def test_rounds_of_returns_are_the_readers_to_add() -> None:
    text = f"{RETURNS}Mali,MLI,Gao,30,2020-01-01,1\nMali,MLI,Gao,50,2020-06-01,2\nMali,MLI,Mopti,5,2020-01-01,1\n"
    (choice,) = hxl_choices(read_table(text.encode(), "tagged.csv").frame)
    assert (choice.key, choice.default) == ("rounds", "latest")
    latest, added = read(text), read(text, rounds="added")
    assert (by_year(latest), by_year(added)) == ({2020: 55}, {2020: 85})
    assert latest.frame["stock"].all()
    assert not added.frame["stock"].any()
    assert latest.left_out == (LeftOut(Reason.OTHER_ROUND, 1, 30, ("Mali",)),)
