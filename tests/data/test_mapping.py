import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.texts import say
from components.texts.made import because
from data.mapping import headings, options, personal, propose, steps, suggest, suggest_values, words
from data.mapping.guess import country
from data.mapping.model import FIELDS, KEEP
from data.mapping.suggest import coded
from data.notes import Note
from data.reading import Table
from tests.data.mapping_survey import SURVEY, survey


def table(**columns: list[str]) -> Table:
    cells = [[heading, *body] for heading, body in columns.items()]
    return Table(pd.DataFrame(dict(enumerate(cells)), dtype="str"))


CHOSEN = {
    "person": "who/beneficiary_code",
    "interview_date": "today",
    "return_date": "return/Fecha de retorno",
    "host": "return/Which country did you return from?",
    "country_of_return": "return/Pays de retour",
    "label": "return/Manner of return",
    "perceived_choice": "return/How free was your choice to return?",
    "sex": "who/Sexe du répondant",
    "age": "who/Age",
    "assistance": "help/Type of assistance received",
    "right_to_remain": "return/right to stay",
    "ordered_to_leave": "return/order_to_leave",
    "pushed": "return/pressured to leave",
    "against_preference": "return/would have preferred to stay",
    "invited": "return/invited to return",
    "p01": "eco/How satisfied are you with your current economic situation?",
    "p03": "eco/Are you able to borrow money?",
    "p04": "eco/How often do you borrow money?",
    "p07": "eco/Are you currently working?",
    "p09": "eco/Are you searching for a job?",
    "p10": "soc/Acceso a la vivienda",
    "p12": "soc/Access to education",
    "p16": "soc/Access to health care",
    "p21": "psy/Participation in social activities",
    "p23": "psy/Sense of belonging (1 = none, 5 = very strong)",
    "p26": "psy/Discrimination felt (1 = always, 5 = never)",
}


def test_every_field_of_an_unknown_survey_is_suggested() -> None:
    assert len(SURVEY) == 60
    suggested = suggest(survey())
    assert {it.field: it.column for it in suggested if it.chosen} == CHOSEN
    assert all(0 < it.confidence <= 1 and because(it.reasons) for it in suggested)
    assert all(it.confidence >= 0.5 for it in suggested if it.chosen)
    fields = [it.field for it in suggested]
    assert fields == sorted(fields, key=FIELDS.index)
    assert max(map(fields.count, fields)) == 3


@pytest.mark.parametrize(
    ("heading", "cells", "chosen"),
    [
        ("What is your age?", ["17", "45"], "age"),
        ("q12_gender", ["male", "F"], "sex"),
        ("Q3", ["male", "female"], None),
        ("Q3", ["Obliged", "reluctant"], "band"),
        ("Age of the child", ["7", "12"], None),
        ("Sex of the head of household", ["male", "female"], None),
        ("Income in the last 3 months", ["120", "80"], None),
        ("Does the child go?", ["yes", "no"], None),
        ("Do you live in an urban area?", ["yes", "no"], None),
        ("Did you get assistance?", ["yes", "no"], None),
        ("Are you satisfied with your economic situation?", ["it depends", "on the day"], None),
        ("p07", ["1", "0"], "p07"),
        ("element 31", ["1", "0"], None),
        ("sex", ["", ""], None),
    ],
)
def test_a_column_is_chosen_only_for_what_it_holds(heading: str, cells: list[str], chosen: str | None) -> None:
    assert [it.field for it in suggest(table(**{heading: cells})) if it.chosen] == ([chosen] if chosen else [])


def test_the_codes_of_a_field_have_labels() -> None:
    assert options("sex") == {"female": "Women", "male": "Men", "other": "Another gender"}
    assert options("invited") == {"yes": "Yes", "no": "No"}
    assert options("p09") == {"1": "No", "0": "Yes"}
    assert list(options("p01")) == ["1", "0.75", "0.5", "0.25", "0"]
    assert options("host")["AFG"] == "Afghanistan"
    assert list(options("host").values()) == sorted(options("host").values())
    assert options("area") == options("months") == {}


def personal_by(table: Table) -> dict[str, str]:
    return {heading: say(Note(code)) for heading, code in personal(table).items()}


def test_no_answer_stands_in_a_reason() -> None:
    reasons = " ".join([*(because(it.reasons) for it in suggest(survey())), *personal_by(survey()).values()])
    assert not [word for word in ("B-0", "Germany", "700", "Nobody", "Deport") if word in reasons]


