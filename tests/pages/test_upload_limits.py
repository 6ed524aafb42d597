"""How large a file the screen takes, and what it says of a larger one."""

import tomllib

import pytest

from components import upload
from tests.data.test_reading_pieces import BEFORE, BYTES_PER_ROW
from tests.pages.screen import ROOT, open_page
from tests.pages.test_upload import csv
from tests.pages.test_upload import upload as uploaded

MACHINE = 4 * 2**30
"""Bytes of memory for which README.md says that the screen's limits are enough."""

SCREEN = 400 * 2**20
"""What the app takes before a file is there."""

LIMIT = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["server"]["maxUploadSize"]


def test_the_largest_file_of_the_most_interviews_fits_the_stated_machine() -> None:
    twice = 2 * LIMIT * 2**20  # as it was uploaded, and copied for a moment whenever the page is drawn anew
    assert SCREEN + twice + BEFORE + upload.MOST_ROWS * BYTES_PER_ROW < MACHINE
    assert f"up to {LIMIT} MB and {upload.MOST_ROWS / 1e6} million interviews" in (ROOT / "README.md").read_text()


def test_the_limit_and_the_way_round_it_stand_under_the_place_for_a_file() -> None:
    [told] = [caption.value for caption in open_page("cohorts").caption if "larger file" in caption.value]
    assert told.startswith(f"Up to {LIMIT} MB. ")
    assert "python -m components.load FILE --keep NAME" in told


@pytest.mark.usefixtures("own")
def test_too_many_interviews_are_told_in_one_sentence_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "MOST_ROWS", 119)
    app = uploaded(open_page("cohorts"), "autumn.csv", csv())
    [told] = [error.value for error in app.error]
    assert told.startswith("autumn.csv has more rows than the 119 that the screen takes: ")
    assert "python -m components.load FILE --keep NAME" in told
    assert not any(button.label == "Keep and show" for button in app.button)
    monkeypatch.setattr(upload, "MOST_ROWS", 120)
    assert not uploaded(open_page("cohorts"), "autumn.csv", csv()).error
