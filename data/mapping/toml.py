"""A mapping as a file (TOML) that people can read, keep under version control and send to each other."""

import tomllib
from collections.abc import Mapping as Pairs
from typing import Any, Final

import tomli_w

from data.mapping.codes import wrong_codes
from data.mapping.model import FIELDS, Field, Mapping, Only
from data.mapping.sheet import key
from data.reading.problems import ReadingError

FORMAT: Final = 1
"""The version of the file's shape; a change that old files do not bear gets a new one."""

_TOP: Final = ("format", "name", "headings", "only", "fields")
_KINDS: Final[dict[type, str]] = {str: "text in quotes", list: "a list in square brackets", dict: "a section"}
_PARTS: Final = ("column", "columns", "constant", "otherwise", "values")


def as_toml(mapping: Mapping) -> str:
    """Return `mapping` as TOML: its version and name, which rows it picks, one section per field, the form's headings.

    A section says `column` or `columns` or `constant`, `otherwise` for words not listed, and in `values` one line per
    word with its code.
    """
    written: dict[str, Any] = {"format": FORMAT, "name": mapping.name, "headings": list(mapping.headings)}
    if mapping.only:
        written["only"] = [{"column": only.column, "words": list(only.words)} for only in mapping.only]
    written["fields"] = {field.field: _section(field) for field in mapping.fields}
    return tomli_w.dumps(written)


def from_toml(text: str) -> Mapping:
    """Return the mapping in `text`; raises `ReadingError` with one sentence for each thing that is wrong in it."""
    try:
        read = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        where = f" ({error})" if isinstance(error, tomllib.TOMLDecodeError) else ""
        raise ReadingError(
            f"The mapping cannot be read as TOML{where}: mend that place, or download it anew."
        ) from error
    if read.get("format") != FORMAT:
        raise ReadingError(
            f"The mapping says format = {read.get('format', 'nothing')!r}, and this version reads {FORMAT}: make it "
            "anew here, or update the app."
        )
    problems: list[str] = [*_strange(read, _TOP, "the mapping")]
    sections = _checked(read.get("fields", {}), dict, "fields", problems)
    fields = tuple(_field(name, section, problems) for name, section in sections.items())
    mapping = Mapping(
        _checked(read.get("name", ""), str, "name", problems),
        fields,
        _texts(read.get("headings", []), "headings", problems),
        tuple(_only(part, problems) for part in _checked(read.get("only", []), list, "only", problems)),
    )
    if problems or (problems := list(wrong_codes(mapping))):
        raise ReadingError(*problems)
    return mapping


def _section(field: Field) -> dict[str, Any]:
    section: dict[str, Any] = {}
    if len(field.columns) == 1:
        section["column"] = field.columns[0]
    elif field.columns:
        section["columns"] = list(field.columns)
    else:
        section["constant"] = field.constant
    if field.otherwise is not None:
        section["otherwise"] = field.otherwise
    if field.values:
        section["values"] = dict(field.values)
    return section


def _field(name: str, section: Any, problems: list[str]) -> Field:
    where = f"fields.{name}"
    section = _checked(section, dict, where, problems)
    problems += _strange(section, _PARTS, where)
    if name not in FIELDS:
        problems.append(f"The mapping makes {name!r}, which is no field: use one of {', '.join(FIELDS)}.")
    if len(section.keys() & {"column", "columns", "constant"}) != 1:
        problems.append(f"In the mapping, {where} needs one of column, columns and constant: give it exactly one.")
    listed = _checked(section.get("values", {}), dict, f"{where}.values", problems)
    values = tuple((word, _checked(code, str, f"{where}.values", problems)) for word, code in listed.items())
    if len({key(word) for word, _ in values} - {""}) < len(values):
        problems.append(f"In the mapping, {where}.values has a blank word or one twice: leave one line for each word.")
    columns = _texts(section.get("columns", []), f"{where}.columns", problems)
    if "column" in section:
        columns = (_checked(section["column"], str, f"{where}.column", problems),)
    otherwise = section.get("otherwise")
    if otherwise is not None:
        otherwise = _checked(otherwise, str, f"{where}.otherwise", problems)
    constant = _checked(section.get("constant", ""), str, f"{where}.constant", problems)
    return Field(name, columns, values, otherwise, constant)


def _only(part: Any, problems: list[str]) -> Only:
    part = _checked(part, dict, "only", problems)
    problems += _strange(part, ("column", "words"), "only")
    return Only(
        _checked(part.get("column", ""), str, "only.column", problems),
        _texts(part.get("words", []), "only.words", problems),
    )


def _texts(value: Any, where: str, problems: list[str]) -> tuple[str, ...]:
    return tuple(_checked(it, str, where, problems) for it in _checked(value, list, where, problems))


def _checked(value: Any, kind: type, where: str, problems: list[str]) -> Any:
    """Return `value` if it is of `kind`, else an empty one and a problem told."""
    if isinstance(value, kind):
        return value
    problems.append(f"In the mapping, {where} is not {_KINDS[kind]}: write it so.")
    return kind()


def _strange(section: Pairs[str, Any], known: tuple[str, ...], where: str) -> list[str]:
    return [
        f"In {where} the mapping has {name!r}, which means nothing: use {', '.join(known)}."
        for name in section
        if name not in known
    ]
