"""Headlines of distributions."""

from components.headline.shared import TOO_FEW, clear, leader, of_groups, short_enough, span, sure_of, than
from data.disclosure import Released
from data.labels import label
from data.summaries.together import PARTED
from data.vocabulary import SCORE_LABELS, Score


def above_line(released: Released, score: Score, line: float) -> str:
    """The share of people at or above the reader's line, or its range where groups are clearly apart."""
    rows = released.rows[(released.rows["score"] == score) & released.rows["share"].notna()]
    if rows.empty:
        return f"{SCORE_LABELS[score]} scores: too few people on one side of {line:.2f}"
    told = of_groups(released, rows, score)
    if told is None:
        return f"{SCORE_LABELS[score]}: no difference between groups is shown at {line:.2f}"
    if len(rows) == 1:
        return f"{told} score {line:.2f} or more ({SCORE_LABELS[score].lower()})"
    what = f"{SCORE_LABELS[score]} {line:.2f} or more"
    return short_enough(f"{what}: {told}", f"{what}: {span(rows['share'])} of people in each group")


def lost(released: Released) -> str:
    """The part in which most points are lost, where its interval lies above those of all other parts."""
    rows = released.rows.dropna(subset=["lost"])
    if rows.empty:
        return "How many points each part costs is not known"
    by, tops = released.keys[0], []
    for _, mine in rows.groupby(by, sort=False):
        tops.append(leader(mine, "lost"))
    if any(top is None for top in tops):
        return "No one part is shown to cost the most points" + (" in all groups" if len(tops) > 1 else "")
    parts = {str(top["part"]) for top in tops}
    if len(parts) > 1:
        return "Which part costs the most points differs between groups"
    name = label("part", parts.pop())
    if len(tops) > 1:
        return short_enough(f"Most points are lost in {name}, in every group", "One part costs most in every group")
    cost = f"{tops[0]['lost']:.2f} of {tops[0]['full']:.2f}"
    return short_enough(f"Most points are lost in {name}: {cost}", f"One part costs most points: {cost}")


def answered(released: Released, name: str) -> str:
    """How many people gave the worst answer to the elements shown, as a range."""
    rows = released.rows.groupby([released.keys[0], "element"], sort=False).nth(-1).dropna(subset=["share"])
    if rows.empty:
        return f"Answers: {name}"
    told = sure_of(rows.iloc[0]) if len(rows) == 1 else span(rows["share"])
    return short_enough(f"{told} gave the worst answer ({name})", f"{told} gave the worst answer")


def along_the_distribution(released: Released, reference: str) -> str:
    """At how many points of the distribution groups differ from the reference."""
    by = released.keys[0]
    rows = released.rows.dropna(subset=["difference"])
    if rows.empty:
        return TOO_FEW
    found, name = clear(rows), label(by, reference)
    if found.empty:
        return short_enough(
            f"No difference from {name} is shown anywhere in the distribution",
            "No difference is shown anywhere in the distribution",
        )
    if rows[by].nunique() == 1:
        who, where = label(by, rows[by].iloc[0]), f"at {len(found)} of {len(rows)} points of the distribution"
        return short_enough(f"{who} differs from {name} {where}", f"A difference is shown {where}")
    groups = f"{found[by].nunique()} of {rows[by].nunique()} groups"
    return short_enough(
        f"{groups} differ from {name} somewhere in the distribution", f"{groups} differ somewhere in the distribution"
    )


def move_together(released: Released) -> str:
    """The span of the correlations, as a description, or that none is shown."""
    rows = released.rows.dropna(subset=["r"])
    if rows.empty:
        return TOO_FEW
    if not ((rows["r_low95"] > 0) | (rows["r_high95"] < 0)).any():
        return "The dimensions are not shown to move together"
    return f"Correlations of dimension scores lie between {rows['r'].min():.2f} and {rows['r'].max():.2f}"


def parted(released: Released, one: str, other: str) -> str:
    """The share of people in the highest third on one dimension and the lowest on the other."""
    apart = released.fact(PARTED)
    if apart is None:
        return f"Thirds of the {one} and the {other} score"
    return f"{sure_of(apart)} stand high on one and low on the other ({one}, {other})"


def high_and_low(released: Released) -> str:
    """The span of the shares of people who are high on one dimension and low on another."""
    shares = released.rows["share"].dropna()
    if shares.empty:
        return TOO_FEW
    return f"High on one dimension, low on another: {span(shares)} of people"


def parity(released: Released, score: Score) -> str:
    """How many groups score clearly below or above community members."""
    rows = released.only("score", score).rows.dropna(subset=["difference"])
    what = f"{SCORE_LABELS[score].lower()} score"
    if rows.empty:
        return "Too few community members to compare with"
    found = clear(rows)
    if found.empty:
        return f"No gap to community members is shown in the {what}"
    if len(rows) == 1:
        return f"Returnees score {than(found['difference'].iloc[0])} than community members ({what})"
    below, above = (found["difference"] < 0).sum(), (found["difference"] > 0).sum()
    told = [f"{count} {word}" for count, word in ((below, "below"), (above, "above")) if count]
    return f"Of {len(rows)} groups, {' and '.join(told)} community members ({what})"
