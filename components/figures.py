"""Cards that more than one page shows."""

from collections.abc import Sequence

from components import datasets, headline
from components.card import card
from components.charts.composition import composition
from components.charts.differences import differences
from data.engine import Source
from data.grouping import Grouping
from data.summaries.composition import compose
from data.summaries.trajectories import change
from data.view import View


def by_band(source: Source, view: View, by: str, groups: Sequence[str], bands: Sequence[str]) -> None:
    """Of which bands of the return spectrum each of `groups` (values of column `by`) is made."""
    made = datasets.ask(compose, source, view, Grouping(by, groups), Grouping("band", bands))
    card(
        headline.compulsory(made),
        made,
        composition(made),
        title="People by band of the return spectrum, from most to least voluntary",
        kind="Stacked bars",
        drawn="share",
        made_by=compose,
    )


def change_since(source: Source, view: View, waves: Sequence[int], scores: Sequence[str], finding: str = "") -> None:
    """How the same people's `scores` changed since the first of `waves`; `finding` takes the place of the headline."""
    changed = datasets.ask(change, source, view, waves, scores)
    card(
        finding or headline.change(changed, view.score, waves[0]),
        changed,
        differences(changed),
        title=f"Mean change of the same people's scores since wave {waves[0]}",
        kind="Dots with intervals",
        drawn="difference",
        made_by=change,
    )
