"""What the app brings along: two synthetic cohorts and the recorded returns that the texts hold."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from data import library
from data.cohort import Cohort
from data.demo import demo_cohort, second_cohort
from data.flows.reference import reference_flows
from data.flows.schema import Flows

SHIPPED: Final[dict[str, Callable[[], Cohort | Flows]]] = {
    "demo": demo_cohort,
    "demo-second": second_cohort,
    "reference-returns": reference_flows,
}
"""Library key of each shipped dataset, with the function that makes it."""


def ensure(folder: Path) -> None:
    """Keep in the library what is shipped, in its present form; raises `LibraryError` if that is not possible."""
    for key, make in SHIPPED.items():
        library.keep(make(), folder, key=key, shipped=True)
