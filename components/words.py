"""Words that go with a figure: its alternative text and the line of people and source under it."""

import re

from components.table import shown
from data.labels import COLUMN_LABELS
from data.release import Released

ROWS_IN_WORDS = 12


def plain(text: str) -> str:
    """`text` from a file or a form, shown as it is: no sign in it can act as Markdown and, say, fetch a picture."""
    return re.sub(r"([\\`*\[\]<>$])", r"\\\1", " ".join(text.split()))


def alt(kind: str, headline: str, released: Released, drawn: str) -> str:
    """A figure in words for those who do not see it: kind, finding, view, first rows, people, synthetic or not.

    `drawn` is the value column of the chart; its 95% interval is told with it.
    """
    frame = shown(released)
    prefix = "" if drawn == "mean" else f"{drawn}_"
    wanted = dict.fromkeys(("people", drawn, f"{prefix}low95", f"{prefix}high95"))
    told = [COLUMN_LABELS[name] for name in wanted if name in ("people", *released.values)]
    keys = [COLUMN_LABELS[key] for key in released.keys]
    rows = [
        f"{', '.join(row[keys])}: " + ", ".join(f"{name.lower()} {row[name]}" for name in told)
        for _, row in frame.head(ROWS_IN_WORDS).iterrows()
    ]
    more = len(frame) - ROWS_IN_WORDS
    rest = f" And {more} more rows in the table." if more > 0 else ""
    mark = " Synthetic data, no real person." if released.context.synthetic else ""
    return f"{kind}. {headline}. {released.context.sentence}. {count(released.people)}.{mark} {'; '.join(rows)}.{rest}"


def count(people: int | None) -> str:
    """A released number of people in words."""
    return "fewer than 10 people" if people is None else f"{people:,} people"


def plural(number: int, noun: str) -> str:
    """A number with its noun: "1 corridor", "12 corridors"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
