import gc
import io
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from components.load import main
from components.mapping.draft import begin
from components.texts.report_page import as_html, as_text
from data import library
from data.cohort import Cohort
from data.flows import Flows
from data.instrument import elements
from data.loading import load, look
from data.mapping import Field, Mapping, as_toml, from_toml
from data.mapping import kept as kept_mappings
from data.mapping.kept import shipped
from data.mapping.own_form import form_mapping
from data.reading import INTERVIEWS, ReadingError, Table
from data.report import report
from data.vocabulary import SCORES
from tests.data.made_forms import as_archive, as_csv, as_excel
from tests.data.test_instrument_form import exported
from tests.said import in_words

OWN: Sequence[Sequence[object]] = [
    ["person", "host", "country of return", "band", "wave", "composite"],
    *([f"Q-{number}", "Germany", "Afghanistan", "forced", 1, 0.5] for number in range(12)),
]
FOREIGN = [["Kode", "Van", "Naar", "Ronde", "Totaal"], *([f"K{n}", "DEU", "AFG", 1, 0.25] for n in range(12))]
FOREIGN_MAPPING = Mapping(
    "Dutch table",
    (
        Field("person", ("Kode",)),
        Field("host", ("Van",)),
        Field("country_of_return", ("Naar",)),
        Field("wave", ("Ronde",)),
        Field("band", constant="obliged"),
        Field("composite", ("Totaal",)),
    ),
    ("Kode", "Van", "Naar", "Ronde", "Totaal"),
)
FLOWS = [["host", "country of return", "year", "people"], ["Germany", "Afghanistan", 2020, 1200]]


def test_a_table_with_the_project_s_headings_needs_no_mapping() -> None:
    seen = look(as_csv(OWN), "own.csv", mappings=shipped().values())
    assert (seen.kind, seen.tool, seen.mapping, seen.lacking, seen.needs_mapping) == (
        INTERVIEWS, "plain", None, (), False,
    )  # fmt: skip
    cohort = load(seen, name="Mine", source="us", licence="ours")
    assert isinstance(cohort, Cohort)
    assert (cohort.name, cohort.source, cohort.licence, len(cohort.frame)) == ("Mine", "us", "ours", 12)


def test_a_foreign_table_needs_a_mapping_and_takes_one() -> None:
    seen = look(as_csv(FOREIGN), "vreemd.csv", mappings=shipped().values())
    assert seen.needs_mapping
    assert "none for person" in seen.lacking[0]
    with pytest.raises(ReadingError, match="none for person"):
        load(seen)
    cohort = load(replace(seen, mapping=FOREIGN_MAPPING))
    assert isinstance(cohort, Cohort)
    assert [*cohort.frame["band"].unique()] == ["obliged"]
    assert look(as_csv(FOREIGN), "vreemd.csv", mappings=[FOREIGN_MAPPING]).mapping == FOREIGN_MAPPING


def test_a_mapped_question_that_nobody_answered_is_a_question_still() -> None:
    seen = look(exported("kobo"), "export.csv", mappings=shipped().values())
    assert "support/assistance_provider" in seen.empty
    assert seen.mapping == form_mapping("kobo")
    cohort = load(seen)
    assert isinstance(cohort, Cohort)
    assert cohort.frame["assistance_provider"].isna().all()


def test_a_long_file_is_mapped_from_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    short = load(look(exported("kobo"), "export.csv", mappings=shipped().values()))
    monkeypatch.setattr("data.reading.tables.LONG", 100)
    seen = look(exported("kobo"), "export.csv", mappings=shipped().values())
    assert type(seen.table) is not Table
    pd.testing.assert_frame_equal(load(seen).frame, short.frame)


def test_a_wide_table_becomes_long_before_it_is_read() -> None:
    wide = [["person", "host", "country of return", "band", "composite_w1", "composite_w2"]]
    wide += [[f"W{n}", "DEU", "AFG", "forced", "0.5", "0.75"] for n in range(10)]
    seen = look(as_csv(wide), "wide.csv")
    cohort = load(seen)
    assert isinstance(cohort, Cohort)
    assert [*cohort.frame.groupby("wave")["composite"].agg(["size", "mean"]).itertuples(name=None)] == [
        (1, 10, 0.5),
        (2, 10, 0.75),
    ]
    assert any("were put below one another" in doubt for doubt in in_words(cohort.doubts))


def test_recorded_returns_are_read_as_they_are() -> None:
    seen = look(as_excel({"returns": FLOWS, "more": [["a", "b"], [1, 2]]}), "returns.xlsx")
    assert (seen.kind, seen.needs_mapping) == ("plain", False)
    flows = load(seen)
    assert isinstance(flows, Flows)
    assert [*flows.frame["people"]] == [1200]
    assert in_words(flows.doubts)[0] == "Only the first sheet was read; sheets after it: 1."


