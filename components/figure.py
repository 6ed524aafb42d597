"""A figure as a value: what is asked, how it is drawn, what it says and what it means."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from components import datasets
from components.charts.chart import Chart
from components.frame import Frame
from components.link import Param
from data.disclosure import Released
from data.engine import Source
from data.filters import MOST_WITH_GROUPS
from data.grouping import Grouping
from data.labels import label
from data.summaries.offered import Choices
from data.view import View


@dataclass(frozen=True)
class Control:
    """A choice that belongs to figures.

    `names` are what links call it; `choose` draws it and returns what is chosen, or None, with the reason on screen,
    where there is nothing to choose. `words` gives what stands on screen for each code that a link may hold under a
    name, where that is not the same.
    """

    names: tuple[str, ...]
    choose: Callable[["Asked"], Any]
    words: Callable[[str, Choices], Mapping[str, str]] = lambda _name, _choices: {}

    def in_links(self, choices: Choices) -> dict[str, Param]:
        """What each of its names may be in a link."""
        return {name: Param(self.words(name, choices)) for name in self.names}


def labels(column: str, codes: Iterable[object]) -> dict[str, str]:
    """Words of codes of a column, by code as a link holds it."""
    return {str(code): label(column, code) for code in codes}


@dataclass(frozen=True)
class Asked:
    """What a figure is asked with: the page's frame, and what its controls are set to."""

    frame: Frame
    chosen: Mapping[Control, Any] = field(default_factory=dict)

    def __getitem__(self, control: Control) -> Any:
        """What `control` is set to."""
        return self.chosen[control]

    @property
    def view(self) -> View:
        """What the reader chose in the sidebar."""
        return self.frame.view

    @property
    def source(self) -> Source:
        """The cohort in view."""
        return self.frame.source

    def ask(self, summary: Callable[..., Any], *about: Any, **named: Any) -> Any:
        """A summary of the people in view; where it is grouped by cohort, of those side by side."""
        return datasets.ask(summary, self.of(about, named), self.view, *about, **named)

    def of(self, about: Iterable[Any], named: Mapping[str, Any]) -> Source:
        """The cohort in view, or those side by side where a summary that is asked this groups people by cohort."""
        return self.frame.beside if any(each.by == "cohort" for each in _groupings(about, named)) else self.source

    def groups(self, by: str) -> Grouping:
        """The groups of column `by` in view."""
        return Grouping(by, self.frame.groups(by))

    def after(self, wanted: Sequence[Control]) -> "Asked":
        """The same with those of the `wanted` controls drawn that were not."""
        asked = self
        for control in wanted:
            if control not in asked.chosen:
                asked = replace(asked, chosen={**asked.chosen, control: control.choose(asked)})
        return asked


def _groupings(about: Iterable[Any], named: Mapping[str, Any]) -> tuple[Grouping, ...]:
    return tuple(each for each in (*about, *named.values()) if isinstance(each, Grouping))


@dataclass(frozen=True)
class About:
    """A figure for its readers, each in a sentence or two: what it shows, how it is made, what it cannot tell."""

    shows: str
    made: str
    cannot: str


@dataclass(frozen=True)
class Onward:
    """Where a figure leads to: the page, as `st.switch_page` takes it, and what the way there is called."""

    page: str
    words: str


@dataclass(frozen=True)
class Figure:
    """A figure; all it is.

    `key` names it for good: in links, tests and files; `name` is what it is called where all figures are listed.
    `summary` is asked of `source` and `view` with what `asks` and `named` give; `part` is the part of the answer that
    is shown, drawn by `chart` with what `drawn` gives. `headline` is the finding, `title` what the figure is. Its
    `controls` are drawn before it; it is left out unless `when`, and where `unless` gives a reason that is shown in its
    place. At most `most` choices may divide people in it, the view's and its groups': fewer where it tells, at many
    places of a score, who stands on which side, for that tells more of each person. `captions` stand under it.
    `clicked` makes the chart a control: it is told the places of the traces that the reader clicked. `onward` is the
    page that it leads to.

    It is asked of the cohort in view, of those side by side where it is grouped by cohort, or of a `source` of its own.
    """

    key: str
    name: str
    summary: Callable[..., Released]
    chart: Chart
    headline: Callable[[Released, Asked], str]
    title: Callable[[Asked], str]
    about: About
    asks: Callable[[Asked], tuple[Any, ...]] = lambda _: ()
    named: Callable[[Asked], Mapping[str, Any]] = lambda _: {}
    drawn: Callable[[Asked], tuple[Any, ...]] = lambda _: ()
    part: Callable[[Released, Asked], Released] = lambda found, _: found
    source: Callable[[Asked], Source] | None = None
    view: Callable[[Asked], View] = lambda asked: asked.view
    controls: tuple[Control, ...] = ()
    most: int = MOST_WITH_GROUPS
    when: Callable[[Asked], bool] = lambda _: True
    unless: Callable[[Asked], str] = lambda _: ""
    captions: Callable[[Released, Asked], Sequence[str]] = lambda _found, _asked: ()
    clicked: Callable[[Asked, list[int]], None] | None = None
    onward: Onward | None = None


Row = Figure | tuple[Figure, ...]
"""A figure, or figures side by side."""


@dataclass(frozen=True)
class Section:
    """Part of a page: its figures in reading order, with `controls` that all of them share.

    It is left out unless `when`; where `unless` gives a reason, that is shown in place of it all; `draw` stands after
    the figures, for what is no figure; `title` is "" for what needs no heading.
    """

    key: str
    title: str
    rows: tuple[Row, ...]
    controls: tuple[Control, ...] = ()
    when: Callable[[Asked], bool] = lambda _: True
    unless: Callable[[Asked], str] = lambda _: ""
    draw: Callable[[Asked], None] = lambda _: None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures in reading order."""
        return tuple(figure for row in self.rows for figure in side_by_side(row))

    @property
    def every_control(self) -> tuple[Control, ...]:
        """Its controls and those of its figures."""
        return tuple(dict.fromkeys(control for of in (self, *self.figures) for control in of.controls))


def side_by_side(row: Row) -> tuple[Figure, ...]:
    """The figures of a row."""
    return (row,) if isinstance(row, Figure) else row
