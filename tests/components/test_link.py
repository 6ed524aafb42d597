import hashlib
from pathlib import Path

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.filters import in_links
from components.link import Param, ignored, in_codes, migrations, numbers, steps
from components.link.migrations import MIGRATIONS, VERSION, migrated
from data import countries
from data.filters import every, names
from data.summaries.offered import Choices

BANDS = {"obliged": "Obliged", "forced": "Forced"}
CORRIDORS = {"DEU-AFG": "Germany → Afghanistan", "DEU-IRQ": "Germany → Iraq"}
PARAMS = {
    "band": Param(BANDS, closed=True, count=1),
    "corridors": Param(CORRIDORS, closed=True),
    "levels": numbers(steps(2, 25, 1), count=2),
    "line": numbers(steps(0.0, 1.0, 0.05)),
    "waves": Param(closed=True),
    "area": Param(),
}
SOUND = {
    "band": st.lists(st.sampled_from([*BANDS, *BANDS.values()]), max_size=1),
    "corridors": st.lists(st.sampled_from([*CORRIDORS, *CORRIDORS.values()])),
    "levels": st.lists(st.integers(2, 25).map(str), min_size=2, max_size=2),
    "line": st.integers(0, 20).map(lambda step: [f"{step / 20:g}"]),
    "area": st.lists(st.text(min_size=1)),
}
anything = st.dictionaries(st.text() | st.sampled_from([*PARAMS, "v"]), st.lists(st.text()))


def followed(wanted: dict[str, list[str]]) -> tuple[str, ...]:
    return ignored(wanted, in_codes(wanted, PARAMS))


@given(st.fixed_dictionaries({}, optional=SOUND))
def test_what_is_offered_is_never_ignored(wanted: dict[str, list[str]]) -> None:
    assert followed(wanted) == ()


@given(anything)
def test_whatever_a_link_asks_for_only_names_of_its_choices_are_told(wanted: dict[str, list[str]]) -> None:
    told = followed(wanted)
    assert set(told) <= (set(PARAMS) & set(wanted))
    codes = in_codes(wanted, PARAMS)
    assert "v" not in codes
    closed = [name for name, param in PARAMS.items() if param.closed]
    assert all(code in PARAMS[name].words for name in closed for code in codes.get(name, []))


@given(st.sampled_from(["band", "corridors", "levels", "line", "waves"]), st.text(min_size=1))
def test_one_value_that_is_not_offered_is_enough(name: str, value: str) -> None:
    odd = f"{value}?"  # no value that is offered ends so
    assert followed({name: [odd]}) == followed({name: ["forced", odd]}) == (name,)


@given(st.integers(), st.integers())
def test_numbers_beyond_a_range_are_ignored_with_the_other_end(first: int, last: int) -> None:
    wanted = {"levels": [str(first), str(last)]}
    sound = 2 <= first <= 25 and 2 <= last <= 25
    assert in_codes(wanted, PARAMS) == (wanted if sound else {})
    assert followed(wanted) == (() if sound else ("levels",))


@pytest.mark.parametrize("ends", [["5"], ["5", "9", "12"], ["5", ""], ["5.5", "9"], ["٣", "9"], ["5.0", "9"]])
def test_a_range_has_two_whole_numbers(ends: list[str]) -> None:
    assert followed({"levels": ends}) == ("levels",)


def test_a_choice_of_one_value_takes_no_two() -> None:
    several = {"band": ["obliged", "forced"], "corridors": [*CORRIDORS]}
    assert in_codes({"v": [str(VERSION)], **several}, PARAMS) == {"corridors": [*CORRIDORS]}


@pytest.mark.parametrize("value", ["0.503", "1.05", "-0.05", "nan", "0,5", "1e-1"])
def test_a_number_off_the_steps_is_ignored(value: str) -> None:
    assert followed({"line": [value]}) == ("line",)


