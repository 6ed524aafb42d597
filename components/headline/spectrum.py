"""Headlines of the return spectrum."""

from components.headline.shared import TOO_FEW, clear, of_groups, short_enough, span, sure_of
from data.disclosure import Released
from data.estimate import shows_difference
from data.labels import label
from data.summaries.composition import COMPULSION
from data.summaries.facts import APART
from data.vocabulary import SCORE_LABELS, ReturnBand, Score


def compulsory(released: Released) -> str:
    """The share of compulsory returns (obliged and forced) among people interviewed; of several groups, its range.

    What could not be placed on the spectrum may belong to either side: of one group it is told beside the share.
    """
    by = released.keys[0]
    told = [fact for fact in released.facts if fact.code == COMPULSION]
    if len(told) == released.rows[by].nunique() == 1:
        rest = released.only("band", ReturnBand.UNCLASSIFIED).rows["share"].sum()
        unplaced = f"; {rest:.0%} could not be placed" if rest >= 0.005 else ""
        return f"{sure_of(told[0])} of people interviewed were obliged or forced{unplaced}"
    if len(told) < 2:
        return "People interviewed by band of the return spectrum"
    apart = released.fact(APART)
    if apart is None or not shows_difference(apart.low, apart.high):
        return "No group is shown to be more often obliged or forced than another"
    shares = {fact.of: f"{fact.value:.0%} ({label(by, fact.of)})" for fact in told}
    ends = " to ".join(shares[group] for group in apart.between)
    low, high = (next(fact.value for fact in told if fact.of == group) for group in apart.between)
    return short_enough(
        f"Obliged or forced: {ends} of people interviewed",
        f"Obliged or forced: {low:.0%} to {high:.0%} of each group interviewed",
    )


def trend(released: Released, score: Score) -> str:
    """Whether a score moves along the bands, and how much a step."""
    [row] = released.only("score", score).rows.itertuples()
    if row.slope != row.slope:
        return "Too few bands for a trend: three are needed"
    what = f"{SCORE_LABELS[score].lower()} score"
    if not shows_difference(row.slope_low95, row.slope_high95):
        return f"No trend along the bands is shown in the {what}"
    goes = "lower" if row.slope < 0 else "higher"
    return f"Each band towards forced goes with a {abs(row.slope):.3f} {goes} {what}"


def no_choice(released: Released) -> str:
    """How many people say they had no choice: of those called voluntary where a label says so, else as a range."""
    group = released.keys[-2]
    rows = released.only("perceived_choice", "none").rows.dropna(subset=["share"])
    if rows.empty:
        return TOO_FEW
    called = rows[rows["label"].str.contains(r"\bvoluntary", case=False)] if "label" in rows else rows.iloc[:0]
    if group == "label" and len(called):
        top = called.loc[called["people"].idxmax()]
        told = f"{sure_of(top)} of people recorded as"
        return short_enough(
            f"{told} “{top['label']}” say they had no choice", f"{told} voluntary say they had no choice"
        )
    if len(rows) == 1:
        told = f"{sure_of(rows.iloc[0])} say they had no choice"
        return short_enough(f"{told} ({label(group, rows[group].iloc[0])})", told)
    if "label" in rows and group != "label":  # within one label the bands are few, and their shares are just told
        return f"No choice: {span(rows['share'])} of each group"
    told = of_groups(released, rows)
    if told is None:
        return "No group is shown to say more often than another that there was no choice"
    return short_enough(f"No choice: {told}", f"No choice: {span(rows['share'])} of each group")


def choice_matters(released: Released, score: Score) -> str:
    """In how many bands people who had less choice score otherwise than those who had a free one."""
    rows = released.only("perceived_choice", "none").rows.dropna(subset=["difference"])
    what = f"{SCORE_LABELS[score].lower()} score"
    if rows.empty:
        return TOO_FEW
    found = clear(rows)
    if found.empty:
        return f"Within bands, no choice is not shown to go with another {what}"
    return f"No choice goes with another {what} in {len(found)} of {len(rows)} bands"


def placed(released: Released) -> str:
    """The share of people whose return could not be placed by its facts."""
    rows = released.only("band_rule", "facts_missing").rows.dropna(subset=["share"])
    if rows.empty:
        return "How returns were placed on the spectrum"
    return f"{sure_of(rows.iloc[0])} of people’s returns could not be placed by the facts recorded"
