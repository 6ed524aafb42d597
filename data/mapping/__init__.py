"""Mapping: from a survey's own table to the project's shape, as a small file that can be kept and read."""

from data.mapping.apply import apply, missing, read_mapped
from data.mapping.codes import options
from data.mapping.fit import changes, find, fits
from data.mapping.guess import steps, suggest_values
from data.mapping.model import FIELDS, KEEP, Field, Mapping, Only
from data.mapping.personal import personal
from data.mapping.sheet import headings
from data.mapping.suggest import Suggestion, propose, suggest
from data.mapping.toml import as_toml, from_toml
from data.mapping.words import words

__all__ = [
    "FIELDS",
    "KEEP",
    "Field",
    "Mapping",
    "Only",
    "Suggestion",
    "apply",
    "as_toml",
    "changes",
    "find",
    "fits",
    "from_toml",
    "headings",
    "missing",
    "options",
    "personal",
    "propose",
    "read_mapped",
    "steps",
    "suggest",
    "suggest_values",
    "words",
]
