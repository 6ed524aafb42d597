"""From score to answer: which dimensions, indicators and elements pull a group's score down, as points lost."""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add
from typing import Final, Literal

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from data.disclosure import WEIGHED, Margins, Released, confidential, release, shown, too_few
from data.engine import Source, run
from data.estimate import INTERVALS, means, noise_of_means
from data.grouping import Grouping
from data.instrument import Element, elements
from data.keys import KEYS
from data.notes import Said
from data.scoring import Profile
from data.summaries.people import complete, in_view, people_behind, people_in, weights
from data.view import View, sentence
from data.vocabulary import SCORES, Score

Level = Literal["dimension", "indicator", "element"]
LOST: Final = ("lost", *(f"lost_{end}" for end in INTERVALS))


def contributions(source: Source, view: View, grouping: Grouping, level: Level, inside: str = "") -> Released:
    """Points that each `part` of the score in focus costs each of the groups, against the full score.

    Parts are dimensions, indicators or elements (p01…), as `level` says, of the whole score or `inside` one dimension
    or indicator. A person who scores s = Σ weight * point / answered share of weight loses weight * (1 - point) /
    answered share with each answered element and nothing with the others; `lost` is the weighted mean of that over the
    people who have the score, with 95% and 66% t-intervals. Over all parts it adds up to the full score less the mean.
    `full` is the part's weight, the same for all groups. A part that nobody of a group answered is not available;
    one that too few people answered is hidden with all parts of its dimension, whose sum other figures tell.
    Source: MPP, Figure 3 (points, weights).
    """
    by, score = grouping.by, view.score
    parts = _parts(score, level)
    if source.weights is None:
        raw = _unknown(source, view, grouping, [*parts])
    else:
        raw = _losses(source, view, grouping, parts)
    margins = [["part"]]
    raw["few"] = _few(raw, by, raw["part"].map(_around(parts, level)), margins)
    raw = raw[raw["part"].isin([part for part, of in parts.items() if _is_inside(of[0], inside)])]
    by_indicator = level == "indicator" or (inside and inside not in SCORES)
    return release(
        raw,
        name=f"points-lost-by-{by.replace('_', '-')}",
        keys=[by, "part"],
        values=[*LOST, "full"],
        margins=margins,
        reasons=dict.fromkeys(LOST, confidential(raw["few"])),
        people=people_behind(source, view, grouping, people_in(raw.drop_duplicates(by), by)),
        context=source.context(sentence(view)),
        notes=(
            *((Said.WEIGHTS_UNKNOWN,) if source.weights is None else (Said.POINTS_LOST, Said.CARRIED)),
            *[Said.GROUPING] * bool(by_indicator),
        ),
        who="scored",
    )


def _parts(score: Score, level: Level) -> dict[str, list[Element]]:
    """The elements of each part of a score, in official order."""
    field = "column" if level == "element" else level
    parts: dict[str, list[Element]] = {}
    for element in elements():
        if score in (Score.COMPOSITE, element.dimension):
            parts.setdefault(str(getattr(element, field)), []).append(element)
    return parts


def _around(parts: Mapping[str, Sequence[Element]], level: Level) -> dict[str, str]:
    """What each part is a part of, whose points other levels tell: its dimension, or the whole score."""
    return {part: "" if level == "dimension" else of[0].dimension.value for part, of in parts.items()}


def _is_inside(element: Element, inside: str) -> bool:
    return inside in ("", element.dimension, element.indicator)


def _people(source: Source, view: View, grouping: Grouping) -> ir.Table:
    people = in_view(source, view, grouping, points=True)
    return people.filter(people[grouping.by].isin([*grouping.groups]), people[view.score].notnull())


def _losses(source: Source, view: View, grouping: Grouping, parts: Mapping[str, Sequence[Element]]) -> pd.DataFrame:
    """Exact points lost per group and part, with people `n` and how many of them `answered` any of the part."""
    by = grouping.by
    assert source.weights is not None
    weights = Profile("", "", *source.weights).weights()[:, SCORES.index(view.score)]
    weights = weights / max(1.0, weights.sum())  # as `scoring.score` has it
    weight = {element.column: float(weights[element.number - 1]) for of in parts.values() for element in of}
    found = run(_sums(source, _people(source, view, grouping), by, weight, [*parts.values()]))
    long = [
        found[[by, "n", *WEIGHED]].assign(
            part=part, **{name: found[f"{name}_{place}"] for name in (*_ANSWERED, "wx", "wwx", "wwxx")}
        )
        for place, part in enumerate(parts)
    ]
    raw = complete(pd.concat(long), {by: grouping.groups, "part": [*parts]}).fillna({"answered": 0})
    full = {part: sum(weight[element.column] for element in of) for part, of in parts.items()}
    raw["scale"] = -raw["part"].map(full)  # a point more is a point less lost
    lost = means(raw.assign(wxx=np.nan), "part")  # which only the standard deviation needs, not told here
    lost[["mean", *INTERVALS]] += _as_of_the_score(raw, by, view.score).to_numpy()[:, None]
    lost = lost.rename(columns={"mean": "lost"}).rename(columns={end: f"lost_{end}" for end in INTERVALS})
    return raw.join(lost[[*LOST]]).assign(full=raw["part"].map(full))


