"""What a card needs, as one payload: chart, table, words and file, made from what was released and nothing else."""

import gzip
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import plotly.graph_objects as go

from components import download, table, texts, words
from components.figure import About, Figure
from data.disclosure import Released
from data.vocabulary import FLAGS_IN_SHORT

NUMBER: Final = frozenset("0123456789.,%+−-")
DIGITS: Final = 6


def packed(data: Mapping[str, Any]) -> bytes:
    """A payload as it goes to the browser: JSON, compressed to about a quarter."""
    return gzip.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)


def unpacked(content: bytes) -> dict[str, Any]:
    """The payload again."""
    return json.loads(gzip.decompress(content))


def payload(
    figure: Figure, headline: str, title: str, released: Released, drawn: Sequence[object] = ()
) -> dict[str, Any]:
    """A figure as the browser draws it; `headline` is the finding, `title` what it shows.

    `drawn` goes to the chart with the numbers. A chart in which nothing may be drawn is left out, with the reason.
    """
    shown = table.shown(released)
    rows = shown.to_numpy().tolist()
    chart = figure.chart(released, *drawn)
    empty = figure.chart.empty(chart)
    csv = download.as_csv(released, f"{headline} – {title}")
    return {
        "headline": headline,
        "what": title,
        "alt": words.alt(figure.chart.in_words(released), headline, released, figure.chart.drawn),
        "chart": None if empty else specified(chart),
        "reason": nothing_drawn(released) if empty else "",
        "columns": [*shown.columns],
        "numeric": [all(is_number(row[place]) for row in rows) for place in range(len(shown.columns))],
        "rows": rows,
        "legend": table.legend(released),
        "about": (said := about(figure, released)),
        "terms": terms(" ".join([title, *(text for _, text in said)])),
        "csv": {"name": download.file_name(released, "csv"), "text": csv.decode("utf-8-sig")},
        "synthetic": "synthetic" if released.context.synthetic else "",
    }


def specified(chart: go.Figure) -> dict[str, Any]:
    """A chart as plotly.js takes it, without a look of its own: the browser gives it the theme's.

    `height` is its natural height in pixels.
    """
    spec = json.loads(chart.to_json(), parse_float=_short)
    layout = spec["layout"]
    layout.pop("template", None)
    return {"data": spec["data"], "layout": layout, "height": layout.pop("height")}


def _short(number: str) -> float:
    """A number of a chart without the digits that only binary arithmetic gave it."""
    return round(float(number), DIGITS)


def nothing_drawn(released: Released) -> str:
    """Why a chart has nothing to draw, in a sentence."""
    flags = [flag for column in released.values for flag in released.flags[column] if flag]
    why = FLAGS_IN_SHORT[max(set(flags), key=flags.count)] if flags else "there is nobody in it"
    return f"Nothing can be drawn here: {why}."


def about(figure: Figure, released: Released) -> list[tuple[str, str]]:
    """What is said of a figure for its readers, each part with its name: what it is, of whom, and from where."""
    context = released.context
    return [
        *told(figure.about),
        *([] if figure.source else [("Noise.", texts.NOISE)]),
        *(("", texts.say(note)) for note in released.notes),
        ("In view.", f"{context.sentence}, {words.count(released.people)}."),
        ("Source.", f"{context.source}. Licence: {context.licence}. Data version {context.version}."),
        *([("Scores.", f"{context.profile}.")] if context.profile else []),
    ]


def terms(text: str) -> dict[str, str]:
    """The terms of the field that a text uses, with their meaning, the longest first."""
    found = {term: meaning for term, meaning in texts.glossary().items() if re.search(rf"\b{term}\b", text.lower())}
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def told(said: About) -> list[tuple[str, str]]:
    """What a figure shows, how it is made and what it cannot tell, each with its name."""
    return [("", said.shows), ("How it is made.", said.made), ("What it cannot tell.", said.cannot)]


def is_number(cell: str) -> bool:
    """Whether a cell of a table on screen holds a number, or the flag that stands for one."""
    return set(cell) <= NUMBER or (cell.startswith("[") and cell.endswith("]"))


def line(released: Released, sentence: str, source: str, in_view: int | None) -> list[str]:
    """The one line under a figure: people, and what of view and source differs from the head of the page."""
    context = released.context
    one_cohort = "cohort" not in released.keys
    here = one_cohort and context.sentence == sentence
    parts = [words.counted(released, in_view if here else None)]
    parts += [context.sentence] * (context.sentence != sentence)
    parts += [context.source] * (context.source != source)
    return parts + [f"{released.suppressed} hidden [c]"] * bool(released.suppressed)
