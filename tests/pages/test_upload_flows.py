"""Loading recorded returns on the Cohorts page: the kind is said and can be overruled, bands can be changed."""

from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from data import library
from data.countries import name as country
from data.labels import KIND_LABELS
from tests.conftest import BROUGHT
from tests.data.test_flows_real import KIND, READERS, where_it_is
from tests.pages.screen import ROOT, cards, open_page, words
from tests.pages.test_upload import csv, keep, upload

FIXTURES = ROOT / "tests" / "fixtures"
LABEL = KIND_LABELS

pytestmark = pytest.mark.usefixtures("own")


def load(file: str) -> AppTest:
    return upload(open_page("cohorts"), file, (FIXTURES / file).read_bytes())


def read_as(app: AppTest) -> Selectbox:
    [widget] = [widget for widget in app.main.selectbox if widget.label.startswith("Read as")]
    return widget


def checked(app: AppTest) -> list[str]:
    return [said.value for said in app.success]


def newest(folder: Path) -> pd.DataFrame:
    """The one dataset that is not shipped, as it is kept."""
    [manifest] = [manifest for manifest in library.manifests(folder) if manifest.key not in BROUGHT]
    return pd.read_parquet(folder / manifest.file)


@pytest.mark.parametrize(
    ("file", "label"),
    [
        ("unhcr_dash.csv", "UNHCR returned refugees"),
        ("flows_uk.csv", "UK Home Office returns by destination"),
        ("flows_frontex.csv", "Frontex return operations"),
        ("flows_mexico.csv", "IOM table of returns from Mexico"),
        ("flows_guatemala.csv", "IOM table of returns to Guatemala"),
        ("flows_eurostat_eirtn.csv", "Eurostat SDMX-CSV"),
        ("flows_hxl.csv", "Table with HXL tags"),
        ("flows_plain.csv", "Table of one's own"),
    ],
)
def test_the_kind_is_said(file: str, label: str) -> None:
    widget = read_as(load(file))
    assert widget.options[widget.index] == label


def test_interviews_are_said_to_be_interviews() -> None:
    assert read_as(upload(open_page("cohorts"), "autumn.csv", csv())).value == "interviews"


def test_the_kind_can_be_overruled_and_taken_back() -> None:
    app = load("flows_mexico.csv")
    good = checked(app)
    read_as(app).set_value("uk").run()
    assert not app.exception
    assert app.error
    assert not checked(app)
    assert any("Nothing was loaded" in caption.value for caption in app.caption)
    read_as(app).set_value("interviews").run()
    assert any("have other names than the app’s" in info.value for info in app.info)
    read_as(app).set_value("mexico").run()
    assert not app.error
    assert checked(app) == good == ["Checked: returns from Mexico, as events, 2015–2016: 135 people; 3 corridors."]


def test_a_file_after_another_brings_its_own_kind_and_names() -> None:
    app = load("flows_mexico.csv")
    upload(app, "autumn.csv", csv())
    assert read_as(app).value == "interviews"
    assert app.text_input(key="keep-name").value == "autumn"
    assert checked(app) == ["Checked: 60 people, 120 interviews, 1 corridor."]


def edit(monkeypatch: pytest.MonkeyPatch, bands: dict[str, str]) -> list[pd.DataFrame]:
    """Let the reader, whom AppTest cannot play in this table, give `bands` to categories; what was shown to them."""
    shown = []

    def editor(frame: pd.DataFrame, **_: Any) -> pd.DataFrame:
        shown.append(frame)
        return frame.assign(band=frame["category"].map(bands).fillna(frame["band"]))

    monkeypatch.setattr(st, "data_editor", editor)
    return shown


