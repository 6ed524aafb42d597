"""What became of each person of the first chosen wave at the later ones: the one place that says so.

Retention, reasons for loss, remigration and movement between levels all read it, so that they cannot disagree.
"""

from collections.abc import Sequence
from typing import Final

import ibis
import ibis.expr.types as ir

from data.engine import Source
from data.filters import columns
from data.keys import KEYS
from data.summaries.people import one_a_wave
from data.view import View, select
from data.vocabulary import SCORES

STATES: Final = ("interviewed", "remigrated", "not_interviewed")
"""States in display order."""

LEFT: Final = ("choice", "necessity")
"""Codes of `remigration` that say a person had left again."""


_COLUMNS: Final = (
    *("person", "wave", "interview", "weight", *KEYS, "remigration", "loss_reason", "p30", *SCORES, "respondent"),
)
"""What is read here: with what a view chooses by, fewer columns take the engine less time."""


def states(source: Source, view: View, waves: Sequence[int], keep: Sequence[str]) -> ir.Table:
    """One row per person of the baseline and each of `waves` (ascending): where the person stands then.

    The baseline is everyone interviewed at the first of `waves`, in view then; of several interviews in one wave the
    later counts. Columns: `person`; `weight`, `KEYS` and the columns `keep` as at the baseline; `wave`; `state`, one of
    `STATES`; and the four scores at that wave, missing where the person was not interviewed then.

    A person is "remigrated" where the latest interview up to the wave that tells of remigration says choice or
    necessity, or, without an interview at the wave, where the latest one gives leaving as the reason for loss; so it
    stays until an interview says "no". Someone interviewed who had left again is "remigrated", and has scores.
    Interviews before the first of `waves` and after the last are not looked at; those of waves between them are.
    """
    table = _interviews(source, waves, keep)
    people = _by_person(table, waves).inner_join(
        _baseline(table, view, waves).select("person", "weight", *KEYS, *keep), "person"
    )
    rows = people.mutate(at=ibis.literal([*waves], type="array<int16>").unnest())

    def at(name: str) -> ir.Column:
        """The column of the wave that a row is about."""
        return ibis.cases(*((rows["at"] == wave, rows[f"{name}_{wave}"]) for wave in waves))

    scores = {score: at(score) for score in SCORES}
    state = _state(at("last"), at("told"), rows["at"])
    return rows.select("person", "weight", *KEYS, *keep, wave=rows["at"], state=state, **scores)


def outcomes(source: Source, view: View, waves: Sequence[int], keep: Sequence[str]) -> ir.Table:
    """One row per person of the baseline (as `states`): where the person stands at the last of `waves`, and more.

    Columns: `person`; `weight`, `KEYS` and the columns `keep`, which may be scores, as at the baseline; `state`; of the
    interviews up to the last of `waves` the latest one's `loss_reason`, the `remigration` that the latest one to tell
    it does, and `p30`, points of element 30, with `p30_key`, the key of that interview, from the latest one that asked
    it of a person who had not left again.
    """
    table, last = _interviews(source, waves, keep), waves[-1]
    stays = ~table.remigration.isin(LEFT).fill_null(False)
    told = {
        "loss_reason": table.loss_reason.fill_null("").argmax(table.wave).nullif(""),
        "remigration": table.remigration.argmax(table.wave, where=table.remigration.notnull()),
        "p30": table.p30.argmax(table.wave, where=stays & table.p30.notnull()),
        "p30_key": table.interview_key.argmax(table.wave, where=stays & table.p30.notnull()),
    }
    people = _by_person(table, [last], **told)
    base = _baseline(table, view, waves).select("person", "weight", *KEYS, *keep)
    state = _state(people[f"last_{last}"], people[f"told_{last}"], ibis.literal(last))
    return people.select("person", *told, state=state).inner_join(base, "person")


def _interviews(source: Source, waves: Sequence[int], keep: Sequence[str]) -> ir.Table:
    """One interview of each returnee and wave, from the first of `waves` to the last, whatever the view."""
    everyone = select(source.table, View())
    told = everyone.filter(everyone.wave.between(waves[0], waves[-1]))
    return one_a_wave(source, told.select(*dict.fromkeys([*_COLUMNS, *columns(), *keep])))


def _baseline(table: ir.Table, view: View, waves: Sequence[int]) -> ir.Table:
    return select(table.filter(table.wave == waves[0]), view)


def _by_person(table: ir.Table, waves: Sequence[int], **more: ir.Scalar) -> ir.Table:
    """One row per person: per wave the scores, and two numbers that hold a wave, doubled, and 1 or 0.

    `last` is the last interview up to the wave, and whether it gives leaving as the reason why none followed; `told`
    the last one that tells of remigration, and whether the person had left. So few sums take a third of the time that
    windows over each person's interviews do.
    """
    left, lost = table.remigration.isin(LEFT), (table.loss_reason == "remigrated").fill_null(False)
    doubled = table.wave.cast("int32") * 2
    last, told = doubled + lost.cast("int32"), doubled + left.cast("int32")
    wanted = {**more}
    for wave in waves:
        upto, now = table.wave <= wave, table.wave == wave
        wanted |= {f"last_{wave}": last.max(where=upto), f"told_{wave}": told.max(where=upto)}
        wanted |= {f"{score}_{wave}": table[score].max(where=now) for score in SCORES}
    return table.group_by("person").aggregate(**wanted)


def _state(last: ir.Column, told: ir.Column, wave: ir.Value) -> ir.Column:
    """The state at `wave`, from the numbers of `_by_person`."""
    seen = last // 2 == wave
    gone = (told % 2 == 1).fill_null(False) | (~seen & (last % 2 == 1))
    return ibis.cases((gone, "remigrated"), (seen, "interviewed"), else_="not_interviewed")
