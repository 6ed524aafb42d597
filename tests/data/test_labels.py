from collections.abc import Iterable

import pytest

from data.labels import WORDS
from data.summaries import attrition, paths, states, together, trajectories, transitions

CODES = {
    "state": states.STATES,
    "leaving": attrition.LEAVING,
    "shape": paths.SHAPES,
    "pair": together.PAIR_CODES,
    "pattern": together.PATTERNS,
    "third": together.THIRDS,
    "other_third": together.THIRDS,
    "panel": trajectories.PANELS,
    "from": transitions.LEVELS,
    "to": transitions.AFTER,
    "move": transitions.MOVES,
}


@pytest.mark.parametrize(("column", "codes"), CODES.items(), ids=CODES)
def test_every_code_of_a_summary_has_its_words_in_the_same_order(column: str, codes: Iterable[str]) -> None:
    assert [*WORDS[column]] == [*codes]


def test_reasons_for_loss_have_words() -> None:
    assert {*attrition.LOSS} < {*WORDS["loss_reason"]}
