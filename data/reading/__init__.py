"""Reading a file into a cohort or into recorded returns: nothing is guessed, nothing half-loads."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from data.cohort import Cohort
from data.flows.schema import Flows
from data.flows.unhcr import is_unhcr, read_unhcr
from data.reading.interviews import read_interviews
from data.reading.problems import ReadingError
from data.reading.tables import Table, read_table
from data.scoring import PROFILES, Profile

__all__ = ["ReadingError", "Table", "read", "read_table"]


def _silent(share: float, stage: str) -> None:
    """Show no progress."""


def read(
    content: bytes | Path,
    filename: str,
    *,
    name: str | None = None,
    source: str = "",
    licence: str = "",
    profile: str | Profile = "documented",
    progress: Callable[[float, str], None] = _silent,
) -> Cohort | Flows:
    """Read a file of interviews, or one of UNHCR's recorded returns, told apart by what is in it.

    `content` is the file's bytes or where they are. `name`, `source` and `licence` describe it; where they are not
    given, the file's own take their place, if it states any. `profile` scores interviews whose file brings points but
    no scores: a key of `scoring.PROFILES` or an own table of weights. `progress` is told the share done (0…1) and the
    stage. Raises `ReadingError` with one sentence for each thing to mend.
    """
    progress(0.0, "Reading the file")
    table = read_table(content, filename)
    progress(0.3, "Recognising the columns")
    if is_unhcr(table.frame):
        try:
            flows = read_unhcr(table.frame)
        except ValueError as error:
            raise ReadingError(str(error)) from error
        progress(1.0, "Read")
        return replace(
            flows,
            name=name or flows.name,
            source=source or flows.source,
            licence=licence or flows.licence,
            doubts=(*table.notes, *flows.doubts),
        )
    chosen = PROFILES[profile] if isinstance(profile, str) else profile
    frame, doubts = read_interviews(table, chosen, progress)
    progress(1.0, "Read")
    return Cohort(frame, name or Path(filename).stem, source or "not stated", licence or "not stated", doubts=doubts)
