"""What the app brings along: two synthetic cohorts."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from data import library
from data.cohort import Cohort
from data.demo import demo_cohort, second_cohort

SHIPPED: Final[dict[str, Callable[[], Cohort]]] = {
    "demo": demo_cohort,
    "demo-second": second_cohort,
}
"""Library key of each shipped dataset, with the function that makes it."""


def ensure(folder: Path) -> None:
    """Keep in the library what is shipped, in its present form; raises `LibraryError` if that is not possible."""
    for manifest in library.manifests(folder):
        if manifest.shipped and manifest.key not in SHIPPED:  # brought along by an earlier version of the app
            library.remove(manifest.key, folder)
    for key, make in SHIPPED.items():
        library.keep(make(), folder, key=key, shipped=True)
