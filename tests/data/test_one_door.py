"""Nothing but `data.disclosure` knows how many people a number needs, or decides on what may not be seen."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOOR = ROOT / "data" / "disclosure"
FILES = sorted({*ROOT.glob("data/**/*.py"), *ROOT.glob("components/**/*.py"), *ROOT.glob("pages/*.py")})

KEPT = {"THRESHOLD", "FLOOR", "ROUND_TO", "Mark", "masked"}
"""Names for what only the door decides."""


def names(tree: ast.AST) -> set[str]:
    """The names that a file imports, calls or reads an attribute of."""
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    found |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return found | {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}


@pytest.mark.parametrize(
    "file", [file for file in FILES if DOOR not in file.parents], ids=lambda file: file.relative_to(ROOT).as_posix()
)
def test_nothing_else_knows_a_threshold(file: Path) -> None:
    assert not names(ast.parse(file.read_text())) & KEPT


def test_the_door_does() -> None:
    assert {"THRESHOLD", "ROUND_TO"} <= set().union(*(names(ast.parse(file.read_text())) for file in DOOR.glob("*.py")))
