"""Links open the view they hold, ignore what they cannot, and there is always a way back to everyone."""

from functools import cache
from urllib.parse import parse_qs

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from components import figures
from components.link.migrations import VERSION
from data.filters import MOST, every
from data.labels import label
from data.summaries.offered import Choices
from tests.pages.screen import PAGES, Query, cards, in_view, link, open_again, open_page
from tests.workers import on_one_worker

OVERVIEW = "overview"


def view(app: AppTest) -> str:
    """The sentence of the view and the people in it, as they stand under the title."""
    return in_view(app)


@cache
def everyone() -> str:
    return view(open_page(OVERVIEW))


def told(app: AppTest) -> list[str]:
    return [info.value for info in app.info if "link" in info.value]


def names_told(app: AppTest) -> list[str]:
    """The choices that the page says it could not follow as the link asks, as they are called there."""
    return [name.strip("“”") for sentence in told(app) for name in sentence.rstrip(".").partition(": ")[2].split(", ")]


NOUNS = {each.name: each.noun for each in every()}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"band": "Forced"}, "All corridors, forced"),
        ({"band": "Compulsory"}, "All corridors, compulsory (obliged and forced)"),
        ({"place": "Germany → Afghanistan"}, "Germany → Afghanistan, all bands"),
        ({"place": "To Afghanistan"}, "To Afghanistan, all bands"),
        ({"place": "To Afghanistan", "sex": "Men"}, "To Afghanistan, all bands, men"),
        ({"place": "To Southern Asia (region)"}, "To Southern Asia, all bands"),
        ({"place": "Other corridors"}, "Other corridors, all bands"),
        ({"months": "7–12 months"}, "All corridors, all bands, 7–12 months after return"),
        ({"year": "2020"}, "All corridors, all bands, returned in 2020"),
        ({"sex": "Women", "age": "18–24"}, "All corridors, all bands, women, aged 18–24"),
        ({"assistance": "Small business"}, "All corridors, all bands, small business"),
    ],
)
def test_a_link_opens_its_view(query: Query, sentence: str) -> None:
    app = open_page(OVERVIEW, query)
    assert view(app).split(": ")[0] == sentence
    assert view(app) != everyone()
    assert told(app) == []
    assert app.query_params == query


def test_a_link_opens_the_reader_s_line_and_score() -> None:
    app = open_page("distributions", {"line": "0.3", "score": "Economic", "group": "Sex"})
    assert app.sidebar.select_slider(key="line").value == 0.3
    assert app.selectbox(key="group").value == "sex"
    assert {tuple(row) for row in cards(app)[0].table[["Sex", "Score"]].to_numpy()} == {
        (sex, "Composite") for sex in ("Women", "Men", "Another gender")
    }
    assert "reach 0.30 (economic)" in cards(app)[4].headline
    assert "(economic)" in cards(open_page("spectrum/Scores along the bands", {"score": "Economic"}))[1].headline


def test_a_link_opens_a_card_s_own_choices() -> None:
    app = open_page("trajectories", {"waves": ["Wave 1", "Wave 3"], "panel": "Everyone seen in a wave"})
    assert set(cards(app)[0].table["Wave"]) == {"Wave 1", "Wave 3"}
    assert not any("lines" in trace["mode"] for trace in cards(app)[0].spec["data"])
    assert told(app) == []


def test_the_link_shown_on_a_card_opens_the_same_screen() -> None:
    app = open_page("corridors", {"band": "Compulsory", "corridors": ["Germany → Iraq", "Saudi Arabia → Ethiopia"]})
    same = open_page("corridors", link(app))
    assert [card.alt for card in cards(same)] == [card.alt for card in cards(app)]
    assert view(same).startswith("All corridors, compulsory")
    compared = next(card.table for card in cards(same) if {"Corridor", "Mean"} <= {*card.table})
    assert {*compared["Corridor"]} == {"Germany → Iraq", "Saudi Arabia → Ethiopia"}


