"""A new filter is one entry of the table: the sidebar, the sentence, the query, links and the way back all have it."""

from collections.abc import Iterator

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.link.migrations import VERSION
from data import filters
from data.engine import Source, run
from data.filters import FILTERS, Filter
from data.summaries.people import count
from data.view import View, active, select, sentence, without
from tests.pages.screen import Query, cards, in_view, link, open_page
from tests.worked import example

ROUTE: Filter = example("A new filter")["ROUTE"]


@pytest.fixture(autouse=True)
def route(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The table with one entry more; what was answered without it is forgotten."""
    monkeypatch.setattr(filters, "FILTERS", (*FILTERS, ROUTE))
    st.cache_data.clear()
    yield
    st.cache_data.clear()


def told(app: AppTest) -> str:
    return in_view(app).split(": ")[0]


def test_the_view_and_its_query_have_it(source: Source, raw: pd.DataFrame) -> None:
    view = View(route="referral", band="forced")
    assert (active(view), view.route, without(view, "route")) == (("band", "route"), "referral", View(band="forced"))
    with pytest.raises(ValueError, match="route of assistance"):
        View(route="mule")
    assert sentence(view) == "All corridors, forced, by referral"
    rows = raw[(raw["assistance_route"] == "referral") & (raw["band"] == "forced") & (raw["respondent"] == "returnee")]
    assert sorted(run(select(source.table, view))["interview"]) == sorted(rows["interview"])
    assert count(source, view).n == rows["person"].nunique()


@pytest.mark.parametrize("query", [{"route": "By referral"}, {"v": str(VERSION), "route": "referral"}])
def test_the_sidebar_and_links_have_it(query: Query) -> None:
    app = open_page("overview", query)
    assert not app.exception
    assert told(app) == "All corridors, all bands, by referral"
    chosen = app.sidebar.selectbox(key="route")
    assert (chosen.label, chosen.value, chosen.options, chosen.placeholder) == (
        ROUTE.title,
        "referral",
        ["Given directly", "By referral"],
        ROUTE.everyone,
    )
    assert link(app) == {"v": [str(VERSION)], "cohort": ["demo"], "route": ["referral"]}
    chosen.set_value(None).run()
    assert told(app) == "All corridors, all bands"


def test_what_is_not_in_the_data_is_ignored() -> None:
    app = open_page("overview", {"route": "By mule"})
    assert [ROUTE.noun in info.value and "mule" not in info.value for info in app.info] == [True]


def test_people_can_be_grouped_by_it() -> None:
    app = open_page("distributions", {"group": "assistance_route"})
    assert not app.exception
    assert [{*card.table["Route of assistance"]} for card in cards(app)] == [{"Given directly", "By referral"}] * 5


def test_it_can_be_what_emptied_the_view() -> None:
    app = open_page("overview", {"place": "Germany → Afghanistan", "band": "Solicited", "route": "By referral"})
    [warning] = app.warning
    assert "route of assistance" in warning.value
    app.button(key="open-route").click().run()
    assert told(app) == "Germany → Afghanistan, solicited"