def test_what_is_done_to_a_file_is_among_the_doubts() -> None:
    titled = [["Our survey"], [], *OWN]
    cohort = load(look(as_excel({"data": titled, "codes": [["code", "meaning"], ["1", "one"]]}), "titled.xlsx"))
    assert in_words(cohort.doubts)[0] == "1 row above the heading left out."
    assert in_words(cohort.doubts)[1] == "Other sheets of the file were left out: 1 ('codes')."


def test_archives_and_stata_files_are_opened(tmp_path: Path) -> None:
    packed = look(as_archive({"form.csv": exported("odk")}), "form.zip", mappings=shipped().values())
    assert packed.mapping == form_mapping("odk")
    pyreadstat.write_dta(pd.DataFrame(OWN[1:], columns=["person", "host", "origin", "band", "wave", "composite"]),
                         tmp_path / "own.dta")  # fmt: skip
    assert load(look(tmp_path / "own.dta", "own.dta")).frame["country_of_return"].unique() == ["AFG"]


def test_progress_only_grows_and_ends() -> None:
    told: list[float] = []
    seen = look(as_csv(OWN), "own.csv", progress=lambda share, _: told.append(share))
    load(seen, progress=lambda share, _: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "own.csv").write_bytes(as_csv(OWN))
    (tmp_path / "foreign.csv").write_bytes(as_csv(FOREIGN))
    (tmp_path / "flows.csv").write_bytes(as_csv(FLOWS))
    (tmp_path / "dutch.toml").write_text(as_toml(FOREIGN_MAPPING), encoding="utf-8")
    return tmp_path


def command(place: Path, *arguments: str) -> int:
    return main([*arguments, "--library", str(place / "library")])


