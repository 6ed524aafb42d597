"""Links open the view they hold, ignore what they cannot, and there is always a way back to everyone."""

import re
from functools import cache
from urllib.parse import parse_qs

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from components import figures
from data.filters import every
from data.summaries.people import Choices
from tests.pages.screen import PAGES, Query, cards, open_page
from tests.workers import on_one_worker

OVERVIEW = "overview"


def view(app: AppTest) -> str:
    """The sentence of the view and the people in it, as they stand under the title."""
    return app.main.markdown[0].value


@cache
def everyone() -> str:
    return view(open_page(OVERVIEW))


def told(app: AppTest) -> list[str]:
    return [info.value for info in app.info if "link" in info.value]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"band": "Forced"}, "All corridors, forced"),
        ({"band": ["Obliged", "Forced"]}, "All corridors, obliged and forced (compulsory)"),
        ({"corridor": "Germany → Afghanistan"}, "Germany → Afghanistan, all bands"),
        ({"months": ["5", "9"]}, "All corridors, all bands, 5–9 months after return"),
        ({"year": ["2020", "2021"]}, "All corridors, all bands, returned in 2020–2021"),
        ({"sex": "Women", "age": "18–24"}, "All corridors, all bands, women, aged 18–24"),
        ({"assistance": ["Cash", "Small business"]}, "All corridors, all bands, cash and small business"),
    ],
)
def test_a_link_opens_its_view(query: Query, sentence: str) -> None:
    app = open_page(OVERVIEW, query)
    assert view(app).split(" · ")[0] == sentence
    assert view(app) != everyone()
    assert told(app) == []
    assert app.query_params == query


def test_a_link_opens_the_reader_s_line_and_score() -> None:
    app = open_page("distributions", {"line": "0.3", "score": "Economic", "group": "Sex"})
    assert app.sidebar.slider(key="line").value == 0.3
    assert app.selectbox(key="group").value == "sex"
    assert {tuple(row) for row in cards(app)[0].table[["Sex", "Score"]].to_numpy()} == {
        (sex, "Composite") for sex in ("Women", "Men", "Another gender")
    }
    assert cards(app)[4].headline == "Who scores 0.30 or more"
    assert "economic score" in cards(open_page("spectrum/Scores along the bands", {"score": "Economic"}))[1].headline


def test_a_link_opens_a_card_s_own_choices() -> None:
    app = open_page("trajectories", {"waves": ["Wave 1", "Wave 3"], "panel": "Everyone seen in a wave"})
    assert set(cards(app)[0].table["Wave"]) == {"Wave 1", "Wave 3"}
    assert not any("lines" in trace["mode"] for trace in cards(app)[0].spec["data"])
    assert told(app) == []


def test_the_link_shown_on_a_card_opens_the_same_screen() -> None:
    app = open_page(
        "corridors", {"band": ["Obliged", "Forced"], "corridor": ["Germany → Iraq", "Saudi Arabia → Ethiopia"]}
    )
    address = app.get("code")[0].value
    same = open_page("corridors", parse_qs(address.partition("?")[2]))
    assert [card.alt for card in cards(same)] == [card.alt for card in cards(app)]
    assert view(same).startswith("Germany → Iraq and Saudi Arabia → Ethiopia, obliged and forced")


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
    said, coded = open_page(page, words), open_page(page, {"v": "2", **codes, **{name: words[name] for name in apart}})
    assert told(said) == told(coded) == []
    assert said.query_params == coded.query_params == words
    assert [card.alt for card in cards(said)] == [card.alt for card in cards(coded)] != []
    for app in (said, coded):
        given = parse_qs(app.get("code")[-1].value.partition("?")[2])
        assert given.pop("v") == ["2"]
        assert {name: values for name, values in given.items() if name not in apart} == {
            name: [values] if isinstance(values, str) else values for name, values in codes.items()
        }


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        ("overview", {"line": "0.503", "months": ["5", "900"]}),
        ("trajectories/Shapes of paths", {"setback": "0.12", "levels": ["0.3", "0.61"]}),
        ("returns", {"returned-from-to": ["1066", "2021"]}),
    ],
)
def test_a_number_that_a_slider_does_not_have_is_refused_not_half_followed(place: str, wrong: Query) -> None:
    app = open_page(place, wrong)
    assert sorted(re.findall("“(.+?)”", " ".join(told(app)))) == sorted(wrong)
    assert not {*app.query_params} & {*wrong}
    usual = open_page(place)
    for name in wrong:
        assert app.slider(key=name).value == usual.slider(key=name).value
    assert view(app) == view(usual)