@pytest.mark.parametrize(
    ("page", "words", "codes"),
    [
        (
            "distributions",
            {"look-distributions": "Group against group", "group": "Corridor", "against-corridor": "Germany → Iraq"},
            {"look-distributions": "against", "group": "corridor", "against-corridor": "DEU-IRQ"},
        ),
        (
            "trajectories",
            {"waves": ["Wave 1", "Wave 3"], "panel": "Everyone seen in a wave", "score": "Social", "sex": "Women"},
            {"waves": ["1", "3"], "panel": "seen", "score": "social", "sex": "female"},
        ),
        ("returns", {"returns": "Returned refugees 2015–2017", "sex": "Women"}, {"returns": "unhcr"}),
    ],
)
def test_a_link_in_codes_opens_the_screen_of_one_in_words(page: str, words: Query, codes: Query) -> None:
    apart = [name for name in words if name not in codes]
    also = {name: words[name] for name in apart}
    said, coded = open_page(page, words), open_page(page, {"v": str(VERSION), **codes, **also})
    assert told(said) == told(coded) == []
    assert said.query_params == coded.query_params == words
    assert [card.alt for card in cards(said)] == [card.alt for card in cards(coded)] != []
    for app in (said, coded):
        given = link(app)
        assert [given.pop("v"), given.pop("cohort")] == [[str(VERSION)], ["demo"]]
        assert bool(given.pop("returned-in", None)) == (page == "returns")  # the year on screen, chosen or not
        assert {name: values for name, values in given.items() if name not in apart} == {
            name: [values] if isinstance(values, str) else values for name, values in codes.items()
        }


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        ("overview", {"line": "0.503"}),
        ("trajectories/Shapes of paths", {"setback": "0.12", "levels": ["0.3", "0.61"]}),
        ("returns", {"returned-from-to": ["1066", "2021"]}),
    ],
)
def test_a_number_that_a_slider_does_not_have_is_refused_not_half_followed(place: str, wrong: Query) -> None:
    app = open_page(place, wrong)
    assert sorted(names_told(app)) == sorted(wrong)
    assert not {*app.query_params} & {*wrong}
    usual = open_page(place)
    for name in wrong:
        assert app.select_slider(key=name).value == usual.select_slider(key=name).value
    assert view(app) == view(usual)


def test_what_changed_in_a_link_is_told_beside_a_number_that_is_refused() -> None:
    app = open_page("trajectories/Shapes of paths", {"v": "2", "sex": ["female", "male"], "levels": ["0.3", "0.61"]})
    assert sorted(names_told(app)) == ["levels", "sex"]


def test_links_to_other_pages_keep_the_whole_view() -> None:
    query = {"band": "Compulsory", "corridors": ["Germany → Iraq", "Germany → Afghanistan"]}
    links = [link.proto for link in open_page(OVERVIEW, query).get("page_link")]
    assert {link.page for link in links} == {*PAGES} - {OVERVIEW}
    assert all(parse_qs(link.query_string) == query | {"band": ["Compulsory"]} for link in links)


HOSTILE = "<script>alert(7391)</script>"
GROUPS = {
    "Return band": "band",
    "Corridor": "corridor",
    "Sex": "sex",
    "Age group": "age-group",
    "Assistance": "assistance",
    "Region of return": "area",
}
OWN = {
    "overview": [],
    "corridors": ["reference", "returns", "returned-in"],
    "returns": ["returns", "returned-from-to"],
    "spectrum": ["look-spectrum", "bands-by"],
    "spectrum/Scores along the bands": ["reference-band"],
    "spectrum/Label and experience": ["label"],
    "spectrum/Placing a return": [],
    "profile": ["of", "against", "returns"],
    "distributions": ["look-distributions", "group", "drawn-as-many"],
    "distributions?group=Sex": ["drawn-as"],
    **{
        f"distributions/From score to answer?score={score}": [f"into-{score.lower()}"]
        for score in ("Composite", "Economic", "Social", "Psychosocial")
    },
    **{f"distributions/Group against group?group={label}": [f"against-{key}"] for label, key in GROUPS.items()},
    "distributions/Group against group?group=Cohort&cohorts=Second demo cohort (synthetic)": ["against-cohort"],
    "distributions/Three dimensions together": ["pair"],
    "distributions/Beside the community": [],
    "trajectories": ["look-trajectories", "of-whom", "panel", "waves"],
    "trajectories?of-whom=Sex": ["panel-of-groups"],
    "trajectories/Shapes of paths": ["levels", "setback"],
    "trajectories/Between levels": ["from-wave", "to-wave"],
    "trajectories/What moved": ["by-element"],
    "trajectories/By month": ["tolerance"],
    "trajectories/Who was lost": [],
    "trajectories/Children": [],
}
"""The names of the choices that a page, or a section of it, has beside the sidebar's."""


