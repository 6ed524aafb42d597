"""Figures that the project's texts hold, each with its source, place and wording.

MPI = Newland & Salant, *Balancing Acts* (2018); MPP = *Migration Policy Practice* IX(1) (2019). A page is named only
where the text shows one.
"""

from pathlib import Path
from typing import Final

import pandas as pd

from data.flows.schema import Flows, conform

FOLDER: Final = Path(__file__).parents[1] / "reference"

_DOUBTS: Final = (
    "Totals of all host countries include the single corridors of their year and are never added to them.",
    "The texts do not say how freely registered refugees returned, nor whether undocumented people complied with an "
    "order or were removed; these returns are unclassified on the return spectrum.",
    "Saudi Arabia to Ethiopia, about 160,000 people in 2013–14, is left out because it has no single year; it is among "
    "the facts.",
)


def reference_flows() -> Flows:
    """Recorded returns of the texts: MPI's Table 1 (all host countries, 2014–16) and the other counts with one year.

    Each row's note cites the text and place, then says what a reader must know of the number.
    """
    rows = _read("recorded_returns.csv")
    cited = rows["source"] + ", " + rows["place"] + ". " + rows["note"]
    return Flows(
        frame=conform(rows.assign(note=cited.str.strip())),
        name="Recorded returns cited in the texts",
        source="Newland & Salant, Balancing Acts (MPI, 2018); Migration Policy Practice IX(1) (2019)",
        licence="single figures cited with their source",
        doubts=_DOUBTS,
    )


def facts() -> pd.DataFrame:
    """Citable figures, one row each; all columns text but `value` (float).

    `topic` · `statement` what is counted · `host`, `country_of_return` ISO3 or "" · `period` in the text's words ·
    `qualifier` ("about", "more than", …, or "") stands before the value · `value` · `unit` ("people", "%",
    "EUR per person", …) · `source` · `place` in it · `quote`, its wording.
    """
    return _read("facts.csv").astype({"value": "float64"})


def top_corridors_2016() -> pd.DataFrame:
    """The largest host country of 2016 per country of return, with its share in per cent (MPI, Table 1).

    Columns `country_of_return`, `host`, `share`, in the order of the table; Angola had no returns in 2016.
    """
    table = facts().query("topic == 'top corridor'").rename(columns={"value": "share"})
    return table[["country_of_return", "host", "share"]].reset_index(drop=True)


def _read(file: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / file, dtype="str", keep_default_na=False)
