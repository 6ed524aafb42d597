from hypothesis import given
from hypothesis import strategies as st

from components.filters import KEYS, offered
from components.link import ignored
from data.summaries.people import Choices
from data.view import CHOICES

OFFERED = {"band": ["Obliged", "Forced"], "months": range(2, 26), "line": ["0.0", "0.5"], "waves": []}
SOUND = {
    "band": st.lists(st.sampled_from(["Obliged", "Forced", ""])),
    "months": st.lists(st.integers(2, 25).map(str)),
    "line": st.lists(st.sampled_from(["0.0", "0.5"])),
}
anything = st.dictionaries(st.text() | st.sampled_from([*OFFERED]), st.lists(st.text()))


@given(st.fixed_dictionaries({}, optional=SOUND))
def test_what_is_offered_is_never_ignored(wanted: dict[str, list[str]]) -> None:
    assert ignored(wanted, OFFERED) == ()


@given(anything)
def test_whatever_a_link_asks_for_only_names_of_choices_are_told(wanted: dict[str, list[str]]) -> None:
    told = ignored(wanted, OFFERED)
    assert set(told) <= set(OFFERED) & set(wanted)
    assert list(told) == [name for name in OFFERED if name in told]


@given(st.fixed_dictionaries({}, optional=SOUND), st.sampled_from([*SOUND]), st.text(min_size=1))
def test_one_value_that_is_not_offered_is_enough(wanted: dict[str, list[str]], name: str, value: str) -> None:
    values = OFFERED[name]
    odd = f"{value}?"  # no value that is offered ends so
    assert odd not in values
    assert ignored({**wanted, name: [*wanted.get(name, []), odd]}, OFFERED) == (name,)


@given(st.integers())
def test_numbers_beyond_a_range_are_ignored(number: int) -> None:
    assert ignored({"months": [str(number)]}, OFFERED) == (() if 2 <= number <= 25 else ("months",))


def test_choices_that_the_data_do_not_have_take_nothing() -> None:
    empty = Choices((), (), (), (), (), (), None, None, ())
    nothing = offered([], empty)
    for name in KEYS.values():
        assert ignored({name: ["Forced"]}, nothing) == (name,)


def test_every_choice_has_one_name_in_a_link() -> None:
    assert set(KEYS) == set(CHOICES)
    assert len({*KEYS.values()}) == len(KEYS)
