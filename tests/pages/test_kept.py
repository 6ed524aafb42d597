"""Kept data on the Cohorts page: said again, corrected, and left out with the reason."""

import json
from pathlib import Path

import pytest

from components.texts import UNKNOWN
from data import library
from data.loading import load, look
from tests.pages.screen import cards, open_page, words
from tests.pages.test_upload import csv, keep, kept, upload

pytestmark = pytest.mark.usefixtures("own")


def test_the_same_file_twice_is_kept_once_with_the_last_names_given(own: Path) -> None:
    for source in ("Survey taem", "Survey team"):
        app = keep(upload(open_page("cohorts"), "autumn.csv", csv()), name="Autumn", source=source, licence="CC0")
    assert app.success[0].value == (
        "“Autumn” was already kept; its name, source and licence are now those you gave. It is in view."
    )
    assert kept(own) == {"autumn", "demo", "demo-second", "uk", "unhcr"}
    assert any("Source: Survey team · Licence: CC0" in caption.value for caption in app.caption)
    assert "Survey taem" not in words(app)


@pytest.mark.parametrize("removed", [False, True])
def test_cards_say_the_source_that_was_corrected(removed: bool) -> None:
    for source in ("Survey taem", "Survey team"):
        app = keep(upload(open_page("cohorts"), "autumn.csv", csv()), name="Autumn", source=source, licence="CC0")
        if removed and source == "Survey taem":
            app.switch_page("pages/spectrum.py").run()
            assert all(card.said["Source."].startswith("Survey taem") for card in cards(app))
            app.switch_page("pages/cohorts.py").run().button(key="remove-autumn").click().run()
        app.switch_page("pages/spectrum.py").run()
    assert cards(app)
    for card in cards(app):
        assert card.said["Source."].startswith("Survey team")
    assert "Survey taem" not in words(app)


def test_what_was_kept_before_does_not_become_a_version_of_another(own: Path) -> None:
    app = open_page("cohorts")
    for name, sex in (("First", "male"), ("Second", "female")):
        keep(upload(app, f"{name}.csv", csv(sex=sex)), name=name)
    upload(app, "again.csv", csv(sex="male"))
    app.selectbox(key="keep-replaces").set_value("second")
    keep(app, name="First again")
    assert app.success[0].value == (
        "“First again” was already kept; its name, source and licence are now those you gave, and it stays a dataset "
        "by itself. It is in view."
    )
    assert {"first", "second"} <= kept(own)


def test_a_file_of_what_the_app_brings_along_leaves_that_as_it_is(own: Path) -> None:
    app = open_page("cohorts")
    brought = library.keep(load(look(csv(), "demo.csv")), own, key="demo-second", shipped=True)
    keep(upload(app, "autumn.csv", csv()), name="Mine")
    assert app.success[0].value == "“demo” comes with the app and stays as it is. It is in view."
    assert brought in library.manifests(own)
    assert kept(own) == {"demo", "demo-second", "uk", "unhcr"}
    assert app.sidebar.selectbox(key="cohort").value == "demo-second"


def test_what_cannot_be_used_is_told_of_by_its_key_and_can_be_removed(own: Path) -> None:
    app = keep(upload(open_page("cohorts"), "autumn.csv", csv()), name="Autumn")
    assert not app.warning
    manifest = own / "autumn.json"
    manifest.write_text(manifest.read_text()[:-5])
    (own / "mappings").mkdir(exist_ok=True)
    (own / "mappings" / "old-form.toml").write_text("format = 0")
    app = open_page("cohorts")
    assert not app.exception
    assert [said.value for said in app.warning] == [
        "Dataset 'autumn' is left out because its manifest is damaged: put autumn.json back from a copy of the "
        "library, or remove what is left and load the file again.",
        "Mapping 'old-form' is left out because the mapping says format = 0, and this version reads 1: make it anew "
        "here, or update the app.",
    ]
    app.button(key="remove-autumn").click().run()
    app.button(key="forget-old-form").click().run()
    assert not app.exception
    assert not app.warning
    assert kept(own) == {"demo", "demo-second", "uk", "unhcr"}
    assert not [*own.glob("autumn*"), *own.glob("mappings/*")]


def test_a_version_whose_data_are_gone_is_not_compared(own: Path) -> None:
    old = library.keep(load(look(csv(), "round.csv")), own)
    new = library.keep(load(look(csv(sex="female"), "round.csv")), own, replaces=old.key)
    library.path(old, own).unlink()
    app = open_page("cohorts")
    assert not app.exception
    assert any(caption.value.startswith("No earlier version can be read") for caption in app.caption)
    assert new in library.manifests(own)


def test_the_page_says_which_dataset_has_a_note_that_this_version_has_no_words_for(own: Path) -> None:
    file = own / "demo.json"
    open_page("cohorts")
    raw = json.loads(file.read_text())
    raw["doubts"] = [{"code": "quotas", "parameters": {"by": "sex"}}]
    raw["shipped"] = False
    (own / "later.json").write_text(json.dumps(raw | {"key": "later", "name": "Later"}))
    app = open_page("cohorts")
    assert [warning.value for warning in app.warning] == [UNKNOWN]
