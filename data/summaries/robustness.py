"""Does the finding hold? What other weights would do to the differences and the order of corridors."""

from collections.abc import Sequence
from typing import Final

import ibis.expr.types as ir
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.disclosure import ALL_ROWS, Released, added, against, release, shown
from data.engine import Source, run
from data.estimate import noise_of_means
from data.instrument import elements
from data.notes import Said
from data.scoring import DECIMALS, DOCUMENTED
from data.summaries.people import complete, in_view, people_in, weights
from data.view import View, sentence
from data.vocabulary import DIMENSIONS, POINTS
from data.weighting import Numbers, Weighting, composites, sensitivity, weightings

HOLDS: Final = ("holds", "rank", "rank_low", "rank_high", "weightings")


def does_it_hold(source: Source, view: View, corridors: Sequence[str], reference: str) -> Released:
    """Whether the sign of each corridor's difference to `reference`, and its rank, hold under other weightings.

    Of the composite score. One row per corridor and `weighting` (codes of `Weighting`; "all" takes them together):
    `holds`, the share (0…1) of weightings under which the difference keeps its sign; `rank` of the finding,
    `rank_low` and `rank_high` (5th and 95th percentile) and how many `weightings` were tried. Each person counts
    once, with the latest interview in view, by design weight; people with too few answers for the documented profile
    are left out. Where few people have points the three dimensions are weighed instead. Nothing is approximated.
    """
    people = in_view(source, view, points=True)
    people = people.filter(people.corridor.isin([*corridors]), people.composite.notnull())
    patterns, parts, note = _material(people)
    counted = added(patterns, ["corridor"])
    raw = complete(counted, {"corridor": corridors})
    seen = [*raw.loc[shown(raw, [ALL_ROWS]), "corridor"]]
    raw = raw.merge(pd.Series([*Weighting], name="weighting", dtype="str"), how="cross")
    moved = pd.Series(noise_of_means(counted.assign(score="composite")), pd.Index(counted["corridor"]))
    raw = raw.merge(_tried(patterns, parts, moved.reindex(seen), reference), how="left", on=["corridor", "weighting"])
    margins = [["weighting"]]
    reasons = against(raw, "corridor", reference, ["weighting"], margins)
    return release(
        raw,
        name="does-it-hold",
        keys=["corridor", "weighting"],
        values=HOLDS,
        margins=margins,
        reasons={"holds": reasons},
        people=people_in(counted, "corridor"),
        context=source.context(sentence(view)),
        notes=(*note, Said.WEIGHED_OTHERWISE, Said.SIGN, Said.RANKS),
    )


def _material(people: ir.Table) -> tuple[pd.DataFrame, tuple[str, ...], tuple[Said, ...]]:
    """Sums per corridor and answer pattern of the people who can be weighed otherwise; by which parts; what to say."""
    for parts, note in ((POINTS, ()), (DIMENSIONS, (Said.BY_DIMENSION,))):
        patterns = _patterns(people, parts)
        usable = patterns[_enough(patterns, parts)]
        if 2 * usable["n"].sum() > patterns["n"].sum():
            return usable, parts, note
    return patterns, (), (Said.NOT_WEIGHABLE,)


def _patterns(people: ir.Table, parts: Sequence[str]) -> pd.DataFrame:
    """People, design weight, and weighted sums of the composite, the geometric mean and each part."""
    bits = [people[part].notnull().cast("int64") * 2**place for place, part in enumerate(parts)]
    dimensions = people.economic * people.social * people.psychosocial
    w = people.weight
    return run(
        people.group_by("corridor", pattern=sum(bits[1:], bits[0])).aggregate(
            n=people.count(),
            **weights(people),
            composite=(w * people.composite).sum(),
            geometric=(w * dimensions ** (1 / 3)).sum(),
            geometric_w=w.sum(where=dimensions.notnull()),
            **{f"{part}_sum": (w * people[part]).sum() for part in parts},
        )
    ).fillna(0.0)


def _usual(parts: Sequence[str]) -> tuple[Numbers, NDArray[np.int64]]:
    """Weights of the documented profile for each of `parts`, and the number of its dimension."""
    weights = np.array(DOCUMENTED.composite_weights)
    dimension = np.array([DIMENSIONS.index(element.dimension) for element in elements()], dtype="int64")
    if parts == POINTS:
        return weights, dimension
    return np.bincount(dimension, weights).astype("float64"), np.arange(len(DIMENSIONS), dtype="int64")


def _answered(patterns: pd.DataFrame, parts: Sequence[str]) -> Numbers:
    """1 for each part that the people of a pattern answered, else 0; one row per pattern."""
    bits = patterns["pattern"].to_numpy("int64")[:, None] >> np.arange(len(parts))
    return (bits & 1).astype("float64")


def _enough(patterns: pd.DataFrame, parts: Sequence[str]) -> NDArray[np.bool_]:
    weights, _ = _usual(parts)
    share = _answered(patterns, parts) @ weights / weights.sum()
    enough: NDArray[np.bool_] = np.round(share, DECIMALS) >= DOCUMENTED.minimum_answered
    return enough


def _tried(patterns: pd.DataFrame, parts: Sequence[str], moved: pd.Series, reference: str) -> pd.DataFrame:
    """What each family of weightings does to the finding; no rows where nothing can be tried.

    `moved` is the noise of the mean of each corridor that may be seen: the finding has it, and so have all others.
    """
    corridors = [*moved.index]
    if not parts or not corridors:
        return pd.DataFrame({"corridor": [], "weighting": []}, dtype="str").assign(**dict.fromkeys(HOLDS, 0.0))
    rows = patterns[patterns["corridor"].isin(corridors)]
    group = pd.Index(corridors).get_indexer(pd.Index(rows["corridor"]))
    total = {name: np.bincount(group, rows[name]) for name in ("w", "composite", "geometric", "geometric_w")}
    families = weightings(*_usual(parts))
    sums = rows[[f"{part}_sum" for part in parts]].to_numpy("float64")
    means = composites(sums, _answered(rows, parts), rows["w"].to_numpy(), group, np.hstack([*families.values()]))
    ends = np.cumsum([weights.shape[1] for weights in families.values()])[:-1]
    tried = dict(zip(families, np.hsplit(means, ends), strict=True))
    if total["geometric_w"].all():
        tried[Weighting.GEOMETRIC] = (total["geometric"] / total["geometric_w"])[:, None]
    tried = {name: scores + moved.to_numpy()[:, None] for name, scores in tried.items()}
    tried[Weighting.ALL] = np.hstack([*tried.values()])
    base = corridors.index(reference) if reference in corridors else None
    finding = total["composite"] / total["w"] + moved.to_numpy()
    found = {name: sensitivity(finding, scores, base).assign(corridor=corridors) for name, scores in tried.items()}
    return pd.concat(found, names=["weighting"]).reset_index("weighting")
