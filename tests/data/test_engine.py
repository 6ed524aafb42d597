import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import duckdb
import ibis
import ibis.expr.operations as ops
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from data import engine, library, reading
from data.cohort import TYPES, Cohort, conform
from data.engine import Source, open_cohorts, open_flows, run
from data.flows.schema import Flows
from data.flows.schema import conform as conform_flows
from data.grouping import Grouping
from data.keys import KEYS
from data.labels import COLUMN_LABELS, label
from data.manifest import Manifest
from data.scoring import DOCUMENTED
from data.shipped import SHIPPED, ensure
from data.summaries.quantiles import quantiles
from data.view import View
from data.vocabulary import CATEGORIES, SCORES
from tests.conftest import FIXTURES, RECORDED, Open


def test_what_was_kept_is_what_is_asked(source: Source, raw: pd.DataFrame) -> None:
    found = run(source.table.order_by("interview"))
    assert [*found] == [*TYPES, *KEYS, "cohort", "corridor"]
    assert (found["person"] == "demo:" + raw["person"]).all()
    same = [name for name in found if name not in ("person", *KEYS)]
    assert_frame_equal(found[same].astype(raw[same].dtypes), raw[same])


def test_people_of_two_cohorts_are_different_people(opened: Open) -> None:
    frame = pd.DataFrame({"person": ["a", "a", "b"], "wave": [1, 2, 1]})
    table = opened(frame, frame.assign(composite=0.5)).table
    assert run(table.aggregate(n=table.person.nunique()))["n"].item() == 4
    assert run(table.cohort.value_counts().order_by("cohort"))["cohort"].tolist() == ["Cohort 1", "Cohort 2"]


def test_cohorts_opened_again_are_the_same_view(both: Source, folder: Path) -> None:
    first, again = (
        open_cohorts([(manifest, library.path(manifest, folder)) for manifest in both.manifests]) for _ in range(2)
    )
    assert isinstance(first.table.op(), ops.DatabaseTable)  # no query is compiled together with how it was made
    assert again.table.equals(first.table)


def test_a_cohort_kept_before_a_column_existed_has_it_missing(source: Source, folder: Path, tmp_path: Path) -> None:
    kept = source.manifests[0]
    older = tmp_path / "older.parquet"
    pd.read_parquet(library.path(kept, folder)).drop(columns=["band_rule", "loss_reason"]).to_parquet(older)
    table = open_cohorts([(replace(kept, checksum="0" * 64), older), (kept, library.path(kept, folder))]).table
    assert [*table.columns] == [*TYPES, *KEYS, "cohort", "corridor"]
    counted = run(table.aggregate(all=table.count(), ruled=table.band_rule.count()))
    rules = run(source.table.aggregate(all=source.table.count(), ruled=source.table.band_rule.count()))
    assert (counted["all"].item(), counted["ruled"].item()) == (2 * rules["all"].item(), rules["ruled"].item())


def test_the_weights_of_scores_are_known_only_where_all_cohorts_share_them(both: Source, opened: Open) -> None:
    assert both.weights == (DOCUMENTED.dimension_weights, DOCUMENTED.composite_weights)
    supplied = opened(pd.DataFrame({"person": ["a"], "wave": 1}))
    assert supplied.weights is None
    assert Source(both.table, (*both.manifests, *supplied.manifests)).weights is None


def test_two_cohorts_of_one_name_are_told_apart(tmp_path: Path) -> None:
    frame = conform(
        pd.DataFrame({"person": ["a"], "wave": 1, "host": "DEU", "country_of_return": "AFG", "band": "forced"})
    )
    kept = [library.keep(Cohort(frame.assign(weight=w), "Round", "made"), tmp_path) for w in (1.0, 2.0)]
    table = open_cohorts([(manifest, library.path(manifest, tmp_path)) for manifest in kept]).table
    assert sorted(run(table)["cohort"]) == sorted(f"Round ({manifest.key})" for manifest in kept)


def test_what_stands_beside_a_figure(both: Source, manifests: dict[str, Manifest]) -> None:
    said = both.context("All corridors")
    demo, second = manifests["demo"], manifests["demo-second"]
    assert (said.sentence, said.source, said.licence, said.profile) == (
        "All corridors",
        demo.source,  # the same for both, said once
        demo.licence,
        demo.profile,
    )
    assert said.synthetic
    assert said.version == both.version == f"{demo.checksum[:12]}+{second.checksum[:12]}"


OTHERWISE = {
    "name": "Another name", "source": "Another source", "licence": "CC0", "profile": "another", "synthetic": False,
    "doubts": ("A new doubt.",), "dimension_weights": (1.0,), "composite_weights": (0.5,), "one_a_wave": False,
    "checksum": "0" * 64, "key": "other",
}  # fmt: skip


def held() -> list[str]:
    """What the engine knows besides kept datasets, and what Ibis has its own connection know."""
    known = "SELECT view_name FROM duckdb_views() WHERE NOT internal UNION ALL SELECT table_name FROM duckdb_tables()"
    names = [name for each in (engine._backend(), ibis.get_backend()) for (name,) in each.con.execute(known).fetchall()]
    return [name for name in names if not name.startswith(("dataset_", "made_", "keyed_"))]


