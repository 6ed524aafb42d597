"""Placed: how many people each rule of the spectrum placed, or could not."""

from typing import Final

from data.disclosure import ALL_ROWS, Released, release
from data.engine import Source, run
from data.estimate import SHARE, shares
from data.notes import Said
from data.summaries.people import complete, in_view, most, weights
from data.view import View, sentence
from data.vocabulary import CATEGORIES

NOT_RECORDED: Final = "not recorded"
"""Stands for people whose cohort was kept before the rule was."""


def placed(source: Source, view: View) -> Released:
    """Number and weighted share of people in view by `band_rule`, the rule that placed their return.

    Rules in their order, then those not placed, those whose file states the band, and those of whom the rule is not
    recorded. Shares are of all people in view, 0…1, with 95% and 66% Wilson intervals.
    """
    people = in_view(source, view)
    rule = people.band_rule.fill_null(NOT_RECORDED)
    counted = run(people.group_by(band_rule=rule).aggregate(n=people.count(), **weights(people)))
    raw = complete(counted, {"band_rule": [*CATEGORIES["band_rule"], NOT_RECORDED]}).fillna({"w": 0.0, "ww": 0.0})
    return release(
        raw.join(shares(raw.assign(_all=0), ["_all"])),
        name="placed-by-rule",
        keys=["band_rule"],
        values=SHARE,
        margins=[ALL_ROWS],
        people=most(raw),
        context=source.context(sentence(view)),
        notes=(Said.DESIGN_WEIGHTS, Said.BAND_IN_FILE),
    )
