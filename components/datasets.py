"""The bridge from the library to a page: what is kept, opened for the engine, and asked with the answers remembered."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import streamlit as st

from data import engine, library, shipped
from data.engine import Source
from data.manifest import Manifest
from data.summaries import offered
from data.summaries.offered import Choices

Answer = TypeVar("Answer")

REMEMBERED = 1000
"""Answers kept in memory; each is a released summary of a few kilobytes."""


@st.cache_resource(show_spinner="Preparing the demo data …")
def folder() -> Path:
    """The library's folder, swept of broken writes and with the shipped datasets in it."""
    place = library.default_folder()
    shipped.ensure(place)
    library.sweep(place)
    return place


def cohorts() -> tuple[Manifest, ...]:
    """Kept cohorts: the reader's own first (newest first), then the shipped ones."""
    return _kept("cohort")


def flows() -> tuple[Manifest, ...]:
    """Kept recorded returns: the reader's own first (newest first), then the shipped ones."""
    return _kept("flows")


def open_cohorts(*keys: str) -> Source:
    """The kept cohorts of these keys as one source."""
    kept = {manifest.key: manifest for manifest in cohorts()}
    found = [kept[key] for key in keys if key in kept]
    return engine.open_cohorts([(manifest, library.path(manifest, folder())) for manifest in found])


def open_flows(manifest: Manifest) -> Source:
    """One kept dataset of recorded returns as a source."""
    return engine.open_flows(manifest, library.path(manifest, folder()))


def choices(source: Source) -> Choices:
    """What the filters can offer for `source`."""
    return ask(offered.choices, source)


def ask(question: Callable[..., Answer], source: Source, *about: object, **named: object) -> Answer:
    """The answer of a summary, computed once for the same data, what is said of them, and choices.

    `about` and `named` are what the summary is asked besides, by position and by name.

    What is remembered is shared by all readers; it holds nothing but released summaries and kept datasets' names.
    """
    return _answer((question.__module__, question.__qualname__, source.identity), about, named, question, source)


@st.cache_data(max_entries=REMEMBERED, show_spinner=False, hash_funcs={Source: lambda source: source.identity})
def _answer(
    which: tuple[str, ...],  # noqa: ARG001 - tells answers apart, for question and source themselves are not hashed
    about: tuple[object, ...],
    named: dict[str, object],
    _question: Callable[..., Answer],
    _source: Source,
) -> Answer:
    return _question(_source, *about, **named)


def _kept(kind: str) -> tuple[Manifest, ...]:
    mine = [manifest for manifest in library.manifests(folder()) if manifest.kind == kind]
    own = sorted((m for m in mine if not m.shipped), key=lambda m: m.added, reverse=True)
    brought = sorted((m for m in mine if m.shipped), key=lambda m: [*shipped.SHIPPED].index(m.key))
    return (*own, *brought)
