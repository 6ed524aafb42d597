"""A programme's own survey on the Cohorts page: mapped once, then read by itself; scored, reported, and kept."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import library
from data.mapping import kept as mappings
from data.mapping import propose
from data.scoring import EQUAL
from tests.conftest import BROUGHT
from tests.data.made_forms import as_csv
from tests.data.mapping_survey import finished, survey
from tests.data.test_instrument_form import RESPONDENTS, exported
from tests.pages.screen import cards, open_page, words
from tests.pages.test_upload import csv, keep, kept, upload

pytestmark = pytest.mark.usefixtures("own")

MANY = [{**person, "person": f"R-{copy}{place}"} for copy in range(20) for place, person in enumerate(RESPONDENTS)]
WEIGHTS = "number,dimension_weight,composite_weight\n" + "".join(
    f"{number},{1 / size},{1 / 30}\n"
    for size, numbers in ((9, range(1, 10)), (11, range(10, 21)), (10, range(21, 31)))
    for number in numbers
)


def chosen(app: AppTest, kind: str, label: str):
    return next(widget for widget in app.get(kind) if widget.label == label)


def survey_csv() -> bytes:
    """The invented survey of other columns than the app's, as its tool exports it."""
    rows = [[str(cell) for cell in row] for row in survey().frame.to_numpy()]
    return as_csv(rows, ";", quoted=True)


@pytest.mark.parametrize("way", ["kobo", "odk"])
def test_the_project_s_own_form_loads_without_a_click(own: Path, way: str) -> None:
    app = upload(open_page("cohorts"), f"{way}.csv", exported(way, MANY))
    assert not app.exception
    assert not app.error
    assert any("Read with the mapping" in info.value for info in app.info)
    keep(app, name="Round one")
    [manifest] = [manifest for manifest in library.manifests(own) if manifest.key not in BROUGHT]
    assert manifest.mapping
    assert not mappings.kept(own)  # a shipped mapping need not be kept again
    assert app.sidebar.selectbox(key="cohort").value == manifest.key


def test_an_unknown_survey_asks_for_a_mapping_and_shows_nothing_personal(own: Path) -> None:
    app = upload(open_page("cohorts"), "survey.csv", survey_csv())
    assert not app.exception
    assert any("have other names than the app’s" in info.value for info in app.info)
    assert any("Say which column is what" in text.value for text in app.markdown)
    assert not any(button.label == "Keep and show" for button in app.button)
    assert "Ahmad" not in words(app)
    assert kept(own) == {"demo", "demo-second", "unhcr", "uk"}


def test_the_next_export_of_a_mapped_form_loads_without_a_click(own: Path) -> None:
    mappings.keep(finished(propose(survey(), "Return survey")), own)
    app = upload(open_page("cohorts"), "second.csv", survey_csv())
    assert any("Return survey" in info.value for info in app.info)
    [problem] = [error.value for error in app.error]
    assert "lower the share" in problem  # ten of thirty elements hold too little weight for the usual share
    chosen(app, "slider", "Least share of weight answered").set_value(0.2).run()
    assert not app.error
    keep(app, name="Survey")
    manifest = next(manifest for manifest in library.manifests(own) if not manifest.shipped)
    assert "20% of the weight" in manifest.profile
    assert [*mappings.kept(own)] == ["return-survey"]


def test_weights_of_one_s_own_are_checked_and_score_beside_the_others(own: Path) -> None:
    app = upload(open_page("cohorts"), "kobo.csv", exported("kobo", MANY))
    chosen(app, "selectbox", "Scored with").set_value("own").run()
    assert not any(button.label == "Keep and show" for button in app.button)
    pasted = chosen(app, "text_area", "Paste the weights as CSV: number (1 to 30), dimension_weight, composite_weight")
    pasted.set_value(WEIGHTS.replace("30,", "31,", 1)).run()
    assert any("number" in error.value or "element" in error.value for error in app.error)
    pasted.set_value(WEIGHTS).run()
    assert not app.error
    chosen(app, "toggle", "Score the same answers in the other ways").set_value(True).run()
    assert len(cards(app)) == 4  # what the choice of weights changes
    assert any("who has a composite score" in caption.value for caption in app.caption)
    keep(app, name="Own weights")
    chosen(app, "selectbox", "Scored with").set_value(EQUAL.key).run()
    keep(app, name="Equal weights")
    profiles = {m.name: (m.profile, m.composite_weights) for m in library.manifests(own) if m.key not in BROUGHT}
    assert {*profiles} == {"Own weights", "Equal weights"}
    assert profiles["Own weights"][0].startswith("own table of weights (sums: ")
    assert profiles["Own weights"][1] == pytest.approx(profiles["Equal weights"][1])


def test_a_new_version_takes_the_place_of_the_old_and_is_compared_with_it(own: Path) -> None:
    app = keep(upload(open_page("cohorts"), "autumn.csv", csv()), name="Round")
    upload(app, "winter.csv", csv(sex="female"))
    [older] = [manifest.key for manifest in library.manifests(own) if manifest.key not in BROUGHT]
    chosen(app, "selectbox", "Keep as").set_value(older)
    keep(app)
    [manifest] = [manifest for manifest in library.manifests(own) if manifest.key not in BROUGHT]
    assert (manifest.key, manifest.version, len(manifest.previous)) == (older, 2, 1)
    tables = [table.value for table in app.get("dataframe") if [*table.value] == ["Of the data", "Before", "Now"]]
    assert [table.set_index("Of the data").loc["People"].tolist() for table in tables] == [["60", "60"]]


def test_the_data_report_is_drawn_up_on_demand() -> None:
    app = upload(open_page("cohorts"), "autumn.csv", csv())
    assert not any("k-anonymity" in text.value.lower() for text in app.markdown)
    app.toggle(key="report-wanted").set_value(True).run()
    assert not app.exception
    assert any("recognis" in text.value.lower() for text in app.markdown)
    assert any(button.label == "The report as one page (HTML)" for button in app.get("download_button"))


def test_a_kept_mapping_can_be_taken_away_again(own: Path) -> None:
    mappings.keep(replace(finished(propose(survey(), "Return survey")), name="Old form"), own)
    app = open_page("cohorts")
    assert any("Old form" in text.value for text in app.markdown)
    app.button(key="forget-old-form").click().run()
    assert not mappings.kept(own)
    assert not any("Old form" in text.value for text in app.markdown)
