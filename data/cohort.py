"""The cohort: one row per interview, its columns and types fixed here and checked once, at the door."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import numpy as np
import pandas as pd
import pandera.pandas as pa

from data.disclosure import enough
from data.notes import Note
from data.scoring import SUPPLIED, Profile
from data.vocabulary import CATEGORIES, POINTS, RETURNEE, SCORES

REQUIRED: Final = ("person", "host", "country_of_return", "band")
"""Columns no cohort can be without; it also needs `wave` or `months`, and one score or the points to make one."""

DEFAULTS: Final = {"respondent": RETURNEE, "weight": 1.0, "profile": "supplied"}
"""What a missing column is filled with, where a missing value would have no meaning."""

TYPES: Final[dict[str, str]] = {
    "interview": "int64",
    "person": "str",
    "wave": "Int16",
    "months": "float64",
    "interview_date": "datetime64[s]",
    "return_date": "datetime64[s]",
    "return_year": "Int16",
    "host": "str",
    "country_of_return": "str",
    "area": "str",
    "label": "str",
    "band": "str",
    "band_rule": "str",
    "perceived_choice": "str",
    "sex": "str",
    "age_group": "str",
    "child": "boolean",
    "vulnerable": "boolean",
    "respondent": "str",
    "assistance": "str",
    "assistance_level": "str",
    "assistance_route": "str",
    "assistance_provider": "str",
    "assistance_value": "float64",
    "assistance_months": "float64",
    "remigration": "str",
    "loss_reason": "str",
    "weight": "float64",
    **dict.fromkeys(POINTS, "float64"),
    **dict.fromkeys(SCORES, "float64"),
    "profile": "str",
}
"""Every column of a cohort in order, with its pandas type.

`interview` is the row's place in the file, so that of two interviews of one person at one time the later row is taken,
always the same one; `host` and `country_of_return` are ISO3 codes or UNK; `months` is months since return; `weight` the
design weight; `band_rule` the rule of `data.spectrum` that placed the return; `loss_reason`, in a person's last
interview, says why none followed; points and scores are 0…1; `profile` names the scoring profile; `label` is the
programme's own word for the kind of return, as imported."""


@dataclass(frozen=True)
class Cohort:
    """Interviews that passed the door.

    `frame` has exactly the columns of `TYPES`. `doubts` are what a reader must know of the data
    (none of them holds a person's value). `scored_by` holds the weights the scores were made with; the supplied profile
    has none.
    """

    frame: pd.DataFrame
    name: str
    source: str
    licence: str = "not stated"
    synthetic: bool = False
    doubts: tuple[Note, ...] = field(default=())
    scored_by: Profile = SUPPLIED


def conform(frame: pd.DataFrame) -> pd.DataFrame:
    """Give `frame` every column of the schema in order and type, and check it.

    Columns the frame lacks become missing (or their default); columns the schema lacks are dropped.
    Raises `pandera.errors.SchemaErrors` when a value is outside its column's range or codes: a mistake of the
    program, since `reading` has by then told the user what is wrong with a file.
    """
    whole = frame.reset_index(drop=True).reindex(columns=[*TYPES]).assign(interview=np.arange(len(frame)))
    typed = whole.astype(TYPES).fillna(DEFAULTS)
    return schema().validate(typed, lazy=True, inplace=True)  # on no copy: a long file's takes gigabytes


def corridors(frame: pd.DataFrame) -> list[tuple[str, str]]:
    """Host country and country of return of each corridor with returnees enough to be told of."""
    returnees = frame[frame["respondent"] == RETURNEE]
    counted = returnees.groupby(["host", "country_of_return"])["person"].nunique()
    return [*counted.index[enough(counted)]]


@cache
def schema() -> pa.DataFrameSchema:
    """The one schema of a cohort."""
    unit: Callable[[], pa.Check] = lambda: pa.Check.in_range(0, 1)  # noqa: E731 - one fresh check per column
    checks = {
        **{name: [pa.Check.isin(list(codes))] for name, codes in CATEGORIES.items()},
        **{name: [unit()] for name in (*POINTS, *SCORES)},
        "months": [pa.Check.in_range(0, 1200)],
        "wave": [pa.Check.ge(0)],
        "weight": [pa.Check.gt(0), pa.Check(np.isfinite)],
        "host": [pa.Check.str_matches("^[A-Z]{3}$")],
        "country_of_return": [pa.Check.str_matches("^[A-Z]{3}$")],
    }
    required = {"interview", *REQUIRED, *DEFAULTS}
    return pa.DataFrameSchema(
        {name: pa.Column(kind, checks.get(name, []), nullable=name not in required) for name, kind in TYPES.items()},
        strict=True,
        ordered=True,
    )
