"""The distinct words of a column, with how many rows hold each, for the screen on which they get their codes."""

from typing import Final

import pandas as pd

from data.disclosure import enough, rounded
from data.mapping.personal import why
from data.mapping.sheet import key, sheet
from data.reading.forms.sheet import SEVERAL
from data.reading.table import Table

MOST: Final = 60


def words(table: Table, heading: str, most: int = MOST) -> pd.DataFrame:
    """Return the distinct words under `heading`: `word` (str) and `rows` (Int64), the most frequent first.

    Choices of a multi-select are told apart, spellings that differ in capitals and spaces are one word. `rows` is
    rounded to 5 and missing where fewer than 10 rows hold the word; words of as many rows, so rounded, are in the order
    of the alphabet. No word is returned where there are more than `most`, or where the
    column looks personal. Raises `KeyError` if there is no such heading.
    """
    seen = sheet(table)
    if heading not in seen.headings:
        raise KeyError(heading)
    counts: dict[str, int] = {}
    spelt: dict[str, str] = {}
    if not why(heading, seen.sample(heading)):
        for cell, rows in seen.column(heading).value_counts(sort=False).items():
            for choice in {key(word): word for word in str(cell).split(SEVERAL)}.items():
                counts[choice[0]] = counts.get(choice[0], 0) + int(rows)
                spelt.setdefault(choice[0], " ".join(choice[1].split()))
    counts.pop("", None)
    if len(counts) > most:
        counts = {}
    found = pd.DataFrame(
        {
            "word": pd.Series([spelt[word] for word in counts], dtype="str"),
            "rows": pd.Series(list(counts.values()), dtype="Int64"),
        }
    )
    found["rows"] = rounded(found["rows"].where(enough(found["rows"])))
    return found.sort_values(["rows", "word"], ascending=[False, True], ignore_index=True)
