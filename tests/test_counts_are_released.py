"""No exact number of people, interviews or rows of a cohort is put into words: the code is searched for such.

A count is made by `len`, `sum`, `nunique` and their like, or read from what holds one. Wherever one goes into a text,
a widget, a log or a note without passing `data.disclosure`, the place is found; those that are right stand here, each
with its reason. A count is followed within one function, not from one to another: what a function gives back is looked
at where it is made. What is recorded of returns is published, so `data/flows` is not searched.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from components import texts
from data.disclosure import as_may_be_said
from data.notes import Doubt, Note

ROOT = Path(__file__).parents[1]
APART = ("data/flows/", "data/demo/", "data/disclosure/")
"""Published statistics, made-up people, and the door itself."""

FILES = [
    file
    for file in sorted({*ROOT.glob("data/**/*.py"), *ROOT.glob("components/**/*.py"), *ROOT.glob("pages/*.py")})
    if not file.relative_to(ROOT).as_posix().startswith(APART)
]

COUNTING = {"len", "sum", "nunique", "count", "size", "value_counts", "all_rows", "behind", "bincount"}
"""Functions and methods that count."""

HOLDING = {("manifest", "people"), ("manifest", "interviews"), ("counts", "people"), ("counts", "interviews"),
           ("table", "rows"), ("seen", "rows"), ("sheet", "rows"), ("draft", "rows")}  # fmt: skip
"""Attributes that hold an exact count, by the name they are read from."""

RELEASING = {"released_people", "released_interviews", "released_share", "rounded", "as_may_be_said", "enough", "few",
             "said", "told", "told_counts", "told_people", "percent", "share", "_as_seen"}  # fmt: skip
"""What may be seen of a count: the door's own, and those of the data report that are made of them."""

WORDING = {"count", "counted", "plural", "size", "number", "rows", "print", "format", "amount"}
"""Functions that put a number into words."""

ORDERING = {"order_by", "sort_values", "nlargest", "nsmallest", "desc"}
"""Functions and methods that order rows."""

SHOWING = {"st", "_log", "place", "left", "right", "aside", "bar"}
"""What has methods that show or log their arguments."""

_RELEASED = "puts into words, draws or compares what is released; the last test holds it to that"
WHOLE = {
    "components/charts/": _RELEASED,
    "components/figures/": _RELEASED,
    "components/words.py": "words for released numbers; who calls them is searched",
    "components/upload_flows.py": "recorded returns are published",
    "data/reading/values.py": "rows with a mistake in a column, of the file that the reader holds and is to mend",
    "data/scoring.py": "rows of a table of weights",
}
"""Files where counts are put into words, and why that is right; of a folder all."""

_COLUMNS, _SHEETS, _WAVES, _PLACES = "columns of a file", "sheets of a file", "waves", "places side by side"
_FIELDS, _WORDS, _MISTAKES = "fields of a mapping", "distinct words of a column", WHOLE["data/reading/values.py"]
_CORRIDORS = "corridors, where enough people are in them together"
_SHARE = "a share in steps, where enough people are in it and out of it"
_PUBLISHED = "recorded returns are published"
NAMES = {
    "components/download.py": {"'[c]' if released.people is None else count(released.people)": "released"},
    "components/kept.py": {"len(mapping.fields)": _FIELDS, "len(manifest.waves)": _WAVES},
    "components/mapping/__init__.py": {"found": _FIELDS, "len(names)": _FIELDS, "len(draft.private)": _COLUMNS},
    "components/mapping/values.py": {"len(free)": _WORDS, "len(spoken)": _WORDS},
    "components/page.py": {"len(every)": "groups of people"},
    "components/brand.py": {"_WIDTH + 10 + _SIGN * len(name())": "signs of a name"},
    "components/show.py": {"len(placed)": _PLACES},
    "components/texts/template.py": {"len(names)": _SHEETS},
    "components/upload.py": {"len(found)": _CORRIDORS},
    "data/loading.py": {"others": _SHEETS},
    "data/mapping/apply.py": {"len(others)": _COLUMNS, "len(private)": _COLUMNS},
    "data/mapping/fit.py": {"len(new)": _COLUMNS},
    "data/mapping/recode.py": {
        "len(words)": _WORDS,
        "int(np.isin(places, unknown).sum())": _MISTAKES,
        "silent": _MISTAKES,
    },
    "data/reading/columns.py": {"len(names)": _COLUMNS},
    "data/reading/excel.py": {"others": _SHEETS},
    "data/reading/forms/choices.py": {"len(questions)": "questions of a form", "len(found)": _COLUMNS},
    "data/reading/forms/cleaning.py": {"empty": _COLUMNS},
    "data/reading/interviews.py": {"nobody": _MISTAKES},
    "data/reading/wide.py": {"columns": _COLUMNS, "tuple(times)": _WAVES},
    "data/report/quality.py": {"len(asked)": "elements that were asked"},
    "data/report/recognisable.py": {"best": "a column", "alone": _SHARE, "tuple(few)": _SHARE},
    "data/report/who.py": {
        "len(waves)": _WAVES,
        "len(shown)": _CORRIDORS,
        "len(first)": _CORRIDORS,
    },
    "data/summaries/experience.py": {"outside": _SHARE, "unasked": _SHARE},
    "data/summaries/movements.py": {"int(hidden.sum())": _PUBLISHED},
    "data/summaries/returns.py": {"more": "footnotes of a source"},
}
"""What is put into words though it counts, and why that is right."""

