"""What a reader sees is worded at the edge: no display sentence stands in `data/`, but where a reason is given here."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data"
FEWEST = 4
"""Words that make a sentence; a label has fewer."""

FILES = {
    "vocabulary.py": "labels of the field's terms",
    "labels.py": "labels of codes",
    "filters.py": "a filter carries its label and phrase (DESIGN.md, Five nouns)",
    "spectrum.py": "the questions, rules and examples of the return spectrum, with their sources",
    "countries.py": "names of countries as sources write them",
    "scoring.py": "names of scoring profiles, which the rows of a dataset carry",
    "mapping/lexicon.py": "words of surveys in five languages, to recognise them by",
    "instrument/": "the questionnaire",
    "demo/": "the synthetic cohorts' own names",
    "flows/hxl_counts.py": "a choice names itself on screen and in the error of the command alike",
}
"""Files that hold words, and why; of a folder all."""

_SOURCE = "the source's own words"
_HEADINGS = "headings and words of files, to recognise them by"
_ERROR = "part of an error, which carries one sentence for the user"
NAMES = {
    "flows/uk.py": {"BANDS": _SOURCE},
    "flows/frontex.py": {"BANDS": _SOURCE},
    "flows/iom_mexico.py": {"BANDS": _SOURCE},
    "flows/eurostat_table.py": {"RETURNED": _SOURCE, "TABLES": _SOURCE, "_FLAGS": _SOURCE},
    "flows/hxl.py": {"_NO_LEVEL": _ERROR},
    "flows/assemble.py": {"_NOTHING": _ERROR},
    "flows/earlier.py": {"_AT_ONE_TIME": "how files kept by earlier versions say it"},
    "flows/plain.py": {"SYNONYMS": _HEADINGS},
    "library.py": {"_check_data": _ERROR},
    "manifest.py": {"ManifestError": _ERROR, "_damaged": _ERROR},
    "mapping/apply.py": {"missing": _ERROR, "gone": _ERROR},
    "mapping/codes.py": {"advice": _ERROR, "wrong_codes": _ERROR},
    "mapping/kept.py": {"_all": _ERROR},
    "mapping/own_form.py": {"WAYS": "names of mappings, which they carry"},
    "mapping/toml.py": {"_KINDS": _ERROR, "_field": _ERROR, "_checked": _ERROR, "_strange": _ERROR},
    "reading/columns.py": {"SYNONYMS": _HEADINGS, "NEEDED": _ERROR, "recognise": _ERROR},
    "reading/excel.py": {"_INSTEAD": _ERROR},
    "reading/interviews.py": {"_parsed": _ERROR},
    "reading/values.py": {"SCALES": _ERROR, "categories": _ERROR},
    "weighting.py": {"WEIGHTING_LABELS": "labels, which data.labels shows"},
}
"""Constants, functions and classes that hold words, and why."""

KEYWORDS = {"title", "source"}
"""A dataset's own name and source, which its keeper can change."""

STAGES = {"tell", "progress"}
"""What is told while a file is read: its stage."""


def sentences(file: Path) -> Iterator[tuple[str, int, str]]:
    """The sentences of a file that no rule excuses: the name they stand in, the line, the text."""
    for statement in ast.parse(file.read_text("utf-8")).body:
        name = getattr(statement, "name", "") or getattr(getattr(statement, "target", None), "id", "")
        excused = {id(part) for node in ast.walk(statement) if _excuses(node) for part in ast.walk(node)}
        for node in ast.walk(statement):
            if id(node) not in excused and (text := _text(node)) and _is_sentence(text):
                yield name, node.lineno, text
                excused |= {id(part) for part in ast.walk(node)}


def _excuses(node: ast.AST) -> bool:
    """Docstrings and texts after names, errors and what is never shown."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Call):
        called = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
        return called.endswith("Error") or called in STAGES
    return isinstance(node, ast.Raise | ast.Assert) or (isinstance(node, ast.keyword) and node.arg in KEYWORDS)


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return " ".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _is_sentence(text: str) -> bool:
    words = [word for word in text.split() if re.search(r"[^\W\d_]{2}", word)]
    return len(words) >= FEWEST and not re.search(r"\\|\(\?|\|", text)  # a regular expression is none


@pytest.mark.parametrize("file", sorted(DATA.rglob("*.py")), ids=lambda file: str(file.relative_to(DATA)))
def test_no_display_sentence_stands_in_data(file: Path) -> None:
    place = file.relative_to(DATA).as_posix()
    if any(place.startswith(whole) for whole in FILES):
        return
    found = [each for each in sentences(file) if each[0] not in NAMES.get(place, {})]
    assert not found


def test_every_exemption_is_needed() -> None:
    for place, names in NAMES.items():
        assert {name for name, *_ in sentences(DATA / place)} >= {*names}, place
    for whole in FILES:
        files = [*(DATA / whole).rglob("*.py")] if whole.endswith("/") else [DATA / whole]
        assert any([*sentences(file)] for file in files), whole


def test_a_sentence_is_found_wherever_it_stands(tmp_path: Path) -> None:
    code = '''
"""A docstring of many words is none."""
LABEL = "Country of return"
NOTE = "Shares use the design weights."
"""A text after a name is none either."""
def told(n):
    """Nor is that of a function."""
    if n > 9:
        raise ValueError("An error carries its own sentence.")
    return f"The weight is blank in {n} rows."
'''
    (tmp_path / "some.py").write_text(code)
    assert [line for _, line, _ in sentences(tmp_path / "some.py")] == [4, 10]
