"""The three dimensions together: how they move together, and who stands high on one and low on another."""

from itertools import combinations

from components import controls
from components.charts import together
from components.figure import About, Asked, Control, Figure, Section, labels
from components.figures.choices import GROUP_BY
from components.figures.finding import TOO_FEW, span, sure_of
from data.disclosure import Released
from data.labels import label
from data.summaries.together import PARTED, correlations, discrepancy, thirds
from data.vocabulary import DIMENSIONS, Score

PAIRS = tuple(f"{one}-{other}" for one, other in combinations(DIMENSIONS, 2))


def move_together(released: Released) -> str:
    """Whether people high on one dimension are high on others, with the span of the correlations."""
    rows = released.rows.dropna(subset=["r"])
    if rows.empty:
        return TOO_FEW
    if not ((rows["r_low95"] > 0) | (rows["r_high95"] < 0)).any():
        return "The dimensions are not shown to move together"
    low, high = f"{rows['r'].min():.2f}".replace("-", "−"), f"{rows['r'].max():.2f}".replace("-", "−")
    if (rows["r_low95"] > 0).all():
        return f"People high on one dimension tend to be high on others (correlation {low} to {high})"
    return f"Correlations of dimension scores lie between {low} and {high}"


def parted(released: Released, one: str, other: str) -> str:
    """The share of people in the highest third on one dimension and the lowest on the other."""
    apart = released.fact(PARTED)
    if apart is None:
        return f"Too few people to tell who scores high on {one} and low on {other}"
    return f"{sure_of(apart)} score high on {one} but low on {other}, or the reverse"


def high_and_low(released: Released) -> str:
    """The span of the shares of people who are high on one dimension and low on another."""
    shares = released.rows["share"].dropna()
    if shares.empty:
        return TOO_FEW
    return f"{span(shares)} of each group score high on one, low on the other"


PAIR = Control(
    ("pair",),
    lambda _: controls.choose_one("Two dimensions", "pair", PAIRS, lambda code: label("pair", code)),
    lambda *_: labels("pair", PAIRS),
)


def _two(asked: Asked) -> tuple[Score, Score]:
    one, other = asked[PAIR].split("-")
    return Score(one), Score(other)


TOGETHER = Figure(
    key="correlations",
    name="Correlation of the dimensions",
    summary=correlations,
    asks=lambda asked: (asked[GROUP_BY],),
    chart=together.correlations,
    headline=lambda found, _: move_together(found),
    title=lambda _: "Correlation of each pair of dimension scores, from −1 to 1",
    about=About(
        "Whether people who do well in one dimension of reintegration also do well in another.",
        "Pearson’s correlation, weighted, over the people who have all three scores; Fisher’s intervals, 95% for all "
        "correlations shown at once. Where a score does not vary there is none.",
        "Whether one dimension moves the other, or which.",
    ),
)

THIRDS = Figure(
    key="thirds",
    name="Thirds of two dimensions",
    summary=thirds,
    asks=_two,
    chart=together.cross_table,
    drawn=_two,
    headline=lambda found, asked: parted(found, *_two(asked)),
    title=lambda asked: "Share of people by third of the {} score (rows) and third of the {} score (columns)".format(
        *_two(asked)
    ),
    about=About(
        "How the people in each third of one dimension score on another; in the corners are people who do well on one "
        "and badly on the other.",
        "Thirds are of the people in view, by weight; equal scores are always in the same third, so thirds can be "
        "unequal. The table holds the share to be expected if the two had nothing to do with each other.",
        "Why somebody scores high on one and low on the other.",
    ),
    controls=(PAIR,),
)

APART = Figure(
    key="high-and-low",
    name="High on one dimension, low on another",
    summary=discrepancy,
    asks=lambda asked: (asked[GROUP_BY],),
    part=lambda found, asked: found.only("pattern", "{}>{}".format(*_two(asked)), "{1}>{0}".format(*_two(asked))),
    chart=together.discrepancy,
    headline=lambda found, _: high_and_low(found),
    title=lambda _: "Share of people in the highest third on one dimension and the lowest third on another",
    about=About(
        "In which groups people score high on one dimension and low on another: this points to where more help is "
        "needed, which is what the dimension scores are made for.",
        "High is the highest and low the lowest third of everyone in view. Weighted shares of each group’s people who "
        "have all three scores, with Wilson intervals.",
        "How high or low: thirds are of the people in view, not of the scale.",
    ),
    controls=(PAIR,),
)

SECTION = Section(
    key="dimensions", title="Three dimensions together", rows=(TOGETHER, (THIRDS, APART)), controls=(GROUP_BY,)
)