ORDERED = {
    "data/summaries/movements.py": {"_between": _PUBLISHED},
    "data/summaries/returns.py": {
        "bases": _PUBLISHED,
        "largest": _PUBLISHED,
        "by_country": _PUBLISHED,
        "categories": _PUBLISHED,
        "footnotes": "footnotes of a source",
    },
}
"""Functions that order by a number of people, and why that is right."""

SAID = {
    "components/kept.py": {"kept": "asks only whether there are words for them"},
    "components/load.py": {"_loaded": "those of recorded returns; a cohort's are in its report"},
    "components/page.py": {"doubts": "those of a manifest, which holds them as they may be said"},
}
"""Functions that read a dataset's doubts and do not round what is in them, and why that is right."""


def found(code: str) -> Iterator[tuple[str, int]]:
    """The places where a count is put into words: what is put there, and the line."""
    for statement in ast.parse(code).body:
        parts = statement.body if isinstance(statement, ast.ClassDef) else [statement]
        for part in parts:
            exact = _names(part)
            for node in ast.walk(part):
                yield from ((ast.unparse(told), told.lineno) for told in _told(node) if _counts(told, exact))


def _name(statement: ast.AST) -> str:
    """What a statement defines; "" for one that does something."""
    target = getattr(statement, "target", None) or next(iter(getattr(statement, "targets", ())), None)
    return getattr(statement, "name", "") or getattr(target, "id", "")


def _names(statement: ast.AST) -> set[str]:
    """The names that hold exact counts in a function: given one, or made of those that do."""
    exact: set[str] = set()
    before = -1
    while before != (before := len(exact)):
        for node in ast.walk(statement):
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr | ast.AugAssign) and node.value:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if _counts(node.value, exact):
                    exact |= {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}
    return exact


def _told(node: ast.AST) -> list[ast.expr]:
    """What a node puts into words, shows, logs or notes."""
    if isinstance(node, ast.FormattedValue):
        return [node.value]
    if not isinstance(node, ast.Call):
        return []
    called, of = _called(node)
    arguments = [*node.args, *(word.value for word in node.keywords)]
    if called == "Note":
        code = ast.unparse(node.args[0])
        return [word.value for word in node.keywords if not _rounded_at_the_door(code, word.arg or "")]
    return arguments if (called in WORDING and called not in COUNTING) or of in SHOWING or of == "words" else []


def _rounded_at_the_door(code: str, parameter: str) -> bool:
    """Whether `as_may_be_said` rounds this parameter of a doubt."""
    if not code.startswith("Doubt."):
        return False
    doubt = Doubt[code.removeprefix("Doubt.")]
    exact = Note(doubt, **dict.fromkeys(doubt.parameters, 1203))
    return as_may_be_said(exact).get(parameter) == 1205


def _counts(node: ast.AST, exact: set[str]) -> bool:
    """Whether an expression is an exact count, or is made of one.

    What only asks how large one is tells no number, and a text in it is looked at for itself.
    """
    if isinstance(node, ast.Compare | ast.JoinedStr):
        return False
    if isinstance(node, ast.IfExp):
        return _counts(node.body, exact) or _counts(node.orelse, exact)
    if isinstance(node, ast.Subscript):
        return _counts(node.value, exact)
    if isinstance(node, ast.Name):
        return node.id in exact
    if isinstance(node, ast.Attribute):
        return (_last(node.value), node.attr) in HOLDING or node.attr in exact or _counts(node.value, exact)
    if isinstance(node, ast.Call):
        called, of = _called(node)
        if called in RELEASING or of in SHOWING or of == "words" or called in WORDING - COUNTING:
            return False
        if called in COUNTING:
            return True
    return any(_counts(part, exact) for part in ast.iter_child_nodes(node))