def test_columns_that_look_personal_are_named_with_a_reason() -> None:
    assert personal_by(survey()) == {
        "deviceid": "tells the device",
        "phonenumber": "tells phone numbers",
        "username": "tells who asked",
        "intro/enumerator_name": "tells who asked",
        "intro/Gender of the enumerator": "tells who asked",
        "intro/GPS": "tells where someone is",
        "_intro_GPS_latitude": "tells where someone is",
        "_intro_GPS_longitude": "tells where someone is",
        "_intro_GPS_altitude": "tells where someone is",
        "_intro_GPS_precision": "tells where someone is",
        "who/full_name": "tells names",
        "who/nom et prénom du père": "tells names",
        "who/Numéro de téléphone": "tells phone numbers",
        "who/contact": "holds what looks like phone numbers",
        "who/e-mail": "tells e-mail addresses",
        "who/passport_no": "tells document numbers",
        "who/date_of_birth": "tells a date of birth",
        "return/comments": "holds free text",
        "help/who gave it, in own words": "holds free text",
        "_submitted_by": "tells who asked",
    }


@pytest.mark.parametrize(
    ("heading", "cells", "reason"),
    [
        ("answer", [f"someone{n}@example.org" for n in range(9)], "holds what looks like e-mail addresses"),
        ("answer", [f"34.55{n} 69.20{n}" for n in range(9)], "holds what looks like coordinates"),
        ("answer", [f"34.55{n} 69.20{n} 0 0" for n in range(9)], "holds what looks like coordinates"),
        ("answer", [f"it was long ago and {n} of us went by road" for n in range(12)], "holds free text"),
        ("answer", [f"0{n}.0{n}.2024" for n in range(1, 9)], ""),
        ("answer", ["12000000", "8000000"], ""),
        ("answer", [f"{n}.33333333" for n in range(20)], ""),
        ("الاسم الكامل", ["x"], "tells names"),
        ("شماره تلفن", ["x"], "tells phone numbers"),
        ("nombre completo", ["x"], "tells names"),
        ("Nombre d'enfants", ["2"], ""),
        ("Name of the province", ["Kabul"], ""),
        ("Latitude of the law", ["yes", "no", "Refused"], ""),
    ],
)
def test_personal_by_heading_and_by_values(heading: str, cells: list[str], reason: str) -> None:
    assert personal_by(table(**{heading: cells})).get(heading, "") == reason


def test_words_are_counted_and_small_counts_are_not_shown() -> None:
    cells = ["Pakistan "] * 10 + ["pakistan"] * 5 + ["Iran"] * 10 + ["Germany"] * 9 + [""] * 3
    found = words(table(host=cells), "host")
    assert found["word"].tolist() == ["Pakistan", "Iran", "Germany"]
    assert found["rows"].astype("object").where(found["rows"].notna(), None).tolist() == [15, 10, None]


def test_words_tell_choices_apart() -> None:
    found = words(table(aid=["cash | training"] * 12 + ["cash"] * 8 + ["none"] * 10), "aid")
    assert dict(zip(found["word"], found["rows"], strict=True)) == {"cash": 20, "none": 10, "training": 10}


def test_words_are_in_an_order_that_tells_no_more_than_their_rounded_counts() -> None:
    found = words(table(aid=["work"] * 12 + ["cash"] * 11 + ["loan"] * 13), "aid")
    assert found["word"].tolist() == ["loan", "cash", "work"]
    assert found["rows"].tolist() == [15, 10, 10]


def test_words_of_a_personal_or_long_column_are_not_told() -> None:
    assert words(table(full_name=["Nobody Atall"] * 20), "full_name").empty
    assert words(table(x=[str(n) for n in range(61)]), "x").empty
    assert len(words(table(x=[str(n) for n in range(60)]), "x")) == 60
    with pytest.raises(KeyError):
        words(table(x=["1"]), "y")