def test_what_a_reader_has_in_memory_goes_with_the_reader(tmp_path: Path) -> None:
    people = pd.DataFrame({"person": [f"p{number}" for number in range(20)], "wave": 1, "composite": 0.25})
    frame = conform(people.assign(host="DEU", country_of_return="AFG", band="forced"))
    previewed = engine.preview([Cohort(frame, "Not kept", "made for a test")], tmp_path)
    [held_frame] = previewed.table.op().find(ops.InMemoryTable)
    rows = weakref.ref(held_frame.data.to_frame())
    del frame, held_frame
    asked = (previewed, View(), Grouping("cohort", ("Not kept",)), ("composite",), (0.5,))
    found = [quantiles(*asked).rows["quantile"].tolist() for _ in range(2)]
    assert found == [[0.25]] * 2
    assert held() == []
    with pytest.raises(duckdb.ConversionException):
        run(previewed.table.filter(ibis.literal("x").cast("int64") == 1))
    assert held() == []
    assert rows() is not None
    del previewed, asked
    gc.collect()
    assert rows() is None


@pytest.mark.parametrize("field", OTHERWISE)
def test_data_of_which_something_else_is_said_are_told_apart(field: str, both: Source) -> None:
    demo, second = both.manifests
    changed = Source(both.table, (demo, replace(second, **{field: OTHERWISE[field]})))
    assert changed.identity != both.identity
    assert (changed.version == both.version) == (field != "checksum")
    assert Source(both.table, (demo, replace(second))).identity == both.identity
    assert Source(both.table, (second, demo)).identity != both.identity


def test_one_synthetic_cohort_makes_the_whole_synthetic(opened: Open, source: Source) -> None:
    real = opened(pd.DataFrame({"person": ["a"], "wave": 1}))
    assert not real.synthetic
    kept = (*real.manifests, *source.manifests)
    assert Source(real.table, kept).synthetic
    assert Source(real.table, kept).context("").source == f"made for a test; {source.manifests[0].source}"


def test_recorded_returns_are_asked_as_they_are(recorded: Source, folder: Path) -> None:
    order = ["note", "host", "country_of_return", "year", "category"]
    assert_frame_equal(
        run(recorded.table).sort_values(order, ignore_index=True),
        reading.read(FIXTURES / RECORDED["unhcr"], RECORDED["unhcr"]).frame.sort_values(order, ignore_index=True),
        check_dtype=False,
    )
    assert not recorded.synthetic
    assert recorded.context("x").profile == ""
    again = open_flows(recorded.manifests[0], library.path(recorded.manifests[0], folder))
    assert again.table.equals(recorded.table)


def test_many_readers_may_ask_at_once(source: Source) -> None:
    table = source.table
    asked = [table.filter(table.wave == wave).corridor.value_counts().order_by("corridor") for wave in (1, 2, 3)]
    alone = [run(question) for question in asked]
    with ThreadPoolExecutor(8) as readers:
        together = [*readers.map(run, asked * 8)]
    for place, found in enumerate(together):
        assert_frame_equal(found, alone[place % 3])


def test_the_shipped_datasets_are_kept_once(folder: Path) -> None:
    before = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    ensure(folder)
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == before
    kept = {manifest.key: manifest for manifest in library.manifests(folder)}
    assert {key for key, manifest in kept.items() if manifest.shipped} == {*SHIPPED} == {"demo", "demo-second"}
    assert {key for key, manifest in kept.items() if manifest.synthetic} == {"demo", "demo-second"}


def test_a_shipped_dataset_that_is_gone_comes_back(tmp_path: Path) -> None:
    ensure(tmp_path)
    before = library.manifests(tmp_path)
    library.remove("demo-second", tmp_path)
    ensure(tmp_path)
    assert [manifest.checksum for manifest in library.manifests(tmp_path)] == [m.checksum for m in before]


def test_what_an_earlier_version_brought_along_is_taken_away_again(tmp_path: Path) -> None:
    row = {"host": "PAK", "country_of_return": "AFG", "year": 2016, "category": "cited", "people": 620_000}
    cited = Flows(conform_flows(pd.DataFrame([{**row, "band": "unclassified", "note": ""}])), "Cited", "texts")
    library.keep(cited, tmp_path, key="reference-returns", shipped=True)
    library.keep(replace(cited, frame=cited.frame.assign(people=5)), tmp_path, key="own")
    ensure(tmp_path)
    assert {manifest.key for manifest in library.manifests(tmp_path)} == {"demo", "demo-second", "own"}


@pytest.mark.parametrize(
    ("column", "code", "words"),
    [
        ("band", "forced", "Forced"),
        ("sex", "female", "Women"),
        ("age_group", "50+", "50 and over"),
        ("assistance", "training", "Training or job placement"),
        ("corridor", "DEU-AFG", "Germany → Afghanistan"),
        ("host", "COD", "DR Congo"),
        ("country_of_return", "CIV", "Côte d'Ivoire"),
        ("country_of_return", "UNK", "Unknown country"),
        ("score", "psychosocial", "Psychosocial"),
        ("wave", 2, "Wave 2"),
        ("year", 2016, "2016"),
        ("cohort", "Autumn round", "Autumn round"),
        ("host", None, "–"),
        ("wave", pd.NA, "–"),
    ],
)
def test_codes_have_words(column: str, code: object, words: str) -> None:
    assert label(column, code) == words


def test_every_code_of_the_vocabulary_has_a_word_of_its_own() -> None:
    for column, codes in {**CATEGORIES, "score": dict.fromkeys(SCORES)}.items():
        words = [label(column, code) for code in codes]
        assert len({*words}) == len(codes)
        assert all(words)
    assert len({*COLUMN_LABELS.values()}) == len(COLUMN_LABELS)
