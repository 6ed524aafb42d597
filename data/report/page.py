"""A report as one page of HTML, and as plain text."""

from html import escape
from typing import Final

from data.report.model import Report, Section

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


def as_html(report: Report) -> str:
    """Return `report` as one HTML page that needs nothing else: no scripts, no other files; it prints on paper."""
    title = escape(report.title)
    body = "".join(map(_section, report.sections))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="viewport" content="width=device-width">\n<style>{STYLE}</style>\n</head>\n'
        f"<body>\n<h1>{title}</h1>\n{body}</body>\n</html>\n"
    )


def as_text(report: Report) -> str:
    """Return `report` as plain text, its tables in columns."""
    return "\n\n".join([report.title, *map(_plain, report.sections)])


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
