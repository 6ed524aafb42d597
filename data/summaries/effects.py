"""Effect sizes: how large and how sure the difference of each group to a reference group is."""

from collections.abc import Sequence
from typing import Final

import ibis
import ibis.expr.types as ir

from data.disclosure import DIGITS, SEEDS, Released, against, may_be_told, release
from data.effects import adjusted, hedges, p_values, superiority
from data.engine import Source, run
from data.estimate import differences, means, noise_of_means
from data.grouping import Grouping
from data.notes import Said
from data.summaries.people import complete, grouped, looked_at, people_in, seed, sums, weights
from data.view import View, sentence
from data.vocabulary import SCORES

EFFECTS: Final = ("p", "g", "g_low95", "g_high95", "superiority", "superiority_low95", "superiority_high95")


def effects(source: Source, view: View, grouping: Grouping, reference: str, scores: Sequence[str] = SCORES) -> Released:
    """How far the scores of each of the groups lie from those of `reference`.

    Per score: `p` of Welch's t-test; Hedges' `g`; and `superiority`, the probability (0…1) that a person of the group
    scores higher than one of the reference, ties counted half. p and the 95% intervals are adjusted for all
    differences of the figure. Each person counts once, with the latest interview in view, by design weight.
    """
    by = grouping.by
    scored = grouped(source, view, grouping, scores)
    grid = {by: grouping.groups, "score": scores}
    raw = complete(sums(scored, [by]), grid)
    margins = [["score"]]
    estimates = raw.join(means(raw))
    base = estimates[estimates[by] == reference].set_index("score").loc[raw["score"]]
    reasons = against(raw, by, reference, ["score"], margins)
    family = looked_at(may_be_told(reasons), raw["score"])
    p = adjusted(p_values(differences(estimates, base)), family)
    placed = complete(run(_placements(scored, by, reference)), {"own": (True, False), **grid})
    placed["drawn"] = "place of " + placed["score"].astype(str)  # noise of its own: a place tells the score
    mine, theirs = (placed[placed["own"] == own].reset_index(drop=True) for own in (True, False))
    group, other = means(mine, "drawn"), means(theirs, "drawn")
    group["mean"] -= noise_of_means(theirs, "drawn")  # the group's people alone would not hide one of the reference
    return release(
        raw.assign(p=p).join(hedges(estimates, base, family)).join(superiority(group, other, family)),
        name=f"effect-sizes-by-{by.replace('_', '-')}",
        keys=[by, "score"],
        values=EFFECTS,
        margins=margins,
        reasons=dict.fromkeys(EFFECTS, reasons),
        people=people_in(raw, by, "score"),
        context=source.context(sentence(view)),
        notes=(Said.PAIRS, Said.TOGETHER, Said.HEDGES),
        who="scored",
    )


def _placements(scored: ir.Table, by: str, reference: str) -> ir.Table:
    """Sums of placements, as `SUMS`, per group, score and side: `own` people of the group, else of the reference.

    A placement is the weighted share of the other side with a lower score, and half of that with the same score.
    """
    known = scored.mutate(value=scored.value.round(DIGITS))  # equal as shown is equal; and few values to rank
    counted = known.group_by(by, "score", "value").aggregate(n=known.count(), **weights(known))
    own = counted.filter(counted[by] != reference).mutate(own=True)
    groups = own.select(by).distinct()
    theirs = counted.filter(counted[by] == reference).drop(by).cross_join(groups).mutate(own=False)
    both = own.union(theirs.select(*own.columns))
    other = both.mutate(group_w=both.own.ifelse(both.w, 0.0), reference_w=both.own.ifelse(0.0, both.w))
    upto = ibis.window(group_by=[by, "score"], order_by="value", range=(None, 0))
    level = ibis.window(group_by=[by, "score", "value"])
    whole = ibis.window(group_by=[by, "score"])
    place = {
        side: (other[side].sum().over(upto) - other[side].sum().over(level) / 2) / other[side].sum().over(whole)
        for side in ("group_w", "reference_w")
    }
    placed = other.mutate(x=other.own.ifelse(place["reference_w"], place["group_w"]))
    x, w, ww = placed.x, placed.w, placed.ww
    return placed.group_by(by, "score", "own").aggregate(
        n=placed.n.sum(),
        w=w.sum(),
        ww=ww.sum(),
        heaviest=placed.heaviest.max(),
        **{name: seed(placed[name]) for name in SEEDS},
        wx=(w * x).sum(),
        wxx=(w * x * x).sum(),
        wwx=(ww * x).sum(),
        wwxx=(ww * x * x).sum(),
    )
