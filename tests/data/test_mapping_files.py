import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.library import LibraryError, manifests, sweep
from data.mapping import Field, Mapping, Only, as_toml, changes, find, fits, from_toml, headings, propose, read_mapped
from data.mapping.kept import keep, kept, remove, shipped, unreadable
from data.mapping.model import FIELDS
from data.reading import ReadingError, Table
from tests.data.mapping_survey import SURVEY, finished, survey
from tests.said import in_words

MAPPING = finished(propose(survey(), "Survey, autumn"))


def test_a_second_export_of_the_form_finds_its_mapping() -> None:
    others = [replace_columns(MAPPING, lambda name: f"{name} (old)"), *shipped().values()]
    second = survey({name: cells if isinstance(cells, str) else cells[:1] for name, cells in SURVEY.items()})
    assert find([*others, MAPPING], headings(second)) is MAPPING
    assert fits(MAPPING, headings(second))
    assert find(others, headings(second)) is None
    assert find([], headings(second)) is None


def test_a_form_with_a_new_question_is_still_the_form() -> None:
    longer = survey(SURVEY | {"new/question": ("yes",)})
    assert find([MAPPING], headings(longer)) is MAPPING
    assert find([MAPPING], headings(survey(SURVEY | {f"new/{n}": ("yes",) for n in range(7)}))) is None


def test_a_form_without_a_used_column_is_another() -> None:
    assert find([MAPPING], headings(survey({name: cells for name, cells in SURVEY.items() if name != "today"}))) is None


def test_what_changed_in_the_form_is_told() -> None:
    assert changes(MAPPING, survey()) == ()
    renamed = {
        ("who/Sexe de répondant" if name.startswith("who/Sexe") else name): cells for name, cells in SURVEY.items()
    }
    more = {"new/question": ("yes",), "eco/How often do you borrow money?": ("never", "daily", "hourly")}
    assert in_words(changes(MAPPING, survey(renamed | more))) == (
        "The file has no column 'who/Sexe du répondant', from which the mapping makes sex: choose another column for "
        "it, perhaps 'who/Sexe de répondant'.",
        "Columns that are new in the form: 2, such as 'who/Sexe de répondant', 'new/question'.",
        "Column 'eco/How often do you borrow money?' has 8 rows with 2 words that the mapping does not know for p04: "
        "give each a code, or leave them out.",
    )


def replace_columns(mapping: Mapping, rename: Callable[[str], str]) -> Mapping:
    return Mapping(mapping.name, mapping.fields, tuple(map(rename, mapping.headings)), mapping.only)


def test_a_mapping_is_the_same_after_its_file() -> None:
    text = as_toml(MAPPING)
    assert from_toml(text) == MAPPING
    assert text.startswith('format = 1\nname = "Survey, autumn"\n')
    assert '[fields.sex]\ncolumn = "who/Sexe du répondant"\n' in text


WORD = st.text(min_size=1, max_size=6).filter(lambda text: text.split())
PAIRS = st.dictionaries(st.sampled_from(["a", "B b", "é", "نعم", '"q"', "x\ny", "1.5"]), WORD).map(
    lambda pairs: tuple(pairs.items())
)
TEXT_FIELD = st.sampled_from(["person", "area", "label", "assistance_provider"])
COLUMNS = st.lists(st.text(), min_size=1, max_size=3).map(tuple)
A_FIELD = st.builds(Field, TEXT_FIELD, COLUMNS, PAIRS, st.none() | st.text(max_size=5)) | st.builds(
    Field, TEXT_FIELD, constant=st.text(max_size=5)
)
A_MAPPING = st.builds(
    Mapping,
    st.text(),
    st.lists(A_FIELD, max_size=4, unique_by=lambda field: field.field).map(tuple),
    st.lists(st.text()).map(tuple),
    st.lists(st.builds(Only, st.text(), st.lists(st.text()).map(tuple)), max_size=2).map(tuple),
)


