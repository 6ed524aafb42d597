"""Headlines: what a figure shows, in at most 15 words, computed from the released numbers.

A headline that the interval does not carry says that no difference is shown.
"""

import pandas as pd

from data.estimate import shows_difference
from data.flows.bands import NOT_RETURNS
from data.labels import OTHER, label
from data.release import Released
from data.standardise import Method
from data.summaries.standardised import Verdict, verdict
from data.vocabulary import COMPULSORY, SCORE_LABELS, UNKNOWN_COUNTRY, ReturnBand, Score
from data.weighting import Weighting

TOO_FEW = "Too few people to show this figure"
MOST_WORDS = 15


def difference(released: Released, score: Score, reference: str) -> str:
    """Which groups differ from the reference on `score`."""
    by = released.keys[0]
    rows = released.rows[(released.rows["score"] == score) & released.rows["difference"].notna()]
    if rows.empty:
        return TOO_FEW
    name, what = label(by, reference), f"{SCORE_LABELS[score].lower()} score"
    clear = _clear(rows)
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


def like_for_like(released: Released, score: Score, reference: str) -> str:
    """What is left of the differences to the reference when people of the same kind are compared."""
    corridors = [code for code in dict.fromkeys(released.rows["corridor"]) if code != reference]
    verdicts = [found for code in corridors if (found := verdict(released, code))]
    if not verdicts:
        return "Too few people of the same kinds to compare like with like"
    rows = released.only("method", Method.STANDARDISED).rows.dropna(subset=["difference"])
    clear = _clear(rows)
    name, what = label("corridor", reference), f"{SCORE_LABELS[score].lower()} score"
    if len(corridors) > 1:
        turned, lost = verdicts.count(Verdict.SIGN_CHANGES), verdicts.count(Verdict.LOSES_CLARITY)
        also = f"; {turned} changed sign" if turned else f"; {lost} no longer clear" if lost else ""
        if clear.empty:
            return f"Like for like, no difference is shown in the {what}{also}"
        told = f"Like for like, {len(clear)} of {len(verdicts)} differ"
        return _short_enough(f"{told} from {name} ({what}){also}", f"{told} in the {what}{also}")
    if verdicts == [Verdict.LOSES_CLARITY]:
        return _short_enough(
            f"Like for like, the difference from {name} is no longer clear ({what})",
            f"Like for like, the difference is no longer clear ({what})",
        )
    if clear.empty:
        return f"Like for like, no difference is shown in the {what}"
    than = _than(clear["difference"].iloc[0])
    if verdicts == [Verdict.SIGN_CHANGES]:
        return f"Like for like, the difference changes sign: {than} ({what})"
    return _short_enough(
        f"Like for like, {label('corridor', corridors[0])} scores {than} than {name}",
        f"Like for like, a difference to the reference is shown: {than}",
    )


def holds(released: Released, reference: str) -> str:
    """In how many of the weightings tried the signs of all differences hold."""
    rows = released.only("weighting", Weighting.ALL).rows
    shares = rows[rows["corridor"] != reference]["holds"].dropna()
    if shares.empty:
        return "Other weights cannot be tried on these data"
    low, high = f"{shares.min():.0%}", f"{shares.max():.0%}"
    what = "sign of the difference holds" if len(shares) == 1 else "signs of the differences hold"
    return f"The {what} in {low if low == high else f'{low} to {high}'} of other weightings"


def lie_between(released: Released, score: Score) -> str:
    """The lowest and highest mean among the groups, as a description: no difference is claimed, and no ranking."""
    means = released.only("score", score).rows["mean"].dropna()
    if means.empty:
        return TOO_FEW
    low, high = f"{means.min():.2f}", f"{means.max():.2f}"
    return f"Mean {score} scores lie between {low} and {high}" if low != high else f"The mean {score} score is {low}"


def in_pairs(released: Released, score: Score, reference: str) -> str:
    """The probability of superiority over the reference in words."""
    rows = released.only("score", score).rows
    shares = 100 * rows["superiority"].dropna()
    if shares.empty:
        return TOO_FEW
    name = label(released.keys[0], reference)
    low, high = f"{shares.min():.0f}", f"{shares.max():.0f}"
    span = low if low == high else f"{low} to {high}"
    return _short_enough(
        f"In {span} of 100 pairs, the other person scores higher than {name}'s",
        f"In {span} of 100 pairs, the other person scores higher",
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
    told = "received most recorded returns" if _of_returns(released) else "is counted most (not returns)"
    return f"{name} {told} in {year}: {top['people']:,} people"


def recorded(released: Released) -> str:
    """The year in which the groups shown had most recorded returns."""
    totals = released.rows.groupby("year")["people"].sum(min_count=1).dropna()
    if totals.empty:
        return "No recorded returns for this choice"
    what = "Recorded returns" if _of_returns(released) else "Counts (not returns)"
    return f"{what} shown were highest in {totals.idxmax()}: {totals.max():,} people"


def largest_pair(released: Released) -> str:
    """The host country and country of return by name with most people between them."""
    named = released.shown[~released.shown[[*released.keys]].isin([OTHER, UNKNOWN_COUNTRY]).any(axis=1)]
    if named.empty:
        return "No counts by single host country for this choice"
    top = named.loc[named["people"].idxmax()]
    host, to = (label(key, top[key]) for key in released.keys)
    most = f"{top['people']:,} people"
    return _short_enough(f"Most are recorded from {host} to {to}: {most}", f"Most between two countries: {most}")


def recorded_compulsory(released: Released) -> str:
    """The share of compulsory returns (obliged and forced) among the people whose counts are shown."""
    people = released.shown.groupby("band")["people"].sum()
    if people.empty:
        return "No counts by single host country for this choice"
    if set(people.index) == {ReturnBand.UNCLASSIFIED}:
        return "All people shown are unclassified on the return spectrum"
    share = people.reindex(COMPULSORY).sum() / people.sum()
    if share == 1:
        return f"{people.get(ReturnBand.FORCED, 0) / people.sum():.0%} of people shown were forced, the others obliged"
    return f"{share:.0%} of people shown were obliged or forced"


def covered(released: Released) -> str:
    """For how many of the corridors shown both interviews and recorded returns are known."""
    corridors = released.rows["corridor"]
    known = corridors[released.rows["per_thousand"].notna()].nunique()
    return f"{known} of {corridors.nunique()} corridors have both interviews and recorded returns shown"


def _of_returns(released: Released) -> bool:
    """Whether recorded figures count returns, which some official counts beside them do not."""
    return not released.context.sentence.startswith(NOT_RETURNS)


def _clear(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows whose difference has an interval on one side of zero."""
    ends = zip(rows["difference_low95"], rows["difference_high95"], strict=True)
    return rows[[shows_difference(low, high) for low, high in ends]]


def _than(amount: float) -> str:
    return f"{abs(amount):.2f} {'higher' if amount > 0 else 'lower'}"


def _short_enough(headline: str, without_names: str) -> str:
    """`headline`, or the same without names where they make it too long."""
    return headline if len(headline.split()) <= MOST_WORDS else without_names
