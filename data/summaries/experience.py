"""Label against experience: what a return is called, where it stands on the spectrum, and how much choice there was.

The three stay apart: the programme's label as imported, the band from legal facts, and the returnee's own perceived
choice. Everything here is about people who were asked about their choice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

import pandas as pd

from data.disclosure import Released, added, against, enough, may_be_told, noisy, release
from data.engine import Source, run
from data.estimate import DIFFERENCE, INTERVALS, SHARE, differences, means, shares, together
from data.grouping import Grouping
from data.notes import Note, Said
from data.summaries.facts import apart
from data.summaries.people import by_score, complete, in_view, looked_at, most, sums, weights
from data.view import View, sentence
from data.vocabulary import CATEGORIES, SCORES

CHOICE: Final = "perceived_choice"
CHOICES: Final = tuple(CATEGORIES[CHOICE])
FREE: Final = "free"


def choice_by(source: Source, view: View, grouping: Grouping) -> Released:
    """How free the choice was, within each of the groups (say labels or bands).

    Keys are the column of the groups and `perceived_choice`; people and weighted shares of the people asked, 0…1, with
    95% and 66% Wilson intervals. Notes say which share of people in view is not in it. Masked as a table of which both
    margins are known.
    """
    return _table(source, view, {grouping.by: grouping.groups, CHOICE: CHOICES})


def label_bands(source: Source, view: View, labels: Sequence[str], bands: Sequence[str]) -> Released:
    """In which bands the people of each label stand: keys `label` and `band`, else as `choice_by`.

    Only people asked about their choice, so that it is the margin of `label_band_choice`.
    """
    return _table(source, view, {"label": labels, "band": bands})


def label_band_choice(source: Source, view: View, labels: Sequence[str], bands: Sequence[str]) -> Released:
    """How free the choice was, within each label and band.

    Keys `label`, `band` and `perceived_choice`; values as in `choice_by`, shares adding up to 1 within label and band.

    What is guaranteed beside `choice_by` of the same labels and bands and `label_bands`, in the same view: no number of
    one to nine people, of this table or one of those, follows from what is shown, or is told to within less than five,
    even if that were exact and the totals of labels and bands known. Counts are rounded to 5 besides.
    """
    return _table(source, view, {"label": labels, "band": bands, CHOICE: CHOICES})


def outcomes_by_choice(source: Source, view: View, bands: Sequence[str], scores: Sequence[str] = SCORES) -> Released:
    """Mean scores by perceived choice within each band, and the difference of less choice to free choice there.

    Keys `score`, `band` and `perceived_choice`; means in 0…1 and differences to the people of the same band who had a
    free choice (Welch), with t-intervals, 66% by itself and 95% for all differences shown at once. Differences are as
    observed: an association, no effect of choice.
    """
    grid = {"score": scores, "band": bands, CHOICE: CHOICES}
    everyone = in_view(source, view)
    asked = everyone.filter(everyone.band.isin([*bands]), everyone[CHOICE].notnull())
    raw = complete(sums(by_score(asked, ["band", CHOICE], scores), ["band", CHOICE]), grid)
    estimates = raw.join(means(raw))
    # The grid runs through all choices within each score and band, free first: its row stands for those after it.
    base = estimates.loc[estimates.index // len(CHOICES) * len(CHOICES)]
    apart = differences(estimates, base.set_index(estimates.index))
    margins = [["score", "band"], ["score", CHOICE]]
    reasons = against(raw, CHOICE, FREE, ["score", "band"], margins)
    family = looked_at(may_be_told(reasons), raw["score"])
    apart = together(apart, family, prefix="difference_")[[*DIFFERENCE]]
    return release(
        estimates.join(apart),
        name="scores-by-choice-within-band",
        keys=[*grid],
        values=["mean", *INTERVALS, *DIFFERENCE],
        margins=margins,
        reasons=dict.fromkeys(DIFFERENCE, reasons),
        people=most(raw, ["score"]),
        context=source.context(sentence(view)),
        notes=(Said.CASE_MIX, Said.TOGETHER),
        who="asked",
    )


def _table(source: Source, view: View, grid: Mapping[str, Sequence[str]]) -> Released:
    """People asked, by the columns of `grid`, and shares of the codes of its last column within the others."""
    keys = [*grid]
    within = keys[:-1]
    groups = [key for key in keys if key != CHOICE]
    people = in_view(source, view)
    named = people.mutate(**{by: people[by].isin([*grid[by]]).ifelse(people[by], None) for by in groups})
    counted = run(named.group_by([*groups, CHOICE]).aggregate(n=named.count(), **weights(named)))
    inside, asked = counted[groups].notna().all(axis=1), counted[CHOICE].notna()
    parts = added(counted[inside & asked], keys)
    raw = complete(parts, grid).fillna({"w": 0.0, "ww": 0.0})
    raw = raw.join(shares(raw, within))
    outside, unasked = _left_out(counted, inside), _left_out(counted[inside], asked[inside])
    told = (
        *[Note(Said.IN_NO_GROUP, share=outside, of=tuple(groups))] * (outside is not None),
        *[Note(Said.NOT_ASKED, share=unasked)] * (unasked is not None),
    )
    released = release(
        raw,
        name=f"{keys[-1]}-by-{'-and-'.join(within)}".replace("_", "-"),
        keys=keys,
        values=SHARE,
        margins=[*combinations(keys, len(keys) - 1)],
        people=most(raw),
        context=source.context(sentence(view)),
        notes=(Said.DESIGN_WEIGHTS, *told),
        who="asked",
    )
    facts = apart(released, raw[raw[CHOICE] == "none"], keys[-2]) if keys[-1] == CHOICE and len(keys) == 2 else ()
    return replace(released, facts=facts)


def _left_out(rows: pd.DataFrame, inside: pd.Series) -> float | None:
    """The share of people who are not `inside`, to 1%; None where they, or the others, are fewer than ten."""
    out, others, whole = (most(rows[which]) for which in (~inside, inside, inside | True))
    return round(noisy(out) / noisy(whole), 2) if enough(out.n) and enough(others.n) else None
