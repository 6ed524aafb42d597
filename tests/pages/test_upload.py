"""Loading files on the Cohorts page: bad ones change nothing and say why; good ones are kept, shown and removed."""

import io
import os
import re
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data import library
from data.vocabulary import SCORES
from tests.pages.screen import ROOT, Query, cards, in_view, open_page, words

FIXTURES = ROOT / "tests" / "fixtures"
REAL = FIXTURES / "real" / "unhcr_package.csv"
PEOPLE = 60

pytestmark = pytest.mark.usefixtures("own")


def interviews(**columns: Any) -> pd.DataFrame:
    """Sixty people interviewed twice, changed by `columns`; one given as None is left out."""
    rng = np.random.default_rng(7)
    whole = {
        "person": [f"kx-{7391 + place}" for place in range(PEOPLE)] * 2,
        "host": "Germany",
        "country of return": "Côte d'Ivoire",
        "band": ["forced", "voluntary"] * PEOPLE,
        "wave": [1] * PEOPLE + [2] * PEOPLE,
        **{score: rng.uniform(0.2, 0.9, 2 * PEOPLE).round(6) for score in SCORES},
    }
    return pd.DataFrame({name: cells for name, cells in (whole | columns).items() if cells is not None})


def csv(separator: str = ",", encoding: str = "utf-8", **columns: Any) -> bytes:
    return interviews(**columns).to_csv(index=False, sep=separator).encode(encoding)


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("answers.csv", "kx-7391")
    return out.getvalue()


def upload(app: AppTest, name: str, content: bytes) -> AppTest:
    return app.file_uploader[0].set_value((name, content, "application/octet-stream")).run()


def keep(app: AppTest, **fields: str) -> AppTest:
    for field, value in fields.items():
        app.text_input(key=f"keep-{field}").set_value(value)
    return next(button for button in app.button if button.label == "Keep and show").click().run()


def kept(folder: Path) -> set[str]:
    return {manifest.key for manifest in library.manifests(folder)}


WIDE = pd.DataFrame({f"question {place}": ["kx-7391", "kx-7392"] for place in range(564)})
DATES = ["2024-03-31"] * PEOPLE + ["31/03/2024"] * PEOPLE
BAD = {
    "empty": ("empty.csv", b"", ["is empty"]),
    "only a heading": ("heading.csv", b"person,host\n", ["has no rows under its heading"]),
    "0 to 100": (
        "percent.csv",
        csv(economic=np.linspace(20, 95, 2 * PEOPLE), social=np.linspace(20, 95, 2 * PEOPLE)),
        ["'economic' runs to about 100", "'social' runs to about 100"],
    ),
    "mixed dates": ("dates.csv", csv(interview_date=DATES), ["'interview_date' mixes dates"]),
    "several at once": (
        "several.csv",
        csv(interview_date=DATES, band="kx-7391", composite=7391),
        ["'interview_date' mixes dates", "'band' has 120 rows", "'composite' has 120 rows"],
    ),
    "a zip that says it is .xlsx": ("answers.xlsx", zipped(), ["holds no CSV file with rows"]),
    "noise": ("noise.parquet", bytes(range(256)) * 40, ["cannot be read as a table"]),
}


@pytest.mark.parametrize(("name", "content", "problems"), BAD.values(), ids=BAD)
def test_a_bad_file_is_told_in_one_sentence_a_problem_and_changes_nothing(
    own: Path, name: str, content: bytes, problems: list[str]
) -> None:
    app = open_page("cohorts", {"band": "Forced"})
    before = kept(own)
    upload(app, name, content)
    assert not app.exception
    said = [error.value.replace("\\_", "_") for error in app.error]
    told = {problem: [sentence for sentence in said if problem in sentence] for problem in problems}
    assert all(len(sentences) == 1 for sentences in told.values()), [error.value for error in app.error]
    assert len(app.error) == len(problems)
    assert all(error.value.endswith(".") and "\n" not in error.value for error in app.error)
    assert not re.search(r"\b(kx-)?739\d\b", words(app))
    assert any("Nothing was loaded" in caption.value for caption in app.caption)
    assert not any(button.label == "Keep and show" for button in app.button)
    assert kept(own) == before
    assert app.sidebar.selectbox(key="cohort").value == "demo"
    assert app.sidebar.button_group(key="band").value == "forced"


@pytest.mark.parametrize("content", [b"colour,size\nkx-7391,kx-7392\n", WIDE.to_csv(index=False).encode()])
def test_columns_of_other_names_are_no_mistake_but_need_a_mapping(own: Path, content: bytes) -> None:
    before = kept(own)
    app = upload(open_page("cohorts"), "foreign.csv", content)
    assert not app.exception
    assert not app.error
    assert any("have other names than the app’s" in info.value for info in app.info)
    assert not re.search(r"\b(kx-)?739\d\b", words(app))
    assert not any(button.label == "Keep and show" for button in app.button)
    assert kept(own) == before


