"""Two versions of a cohort side by side, in numbers that may be seen."""

from pathlib import Path

import pandas as pd

from data.cohort import corridors
from data.disclosure import enough, few, released_interviews, released_people
from data.library import path
from data.manifest import Manifest

_COLUMNS = ["person", "wave", "host", "country_of_return", "composite", "respondent"]


def compare(old: Manifest, new: Manifest, folder: Path) -> pd.DataFrame:
    """Compare two kept cohorts: one row per `measure`, with how it stood in the `old` and stands in the `new` one.

    `measure` is people (rounded to 5), interviews (rounded to 5), waves, corridors, and the mean composite score of all
    interviews (0…1, to two decimals); all are text, "[c]" where confidential and "[x]" where there is none. Interviews
    and corridors of fewer than 10 people are confidential too, and waves of as few are not counted; means are
    confidential where 1 to 9 people stand in one version alone, or otherwise than in the other, as the two would tell
    of them.
    """
    before, after = (pd.read_parquet(path(manifest, folder), columns=_COLUMNS) for manifest in (old, new))
    apart = pd.concat([before.drop_duplicates(), after.drop_duplicates()]).drop_duplicates(keep=False)
    blurred = bool(few(apart["person"].nunique()))
    columns = {
        "old": _told(before, old, blurred),
        "new": _told(after, new, blurred),
    }
    return pd.DataFrame(columns).rename_axis("measure").reset_index()


def _told(frame: pd.DataFrame, manifest: Manifest, blurred: bool) -> dict[str, str]:
    scored = frame.dropna(subset="composite")
    told = enough(scored["person"].nunique()) and not blurred
    mean = "[x]" if scored.empty else f"{scored['composite'].mean():.2f}" if told else "[c]"
    people = manifest.people
    return {
        "people": _count(released_people(people)),
        "interviews": _count(released_interviews(manifest.interviews, people)),
        "waves": str(int(enough(frame.groupby("wave")["person"].nunique()).sum())),
        "corridors": _count(len(corridors(frame)) or None),
        "composite": mean,
    }


def _count(count: int | None) -> str:
    return "[c]" if count is None else f"{count:,}"