def test_links_to_other_pages_keep_the_whole_view() -> None:
    query = {"band": ["Obliged", "Forced"], "corridor": "Germany → Afghanistan"}
    links = [link.proto for link in open_page(OVERVIEW, query).get("page_link")]
    assert {link.page for link in links} == {*PAGES} - {OVERVIEW}
    assert all(
        parse_qs(link.query_string) == {"band": ["Obliged", "Forced"], "corridor": ["Germany → Afghanistan"]}
        for link in links
    )


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
    "distributions/Group against group?group=Cohort&cohort=Demo cohort (synthetic)"
    "&cohort=Second demo cohort (synthetic)": ["against-cohort"],
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
    wrong = sorted({"cohort", *(each.code for each in every()), "score", "line", *OWN[place]} - {*kept})
    app = open_page(where, {**kept, **dict.fromkeys(wrong, value)})
    assert not app.exception
    assert "7391" not in " ".join(told(app))
    named = [name for sentence in told(app) for name in re.findall("“(.+?)”", sentence)]
    assert sorted(named) == wrong
    assert view(app) == untouched(place)
    assert cards(app)
    assert {*app.query_params} <= {*kept, f"look-{where.partition('/')[0]}"} - {*wrong}


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
    "ends", [["9", "5"], ["5"], ["5", "9", "12"], ["5.5", "9"], ["", ""], ["٣", "9"], ["-4", "900"]]
)
def test_odd_ranges_never_break_a_page(ends: list[str]) -> None:
    app = open_page(OVERVIEW, {"months": ends})
    assert not app.exception
    assert cards(app)


def test_good_parts_of_a_link_hold_beside_bad_ones() -> None:
    app = open_page(OVERVIEW, {"sex": ["Women", "7391"], "band": "Forced", "corridor": "Nowhere → Nowhere"})
    assert view(app).startswith("All corridors, forced, women")
    [sentence] = told(app)
    assert "“sex”" in sentence
    assert "“corridor”" in sentence
    assert "“band”" not in sentence


@pytest.mark.parametrize("page", on_one_worker(page for page in PAGES if page not in ("cohorts", "methods", "profile")))
def test_an_empty_selection_says_which_choice_emptied_it_and_opens_it_again(page: str) -> None:
    app = open_page(page, {"corridor": "Netherlands → Morocco", "band": "Forced"})
    [warning] = app.warning
    assert warning.value.startswith("Fewer than 10 people match")
    assert "Open corridor again" in warning.value
    assert "band" not in warning.value  # opening the bands alone would bring nine people back
    assert "fewer than 10 people" in view(app)
    assert cards(app) == []
    app.button(key="open-corridors").click().run()
    assert not app.exception
    assert not app.warning
    assert view(app).startswith("All corridors, forced")
    assert app.query_params == {"band": "Forced"}
    assert cards(app)


def test_when_only_several_choices_together_bring_people_back_all_are_named() -> None:
    query = {"corridor": "Netherlands → Morocco", "sex": "Another gender", "age": "0–17", "months": ["23", "24"]}
    app = open_page(OVERVIEW, query)
    assert {button.key for button in app.main.button} == {
        f"open-{choice}" for choice in ("corridors", "sexes", "ages", "months")
    }
    while app.warning:  # one button at a time opens what is left
        next(button for button in app.main.button if button.key.startswith("open-")).click().run()
    assert not app.exception
    assert cards(app)


def test_reset_brings_everyone_back() -> None:
    app = open_page("spectrum", {"band": "Forced", "months": ["5", "9"], "sex": "Women", "line": "0.3"})
    [button] = [button for button in app.sidebar.button if button.label == "Reset filters"]
    assert not button.disabled
    button.click().run()
    assert view(app) == everyone()
    assert app.sidebar.slider(key="line").value == 0.3  # the line narrows nobody
    assert app.query_params == {"line": "0.3"}
    [button] = [button for button in app.sidebar.button if button.label == "Reset filters"]
    assert button.disabled


def test_one_button_chooses_the_compulsory_bands() -> None:
    app = open_page(OVERVIEW)
    [button] = [button for button in app.sidebar.button if button.label == "Compulsory"]
    button.click().run()
    assert view(app).startswith("All corridors, obliged and forced (compulsory)")
    assert set(app.query_params["band"]) == {"Obliged", "Forced"}


def test_a_choice_survives_the_change_of_page() -> None:
    app = open_page(OVERVIEW)
    app.sidebar.multiselect(key="corridor").select("DEU-AFG").run()
    for page in PAGES:
        app.switch_page(f"pages/{page}.py").run()
        assert app.sidebar.multiselect(key="corridor").value == ["DEU-AFG"]
        assert not app.exception


def test_all_corridors_of_the_demo_can_be_compared_at_once(raw: pd.DataFrame) -> None:
    app = open_page("corridors")
    corridors = sorted(set(raw["host"] + "-" + raw["country_of_return"]))
    app.sidebar.multiselect(key="corridor").set_value(corridors).run()
    assert not app.exception
    shown = next(card for card in cards(app) if card.headline == "Mean score of each group")
    assert shown.table["Corridor"].nunique() == len(corridors) == 12
