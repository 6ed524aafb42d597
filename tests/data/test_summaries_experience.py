from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from data.disclosure import Released
from data.engine import Source
from data.grouping import Grouping
from data.labels import COLUMN_LABELS
from data.summaries.experience import (
    CHOICES,
    choice_by,
    label_band_choice,
    label_bands,
    outcomes_by_choice,
)
from data.summaries.people import largest
from data.view import View, sentence
from data.vocabulary import CATEGORIES, ReturnBand
from tests.conftest import Open
from tests.data.recount import breaches, difference, differs, families, mean, people, share
from tests.said import in_words

BANDS = tuple(ReturnBand)
KEYS = ["label", "band", "perceived_choice"]
VIEWS = [View(), View(place="DEU-AFG"), View(sex="female", months="0-6"), View(place="other")]


def among(everyone: pd.DataFrame, row: pd.Series, keys: list[str]) -> pd.DataFrame:
    return everyone[(everyone[keys] == row[keys]).all(axis=1)]


def wrong_shares(found: Released, everyone: pd.DataFrame, parts: list[str]) -> list[object]:
    keys = [*found.keys]
    asked = everyone[everyone["perceived_choice"].notna() & everyone[keys[-1]].isin(parts)]
    differing = []
    for _, row in found.shown.iterrows():
        whole = among(asked, row, keys[:-1])
        part = among(whole, row, keys)["weight"].sum() / whole["weight"].sum()
        differing.append(differs(row, share(part, whole["weight"])))
    return [each for each in differing if each]


def exact(found: Released, everyone: pd.DataFrame) -> list[int]:
    keys = [*found.keys]
    counts = everyone[everyone["perceived_choice"].notna()].groupby(keys).size()
    return counts.reindex(pd.MultiIndex.from_frame(found.rows[keys]), fill_value=0).tolist()


def test_a_label_of_few_people_is_never_named(opened: Open) -> None:
    words = [*["Deportation"] * 12, *["Story of one person"] * 9]
    made = pd.DataFrame({"person": np.arange(21).astype(str), "wave": 1, "label": words})
    assert largest(opened(made), View(), "label", 6) == ("Deportation",)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("by", ["label", "band"])
def test_choices_are_those_of_the_raw_rows_and_give_nobody_away(
    source: Source, raw: pd.DataFrame, view: View, by: str
) -> None:
    everyone, codes = people(raw, view), BANDS if by == "band" else largest(source, view, "label", 6)
    found = choice_by(source, view, Grouping(by, codes))
    assert found.rows[[by, "perceived_choice"]].to_numpy().tolist() == [[c, d] for c in codes for d in CHOICES]
    assert not wrong_shares(found, everyone, [*CHOICES])
    for within in ([by], ["perceived_choice"]):
        assert not breaches(found, exact(found, everyone), within)
    assert found.context == source.context(sentence(view))
    assert {*found.keys, "people", *found.values} <= {*COLUMN_LABELS}


@pytest.mark.parametrize("view", VIEWS[:3])
def test_labels_by_band_and_choice_are_those_of_the_raw_rows(source: Source, raw: pd.DataFrame, view: View) -> None:
    everyone, names = people(raw, view), largest(source, view, "label", 6)
    found = label_band_choice(source, view, names, BANDS)
    assert [*found.keys] == KEYS
    assert len(found.rows) == len(names) * 7 * 3
    assert len(found.shown)
    assert not wrong_shares(found, everyone, [*CHOICES])
    for within in combinations(KEYS, 2):
        assert not breaches(found, exact(found, everyone), [*within])
    two = label_bands(source, view, names, BANDS)
    assert not wrong_shares(two, everyone, [*BANDS])
    for within in (["label"], ["band"]):
        assert not breaches(two, exact(two, everyone), within)


def asked(**columns: object) -> pd.DataFrame:
    """50 people of one label; 20 had a free choice, 15 some, 15 none."""
    choice = np.repeat([*CHOICES], [20, 15, 15])
    return pd.DataFrame(
        {"person": np.arange(50).astype(str), "wave": 1, "label": "AVR", "perceived_choice": choice, **columns}
    )


