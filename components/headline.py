"""Headlines: what a figure shows, in at most 15 words, computed from the released numbers.

A headline that the interval does not carry says that no difference is shown.
"""

from data.estimate import shows_difference
from data.labels import label
from data.release import Released
from data.vocabulary import COMPULSORY, SCORE_LABELS, Score

TOO_FEW = "Too few people to show this figure"
MOST_WORDS = 15


def difference(released: Released, score: Score, reference: str) -> str:
    """Which groups differ from the reference on `score`."""
    by = released.keys[0]
    rows = released.rows[(released.rows["score"] == score) & released.rows["difference"].notna()]
    if rows.empty:
        return TOO_FEW
    name, what = label(by, reference), f"{SCORE_LABELS[score].lower()} score"
    clear = rows[
        [
            shows_difference(low, high)
            for low, high in zip(rows["difference_low95"], rows["difference_high95"], strict=True)
        ]
    ]
    if clear.empty:
        return _short_enough(
            f"No difference from {name} is shown in the {what}", f"No difference is shown in the {what}"
        )
    if len(rows) == 1:
        than = _than(rows["difference"].iloc[0])
        return _short_enough(
            f"{label(by, rows[by].iloc[0])} scores {than} than {name} ({what})",
            f"A difference to the reference is shown: {than} ({what})",
        )
    return _short_enough(
        f"{len(clear)} of {len(rows)} differ from {name} in the {what}",
        f"{len(clear)} of {len(rows)} differ from the reference in the {what}",
    )


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


def above_line(released: Released, score: Score, line: float) -> str:
    """The share of people at or above the reader's line, or its range where groups are clearly apart."""
    rows = released.rows[(released.rows["score"] == score) & released.rows["share"].notna()]
    if rows.empty:
        return f"{SCORE_LABELS[score]} scores: too few people on one side of {line:.2f}"
    if len(rows) == 1:
        return f"{rows['share'].iloc[0]:.0%} score {line:.2f} or more ({SCORE_LABELS[score].lower()})"
    by = released.keys[0]
    least, most = rows.loc[rows["share"].idxmin()], rows.loc[rows["share"].idxmax()]
    if most["share_low95"] <= least["share_high95"]:
        return f"{SCORE_LABELS[score]}: no difference between groups is shown at {line:.2f}"
    what = f"{SCORE_LABELS[score]} {line:.2f} or more"
    return _short_enough(
        f"{what}: {least['share']:.0%} ({label(by, least[by])}) to {most['share']:.0%} ({label(by, most[by])})",
        f"{what}: {least['share']:.0%} to {most['share']:.0%} of people in each group",
    )


def change(released: Released, score: Score, first: int) -> str:
    """How the same people's score changed from the first wave to the last."""
    rows = released.rows[(released.rows["score"] == score) & released.rows["difference"].notna()]
    if rows.empty:
        return TOO_FEW
    last = rows.iloc[-1]
    span = f"between waves {first} and {last['wave']}"
    if not shows_difference(last["difference_low95"], last["difference_high95"]):
        return f"No change in the same people's {score} score is shown {span}"
    verb = "rose" if last["difference"] > 0 else "fell"
    return f"The same people's {score} score {verb} by {abs(last['difference']):.2f} {span}"


def most_returns(released: Released, year: int) -> str:
    """The country of return with the most recorded returns."""
    rows = released.rows.dropna(subset=["people"])
    if rows.empty:
        return f"No recorded returns in {year} for this choice"
    top = rows.iloc[0]
    name = label("country_of_return", top["country_of_return"])
    return f"{name} received most recorded returns in {year}: {top['people']:,} people"


def recorded(released: Released) -> str:
    """The year in which the groups shown had most recorded returns."""
    totals = released.rows.groupby("year")["people"].sum(min_count=1).dropna()
    if totals.empty:
        return "No recorded returns for this choice"
    return f"Recorded returns shown were highest in {totals.idxmax()}: {totals.max():,} people"


def _than(amount: float) -> str:
    return f"{abs(amount):.2f} {'higher' if amount > 0 else 'lower'}"


def _short_enough(headline: str, without_names: str) -> str:
    """`headline`, or the same without names where they make it too long."""
    return headline if len(headline.split()) <= MOST_WORDS else without_names
