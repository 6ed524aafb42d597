"""What a data report is: a title and sections, each of sentences and at most one small table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A part of a report; `rows` are the table's, each as long as `headings`, both () where there is none."""

    title: str
    sentences: tuple[str, ...]
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Report:
    """A report on one file: text and numbers that may be seen."""

    title: str
    sections: tuple[Section, ...]
