"""Figures that the project's texts hold, each with its source, place and wording.

MPI = Newland & Salant, *Balancing Acts* (2018); MPP = *Migration Policy Practice* IX(1) (2019). A page is named only
where the text shows one.
"""

from pathlib import Path
from typing import Final

import pandas as pd

FOLDER: Final = Path(__file__).parents[1] / "reference"


def facts() -> pd.DataFrame:
    """Citable figures, one row each; all columns text but `value` (float).

    `topic` · `statement` what is counted · `host`, `country_of_return` ISO3 or "" · `period` in the text's words ·
    `qualifier` ("about", "more than", …, or "") stands before the value · `value` · `unit` ("people", "%",
    "EUR per person", …) · `source` · `place` in it · `quote`, its wording. Each is counted in its own way: they are
    cited, and never added, drawn side by side or joined by a line.
    """
    return _read("facts.csv").astype({"value": "float64"})


def counts_of_returns(host: str = "", country_of_return: str = "") -> pd.DataFrame:
    """The facts that count people returned, those of one corridor where one is named; columns as in `facts`.

    Of a corridor also what is counted of its country of return from all host countries.
    """
    cited = facts()
    cited = cited[cited["topic"].isin(["table 1", "scale"]) & cited["unit"].isin(["people", "removals"])]
    for side, code in {"host": host, "country_of_return": country_of_return}.items():
        cited = cited[cited[side].isin([code, ""])] if code else cited
    return cited[cited["country_of_return"] != ""] if country_of_return else cited


def top_corridors_2016() -> pd.DataFrame:
    """The largest host country of 2016 per country of return, with its share in per cent (MPI, Table 1).

    Columns `country_of_return`, `host`, `share`, in the order of the table; Angola had no returns in 2016.
    """
    table = facts().query("topic == 'top corridor'").rename(columns={"value": "share"})
    return table[["country_of_return", "host", "share"]].reset_index(drop=True)


def _read(file: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / file, dtype="str", keep_default_na=False)
