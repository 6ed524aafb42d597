"""The profile speaks of one corridor, whatever place the sidebar holds, and says what is not known of it."""

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data import library
from data.loading import load, look
from tests.pages.screen import Query, cards, head, open_again, open_page
from tests.pages.test_upload import csv, keep, upload


def title(app: AppTest) -> str:
    return head(app)["question"]


def figures(app: AppTest) -> dict[str, str]:
    """The numbers under the cards, by what they count."""
    [line] = [caption.value for caption in app.caption if " people · " in caption.value]
    return {name: number for number, _, name in (part.partition(" ") for part in line.split(" · "))}


def rounded(number: int) -> str:
    return f"{5 * round(number / 5):,}"


def test_a_link_opens_the_profile_of_its_corridor_with_what_is_recorded(raw: pd.DataFrame) -> None:
    app = open_page("profile", {"of": "Pakistan → Afghanistan", "against": "Germany → Iraq", "sex": "Women"})
    assert not app.exception
    assert title(app) == "What is known about Pakistan → Afghanistan?"
    mine = raw[(raw["corridor"] == "PAK-AFG") & (raw["sex"] == "female") & (raw["respondent"] == "returnee")]
    assert figures(app) == {
        "people": rounded(mine["person"].nunique()),
        "interviews": rounded(len(mine)),
        "waves": str(mine["wave"].nunique()),
        "returns recorded in 2016": "500",
    }
    of_people = {card.view for card in cards(app) if not card.recorded}
    assert of_people == {
        "Pakistan → Afghanistan, all bands, women",
        "All corridors, all bands, women",
    }
    beside = [card.table for card in cards(app) if card.view.startswith("All corridors")]
    assert {*beside[1]["Corridor"]} == {"Pakistan → Afghanistan", "Germany → Iraq"}
    [recorded] = [card.table for card in cards(app) if card.recorded]
    assert recorded[["Year", "People"]].to_numpy().tolist() == [["2016", "500"]]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ({"place": "Germany → Iraq"}, "DEU-IRQ"),
        ({"place": "To Iraq"}, "IRQ"),
        ({"place": "To Iraq", "corridors": ["Germany → Iraq", "Pakistan → Afghanistan"]}, "IRQ"),
    ],
)
def test_it_starts_within_the_sidebar_s_place_and_leaves_the_sidebar_alone(query: Query, place: str) -> None:
    app = open_page("profile", query)
    assert title(app) == "What is known about Germany → Iraq?"
    app.selectbox(key="of").set_value("USA-SLV").run()
    assert title(app) == "What is known about United States → El Salvador?"
    assert app.sidebar.selectbox(key="place").value == place


def test_a_corridor_is_never_compared_with_itself() -> None:
    app = open_page("profile", {"of": "Germany → Iraq", "against": "Pakistan → Afghanistan"})
    app.selectbox(key="of").set_value("PAK-AFG").run()
    assert not app.exception
    assert app.selectbox(key="against").value != "PAK-AFG"


def test_what_is_not_recorded_is_said() -> None:
    app = open_page("profile", {"of": "Germany → Iraq"})
    assert [info.value for info in app.info] == [
        "“Returns from the United Kingdom 2006–2011” has no numbers for this corridor, band and year."
    ]
    assert not [card for card in cards(app) if card.recorded]
    assert {*figures(app)} == {"people", "interviews", "waves"}


def test_too_few_people_are_told_with_the_way_out() -> None:
    app = open_page("profile", {"of": "Germany → Ghana", "band": "Forced", "age": "50 and over"})
    assert not cards(app)
    assert [warning.value for warning in app.warning] == [
        "Fewer than 10 people match, so nothing can be shown. Choose another place to see more people."
    ]
    app.selectbox(key="of").set_value("PAK-AFG").run()
    assert cards(app)


def test_a_choice_of_the_sidebar_that_empties_it_can_be_opened() -> None:
    app = open_page("profile", {"of": "Germany → Iraq", "sex": "Another gender"})
    [warning] = app.warning
    assert warning.value.endswith("Open sex again or choose another place to see more people.")
    app.button(key="open-sex").click().run()
    assert cards(app)


def test_three_other_choices_leave_no_place_for_a_corridor_and_that_is_said() -> None:
    app = open_page("profile", {"of": "Germany → Iraq", "band": "Compulsory", "sex": "Men", "months": "0–6 months"})
    assert not app.exception
    assert not cards(app)
    assert [info.value for info in app.info] == [
        "A profile is of one corridor, and band, sex and months since return narrow the view: 3 choices are the most. "
        "Take one back."
    ]
    open_again(app, "months")
    assert not any("narrow the view" in info.value for info in app.info)
    assert title(app) == "What is known about Germany → Iraq?"
    assert cards(app)


@pytest.mark.parametrize("page", ["corridors", "profile"])
def test_a_cohort_without_any_corridor_of_ten_people_names_none(own: Path, page: str) -> None:
    to = ["Ghana", "Iraq", "Mali", "Gambia", "Nigeria", "Somalia"] * 20  # five people interviewed four times
    people = [f"p{place % 30}" for place in range(120)]
    library.keep(load(look(csv(**{"person": people, "country of return": to}), "few.csv")), own)
    app = open_page(page)
    assert not app.exception
    assert any("has enough people to be shown by itself" in info.value for info in app.info)
    assert not any("Germany →" in option for box in app.sidebar.selectbox for option in box.options)
    assert not any({"Corridor"} & {*card.table.columns} for card in cards(app) if not card.recorded)


@pytest.mark.usefixtures("own")
def test_a_cohort_of_one_corridor_and_one_wave_has_a_profile() -> None:
    app = keep(upload(open_page("cohorts"), "autumn.csv", csv(wave=1)))
    app.switch_page("pages/profile.py").run()
    assert not app.exception
    assert title(app).startswith("What is known about Germany → Côte")
    assert len(cards(app)) == 3
    assert any("only one wave" in info.value for info in app.info)