def test_a_file_taken_back_leaves_no_words_behind() -> None:
    app = upload(open_page("cohorts"), "empty.csv", b"")
    app.file_uploader[0].clear().run()
    assert not app.error
    assert not any("Nothing was loaded" in caption.value for caption in app.caption)


ODD = {
    "all four scores zero": (
        csv(**{str(score): [0.0] * 5 + [0.5] * (2 * PEOPLE - 5) for score in SCORES}),
        "In fewer than 10 rows all four scores are exactly 0",
    ),
    "more scores zero": (
        csv(**{str(score): [0.0] * 12 + [0.5] * (2 * PEOPLE - 12) for score in SCORES}),
        "In 10 rows all four scores are exactly 0",
    ),
    "Latin-1": (csv(encoding="latin-1"), "its letters were read as Windows-1252"),
    "semicolons": (csv(separator=";"), "separated by semicolons"),
    "unknown columns": (csv(notes="kx-7391 says"), "Columns left out because their heading is not known: 1"),
}


@pytest.mark.parametrize(("content", "warning"), ODD.values(), ids=ODD)
def test_an_odd_file_loads_and_says_what_is_odd(content: bytes, warning: str) -> None:
    app = upload(open_page("cohorts"), "answers.csv", content)
    assert not app.error
    [checked] = app.success
    assert checked.value == "Checked: 60 people, 120 interviews, 1 corridor."
    assert [said.value for said in app.warning if warning in said.value]
    assert not re.search(r"\b(kx-)?739\d\b", words(app))
    keep(app)
    assert not app.exception
    assert "Germany → Côte d’Ivoire" in words(app) or "Germany → Côte d'Ivoire" in words(app)


@pytest.mark.parametrize(
    ("people", "checked", "size"),
    [
        (57, "Checked: 55 people, 115 interviews, 1 corridor.", "55 people, 115 interviews, 2 waves"),
        (9, "Checked: fewer than 10 people.", "fewer than 10 people, 2 waves"),
    ],
)
def test_interviews_are_rounded_and_those_of_few_people_are_not_told(people: int, checked: str, size: str) -> None:
    whole = interviews()
    some = whole[whole["person"].isin(whole["person"].unique()[:people])]
    app = upload(open_page("cohorts"), "some.csv", some.to_csv(index=False).encode())
    assert [said.value for said in app.success] == [checked]
    keep(app, name="Some")
    assert any(text.value == f"**Some** · {size}" for text in app.markdown)


def test_a_good_file_is_kept_comes_into_view_and_can_be_removed(own: Path) -> None:
    app = upload(open_page("cohorts"), "autumn.csv", csv())
    assert kept(own) == {"demo", "demo-second", "unhcr", "uk"}  # nothing is kept before the reader says so
    assert app.text_input(key="keep-name").value == "autumn"
    keep(app, name="Autumn round", source="Survey team", licence="CC BY 4.0")
    assert [said.value for said in app.success][:1] == ["“Autumn round” is kept and in view."]
    assert app.sidebar.selectbox(key="cohort").value == "autumn-round"
    assert kept(own) == {"autumn-round", "demo", "demo-second", "unhcr", "uk"}

    app.switch_page("pages/spectrum.py").run()
    assert in_view(app) == "All corridors, all bands: 60 people"
    for card in cards(app):
        assert "Synthetic" not in card.alt
        assert card.payload["synthetic"] == ""
        assert card.said["Source."].startswith("Survey team. Licence: CC BY 4.0.")
    assert not re.search(r"\b(kx-)?739\d\b", words(app))

    app.switch_page("pages/cohorts.py").run()
    app.button(key="remove-autumn-round").click().run()
    assert not app.exception
    assert [said.value for said in app.success] == ["“Autumn round” is removed."]
    assert kept(own) == {"demo", "demo-second", "unhcr", "uk"}
    assert in_view(app.switch_page("pages/overview.py").run()).endswith(": 5,965 people")


def test_shipped_datasets_cannot_be_removed() -> None:
    removable = {button.key for button in open_page("cohorts").button if button.label == "Remove for good"}
    assert removable == {"remove-uk", "remove-unhcr"}  # what a reader has kept


def test_a_kept_file_opens_from_a_link_in_a_new_session() -> None:
    keep(upload(open_page("cohorts"), "autumn.csv", csv()), name="Autumn")
    second = "Second demo cohort (synthetic)"
    for query, people in (
        ({"cohort": "Autumn"}, "60"),
        ({"cohort": second}, "900"),
        ({"cohort": second, "cohorts": "Autumn"}, "900"),  # side by side, they are not put together
        ({}, "60"),  # one's own, newest first, is the default
    ):
        app = open_page("overview", query)
        assert in_view(app).endswith(f": {people} people")
        assert app.sidebar.multiselect(key="cohorts").value == (["autumn"] if "cohorts" in query else [])