@cache
def untouched(place: str) -> str:
    where, _, fixed = place.partition("?")
    return view(open_page(where, parse_qs(fixed)))


@pytest.mark.parametrize("place", on_one_worker(OWN))
@pytest.mark.parametrize("value", [HOSTILE, ["7391", "-1"]], ids=["one", "two"])
def test_values_that_are_not_in_the_data_are_ignored_and_told_but_not_repeated(
    place: str, value: str | list[str]
) -> None:
    where, _, fixed = place.partition("?")
    kept = parse_qs(fixed)
    wrong = {"cohort", "cohorts", "corridors", *NOUNS, "score", "line", *OWN[place]} - {*kept}
    app = open_page(where, {**kept, **dict.fromkeys(wrong, value)})
    assert not app.exception
    assert "7391" not in " ".join(told(app))
    assert sorted(names_told(app)) == sorted(NOUNS.get(name, name) for name in wrong)
    assert view(app) == untouched(place)
    assert cards(app)
    assert {*app.query_params} <= {*kept, f"look-{where.partition('/')[0]}"} - wrong


def test_every_choice_of_a_card_is_tried() -> None:
    offered_by_some_data_only = {"counted"}  # tried in test_returns
    assert {name for names in OWN.values() for name in names} == {
        *figures.in_links(Choices())
    } - offered_by_some_data_only


def test_an_unknown_choice_is_ignored_and_told_but_not_repeated() -> None:
    app = open_page("methods", {HOSTILE: "7391", "floor": "1"})
    assert not app.exception
    assert told(app) == ["Part of this link was ignored, it is not in the data: a choice this app does not have."]


@pytest.mark.parametrize(
    "ends", [["0.9", "0.5"], ["0.5"], ["0.5", "0.6", "0.9"], ["5.5", "9"], ["", ""], ["٣", "0.9"], ["-4", "900"]]
)
def test_odd_ranges_never_break_a_page(ends: list[str]) -> None:
    app = open_page("trajectories/Shapes of paths", {"levels": ends})
    assert not app.exception
    assert cards(app)


def test_good_parts_of_a_link_hold_beside_bad_ones() -> None:
    query = {"corridors": ["Germany → Iraq", "7391"], "band": "Forced", "sex": "Women", "place": "Nowhere → Nowhere"}
    app = open_page(OVERVIEW, query)
    assert view(app).startswith("All corridors, forced, women")
    assert app.sidebar.multiselect(key="corridors").value == ["DEU-IRQ"]
    assert len(told(app)) == 1
    assert sorted(names_told(app)) == ["corridors", "place"]


