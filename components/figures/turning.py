"""The turns of a path in words, from the changes of the same people since the first wave."""

from dataclasses import dataclass
from typing import Final

from components.figures.finding import TOO_FEW, fitting, of_score, than
from components.rounding import size
from data.disclosure import Released
from data.estimate import shows_difference
from data.vocabulary import SCORE_LABELS, Score

AS_BEFORE: Final = 0.02
"""A score whose interval lies within so much of the first one, to either side, is called the same as it."""


@dataclass(frozen=True)
class Point:
    """A wave, and how much the same people's score differs there from the first, with its 95% interval."""

    wave: int
    value: float = 0.0
    low: float = 0.0
    high: float = 0.0

    def above(self, other: "Point") -> int:
        """1 where it lies clearly above another, −1 where clearly below, else 0.

        Two intervals apart mean more than that the difference between the two has one on one side of zero: its
        standard error is at most the sum of theirs.
        """
        return int(self.low > other.high) - int(self.high < other.low)

    @property
    def as_before(self) -> bool:
        """Whether the score is the first one again."""
        return self.low >= -AS_BEFORE and self.high <= AS_BEFORE


def path(released: Released, score: Score, first: int) -> list[Point]:
    """The waves of `trajectories.change` that may be seen, the first before them."""
    rows = released.only("score", score).rows.dropna(subset=["difference"])
    columns = ["wave", "difference", "difference_low95", "difference_high95"]
    return [Point(first), *(Point(*row) for row in rows[columns].itertuples(index=False, name=None))]


def turns(points: list[Point]) -> list[Point]:
    """The first point, and each at which the path has clearly come from the one before, up and down by turns."""
    found, way = points[:1], 0
    for point in points[1:]:
        if way and way * (point.value - found[-1].value) > 0:
            if point.above(found[-2]) == way:
                found[-1] = point  # further the same way
        elif step := point.above(found[-1]):
            found.append(point)
            way = step
    return found


def told(released: Released, score: Score, first: int) -> str:
    """How the same people's score went: its turns, as far as they are clear, and where it ended."""
    points = path(released, score, first)
    if len(points) == 1:
        return TOO_FEW
    last, found = points[-1], turns(points)
    if len(found) == 1 or found[1] is last:
        return end_to_end(points[0], last, score)
    whose = "Scores" if score == Score.COMPOSITE else f"{SCORE_LABELS[score]} scores"
    verbs = [(_verb(place, found), found[place].wave) for place in range(1, len(found)) if found[place] is not last]
    full = [
        f"{verb} by {'wave ' * (place == 0 or verb[-1].isdigit())}{wave}" for place, (verb, wave) in enumerate(verbs)
    ]
    bare = [verb for verb, _ in verbs]
    ways = [", ".join([*full[:some], *bare[some:]]) for some in range(len(full), 0, -1)]
    link = " and" if len(full) == 1 else ","
    return fitting(*(f"{whose} {way}{link} {_ending(last)}" for way in ways), f"{whose} {full[0]} and {_ending(last)}")


def end_to_end(start: Point, last: Point, score: Score) -> str:
    """The change from the first wave to the last, or that none is shown."""
    if not shows_difference(last.low, last.high):
        when = f"between waves {start.wave} and {last.wave}"
        return f"No change in the same people's score is shown {when}{of_score(score)}"
    how = f"{'only ' * last.as_before}{than(last.value)}"  # else it would gainsay "ended where they began" beside it
    return f"The same people scored {how} at wave {last.wave} than at wave {start.wave}{of_score(score)}"


def _verb(place: int, found: list[Point]) -> str:
    """What scores did on the way to a turn: a first fall or rise with its size, and what happens again."""
    point, up = found[place], found[place].value > found[place - 1].value
    if place > 1 and point.as_before:
        return "recovered" if up else "fell back"
    verb = "rose" if up else "fell"
    return f"{verb} again" if place > 2 else f"{verb} {size(point.value - found[place - 1].value)}"


def _ending(last: Point) -> str:
    """Where the path ended, beside where it began."""
    if last.as_before:
        return "ended where they began"
    if not shows_difference(last.low, last.high):
        return "ended with no change shown"
    return f"ended {than(last.value)}"
