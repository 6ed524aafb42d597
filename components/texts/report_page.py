"""A data report in words: as sections, as one page of HTML, and as plain text."""

from dataclasses import dataclass
from html import escape
from typing import Final

from components.texts import say
from components.texts.made import KNOWN
from components.texts.template import amount
from data.disclosure import Flag
from data.labels import label
from data.notes import Note, Vague, noted
from data.report import Report
from data.report.model import Cell, Named

STYLE: Final = """
:root { color-scheme: light dark; --ground: #fff; --ink: #1b1f24; --line: #c4cad1; --soft: #f2f4f6; }
@media (prefers-color-scheme: dark) { :root { --ground: #14181d; --ink: #e8ebee; --line: #4a525b; --soft: #20262d; } }
@media print { :root { --ground: #fff; --ink: #000; --line: #888; --soft: #fff; } section { break-inside: avoid; } }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; background: var(--ground); color: var(--ink);
       font: 1rem/1.5 system-ui, sans-serif; }
h1, h2 { line-height: 1.2; } h2 { margin-top: 2.5rem; font-size: 1.25rem; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { background: var(--soft); } td:last-child { font-variant-numeric: tabular-nums; }
"""


@dataclass(frozen=True)
class Section:
    """A part of a report in words; `rows` are the table's, each as long as `headings`."""

    title: str
    sentences: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def sections(report: Report) -> tuple[Section, ...]:
    """Return the parts of `report` in words."""
    return tuple(
        Section(
            say(noted(section.title)),
            tuple(map(say, section.lines)),
            tuple(say(noted(heading)) for heading in section.headings),
            tuple(tuple(map(_cell, row)) for row in section.rows),
        )
        for section in report.sections
    )


def _cell(cell: Cell) -> str:
    if isinstance(cell, Named):
        return KNOWN[cell.code] if cell.column == "known" else label(cell.column, cell.code)
    if isinstance(cell, Note):
        return say(cell)
    if isinstance(cell, Flag):
        return f"[{cell}]"
    return cell if isinstance(cell, str) and not isinstance(cell, Vague) else amount(cell)


def as_html(report: Report) -> str:
    """Return `report` as one HTML page that needs nothing else: no scripts, no other files; it prints on paper."""
    title = escape(say(report.title))
    body = "".join(map(_section, sections(report)))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="viewport" content="width=device-width">\n<style>{STYLE}</style>\n</head>\n'
        f"<body>\n<h1>{title}</h1>\n{body}</body>\n</html>\n"
    )


def as_text(report: Report) -> str:
    """Return `report` as plain text, its tables in columns."""
    return "\n\n".join([say(report.title), *map(_plain, sections(report))])


def _section(section: Section) -> str:
    words = "".join(f"<p>{escape(sentence)}</p>\n" for sentence in section.sentences)
    return f"<section>\n<h2>{escape(section.title)}</h2>\n{words}{_table(section)}</section>\n"


def _table(section: Section) -> str:
    if not section.rows:
        return ""
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in section.headings)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>\n'
        for row in section.rows
    )
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"


def _plain(section: Section) -> str:
    lines = [section.title, "-" * len(section.title), *section.sentences]
    table = [section.headings, *section.rows] if section.rows else []
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines += ["  ".join(map(str.ljust, row, widths)).rstrip() for row in table]
    return "\n".join(lines)
