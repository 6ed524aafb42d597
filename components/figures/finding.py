"""What findings share: their length, the words for a difference or a share, and which of them are clear."""

from dataclasses import dataclass

import pandas as pd

from components.figures.naming import capital, group
from components.rounding import percent, size, within
from data.disclosure import Fact, Released
from data.estimate import shows_difference
from data.summaries.facts import APART
from data.vocabulary import SCORE_LABELS, Score

TOO_FEW = "Too few people to show this figure"
MOST_WORDS = 15


def fitting(*sentences: str) -> str:
    """The first of the sentences that has no more words than a headline may; else the last, which has the fewest."""
    fits = (sentence for sentence in sentences if len(sentence.split()) <= MOST_WORDS)
    return capital(next(fits, sentences[-1]))


def of_score(score: Score) -> str:
    """Which score a sentence speaks of, at its end: nothing of the composite one, which is the score."""
    return "" if score == Score.COMPOSITE else f" ({SCORE_LABELS[score].lower()})"


def clear(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows whose difference has an interval on one side of zero."""
    ends = zip(rows["difference_low95"], rows["difference_high95"], strict=True)
    return rows[[shows_difference(low, high) for low, high in ends]]


def furthest(rows: pd.DataFrame, value: str = "difference", centre: float = 0.0) -> "pd.Series[float]":
    """The row whose `value` lies furthest from the centre; the first of equal ones."""
    return rows.loc[(rows[value] - centre).abs().idxmax()]


def than(amount: float) -> str:
    """A difference in words: "0.04 higher"."""
    return f"{size(amount)} {'higher' if amount > 0 else 'lower'}"


def apart_from(rows: pd.DataFrame, by: str, other: str, score: Score, before: str = "") -> str:
    """Who of the groups in `rows` differs from the `other`: the furthest clear one, and what more there is room for.

    `before` stands at the beginning, and says among whom. More is the furthest on the other side, where that is clear
    too, or that no other is shown to differ. Where none is clear, no difference is shown.
    """
    found, of = clear(rows), of_score(score)
    if found.empty:
        return fitting(
            f"{before}no difference from {other} is shown{of}", f"{before}no difference from the reference is shown{of}"
        )
    top = furthest(found)
    who, how = group(by, top[by]), than(top["difference"])
    told = f"{before}{who.does('score')} {how} than {other}{of}"
    longer = []
    opposite = found[found["difference"] * top["difference"] < 0]
    if len(opposite):
        end = furthest(opposite)
        longer = [
            f"{before}{who.does('score')} {how}{of} than {other}, {group(by, end[by]).short} {than(end['difference'])}"
        ]
    elif len(found) == 1 < len(rows):
        longer = [f"{told}; no other is shown to differ"]
    unnamed = f"{before}{who.does('score')} {how} than the reference{of}"
    return fitting(*longer, told, unnamed, f"{before}the furthest from the reference scores {how}{of}")


def sure(share: float, low: float, high: float) -> str:
    """A share with its 95% interval: "41% (39–43%)"."""
    return f"{percent(share)} ({within(low, high)})"


def sure_of(found: "pd.Series[float] | Fact") -> str:
    """The share of a row, or a fact, with its 95% interval."""
    if isinstance(found, Fact):
        return sure(found.value, found.low, found.high)
    return sure(found["share"], found["share_low95"], found["share_high95"])


@dataclass(frozen=True)
class Said:
    """How the shares of a figure are told.

    `one` has "{}" for a share and its people ("41% (39–43%) of women"), `two` for the groups furthest apart ("{high}",
    "{low}"), `span` for a range; `alike` is said where no two groups are shown to differ. `of` stands after a share
    that is of everybody.
    """

    one: str
    two: str
    span: str
    alike: str
    of: str = " of people"


def shares_told(released: Released, rows: pd.DataFrame, said: Said, of: str = "") -> str:
    """The shares of `rows`, a group each (the figure's first key), as a finding.

    One share is told with its interval. Of several the highest and the lowest are, where the difference between these
    two has an interval on one side of zero (the fact `APART` about `of`); without groups that can be set against each
    other (waves hold the same people), their range.
    """
    by = released.keys[0]
    if len(rows) == 1:
        told = sure_of(rows.iloc[0])
        if lone(released):
            return fitting(said.one.format(told + said.of), said.one.format(told))
        whose = group(by, rows[by].iloc[0]).among
        return fitting(said.one.format(f"{told} {whose}"), said.one.format(f"{told} of one group"))
    apart = released.fact(APART, of)
    if apart is None:
        return fitting(said.span.format(span(rows["share"])))
    if not shows_difference(apart.low, apart.high):
        return said.alike
    ends = [rows[rows[by].astype("str") == code].iloc[0] for code in apart.between]
    (low, least), (high, most) = ((group(by, end[by]), percent(end["share"])) for end in ends)
    two = said.two.format(high=f"{most} {high.among}", low=f"{least} {low.among_others}")
    return fitting(two, said.span.format(span(rows["share"])))


def lone(released: Released) -> bool:
    """Whether a figure is of one group, so that its finding is not of one group among others of which none is shown."""
    return released.rows[released.keys[0]].nunique() == 1


def leader(rows: pd.DataFrame, value: str) -> "pd.Series[float] | None":
    """The row with the highest `value`, if its 95% interval lies above those of all other rows; else None."""
    top = rows.loc[rows[value].idxmax()]
    others = rows[f"{value}_high95"].drop(top.name)
    return top if others.empty or top[f"{value}_low95"] > others.max() else None


def span_of_means(means: pd.Series) -> str:
    """The least and the greatest of released means, "0.49 to 0.64", or the one where they read alike."""
    low, high = f"{means.min():.2f}", f"{means.max():.2f}"
    return low if low == high else f"{low} to {high}"


def span(shares: pd.Series) -> str:
    """The least and the greatest of released shares, "12% to 34%", or the one where they read alike."""
    low, high = percent(shares.min()), percent(shares.max())
    return low if low == high else f"{low} to {high}"