TO_AFGHANISTAN = ["Germany → Afghanistan", "Pakistan → Afghanistan"]
OLDER = [
    (
        {"corridor": TO_AFGHANISTAN, "band": ["Obliged", "Forced"], "waves": "Wave 1"},
        "To Afghanistan, compulsory (obliged and forced)",
        {"place": "To Afghanistan", "corridors": TO_AFGHANISTAN, "band": "Compulsory", "waves": "Wave 1"},
        ["place"],
    ),
    (
        {"v": "2", "corridor": "DEU-AFG", "months": ["0", "7"], "year": ["2019", "2021"]},
        "Germany → Afghanistan, all bands, 0–6 months after return",
        {"place": "Germany → Afghanistan", "months": "0–6 months"},
        ["months since return", "year of return"],
    ),
    (
        {"v": "2", "cohort": ["demo-second", "demo"], "months": ["0", "24"]},
        "All corridors, all bands",
        {"cohort": "Second demo cohort (synthetic)", "cohorts": "Demo cohort (synthetic)"},
        ["months since return"],
    ),
    (
        {"v": "2", "corridor": "DEU-AFG", "band": "forced", "sex": "male", "age": "25-34"},
        "Germany → Afghanistan, forced, men",
        {"place": "Germany → Afghanistan", "band": "Forced", "sex": "Men"},
        ["age group"],
    ),
    (
        {"v": "2", "corridor": "DEU-AFG", "band": ["obliged", "forced"]},
        "Germany → Afghanistan, compulsory (obliged and forced)",
        {"place": "Germany → Afghanistan", "band": "Compulsory"},
        [],
    ),
]
"""What links of versions 1 and 2 ask for, the sentence and the address it leads to, and what the page tells of it."""


@pytest.mark.parametrize(("older", "sentence", "today", "changed"), OLDER)
def test_an_older_link_opens_the_nearest_closed_view_and_the_page_says_what_changed(
    older: Query, sentence: str, today: Query, changed: list[str]
) -> None:
    app = open_page(OVERVIEW, older)
    assert not app.exception
    assert view(app).split(": ")[0] == sentence
    assert app.query_params == today
    assert names_told(app) == changed
    assert ["each choice of who is in view takes one value now" in said for said in told(app)] == [True] * bool(changed)
    assert told(app.run()) == []


def test_what_stands_side_by_side_pools_nothing() -> None:
    lone, both = (open_page(OVERVIEW, query) for query in ({}, {"cohorts": "Second demo cohort (synthetic)"}))
    assert view(both) == view(lone) == everyone()
    by_cohort = next(card.table for card in cards(both) if "Cohort" in card.table)
    assert {*by_cohort["Cohort"]} == {"Demo cohort (synthetic)", "Second demo cohort (synthetic)"}


def test_a_fourth_choice_is_disabled_with_its_reason_until_one_is_opened() -> None:
    def disabled(app: AppTest) -> set[str]:
        drawn = [*app.sidebar.selectbox, *app.sidebar.button_group]
        return {widget.key for widget in drawn if widget.key in NOUNS and widget.proto.disabled}

    app = open_page(OVERVIEW, {"place": "To Afghanistan", "sex": "Men"})
    assert disabled(app) == set()
    app.sidebar.button_group(key="band").set_value("compulsory").run()
    assert view(app).startswith("To Afghanistan, compulsory (obliged and forced), men: ")
    assert disabled(app) == {*NOUNS} - {"place", "band", "sex"}
    [reason] = [caption.value for caption in app.sidebar.caption if f"{MOST} choices narrow the view" in caption.value]
    assert reason.endswith("Open place, band or sex to choose another.")
    open_again(app, "sex")
    assert disabled(app) == set()
    assert not any("narrow the view" in caption.value for caption in app.sidebar.caption)
    app.sidebar.selectbox(key="months").set_value("0-6").run()
    assert view(app).startswith("To Afghanistan, compulsory (obliged and forced), 0–6 months after return: ")


def test_a_figure_that_divides_people_by_too_many_choices_says_so_in_its_place() -> None:
    three = {"sex": "Women", "age": "25–34", "months": "0–6 months"}
    app = open_page("spectrum/Who returned how", {**three, "bands-by": "Corridor"})
    assert not app.exception
    assert [info.value for info in app.info] == [
        "This figure divides people by corridor and return band, and sex, age group and months since return narrow "
        "the view: 4 together is the most. Open one of them to see it."
    ]
    shown = cards(app)
    open_again(app, "age")
    assert not app.info
    assert len(cards(app)) == len(shown) + 1