def test_a_cohort_that_stands_side_by_side_can_be_removed() -> None:
    keep(upload(open_page("cohorts"), "autumn.csv", csv()), name="Autumn")
    app = open_page("cohorts", {"cohort": "Demo cohort (synthetic)", "cohorts": ["Autumn"]})
    assert app.sidebar.multiselect(key="cohorts").value == ["autumn"]
    app.button(key="remove-autumn").click().run()
    assert not app.exception
    assert [said.value for said in app.success] == ["“Autumn” is removed."]
    assert (app.sidebar.selectbox(key="cohort").value, app.sidebar.multiselect(key="cohorts").value) == ("demo", [])
    app.switch_page("pages/spectrum.py").run()
    assert not app.exception
    assert {*cards(app)[0].table["Cohort"]} == {"Demo cohort (synthetic)"}


def test_a_cohort_that_comes_into_view_no_longer_stands_side_by_side() -> None:
    app = open_page("spectrum", {"cohorts": "Second demo cohort (synthetic)"})
    assert cards(app)[0].table["Cohort"].nunique() == 2
    app.sidebar.selectbox(key="cohort").set_value("demo-second").run()
    assert not app.exception
    assert app.sidebar.multiselect(key="cohorts").value == []
    assert {*cards(app)[0].table["Cohort"]} == {"Second demo cohort (synthetic)"}


@pytest.mark.parametrize("query", [{}, {"cohort": "Demo cohort (synthetic)", "cohorts": "Autumn"}])
def test_what_another_session_removed_is_no_longer_in_view(query: Query) -> None:
    keep(upload(open_page("cohorts"), "autumn.csv", csv()), name="Autumn")
    mine = open_page("cohorts", query)
    theirs = open_page("cohorts")
    theirs.button(key="remove-autumn").click().run()
    mine.switch_page("pages/overview.py").run()
    assert not mine.exception
    assert in_view(mine).endswith(": 5,965 people")
    assert cards(mine)


def test_a_file_s_words_are_shown_as_they_are_and_fetch_no_picture() -> None:
    picture = "![x](http://example.org/p.png)"
    app = upload(open_page("cohorts"), "answers.csv", csv(**{picture: "1"}))
    shown = [element.value for kind in ("warning", "error", "success") for element in app.get(kind)]
    keep(app, name=picture, source=picture, licence=picture)
    shown += [text.value for kind in ("markdown", "caption") for text in app.get(kind)]
    app.switch_page("pages/overview.py").run()
    shown += [text.value for kind in ("markdown", "caption", "subheader") for text in app.get(kind)]
    assert any("example" in text for text in shown)
    assert not any(re.search(r"(?<!\\)!\[", text) for text in shown)


def test_a_full_disk_is_told_and_changes_nothing(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = upload(open_page("cohorts"), "autumn.csv", csv())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    keep(app)
    assert not app.exception
    assert ["No space left on device" in error.value for error in app.error] == [True]
    assert kept(own) == {"demo", "demo-second", "unhcr", "uk"}
    assert app.sidebar.selectbox(key="cohort").value == "demo"


def test_a_file_of_unhcr_s_returns_is_recognised_kept_and_shown_on_corridors() -> None:
    app = upload(open_page("cohorts"), "unhcr_api.csv", (FIXTURES / "unhcr_api.csv").read_bytes())
    assert not app.error
    [checked] = app.success
    assert checked.value == "Checked: registered refugees, 2015–2017: 781 people; 9 corridors."
    keep(app)
    assert app.sidebar.selectbox(key="cohort").value == "demo"
    app.switch_page("pages/corridors.py").run()
    assert not app.exception
    top = next(card for card in cards(app) if {"Country of return", "Host country"} <= set(card.table.columns))
    assert top.said["Source."].startswith("UNHCR Refugee Data Finder")
    assert "Synthetic" not in top.alt
    assert top.table.loc[0, ["Country of return", "People"]].tolist() == ["Afghanistan", "535"]  # 500 + 20 + 15
    namibia = top.table[top.table["Country of return"] == "Namibia"]["People"]
    assert namibia.tolist() == ["[c]"]  # seven people


def test_unhcr_s_own_rows_show_mpi_s_table_1() -> None:
    app = keep(upload(open_page("cohorts"), "solutions.csv", REAL.read_bytes()))
    app.switch_page("pages/corridors.py")
    app.query_params["returned-in"] = "2016"
    app.run()
    assert not app.exception
    table = next(card.table for card in cards(app) if card.view.endswith("2016"))
    table = table.set_index("Country of return")
    assert table.loc["Afghanistan", "People"] == "383,950"
    largest = {
        "Afghanistan": ("Pakistan", "99%"),
        "Sudan": ("Chad", "100%"),
        "Somalia": ("Kenya", "94%"),
        "Central African Republic": ("DR Congo", "45%"),
        "Côte d'Ivoire": ("Liberia", "98%"),
    }
    assert {name: tuple(table.loc[name, ["Host country", "Share"]]) for name in largest} == largest
