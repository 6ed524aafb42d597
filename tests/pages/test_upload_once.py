"""Work on an uploaded file is done once, or only when it is asked for, however often the page is drawn anew."""

import gc
import weakref
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components import data_report, scoring, upload
from data.mapping import kept as mappings
from data.mapping import propose
from data.scoring import EQUAL
from tests.data.mapping_survey import finished, survey
from tests.data.test_instrument_form import exported
from tests.pages.screen import cards, open_page
from tests.pages.test_upload import csv
from tests.pages.test_upload import upload as uploaded
from tests.pages.test_upload_survey import MANY, chosen, survey_csv

pytestmark = pytest.mark.usefixtures("own")

WAYS = "Score the same answers in the other ways"


class Counted:
    """A function that counts how often it is called."""

    def __init__(self, module: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls = 0
        self._real = getattr(module, name)
        monkeypatch.setattr(module, name, self)

    def __call__(self, *args: Any, **named: Any) -> Any:
        self.calls += 1
        return self._real(*args, **named)


def points() -> AppTest:
    """The page with a file of points, and of no scores."""
    app = uploaded(open_page("cohorts"), "kobo.csv", exported("kobo", MANY))
    assert not app.error
    return app


def test_nothing_is_scored_in_other_ways_before_the_reader_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    scored = Counted(scoring, "score", monkeypatch)
    app = points()
    app.run()
    assert scored.calls == 0
    assert not cards(app)


def test_other_ways_of_scoring_are_computed_once_for_a_file_and_a_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    scored = Counted(scoring, "score", monkeypatch)
    app = points()
    chosen(app, "toggle", WAYS).set_value(True).run()
    assert len(cards(app)) == 4
    assert scored.calls == 2
    first = [card.table.to_dict() for card in cards(app)]
    for name in ("one", "another"):
        app.text_input(key="keep-name").set_value(name)
        app.run()
    assert scored.calls == 2
    assert [card.table.to_dict() for card in cards(app)] == first
    chosen(app, "selectbox", "Scored with").set_value(EQUAL.key).run()
    assert scored.calls == 4
    app.run()
    assert scored.calls == 4


def test_another_file_is_scored_in_other_ways_only_when_that_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    scored = Counted(scoring, "score", monkeypatch)
    app = points()
    chosen(app, "toggle", WAYS).set_value(True).run()
    uploaded(app, "kobo.csv", exported("kobo", MANY[:-3]))
    assert not app.error
    assert scored.calls == 2
    assert not cards(app)


def test_what_is_remembered_is_the_session_s_own_and_goes_with_the_file() -> None:
    app = points()
    chosen(app, "toggle", WAYS).set_value(True).run()
    assert {place for place in upload.HELD if place in app.session_state} >= {upload.READ, scoring.EFFECT}
    other = open_page("cohorts")
    assert not any(place in other.session_state for place in upload.HELD)
    app.file_uploader[0].clear().run()
    assert not any(place in app.session_state for place in upload.HELD)


def test_the_data_report_is_drawn_up_once_for_a_file_and_a_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_up = Counted(data_report, "report", monkeypatch)
    app = uploaded(open_page("cohorts"), "autumn.csv", csv())
    app.run()
    assert drawn_up.calls == 0
    app.toggle(key="report-wanted").set_value(True).run()
    app.run()
    assert drawn_up.calls == 1


def test_what_changed_in_a_form_is_looked_for_once(own: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    mappings.keep(finished(propose(survey(), "Return survey")), own)
    compared = Counted(upload, "changes", monkeypatch)
    app = uploaded(open_page("cohorts"), "second.csv", survey_csv())
    app.run()
    assert any("Return survey" in info.value for info in app.info)
    assert compared.calls == 1


def test_what_was_read_is_let_go_before_it_is_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    app = points()
    held: list[bool] = []
    real = upload.load_seen

    def reads(*args: Any, **named: Any) -> Any:
        gc.collect()
        held.append(before() is not None)
        return real(*args, **named)

    monkeypatch.setattr(upload, "load_seen", reads)
    before = weakref.ref(app.session_state[upload.READ][1].dataset)
    chosen(app, "selectbox", "Scored with").set_value(EQUAL.key).run()
    assert held == [False]