OF_NOBODY = ("cohorts", "methods", "profile", "returns")
"""Pages that do not stop where nobody is in view, or that narrow it themselves."""


@pytest.mark.parametrize("page", on_one_worker(page for page in PAGES if page not in OF_NOBODY))
def test_an_empty_selection_says_which_choice_emptied_it_and_opens_it_again(page: str) -> None:
    app = open_page(page, {"place": "Germany → Ghana", "band": "Forced", "age": "50 and over"})
    [warning] = app.warning
    assert warning.value.startswith("Fewer than 10 people match")
    assert "Open place again" in warning.value
    assert "band" not in warning.value  # opening the bands alone would bring two people back
    assert "fewer than 10 people" in view(app)
    assert cards(app) == []
    app.button(key="open-place").click().run()
    assert not app.exception
    assert not app.warning
    assert view(app).startswith("All corridors, forced, aged 50 and over")
    assert app.query_params == {"band": "Forced", "age": "50 and over"}
    assert cards(app)


def test_when_only_several_choices_together_bring_people_back_all_are_named() -> None:
    app = open_page(OVERVIEW, {"place": "Germany → Ghana", "sex": "Another gender", "age": "0–17"})
    assert {button.key for button in app.main.button} == {f"open-{choice}" for choice in ("place", "sex", "age")}
    while app.warning:  # one button at a time opens what is left
        next(button for button in app.main.button if button.key.startswith("open-")).click().run()
    assert not app.exception
    assert cards(app)


def test_reset_brings_everyone_and_all_else_of_the_sidebar_back() -> None:
    chosen = {"band": "Forced", "months": "7–12 months", "sex": "Women", "line": "0.3", "score": "Social"}
    app = open_page("spectrum", {**chosen, "corridors": "Germany → Iraq"})
    [button] = [button for button in app.sidebar.button if button.label == "Reset all"]
    assert not button.disabled
    button.click().run()
    assert view(app) == everyone()
    assert app.sidebar.select_slider(key="line").value == 0.5
    assert app.query_params == {}
    [button] = [button for button in app.sidebar.button if button.label == "Reset all"]
    assert button.disabled


@pytest.mark.parametrize(("choice", "people"), [("compulsory", ["obliged", "forced"]), ("forced", ["forced"])])
def test_one_pill_chooses_a_band_or_the_compulsory_ones_together(
    raw: pd.DataFrame, choice: str, people: list[str]
) -> None:
    app = open_page(OVERVIEW)
    app.sidebar.button_group(key="band").set_value(choice).run()
    there = raw[(raw["respondent"] == "returnee") & raw["band"].isin(people)]["person"].nunique()
    assert view(app).endswith(f": {5 * round(there / 5):,} people")


def test_a_choice_survives_the_change_of_page() -> None:
    app = open_page(OVERVIEW)
    app.sidebar.selectbox(key="place").select("DEU-AFG")
    app.sidebar.multiselect(key="corridors").select("DEU-IRQ").run()
    for page in PAGES:
        app.switch_page(f"pages/{page}.py").run()
        assert app.sidebar.selectbox(key="place").value == "DEU-AFG"
        assert app.sidebar.multiselect(key="corridors").value == ["DEU-IRQ"]
        assert not app.exception


def test_all_corridors_of_ten_people_can_be_compared_at_once(raw: pd.DataFrame) -> None:
    app = open_page("corridors")
    people = raw[raw["respondent"] == "returnee"].groupby("corridor")["person"].nunique()
    people = people.drop("other")
    corridors = sorted(people[people >= 10].index)
    app.sidebar.multiselect(key="corridors").set_value(corridors).run()
    assert not app.exception
    shown = next(card for card in cards(app) if {"Corridor", "Mean"} <= {*card.table})
    assert shown.table["Corridor"].nunique() == len(corridors) == 10
    assert app.sidebar.multiselect(key="corridors").options == [
        label("corridor", code) for code in people[people >= 10].sort_values(ascending=False).index
    ]