def test_a_changed_band_is_kept_and_said(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = edit(monkeypatch, {"assisted return of children": "forced"})
    app = keep(load("flows_mexico.csv"))
    assert not app.exception
    assert [tuple(row) for row in shown[0].to_numpy()] == [
        ("assisted return", "obliged", "101"),
        ("assisted return of children", "obliged", "20"),
        ("deportation", "forced", "[c]"),
        ("expulsion", "unclassified", "[c]"),
    ]
    bands = newest(own).groupby("category")["band"].unique().str.join("+").to_dict()
    assert bands["assisted return of children"] == "forced"
    assert bands["assisted return"] == "obliged"
    [seen] = [frame.value for frame in app.get("dataframe") if "deportation" in set(frame.value["Source category"])]
    assert [tuple(row) for row in seen.to_numpy()] == [
        ("assisted return", "Obliged", "101"),
        ("assisted return of children", "Forced", "20"),
        ("deportation", "Forced", "[c]"),
        ("expulsion", "Unclassified", "[c]"),
    ]
    app.switch_page("pages/corridors.py").run()
    assert "set by hand" in words(app)


def test_a_category_that_the_file_itself_places_in_several_bands_stays_as_it_is(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [("Germany", "Iraq", 2020, 50, "removal", "forced"), ("Germany", "Iraq", 2020, 30, "removal", "obliged"),
            ("Germany", "Iraq", 2020, 20, "own way", "voluntary")]  # fmt: skip
    shown = edit(monkeypatch, {"own way": "reluctant"})
    frame = pd.DataFrame(rows, columns=["host", "country of return", "year", "people", "category", "band"])
    keep(upload(open_page("cohorts"), "own.csv", frame.to_csv(index=False).encode()))
    assert shown[0]["category"].tolist() == ["own way"]
    people = newest(own).groupby("band")["people"].sum().to_dict()
    assert people == {"forced": 50, "obliged": 30, "reluctant": 20}


def test_footnotes_reach_the_rows_they_speak_of(own: Path) -> None:
    app = load("unhcr_preamble.csv")
    before = checked(app)
    app.file_uploader[1].set_value(("notes.csv", (FIXTURES / "unhcr_footnotes.csv").read_bytes(), "text/csv")).run()
    assert not app.exception
    assert checked(app) == [before[0].replace("9 corridors", "9 corridors, 4 rows with a footnote")] != before
    keep(app)
    rows = newest(own).set_index(["host", "country_of_return"])
    assert rows.loc[("PAK", "AFG"), "note"] == "Figures for Afghanistan are provisional. Counted at the border."
    assert (rows["note"] != "").sum() == 4  # one for Serbia, three for Afghanistan


def test_a_wrong_file_of_footnotes_is_told_and_loads_nothing() -> None:
    app = load("unhcr_preamble.csv")
    app.file_uploader[1].set_value(("notes.csv", b"a,b\n1,2\n", "text/csv")).run()
    assert not app.exception
    assert ["footnotes file" in error.value for error in app.error] == [True]
    assert not checked(app)


def test_only_a_kind_with_footnotes_asks_for_them() -> None:
    assert len(load("flows_mexico.csv").file_uploader) == 1


def test_a_removed_dataset_of_returns_is_no_longer_chosen() -> None:
    app = keep(load("flows_mexico.csv"))
    [button] = [button for button in app.button if (button.key or "").startswith("remove-returns-from-mexico")]
    button.click().run()
    assert not app.exception
    for page in ("corridors", "profile"):
        app.switch_page(f"pages/{page}.py").run()
        assert not app.exception
        assert cards(app)


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
@pytest.mark.parametrize("file", where_it_is(*READERS))
def test_every_real_file_is_recognised_and_its_totals_stand_on_the_screen(file: Path) -> None:
    rows = list(READERS[file](file))
    app = upload(open_page("cohorts"), file.name, file.read_bytes())
    assert not app.exception
    assert not app.error
    assert read_as(app).value == KIND[file]
    [told] = checked(app)
    there = [row for row in rows if row[3]]
    corridors = len({row[:2] for row in there})
    if KIND[file] == "hxl":  # a stock, whose years never add up
        there = [row for row in there if row[2] == max(row[2] for row in there)]
    people = sum(row[3] for row in there)
    assert f": {people:,} people; {corridors:,} corridor{'' if corridors == 1 else 's'}" in told

    keep(app)
    year = Counter(row[2] for row in rows).most_common(1)[0][0]
    app.query_params["returned-in"] = str(year)
    app.switch_page("pages/corridors.py").run()
    assert not app.exception
    expected: Counter[tuple[int, str]] = Counter()
    for _, back, when, people in rows:
        expected[when, country(back)] += people
    top, over_time = (table_with(app, column) for column in ("Host country", "Year"))
    in_year = {(year, back): shown for back, shown in top[["Country of return", "People"]].to_numpy()}
    by_year = {(int(when), back): shown for when, back, shown in over_time.iloc[:, :3].to_numpy()}
    assert {key for key, _ in expected.most_common(1)} <= {*in_year, *by_year}
    for found in (in_year, by_year):
        hidden = {key for key, shown in found.items() if shown == "[c]" and expected[key] >= 10}
        for key in {*found} - hidden:
            people = expected.get(key)
            assert found[key] == ("[x]" if people is None else "[c]" if 0 < people < 10 else f"{people:,}")
        for when, _ in hidden:  # the smallest number of ten and more hides a lone one to nine of its year
            assert [key[0] for key in hidden].count(when) == 1
            assert any(0 < people < 10 for (at, _), people in expected.items() if at == when)


def table_with(app: AppTest, column: str) -> pd.DataFrame:
    """The card's table that has the countries of return by `column`."""
    return next(card.table for card in cards(app) if {"Country of return", column} <= set(card.table.columns))


def test_a_table_of_several_levels_asks_which_is_read_and_counts_everyone_once() -> None:
    app = load("flows_hxl_levels.csv")
    [level] = [radio for radio in app.radio if "administrative levels" in radio.label]
    assert level.value == "adm0"
    assert any("what is read: whole countries (adm0)" in warning.value for warning in app.warning)
    level.set_value("adm1").run()
    assert not app.exception
    assert any("administrative levels; what is read: adm1" in warning.value for warning in app.warning)
