from pathlib import Path

import numpy as np
import pandas as pd

from data.cohort import Cohort, conform
from data.library import Manifest, keep
from data.versions import compare


def kept(folder: Path, people: range, scores: float | list[float], **more: object) -> Manifest:
    columns = {
        "person": [f"p{number}" for number in people],
        "wave": 1,
        "host": "DEU",
        "country_of_return": "AFG",
        "band": "forced",
    }
    return keep(Cohort(conform(pd.DataFrame({**columns, "composite": scores, **more})), "Round", "made"), folder)


def told(old: Manifest, new: Manifest, folder: Path) -> dict[str, tuple[str, str]]:
    return {row.measure: (row.old, row.new) for row in compare(old, new, folder).itertuples()}


def test_two_versions_side_by_side(tmp_path: Path) -> None:
    old = kept(tmp_path, range(38), 0.5)
    new = kept(tmp_path, range(62), 0.25, wave=np.arange(62) % 2 + 1, host=["DEU"] * 40 + ["LBY"] * 22)
    assert told(old, new, tmp_path) == {
        "people": ("40", "60"),
        "interviews": ("40", "60"),
        "waves": ("1", "2"),
        "corridors": ("1", "2"),
        "composite": ("0.50", "0.25"),
    }


def test_a_few_people_more_do_not_show_in_the_means(tmp_path: Path) -> None:
    old, same = kept(tmp_path, range(40), 0.5), kept(tmp_path, range(40), 0.6)
    assert told(old, same, tmp_path)["composite"] == ("0.50", "0.60")
    few, enough = kept(tmp_path, range(1, 48), 0.5), kept(tmp_path, range(1, 49), 0.5)
    assert told(old, few, tmp_path)["composite"] == ("[c]", "[c]")
    assert told(old, enough, tmp_path)["composite"] == ("0.50", "0.50")


def test_a_few_people_told_otherwise_do_not_show_in_the_means(tmp_path: Path) -> None:
    old = kept(tmp_path, range(40), 0.5)
    few, enough = kept(tmp_path, range(40), [0.9] * 9 + [0.5] * 31), kept(tmp_path, range(40), [0.9] * 10 + [0.5] * 30)
    assert told(old, few, tmp_path)["composite"] == ("[c]", "[c]")
    assert told(old, enough, tmp_path)["composite"] == ("0.50", "0.60")


def test_a_wave_of_few_people_is_not_counted(tmp_path: Path) -> None:
    old, new = kept(tmp_path, range(40), 0.5), kept(tmp_path, range(40), 0.5, wave=[1] * 31 + [2] * 9)
    assert told(old, new, tmp_path)["waves"] == ("1", "1")


def test_fewer_than_ten_people_are_not_counted(tmp_path: Path) -> None:
    old, new = kept(tmp_path, range(9), 0.5), kept(tmp_path, range(30), [0.5] * 9 + [float("nan")] * 21)
    assert told(old, new, tmp_path)["people"] == ("[c]", "30")
    assert told(old, new, tmp_path)["interviews"] == ("[c]", "30")
    assert told(old, new, tmp_path)["composite"] == ("[c]", "[c]")


def test_interviews_and_corridors_of_fewer_than_ten_people_are_not_counted(tmp_path: Path) -> None:
    people, hosts = (
        [f"p{number}" for number in range(9)] * 2,
        ["DEU", "FRA", "AUT", "BEL", "ITA", "ESP", "NLD", "LBY", "PAK"],
    )
    old = kept(tmp_path, range(18), 0.5, person=people, host=hosts * 2)
    new = kept(tmp_path, range(33), 0.5)
    assert told(old, new, tmp_path)["interviews"] == ("[c]", "35")
    assert told(old, new, tmp_path)["corridors"] == ("[c]", "1")


def test_a_version_without_the_score_says_so(tmp_path: Path) -> None:
    old = kept(tmp_path, range(30), float("nan"), economic=0.5)
    new = kept(tmp_path, range(30), 0.5)
    assert told(old, new, tmp_path)["composite"] == ("[x]", "0.50")
