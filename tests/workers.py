"""Which worker runs which test: `pytest -n 2` keeps together what opens the same screen or shares what takes long."""

import re
from collections.abc import Iterable
from typing import Any, Final

import pytest
from xdist.scheduler import LoadScopeScheduling

GROUP: Final = re.compile(r"@([^@\]]+)\]$")
"""Where the id of a test's parameters says its group. pytest 9.2 and xdist 3.8 do not heed `xdist_group`."""

ONE_WORKER: Final = ("tests/data/test_library_crash.py", "tests/data/test_false_findings.py")
"""Files whose tests share what takes ten seconds and more to make: two workers would make it twice."""


class Together(LoadScopeScheduling):
    """Hands out groups, the largest first, and then each test by itself."""

    def _split_scope(self, nodeid: str) -> str:
        group, file = GROUP.search(nodeid), nodeid.partition("::")[0]
        return group[1] if group else file if file in ONE_WORKER else nodeid


def on_one_worker(places: Iterable[str]) -> list[Any]:
    """Places as parameters of a test: all tests of one page run on the same worker, which computes an answer once."""
    return [pytest.param(place, id=f"{place}@{place.partition('?')[0]}") for place in places]
