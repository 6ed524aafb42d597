"""Loads a file without a screen: `python -m components.load FILE`, for scheduled loads; see `--help`."""

import argparse
import io
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from components.texts import say
from components.texts.made import total
from components.texts.report_page import as_html, as_text
from data import labels, library
from data.cohort import Cohort
from data.flows import by_basis
from data.library import LibraryError
from data.loading import Seen, load, look
from data.mapping import Mapping, as_toml, from_toml
from data.mapping.kept import kept, shipped
from data.reading import INTERVIEWS, ReadingError
from data.report import report
from data.scoring import PROFILES, Profile, ScoringError, own_table

LOADED: Final = 0
PROBLEMS: Final = 1
NOT_WRITTEN: Final = 3
"""Exit codes; 2 says that the command itself was not understood."""

KIND_LABELS: Final = {
    INTERVIEWS: "interviews",
    **{key: f"recorded returns ({kind})" for key, kind in labels.KIND_LABELS.items()},
}

EXITS: Final = """exit codes: 0 the file is loaded (and kept, if asked); 1 it has problems to mend, one per line on the
standard error; 2 the command was not understood; 3 the library or the report cannot be written."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Load the file that `arguments` name, print what the screen would say and the report, and return the exit code.

    Without `--mapping`, a kept or shipped mapping made for the file's form is used, and said. Nothing is kept unless
    the whole file loads. Messages never hold a person's value.
    """
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.replace and not asked.keep:
        parser.error("--replace goes with --keep NAME")
    if asked.mapping and asked.kind not in (None, INTERVIEWS):
        parser.error("--mapping is for interviews: leave out --kind")
    try:
        return _loaded(asked)
    except (ReadingError, ScoringError) as error:
        print(error, file=sys.stderr)
        return PROBLEMS
    except LibraryError as error:
        print(error, file=sys.stderr)
        return NOT_WRITTEN
    except OSError as error:
        print(f"{Path(error.filename or 'A file').name} cannot be opened: see that it may be read.", file=sys.stderr)
        return PROBLEMS


def _loaded(asked: argparse.Namespace) -> int:
    seen = _seen(asked)
    print(_read_as(seen))
    if seen.needs_mapping:
        raise ReadingError(*seen.lacking, "Or map its columns on the screen and give the mapping with --mapping.")
    dataset = load(
        seen,
        name=asked.keep,
        source=asked.source,
        licence=asked.licence,
        profile=_profile(asked.profile),
        choices=dict(asked.choose),
    )
    if isinstance(dataset, Cohort):
        told = report(dataset, seen.mapping)
        print(as_text(told))
    else:
        if asked.report:
            raise ReadingError("A report is made of interviews, and these are recorded returns: leave out --report.")
        counted = (total(basis, told) for basis, told in by_basis(dataset).items())
        print(*map(say, dataset.doubts), *counted, f"Source: {dataset.source}.", sep="\n")
    if asked.report:
        _write(asked.report, as_html(told))
    if asked.keep:
        mapping = as_toml(seen.mapping) if seen.mapping else ""
        manifest = library.keep(dataset, asked.library, replaces=asked.replace, mapping=mapping)
        print(f"Kept as {manifest.key!r}, version {manifest.version}.")
    return LOADED


def _seen(asked: argparse.Namespace) -> Seen:
    own = _mapping(asked.mapping) if asked.mapping else None
    known = () if own else (*kept(asked.library).values(), *shipped().values())
    seen = look(asked.file, asked.file.name, mappings=known, kind=INTERVIEWS if own else asked.kind)
    return replace(seen, mapping=own) if own else seen


def _read_as(seen: Seen) -> str:
    by = f", by the mapping “{seen.mapping.name}”" if seen.mapping else ""
    return f"{seen.filename} is read as {KIND_LABELS[seen.kind]}{by}."


def _mapping(file: Path) -> Mapping:
    try:
        return from_toml(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise ReadingError(f"{file.name} is no mapping that can be read: download it anew from the app.") from error


def _profile(asked: str) -> str | Profile:
    return asked if asked in PROFILES else own_table(Path(asked))


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise LibraryError(f"{file.name} cannot be written: name a folder that can be written.") from error


def _choice(text: str) -> tuple[str, str]:
    key, equals, option = text.partition("=")
    if not (key and equals and option):
        raise argparse.ArgumentTypeError(f"{text!r} is no choice: write KEY=OPTION")
    return key, option


def _file(text: str) -> Path:
    if (path := Path(text)).is_file():
        return path
    raise argparse.ArgumentTypeError(f"there is no file {path.name!r}")


def _profile_or_file(text: str) -> str:
    return text if text in PROFILES else str(_file(text))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m components.load", description="Load a file of interviews.", epilog=EXITS
    )
    add = parser.add_argument
    add("file", type=_file, metavar="FILE", help="a survey export, or a table of recorded returns")
    add("--mapping", type=_file, metavar="M.toml", help="a mapping saved by the app; else one that fits is taken")
    add("--keep", metavar="NAME", help="keep the dataset in the library under this name")
    add("--source", default="", help="who collected these data")
    add("--licence", default="", help="the licence, or who may see the data")
    add(
        "--profile",
        type=_profile_or_file,
        default="documented",
        metavar="PROFILE",
        help=f"how answers are scored: {', '.join(PROFILES)}, or a CSV file of weights",
    )
    add("--replace", metavar="KEY", help="with --keep: a new version of the dataset with this key")
    add("--library", type=Path, default=library.default_folder(), metavar="FOLDER", help="where datasets are kept")
    add("--report", type=Path, metavar="OUT.html", help="write the data report as one HTML page")
    add(
        "--choose",
        type=_choice,
        action="append",
        default=[],
        metavar="KEY=OPTION",
        help="what a table of recorded returns leaves open, such as level=adm1; may be given again",
    )
    add("--kind", choices=[*KIND_LABELS], help="what the file holds, where that is recognised wrongly")
    return parser


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):  # a scheduler's may know no other letters than ASCII
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(main())
