"""The worked examples of CONTRIBUTING.md, run as they stand there."""

import re
from pathlib import Path
from typing import Any

GUIDE = Path(__file__).parents[1] / "CONTRIBUTING.md"


def example(heading: str) -> dict[str, Any]:
    """The names that the blocks of code under a heading define, run one after another."""
    [part] = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", GUIDE.read_text("utf-8"), flags=re.M | re.S)
    made: dict[str, Any] = {"__name__": "worked_example"}
    for block in re.findall(r"^```python\n(.*?)^```", part, flags=re.M | re.S):
        exec(block, made)
    return made
