"""Every code has words, every word its parameters, and no code is left over."""

import re
from pathlib import Path

import pytest

from components.texts import TEXTS, UNKNOWN, glossary, known, say
from components.texts.made import LEFT_OUT
from components.texts.template import VAGUE, fields
from data.flows.basis import Unit
from data.flows.left_out import Reason
from data.labels import UNIT_LABELS
from data.notes import Doubt, Mapped, Note, Recorded, Refused, Reported, Said, Vague, as_raw, from_raw

SIDES = (Doubt, Mapped, Recorded, Refused, Reported, Said)
CODES = [code for side in SIDES for code in side]
ROOT = Path(__file__).parents[2]


def test_every_code_has_words_that_take_its_parameters() -> None:
    assert {code: set(code.parameters) for code in CODES} == fields(TEXTS)
    assert {*VAGUE} == {*Vague}
    assert {*LEFT_OUT} == {*Reason} - {Reason.UNRECOGNISED}
    assert {*UNIT_LABELS} == {*Unit}


def test_no_two_codes_are_kept_under_one_name() -> None:
    names = [code.value for code in CODES]
    assert len(names) == len({*names})


def test_no_code_is_left_over() -> None:
    """Whatever is declared is used outside its declaration and its words."""
    apart = {*(ROOT / "data" / "notes").rglob("*.py"), *(ROOT / "components" / "texts").rglob("*.py")}
    files = [file for room in ("data", "components", "pages") for file in (ROOT / room).rglob("*.py")]
    told = "\n".join(file.read_text("utf-8") for file in files if file not in apart)
    used = {*re.findall(r"\b((?:Doubt|Mapped|Recorded|Refused|Reported|Said)\.[A-Z0-9_]+)", told)}
    declared = {f"{type(code).__name__}.{code.name}" for code in CODES}
    assert declared - used == set()


def test_a_note_takes_the_parameters_of_its_code_and_no_others() -> None:
    assert say(Note(Doubt.WEIGHT_BLANK, rows=1)) == "The weight is blank in 1 row: taken as 1."
    assert say(Note(Doubt.WEIGHT_BLANK, rows=None)) == "The weight is blank in fewer than 10 rows: taken as 1."
    assert say(Note(Doubt.ROWS_NOT_PICKED, rows=None, of=None)).startswith(
        "The mapping left out fewer than 10 rows of fewer than 10, "
    )
    assert say(Note(Doubt.NO_CHOICE, count=None)).endswith("not chosen: fewer than 10.")
    for wrong in ({}, {"row": 1}, {"rows": 1, "column": "weight"}):
        with pytest.raises(TypeError, match="weight_blank takes rows"):
            Note(Doubt.WEIGHT_BLANK, **wrong)


def test_a_note_is_a_value() -> None:
    one, other = (Note(Doubt.WAVES_STACKED, unit="wave", times=(1, 2), count=3) for _ in range(2))
    assert one == other
    assert len({one, other, one.but(count=4)}) == 2
    assert from_raw(as_raw(one)) == one


@pytest.mark.parametrize(
    "note",
    [
        Note("not_thought_of_yet", rows=3),
        Note("weight_blank"),  # without its parameter, as a newer version might keep it
        Note("weight_blank", rows="many", more=1),
        Note("separator", separator="a sign not known"),
        Note("left_out", reason="another", count=1, people=1, names=(), more=0),
    ],
)
def test_what_a_newer_version_noted_is_said_to_be_so(note: Note) -> None:
    assert not known(note)
    assert say(note) == UNKNOWN


def test_the_glossary_explains_each_word_plainly() -> None:
    words = glossary()
    assert {"corridor", "cohort", "wave", "composite score", "compulsory", "forced", "like for like"} <= {*words}
    for term, meaning in words.items():
        assert meaning[0].isupper(), term
        assert meaning.endswith("."), term
        assert len(meaning.split()) <= 32, term
        assert "{" not in meaning