@given(A_MAPPING)
def test_any_mapping_is_the_same_after_its_file(mapping: Mapping) -> None:
    assert from_toml(as_toml(mapping)) == mapping


@given(st.text() | st.text("[]={}\"'.,\n abformtelds1", max_size=60).map(lambda text: f"format = 1\n{text}"))
def test_any_text_is_a_mapping_or_told_to_be_none(text: str) -> None:
    with suppress(ReadingError):
        assert isinstance(from_toml(text), Mapping)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("format = ", "cannot be read as TOML"),
        ("", "says format = 'nothing'"),
        ("format = 2", "says format = 2, and this version reads 1"),
        ("format = 1\nnmae = 'x'", "has 'nmae', which means nothing: use format, name"),
        ("format = 1\nname = 3", "name is not text in quotes"),
        ("format = 1\nheadings = 'a'", "headings is not a list"),
        ("format = 1\nonly = ['a']", "only is not a section"),
        ("format = 1\nfields = 1", "fields is not a section"),
        ("format = 1\n[fields.gender]\ncolumn = 'a'", "'gender', which is no field: use one of person,"),
        ("format = 1\n[fields.sex]\nvalues = {}", "fields.sex needs one of column, columns and constant"),
        ("format = 1\n[fields.sex]\ncolumn = 'a'\nconstant = 'b'", "give it exactly one"),
        ("format = 1\n[fields.sex]\ncolumn = 'a'\nvalues = {m = 1}", "fields.sex.values is not text"),
        ("format = 1\n[fields.sex]\ncolumn = 'a'\nvalues = {m = 'male', ' M' = 'male'}", "blank word or one twice"),
        ("format = 1\n[fields.sex]\ncolumn = 'a'\nvalues = {m = 'masc'}", "use one of female, male, other"),
        ("format = 1\n[fields.host]\nconstant = 'Atlantis'", "use a country's ISO code, such as AFG"),
        ("format = 1\n[fields.invited]\ncolumn = 'a'\notherwise = 'maybe'", "use yes or no"),
    ],
)
def test_a_file_that_is_no_mapping_says_what_to_mend(text: str, told: str) -> None:
    with pytest.raises(ReadingError) as raised:
        from_toml(text)
    assert told in str(raised.value)


def test_mappings_are_kept_replaced_and_removed(tmp_path: Path) -> None:
    assert kept(tmp_path) == {}
    assert keep(MAPPING, tmp_path) == "survey-autumn"
    assert kept(tmp_path) == {"survey-autumn": MAPPING}
    newer = Mapping(MAPPING.name, MAPPING.fields[:3])
    keep(newer, tmp_path)
    assert kept(tmp_path) == {"survey-autumn": newer}
    assert keep(Mapping("؟", ()), tmp_path) == "mapping"
    remove("survey-autumn", tmp_path)
    remove("../../survey-autumn", tmp_path)
    assert kept(tmp_path) == {"mapping": Mapping("؟", ())}
    assert manifests(tmp_path) == ()
    assert sweep(tmp_path) == 0
    assert [file.name for file in (tmp_path / "mappings").iterdir()] == ["mapping.toml"]


NAMES = [
    "استبيان العودة",
    "مسح العائدين",
    "پرسشنامه بازگشت",
    "Survey, autumn",
    "Survey autumn",
    "survey-autumn",
    "é",
    "e",
]


def test_two_names_never_share_a_key_and_each_replaces_itself(tmp_path: Path) -> None:
    keys = {name: keep(Mapping(name, ()), tmp_path) for name in NAMES}
    assert len({*keys.values()}) == len(NAMES)
    assert keys["استبيان العودة"] == "mapping"
    assert re.fullmatch("mapping-[0-9a-f]{8}", keys["مسح العائدين"])
    newer = {name: Mapping(name, MAPPING.fields[:1]) for name in NAMES}
    assert {name: keep(newer[name], tmp_path) for name in reversed(NAMES)} == keys
    assert kept(tmp_path) == {keys[name]: newer[name] for name in NAMES}


