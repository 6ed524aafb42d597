"""What a data report is: sections, each of lines and at most one small table, in codes and numbers that may be seen."""

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from data.disclosure import Flag
from data.notes import Note, Reported, Vague


class Named(NamedTuple):
    """A value of a column, which `data.labels` has words for."""

    column: str
    code: str


Amount: TypeAlias = int | float | Vague
"""A count rounded to 5, a share of 1 rounded to a hundredth, or what may be said in its place."""

Cell: TypeAlias = Amount | str | Flag | Named | Note


@dataclass(frozen=True)
class Section:
    """A part of a report; `rows` are the table's, each as long as `headings`, both () where there is none."""

    title: Reported
    lines: tuple[Note, ...]
    headings: tuple[Reported | Note, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True)
class Report:
    """A report on one file."""

    title: Note
    sections: tuple[Section, ...]
