"""The return spectrum: from the facts of a return to its band, by one rule that is data.

Source: MPI = Newland & Salant, *Balancing Acts* (2018), Figure 1 (p. 4) and the paragraphs around it. The band follows
from facts alone; what a programme calls a return, and how much choice the person felt, never enter.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from itertools import product
from typing import Final

import numpy as np
import pandas as pd

from data.vocabulary import CATEGORIES, ReturnBand


@dataclass(frozen=True)
class Facts:
    """What is known of a return; None where it is not known. `FACT_LABELS` has the question behind each."""

    removed_by_force: bool | None = None
    right_to_remain: bool | None = None
    ordered_to_leave: bool | None = None
    pushed: bool | None = None
    against_preference: bool | None = None
    invited: bool | None = None


FACTS: Final = tuple(field.name for field in fields(Facts))

FACT_LABELS: Final = {
    "removed_by_force": "Was the person removed by force (detained and deported)?",
    "right_to_remain": "Did the person have a right to remain in the host country?",
    "ordered_to_leave": "Was the person ordered to leave?",
    "pushed": "Did the host country push the person to leave (a threat, a deadline, a payment for leaving)?",
    "against_preference": "Would the person rather have stayed?",
    "invited": "Did the country of return invite the person to come back?",
}
"""The question that each fact answers."""

_WORDS: Final = {
    "removed_by_force": ("not removed by force", "removed by force"),
    "right_to_remain": ("no right to remain", "a right to remain"),
    "ordered_to_leave": ("not ordered to leave", "ordered to leave"),
    "pushed": ("not pushed by the host country", "pushed by the host country"),
    "against_preference": ("left by preference", "left against preference"),
    "invited": ("not invited by the country of return", "invited by the country of return"),
}
"""Each fact in words where it does not hold, and where it does."""


@dataclass(frozen=True, eq=False)
class Rule:
    """One step: returns that meet all facts of one of `ways`, and no earlier rule, are placed in `band`.

    `code` is a code of `CATEGORIES["band_rule"]`; `reason` says to the reader why.
    """

    code: str
    ways: tuple[Mapping[str, bool], ...]
    band: ReturnBand
    reason: str

    @property
    def conditions(self) -> str:
        """The conditions in words."""
        ways = [" and ".join(_WORDS[fact][holds] for fact, holds in way.items()) for way in self.ways]
        return ", or ".join(ways) or "none of the above"

    def holds(self, known: Mapping[str, bool]) -> bool:
        """Whether the rule applies to a return of which all facts are known."""
        return not self.ways or any(all(known[fact] == wanted for fact, wanted in way.items()) for way in self.ways)


@dataclass(frozen=True)
class Placement:
    """Where a return stands on the spectrum, the code of the rule that placed it, and why, in one or two sentences."""

    band: ReturnBand
    rule: str
    reason: str


UNPLACED: Final = "facts_missing"
GIVEN: Final = "given"

RULES: Final = (
    Rule(
        "removed_by_force",
        ({"removed_by_force": True},),
        ReturnBand.FORCED,
        "The person was detained and deported.",
    ),
    Rule(
        "ordered_to_leave",
        ({"right_to_remain": False, "ordered_to_leave": True},),
        ReturnBand.OBLIGED,
        "The person had no right to remain, was ordered to leave and complied.",
    ),
    Rule(
        "pushed",
        ({"pushed": True}, {"right_to_remain": True, "ordered_to_leave": True}),
        ReturnBand.PRESSURED,
        "The host country pushed the person to leave, and the law did not oblige them to.",
    ),
    Rule(
        "against_preference",
        ({"right_to_remain": True, "against_preference": True},),
        ReturnBand.RELUCTANT,
        "The person could have stayed and decided to leave, yet would rather have stayed.",
    ),
    Rule(
        UNPLACED,
        ({"right_to_remain": False, "against_preference": True},),
        ReturnBand.UNCLASSIFIED,
        "The person left against preference, without a right to remain and before any order to leave: "
        "no band of the spectrum fits.",
    ),
    Rule(
        "invited",
        ({"invited": True},),
        ReturnBand.SOLICITED,
        "The person wanted to return, and the country of return had invited them.",
    ),
    Rule(
        "own_decision",
        (),
        ReturnBand.VOLUNTARY,
        "The person wanted to return, and nobody had pushed, ordered or invited them.",
    ),
)
"""The rules in the order in which they are tried; the last one always applies."""


def place(facts: Facts) -> Placement:
    """Place a return by its facts, known or not: a band, or unclassified with the reason.

    The first of `RULES` whose conditions hold places the return. Facts that are not known are thought through
    both ways: where every answer leads to the same band the return has it; where answers would lead to different
    bands it is unclassified, and the reason names the questions that decide. So no later answer contradicts a band.

    MPI leaves some cases open. The project's choices:

    - pushed without a right to remain, but never ordered to leave: pressured. Figure 1 asks of that band only that the
      host country presses, and of obliged that there is an order.
    - ordered to leave despite a right to remain: pressured. The order is the push.
    - no right to remain, never ordered or pushed: voluntary or solicited if by preference, for Figure 1 asks these for
      no right. If against preference, unclassified: reluctant asks that the right is not lost, and of people who leave
      ahead of an order MPI (p. 6) says only that they are not recorded as compulsory returns.
    - against preference and invited: reluctant, for solicited begins with voluntary.

    Source: MPI, Figure 1 (p. 4) and p. 6.
    """
    given = asdict(facts)
    ends = {answers: _first(dict(zip(FACTS, answers, strict=True))) for answers in _completions(given)}
    rules = dict.fromkeys(ends.values())
    if len(rules) == 1:
        [rule] = rules
        return Placement(rule.band, rule.code, rule.reason)
    deciding = [
        FACT_LABELS[fact]
        for number, fact in enumerate(FACTS)
        if given[fact] is None
        and any(ends[answers] != ends[_turned(answers, number)] for answers in ends if answers[number])
    ]
    bands = [band.value for band in ReturnBand if band in {rule.band for rule in rules}]
    reason = f"It could be {', '.join(bands[:-1])} or {bands[-1]}. Not known: {' '.join(deciding)}"
    return Placement(ReturnBand.UNCLASSIFIED, UNPLACED, reason)


def classify(frame: pd.DataFrame) -> pd.DataFrame:
    """Place every row of `frame` as `place` does: its `band` and `band_rule`, on the same index.

    `frame` holds the facts as nullable booleans in columns named as in `FACTS`; a column that is not there is not
    known, and other columns are not looked at.
    """
    digits = [
        frame[fact].astype("boolean").astype("Int8").add(1).fillna(0).to_numpy("int64") * 3**number
        for number, fact in enumerate(FACTS)
        if fact in frame
    ]
    rows = _every_placement().iloc[np.sum(digits, axis=0) if digits else np.zeros(len(frame), "int64")]
    return rows.set_axis(frame.index)


def table() -> pd.DataFrame:
    """The rules in order, for Methods: columns `rule` (code), `label`, `conditions` and `reason` in words, `band`.

    The last rows are returns that facts do not place, and those whose band stands in their file.
    """
    columns = ["rule", "label", "conditions", "band", "reason"]
    labels = CATEGORIES["band_rule"]
    rows = [(rule.code, labels[rule.code], rule.conditions, rule.band.value, rule.reason) for rule in RULES]
    unplaced = "a fact is not known, and its answer would change the band"
    rows += [
        (UNPLACED, labels[UNPLACED], unplaced, ReturnBand.UNCLASSIFIED.value, "The reason names the open questions."),
        (GIVEN, labels[GIVEN], "the file states a band", "", "The file's own band is kept."),
    ]
    return pd.DataFrame(rows, columns=columns)


def _first(known: Mapping[str, bool]) -> Rule:
    return next(rule for rule in RULES if rule.holds(known))


def _completions(given: Mapping[str, bool | None]) -> list[tuple[bool, ...]]:
    """Every way in which what is not known could be."""
    return [*product(*((False, True) if fact is None else (fact,) for fact in given.values()))]


def _turned(answers: tuple[bool, ...], number: int) -> tuple[bool, ...]:
    return *answers[:number], not answers[number], *answers[number + 1 :]


@cache
def _every_placement() -> pd.DataFrame:
    """The placement of all 3⁶ combinations, in the order of `classify`'s digits: not known, no, yes."""
    every = [place(Facts(*reversed(answers))) for answers in product((None, False, True), repeat=len(FACTS))]
    columns = {"band": [each.band.value for each in every], "band_rule": [each.rule for each in every]}
    return pd.DataFrame(columns, dtype="str")