def test_choices_that_the_data_do_not_have_take_nothing() -> None:
    nothing = in_links([], Choices())
    assert [*nothing] == ["cohort", *names(), "score", "line", "cohorts", "corridors"]
    for name in names():
        assert ignored({name: ["Forced"]}, in_codes({name: ["Forced"]}, nothing)) == (name,)


def test_every_filter_has_its_own_names() -> None:
    for values in (names(), [each.noun for each in every()], [each.column for each in every()]):
        assert len({*values}) == len(values) == len(every())


def test_words_of_the_first_version_lead_to_codes() -> None:
    first = {"band": ["Forced"], "corridor": ["Germany → Afghanistan"], "waves": ["Wave 1"], "drawn-as": ["Box"],
             "look-distributions": ["Group against group"], "line": ["0.3"], "against-area": ["Kabul"]}  # fmt: skip
    today = {"band": ["forced"], "place": ["DEU-AFG"], "waves": ["1"], "drawn-as": ["box"],
             "look-distributions": ["against"], "line": ["0.3"], "against-area": ["Kabul"]}  # fmt: skip
    assert migrated(first, "") == migrated(first, "1") == (today, ())
    assert migrated(today, str(VERSION)) == migrated(today, "") == (today, ())
    assert migrated(first, "3") == migrated(first, "99") == migrated(first, "two") == (first, ())
    assert migrated({"waves": ["Wave 1"]}, "2") == ({"waves": ["Wave 1"]}, ())


TO_AFGHANISTAN, FROM_GERMANY, APART = ["DEU-AFG", "PAK-AFG"], ["DEU-AFG", "DEU-IRQ"], ["DEU-IRQ", "SAU-ETH"]
NEAREST = [
    ({"corridor": ["DEU-AFG"]}, {"place": ["DEU-AFG"]}, ()),
    ({"corridor": ["DEU-AFG", "DEU-AFG"]}, {"place": ["DEU-AFG"]}, ()),
    ({"corridor": TO_AFGHANISTAN}, {"place": ["AFG"], "corridors": TO_AFGHANISTAN}, ("place",)),
    ({"corridor": FROM_GERMANY}, {"corridors": FROM_GERMANY}, ("place",)),
    ({"corridor": APART}, {"corridors": APART}, ("place",)),
    ({"band": ["obliged", "forced"]}, {"band": ["compulsory"]}, ()),
    ({"band": ["forced", "obliged"]}, {"band": ["compulsory"]}, ()),
    ({"band": ["solicited", "voluntary", "reluctant", "pressured"]}, {"band": ["not_compulsory"]}, ()),
    ({"band": ["forced"]}, {"band": ["forced"]}, ()),
    ({"band": ["pressured", "forced"]}, {}, ("band",)),
    ({"months": ["0", "6"]}, {"months": ["0-6"]}, ()),
    ({"months": ["12", "7"]}, {"months": ["7-12"]}, ()),
    ({"months": ["25", "60"]}, {"months": ["25-"]}, ()),
    ({"months": ["0", "7"]}, {"months": ["0-6"]}, ("months",)),
    ({"months": ["5", "12"]}, {"months": ["7-12"]}, ("months",)),
    ({"months": ["5", "9"]}, {}, ("months",)),
    ({"months": ["23", "24"]}, {}, ("months",)),
    ({"months": ["0", "24"]}, {}, ("months",)),
    ({"months": ["5", "9", "12"]}, {}, ("months",)),
    ({"year": ["2020", "2020"]}, {"year": ["2020"]}, ()),
    ({"year": ["2019", "2021"]}, {}, ("year",)),
    ({"sex": ["female"]}, {"sex": ["female"]}, ()),
    ({"sex": ["female", "male"]}, {}, ("sex",)),
    ({"age": ["18-24", "25-34"]}, {}, ("age",)),
    ({"assistance": ["cash", "business"]}, {}, ("assistance",)),
    ({"cohort": ["demo"]}, {"cohort": ["demo"]}, ()),
    ({"cohort": ["demo", "demo-second"]}, {"cohort": ["demo"], "cohorts": ["demo-second"]}, ()),
    ({"waves": ["1", "3"], "levels": ["0.3", "0.6"]}, {"waves": ["1", "3"], "levels": ["0.3", "0.6"]}, ()),
]
"""What links of version 2 asked for, the nearest that can be asked for now, and what of it is told."""


