"""The mapping made on screen: a reader who never saw it maps an invented survey, by clicks alone."""

import re
import time
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest

from components.mapping.groups import GROUPS, LABELS, ROWS, fields
from data.loading import Seen, load
from data.mapping import FIELDS, Field, Mapping, Only, as_toml, find, from_toml, headings, propose, steps
from data.reading import INTERVIEWS, Table
from data.scoring import EQUAL
from tests.data.mapping_survey import SURVEY, finished, survey
from tests.pages.screen import words

FEW = replace(EQUAL, key="few", label="few elements", minimum_answered=0.3)
RETURNED, PSYCHOSOCIAL = "How they returned", "Psychosocial elements"
EMPTY = Table(pd.DataFrame({0: ["a", "1", "2"], 1: ["b", "x", "y"]}, dtype="str"))


def screen() -> None:
    import streamlit as st

    from components.mapping import edit

    edit(st.session_state["seen"], "map")


def opened(table: Table, mapping: Mapping | None = None) -> AppTest:
    """The editor of a file, as it is drawn first."""
    app = AppTest.from_function(screen, default_timeout=300)
    app._bidi_component_manager = BidiComponentManager()
    app.session_state["seen"] = Seen("autumn.csv", table, INTERVIEWS, mapping=mapping, lacking=("None for person.",))
    return app.run()


def used(app: AppTest) -> Mapping | None:
    return app.session_state["map"].used


def made(app: AppTest, name: str) -> Field | None:
    return app.session_state["map"].get(name)


def look_at(app: AppTest, group: str) -> AppTest:
    app.button_group(key="map-group").set_value(group).run()
    assert not app.exception
    return app


def choose(app: AppTest, name: str, column: str) -> AppTest:
    return app.selectbox(key=f"map-{name}-column").set_value(column).run()


def at(column: str, table: Table | None = None) -> int:
    return headings(table or survey()).index(column)


def tick(app: AppTest, name: str, column: str, code: str, *ticked: str) -> AppTest:
    return app.button_group(key=f"map-{name}-{at(column)}-{code}").set_value([*ticked]).run()


def told(app: AppTest) -> str:
    shown = (text.value for text in app.markdown if text.value.startswith("- ") and ": it " not in text.value)
    return next(shown, "").replace("\\_", "_")


def use(app: AppTest) -> Mapping:
    app.button(key="map-use").click().run()
    chosen = used(app)
    assert chosen
    return chosen


MANNER, HELP = "return/Manner of return", "help/Type of assistance received"
BELONGING = "psy/Sense of belonging (1 = none, 5 = very strong)"
DISCRIMINATION = "psy/Discrimination felt (1 = always, 5 = never)"


def by_clicks(app: AppTest) -> Mapping:
    """What a programme officer does: 20 clicks after what was found."""
    choose(app, "wave", " ")
    choose(app, "country_of_return", " ")
    app.selectbox(key="map-country_of_return-constant").set_value("AFG").run()

    look_at(app, RETURNED)
    choose(app, "removed_by_force", MANNER)
    tick(app, "removed_by_force", MANNER, "yes", "Deportation", "expulsion")

    look_at(app, PSYCHOSOCIAL)
    for name, column in (("p23", BELONGING), ("p26", DISCRIMINATION)):
        app.button_group(key=f"map-{name}-{at(column)}-scale").set_value(False).run()

    look_at(app, "Assistance")
    key = f"map-assistance-{at(HELP)}"
    app.selectbox(key=f"{key}-others").set_value("other").run()
    app.selectbox(key=f"{key}-first").set_value("small business").run()

    look_at(app, ROWS)
    app.multiselect(key="map-rows-columns").set_value(["intro/consent"]).run()
    return use(app)


@pytest.fixture(scope="module")
def mapped() -> tuple[AppTest, Mapping]:
    app = opened(survey())
    return app, by_clicks(app)


def test_a_survey_is_mapped_by_clicks_to_the_expected_cohort(mapped: tuple[AppTest, Mapping]) -> None:
    _, mapping = mapped
    read = {
        name: load(Seen("autumn.csv", survey(), INTERVIEWS, mapping=each), profile=FEW)
        for name, each in (("clicks", mapping), ("by hand", finished(propose(survey(), "autumn"))))
    }
    assert_frame_equal(read["clicks"].frame, read["by hand"].frame)
    told = ["host", "country_of_return", "band", "perceived_choice", "sex", "age_group", "months"]
    assert read["clicks"].frame[told].notna().any().all()
    assert sum(field.field.startswith("p") and field.field[1:].isdigit() for field in mapping.fields) >= 10
    assert mapping.only == (Only("intro/consent", ("yes",)),)
    assert made(mapped[0], "removed_by_force") == Field(
        "removed_by_force", (MANNER,), (("Deportation", "yes"), ("expulsion", "yes")), otherwise="no"
    )


