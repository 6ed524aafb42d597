"""Words that go with a figure: its alternative text and the line of people and source under it."""

from components.table import shown
from data.labels import COLUMN_LABELS
from data.release import Released

ROWS_IN_WORDS = 12


def alt(kind: str, headline: str, released: Released) -> str:
    """A figure in words for those who do not see it: kind, finding, view, first rows, people, synthetic or not."""
    frame = shown(released)
    told = [COLUMN_LABELS[name] for name in ("people", *[value for value in released.values if "66" not in value][:3])]
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
