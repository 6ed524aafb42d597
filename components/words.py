"""Words that go with a figure: its alternative text and the line of people and source under it."""

import re
from collections.abc import Sequence

from components.table import shown
from data.disclosure import Released
from data.filters import Filter
from data.labels import label

WORDS_OF_ALT = 60
VALUES = 5
"""How many values an alternative text tells; all others are in the table."""


WHO = {
    "scored": "with a score, in the groups shown",
    "grouped": "in the groups shown",
    "answered": "who answered",
    "asked": "asked how much choice they had",
    "all_three": "with all three dimension scores",
    "same": "interviewed, with the score, at every wave chosen",
    "seen": "interviewed at the waves chosen",
    "both_waves": "interviewed at both waves",
    "both_windows": "interviewed around both months",
    "in_windows": "interviewed around these months",
    "timed": "with a score, and months since return known",
    "baseline": "interviewed at the first wave chosen",
    "baseline_scored": "interviewed, with the score, at the first wave chosen",
    "lost": "not reached since the first wave chosen",
    "left": "who had left again",
    "children": "who returned under 18, at least 24 months ago",
}
"""Who is counted in a figure, by the code that its summary gives."""

_UNSEEN = "\u200b"
"""A space of no width: between two signs that together would act, it shows nothing and stops them."""


def escaped(text: str) -> str:
    """`text` from a file or a form, shown as it is: no sign in it can act as Markdown and, say, fetch a picture.

    Signs of Markdown are escaped. Addresses, which Streamlit makes links of even so, and names between colons, which it
    makes icons and colours of, are broken up by a space of no width.
    """
    text = re.sub(r"([\\`*_~#|^\[\]<>$])", r"\\\1", " ".join(text.split()))
    text = re.sub(r":(?=[A-Za-z+/-])", f":{_UNSEEN}", text)
    text = re.sub(r"(?i)\b(www)\.", rf"\1{_UNSEEN}.", text)
    return text.replace("@", f"@{_UNSEEN}")


def counted(released: Released, in_view: int | None = None) -> str:
    """The people behind a figure in words; where they are not all of those `in_view`, who they are and of how many."""
    people = released.people
    if in_view is None or people is None:
        return count(people)
    # Of groups that are put side by side at will rounded numbers are added: that can be a few more than there are.
    if people >= in_view or not released.who:
        return count(min(people, in_view))
    return f"{count(people)} {WHO[released.who]}, of {in_view:,} in view"


def alt(kind: str, headline: str, released: Released, drawn: str) -> str:
    """A figure in words for those who do not see it: kind, finding, a few values, people, synthetic or not.

    At most `WORDS_OF_ALT` words. `drawn` is the value column of the chart, of which the highest and the lowest are
    told; all others are in the table.
    """
    rows = released.rows.assign(**shown(released).set_axis(_columns(released), axis=1)[[drawn]].add_prefix("told_"))
    rows = rows[released.flags[drawn] == ""].sort_values(drawn, ascending=False, kind="stable")
    told = [*rows.head(-(-VALUES // 2)).index, *rows.tail(VALUES // 2).index] if len(rows) > VALUES else rows.index
    values = [
        f"{', '.join(label(key, rows.loc[row, key]) for key in released.keys)}: {rows.loc[row, f'told_{drawn}']}"
        for row in dict.fromkeys(told)
    ]
    mark = " Synthetic data, no real person." if released.context.synthetic else ""
    while len((said := _said(kind, headline, values, released, mark)).split()) > WORDS_OF_ALT and values:
        del values[len(values) // 2]
    return said


def _said(kind: str, headline: str, values: Sequence[str], released: Released, mark: str) -> str:
    told = f" {'; '.join(values)}." if values else ""
    return f"{kind}. {headline}.{told} {count(released.people)}.{mark}"


def _columns(released: Released) -> list[str]:
    return [*released.keys, "people", *released.values]


def count(people: int | None) -> str:
    """A released number of people in words."""
    return "fewer than 10 people" if people is None else f"{people:,} people"


def size(people: int | None, interviews: int | None) -> str:
    """Released numbers of people and of their interviews in words; of too few people no number at all."""
    return count(people) if interviews is None else f"{count(people)}, {interviews:,} interviews"


def plural(number: int, noun: str) -> str:
    """A number with its noun: "1 corridor", "12 corridors"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def opened(each: Filter) -> str:
    """What a button says that opens a filter again: "Show all corridors", "Show all, whatever their sex"."""
    return f"Show {each.everyone.lower() if each.everyone.startswith('All ') else f'all, whatever their {each.noun}'}"