def _as_of_the_score(raw: pd.DataFrame, by: str, score: Score) -> pd.Series:
    """What makes the noise of the parts of each group add up to that of its score.

    Each part has noise of its own; that of thirty, added up, would be less than the score's.
    """
    of_score = -noise_of_means(raw.assign(score=score, scale=1.0))
    full, parts = -raw["scale"], pd.Series(noise_of_means(raw, "part"), raw.index)
    groups = raw[by]
    whole = full.groupby(groups).transform("sum")
    apart: pd.Series = full / whole * (of_score * whole - parts.groupby(groups).transform("sum"))
    return apart


def _sums(
    source: Source, people: ir.Table, by: str, weight: Mapping[str, float], parts: Sequence[Sequence[Element]]
) -> ir.Table:
    """One row per group: n, w, ww, and how many answered each part, numbered, with wx, wwx and wwxx of its loss.

    The loss is x / share; with u = w / share, Σwx is Σ u x and so on, which leaves few products to make.
    """
    # Only the keys go through the window that finds the latest interview: thirty columns would take twice as long.
    interviews = source.table.semi_join(people.select("cohort", "interview"), ["cohort", "interview"])
    answered = reduce(add, (interviews[name].notnull().ifelse(part, 0.0) for name, part in weight.items()))
    shared = interviews.mutate(w=interviews.weight, share=answered / sum(weight.values()))
    short = {name: shared[name] * -part + part for name, part in weight.items()}
    table = shared.select(
        by,
        "w",
        *KEYS,
        u=shared.w / shared.share,
        **{f"x{place}": _total([short[element.column] for element in of]) for place, of in enumerate(parts)},
    )
    table = table.mutate(wu=table.w * table.u, uu=table.u * table.u)
    wanted = {"n": table.count(), **weights(table, w=table.w)}
    for place in range(len(parts)):
        x = table[f"x{place}"]
        wanted |= {
            f"answered_{place}": x.count(),
            **{f"{name}_answered_{place}": each for name, each in weights(table, x.notnull(), table.w).items()},
            f"wx_{place}": (table.u * x).sum(),
            f"wwx_{place}": (table.wu * x).sum(),
            f"wwxx_{place}": (table.uu * x * x).sum(),
        }
    return table.aggregate(wanted, by=by)


def _total(terms: Sequence[ir.FloatingValue]) -> ir.FloatingValue:
    """The sum of the terms that are there; missing where none is."""
    if len(terms) == 1:
        return terms[0]
    return ibis.coalesce(*terms).notnull().ifelse(reduce(add, (term.fill_null(0.0) for term in terms)), ibis.null())


def _unknown(source: Source, view: View, grouping: Grouping, parts: Sequence[str]) -> pd.DataFrame:
    """The people of each group for every part, without any points."""
    people, by = _people(source, view, grouping), grouping.by
    counted = run(people.group_by(by).aggregate(n=people.count(), **weights(people)))
    raw = complete(counted, {by: grouping.groups}).merge(pd.Series(parts, name="part", dtype="str"), how="cross")
    return raw.assign(**dict.fromkeys(_ANSWERED, 0), **dict.fromkeys((*LOST, "full"), np.nan))


_ANSWERED: Final = ("answered", *(f"{name}_answered" for name in WEIGHED))
"""How many people answered a part, and what is asked of their weights."""


def _few(raw: pd.DataFrame, by: str, around: pd.Series, margins: Margins) -> pd.Series:
    """Where too few people stand behind the points of a part, or what is shown would give such points away.

    Points of a part follow from the sum of its dimension and those beside it, so all of these go; a group follows from
    the other groups and a total, so a second one goes too.
    """
    people = ["n", *WEIGHED]
    answered = raw[[*_ANSWERED]].set_axis(people, axis=1).assign(of=raw.groupby([raw[by], around]).ngroup())
    weak = answered[too_few(answered)]
    fewest = weak.loc[weak.groupby("of")["n"].idxmin()].set_index("of")
    behind = fewest.reindex(answered["of"]).set_axis(raw.index).fillna(raw[people])
    return ~shown(raw.assign(**behind), margins) & (raw["answered"] > 0)