def test_the_saved_mapping_loads_the_next_file_without_a_click(mapped: tuple[AppTest, Mapping]) -> None:
    _, mapping = mapped
    saved = from_toml(as_toml(mapping))
    assert saved == mapping
    assert mapping.name == "autumn"
    assert find([saved], headings(survey())) == saved
    app = opened(survey(), saved)
    assert not app.button(key="map-use").disabled
    assert use(app) == saved


def test_nothing_personal_and_no_small_count_goes_to_the_browser(mapped: tuple[AppTest, Mapping]) -> None:
    app, mapping = mapped
    assert any(text.value == "Reads 10 rows; fewer than 10 left out by the rows you chose." for text in app.caption)
    everything = "\n".join(words(look_at(app, group)) for group in GROUPS)
    assert "Deportation · fewer than 10" in everything
    assert not re.search(r" · [1-9]\b(?! found| of )", everything)
    personal = [
        "Nobody",
        "Asker",
        "Personne",
        "0700111222",
        "+93 700",
        "nobody@",
        "P00000",
        "1990-01-01",
        "34.55",
        "B-0",
    ]
    assert not [part for part in personal if part in everything]
    assert "who/full\\_name: it tells names" in everything or "who/full_name: it tells names" in everything
    assert not [part for part in personal if part in as_toml(mapping)]


def test_counts_of_ten_and_more_are_shown() -> None:
    frame = survey().frame
    many = Table(pd.concat([frame, *[frame.iloc[1:]] * 9], ignore_index=True))
    app = look_at(opened(many), RETURNED)
    options = app.button_group(key=f"map-ordered_to_leave-{at('return/order_to_leave')}-yes").options
    assert options == ["no · 40", "Don't know · 20", "oui · 20", "sí · 20", "yes · 20"]
    assert any(text.value == "Reads 120 rows." for text in app.caption)


def test_what_is_missing_is_said_and_nothing_can_be_used_before() -> None:
    app = opened(EMPTY)
    assert app.button(key="map-use").disabled
    assert told(app).count("\n- ") == 5
    assert "nothing that tells person:" in told(app)
    choose(app, "person", "a")
    assert "nothing that tells person:" not in told(app)
    for name in ("host", "country_of_return"):
        choose(app, name, " ")
        assert f"“{LABELS[name]}” is the same for all rows: say what it is." in told(app)
        app.selectbox(key=f"map-{name}-constant").set_value("DEU").run()
    choose(app, "wave", " ")
    app.text_input(key="map-wave-constant").set_value("third").run()
    assert "gives wave the code 'third', which it does not take" in told(app)
    app.text_input(key="map-wave-constant").set_value("3").run()
    choose(look_at(app, RETURNED), "band", " ")
    app.selectbox(key="map-band-constant").set_value("forced").run()
    assert told(app).count("\n") == 0
    choose(look_at(app, "Scores"), "composite", "a")
    assert not told(app)
    assert made(app, "wave") == Field("wave", constant="3")
    assert use(app).headings == ("a", "b")


def test_both_dates_are_enough_for_the_months() -> None:
    app = opened(survey())
    assert "months" not in told(app)
    choose(app, "return_date", "")
    assert "nothing that tells wave or months" in told(app)


def test_a_change_takes_the_mapping_back_until_it_is_pressed_for_again() -> None:
    app = opened(survey(), finished(propose(survey(), "autumn")))
    choose(app, "wave", "")
    assert app.button(key="map-use").disabled is False
    before = use(app)
    choose(app, "wave", " ")
    assert used(app) is None
    choose(app, "wave", "")
    assert use(app) == before
    app.text_input(key="map-name").set_value("  Autumn  round ").run()
    assert used(app) is None
    assert use(app).name == "Autumn round"
    app.text_input(key="map-name").set_value(" ").run()
    assert use(app).name == "Autumn round"