@pytest.mark.parametrize(
    ("field", "cells", "codes"),
    [
        ("sex", ["F", "Masculino", "أنثى", "مرد", "x y"], ["female", "male", "female", "male", None]),
        ("sex", ["H", "M"], ["male", "female"]),
        ("sex", ["Women", "Men", "Another gender"], ["female", "male", "other"]),
        ("host", ["Allemagne", "Alemania", "ألمانيا", "آلمان", "Irán", "nowhere"], ["DEU"] * 4 + ["IRN", None]),
        ("host", ["Congo", "RDC", "NA"], ["COG", None, "NAM"]),
        ("invited", ["Oui", "sí", "نخیر", "maybe", "1"], ["yes", "yes", "no", None, "yes"]),
        ("band", ["voluntary", "forced"], [None, None]),
        ("band", ["voluntary", "forced", "Obliged", "assisted"], ["voluntary", "forced", "obliged", None]),
        ("p01", ["Très satisfait", "very_dissatisfied", "Ne sait pas", "2"], ["1", "0", "", None]),
        ("p02", ["Jamais", "siempre", "a menudo"], ["1", None, "0.25"]),
        ("p07", ["1", "0", "oui"], ["1", "0", "1"]),
        ("p09", ["1", "0", "oui"], [None, None, "0"]),
        ("p22", ["a very strong network", "strong", "No network"], ["1", "0.75", "0"]),
        ("age_group", ["18-24", "18–24", "<18", "50+", "50 and over"], ["18-24", "18-24", "0-17", "50+", "50+"]),
        ("perceived_choice", ["Free choice", "NONE", "Refused"], ["free", "none", ""]),
        ("area", ["Kabul", "Refused"], [None, None]),
    ],
)
def test_codes_are_guessed_only_where_a_word_has_one_meaning(
    field: str, cells: list[str], codes: list[str | None]
) -> None:
    expected = {word: code for word, code in zip(cells, codes, strict=True) if code is not None}
    assert suggest_values(field, cells) == expected


def test_no_name_of_two_countries_is_one() -> None:
    assert [country(word) for word in ("Korea", "Corée", "Virgin Islands", "Kongo")] == [None, None, None, "COG"]


def test_steps_of_a_scale() -> None:
    assert steps(1, 5) == (("1", "0"), ("2", "0.25"), ("3", "0.5"), ("4", "0.75"), ("5", "1"))
    assert steps(0, 3, best_low=True) == (("0", "1"), ("1", "0.6667"), ("2", "0.3333"), ("3", "0"))
    with pytest.raises(ValueError, match="lower to a higher"):
        steps(5, 1)


def test_headings_are_told_apart() -> None:
    cells = [["a  b ", "x"], ["a b", "x"], ["", "x"], ["a b (2)", "x"], ["a b", "x"]]
    names = headings(Table(pd.DataFrame(dict(enumerate(cells)), dtype="str")))
    assert names == ("a b", "a b (2)", "Column 3", "a b (2) (2)", "a b (3)")


def test_a_row_of_hxl_tags_is_no_answer() -> None:
    tagged = table(sex=["#sex", *["male"] * 10], host=["", *["Chad"] * 10])
    assert words(tagged, "sex")["word"].tolist() == ["male"]


def test_the_proposed_mapping_gives_each_known_word_its_code() -> None:
    fields = {field.field: field for field in propose(survey(), "Survey").fields}
    assert fields.keys() == CHOSEN.keys()
    assert dict(fields["sex"].values) == {
        "Féminin": "female", "Masculin": "male", "femme": "female", "Homme": "male", "Refused": "",
    }  # fmt: skip
    assert dict(fields["p09"].values) == {"yes": "0", "no": "1"}
    assert dict(fields["host"].values)["پاکستان"] == "PAK"
    assert fields["p23"].values == fields["label"].values == ()


def test_a_wide_survey_is_read_through_in_a_second() -> None:
    kinds = [
        ["yes", "no", ""],
        ["12", "70", "33"],
        ["Germany", "Pakistan "],
        ["2024-01-31", "2023-02-01"],
        [""],
        ["very satisfied", "Refused"],
        ["some words that stand in one long cell", "and others that do not"],
    ]
    cells = [[f"group/How satisfied with the economic thing {n}?", *(kinds[n % 7] * 740)[:740]] for n in range(564)]
    wide = Table(pd.DataFrame(dict(enumerate(cells)), dtype="str"))
    suggest(wide)  # the names of countries are read once
    took = []
    for _ in range(3):
        start = time.process_time()
        suggest(wide)
        took.append(time.process_time() - start)
    assert min(took) < 1


@given(st.lists(st.tuples(st.text(max_size=12), st.lists(st.text(max_size=8), min_size=2, max_size=2)), max_size=5))
def test_any_table_can_be_looked_at(columns: list[tuple[str, list[str]]]) -> None:
    frame = Table(pd.DataFrame({n: [heading, *body] for n, (heading, body) in enumerate(columns)}, dtype="str"))
    if columns:
        names = headings(frame)
        assert len(set(names)) == len(columns)
        assert personal(frame).keys() <= set(names)
        assert {it.column for it in suggest(frame)} <= set(names)
        propose(frame, "any")


def test_points_that_are_points_already_stay_beside_a_refusal() -> None:
    made = coded("p05", "debt", ["0", "0.25", "1", "Refused"])
    assert dict(made.values) == {"Refused": ""}
    assert made.otherwise == KEEP
    assert coded("p05", "debt", ["1", "2", "5"]).otherwise is None
