"""What is raised when a file cannot be loaded."""

import lzma
import zipfile
import zlib
from typing import Final

DAMAGED: Final = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(OSError, EOFError, RuntimeError, NotImplementedError, ValueError),
)
"""What Python raises where an archive, such as an Excel file, is damaged or locked."""


class ReadingError(ValueError):
    """A file that cannot be loaded as it is.

    `problems` holds one sentence per thing to mend: what, where (column, how many rows) and how. No sentence
    holds a person's value.
    """

    def __init__(self, *problems: str) -> None:
        """Take the sentences."""
        super().__init__("\n".join(problems))
        self.problems = problems


def rows(count: int) -> str:
    """`count` rows in words: "1 row", "1,200 rows"."""
    return f"{count:,} row" if count == 1 else f"{count:,} rows"
