import numpy as np
import pandas as pd
import pytest

from data.engine import Source
from data.estimate import SHARE
from data.labels import COLUMN_LABELS, label
from data.summaries.placed import NOT_RECORDED, placed
from data.view import View, sentence
from data.vocabulary import CATEGORIES
from tests.conftest import Open
from tests.data.recount import breaches, differs, people, share

RULES = [*CATEGORIES["band_rule"], NOT_RECORDED]


@pytest.mark.parametrize("view", [View(), View(place="DEU-GHA"), View(band="forced"), View(place="other")])
def test_rules_are_those_of_the_raw_rows_and_give_nobody_away(source: Source, raw: pd.DataFrame, view: View) -> None:
    everyone, found = people(raw, view), placed(source, view)
    rule = everyone["band_rule"].fillna(NOT_RECORDED)
    assert found.rows["band_rule"].tolist() == RULES
    for _, row in found.shown.iterrows():
        part = everyone.loc[rule == row["band_rule"], "weight"].sum() / everyone["weight"].sum()
        assert not differs(row, share(part, everyone["weight"]))
    assert not breaches(found, [(rule == code).sum() for code in RULES])
    assert found.people == (5 * round(len(everyone) / 5) if len(everyone) >= 10 else None)
    assert found.context == source.context(sentence(view))


def test_people_whose_rule_was_not_recorded_are_shown_as_such(opened: Open) -> None:
    rules = [*["given"] * 30, *["facts_missing"] * 20, *[None] * 10]
    made = pd.DataFrame({"person": np.arange(60).astype(str), "wave": 1, "composite": 0.5, "band_rule": rules})
    found = placed(opened(made), View())
    assert found.shown[["band_rule", "people", "share"]].to_numpy().tolist() == [
        ["facts_missing", 20, 0.333],
        ["given", 30, 0.5],
        [NOT_RECORDED, 10, 0.167],
    ]
    assert label("band_rule", NOT_RECORDED) == "not recorded"
    assert {*found.keys, "people", *SHARE} <= {*COLUMN_LABELS}
