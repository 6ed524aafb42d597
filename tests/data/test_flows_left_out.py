"""Everyone of a file is in its recorded returns or accounted for: by reason, in rows, in people and by name."""

from itertools import pairwise

import pandas as pd
import pytest

from components.texts import say
from components.texts.template import people
from data.flows import Flows
from data.flows.left_out import LeftOut, Reason, as_published, left_out, noted
from data.reading import read
from tests.said import in_words

HEAD = "host,country of return,year,people,category\n"


def flows_of(text: str, kind: str | None = None) -> Flows:
    flows = read(text.encode(), "own.csv", kind=kind)
    assert isinstance(flows, Flows)
    return flows


def test_each_row_has_one_reason_and_nobody_is_lost() -> None:
    flows = flows_of(
        HEAD + "DEU,AFG,2020,100,a\nWorld,AFG,2020,400,Total\nDEU,AFG,2020,90,Total\nDEU,IRQ,2020,,a\n"
        "DEU,IRQ,2020,12.5,a\nDEU,SYR,2020,7.25,a\nDEU,SYR,soon,30,a\nDEU,SYR,2020,<5,a\nDEU,DEU,2020,11,a\n"
        "Unknown,,2020,13,a\nDEU,Atlantis,2020,60,a\n"
    )
    assert flows.left_out == (
        LeftOut(Reason.SEVERAL_COUNTRIES, 1, 400, ("World",)),
        LeftOut(Reason.CATEGORY_TOTAL, 1, 90, ("Total",)),
        LeftOut(Reason.NO_NUMBER, 1, 0, ("Iraq",)),
        LeftOut(Reason.UNREADABLE, 2, 30, ("Syria",)),
        LeftOut(Reason.FRACTION, 2, 19.75, ("Iraq", "Syria")),
        LeftOut(Reason.SAME_COUNTRY, 1, 11, ("Germany",)),
        LeftOut(Reason.BOTH_UNKNOWN, 1, 13),
    )
    everyone = 100 + 400 + 90 + 12.5 + 7.25 + 30 + 11 + 13 + 60
    assert flows.frame["people"].sum() + sum(account.people for account in flows.left_out) == everyone
    told = in_words(map(noted, flows.left_out))
    assert tuple(doubt for doubt in in_words(flows.doubts) if doubt in told) == told
    assert "and nobody counted: 2, with 19.8 people (Iraq, Syria)." in told[4]
    assert "counted as unknown: 1, with 60 people (Atlantis)." in " ".join(in_words(flows.doubts))


def test_names_are_those_with_most_people_and_others_are_counted() -> None:
    names = pd.Series(["a", "b", "c", "d", "e", "f", "g", "b", None])
    (account,) = left_out(Reason.SAME_COUNTRY, pd.Series([5.0, 4, 20, 3, 2, 1, 0, 40, 100]), names)
    assert account == LeftOut(Reason.SAME_COUNTRY, 9, 175, ("b", "c", "a", "d", "e"), more=2)
    assert say(noted(account)).endswith(": 9, with 175 people (b, c, a, d, e and 2 more).")
    assert left_out(Reason.SAME_COUNTRY, pd.Series([], dtype="float64")) == ()


def test_below_ten_people_are_not_told_exactly() -> None:
    assert [people(as_published(count)) for count in (0, 0.5, 9, 10, 1234, 1234.5)] == [
        "0 people", "fewer than 10 people", "fewer than 10 people", "10 people", "1,234 people", "1,234.5 people"
    ]  # fmt: skip
    flows = flows_of(HEAD + "DEU,AFG,2020,100,a\nDEU,DEU,2020,7,a\nDEU,Atlantis,2020,3,a\nUnknown,AFG,2020,4,a\n")
    told = " ".join(in_words(flows.doubts))
    assert told.count("fewer than 10 people") == 4  # same country, not recognised, host and return not known
    assert not {"7 people", "3 people", "4 people"} & {" ".join(pair) for pair in pairwise(told.split())}


def test_a_decimal_comma_is_no_thousand() -> None:
    flows = flows_of(HEAD.replace(",", ";") + "DEU;AFG;2020;1,200;a\nDEU;AFG;2020;3,5;a\n")
    assert flows.frame["people"].tolist() == [1200]
    assert [(account.reason, account.rows) for account in flows.left_out] == [(Reason.UNREADABLE, 1)]


@pytest.mark.parametrize("word", ["category", "basis"])
@pytest.mark.parametrize(
    "said",
    ["Refused entry", "Refusal of entry at the border", "Port return", "Orders to leave", "ordered to leave",
     "Return decisions issued", "Displaced people", "IDPs", "Refused at port"],
)  # fmt: skip
def test_what_is_no_return_is_kept_apart_in_a_table_of_ones_own(word: str, said: str) -> None:
    head = f"host,country of return,year,people,{word}\n"
    alone = flows_of(f"{head}DEU,AFG,2020,50,{said}\nDEU,IRQ,2020,20,{said}\n")
    assert set(alone.frame["category"]) == {said.lower()}
    assert not alone.frame["returns"].any()
    assert set(alone.frame["band"]) == {"unclassified"}
    assert alone.frame["people"].sum() == 70
    assert "kept apart and never added to returns" in in_words(alone.doubts)[0]
    beside = flows_of(f"{head}DEU,AFG,2020,50,Deported\nDEU,IRQ,2020,20,{said}\n")
    assert beside.frame[["country_of_return", "people"]].to_numpy().tolist() == [["AFG", 50]]
    assert beside.left_out == (LeftOut(Reason.NO_RETURNS, 1, 20, (said,)),)


@pytest.mark.parametrize(
    "said",
    ["Returned following an order to leave", "Left the territory after a return decision", "Deported",
     "Return of refused asylum seekers", "People ordered to leave who returned", "Assisted return"],
)  # fmt: skip
def test_returns_by_order_are_returns(said: str) -> None:
    flows = flows_of(HEAD + f"DEU,AFG,2020,50,{said}\n")
    assert flows.frame["category"].tolist() == [said]
    assert flows.left_out == ()


def test_a_total_beside_refusals_alone_is_no_return() -> None:
    flows = flows_of(HEAD + "DEU,AFG,2020,50,Refused entry\nDEU,AFG,2020,50,Total\n")
    assert flows.frame[["category", "people"]].to_numpy().tolist() == [["refused entry", 50]]
    assert flows.left_out == (LeftOut(Reason.CATEGORY_TOTAL, 1, 50, ("Total",)),)
