"""Single answers: what pairs of cells that differ by one person tell of how that person answered."""

import numpy as np
import pandas as pd

from data.disclosure import noise
from tests.attack import cells, learned


def read(raw: pd.DataFrame, of: dict[str, pd.DataFrame], most: int, element: str) -> learned.Learned:
    """Whose answer to one `element` all pairs of cells tell on average, were no share of few people hidden.

    The answer with the highest share of its own is taken for the person's; a guess takes what most people of the same
    corridor and band answered.
    """
    asked = raw.assign(answer=raw[element])
    whole = cells.cells(asked, of, most, "answer", "person_key")
    whole = whole[cells.shown(whole)].reset_index(drop=True)
    who = pd.Series(raw["person"].to_numpy(), index=cells.names(raw))
    found = pd.concat([*learned.pairs(whole, who)] or [pd.DataFrame()], ignore_index=True)
    if found.empty:
        return learned.Learned(0, 0, 0)
    votes = {}
    for answer in sorted(asked["answer"].dropna().unique()):
        gave = asked.assign(gave=np.where(asked["answer"] == answer, 1.0, np.nan))
        parts = cells.cells(gave, of, most, "gave", "person_key").set_index([*of])[["w", "seed"]]
        sides = [_told(found, parts, of, end) for end in ("", "_wide")]
        own = found["w_wide"] - found["w"]
        votes[answer] = (sides[1] * found["w_wide"] - sides[0] * found["w"]) / own
    blur = np.hypot(*(found[f"heaviest{end}"] * noise.amplitude(found[f"n{end}"]) for end in ("", "_wide")))
    weighed = pd.DataFrame(votes).mul(blur**-2, axis=0).groupby(found["person"]).sum()
    last = asked.dropna(subset=["answer"]).drop_duplicates("person", keep="last").set_index("person")
    usual = last.groupby(["host", "country_of_return", "band"])["answer"].transform(lambda each: each.mode().iloc[0])
    best, truth = weighed.idxmax(axis=1), last["answer"]
    hits = [int((each.reindex(best.index) == truth.reindex(best.index)).sum()) for each in (best, usual)]
    return learned.Learned(len(best), *hits)


def _told(found: pd.DataFrame, parts: pd.DataFrame, of: dict[str, pd.DataFrame], end: str) -> np.ndarray:
    """The share who gave the answer, as the app tells it, in one cell of each pair."""
    places = pd.MultiIndex.from_frame(found[[f"{name}{end}" for name in of]])
    mine = parts.reindex(places).fillna(0)
    whole, part = found[f"seed{end}"].to_numpy(), mine["seed"].to_numpy().astype("int64")
    one = noise.amplitude(found[f"n{end}"]) * found[f"heaviest{end}"] / found[f"w{end}"]
    exact = mine["w"].to_numpy() / found[f"w{end}"].to_numpy()
    return np.clip(exact + one * noise.of_part(part, whole), 0, 1).round(3)
