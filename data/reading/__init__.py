"""Reading a file into a cohort or into recorded returns: nothing is guessed, nothing half-loads."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from data.cohort import Cohort
from data.flows.kinds import Kind, by_key, recognise
from data.flows.schema import Flows
from data.reading.interviews import read_interviews
from data.reading.pieces import Tell
from data.reading.problems import ReadingError
from data.reading.tables import Table, read_table, sheets
from data.scoring import PROFILES, Profile

__all__ = ["INTERVIEWS", "ReadingError", "Table", "read", "read_table", "sheets"]

INTERVIEWS: Final = "interviews"
"""Says that a file holds interviews, where one would be taken for recorded returns."""


_NO_CHOICES: Final[Mapping[str, str]] = {}


def _silent(share: float, stage: str) -> None:
    """Show no progress."""


def read(
    content: bytes | Path | Table,
    filename: str,
    *,
    name: str | None = None,
    source: str = "",
    licence: str = "",
    profile: str | Profile = "documented",
    kind: str | None = None,
    footnotes: bytes | None = None,
    choices: Mapping[str, str] = _NO_CHOICES,
    progress: Tell = _silent,
) -> Cohort | Flows:
    """Read a file of interviews or of recorded returns, told apart by what is in it.

    `content` is the file's bytes or where they are, or the table already read from them. `name`, `source` and `licence`
    describe it; where they are not given, the file's own take their place, if it states any. `profile` scores
    interviews whose file brings points but no scores: a key of `scoring.PROFILES` or an own table of weights. `kind`,
    the key of one of `data.flows.KINDS` or `INTERVIEWS`, overrules what is recognised. `footnotes` is a separate file
    of the source's footnotes. `choices`, from key to option, say what a file of recorded returns leaves open
    (`Kind.asks`). `progress` is told the share done (0…1) and the stage. Raises `ReadingError` with one
    sentence for each thing to mend.
    """
    progress(0.0, "Reading the file")
    table = _table(content, filename, progress)
    progress(0.3, "Recognising the columns")
    known = None if kind == INTERVIEWS else by_key(kind) if kind else recognise(table.head)
    if footnotes is not None and not (known and known.takes_footnotes):
        raise ReadingError("A separate file of footnotes goes with UNHCR's table alone: leave it out.")
    if known:
        flows = _flows(table, known, footnotes, choices)
        progress(1.0, "Read")
        return replace(flows, name=name or flows.name, source=source or flows.source, licence=licence or flows.licence)
    chosen = PROFILES[profile] if isinstance(profile, str) else profile
    frame, doubts, used = read_interviews(table, chosen, progress)
    progress(1.0, "Read")
    return Cohort(
        frame,
        name or Path(filename).stem,
        source or "not stated",
        licence or "not stated",
        doubts=doubts,
        scored_by=used,
    )


def _table(content: bytes | Path | Table, filename: str, progress: Tell) -> Table:
    if isinstance(content, Table):
        return content
    return read_table(content, filename, lambda share, stage: progress(0.3 * share, stage))


def _flows(table: Table, kind: Kind, footnotes: bytes | None, choices: Mapping[str, str]) -> Flows:
    notes = (read_table(footnotes, "The footnotes file").frame,) if footnotes is not None else ()
    try:
        open_ones = {choice.key for choice in kind.asks(table.frame)} if choices else set()
        if strange := sorted({*choices} - open_ones):
            raise ReadingError(f"This file leaves nothing open called {', '.join(strange)}: leave that choice out.")
        flows = kind.read(table.frame, *notes, **({"choices": choices} if choices else {}))
    except ValueError as error:
        raise ReadingError(str(error)) from error
    return replace(flows, doubts=(*table.notes, *flows.doubts))
