import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "data"
MOST = 5
MODULES = {path.relative_to(DATA.parent).as_posix(): path for path in sorted(DATA.rglob("*.py"))}


@pytest.mark.parametrize("path", MODULES.values(), ids=MODULES)
def test_no_function_takes_more_than_five_arguments_by_position(path: Path) -> None:
    assert [*too_long(path.read_text(encoding="utf-8"))] == []


def test_the_rule_counts_what_it_says() -> None:
    assert [*too_long("def f(a, b, c, d, e, *, g): ...")] == []
    assert [*too_long("def f(a, b, /, c, d, e, g): ...")] == ["f, line 1"]
    assert [*too_long("class C:\n    def f(self, a, b, c, d, e): ...")] == []
    assert [*too_long("class C:\n    async def f(self, a, b, c, d, e, g): ...")] == ["f, line 2"]


def too_long(text: str) -> Iterator[str]:
    """Functions of more than `MOST` positional parameters, `self` and `cls` apart."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
            if len(names) - (names[:1] in (["self"], ["cls"])) > MOST:
                yield f"{node.name}, line {node.lineno}"
