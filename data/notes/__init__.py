"""What must be said beside numbers, as a code and its parameters; `components.texts` has the words.

The codes, with the names of their parameters, stand in one enumeration per side: `Doubt` of what was found when a file
was read, `Recorded` of recorded returns, `Said` of figures, `Refused` of what cannot be drawn, `Mapped` of a mapping
being made, `Reported` of the data report.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, Union

from data.notes.code import Code
from data.notes.doubts import Doubt
from data.notes.figures import Said
from data.notes.mapping import Mapped
from data.notes.recorded import Recorded
from data.notes.refusals import Refused
from data.notes.report import Reported, Vague

__all__ = [
    "Code",
    "Doubt",
    "Mapped",
    "Note",
    "Recorded",
    "Refused",
    "Reported",
    "Said",
    "Vague",
    "Value",
    "as_raw",
    "from_raw",
    "noted",
]

Value: TypeAlias = Union[str, int, float, tuple["Value", ...], None]  # noqa: UP007 - a union that names itself


@dataclass(frozen=True, init=False)
class Note:
    """A code with its parameters: hashable, and plain enough for JSON.

    A count is a parameter named `rows` or `people`, None where it may not be seen. The code may be one that this
    version does not know, where a newer one kept it.
    """

    code: str
    parameters: tuple[tuple[str, Value], ...]

    def __init__(self, code: str, /, **parameters: Value) -> None:
        """Take the code and all of its parameters; one that the code does not declare is a mistake of the program."""
        if isinstance(code, Code) and parameters.keys() != {*code.parameters}:
            raise TypeError(f"{code} takes {', '.join(code.parameters) or 'no parameters'}.")
        object.__setattr__(self, "code", str(code))
        object.__setattr__(self, "parameters", tuple(sorted(parameters.items())))

    def get(self, name: str) -> Value:
        """The parameter of this name; None where there is none."""
        return dict(self.parameters).get(name)

    def but(self, **parameters: Value) -> "Note":
        """The same note with these parameters."""
        return Note(self.code, **{**dict(self.parameters), **parameters})


def noted(note: Code | Note) -> Note:
    """A code without parameters as a note; a note as it is."""
    return note if isinstance(note, Note) else Note(note)


def as_raw(note: Note) -> dict[str, Any]:
    """`note` as JSON holds it."""
    return {"code": note.code, **({"parameters": dict(note.parameters)} if note.parameters else {})}


def from_raw(raw: object) -> Note:
    """The note in `raw`, or a `TypeError`; fields that are not known are left aside.

    A sentence, which manifests of format 1 hold, is a note of code "text".
    """
    if isinstance(raw, str):
        return Note(Doubt.TEXT, text=raw)
    if not isinstance(raw, Mapping):
        raise TypeError("a note is a code with its parameters")
    code, parameters = raw.get("code"), raw.get("parameters", {})
    if not isinstance(code, str) or not isinstance(parameters, Mapping):
        raise TypeError("a note is a code with its parameters")
    return Note(code, **{str(name): _value(value) for name, value in parameters.items()})


def _value(raw: object) -> Value:
    if isinstance(raw, list | tuple):
        return tuple(map(_value, raw))
    if raw is None or isinstance(raw, str | int | float):
        return raw
    raise TypeError("a parameter is a text, a number or a list of them")
