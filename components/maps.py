"""Cards with a world map: outcomes, and recorded returns, by country of return."""

from dataclasses import replace

from components import datasets, headline
from components.card import card
from components.charts import world
from components.frame import Frame
from components.recorded import Recorded
from data.disclosure import Released
from data.notes import Note, Said
from data.summaries import returns
from data.summaries.comparison import compare
from data.view import View, score_label

EVERY = 250
"""More countries of return than there are."""


def outcomes(frame: Frame) -> None:
    """The mean of the score in focus in every country of return."""
    countries = frame.groups("country_of_return")
    score = frame.view.score
    compared = datasets.ask(compare, frame.source, frame.view, "country_of_return", countries, countries[0], (score,))
    card(
        headline.lie_between(compared, score),
        _bounded(compared),
        world.outcomes(compared, score),
        title=f"Mean {score_label(frame.view)} by country of return",
        kind="World map",
        drawn="mean",
        made_by=compare,
    )


def recorded(flows: Recorded, view: View, year: int) -> None:
    """Recorded returns of one year to every country of return, each with a line from its largest host country."""
    found = datasets.ask(returns.by_country, flows.source, view, flows.basis, year, EVERY)
    card(
        headline.most_returns(found, year, flows.basis),
        _bounded(found),
        world.returns(found),
        title=f"People in {year} by country of return, with a line from the largest host country of each",
        kind="World map",
        drawn="people",
        made_by=returns.by_country,
    )


def _bounded(released: Released) -> Released:
    """With the note that every map of borders carries, and the countries that the map has no place for."""
    missing = world.off_the_map(released)
    note = Note(Said.BORDERS_AND_MISSING, countries=missing) if missing else Note(Said.BORDERS)
    return replace(released, notes=(note, *released.notes))
