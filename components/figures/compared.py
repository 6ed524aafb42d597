"""Groups compared: the difference of each to a reference, and their mean scores."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from components import controls
from components.charts.differences import differences
from components.charts.dumbbell import dumbbell
from components.charts.scores import scores as scores_chart
from components.figure import About, Asked, Control, Figure
from components.figures.finding import TOO_FEW, apart_from, fitting, of_score, span_of_means
from components.figures.naming import group
from components.page import remark
from components.texts import SCALE
from data.disclosure import Released
from data.estimate import shows_difference
from data.filters import of_column
from data.grouping import Grouping
from data.labels import brief, label
from data.summaries.comparison import compare
from data.summaries.facts import APART
from data.vocabulary import SCORES, Score


@dataclass(frozen=True)
class Compared:
    """Groups side by side, and the one that the others are compared with; a lone group is its own."""

    grouping: Grouping
    reference: str

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups."""
        return self.grouping.groups

    @property
    def name(self) -> str:
        """The reference in words."""
        return label(self.grouping.by, self.reference)


def difference(released: Released, score: Score, reference: str) -> str:
    """Which group differs most from the reference on `score`, and how."""
    by = released.keys[0]
    rows = released.rows[(released.rows["score"] == score) & released.rows["difference"].notna()]
    return TOO_FEW if rows.empty else apart_from(rows, by, group(by, reference).short, score)


def means_range(released: Released, score: Score) -> str:
    """The groups with the lowest and the highest mean, where these are shown to differ; else the span of means.

    No group is ranked that is not clear of the other.
    """
    by, rows = released.keys[0], released.only("score", score).rows.dropna(subset=["mean"])
    apart = released.fact(APART, score)
    means = rows.assign(**{by: rows[by].astype("str")}).set_index(by)["mean"]
    if len(means) < 2 or apart is None or not {*apart.between} <= {*means.index}:
        return lie_between(released, score)
    if not shows_difference(apart.low, apart.high):
        return f"{lie_between(released, score)}; no difference is shown"
    low, high = (f"{means[code]:.2f} ({brief(by, code)})" for code in apart.between)
    return fitting(f"Mean scores range from {low} to {high}{of_score(score)}", lie_between(released, score))


def lie_between(released: Released, score: Score) -> str:
    """The lowest and highest mean among the groups, as a description: no difference is claimed, and no ranking."""
    means = released.only("score", score).rows["mean"].dropna()
    if means.empty:
        return TOO_FEW
    told = span_of_means(means).replace(" to ", " and ")
    return f"Mean {score} scores lie between {told}" if " and " in told else f"The mean {score} score is {told}"


def with_reference(grouping: Grouping, key: str, first: int = 0) -> Compared:
    """The reader's choice of a reference, called `key` in links; the group at place `first` until then."""
    by, groups = grouping.by, grouping.groups
    if len(groups) < 2:
        narrowed = of_column(by) if by != "corridor" else None
        way = f"Choose “{narrowed.everyone}”" if narrowed else "Choose more under “Side by side”"
        remark(f"{way} in the sidebar to see differences.")
        return Compared(grouping, groups[0])
    return Compared(
        grouping,
        controls.choose_one(
            "Compare with", key, groups, lambda code: label(by, code), first=min(first, len(groups) - 1)
        ),
    )


ABOUT = About(
    f"The mean score of each group ({SCALE}), and how far it lies from that of the group you compare with.",
    "Each person counts once, with the latest interview in view, by design weight; means have 95% and 66% t-intervals. "
    "A difference has an interval of its own (Welch): 95% intervals hold for all differences shown at once. It is a "
    "finding where that interval lies on one side of zero.",
    "Why groups differ. They are made of different people, so no difference here is an effect of the corridor or the "
    "band, and none is a ranking.",
)


def difference_to(key: str, of: Control, scores: Callable[[Asked], Sequence[Score]] = lambda _: SCORES) -> Figure:
    """The differences of what `of` is set to, on these `scores`."""
    return Figure(
        key=key,
        name="Corridors and bands compared",
        summary=compare,
        asks=lambda asked: (asked[of].grouping, asked[of].reference, tuple(scores(asked))),
        chart=differences,
        headline=lambda found, asked: difference(found, asked.view.score, asked[of].reference),
        title=lambda asked: f"Difference in mean score to {asked[of].name}",
        about=ABOUT,
        controls=(of,),
        when=lambda asked: len(asked[of].groups) > 1,
    )


def side_by_side(key: str, of: Control) -> tuple[Figure, ...]:
    """The differences of what `of` is set to, and beside them the mean scores: of two groups joined by lines."""
    many = Figure(
        key=f"{key}-means",
        name="Corridors and bands compared",
        summary=compare,
        asks=lambda asked: (asked[of].grouping, asked[of].reference, SCORES),
        chart=scores_chart,
        drawn=lambda asked: (asked.view.line,),
        headline=lambda found, asked: means_range(found, asked.view.score),
        title=lambda _: "Mean score of each group, from 0 (worst) to 1 (best), with your reference line",
        about=ABOUT,
        controls=(of,),
        when=lambda asked: len(asked[of].groups) != 2,
    )
    two = replace(many, key=f"{key}-two", chart=dumbbell, when=lambda asked: len(asked[of].groups) == 2)
    return difference_to(f"{key}-differences", of), many, two
