"""Headlines of figures that compare corridors or bands."""

from components.headline.shared import TOO_FEW, clear, short_enough, span, than
from data.disclosure import Released
from data.labels import label
from data.standardise import Method
from data.summaries.standardised import Verdict, verdict
from data.vocabulary import SCORE_LABELS, Score
from data.weighting import Weighting


def difference(released: Released, score: Score, reference: str) -> str:
    """Which groups differ from the reference on `score`."""
    by = released.keys[0]
    rows = released.rows[(released.rows["score"] == score) & released.rows["difference"].notna()]
    if rows.empty:
        return TOO_FEW
    name, what = label(by, reference), f"{SCORE_LABELS[score].lower()} score"
    found = clear(rows)
    if found.empty:
        return short_enough(
            f"No difference from {name} is shown in the {what}", f"No difference is shown in the {what}"
        )
    if len(rows) == 1:
        how = than(rows["difference"].iloc[0])
        return short_enough(
            f"{label(by, rows[by].iloc[0])} scores {how} than {name} ({what})",
            f"A difference to the reference is shown: {how} ({what})",
        )
    return short_enough(
        f"{len(found)} of {len(rows)} differ from {name} in the {what}",
        f"{len(found)} of {len(rows)} differ from the reference in the {what}",
    )


def like_for_like(released: Released, score: Score, reference: str) -> str:
    """What is left of the differences to the reference when people of the same kind are compared."""
    corridors = [code for code in dict.fromkeys(released.rows["corridor"]) if code != reference]
    verdicts = [found for code in corridors if (found := verdict(released, code))]
    if not verdicts:
        return "Too few people of the same kinds to compare like with like"
    rows = released.only("method", Method.STANDARDISED).rows.dropna(subset=["difference"])
    found = clear(rows)
    name, what = label("corridor", reference), f"{SCORE_LABELS[score].lower()} score"
    if len(corridors) > 1:
        turned, lost = verdicts.count(Verdict.SIGN_CHANGES), verdicts.count(Verdict.LOSES_CLARITY)
        also = f"; {turned} changed sign" if turned else f"; {lost} no longer clear" if lost else ""
        if found.empty:
            return f"Like for like, no difference is shown in the {what}{also}"
        told = f"Like for like, {len(found)} of {len(verdicts)} differ"
        return short_enough(f"{told} from {name} ({what}){also}", f"{told} in the {what}{also}")
    if verdicts == [Verdict.LOSES_CLARITY]:
        return short_enough(
            f"Like for like, the difference from {name} is no longer clear ({what})",
            f"Like for like, the difference is no longer clear ({what})",
        )
    if found.empty:
        return f"Like for like, no difference is shown in the {what}"
    how = than(found["difference"].iloc[0])
    if verdicts == [Verdict.SIGN_CHANGES]:
        return f"Like for like, the difference changes sign: {how} ({what})"
    return short_enough(
        f"Like for like, {label('corridor', corridors[0])} scores {how} than {name}",
        f"Like for like, a difference to the reference is shown: {how}",
    )


def holds(released: Released, reference: str) -> str:
    """In how many of the weightings tried the signs of all differences hold."""
    rows = released.only("weighting", Weighting.ALL).rows
    shares = rows[rows["corridor"] != reference]["holds"].dropna()
    if shares.empty:
        return "Other weights cannot be tried on these data"
    what = "sign of the difference holds" if len(shares) == 1 else "signs of the differences hold"
    return f"The {what} in {span(shares)} of other weightings"


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
    told = span(shares, ".0f")
    return short_enough(
        f"In {told} of 100 pairs, the other person scores higher than {name}'s",
        f"In {told} of 100 pairs, the other person scores higher",
    )
