"""Fixtures for tests that ask the engine: the shipped datasets in a library of their own, and a test's small ones."""

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import settings

from data import keys, library, reading, shipped
from data.cohort import Cohort, conform
from data.demo import demo_cohort, second_cohort
from data.engine import Source, open_cohorts, open_flows, without_noise
from data.flows.schema import Flows
from data.library import Manifest
from tests.workers import Together

Open = Callable[..., Source]

FIXTURES = Path(__file__).parent / "fixtures"
RECORDED = {"unhcr": "unhcr_api.csv", "uk": "flows_uk.csv"}
"""Recorded returns in every test's library, by key."""

BROUGHT = {*shipped.SHIPPED, *RECORDED}
"""The keys of all that is in a test's library before the test keeps anything."""


# A shared machine may be slow; how long an example takes says nothing of whether it holds.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together | None:
    return Together(config, log) if config.getvalue("dist") == "load" else None


def pytest_collection_finish() -> None:
    """Look for garbage in cycles less often, and never among the modules: that takes a twentieth of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def with_known_secret(place: Path) -> Path:
    """A library's folder with a secret that is always the same, so that its noise is the same at every run."""
    place.mkdir(exist_ok=True)
    (place / keys.FILE).write_bytes(bytes(range(32)))
    return place


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the shipped datasets, and recorded returns of two sources."""
    place = with_known_secret(tmp_path_factory.mktemp("library"))
    shipped.ensure(place)
    for key, file in RECORDED.items():
        library.keep(reading.read(FIXTURES / file, file), place, key=key)
    return place


@pytest.fixture(scope="session")
def manifests(folder: Path) -> dict[str, Manifest]:
    return {manifest.key: manifest for manifest in library.manifests(folder)}


@pytest.fixture(scope="session")
def as_told(folder: Path, manifests: dict[str, Manifest]) -> Source:
    """The demo cohort, opened as the app does, with noise."""
    return open_cohorts([(manifests["demo"], library.path(manifests["demo"], folder))])


@pytest.fixture(scope="session")
def source(as_told: Source) -> Source:
    """The demo cohort, opened, to be told without noise."""
    return without_noise(as_told)


@pytest.fixture(scope="session")
def raw() -> pd.DataFrame:
    """The demo cohort's interviews as they were made, never through the library or the engine."""
    return _named(demo_cohort())


@pytest.fixture(scope="session")
def both(folder: Path, manifests: dict[str, Manifest]) -> Source:
    """The two demo cohorts, opened together."""
    kept = [manifests[key] for key in ("demo", "demo-second")]
    return without_noise(open_cohorts([(manifest, library.path(manifest, folder)) for manifest in kept]))


@pytest.fixture(scope="session")
def raw_both(raw: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([raw, _named(second_cohort())], ignore_index=True)


@pytest.fixture(scope="session")
def recorded(folder: Path, manifests: dict[str, Manifest]) -> Source:
    """Recorded returns as UNHCR counts them, opened."""
    return open_flows(manifests["unhcr"], library.path(manifests["unhcr"], folder))


@pytest.fixture(scope="session")
def opened(opened_as_told: Open) -> Open:
    """Opens frames of interviews as `opened_as_told` does, to be told without noise: for tests of exact numbers."""
    return lambda *frames: without_noise(opened_as_told(*frames))


@pytest.fixture(scope="session")
def opened_as_told(tmp_path_factory: pytest.TempPathFactory) -> Open:
    """Opens frames of interviews, one cohort each; columns they lack are filled with Germany → Afghanistan, forced."""

    def open_them(*frames: pd.DataFrame) -> Source:
        place = tmp_path_factory.mktemp("library")
        with_known_secret(place)
        usual = {"host": "DEU", "country_of_return": "AFG", "band": "forced"}
        cohorts = [
            Cohort(conform(pd.DataFrame({**usual, **frame})), f"Cohort {number}", "made for a test")
            for number, frame in enumerate(frames, 1)
        ]
        kept = [library.keep(cohort, place) for cohort in cohorts]
        return open_cohorts([(manifest, library.path(manifest, place)) for manifest in kept])

    return open_them


@pytest.fixture(scope="session")
def opened_flows(tmp_path_factory: pytest.TempPathFactory) -> Open:
    """Opens recorded returns."""

    def open_them(flows: Flows) -> Source:
        place = tmp_path_factory.mktemp("library")
        kept = library.keep(flows, place)
        return open_flows(kept, library.path(kept, place))

    return open_them


def _named(cohort: Cohort) -> pd.DataFrame:
    frame = cohort.frame
    corridor = frame["host"] + "-" + frame["country_of_return"]
    people = frame[frame["respondent"] == "returnee"].groupby(corridor)["person"].nunique()
    return frame.assign(cohort=cohort.name, corridor=corridor.mask(corridor.map(people).fillna(0) < 10, "other"))
