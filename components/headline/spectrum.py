"""Headlines of the return spectrum."""

from components.headline.shared import TOO_FEW, clear, short_enough
from data.estimate import shows_difference
from data.labels import label
from data.release import Released
from data.vocabulary import COMPULSORY, SCORE_LABELS, Score


def compulsory(released: Released) -> str:
    """The share of compulsory returns (obliged and forced) among all people; of several groups, its range."""
    if released.rows[released.keys[0]].nunique() > 1:
        return compulsory_range(released)
    shares = released.rows[released.rows["band"].isin(COMPULSORY)]["share"]
    if shares.isna().any() or shares.empty or set(released.rows["band"]) <= set(COMPULSORY):
        return "Returns by band of the return spectrum"
    return f"{shares.sum():.0%} of people were obliged or forced to return"


def compulsory_range(released: Released) -> str:
    """The smallest and largest share of compulsory returns among the groups, where both bands of it are shown."""
    group = released.keys[0]
    rows = released.rows[released.rows["band"].isin(COMPULSORY)]
    shares = rows.groupby(group)["share"].sum(min_count=len(COMPULSORY)).dropna()
    if len(shares) < 2 or set(released.rows["band"]) <= set(COMPULSORY):
        return "Bands of the return spectrum in each group"
    return f"Compulsory returns are {shares.min():.0%} to {shares.max():.0%} of each group shown"


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
        told = f"{100 * top['share']:.0f} in 100 people recorded as"
        return short_enough(
            f"{told} “{top['label']}” say they had no choice", f"{told} voluntary say they had no choice"
        )
    ends = rows.loc[[rows["share"].idxmin(), rows["share"].idxmax()]]
    (low, least), (high, most) = zip([f"{share:.0%}" for share in ends["share"]], ends[group], strict=True)
    if len(rows) == 1:
        told = f"{low} say they had no choice"
        return short_enough(f"{told} ({label(group, least)})", told)
    return short_enough(
        f"No choice: {low} ({label(group, least)}) to {high} ({label(group, most)})",
        f"No choice: {low} to {high} of each group",
    )


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
    share = released.rows.set_index("band_rule")["share"].get("facts_missing")
    if share is None or share != share:
        return "How returns were placed on the spectrum"
    return f"{share:.0%} of returns could not be placed by the facts recorded"