def test_the_command_prints_the_report_and_keeps_nothing_unasked(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(place, str(place / "own.csv"), "--report", str(place / "out.html")) == 0
    out = capsys.readouterr().out
    cohort = load(look(place / "own.csv", "own.csv"))
    assert isinstance(cohort, Cohort)
    assert out == f"own.csv is read as interviews.\n{as_text(report(cohort))}\n"
    assert (place / "out.html").read_text(encoding="utf-8") == as_html(report(cohort))
    assert not (place / "library").exists()


def test_the_command_maps_keeps_and_replaces(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dutch = ("--mapping", str(place / "dutch.toml"))
    keep = ("--keep", "Dutch", "--source", "us", "--licence", "ours")
    assert command(place, str(place / "foreign.csv"), *dutch, *keep) == 0
    assert capsys.readouterr().out.endswith("Kept as 'dutch', version 1.\n")
    second = [[*FOREIGN[0]], *([*row[:4], 0.75] for row in FOREIGN[1:])]
    (place / "foreign.csv").write_bytes(as_csv(second))
    assert command(place, str(place / "foreign.csv"), *dutch, *keep, "--replace", "dutch") == 0
    [manifest] = library.manifests(place / "library")
    assert (manifest.version, manifest.name, manifest.source, manifest.licence) == (2, "Dutch", "us", "ours")
    assert from_toml(manifest.mapping) == FOREIGN_MAPPING


def test_a_kept_mapping_is_used_without_asking_and_said(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(place, str(place / "foreign.csv")) == 1
    problems = capsys.readouterr().err.splitlines()
    assert "none for person" in problems[0]
    assert problems[-1] == "Or map its columns on the screen and give the mapping with --mapping."
    kept_mappings.keep(FOREIGN_MAPPING, place / "library")
    assert command(place, str(place / "foreign.csv")) == 0
    assert capsys.readouterr().out.startswith("foreign.csv is read as interviews, by the mapping “Dutch table”.\n")


def test_an_own_table_of_weights_scores(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    weights = pd.DataFrame({"number": range(1, 31)}).assign(dimension_weight=1 / 11, composite_weight=1 / 30)
    weights.to_csv(place / "weights.csv", index=False)
    (place / "form.csv").write_bytes(exported("kobo"))
    asked = (str(place / "form.csv"), "--keep", "F", "--profile", str(place / "weights.csv"))
    assert command(place, *asked) == 0
    [manifest] = library.manifests(place / "library")
    assert manifest.profile.startswith("own table of weights")
    (place / "weights.csv").write_text("number\n1\n", encoding="utf-8")
    assert command(place, *asked) == 1
    assert "table of weights has no column" in capsys.readouterr().err


def test_what_a_table_leaves_open_is_chosen(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tagged = str(Path(__file__).parents[1] / "fixtures" / "flows_hxl_levels.csv")
    for choice, people in ((), "300"), (("--choose", "level=adm2"), "900"):
        assert command(place, tagged, *choice) == 0
        assert f": {people} people.\n" in capsys.readouterr().out
    assert command(place, tagged, "--choose", "level=adm7") == 1
    assert "choose one of adm0, adm1, adm2, not 'adm7'." in capsys.readouterr().err
    assert command(place, str(place / "flows.csv"), "--choose", "level=adm0") == 1
    assert "leaves nothing open called level" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        command(place, tagged, "--choose", "level")


def test_recorded_returns_are_kept_too_but_have_no_report(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(place, str(place / "flows.csv"), "--keep", "Flows") == 0
    out = capsys.readouterr().out
    assert out.startswith("flows.csv is read as recorded returns (Table of one's own).\n")
    assert "Recorded returns, 2020: 1,200 people.\nSource: not stated.\n" in out
    assert command(place, str(place / "flows.csv"), "--report", str(place / "out.html")) == 1
    assert "leave out --report" in capsys.readouterr().err
    assert not (place / "out.html").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nowhere.csv",),
        ("own.csv", "--kind", "tarot"),
        ("own.csv", "--profile", "best"),
        ("own.csv", "--replace", "x"),
        ("own.csv", "--mapping", "nowhere.toml"),
        ("foreign.csv", "--mapping", "dutch.toml", "--kind", "uk"),
    ],
)
def test_a_command_that_is_not_understood_ends_with_2(
    place: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


def test_what_cannot_be_written_ends_with_3(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = str(place / "own.csv")
    assert main([own, "--keep", "Own", "--library", own]) == 3
    assert "The library cannot be changed" in capsys.readouterr().err
    assert command(place, own, "--report", str(place / "nowhere" / "out.html")) == 3
    assert "out.html cannot be written" in capsys.readouterr().err
    assert command(place, own, "--keep", "Own", "--replace", "gone") == 3
    assert "no dataset 'gone'" in capsys.readouterr().err
    assert library.manifests(place / "library") == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("noise.csv", bytes(range(256)) * 4),
        ("torn.xlsx", as_excel({"a": OWN})[:300]),
        ("torn.parquet", b"PAR1nothing"),
        ("torn.dta", b"<stata_dta><header>"),
        ("wrong.csv", as_csv([*OWN, ["SECRETLY", "Germany", "Afghanistan", "SECRETLY", 1, "SECRETLY"]])),
        ("mapping.csv", as_csv([["Kode", "Van"], ["SECRETLY", "SECRETLY"]])),
    ],
)
def test_a_file_with_problems_ends_with_1_and_a_line_for_each(
    place: Path, name: str, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / name).write_bytes(content)
    for more in ((), ("--mapping", str(place / "dutch.toml"))):
        assert command(place, str(place / name), "--keep", "Bad", *more) == 1
        told = capsys.readouterr()
        assert told.err.strip()
        assert "Traceback" not in told.err
        assert "SECRETLY" not in told.out + told.err
    assert not library.manifests(place / "library")


def test_each_problem_stands_on_its_own_line(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = [*OWN, ["S", "Germany", "Afghanistan", "nonsense", 1, "many"]]
    (place / "wrong.csv").write_bytes(as_csv(wrong))
    assert command(place, str(place / "wrong.csv")) == 1
    problems = capsys.readouterr().err.splitlines()
    assert [problem.split()[1] for problem in problems] == ["'band'", "'composite'"]


def test_a_mapping_that_cannot_be_read_is_told(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for content in (b"\xff\xfe", b"format = 99", b"not toml"):
        (place / "bad.toml").write_bytes(content)
        assert command(place, str(place / "own.csv"), "--mapping", str(place / "bad.toml")) == 1
        assert "mapping" in capsys.readouterr().err


def test_it_runs_as_a_program_whatever_letters_the_terminal_knows(place: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "components.load", str(place / "own.csv"), "--library", str(place / "library")],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert b"Germany ? Afghanistan" in ended.stdout


def test_scores_that_a_file_brings_are_kept_as_they_are() -> None:
    frame = pd.DataFrame(OWN[1:], columns=list(OWN[0])).assign(economic=0.2, social=0.4, psychosocial=0.6)
    sink = io.BytesIO()
    frame.to_parquet(sink)
    cohort = load(look(sink.getvalue(), "scored.parquet"), profile="equal")
    assert isinstance(cohort, Cohort)
    assert cohort.frame[list(SCORES)].drop_duplicates().to_numpy().tolist() == [[0.5, 0.2, 0.4, 0.6]]


@pytest.mark.parametrize("heading", [["Id", "Land", "Retour", "Bande", "Said", "Ronde", "Total"], [*OWN[0], "said"]])
def test_nothing_that_all_readers_share_remembers_a_word_of_a_file(heading: Sequence[object]) -> None:
    rows = [[f"zq7-{n}", f"zq7 {n % 4}", "zq7 home", "zq7 band", f"zq7 {n}", 0.5, "zq7 said"] for n in range(12)]
    seen = look(as_csv([heading, *rows]), "round.csv")
    assert begin(seen).suggested
    with pytest.raises(ReadingError):
        load(seen)
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] in ("data", "components")]
    caches = {each for module in modules for each in vars(module).values() if isinstance(each, type(elements))}
    assert len(caches) > 10
    assert [each.__qualname__ for each in caches if "zq7" in repr(gc.get_referents(each))] == []