def test_who_is_not_in_a_share_is_said(opened: Open) -> None:
    more = pd.DataFrame({"person": [f"x{number}" for number in range(50)], "wave": 1, "composite": 0.5,
                         "label": ["AVR"] * 25 + ["Other"] * 25, "perceived_choice": None})  # fmt: skip
    found = choice_by(opened(pd.concat([asked(), more])), View(), Grouping("label", ("AVR",)))
    assert found.rows[["people", "share"]].to_numpy().tolist() == [[20, 0.4], [15, 0.3], [15, 0.3]]
    assert found.people == 50
    assert in_words(found.notes)[1:] == (
        "25% of people in view have no label of these; they are not in these shares.",
        "33% of the people in these groups were not asked or did not answer; they are not in these shares.",
    )


def test_few_people_left_out_are_not_counted_aloud(opened: Open) -> None:
    few = asked().head(9).assign(person=[f"x{number}" for number in range(9)], label="Other")
    assert len(choice_by(opened(pd.concat([asked(), few])), View(), Grouping("label", ("AVR",))).notes) == 1


def test_nobody_and_no_labels_make_an_empty_figure(opened: Open) -> None:
    source = opened(asked())
    assert choice_by(source, View(), Grouping("label", ())).rows.empty
    assert label_band_choice(source, View(), (), BANDS).rows.empty
    nobody = label_band_choice(source, View(band="solicited"), ("AVR",), BANDS)
    assert (len(nobody.rows), len(nobody.shown), nobody.people) == (21, 0, None)


@pytest.mark.parametrize("view", [View(), View(place="DEU-AFG"), View(place="DEU-GHA")])
def test_outcomes_are_those_of_the_raw_rows_and_give_nobody_away(source: Source, raw: pd.DataFrame, view: View) -> None:
    everyone, scores = people(raw, view), ("composite", "social")
    found = outcomes_by_choice(source, view, BANDS, scores)
    grid = [[score, band, choice] for score in scores for band in BANDS for choice in CHOICES]
    assert found.rows[[*found.keys]].to_numpy().tolist() == grid
    counts, means = [], {}
    for score, band, choice in grid:
        mine = everyone[(everyone["band"] == band) & (everyone["perceived_choice"] == choice)].dropna(subset=score)
        counts.append(len(mine))
        means[score, band, choice] = mine[score], mine["weight"]
    for within in (["score", "band"], ["score", "perceived_choice"]):
        assert not breaches(found, counts, within)
    family = families(found)
    for place, row in found.shown.iterrows():
        own, free = means[tuple(row[[*found.keys]])], means[row["score"], row["band"], "free"]
        wanted = {name: value for name, value in mean(*own).items() if name != "sd"}
        marks = found.flags.loc[place]
        if marks["difference"] == "":
            wanted |= difference(*own, *free, family[place])
        assert not differs(row, wanted)
        assert (marks["difference"] == "z") == (row["perceived_choice"] == "free")


def test_within_one_band_a_choice_hides_no_more_than_it_needs(opened: Open) -> None:
    source = opened(asked(band="forced").assign(perceived_choice=np.repeat([*CHOICES], [31, 15, 4])))
    wanted = [["free", 30]]
    assert (
        choice_by(source, View(), Grouping("band", BANDS)).shown[["perceived_choice", "people"]].to_numpy().tolist()
        == wanted
    )
    three = label_band_choice(source, View(), ("AVR",), BANDS)
    assert three.shown[["perceived_choice", "people"]].to_numpy().tolist() == wanted


def test_a_masked_free_choice_masks_the_differences_to_it(opened: Open) -> None:
    choice = np.repeat([*CHOICES], [4, 15, 40])
    made = pd.DataFrame({"person": np.arange(59).astype(str), "wave": 1, "perceived_choice": choice,
                         "composite": np.linspace(0, 1, 59)})  # fmt: skip
    found = outcomes_by_choice(opened(made), View(), ("forced",), ("composite",))
    assert found.flags["mean"].tolist() == ["c", "c", ""]
    assert found.flags["difference"].tolist() == ["c", "c", "c"]
    assert {*found.keys, "people", *found.values} <= {*COLUMN_LABELS}
    assert [*CATEGORIES["perceived_choice"]] == [*CHOICES]