@settings(max_examples=30)
@given(st.lists(st.text() | st.sampled_from(NAMES), unique=True, max_size=5))
def test_as_many_mappings_are_kept_as_there_are_names(names: list[str]) -> None:
    with TemporaryDirectory() as place:
        for name in names * 2:
            keep(Mapping(name, ()), Path(place))
        assert sorted(mapping.name for mapping in kept(Path(place)).values()) == sorted(names)


def test_a_mapping_that_cannot_be_read_is_told_of_and_can_be_removed(tmp_path: Path) -> None:
    keep(MAPPING, tmp_path)
    assert unreadable(tmp_path) == {}
    (tmp_path / "mappings" / "broken.toml").write_bytes(b"\xff")
    (tmp_path / "mappings" / "old.toml").write_text("format = 0")
    (tmp_path / "mappings" / "torn.toml").write_text("format = ")
    assert kept(tmp_path).keys() == {"survey-autumn"}
    told = unreadable(tmp_path)
    assert told["broken"] == (
        "Mapping 'broken' is left out because it is not text, or may not be opened: put it back from a copy of the "
        "library, or remove it."
    )
    assert told["old"] == (
        "Mapping 'old' is left out because the mapping says format = 0, and this version reads 1: make it anew here, "
        "or update the app."
    )
    assert told["torn"].startswith("Mapping 'torn' is left out because the mapping cannot be read as TOML")
    assert keep(Mapping("Torn", ()), tmp_path) not in told
    for key in told:
        remove(key, tmp_path)
    assert unreadable(tmp_path) == {}
    assert len(kept(tmp_path)) == 2


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(MAPPING, tmp_path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LibraryError, match=r"cannot be changed \(No space left on device\): free some space"):
        keep(Mapping(MAPPING.name, ()), tmp_path)
    assert kept(tmp_path) == {"survey-autumn": MAPPING}
    assert len(list((tmp_path / "mappings").iterdir())) == 1


def test_the_shipped_mapping_reads_a_table_of_four_scores() -> None:
    columns = {
        "Beneficiary Code": ["R-1", "R-1", "R-2"],
        "year": ["2023", "2024", "2024"],
        "quarter": ["Q4", "Q1", "Q1"],
        "Host country": ["Germany", "Germany", "Pakistan "],
        "country_of_return": ["Afghanistan"] * 3,
        "Type of return": ["Deportation", "Deportation", "Assisted voluntary return"],
        "Economic": ["0.4", "0.5", ""],
        "Social": ["0.3", "0.2", "0.1"],
        "Psychosocial": ["0.1", "0.9", "1"],
        "Composite": ["0.35", "0.45", "0.55"],
    }
    table = Table(pd.DataFrame({n: [name, *cells] for n, (name, cells) in enumerate(columns.items())}, dtype="str"))
    mapping = find(shipped().values(), headings(table))
    assert mapping is not None
    frame = read_mapped(mapping, table, "scores.xlsx").frame
    assert frame["wave"].tolist() == [1, 2, 2]
    assert frame["host"].tolist() == ["DEU", "DEU", "PAK"]
    assert frame["band"].tolist() == ["forced", "forced", "unclassified"]
    assert frame["label"].tolist() == ["Deportation", "Deportation", "Assisted voluntary return"]
    assert frame["composite"].tolist() == [0.35, 0.45, 0.55]
    assert frame["profile"].unique().tolist() == ["supplied"]


def test_every_shipped_mapping_names_known_fields_and_its_own_columns() -> None:
    for mapping in shipped().values():
        assert {field.field for field in mapping.fields} <= set(FIELDS)
        assert mapping.columns().keys() <= set(mapping.headings)
        assert from_toml(as_toml(mapping)) == mapping