def _called(node: ast.Call) -> tuple[str, str]:
    """The name of what is called, and of what it is a method."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr, _last(node.func.value)
    return getattr(node.func, "id", ""), ""


def _last(node: ast.AST) -> str:
    return getattr(node, "attr", "") or getattr(node, "id", "")


def orders(code: str) -> Iterator[tuple[str, int]]:
    """The places where rows are ordered by a number of people that is not rounded: the function, and the line."""
    for statement in ast.parse(code).body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and _called(node)[0] in ORDERING:
                inside = [*ast.walk(node)]
                by = {part.value for part in inside if isinstance(part, ast.Constant)}
                rounded = any(isinstance(part, ast.Name) and part.id in ("rounded", "told_counts") for part in inside)
                if by & {"n", "people", "interviews"} and not rounded:
                    yield _name(statement), node.lineno


def doubts(code: str) -> Iterator[tuple[str, int]]:
    """The functions that read a dataset's doubts without `as_may_be_said`, and the line."""
    for statement in ast.parse(code).body:
        inside = [*ast.walk(statement)]
        if not any(isinstance(node, ast.Name) and node.id == "as_may_be_said" for node in inside):
            yield from (
                (_name(statement), node.lineno)
                for node in inside
                if isinstance(node, ast.Attribute) and node.attr == "doubts"
            )


def place(file: Path) -> str:
    """A file's path in the project."""
    return file.relative_to(ROOT).as_posix()


SEARCHES = {
    "a count in words": (found, NAMES, ("data/", "components/", "pages/")),
    "an order": (orders, ORDERED, ("data/", "pages/")),  # components order what is released
    "doubts": (doubts, SAID, ("components/", "pages/")),
}


SEARCHED = [
    (search, place(file))
    for search, (*_, where) in SEARCHES.items()
    for file in FILES
    if place(file).startswith(where) and not place(file).startswith((*WHOLE,))
]


@pytest.mark.parametrize(("search", "name"), SEARCHED)
def test_no_exact_count_of_people_is_told(search: str, name: str) -> None:
    look, exempt, _ = SEARCHES[search]
    assert not [each for each in look((ROOT / name).read_text("utf-8")) if each[0] not in exempt.get(name, {})]


def test_every_exemption_is_needed() -> None:
    for look, exempt, _ in SEARCHES.values():
        for name, functions in exempt.items():
            assert {each for each, _ in look((ROOT / name).read_text("utf-8"))} >= {*functions}, name
    for whole in WHOLE:
        assert any([*found(file.read_text("utf-8"))] for file in FILES if place(file).startswith(whole)), whole


CODE = '''
"""A docstring is searched for nothing."""
def exact(frame, manifest):
    st.metric("People", frame["person"].nunique())
    several = frame.duplicated("person")
    if wrong := int(several.sum()):
        raise ReadingError(f"There are {wrong:,} people twice.")
    print(len(frame))
    return f"{manifest.interviews:,} interviews"
def noted(rows, columns):
    yield Note(Doubt.ALL_ZERO, rows=int(rows.sum()))
    yield Note(Doubt.EMPTY_COLUMNS, count=len(columns))
def released(frame):
    people = frame["person"].nunique()
    told = released_people(people)
    return f"{told:,} people{'s' * (len(frame) > 1)}" if enough(people) else "few"
'''


def test_a_count_is_found_wherever_it_is_put_into_words() -> None:
    assert sorted(line for _, line in found(CODE)) == [4, 7, 8, 9, 12]


def test_an_order_is_found_and_one_by_rounded_numbers_is_right() -> None:
    wrong = 'def f(t):\n    return t.group_by("area").aggregate(n=t.count()).order_by(ibis.desc("n"), "area")\n'
    right = 'def f(t):\n    return t.assign(n=rounded(t["n"])).sort_values(["n", "area"])\n'
    assert {name for name, _ in orders(wrong)} == {"f"}
    assert not [*orders(right)]


def test_doubts_are_found_where_they_are_said_as_they_are() -> None:
    assert [*doubts("def f(cohort):\n    print(*map(say, cohort.doubts))\n")] == [("f", 2)]
    assert not [*doubts("def f(cohort):\n    print(*map(say, map(as_may_be_said, cohort.doubts)))\n")]


COUNTED = [doubt for doubt in Doubt if {"rows", "of", "people"} & {*doubt.parameters} or doubt is Doubt.NO_CHOICE]


@pytest.mark.parametrize("doubt", COUNTED)
def test_a_doubt_of_few_people_has_words_and_no_number(doubt: Doubt) -> None:
    names = {"field": "host", "columns": ("Country",)}
    told = texts.say(as_may_be_said(Note(doubt, **{name: names.get(name, 3) for name in doubt.parameters})))
    assert "fewer than 10" in told
    assert "3" not in told


@pytest.mark.parametrize(
    "file", [file for file in FILES if place(file).startswith(("components/charts/", "components/figures/"))], ids=place
)
def test_charts_and_figures_have_no_way_to_rows_of_people(file: Path) -> None:
    nodes = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
    rows = {"data.cohort", "data.loading", "data.report"}
    assert not {node.module for node in nodes} & rows
    assert not [node for node in nodes if node.module == "data.engine" and "run" in {each.name for each in node.names}]