def test_a_scale_runs_either_way_and_to_the_ends_the_reader_says() -> None:
    app = look_at(opened(survey()), PSYCHOSOCIAL)
    key = f"map-p23-{at(BELONGING)}"
    assert "“23. Sense of belonging to the community” has 5 words" in told(app)
    app.button_group(key=f"{key}-scale").set_value(True).run()
    assert made(app, "p23").values == steps(1, 5, best_low=True)
    app.number_input(key=f"{key}-low").set_value(0).run()
    assert made(app, "p23").values == steps(0, 5, best_low=True)
    assert app.button_group(key=f"{key}-scale").options == ["5 is best, 0 is worst", "0 is best, 5 is worst"]
    choose(app, "p23", "")
    choose(app, "p23", BELONGING)
    app.selectbox(key=f"{key}-ask-5").set_value("").run()
    app.button_group(key=f"{key}-scale").set_value(False).run()
    assert made(app, "p23").values == (*steps(1, 4), ("5", ""))
    app.selectbox(key=f"{key}-ask-3").set_value("").run()
    assert dict(made(app, "p23").values)["3"] == ""
    app.selectbox(key=f"{key}-ask-3").set_value("as others").run()
    assert "“23. Sense of belonging to the community” has 1 word" in told(app)


def test_points_need_no_codes_and_other_numbers_do() -> None:
    points = {BELONGING: ("0.25", "1", ""), DISCRIMINATION: ("0.3", "1", "Refused")}
    app = look_at(opened(survey(SURVEY | points)), PSYCHOSOCIAL)
    assert "“23. Sense" not in told(app)
    assert any("points already" in caption.value for caption in app.caption)
    assert "“26. Feeling" not in told(app)  # nor where somebody refused
    other = opened(survey(SURVEY | {BELONGING: ("7", "1")}))
    assert "“23. Sense of belonging to the community” has 2 words" in told(other)


def test_yes_and_no_are_ticked_and_the_rest_is_said() -> None:
    app = look_at(opened(survey()), RETURNED)
    choose(app, "invited", MANNER)
    tick(app, "invited", MANNER, "no", "Deportation")
    assert "has 3 words without a meaning" in told(app)
    app.button_group(key=f"map-invited-{at(MANNER)}-others").set_value("").run()
    assert made(app, "invited") == Field("invited", (MANNER,), (("Deportation", "no"),), otherwise="")
    tick(app, "invited", MANNER, "yes", "Spontaneous")
    tick(app, "invited", MANNER, "no")
    assert made(app, "invited") == Field("invited", (MANNER,), (("Spontaneous", "yes"),), otherwise="")
    tick(app, "invited", MANNER, "yes")
    app.button_group(key=f"map-invited-{at(MANNER)}-others").set_value("no").run()
    assert {*dict(made(app, "invited").values).values(), made(app, "invited").otherwise} == {"no"}
    assert "“Did the country of return invite" not in told(app)
    app.button_group(key=f"map-invited-{at(MANNER)}-others").set_value("").run()
    assert {*dict(made(app, "invited").values).values(), made(app, "invited").otherwise} == {""}
    choose(app, "invited", "")
    assert made(app, "invited") is None


def test_two_clicks_at_once_both_count() -> None:
    app = look_at(opened(survey()), "About the person")
    key = f"map-sex-{at('who/Sexe du répondant')}-ask"
    app.selectbox(key=f"{key}-féminin").set_value("other")
    app.selectbox(key=f"{key}-homme").set_value("other").run()
    codes = dict(made(app, "sex").values)
    assert (codes["Féminin"], codes["Homme"], codes["femme"]) == ("other", "other", "female")


def test_the_button_leads_from_group_to_group() -> None:
    app = opened(survey())
    for group in [*GROUPS][1:]:
        app.button(key="map-group-next").click().run()
        assert app.button_group(key="map-group").value == group
    assert not [button for button in app.button if button.key == "map-group-next"]


def test_codes_the_screen_does_not_offer_are_kept() -> None:
    own = (
        Field("p01", ("soc/rent",), (("100", "0.4"), ("150", "0.9")), otherwise="0.1"),
        Field("host", constant="Germany"),
        Field("weight", constant="2"),
        Field("area", ("who/Age", "who/household_size")),
    )
    app = opened(survey(), Mapping("odd", own))
    for group in GROUPS:
        look_at(app, group)
    assert app.session_state["map"].mapping.fields == own


def test_a_wave_may_be_told_by_year_and_quarter_together() -> None:
    app = opened(survey())
    choose(app, "wave", "who/Age")
    app.multiselect(key="map-wave-more").set_value(["who/household_size"]).run()
    assert made(app, "wave").columns == ("who/Age", "who/household_size")