@dataclass(frozen=True)
class Example:
    """Whom a band is about and what to beware of, in the project's own words, and where the source says so."""

    text: str
    source: str


BAND_EXAMPLES: Final = {
    ReturnBand.SOLICITED: Example(
        "States such as China, Ireland or Ecuador try to win emigrants back, above all people with rare skills or "
        "money to invest. An invitation to a whole diaspora does not show that one person was invited.",
        "MPI, Figure 1 (p. 4); the caveat is the project's own",
    ),
    ReturnBand.VOLUNTARY: Example(
        "Someone who retires, rejoins family, sees the country of return improve, or has earned or learned what they "
        "set out for. Many returns called voluntary belong in other bands: the choice was between leaving and removal.",
        "MPI, Figure 1 and the paragraph above it (p. 4)",
    ),
    ReturnBand.RELUCTANT: Example(
        "Someone who may stay but finds hostility, cannot bring their family, gets nowhere or misses the country of "
        "return. Such a return needs no procedure, so hardly any register holds it.",
        "MPI, Figure 1 (p. 4); unrecorded returns, p. 6",
    ),
    ReturnBand.PRESSURED: Example(
        "In a recession a host country may press migrants to go, for instance with money for those who leave by a "
        "deadline. Assisted return is open to people who still have a status, which blurs the edge to obliged.",
        "MPI, Figure 1 (p. 4); assisted return, section V.A",
    ),
    ReturnBand.OBLIGED: Example(
        "Someone without a right to remain who follows an order to leave, often with assistance for which they must "
        "cooperate. Statistics of “voluntary” return mostly hold this band, and those who go before the order comes "
        "are in none.",
        "MPI, Figure 1 (p. 4); p. 6; section V.A",
    ),
    ReturnBand.FORCED: Example(
        "Someone who had to leave, did not, and was detained and deported. Registers of removals do not hold everyone "
        "who was made to leave: counts at a border may be kept apart.",
        "MPI, Figure 1 (p. 4); p. 6",
    ),
    ReturnBand.UNCLASSIFIED: Example(
        "A return whose facts are not known; nobody can count returns exactly by band, so these stay visible.",
        "MPI, p. 6",
    ),
}
"""Examples and caveats of each band, to stand beside figures."""
