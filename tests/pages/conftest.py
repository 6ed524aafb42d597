import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from components import datasets
from data import engine, library, shipped


@pytest.fixture(autouse=True)
def kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The app reads the shared library, and forgets it afterwards."""
    yield from use(folder, monkeypatch)


@pytest.fixture
def own(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The app reads and writes a library of this test's own, with the shipped datasets in it."""
    yield from use(Path(shutil.copytree(kept, tmp_path / "library")), monkeypatch)


def use(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The app reads `folder`, which has in it already what the app would bring along, and takes a second to make."""
    monkeypatch.setenv(library.FOLDER_VARIABLE, str(folder))
    monkeypatch.setattr(shipped, "ensure", lambda _: None)
    _forget()
    yield folder
    _forget()


def _forget() -> None:
    datasets.folder.clear()
    engine._table.cache_clear()  # a view of the same content in another folder takes the place of the first