def test_personal_columns_are_offered_only_on_request() -> None:
    app = opened(survey())
    assert "who/full_name" not in app.selectbox(key="map-host-column").options
    app.toggle(key="map-private").set_value(True).run()
    assert "who/full_name" in app.selectbox(key="map-host-column").options
    choose(app, "host", "who/full_name")
    assert not re.search("Nobody|Atall", words(app))
    assert any("look personal" in caption.value for caption in app.caption)


def bring(app: AppTest, content: bytes) -> AppTest:
    return app.file_uploader[0].set_value(("mapping.toml", content, "application/toml")).run()


def test_a_mapping_brought_along_is_used_and_what_changed_is_told() -> None:
    own = finished(propose(survey(), "spring"))
    app = bring(opened(survey()), as_toml(own).encode())
    assert [info.value for info in app.info] == ["The mapping fits: nothing in the form changed."]
    brought = use(app)
    assert {*brought.fields} == {*own.fields}
    assert (brought.name, brought.only) == ("spring", own.only)

    renamed = {("who/Age now" if name == "who/Age" else name): cells for name, cells in SURVEY.items()}
    app = bring(opened(survey(renamed)), as_toml(own).encode())
    assert any("no column 'who/Age'" in info.value and "'who/Age now'" in info.value for info in app.info)
    assert made(app, "age") is None


@pytest.mark.parametrize("content", [b"\xff\xfe", b"no toml", b"format = 9"])
def test_a_bad_mapping_is_refused_in_words_and_changes_nothing(content: bytes) -> None:
    app = opened(survey())
    before = app.session_state["map"].mapping
    bring(app, content)
    assert not app.exception
    assert len(app.error) == 1
    assert app.error[0].value.endswith(".")
    assert app.session_state["map"].mapping == before


def test_words_that_pick_rows_are_found_however_they_are_spelt() -> None:
    mapping = replace(finished(propose(survey(), "spring")), only=(Only("intro/consent", ("YES", "sí")),))
    app = look_at(opened(survey(), mapping), ROWS)
    box = app.button_group(key=f"map-rows-{at('intro/consent')}")
    assert box.options == ["yes · 10", "no · fewer than 10", "sí"]
    assert box.value == ["yes", "sí"]


def test_the_rows_that_are_read_need_words() -> None:
    app = look_at(opened(survey()), ROWS)
    app.multiselect(key="map-rows-columns").set_value(["_validation_status"]).run()
    assert "no word of '_validation_status' is chosen" in told(app)
    place = f"map-rows-{at('_validation_status')}"
    app.button_group(key=place).set_value(["Approved"]).run()
    assert "_validation_status" not in told(app)
    assert any(text.value == "Reads 10 rows." for text in app.caption)


def test_the_file_s_words_are_shown_as_they_are() -> None:
    picture = "![x](http://example.org/p.png)"
    app = look_at(opened(survey(SURVEY | {MANNER: (picture, "b"), picture: ("yes", "no")})), RETURNED)
    choose(app, "removed_by_force", MANNER)
    shown = [text.value for kind in ("markdown", "caption", "info") for text in app.get(kind)]
    shown += [option for group in app.button_group for option in group.options]
    shown += [box.label for box in app.selectbox]
    assert any("example" in text for text in shown)
    assert not any(re.search(r"(?<!\\)!\[|(?<!!)(?<!\\)\[x", text) for text in shown)


def test_every_field_has_a_place_and_words() -> None:
    assert sorted(name for group in GROUPS for name in fields(group)) == sorted(FIELDS)
    assert LABELS.keys() == {*FIELDS}


def drawn(app: AppTest, group: str) -> float:
    """Seconds of the processor, of which other processes take none."""
    start = time.process_time()
    look_at(app, group)
    return time.process_time() - start


def test_740_by_564_is_drawn_quickly(record_testsuite_property: Callable[[str, object], None]) -> None:
    cells = [("yes", "no", ""), ("12", "70", "33"), ("a", "b", "c", "d", "e")]
    asked = {f"group/Some question number {n} about a thing?": cells[n % 3] for n in range(564 - len(SURVEY))}
    body = survey(SURVEY | asked).frame
    wide = Table(pd.concat([body.iloc[:1], *[body.iloc[1:]] * 62], ignore_index=True).iloc[:741])
    assert (wide.rows, len(wide.headings)) == (740, 564)
    small, large = opened(survey()), opened(wide)
    for group in GROUPS:
        took = drawn(large, group)
        record_testsuite_property(f"{group}: wide over small", round(took / drawn(small, group), 1))
        assert took < 2
