"""Padding: made-up people who weigh next to nothing, loaded beside a person who is alone in a cell."""

from pathlib import Path

import numpy as np
import pandas as pd

from data import library
from data.cohort import Cohort, conform
from data.engine import open_cohorts
from data.grouping import Grouping
from data.summaries.comparison import compare
from data.view import View

PADDED = 40
CELL = ["host", "country_of_return", "band", "sex", "age_group", "return_year", "label"]


def padded(raw: pd.DataFrame, folder: Path) -> tuple[int, int]:
    """Of how many people who are alone in a cell, padded to ten, the score stays hidden; and how many were tried."""
    last = raw[raw["respondent"] == "returnee"].dropna(subset=["composite"])
    last = last.sort_values("wave").drop_duplicates("person", keep="last")
    alone = last[last.groupby(CELL)["person"].transform("size") == 1].head(PADDED).reset_index(drop=True)
    alone["area"] = [f"cell {place}" for place in range(len(alone))]
    made_up = pd.concat([alone.assign(person=alone["person"] + f" {place}", weight=1e-9) for place in range(9)])
    made_up["composite"] = np.tile(np.linspace(0, 1, 9).repeat(len(alone)), 1)
    others = last[~last["person"].isin(alone["person"])].assign(area="elsewhere")
    frame = conform(pd.concat([alone, made_up, others], ignore_index=True))
    kept = library.keep(Cohort(frame, "Padded", "made for an attack", synthetic=True), folder)
    source = open_cohorts([(kept, library.path(kept, folder))])
    found = compare(source, View(), Grouping("area", (*alone["area"], "elsewhere")), "elsewhere", ("composite",))
    return int(found.is_confidential("mean")[:-1].sum()), len(alone)