@pytest.mark.parametrize(("second", "today", "told"), NEAREST)
def test_ranges_and_several_values_of_the_second_version_lead_to_the_nearest_one(
    second: dict[str, list[str]], today: dict[str, list[str]], told: tuple[str, ...]
) -> None:
    assert migrated(second, "2") == (today, told)
    assert migrated(today, str(VERSION)) == migrated(today, "2") == (today, ())


def test_of_more_filters_than_narrow_a_view_the_first_ones_hold() -> None:
    four = {"year": ["2020"], "sex": ["female"], "band": ["forced"], "place": ["DEU-AFG"]}
    params = {name: Param({code: code for code in codes}, closed=True) for name, codes in four.items()}
    for version in ("1", "2", str(VERSION)):
        followed = in_codes({"v": [version], **four}, params)
        assert followed == {name: four[name] for name in ("place", "band", "sex")}


def test_the_words_of_the_first_version_are_frozen() -> None:
    """A word that changes on screen is not changed here: the old one stays, the new one needs no place."""
    words = Path(migrations.__file__).with_name("v1.toml").read_bytes().replace(b"\r\n", b"\n")
    assert hashlib.sha256(words).hexdigest().startswith("87d793e1b500734a")


def test_reworded_on_screen_an_old_word_still_leads_to_its_code() -> None:
    reworded = {"band": Param({"forced": "Deported"}, closed=True)}
    for value in ("Forced", "forced", "Deported"):
        assert in_codes({"band": [value]}, reworded) == {"band": ["forced"]}
    assert in_codes({"v": ["2"], "band": ["Forced"]}, reworded) == {}


def test_every_corridor_s_words_lead_to_its_code() -> None:
    codes = [*countries.NAMES, *(country.alpha_3 for country in pycountry.countries)]
    words = [countries.corridor_label(f"{code}-AFG") for code in codes]
    assert migrated({"of": words}, "1") == ({"of": [f"{code}-AFG" for code in codes]}, ())


def test_every_version_is_lead_to_today_by_each_migration_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def swapped(params: migrations.Params) -> tuple[migrations.Params, list[str]]:
        return {"of" if name == "route" else name: values for name, values in params.items()}, ["of"]

    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, swapped))
    monkeypatch.setattr(migrations, "VERSION", VERSION + 1)
    assert migrated({"route": ["Germany → Iraq"], "sex": ["Women", "Men"]}, "") == ({"of": ["DEU-IRQ"]}, ("sex", "of"))
    assert migrated({"route": ["DEU-IRQ"], "sex": ["female", "male"]}, "2") == ({"of": ["DEU-IRQ"]}, ("sex", "of"))
    assert migrated({"route": ["DEU-IRQ"]}, "3") == ({"of": ["DEU-IRQ"]}, ("of",))
    assert migrated({"route": ["DEU-IRQ"]}, "4") == ({"route": ["DEU-IRQ"]}, ())


@given(st.fixed_dictionaries({}, optional=SOUND))
def test_codes_and_words_lead_to_each_other(wanted: dict[str, list[str]]) -> None:
    codes = in_codes(wanted, PARAMS)
    words = {name: [PARAMS[name].word(code) for code in values] for name, values in codes.items()}
    assert in_codes({"v": [str(VERSION)], **codes}, PARAMS) == codes
    assert {name: values for name, values in in_codes(words, PARAMS).items() if name != "area"} == {
        name: values for name, values in codes.items() if name != "area"
    }
